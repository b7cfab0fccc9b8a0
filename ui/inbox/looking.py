"""看原件 opens what came, one paper after another, page by page; recorded once a person."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.cases.inbox.model import InboxItem
from clerk_app.command import Refusal
from clerk_app.office.counter import outside_papers
from clerk_app.office.counter.inbox import InboxLine
from clerk_app.office.office import Office
from ui.background import Background
from ui.inbox.page import InboxPage
from ui.language import tr
from ui.papers.reader import PaperReader
from ui.papers.view import Named


class _Came:
    """来件的原件 what came with one item, by digest; what was seen is kept on this machine, and may be ticked."""

    broken = tr("这份图片打不开，可能坏了。请申请人重传一份，或收纸质的。")

    def __init__(self, office: Office, item: str, seen: frozenset[str]) -> None:
        self._office, self._item, self._seen = office, item, seen

    def content(self, paper: Named, stop: Event, told: Callable[[int], None]) -> bytes | Refusal:
        """From this machine or the centre; noted unless he has seen it before."""
        content = outside_papers.look(self._office, self._item, paper.key, noted=paper.key in self._seen)
        if isinstance(content, bytes):
            self._seen |= {paper.key}
        return content

    def drawn(self, content: bytes) -> Refusal | None:
        """Kept here."""
        return outside_papers.keep(self._office, content)


class PaperLooker(QObject):
    """看原件 `said(text, good)`; `opened()` when one more was looked at; `shut()` when the details are back."""

    said = Signal(str, bool)
    opened = Signal()
    shut = Signal()

    def __init__(self, office: Office, background: Background, page: InboxPage) -> None:
        super().__init__(page)
        self._office, self._page = office, page
        self.reader = PaperReader(background, page.stage)
        self._row: InboxItem | None = None
        self._seen: set[str] = set()
        self.reader.said.connect(self.said)
        self.reader.seen.connect(self._note_seen)
        self.reader.shut.connect(self._on_shut)

    def start(self) -> None:
        """Another person sat down: what the one before opened is not his."""
        self._seen = set()
        self.close()

    @property
    def seen(self) -> frozenset[str]:
        """What who sits here has opened."""
        return frozenset(self._seen)

    @property
    def row(self) -> str:
        """Whose papers are open; empty: nobody's."""
        return self._row.id if self._row is not None else ""

    def open(self, line: InboxLine) -> None:
        """The first that he has not seen, of those that are here."""
        papers = tuple(one for one in line.row.materials if one.size)
        if refusal := outside_papers.may_look(self._office, line.row):
            self.said.emit(refusal.sentence, False)
            return
        if not papers:
            none = tr("原件还没到，没有打开。平台送到了，这里会变成“原件已到”。")
            self.said.emit(none if line.awaited else tr("这件没有送来原件。"), False)
            return
        first = next((place for place, one in enumerate(papers) if one.sha256 not in self._seen), 0)
        self._row = line.row
        named = [Named(one.sha256, one.name, f"{one.name}.pdf") for one in papers]
        self.reader.open(_Came(self._office, line.row.id, self.seen), named, first)

    @Slot()
    def close(self) -> None:
        """Nothing of it stays on the screen."""
        self.reader.close()

    @Slot()
    def _on_shut(self) -> None:
        self._row = None
        if self._page.isVisible():
            self._page.take_hand()
        self.shut.emit()

    @Slot(str)
    def _note_seen(self, digest: str) -> None:
        self._seen.add(digest)
        self.opened.emit()

"""看原件 opens what came, one paper after another, page by page; fetched and drawn beside the screen, recorded once a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from clerk_app.cases.inbox.model import InboxItem
from clerk_app.command import Refusal
from clerk_app.office.counter import outside_papers
from clerk_app.office.counter.inbox import InboxLine
from clerk_app.office.office import Office
from ui.background import Background
from ui.errors import record, sentence
from ui.inbox import paper_view as words
from ui.inbox.page import InboxPage
from ui.inbox.paper_pages import Paper, read_paper
from ui.inbox.paper_view import Open, tell_paper
from ui.language import tr

Drawn = tuple[Paper, QImage] | Refusal


class PaperLooker(QObject):
    """看原件 `said(text, good)`; `opened()` when one more was looked at; `shut()` when the details are back."""

    said = Signal(str, bool)
    opened = Signal()
    shut = Signal()

    def __init__(self, office: Office, background: Background, page: InboxPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self.ask_place: Callable[[str], str] = page.ask_place
        self._row: InboxItem | None = None
        self._now: Open | None = None
        self._paper: Paper | None = None
        self._seen: set[str] = set()
        page.paper.act.connect(self._act)
        page.paper.left.connect(self.close)

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
        self._fetch(Open(papers=papers, place=first))

    @Slot()
    def close(self) -> None:
        """Nothing of it stays on the screen."""
        if self._row is None:
            return
        self._row, self._now, self._paper = None, None, None
        self._page.show_details()
        self.shut.emit()

    def _fetch(self, now: Open) -> None:
        row, digest = self._row, now.paper.sha256
        if row is None:
            return
        self._paper = None
        self._show(replace(now, page=0, pages=0, said=words.FETCHING, savable=False), None)
        key, noted = row.id, digest in self._seen
        self._background.run_net(
            lambda: self._read(key, digest, noted=noted),
            lambda drawn: self._landed((key, digest), drawn),
            lambda error: self._failed((key, digest), error),
        )

    def _read(self, key: str, digest: str, *, noted: bool) -> Drawn:
        content = outside_papers.look(self._office, key, digest, noted=noted)
        if isinstance(content, Refusal):
            return content
        paper = read_paper(content)
        image = paper.picture(0) if paper.count else QImage()
        refusal = None if image.isNull() else outside_papers.keep(self._office, content)
        return refusal or (paper, image)

    def _is(self, asked: tuple[str, str]) -> bool:
        """Whether what landed is still what is open."""
        return self._row is not None and self._now is not None and (self._row.id, self._now.paper.sha256) == asked

    def _landed(self, asked: tuple[str, str], drawn: Drawn) -> None:
        if not isinstance(drawn, Refusal) and not drawn[1].isNull():
            self._note_seen(asked[1])
        if self._now is None or not self._is(asked):
            return
        if isinstance(drawn, Refusal):
            self._show(replace(self._now, said=drawn.sentence), None)
            return
        self._paper, image = drawn
        shown = not image.isNull()
        why = words.NOT_DRAWN if self._paper.is_pdf else words.BROKEN
        pages, note = (self._paper.count, "") if shown else (0, why)
        savable = not shown and self._paper.is_pdf
        self._show(replace(self._now, pages=pages, said=note, savable=savable), image if shown else None)

    def _note_seen(self, digest: str) -> None:
        self._seen.add(digest)
        self.opened.emit()

    def _failed(self, asked: tuple[str, str], error: Exception) -> None:
        record(error)
        if self._now is not None and self._is(asked):
            self._show(replace(self._now, said=sentence(error)), None)

    def _show(self, now: Open, image: QImage | None) -> None:
        self._now = now
        self._page.show_paper(tell_paper(now), image)

    @Slot(str)
    def _act(self, name: str) -> None:
        now = self._now
        if now is None or name == words.DONE:
            self.close()
        elif name == words.SAVE:
            self._save()
        elif name == words.NEXT_PAPER:
            self._fetch(replace(now, place=now.place + 1))
        elif name == words.NEXT_PAGE:
            self._turn(now.page + 1)
        elif now.page:
            self._turn(now.page - 1)
        elif now.place:
            self._fetch(replace(now, place=now.place - 1))

    def _turn(self, page: int) -> None:
        row, now, paper = self._row, self._now, self._paper
        if row is None or now is None or paper is None:
            return
        asked = (row.id, now.paper.sha256)

        def drawn(image: QImage) -> None:
            if self._now is not None and self._is(asked):
                self._show(replace(self._now, page=page), image)

        self._background.run_net(lambda: paper.picture(page), drawn, lambda error: self._failed(asked, error))

    def _save(self) -> None:
        now, paper = self._now, self._paper
        place = self.ask_place(f"{now.paper.name}.pdf") if now is not None and paper is not None else ""
        if not place or now is None or paper is None:
            return
        content, file, digest = paper.content, Path(place), now.paper.sha256
        self._background.run_net(
            lambda: self._write(content, file), lambda refusal: self._saved(refusal, file, digest), self._not_saved
        )

    def _write(self, content: bytes, file: Path) -> Refusal | None:
        file.write_bytes(content)
        return outside_papers.keep(self._office, content)

    def _saved(self, refusal: Refusal | None, file: Path, digest: str) -> None:
        if refusal is not None:
            self.said.emit(refusal.sentence, False)
            return
        self.said.emit(tr("原件存好了：{name}。看完删掉。", name=file.name), True)
        self._note_seen(digest)

    def _not_saved(self, error: Exception) -> None:
        record(error)
        self.said.emit(tr("原件没有存下，收件箱没有变化。换一个能写的文件夹再存。"), False)

"""看一件的附件 the files of one case, read where it is decided; each look is in the journal before anything of it is on the screen."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter import case_papers
from clerk_app.office.counter.case_papers import CasePapers
from clerk_app.office.office import Office
from ui.background import Background
from ui.language import tr
from ui.papers.reader import PaperReader
from ui.papers.stage import PaperStage
from ui.papers.view import Named

NONE = tr("这件没有附件。")


class _OfCase:
    """一件的附件 by their ids; each is noted once as long as they lie open."""

    broken = tr("这份附件打不开，可能坏了。请扫它的窗口重扫一份再加。")

    def __init__(self, office: Office, case: str) -> None:
        self._office, self._case = office, case
        self._noted: set[str] = set()

    def content(self, paper: Named, stop: Event, told: Callable[[int], None]) -> bytes | Refusal:
        """From this machine, else from the centre."""
        noted = paper.key in self._noted
        content = case_papers.look(self._office, self._case, paper.key, stop, told, noted=noted)
        if isinstance(content, bytes):
            self._noted.add(paper.key)
        return content

    def drawn(self, content: bytes) -> Refusal | None:
        """Nothing of it is kept."""
        return None


class CaseReader(QObject):
    """看附件 on a stage over a page that has a next step of its own. `said(text, good)`."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, stage: PaperStage) -> None:
        super().__init__(stage)
        self._office, self._background, self._stage = office, background, stage
        self._case = ""
        self.reader = PaperReader(background, stage, guest=True)
        self.reader.said.connect(self.said)
        self.reader.shut.connect(self._on_shut)

    @Slot(str)
    @Slot(str, str)
    def open(self, case: str, attachment: str = "") -> None:
        """This file of the case, or its first."""
        self._case = case
        if case and self._office.session is not None:
            self._background.look(
                lambda: case_papers.papers_of(self._office, case), lambda found: self._found(case, attachment, found)
            )

    def only(self, case: str) -> None:
        """Another case in front: what lay open of the one before is put back."""
        if case != self._case:
            self.close()

    @Slot()
    def close(self) -> None:
        """Put back."""
        self._case = ""
        self.reader.close()

    @Slot()
    def _on_shut(self) -> None:
        self._case = ""

    def _found(self, case: str, attachment: str, found: CasePapers) -> None:
        if case != self._case or not self._stage.isVisible():  # the screen was covered meanwhile
            return
        if found.refusal is not None or not found.papers:
            self._case = ""
            self.said.emit(found.refusal.sentence if found.refusal is not None else NONE, False)
            return
        papers = [Named(one.id, one.name, one.name) for one in found.papers]
        first = next((place for place, one in enumerate(papers) if one.key == attachment), 0)
        self.reader.open(_OfCase(self._office, case), papers, first)

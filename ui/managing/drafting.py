"""新的一份的主持 builds a change of the catalogue line by line or from a file, and asks for it whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.cases.catalogue_checks import gaps_of
from clerk_app.cases.catalogue_lines import CatalogueLine, What, changed_catalogue, known_of
from clerk_app.command import Refusal
from clerk_app.duty.calendar_lines import day_of
from clerk_app.office.office import Office, Outcome
from clerk_app.office.oversight import catalogue_desk
from clerk_app.office.oversight.catalogue_desk import document_now, lines_seen
from clerk_app.office.oversight.catalogue_file import Imported, read_file
from ui.background import Background
from ui.errors import tell
from ui.language import said, tr
from ui.managing.changes_page import ChangesPage
from ui.managing.reading import FIVE_STEP, given_of, lacking_step, read_line, typed_of
from ui.managing.telling import tell_draft
from ui.managing.view import DraftView


class Drafting(QObject):
    """新的一份 `said(text, good)`, `turned()` when it is to be shown anew, `asked()` when it stands in the books."""

    said = Signal(str, bool)
    turned = Signal()
    asked = Signal()

    def __init__(self, office: Office, background: Background, page: ChangesPage) -> None:
        super().__init__(page)
        self._office, self._background, self._pane = office, background, page.draft
        self._busy = False
        self._what: What = "item"
        self._step, self._given, self._filled = FIVE_STEP, dict[str, str](), 0
        self._lines: list[CatalogueLine] | None = None
        self._findings: tuple[str, ...] = ()
        self._trouble: tuple[str, ...] = ()
        self._document: Mapping[str, Any] = {}
        page.file_chosen.connect(self.take_file)
        page.draft.what_chosen.connect(self._on_what)
        page.draft.step_chosen.connect(self._on_step)
        page.draft.line_added.connect(self._add)
        page.draft.line_dropped.connect(self._drop_line)
        page.draft.asked.connect(self._ask)
        page.draft.left.connect(self._leave)

    def view(self) -> DraftView | None:
        """What is shown of it; None while there is none."""
        if self._lines is None:
            return None
        seen = lines_seen(self._lines, self._document)
        draft = tell_draft(self._what, self._step, seen, (self._findings, self._trouble))
        return replace(draft, given=self._given, filled=self._filled)

    def forget(self) -> None:
        """Another person sat down."""
        self._lines = None
        self._pane.clear()

    @property
    def begun(self) -> bool:
        """Whether there is one."""
        return self._lines is not None

    def begin(self, code: str = "") -> None:
        """A new one, the item of this code in its fields; one that is begun goes on."""
        self._background.run(lambda: document_now(self._office), lambda document: self._begun(document, code))

    def _begun(self, document: Mapping[str, Any], code: str) -> None:
        if self._lines is None:
            self._lines, self._trouble = [], ()
            self._pane.clear()
        self._document, self._findings = document, ()
        self._what, self._step = "item", FIVE_STEP
        row = next((one for one in document["items"] if one["code"] == code), None)
        self._give(given_of("item", document) if row is None else typed_of(row))
        self.turned.emit()

    def _give(self, given: dict[str, str]) -> None:
        self._given, self._filled = given, self._filled + 1

    @Slot(str)
    def _on_what(self, what: str) -> None:
        self._what = next(one for one in get_args(What) if one == what)
        self._step, self._findings = FIVE_STEP, ()
        self._give(given_of(self._what, self._document))
        self.turned.emit()

    @Slot(str)
    def _on_step(self, step: str) -> None:
        self._step = step
        self.turned.emit()

    @Slot(dict)
    def _add(self, typed: dict[str, str]) -> None:
        """Read against the catalogue as the earlier lines leave it: a new seal can be named at once."""
        if self._lines is None:
            return
        coming = changed_catalogue(self._document, self._lines)
        line = read_line(self._what, typed, coming)
        found = (line,) if isinstance(line, str) else tuple(gap.sentence for gap in gaps_of([line], known_of(coming)))
        self._findings = found
        if found and self._what == "item":  # the hand goes on where the next thing is to be written
            self._step = lacking_step(typed) or self._step
        if not found and isinstance(line, CatalogueLine):
            self._put((line,))
            self._step = FIVE_STEP
            self._give(given_of(self._what, self._document))
        self.turned.emit()

    def _put(self, fresh: tuple[CatalogueLine, ...]) -> None:
        """A later word on a place takes the place of the earlier one."""
        places = {line.place for line in fresh}
        self._lines = [*(one for one in self._lines or () if one.place not in places), *fresh]
        self._look()

    @Slot(str)
    def _drop_line(self, key: str) -> None:
        if self._lines:
            place = int(key) if key.isdecimal() and int(key) < len(self._lines) else len(self._lines) - 1
            del self._lines[place]
            self._look()
            self.turned.emit()

    def _look(self) -> None:
        """What the lines together would meet is asked of the books."""
        lines = tuple(self._lines or ())
        self._background.run(
            lambda: catalogue_desk.trouble_of(self._office, lines) if lines else (), self._looked, self._failed
        )

    def _looked(self, trouble: tuple[str, ...]) -> None:
        self._trouble = trouble
        self.turned.emit()

    @Slot(str)
    def take_file(self, path: str) -> None:
        """导入 all of the file's items, or none and a sentence for each gap."""
        if self._lines is not None:
            document = self._document
            self._background.run_net(lambda: read_file(Path(path), document), self._imported, self._failed)

    def _imported(self, read: Imported) -> None:
        self._findings = read.findings
        if read.lines and self._lines is not None:
            self._put(read.lines)
            words = tr("导入了 {count} 项，还没提；", count=len(read.lines))
            same = tr("另有 {same} 项和现在一样，没有放进来。", same=read.same) if read.same else tr("看过再提。")
            self.said.emit(words + same, True)
        self.turned.emit()

    @Slot(str, str)
    def _ask(self, paper: str, day: str) -> None:
        wanted = day_of(day.strip())
        if not self._lines or self._busy:
            return
        if wanted is None:
            self.said.emit(tr("哪天生效没看懂，没有提。写成 2026-12-01 这样。"), False)
            return
        self._busy, lines, office = True, tuple(self._lines), self._office
        self._background.run(lambda: catalogue_desk.ask(office, lines, paper, wanted), self._asked, self._failed)

    def _asked(self, outcome: Outcome) -> None:
        self._busy = False
        if isinstance(outcome, Refusal):
            self.said.emit(said(outcome.sentence), False)
            return
        self._lines = None
        self.said.emit(tr("已提，还没生效；请值班长或另一位管理员确认。"), True)
        self.asked.emit()

    @Slot()
    def _leave(self) -> None:
        self._lines = None
        self.turned.emit()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        tell(error, lambda sentence: self.said.emit(sentence, False))

"""一表的存法 each change onto this machine's disk at once, a command 800 ms after the last; nothing typed is lost in between."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.office import Office, Outcome
from clerk_app.office.registration.saving import FormSaver
from clerk_app.office.registration.typing_kept import TypingKept
from ui.background import Background
from ui.errors import tell
from ui.language import tr
from ui.registration.sheet import Sheet
from ui.widgets.strip import StripView

SAVE_MS = 800


class FormShelf(QObject):
    """一表的存法 what is typed, what of it is on the disk, and what is in the books; showing it is its child's."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._background = office, background
        self._sheet: Sheet | None = None
        # What is in the books, and what is on its way there: one lane, so the last one sent is the one that stays.
        self._kept: Mapping[str, Any] = {}
        self._sent: Mapping[str, Any] = {}
        self._written: Mapping[str, Any] = {}
        self._writing = False
        self._saver = FormSaver(office, "")
        self._typing = TypingKept(office, "", {})
        self._then: Callable[[], None] | None = None
        self.prefilled = ""
        self._strip: StripView | None = None
        self._undo: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MS)
        self._timer.timeout.connect(self.save_now)

    @property
    def document(self) -> Mapping[str, Any]:
        """What is typed now; empty while no case is open."""
        return self._sheet.document if self._sheet else {}

    @property
    def settled(self) -> bool:
        """Whether everything typed is in the books."""
        return self._sheet is None or self._sheet.document == self._kept

    def say_strip(self, strip: StripView | None, undo: Callable[[], None] | None = None) -> None:
        """Say it over the step, with what its link does."""
        self._strip, self._undo = strip, undo

    def show_again(self) -> None:
        """The page shows what stands now."""
        raise NotImplementedError

    def write(self) -> None:
        """Every change goes onto the disk; what is typed while one is on its way goes with the next."""
        sheet, typing = self._sheet, self._typing
        if sheet is None or sheet.locked or self._writing or sheet.document is self._written:
            return
        self._written, self._writing = sheet.document, True
        document = sheet.document
        self._background.run(lambda: typing.write(document), lambda _: self._landed(), self._not_written)

    def _landed(self) -> None:
        self._writing = False
        self.write()

    def _not_written(self, error: Exception) -> None:
        self._writing = False
        tell(error, lambda sentence: self.said.emit(sentence, False))

    @Slot()
    def save_now(self) -> None:
        """Everything typed goes to the books now."""
        self._timer.stop()
        sheet = self._sheet
        if sheet is None or sheet.locked or sheet.document == self._sent:
            return
        case, document, saver, typing = sheet.case.id, sheet.document, self._saver, self._typing
        self._sent, ticket, self.prefilled = document, self.prefilled, ""

        def save() -> tuple[Outcome, str]:
            outcome = saver.save(document, ticket)
            if not isinstance(outcome, Refusal):
                typing.saved(document)
            return outcome, tr("自动保存 {now:%H:%M:%S}", now=self._office.parts.clock.now())

        self._background.run(save, lambda answer: self._saved(case, document, *answer), self._failed)

    def _saved(self, case: str, document: Mapping[str, Any], outcome: Outcome, words: str) -> None:
        if isinstance(outcome, Refusal):
            self.say_strip(StripView(outcome.sentence))
            self.said.emit(outcome.sentence, False)
            self._not_saved()
        elif self._sheet is not None and self._sheet.case.id == case:
            self._kept = document
            self._sheet = replace(self._sheet, saved=words)
            self.show_again()
            self.finish()

    def _failed(self, error: Exception) -> None:
        tell(error, lambda sentence: self.said.emit(sentence, False))
        self._not_saved()

    def _not_saved(self) -> None:
        """It stays on the page, and the next change or leaving a field tries again."""
        self._sent, self._then = self._kept, None
        self.show_again()

    def when_settled(self, then: Callable[[], None]) -> None:
        """Do this as soon as everything typed is in the books; not at all when saving is refused."""
        self._then = then
        self.save_now()
        self.finish()

    def finish(self) -> None:
        """What waits for the saving."""
        if self._then is not None and self._sheet is not None and self.settled:
            then, self._then = self._then, None
            then()

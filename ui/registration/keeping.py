"""一表的底子 reading, showing and saving one form; which act a key means is its child's. What is typed lives here until saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.office import Office, Outcome
from clerk_app.office.registration.reference import company_form
from clerk_app.office.registration.saving import FormSaver
from ui.background import Background
from ui.errors import tell
from ui.registration.loading import Opened, load_form, new_document
from ui.registration.page import FormPage
from ui.registration.telling import Sheet, tell_form
from ui.registration.view import FormView
from ui.widgets.strip import StripView

SAVE_MS = 800


class FormKeeper(QObject):
    """一表的底子 from the books to the page, and from the page to the books 800 ms after the last change."""

    said = Signal(str, bool)
    done = Signal(str)

    def __init__(self, office: Office, background: Background, page: FormPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._form = company_form()
        self._sheet: Sheet | None = None
        # What is in the books, and what is on its way there: one lane, so the last one sent is the one that stays.
        self._kept: Mapping[str, Any] = {}
        self._sent: Mapping[str, Any] = {}
        self._saver = FormSaver(office, "")
        self._wanted = self._seen = ""
        self._then_done = False
        self._strip: StripView | None = None
        self._showing = self._stale = False
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

    def open_case(self, case: str) -> None:
        """Show this case's form; empty: the one in hand."""
        self.save_now()
        self._wanted = case
        if self._sheet is not None and self._sheet.case.id != case:
            self._sheet = None
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read again; what is typed and not saved yet stays."""
        if self._office.session is not None:
            wanted, seen = self._wanted, self._seen
            self._background.run(lambda: load_form(self._office, wanted, seen), self._opened)

    def load_document(self, document: Mapping[str, Any]) -> None:
        """Take in a whole application at once (import); saved like typing."""
        if self._sheet is not None and not self._sheet.locked:
            self._strip = None
            self._change(replace(self._sheet, document=dict(document), rows={}))
            self.save_now()

    def _opened(self, opened: Opened) -> None:
        self._seen = opened.in_hand
        if opened.case is None:
            self.save_now()
            self._sheet, self._wanted = None, ""
            self._page.render(FormView())
            return
        if self._sheet is not None and self._sheet.case.id == opened.case.id:
            self._take_in(self._sheet, opened)
            return
        self.save_now()
        self._wanted = opened.case.id
        self._strip, self._then_done = None, False
        fresh = new_document(opened.case)
        self._kept = self._sent = opened.draft.document if opened.draft else fresh
        self._saver = FormSaver(self._office, opened.case.id, self._kept)
        self._sheet = Sheet(
            form=self._form,
            case=opened.case,
            document=dict(self._kept),
            untouched=fresh,
            step=self._form.steps[0].id,
            saved=f"自动保存 {opened.draft.saved_at:%H:%M:%S}" if opened.draft else "",
            locked=opened.locked,
        )
        self._show()

    def _take_in(self, sheet: Sheet, opened: Opened) -> None:
        """The same case again: another's saving is taken in unless something here is not saved yet."""
        document: Mapping[str, Any] = sheet.document
        if opened.draft is not None and self.settled and opened.draft.document != self._kept:
            document = self._kept = self._sent = self._saver.seen = opened.draft.document
        case = opened.case or sheet.case
        self._change(replace(sheet, case=case, document=dict(document), locked=opened.locked))

    def _change(self, sheet: Sheet) -> None:
        self._sheet = sheet
        if sheet.document != self._sent and not sheet.locked:
            self._timer.start()
        self._show()

    def _show(self) -> None:
        """Showing a step takes the hand out of a field, and that is told while it is being shown: then once more."""
        self._stale = True
        while self._stale and not self._showing and self._sheet is not None:
            self._stale, self._showing = False, True
            try:
                self._page.render(tell_form(self._sheet, strip=self._strip))
            finally:
                self._showing = False

    @Slot()
    def save_now(self) -> None:
        """Everything typed goes to the books now."""
        self._timer.stop()
        sheet = self._sheet
        if sheet is None or sheet.locked or sheet.document == self._sent:
            return
        case, document, saver = sheet.case.id, sheet.document, self._saver
        self._sent = document
        self._background.run(
            lambda: (saver.save(document), self._office.parts.clock.now()),
            lambda answer: self._saved(case, document, answer[0], f"自动保存 {answer[1]:%H:%M:%S}"),
            self._failed,
        )

    def _saved(self, case: str, document: Mapping[str, Any], outcome: Outcome, words: str) -> None:
        if isinstance(outcome, Refusal):
            self._strip = StripView(outcome.sentence)
            self.said.emit(outcome.sentence, False)
            self._not_saved()
        elif self._sheet is not None and self._sheet.case.id == case:
            self._kept = document
            self._sheet = replace(self._sheet, saved=words)
            self._show()
            self._finish()

    def _failed(self, error: Exception) -> None:
        tell(error, lambda sentence: self.said.emit(sentence, False))
        self._not_saved()

    def _not_saved(self) -> None:
        """It stays on the page, and the next change or leaving a field tries again."""
        self._sent, self._then_done = self._kept, False
        self._show()

    def _finish(self) -> None:
        """Back to the case only when all is in the books."""
        if self._then_done and self._sheet is not None and self.settled:
            self._then_done = False
            self.said.emit("登记表填好了，已存在这件里。", True)
            self.done.emit(self._sheet.case.id)

"""一表的底子 reading, showing and checking one form; which act a key means is its child's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal, Slot

from clerk_app.cases.model import Case
from clerk_app.office.office import Office
from clerk_app.office.registration.reference import company_form
from clerk_app.office.registration.saving import FormSaver
from clerk_app.office.registration.typing_kept import TypingKept
from clerk_app.registration.findings import Finding
from clerk_app.registration.row_keys import with_row_keys
from clerk_app.registration.types import form_for, type_of
from ui.background import Background
from ui.language import tr
from ui.registration.aids import NO_AIDS, Aids
from ui.registration.checking import Check, FormChecker, nothing_found
from ui.registration.loading import Opened, load_form, new_document
from ui.registration.opening import Offer, offered
from ui.registration.page import FormPage
from ui.registration.rounds import in_round
from ui.registration.saving import FormShelf
from ui.registration.sheet import Sheet
from ui.registration.telling import tell_form
from ui.registration.telling_points import beyond_missing
from ui.registration.view import FormView
from ui.widgets.strip import StripView


class FormKeeper(FormShelf):
    """一表的底子 from the books to the page. `showed(sheet)`: the page shows this now; None for no case."""

    done = Signal(str)
    showed = Signal(object)

    def __init__(
        self,
        office: Office,
        background: Background,
        page: FormPage,
        *,
        check: Check = nothing_found,
        aids: Aids = NO_AIDS,
    ) -> None:
        super().__init__(office, background, page)
        self._page, self._aids = page, aids
        self._form = company_form()
        self._wanted = self._seen = ""
        self._showing = self._stale = False
        self._checker = FormChecker(background, check, self)
        self._checker.answered.connect(self._on_found)
        self._checker.late.connect(self._on_late)
        self._asked: Mapping[str, Any] | None = None
        self._first_words: StripView | None = None
        page.set_aids(aids)

    def open_case(self, case: str) -> None:
        """Show this case's form; empty: the one in hand."""
        self.save_now()
        self._wanted = case
        if self._sheet is not None and self._sheet.case.id != case:
            self._sheet = None
        self.refresh()

    def begin_again(self, case: str, words: StripView) -> None:
        """The form of this case begins otherwise in the books now: read anew, with these words over it."""
        self._sheet, self._wanted, self._first_words = None, case, words
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
            self.say_strip(None)
            keyed = with_row_keys(self._form, document)
            self.change(replace(self._sheet, document=keyed, rows={}))
            self.save_now()

    def _opened(self, opened: Opened) -> None:
        self._seen = opened.in_hand
        self._checker.record = opened.draft.base if opened.draft else None
        if opened.case is None:
            self.save_now()
            self._sheet, self._wanted = None, ""
            self._checker.forget()
            self._page.render(FormView())
            self.showed.emit(None)
        elif self._sheet is not None and self._sheet.case.id == opened.case.id:
            self._take_in(self._sheet, opened)
        else:
            self.save_now()
            self._begin(opened, opened.case)

    def _begin(self, opened: Opened, case: Case) -> None:
        """Another case: what was left unsaved is taken up, and one may go on or start over."""
        fresh = new_document(case, opened.draft)
        before = opened.draft.document if opened.draft else fresh
        self._wanted, self._then = case.id, None
        shaped = with_row_keys(self._form, opened.shaped.document if opened.shaped else before)
        # What an older form had is saved in today's shape, as if it had been typed.
        self._kept = self._sent = self._written = before if opened.shaped and not opened.locked else shaped
        self._saver = FormSaver(self._office, case.id, before)
        written = {one.pointer: one.value for one in opened.left}
        self._typing = TypingKept(self._office, case.id, self._kept, written)
        offer = offered(self._form, opened, fresh, shaped)
        sheet = Sheet(
            form=self._form,
            case=case,
            document=dict(shaped),
            untouched=fresh,
            step=self._form.steps[0].id,
            saved=tr("自动保存 {saved_at:%H:%M:%S}", saved_at=opened.draft.saved_at) if opened.draft else "",
            locked=opened.locked,
            confirmed=opened.draft.confirmed if opened.draft else (),
            checked=opened.checked,
            today=opened.today,
            points=opened.points,
            aids=self._aids,
        )
        self._sheet = sheet
        self._make(offer)
        if self._first_words is not None:
            self.say_strip(self._first_words)
            self._first_words = None
        self.change(replace(sheet, document=offer.document))

    def _make(self, offer: Offer) -> None:
        """Go on, or take the other way; and back again."""
        self.say_strip(offer.strip, None if offer.other is None else lambda: self._take_other(offer))

    def _take_other(self, offer: Offer) -> None:
        if self._sheet is not None and offer.other is not None:
            self._make(offer.other)
            self.change(replace(self._sheet, document=offer.other.document, rows={}, left=frozenset()))

    def _take_in(self, sheet: Sheet, opened: Opened) -> None:
        """The same case again: another's saving is taken in unless something here is not saved yet."""
        document: Mapping[str, Any] = sheet.document
        if opened.draft is not None:
            keyed = with_row_keys(self._form, opened.draft.document)
            if self.settled and keyed != self._kept:
                document = self._kept = self._sent = self._written = keyed
                self._saver.seen = opened.draft.document
                self._typing = TypingKept(self._office, sheet.case.id, keyed)
            sheet = replace(sheet, confirmed=opened.draft.confirmed)
        checked = opened.checked and document == self._kept
        case = opened.case or sheet.case
        now = replace(sheet, case=case, document=dict(document), locked=opened.locked, checked=checked)
        self.change(replace(now, points=opened.points))

    def change(self, sheet: Sheet) -> None:
        """The page stands so now; what is another value than before is written, saved and checked."""
        self._sheet = sheet = in_round(replace(sheet, form=form_for(self._form, type_of(sheet.document))))
        if sheet.document != self._sent and not sheet.locked:
            self._timer.start()
            if sheet.checked and sheet.document != self._kept:
                self._sheet = replace(sheet, checked=False)
        self.write()
        if sheet.document is not self._asked:
            self._asked = sheet.document
            self._checker.ask(sheet.document, sheet.case.received_at.date())
        self.show_again()

    def _on_found(self, document: Mapping[str, Any], found: tuple[Finding, ...]) -> None:
        if self._sheet is not None and self._sheet.document is document:
            told = beyond_missing(self._sheet.form, document, found)
            self._sheet = in_round(replace(self._sheet, found=told, checking=False))
            self.show_again()

    @Slot()
    def _on_late(self) -> None:
        if self._sheet is not None and not self._sheet.checking:
            self._sheet = replace(self._sheet, checking=True)
            self.show_again()

    def show_again(self) -> None:
        """Showing a step takes the hand out of a field, and that is told while it is being shown: then once more."""
        self._stale = True
        while self._stale and not self._showing and self._sheet is not None:
            self._stale, self._showing = False, True
            try:
                self._page.render(self.tell(self._sheet))
                self.showed.emit(self._sheet)
            finally:
                self._showing = False

    def tell(self, sheet: Sheet) -> FormView:
        """What the page says of it."""
        return tell_form(sheet, strip=self._strip)

"""取档的手 decides when a form asks for the record first, finds the company, takes its record, and takes it anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QShortcut

from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.office.registration.records import Taken, find_company, take_record
from clerk_app.ports.companies import CompaniesFound
from clerk_app.registration.model import FormDraft
from clerk_app.registration.types import FOUNDING
from ui.background import Background
from ui.language import tr
from ui.registration.changes_desk import ChangesDesk
from ui.registration.page import FormPage
from ui.registration.presenter import FormPresenter
from ui.registration.record_pane import RecordPane
from ui.registration.record_view import NOT_TAKEN, TakingRecordView, tell_found, tell_taken
from ui.registration.sheet import Sheet
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyView
from ui.widgets.key_button import key_sequences
from ui.widgets.strip import StripView

T = TypeVar("T")


class RecordDesk(QObject):
    """取档 `said(sentence, good)`; over the form until it began with a record, and again when that record moved."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, form: FormPresenter, page: FormPage) -> None:
        super().__init__(page)
        self._office, self._background, self._form, self._page = office, background, form, page
        self._case, self._turn, self._title = "", 0, ""
        self._draft: FormDraft | None = None
        self._found: CompaniesFound | None = None
        self._asks, self._wanted = False, ""
        self.taking, self.changes = RecordPane(page), ChangesDesk(background, form, page)
        self.taking.hide()
        self._connect()

    def _connect(self) -> None:
        self._form.showed.connect(self._on_showed)
        self.taking.sought.connect(self._seek)
        self.taking.chosen.connect(self._choose)
        self.taking.taken.connect(self._take)
        self.taking.left.connect(self._not_now)
        self.taking.refused.connect(self._on_refused)
        self.changes.again.connect(self.take_again)
        QShortcut(key_sequences(Key.FIND_HERE)[0], self._page).activated.connect(self._ask_again)

    @Slot(object)
    def _on_showed(self, sheet: Sheet | None) -> None:
        case = sheet.case.id if sheet is not None else ""
        if case == self._case:
            return
        self._case, self._draft, self._found = case, None, None
        self._leave()
        self.changes.know(None)
        if sheet is not None:
            self._look(case, locked=bool(sheet.locked))

    def _look(self, case: str, *, locked: bool) -> None:
        """What the case began with; a change without a record asks for it before anything else."""

        def ask() -> tuple[FormDraft | None, str]:
            row, draft = self._office.read(lambda books: (books.case(case), books.form(case)))
            item = self._office.hall.items.get(row.item) if row else None
            return draft, item.registration_type if item else FOUNDING

        self._background.look(ask, lambda known: self._on_looked(case, *known, locked=locked))

    def _on_looked(self, case: str, draft: FormDraft | None, kind: str, *, locked: bool) -> None:
        if case != self._case:
            return
        self._draft, self._title = draft, kind
        taken = draft is not None and draft.base is not None
        self.changes.know(draft)
        self._asks = kind != FOUNDING and not taken and not locked
        if self._asks and not self._page.covered(self.taking):
            self._show_taking(TakingRecordView(title=kind))

    def _show_taking(self, view: TakingRecordView) -> None:
        self.taking.render(view)
        self._page.cover(self.taking)
        self.taking.lead()

    @Slot()
    def _ask_again(self) -> None:
        if self._asks and not self._page.covered(self.taking):
            self._show_taking(self.taking.view())

    # Finding and taking.

    @Slot(str)
    def _seek(self, words: str) -> None:
        self._found = None
        self.taking.render(TakingRecordView(title=self._title, busy=True))
        office = self._office
        self._ask(lambda: find_company(office, words), self._on_found)

    def _ask(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        """An answer nobody waits for any more is dropped."""
        self._turn += 1
        turn, case = self._turn, self._case

        def landed(answer: T) -> None:
            if turn == self._turn and case == self._case:
                done(answer)

        self._background.run_net(job, landed)

    def _on_found(self, found: CompaniesFound | Refusal) -> None:
        if isinstance(found, Refusal):
            self._not_taken(found)
            return
        self._found = found
        self.taking.render(tell_found(self._title, found))
        self.taking.lead()

    @Slot(str)
    def _choose(self, uscc: str) -> None:
        if self._found is not None and not self.taking.view().busy:
            self.taking.render(tell_found(self._title, self._found, uscc))

    @Slot(str)
    def _take(self, uscc: str) -> None:
        view = self.taking.view()
        if not uscc or view.busy:
            return
        if self._found is not None:
            view = tell_found(self._title, self._found, uscc)
        if view.reason:
            self._on_refused(view.reason)
            return
        self._wanted = uscc
        self.taking.render(TakingRecordView(title=self._title, busy=True))
        self._begin(uscc)

    def _begin(self, uscc: str) -> None:
        case, office = self._case, self._office
        self._form.when_settled(lambda: self._ask(lambda: take_record(office, case, uscc), self._on_taken))

    def _not_taken(self, refusal: Refusal) -> None:
        """Nothing was begun; the companies found stay, and the way to try again."""
        strip = StripView(refusal.sentence, icon="link-off" if refusal.type == "line-cut" else "warn")
        empty = EmptyView(tr("还没取到档案"), tr("办好上面说的，再回车去找。"), icon="building")
        if self._found is not None:
            self.taking.render(replace(tell_found(self._title, self._found, self._wanted), strip=strip))
        else:
            self.taking.render(TakingRecordView(title=self._title, strip=strip, empty=empty))
        self.taking.lead()

    def _on_taken(self, taken: Taken | Refusal) -> None:
        if isinstance(taken, Refusal):
            self.said.emit(taken.sentence, False)
            if self._asks:
                self._not_taken(taken)
            else:
                self.changes.refuse(taken.sentence)
            return
        case = self._case
        self._asks, self._case = False, ""
        self._leave()
        self._form.begin_again(case, tell_taken(taken))

    @Slot()
    def take_again(self) -> None:
        """The record moved: the newest, and what was typed goes onto it."""
        draft = self._draft
        if draft is not None and draft.record:
            self._begin(draft.record)

    @Slot()
    def _leave(self) -> None:
        """Whatever was asked is not waited for; the form stands as it was."""
        self._turn += 1
        self.changes.leave()
        if self.taking.isVisibleTo(self._page):
            self._page.cover(None)

    @Slot()
    def _not_now(self) -> None:
        """The form is there, and says what it still begins without."""
        self._leave()
        if self._asks:
            self._form.say_strip(NOT_TAKEN, self._ask_again)
            self._form.show_again()

    @Slot(str)
    def _on_refused(self, reason: str) -> None:
        self.said.emit(tr("{reason}，没有取档，表没有动。", reason=reason), False)

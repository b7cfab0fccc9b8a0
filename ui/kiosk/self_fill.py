"""自助填 the form page at a self-fill place: the same fields and rows, nobody's case, and nothing on the disk while one types."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot

from clerk_app.cases.model import Applicant, Case
from clerk_app.office.office import Office
from clerk_app.office.registration.self_filling import Begun, findings_of, place_form
from clerk_app.registration.row_keys import with_row_keys
from ui.background import Background
from ui.language import tr
from ui.registration.acting import FormActs
from ui.registration.office_aids import OfficeAids
from ui.registration.page import FormPage
from ui.registration.places import section_of
from ui.registration.sheet import Sheet
from ui.registration.telling import tell_form
from ui.registration.view import REVIEW, FormView

HAND_IN = tr("交上去")
PLACE = tr("自助预填")
GO_ON = tr("可以空着往下填，到窗口再补。")
LOOK = tr("看一遍，不对的按“改”。")
NOT_YET = tr("交上去还不是正式申请，到窗口核对、签了名才算。")


class SelfFillPresenter(FormActs):
    """自助填 `handed(document)` at the end; what is typed is here and in no book."""

    handed = Signal(object)

    def __init__(self, office: Office, background: Background, page: FormPage) -> None:
        reference = OfficeAids(region=office.hall.region)
        check = partial(findings_of, region=office.hall.region)
        super().__init__(office, background, page, check=check, aids=reference.aids)
        self._form = place_form()
        self.connect_acts()
        page.sheet.citizen.hide()
        page.sides.keep_steps()
        page.step_wanted.connect(self.go_to)
        page.next_wanted.connect(self._on_next)
        page.back_wanted.connect(self._on_back)
        page.jump_wanted.connect(self.jump)
        page.refused.connect(self._on_refused)
        page.saved_asked.connect(self._tell_saved)
        page.reveal_wanted.connect(self._on_reveal)
        background.run_net(reference.warm, lambda _: self.show_again())

    def begin(self, begun: Begun, at: datetime) -> None:
        """An empty form for who has just sat down."""
        document = with_row_keys(self._form, begun.document)
        self._sheet = Sheet(
            form=self._form,
            case=_nobodys(begun, at),
            document=document,
            untouched=document,
            step=self._form.steps[0].id,
            today=at.date(),
            aids=self._aids,
        )
        self.change(self._sheet)

    def forget(self) -> None:
        """Nothing of it stays."""
        self._sheet = None
        self._kept = self._sent = self._written = {}
        self.say_strip(None)
        self._checker.forget()
        self._page.render(FormView())

    @property
    def sheet(self) -> Sheet | None:
        """What the page stands on now."""
        return self._sheet

    def write(self) -> None:
        """Nothing of a citizen's lies on this machine's disk before he hands it in."""

    @Slot()
    def save_now(self) -> None:
        """There is no book to save it in."""
        self._timer.stop()

    @Slot()
    def refresh(self) -> None:
        """There is no book to read it from."""

    def tell(self, sheet: Sheet) -> FormView:
        """Without what is said to clerks."""
        return for_citizen(tell_form(sheet, strip=self._strip), sheet)

    @Slot(str)
    def go_to(self, step: str) -> None:
        """Another step; anywhere, at any time."""
        if self._sheet is not None:
            self.say_strip(None)
            self.change(replace(self._sheet.at(step), back_to="", revealed=False))

    @Slot()
    def _on_next(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        if sheet.back_to:
            self.jump(sheet.back_to)
        elif sheet.step != REVIEW:
            self.go_to(sheet.steps[sheet.place + 1].id)
        else:
            self.handed.emit(sheet.document)

    @Slot()
    def _on_back(self) -> None:
        if self._sheet is not None and self._sheet.place > 0:
            self.go_to(self._sheet.steps[self._sheet.place - 1].id)

    @Slot(str)
    def jump(self, place: str) -> None:
        """To one place, wherever it is."""
        section = section_of(self._form, place)
        if self._sheet is None or not section:
            return
        sheet = replace(self._sheet.at(self._form.step_of(section).id), back_to="")
        keys = place.split("/")
        for n, key in enumerate(keys):
            if key.isdecimal():
                sheet = sheet.choose("/".join(keys[:n]), int(key))
        self.say_strip(None)
        self.change(sheet)
        self._page.lead(place)

    @Slot(str)
    def _on_refused(self, reason: str) -> None:
        self.said.emit(tr("{reason}。", reason=reason), False)

    @Slot()
    def _on_reveal(self) -> None:
        """His own numbers, when he asks for them."""
        if self._sheet is not None:
            self.change(replace(self._sheet, revealed=not self._sheet.revealed))

    @Slot()
    def _tell_saved(self) -> None:
        self.said.emit(tr("还没有交，只在这块屏幕上。填完按“交上去”。"), True)


def for_citizen(view: FormView, sheet: Sheet) -> FormView:
    """Whatever is still open, one may hand in: the window helps with the rest."""
    last = sheet.step == REVIEW
    steps = tuple(replace(mark, note="") if mark.id == REVIEW else mark for mark in view.steps)
    plain = replace(view, note=PLACE, steps=steps, saved=tr("没交之前，只在这块屏幕上"), next_reason="", checking=False)
    if not last:
        return replace(plain, advice=GO_ON)
    review = replace(view.review, said=LOOK) if view.review is not None else None
    return replace(plain, advice=NOT_YET, next_words=HAND_IN, review=review)


def _nobodys(begun: Begun, at: datetime) -> Case:
    """What the page needs of a case, and nothing that is one: it is in no book."""
    plain: dict[str, Any] = {
        "ticket": "",
        "item": "",
        "hall_version": "",
        "department": "",
        "handler": "",
        "query_code": "",
    }
    return Case(
        **plain, id=begun.session, item_name=PLACE, applicant=Applicant(name=""), materials=(), state="received",
        received_at=at, window=0, acting_for=None,
    )  # fmt: skip

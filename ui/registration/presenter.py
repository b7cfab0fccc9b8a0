"""企业登记一表 decides what each act on the page means: steps, jumps, looking it all over, confirming, going back to the case."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot

from clerk_app.command import Refusal
from clerk_app.office.office import Office, Outcome
from clerk_app.office.registration.acts import confirm_finding
from clerk_app.office.registration.self_check import check_form_of
from clerk_app.registration.findings import Finding, errors_of
from ui.background import Background
from ui.language import tr
from ui.registration.acting import FormActs
from ui.registration.ahead import StepAhead
from ui.registration.citizen_presenter import CitizenPresenter
from ui.registration.name_watch import NameWatch
from ui.registration.office_aids import OfficeAids
from ui.registration.page import FormPage
from ui.registration.points_presenter import PointsPresenter
from ui.registration.revealing import Revealing
from ui.registration.sheet import Sheet
from ui.registration.telling_points import beyond_missing, points_of, step_of
from ui.registration.view import REVIEW


class FormPresenter(FormActs):
    """企业登记一表 `said(sentence, good)`, `done(case)` when the form is checked and the clerk goes back to the case."""

    def __init__(
        self,
        office: Office,
        background: Background,
        page: FormPage,
    ) -> None:
        reference = OfficeAids(region=office.hall.region)
        names = NameWatch(office, background, page)
        check, aids = partial(names.check, region=office.hall.region), replace(reference.aids, looked_up=names.said)
        super().__init__(office, background, page, check=check, aids=aids)
        self.showed.connect(names.follow)
        names.answered.connect(self._on_names)
        self._warm = reference.warm
        self.showed.connect(self._on_first)
        self.citizen = CitizenPresenter(office, self, page)
        self.ahead = StepAhead(page)
        self.showed.connect(self.ahead.follow)
        self.points = PointsPresenter(office, background, page.side)
        self.showed.connect(self.points.show)
        self.points.said.connect(self.said)
        self.points.changed.connect(self.refresh)
        self._revealing = Revealing(office, background, self)
        self._revealing.said.connect(self.said)
        self.connect_acts()
        page.step_wanted.connect(self.go_to)
        page.next_wanted.connect(self._on_next)
        page.back_wanted.connect(self._on_back)
        page.jump_wanted.connect(self.jump)
        page.confirmed.connect(self._on_confirmed)
        page.reveal_wanted.connect(self._revealing.turn)
        page.saved_asked.connect(self._tell_saved)
        page.refused.connect(self._on_refused)
        page.left_page.connect(self._on_left)

    @Slot(object)
    def _on_first(self, sheet: Sheet | None) -> None:
        """The reference data is read when the first form opens, behind the page."""
        if sheet is not None:
            self.showed.disconnect(self._on_first)
            self._background.run_net(self._warm, lambda _: self.show_again())

    @Slot()
    def _on_names(self) -> None:
        """The register has spoken: what it met is found now, and its day said."""
        if self._sheet is not None and not self._sheet.locked:
            self._checker.ask(self._sheet.document, self._sheet.case.received_at.date())
            self.show_again()

    @Slot(str)
    def go_to(self, step: str) -> None:
        """Another step; anywhere, at any time."""
        if self._sheet is not None:
            self.save_now()
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
        elif sheet.locked or sheet.checked:
            self._go_back()
        else:
            self._show_all()
            self.when_settled(self._record_check)

    @Slot()
    def _on_back(self) -> None:
        if self._sheet is not None and self._sheet.place > 0:
            self.go_to(self._sheet.steps[self._sheet.place - 1].id)

    @Slot(str)
    def jump(self, place: str) -> None:
        """To one place, wherever it is."""
        if self._sheet is None or not place:
            return
        sheet = replace(self._sheet.at(step_of(self._sheet.form, place).id), back_to="")
        keys = place.split("/")
        for n, key in enumerate(keys):
            if key.isdecimal():
                sheet = sheet.choose("/".join(keys[:n]), int(key))
        self.say_strip(None)
        self.change(sheet)
        self._page.lead(place)

    def _show_all(self) -> None:
        """Everything that is wrong or missing says so now, at its field and in the list."""
        if self._sheet is not None:
            self.change(replace(self._sheet, shown=True))

    @Slot(str)
    def _on_refused(self, reason: str) -> None:
        self._show_all()
        self.said.emit(tr("{reason}。", reason=reason), False)

    def _record_check(self) -> None:
        """自检并确认: the whole check over what is in the books, and the record of it."""
        sheet = self._sheet
        if sheet is None:
            return
        case = sheet.case.id
        self._background.run_net(lambda: check_form_of(self._office, case), lambda found: self._on_checked(case, found))

    def _on_checked(self, case: str, found: tuple[Finding, ...] | Refusal) -> None:
        sheet = self._sheet
        if sheet is None or sheet.case.id != case:
            return
        if isinstance(found, Refusal):
            self.said.emit(found.sentence, False)
            return
        told = beyond_missing(sheet.form, sheet.document, found)
        shown = replace(sheet, found=told, shown=True, checking=False)
        points = points_of(shown)
        wrong, lacking, asked = points.count("error"), points.count("missing"), points.count("warning")
        good = self.settled and not errors_of(found) and not lacking and not asked
        self.change(replace(shown, checked=good))
        if good:
            self.said.emit(tr("自检过了，记在这件上。"), True)
            self._go_back()
        else:
            counts = ((wrong, tr("处须改")), (lacking, tr("处没填")), (asked, tr("处请核对")))
            left = tr("，").join(f"{n} {words}" for n, words in counts if n)
            self.said.emit(tr("自检没过：还有 {left}，都列在右边。填的都存着，Ctrl+H 去第一处。", left=left), False)

    def _go_back(self) -> None:
        if self._sheet is not None:
            self.done.emit(self._sheet.case.id)

    @Slot(str, str)
    def _on_confirmed(self, mark: str, words: str) -> None:
        """A warning may stay: recorded with the reason."""
        if self._sheet is None:
            return
        case = self._sheet.case.id
        self.when_settled(
            lambda: self._background.run(lambda: confirm_finding(self._office, case, mark, words), self._answered)
        )

    def _answered(self, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
        else:
            self.said.emit(tr("已确认，理由记在这件上。"), True)
            self.refresh()

    @Slot()
    def _on_left(self) -> None:
        self._revealing.mask()
        self.save_now()

    @Slot()
    def _tell_saved(self) -> None:
        self.save_now()
        saved = self._sheet.saved if self._sheet else ""
        self.said.emit(tr("{saved}。", saved=saved) if saved else tr("改了就自动保存，不用按键。"), True)

    @property
    def sheet(self) -> Sheet | None:
        """What the page stands on now."""
        return self._sheet

"""核对申请人自填的 which fields the citizen filled in and nobody has looked at: leaving a field, or one press for the step, is looking."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from clerk_app.office.office import Office
from clerk_app.office.registration.prefilling import keep_unchecked
from ui.background import Background
from ui.language import tr
from ui.registration.page import FormPage
from ui.registration.places import section_of
from ui.registration.presenter import FormPresenter
from ui.registration.sheet import Sheet
from ui.shortcuts import Key
from ui.widgets.key_button import KeyButton


class LookingOver(QObject):
    """核对过 `said(sentence, good)`; the marks stand at the fields, and in this machine's own file."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, form: FormPresenter, page: FormPage) -> None:
        super().__init__(page)
        self._office, self._background, self._form = office, background, form
        self.button = KeyButton(tr("本步核对过"), Key.TAKE_TICKET, bind=False, parent=page)
        self.button.setObjectName("lookedOver")
        self.button.hide()
        page.sheet.tools.insertWidget(0, self.button)
        self.button.chosen.connect(self.look_over)
        form.showed.connect(self._on_showed)
        page.gone.connect(self._on_gone)
        QShortcut(QKeySequence(Key.TAKE_TICKET), page).activated.connect(self._press)

    def mark(self, places: frozenset[str]) -> None:
        """These are to be looked at."""
        sheet = self._form.sheet
        if sheet is not None:
            self._form.change(replace(sheet, unlooked=places))
            self._keep(places)

    @Slot(object)
    def _on_showed(self, sheet: Sheet | None) -> None:
        here = sheet is not None and not sheet.locked and any(_on_step(sheet, place) for place in sheet.unlooked)
        self.button.setVisible(here)

    @Slot(str)
    def _on_gone(self, place: str) -> None:
        """Passed over is looked at."""
        sheet = self._form.sheet
        if sheet is not None and place in sheet.unlooked and not sheet.locked:
            self.mark(sheet.unlooked - {place})

    @Slot()
    def look_over(self) -> None:
        """All of this step."""
        sheet = self._form.sheet
        if sheet is not None and not sheet.locked:
            done = frozenset(place for place in sheet.unlooked if _on_step(sheet, place))
            left = len(sheet.unlooked) - len(done)
            self.mark(sheet.unlooked - done)
            more = tr("还有 {left} 栏没核。", left=left) if left else tr("申请人自填的都核过了。")
            self.said.emit(tr("本步 {count} 栏核对过。{more}", count=len(done), more=more), True)

    @Slot()
    def _press(self) -> None:
        if self.button.isVisible():
            self.look_over()

    def _keep(self, places: frozenset[str]) -> None:
        sheet, office = self._form.sheet, self._office
        if sheet is not None:
            case, document = sheet.case.id, sheet.document
            self._background.run(lambda: keep_unchecked(office, case, document, places), lambda _: None)


def _on_step(sheet: Sheet, place: str) -> bool:
    return section_of(sheet.form, place) in sheet.steps[sheet.place].sections

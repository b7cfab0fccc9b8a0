"""请核对 opens, feeds and shuts the citizen's screen: it follows the step, and goes with the case, the lock and the page."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from clerk_app.office.office import Office
from ui.language import as_written
from ui.registration.citizen import CitizenWindow
from ui.registration.keeping import FormKeeper
from ui.registration.page import FormPage
from ui.registration.sheet import Sheet
from ui.registration.telling_review import tell_citizen
from ui.registration.view import CitizenView


class CitizenPresenter(QObject):
    """请核对 one frozen view after another, never a live widget; blank as soon as there is nothing to be looked over."""

    def __init__(self, office: Office, keeper: FormKeeper, page: FormPage) -> None:
        super().__init__(page)
        self._office, self._page = office, page
        self._sheet: Sheet | None = None
        self._case = ""
        self.window = CitizenWindow(page)
        keeper.showed.connect(self._on_showed)
        page.citizen_wanted.connect(self.turn)
        page.left_page.connect(self.shut)

    @Slot()
    def turn(self) -> None:
        """给申请人看, or put it away."""
        if self.window.isVisible():
            self.shut()
        elif self._sheet is not None:
            self._case = self._sheet.case.id
            self._feed(self._sheet)
            self.window.open_beside(self._page)

    @Slot()
    def shut(self) -> None:
        """Away, and blank: nothing of a case stays on a screen nobody looks after."""
        self.window.show_view(CitizenView())
        self.window.close()

    @Slot(object)
    def _on_showed(self, sheet: Sheet | None) -> None:
        self._sheet = sheet
        if not self.window.isVisible():
            return
        if sheet is None or sheet.case.id != self._case:
            self.shut()
        else:
            self._feed(sheet)

    def _feed(self, sheet: Sheet) -> None:
        with as_written():  # citizens read it
            self.window.show_view(tell_citizen(sheet, self._office.hall.name))

"""登记表间 the form with all that lies over it: the record it begins with, what is taken in, what is printed and copied, the short form."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.office.office import Office
from clerk_app.office.registration.short_forms import drop_yesterdays
from ui.background import Background
from ui.registration.out_desk import OutDesk
from ui.registration.page import FormPage
from ui.registration.presenter import FormPresenter
from ui.registration.record_desk import RecordDesk
from ui.registration.short_window import ShortDesk
from ui.registration.taking_in import TakeIn


class FormRoom(QObject):
    """登记表间 `said` for the status line, `done(case)` when the hand goes back to the case."""

    said = Signal(str, bool)
    done = Signal(str)

    def __init__(self, office: Office, background: Background, page: FormPage) -> None:
        super().__init__(page)
        self._office, self._background = office, background
        self.form = FormPresenter(office, background, page)
        self.record = RecordDesk(office, background, self.form, page)
        self.taking = TakeIn(office, background, self.form, page)
        self.out = OutDesk(office, background, self.form, page)
        self.short = ShortDesk(office, background, self)
        for presenter in (self.form, self.record, self.taking, self.out, self.short):
            presenter.said.connect(self.said)
        self.form.done.connect(self.done)

    def start(self) -> None:
        """A clerk sat down: the form of the case in hand; yesterday's short forms are gone."""
        self.form.open_case("")
        self._background.run(lambda: drop_yesterdays(self._office), lambda _: None)

    @Slot(str)
    def open_case(self, case: str) -> None:
        """This case's form; empty: the one in hand."""
        self.form.open_case(case)

    @Slot()
    def refresh(self) -> None:
        """Read again."""
        self.form.refresh()

    @Slot(bool)
    def line_changed(self, connected: bool) -> None:
        """With the line back it is asked again what waits for this case."""
        if connected:
            self.taking.look()

    def leave(self) -> None:
        """The clerk gets up: what was typed is saved, nothing is left to be read or pasted."""
        self.form.save_now()
        self.out.leave()
        self.short.leave()

"""设置间 the presenters of 设置, one voice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.office.events import PrinterState
from clerk_app.office.office import Office
from clerk_app.receipts.paper import PrinterStatus
from clerk_app.settings import PrinterAt
from ui.background import Background
from ui.language import tr
from ui.settings import telling
from ui.settings.backup_presenter import AskFolder, BackupPresenter
from ui.settings.checkup_presenter import AskFile, CheckupPresenter
from ui.settings.house import CHECKUP, SettingsHouse
from ui.settings.log_presenter import LogPresenter
from ui.settings.update_presenter import UpdatePresenter

UNASKED = PrinterStatus(ready=False, known=False, said=tr("还没问"))


class SettingsRoom(QObject):
    """设置间 `said(text, good)`; `states` are what the lanes last learned."""

    said = Signal(str, bool)

    def __init__(
        self,
        office: Office,
        background: Background,
        house: SettingsHouse,
        states: Callable[[], Sequence[PrinterState]],
        ask: tuple[AskFile, AskFolder],
    ) -> None:
        super().__init__(house)
        self._office, self._house, self._states = office, house, states
        ask_file, ask_folder = ask
        self.checkup = CheckupPresenter(office, background, house.checkup, self._status, ask_file)
        self.log = LogPresenter(office, background, house.log, ask_file)
        self.backup = BackupPresenter(office, background, house.backup, ask_folder)
        self.update = UpdatePresenter(office, background, house.update_page)
        for presenter in (self.checkup, self.log, self.backup, self.update):
            presenter.said.connect(self.said)
        house.machine.opened.connect(self._show_machine)

    def _status(self, at: PrinterAt) -> PrinterStatus:
        """As the printers page knows it: nobody else asks the printer in between."""
        state = next((one for one in self._states() if one.printer == at.name), None)
        if state is None or state.said.endswith("还没问"):
            return UNASKED
        return PrinterStatus(ready=state.ready, known=True, said=state.said)

    @Slot()
    def _show_machine(self) -> None:
        office = self._office
        window = office.hall.roster.windows.get(office.window)
        name = (
            tr("{window}号窗口\u3000{name}", window=office.window, name=window.name)
            if window
            else tr("{window}号窗口", window=office.window)
        )
        self._house.machine.render(telling.machine_of(office.parts.settings, office.hall.name, name))

    def start(self) -> None:
        """Somebody sat down: nothing of the one before stays on screen."""
        self.checkup.forget()
        self._house.show_view(CHECKUP)

    def close(self) -> None:
        """The desk closes."""
        self.checkup.close()
        self.update.close()

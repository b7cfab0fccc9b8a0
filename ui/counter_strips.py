"""叫号页上的条 what is asked over the counter's page beside the ticket: its fees, how the result is fetched, what the hall holds already."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from clerk_app.office.office import Office
from ui.background import Background
from ui.fees.setting_presenter import SettingPresenter
from ui.handing.delivery_presenter import DeliveryPresenter
from ui.queueing.page import CounterPage
from ui.queueing.presenter import CounterPresenter
from ui.sharing.beside import HeldBeside
from ui.sharing.presenter import SharePresenter
from ui.shortcuts import Key


class CounterStrips(QObject):
    """叫号页上的条 `said` is for the status line."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, counter: CounterPresenter, page: CounterPage) -> None:
        super().__init__(counter)
        self.fees = SettingPresenter(office, background, counter, page)
        self.delivery = DeliveryPresenter(office, background, counter, page)
        for presenter, key in ((self.fees, Key.FEES), (self.delivery, Key.DELIVERY)):
            presenter.said.connect(self.said)
            QShortcut(QKeySequence(key), page).activated.connect(presenter.open)
        counter.delivery_wanted.connect(self.delivery.open)
        self.held = SharePresenter(office, background, counter, page)
        self.held.said.connect(self.said)
        self.beside = HeldBeside(office, background, counter, page)
        self.beside.ask_wanted.connect(self.held.open)

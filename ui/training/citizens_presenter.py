"""来练习的人的主持 one press: the next one takes his ticket at this window's line, and his card tells the trainee who he is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.cases.catalogue import Item
from clerk_app.command import Refusal
from clerk_app.office.counter import ticketing
from clerk_app.office.counter.ticket_wish import Wish, letter_here
from clerk_app.office.office import Office, Outcome
from ui.background import Background
from ui.language import tr
from ui.training.citizens import Citizen, comes_to, told
from ui.training.printer_window import PrinterWindow

NOBODY = tr("这个窗口不收件，没有人来。换一个收件的窗口登录再练。")
SIGN_IN = tr("先登录，再请人来。")


class Citizens(QObject):
    """来练习的人 `said` is for the status line; they come in the script's order, and begin again after the last."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, window: PrinterWindow) -> None:
        super().__init__(window)
        self._office, self._background, self._window = office, background, window
        self._come = 0
        window.citizen.chosen.connect(self.come)

    @Slot()
    def come(self) -> None:
        """The next one."""
        office = self._office
        if office.session is None:
            self.said.emit(SIGN_IN, False)
            return
        here = comes_to(office.hall, office.window)
        if not here:
            self.said.emit(NOBODY, False)
            return
        citizen, item = here[self._come % len(here)]
        self._come += 1
        wish = Wish(letter=letter_here(office, item.letters), item=item.code, priority=citizen.priority)
        self._background.run_net(
            lambda: ticketing.take(office, wish), lambda outcome: self._came(outcome, citizen, item)
        )

    def _came(self, outcome: Outcome, citizen: Citizen, item: Item) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
            return
        self._window.show_citizen(told(citizen, item))
        self.said.emit(tr("{name}取了号，在等。按 F2 叫他。", name=citizen.name), True)

"""印章几间 the register, the seals, 验章: one place on the rail, three views, and what they tell each other."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from clerk_app.office.office import Office
from ui.background import Background
from ui.language import tr
from ui.seal_register.house import REGISTER, SealRegisterHouse
from ui.seal_register.room import SealRegisterRoom
from ui.verifying.page import VerifyPage
from ui.verifying.presenter import VerifyingPresenter

VERIFYING = "verifying"


class SealRooms(QObject):
    """印章几间 `said(text, good)`, `waiting(n)` for the badge, `case_wanted(id)`."""

    said = Signal(str, bool)
    waiting = Signal(int)
    case_wanted = Signal(str)

    def __init__(self, office: Office, background: Background, connected: Callable[[], bool]) -> None:
        super().__init__()
        self.verify_page = VerifyPage()
        self.house = SealRegisterHouse(((VERIFYING, tr("验章"), self.verify_page),))
        self.setParent(self.house)
        self.register = SealRegisterRoom(office, background, self.house, connected)
        self.verifying = VerifyingPresenter(office, background, self.verify_page, connected)
        for room in (self.register, self.verifying):
            room.said.connect(self.said)
        self.register.waiting.connect(self.waiting)
        self.register.case_wanted.connect(self.case_wanted)
        self.register.one_wanted.connect(self.verifying.one.open)

    def pairs(self) -> tuple[tuple[QWidget, Callable[[], None]], ...]:
        """Each view with what reads it again."""
        return self.register.pairs()

    def start(self) -> None:
        """Somebody sat down."""
        self.house.show_view(REGISTER)
        self.register.start()
        self.verifying.start()

    def note(self, subjects: tuple[str, ...]) -> None:
        """These rows changed."""
        self.register.note(subjects)

    @Slot()
    def show_verifying(self) -> None:
        """验章 in front."""
        self.house.show_view(VERIFYING)

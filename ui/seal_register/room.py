"""用印登记的主持 the presenters of the register house: what waits for somebody stands on the rail."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from clerk_app.office.office import Office
from ui.background import Background
from ui.seal_register.book_presenter import BookPresenter
from ui.seal_register.house import REGISTER, SealRegisterHouse
from ui.seal_register.seals_presenter import SealsPresenter

OURS = ("seal_use:", "seal_intent:", "seal_event:", "seal:")


class SealRegisterRoom(QObject):
    """用印登记 `said(text, good)` for the status line, `waiting(n)` for the badge, `case_wanted(id)` opens a case, `one_wanted(use)` 一章一查."""

    said = Signal(str, bool)
    waiting = Signal(int)
    case_wanted = Signal(str)
    one_wanted = Signal(str)

    def __init__(
        self, office: Office, background: Background, house: SealRegisterHouse, connected: Callable[[], bool]
    ) -> None:
        super().__init__(house)
        self._house = house
        self.book = BookPresenter(office, background, house.book, connected)
        self.seals = SealsPresenter(office, background, house.seals)
        self.book.waiting.connect(self._on_waiting)
        self.book.one_wanted.connect(self.one_wanted)
        for presenter in (self.book, self.seals):
            presenter.said.connect(self.said)
            presenter.case_wanted.connect(self.case_wanted)

    def pairs(self) -> tuple[tuple[QWidget, Callable[[], None]], ...]:
        """Each view with what reads it again."""
        return ((self._house.book, self.book.refresh), (self._house.seals, self.seals.refresh))

    def start(self) -> None:
        """Somebody sat down."""
        self._house.show_view(REGISTER)
        self.book.start()
        self.seals.start()

    def note(self, subjects: tuple[str, ...]) -> None:
        """These rows changed: the badge stays true, on screen or not."""
        if any(subject.startswith(OURS) for subject in subjects):
            self.book.count()

    @Slot(int)
    def _on_waiting(self, waiting: int) -> None:
        self._house.segments.show_figure(REGISTER, str(waiting) if waiting else "")
        self.waiting.emit(waiting)

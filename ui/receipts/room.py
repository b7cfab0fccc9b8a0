"""打印间 the papers and the printers: two presenters, one voice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from clerk_app.office.events import PrinterState
from clerk_app.office.office import Office
from ui.background import Background
from ui.receipts.house import PrintingHouse
from ui.receipts.presenter import PrintingPresenter
from ui.receipts.printers_presenter import PrintersPresenter


class PrintingRoom(QObject):
    """打印间 `said(text, good)`, `counted(n)` of the papers that ask a question."""

    said = Signal(str, bool)
    counted = Signal(int)

    def __init__(
        self,
        office: Office,
        background: Background,
        house: PrintingHouse,
        draw: Callable[[bytes], bytes],
        states: Callable[[], Sequence[PrinterState]],
    ) -> None:
        super().__init__(house)
        self._house = house
        self.jobs = PrintingPresenter(office, background, house.jobs, draw, states)
        self.printers = PrintersPresenter(office, background, house.printers, states)
        self.jobs.counted.connect(self.counted)
        for presenter in (self.jobs, self.printers):
            presenter.said.connect(self.said)

    @Slot()
    def refresh(self) -> None:
        """The papers again."""
        self.jobs.refresh()

    def count(self) -> None:
        """For the rail."""
        self.jobs.count()

    def pairs(self) -> tuple[tuple[QWidget, Callable[[], None]], ...]:
        """Each view with what reads it again."""
        return (self._house.jobs, self.jobs.refresh), (self._house.printers, self.printers.refresh)

    def close(self) -> None:
        """The desk closes."""
        self.printers.close()

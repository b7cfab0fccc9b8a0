"""大厅的主持 the presenters of the hall house and what one tells another: a line looked at now is opened in its order."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from clerk_app.office.office import Office
from ui.background import Background
from ui.hall.house import NOW, ORDER, HallHouse, hall_views
from ui.hall.log_presenter import LogPresenter
from ui.hall.now_presenter import NowPresenter
from ui.hall.order_presenter import OrderPresenter
from ui.hall.reading import HallLine, HallReading
from ui.hall.stats_presenter import StatsPresenter
from ui.late_house import Pieces

OURS = ("task:",)


class HallRoom(QObject):
    """大厅 `said(text, good)` for the status line, `waiting(n)` for the badge: windows that ring."""

    said = Signal(str, bool)
    waiting = Signal(int)

    def __init__(
        self,
        office: Office,
        background: Background,
        house: HallHouse,
        line: HallLine,
    ) -> None:
        super().__init__(house)
        self._house = house
        self.reading = HallReading(office, background, line, self)
        self.now = NowPresenter(office, background, house.now, self.reading)
        self.order = OrderPresenter(office, background, house.order, self.reading)
        self.stats = StatsPresenter(office, background, house.stats, lambda: line.state().connected)
        self.log = LogPresenter(office, background, house.log)
        for presenter in (self.now, self.order, self.stats, self.log):
            presenter.said.connect(self.said)
        self.now.waiting.connect(self._on_waiting)
        self.now.line_wanted.connect(self._open_line)

    def pairs(self) -> tuple[tuple[QWidget, Callable[[], None]], ...]:
        """Each view with what reads it again."""
        house = self._house
        return (
            (house.now, self.reading.refresh),
            (house.order, self.reading.refresh),
            (house.stats, self.stats.refresh),
            (house.log, self.log.refresh),
        )

    def start(self) -> None:
        """Somebody sat down."""
        self._house.show_view(NOW)
        for presenter in (self.now, self.order, self.stats, self.log):
            presenter.start()
        self.reading.read_now()

    def note(self, subjects: tuple[str, ...]) -> None:
        """These rows changed: who rings is heard, whichever page is on screen."""
        if any(subject.startswith(OURS) for subject in subjects):
            self.reading.refresh()

    @Slot(int)
    def _on_waiting(self, windows: int) -> None:
        self._house.segments.show_figure(NOW, str(windows) if windows else "")
        self.waiting.emit(windows)

    @Slot(str)
    def _open_line(self, letter: str) -> None:
        self._house.show_view(ORDER)
        self.order.open_line(letter)


def hall(office: Office, background: Background, line: HallLine, place: QWidget) -> Pieces:
    """大厅 the house and what keeps it, a piece at a time when somebody has the page."""
    house = HallHouse((yield from hall_views(tuple(office.hall.queue.letters))), place, at_once=False)
    yield from house.take_in()
    yield house, HallRoom(office, background, house, line)

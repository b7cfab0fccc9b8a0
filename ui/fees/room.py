"""收费的主持 the presenters of the fees house; what waits at the till stands on the rail."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clerk_app.office.office import Office
from ui.background import Background
from ui.fees.day_presenter import MoneyDayPresenter
from ui.fees.house import TILL, FeesHouse, fees_views
from ui.fees.till_presenter import TillPresenter
from ui.late_house import Pieces


class FeesRoom(QObject):
    """收费 `said(text, good)` for the status line, `waiting(n)` for the badge."""

    said = Signal(str, bool)
    waiting = Signal(int)

    def __init__(self, office: Office, background: Background, house: FeesHouse) -> None:
        super().__init__(house)
        self._house = house
        self.till = TillPresenter(office, background, house.till)
        self.day = MoneyDayPresenter(office, background, house.day)
        for presenter in (self.till, self.day):
            presenter.said.connect(self.said)
        self.till.waiting.connect(self.waiting)

    def pairs(self) -> tuple[tuple[QWidget, Callable[[], None]], ...]:
        """Each view with what reads it again."""
        return ((self._house.till, self.till.refresh), (self._house.day, self.day.refresh))

    def start(self) -> None:
        """Somebody sat down."""
        self._house.show_view(TILL)
        self.till.start()
        self.day.start()

    def note(self, subjects: tuple[str, ...]) -> None:
        """These rows changed."""
        self.till.note(subjects)


def fees(office: Office, background: Background, place: QWidget) -> Pieces:
    """收费 the house and what keeps it, one after the other when somebody has the page."""
    house = FeesHouse((yield from fees_views()), place, at_once=False)
    yield from house.take_in()
    yield house, FeesRoom(office, background, house)

"""监察的主持 the presenters of the watch house: what each counts stands beside its view, and together on the rail."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from clerk_app.office.office import Office
from ui.background import Background
from ui.oversight.asked_matters import AskedMatters
from ui.oversight.cards_presenter import CardsPresenter
from ui.oversight.complaint_matters import ComplaintMatters
from ui.oversight.follow_matters import FollowMatters
from ui.oversight.matter_presenter import MatterPresenter
from ui.oversight.report_presenter import ReportPresenter
from ui.oversight.watch_house import ASKED, CARDS, COMPLAINTS, FOLLOW_UPS, WatchHouse

OURS = ("card:", "asked:", "complaint:", "follow_up:")


class WatchRoom(QObject):
    """监察 `said(text, good)` for the status line, `waiting(n)` for the badge, `case_wanted(id)` opens a case."""

    said = Signal(str, bool)
    waiting = Signal(int)
    case_wanted = Signal(str)

    def __init__(
        self, office: Office, background: Background, house: WatchHouse, connected: Callable[[], bool]
    ) -> None:
        super().__init__(house)
        self._house = house
        self._counts: dict[str, int] = {}
        self.cards = CardsPresenter(office, background, house.cards, connected)
        self.report = ReportPresenter(office, background, house.report, connected)
        self.asked = MatterPresenter(office, background, house.asked, AskedMatters())
        self.complaints = MatterPresenter(office, background, house.complaints, ComplaintMatters())
        self.follow_ups = MatterPresenter(office, background, house.follow_ups, FollowMatters())
        for presenter in (self.cards, self.report, self.asked, self.complaints, self.follow_ups):
            presenter.said.connect(self.said)
        self.cards.case_wanted.connect(self.case_wanted)
        self.cards.waiting.connect(self._on_cards)
        self.asked.waiting.connect(self._on_asked)
        self.complaints.waiting.connect(self._on_complaints)
        self.follow_ups.waiting.connect(self._on_follow_ups)

    def pairs(self) -> tuple[tuple[QWidget, Callable[[], None]], ...]:
        """Each view with what reads it again."""
        house = self._house
        return (
            (house.cards, self.cards.refresh),
            (house.asked, self.asked.refresh),
            (house.complaints, self.complaints.refresh),
            (house.follow_ups, self.follow_ups.refresh),
            (house.report, self.report.refresh),
        )

    def start(self) -> None:
        """Somebody sat down."""
        self.cards.start()
        self.report.start()
        self._house.show_view(CARDS)
        for presenter in (self.cards, self.asked, self.complaints, self.follow_ups):
            presenter.refresh()

    def note(self, subjects: tuple[str, ...]) -> None:
        """These rows changed: the badge stays true, on screen or not."""
        if any(subject.startswith(OURS) for subject in subjects):
            for presenter in (self.cards, self.asked, self.complaints, self.follow_ups):
                presenter.refresh()

    def _count(self, view: str, waiting: int) -> None:
        self._counts[view] = waiting
        self._house.segments.show_figure(view, str(waiting) if waiting else "")
        self.waiting.emit(sum(self._counts.values()))

    @Slot(int)
    def _on_cards(self, waiting: int) -> None:
        self._count(CARDS, waiting)

    @Slot(int)
    def _on_asked(self, waiting: int) -> None:
        self._count(ASKED, waiting)

    @Slot(int)
    def _on_complaints(self, waiting: int) -> None:
        self._count(COMPLAINTS, waiting)

    @Slot(int)
    def _on_follow_ups(self, waiting: int) -> None:
        self._count(FOLLOW_UPS, waiting)

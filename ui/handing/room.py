"""出件的主持 the presenters of the four views; the lists are read once for all of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from clerk_app.office.counter.handing.acts import changed
from clerk_app.office.counter.handing.looking import HandingDesk, desk
from clerk_app.office.office import Office
from ui.background import Background
from ui.handing.house import PICK, POST, SHELVES, TAKING, HandingHouse, handing_views
from ui.handing.pick_presenter import PickPresenter
from ui.handing.post_presenter import PostPresenter
from ui.handing.shelves_presenter import ShelvesPresenter
from ui.handing.taking_presenter import TakingPresenter
from ui.late_house import Pieces


class HandingRoom(QObject):
    """出件 `said(text, good)` for the status line, `waiting(n)` for the badge: to be told, and to be posted today."""

    said = Signal(str, bool)
    waiting = Signal(int)

    def __init__(self, office: Office, background: Background, house: HandingHouse) -> None:
        super().__init__(house)
        self._office, self._background, self._house = office, background, house
        self.pick = PickPresenter(office, background, house.pick)
        self.taking = TakingPresenter(office, background, house.taking)
        self.shelves = ShelvesPresenter(office, background, house.shelves)
        self.post = PostPresenter(office, background, house.post)
        self._presenters = (self.pick, self.taking, self.shelves, self.post)
        for presenter in self._presenters:
            presenter.said.connect(self.said)
            presenter.changed.connect(self.refresh)

    def pairs(self) -> tuple[tuple[QWidget, Callable[[], None]], ...]:
        """Each view with what reads it again."""
        house = self._house
        return tuple((view, self.refresh) for view in (house.pick, house.taking, house.shelves, house.post))

    def start(self) -> None:
        """Somebody sat down."""
        self._house.show_view(PICK)
        for presenter in self._presenters:
            presenter.start()

    @Slot()
    def leave(self) -> None:
        """He gets up, or the screen is covered: nothing is asked of anybody any more."""
        self.pick.close_pad()
        self.shelves.mask()

    def close(self) -> None:
        """The desk closes."""
        self.leave()
        self.pick.pad.deleteLater()

    def note(self, subjects: tuple[str, ...]) -> None:
        """These rows changed: the figure on the rail is true, whichever page is on screen."""
        if changed(subjects):
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the lists again."""
        if self._office.session is not None:
            self._background.look(lambda: desk(self._office), self._landed)

    def _landed(self, now: HandingDesk) -> None:
        for presenter in self._presenters:
            presenter.show_desk(now)
        to_post = len(now.to_post)
        for key, count in ((TAKING, len(now.awaited)), (SHELVES, now.to_remind), (POST, to_post)):
            self._house.segments.show_figure(key, str(count) if count else "")
        self.waiting.emit(now.to_remind + to_post)


def handing(office: Office, background: Background, place: QWidget) -> Pieces:
    """出件 the house and what keeps it, one after the other when somebody has the page."""
    house = HandingHouse((yield from handing_views()), place, at_once=False)
    yield from house.take_in()
    yield house, HandingRoom(office, background, house)

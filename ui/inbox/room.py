"""收件箱的主持 the presenters of the three views; the list is read once for all of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from clerk_app.office.counter.inbox import ABOUT, InboxDesk, desk
from clerk_app.office.office import Office
from ui.background import Background
from ui.inbox.house import VIEWS, InboxHouse, inbox_pages
from ui.inbox.presenter import InboxPresenter
from ui.late_house import Pieces


class InboxRoom(QObject):
    """收件箱 `said(text, good)` for the status line, `waiting(n)` for the badge: what waits for this window."""

    said = Signal(str, bool)
    waiting = Signal(int)
    counter_wanted = Signal()
    case_wanted = Signal(str)

    def __init__(self, office: Office, background: Background, house: InboxHouse) -> None:
        super().__init__(house)
        self._office, self._background, self._house = office, background, house
        self.presenters = {kind: InboxPresenter(office, background, kind, page) for kind, page in house.pages.items()}
        for presenter in self.presenters.values():
            presenter.said.connect(self.said)
            presenter.changed.connect(self.refresh)
            presenter.counter_wanted.connect(self.counter_wanted)
            presenter.case_wanted.connect(self.case_wanted)

    def pairs(self) -> tuple[tuple[QWidget, Callable[[], None]], ...]:
        """Each view with what reads it again."""
        return tuple((page, self.refresh) for page in self._house.pages.values())

    def start(self) -> None:
        """Somebody sat down."""
        self._house.show_view(VIEWS["application"])
        for presenter in self.presenters.values():
            presenter.start()
        self.refresh()

    def note(self, subjects: tuple[str, ...]) -> None:
        """These rows changed: the figure on the rail is true, whichever page is on screen."""
        if any(subject.startswith(ABOUT) for subject in subjects):
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the list again."""
        if self._office.session is not None:
            self._background.look(lambda: desk(self._office), self._landed)

    def _landed(self, now: InboxDesk) -> None:
        for kind, presenter in self.presenters.items():
            presenter.show_desk(now)
            count = presenter.count
            self._house.segments.show_figure(VIEWS[kind], str(count) if count else "")
        self.waiting.emit(sum(presenter.count for presenter in self.presenters.values()))


def inbox(office: Office, background: Background, place: QWidget | None = None) -> Pieces:
    """收件箱 the house and what keeps it, one after the other when somebody has the page."""
    pages = yield from inbox_pages()
    house = InboxHouse(pages, place, at_once=False)
    yield from house.take_in()
    yield house, InboxRoom(office, background, house)

"""岗位AB角 the presenters of the posts house, wired to one another: the board opens a leave, Ctrl+N a new one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.office.office import Office
from ui.background import Background
from ui.duty.board.presenter import BoardPresenter
from ui.duty.house import LEAVE, PostsHouse
from ui.duty.leave.presenter import LeavePresenter
from ui.duty.noon.presenter import NoonPresenter

OURS = ("absence:", "substitution:", "noon_roster:", "letter:", "sign_in:")


class PostsRoom(QObject):
    """岗位AB角 `said(text, good)` for the status line, `waiting(n)` for the badge: gaps to fill and requests to settle."""

    said = Signal(str, bool)
    waiting = Signal(int)

    def __init__(
        self, office: Office, background: Background, house: PostsHouse, connected: Callable[[], bool]
    ) -> None:
        super().__init__(house)
        self._house = house
        self._gaps = self._requests = 0
        self.board = BoardPresenter(office, background, house.board, connected)
        self.leave = LeavePresenter(office, background, house.leave, connected)
        self.noon = NoonPresenter(office, background, house.noon)
        for presenter in (self.board, self.leave, self.noon):
            presenter.said.connect(self.said)
        self.board.waiting.connect(self._on_gaps)
        self.board.leave_wanted.connect(self.open_leave)
        self.leave.waiting.connect(self._on_requests)
        house.leave_wanted.connect(self.ask_leave)
        house.shown.connect(self._on_shown)

    def start(self) -> None:
        """Somebody sat down."""
        for presenter in (self.board, self.leave, self.noon):
            presenter.start()

    def note(self, subjects: tuple[str, ...]) -> None:
        """These rows changed: what concerns posts is read again, on screen or not, so that the badge is true."""
        if any(subject.startswith(OURS) for subject in subjects):
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read and show all again, as after the line came or went."""
        for presenter in (self.board, self.leave, self.noon):
            presenter.refresh()

    @Slot(str)
    def open_leave(self, absence: str) -> None:
        """One absence on the leave page."""
        self._house.show_view(LEAVE)
        self.leave.open(absence)

    @Slot()
    def ask_leave(self) -> None:
        """A new request."""
        self._house.show_view(LEAVE)
        self.leave.ask()

    @Slot(str)
    def _on_shown(self, key: str) -> None:
        for presenter, page in (
            (self.board, self._house.board),
            (self.leave, self._house.leave),
            (self.noon, self._house.noon),
        ):
            if page.isVisible():
                presenter.refresh()

    @Slot(int)
    def _on_gaps(self, count: int) -> None:
        self._gaps = count
        self.waiting.emit(self._gaps + self._requests)

    @Slot(int)
    def _on_requests(self, count: int) -> None:
        self._requests = count
        self._house.segments.show_figure(LEAVE, str(count) if count else "")
        self.waiting.emit(self._gaps + self._requests)

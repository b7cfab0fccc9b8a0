"""看板 reads the whole hall's day and arranges cover for a gap; nothing moves under the hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.duty.noon import NOON
from clerk_app.office.duty.cover import arrange_cover
from clerk_app.office.duty.cover_board import Board, Gap, read_board
from clerk_app.office.duty.cover_day import clock_words
from clerk_app.office.office import Office, Outcome
from ui.background import Background
from ui.duty.board.page import BoardPage
from ui.duty.board.telling import ARRANGE, LOOK, TURN, tell_board
from ui.language import tr

TICK_MS = 20_000
"""The ink line moves about a pixel a minute."""


class BoardPresenter(QObject):
    """看板 `waiting(n)`: posts that will be empty today and that one may do something about; `leave_wanted(absence)`."""

    said = Signal(str, bool)
    waiting = Signal(int)
    leave_wanted = Signal(str)

    def __init__(self, office: Office, background: Background, page: BoardPage, connected: Callable[[], bool]) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._connected = office, background, page, connected
        self._day: date | None = None
        self._focus, self._picked = "", ""
        self._placed = False
        self._asked = 0
        self._board: Board | None = None
        page.row_chosen.connect(self._choose)
        page.row_opened.connect(self._open)
        page.day_chosen.connect(self._turn)
        page.picked.connect(self._pick)
        page.act.connect(self._act)
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    def start(self) -> None:
        """Somebody sat down: today, the hand on the worst gap."""
        self._day, self._focus, self._picked, self._placed = None, "", "", False
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read and show again."""
        if self._office.session is None:
            return
        self._asked += 1
        asked, day, focus = self._asked, self._day, self._focus
        self._background.look(lambda: read_board(self._office, day, focus), lambda found: self._landed(asked, found))

    def _landed(self, asked: int, board: Board) -> None:
        if asked == self._asked:  # an answer to an older question would take the hand back
            self._show(board)

    def _show(self, board: Board) -> None:
        self._board = board
        if not self._placed:
            self._focus = board.choice.gap.post.id if board.choice else next((row.post.id for row in board.rows), "")
            self._placed = True
        if board.now is not None:
            self.waiting.emit(sum(1 for row in board.rows if row.gaps) if board.may_arrange else 0)
        self._page.render(tell_board(board, self._focus, self._picked, connected=self._connected()))

    @Slot()
    def _tick(self) -> None:
        if self._page.isVisible():
            self.refresh()

    @Slot(str)
    def _choose(self, post: str) -> None:
        if post != self._focus:
            self._focus, self._picked = post, ""
            self.refresh()

    @Slot(str)
    def _open(self, post: str) -> None:
        row = self._board.row(post) if self._board else None
        absence = row.gaps[0].absence if row and row.gaps else None
        made = next((one.substitution for one in row.segments if one.substitution), None) if row else None
        if absence is not None:
            self.leave_wanted.emit(absence.id)
        elif made is not None and made.cause != NOON:
            self.leave_wanted.emit(made.cause)

    @Slot(str)
    def _turn(self, day: str) -> None:
        today = self._board is not None and self._board.ahead[0].day.isoformat() == day
        self._day, self._picked, self._placed = None if today else date.fromisoformat(day), "", False
        self.refresh()

    @Slot(str)
    def _pick(self, person: str) -> None:
        self._picked = person
        if self._board is not None:
            self._show(self._board)

    @Slot(str)
    def _act(self, name: str) -> None:
        board = self._board
        if board is None:
            return
        if name == TURN:
            next_one = next((day for day in board.ahead if day.at_risk and day.day > board.day), None)
            if next_one is not None:
                self._turn(next_one.day.isoformat())
        elif name == LOOK and board.choice is not None and board.choice.gap.absence is not None:
            self.leave_wanted.emit(board.choice.gap.absence.id)
        elif name == ARRANGE:
            self._arrange(board)

    def _arrange(self, board: Board) -> None:
        choice = board.choice
        absence = choice.gap.absence if choice else None
        if choice is None or absence is None or not choice.free:
            return
        gap: Gap = choice.gap
        person = next((one for one in choice.free if one.id == self._picked), choice.free[0])
        words = tr(
            "已请{name} 顶{name_2}，{clock_words} 起到离岗结束。",
            name=person.name,
            name_2=gap.post.name,
            clock_words=clock_words(gap.start),
        )
        self._background.run(
            lambda: arrange_cover(self._office, absence.id, gap.post, person.id), lambda done: self._done(done, words)
        )

    def _done(self, outcome: Outcome, words: str) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
        else:
            self._picked = ""
            self.said.emit(words, True)
        self.refresh()

"""现在 shows how the hall stands, answers who rings, prints the lists, and ends the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from clerk_app.command import Refusal
from clerk_app.office.office import Office, Outcome
from clerk_app.office.oversight.hall_desk import answer_alarm, close_day, print_lists
from clerk_app.office.oversight.hall_reading import HallNow
from ui.background import Background
from ui.hall.now_page import NowPage
from ui.hall.reading import HallReading
from ui.hall.telling_now import ANSWER, CLOSE_DAY, LISTS, UNKNOWN, tell_now
from ui.language import tr

TICK_MS = 15_000
"""How long somebody has waited is said in minutes."""
SAID = {
    ANSWER: tr("销掉了，记在流水里。"),
    LISTS: tr("名单排上打印了，每个窗口一张。"),
    CLOSE_DAY: tr("当日收尾办好了：没叫到的记当日未办，不算过号。"),
}


class NowPresenter(QObject):
    """现在 `waiting(n)`: windows that ring, for who goes there; `line_wanted(letter)`: its order."""

    said = Signal(str, bool)
    waiting = Signal(int)
    line_wanted = Signal(str)

    def __init__(self, office: Office, background: Background, page: NowPage, reading: HallReading) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._reading = office, background, page, reading
        self._now: HallNow | None = None
        self._rang: frozenset[str] = frozenset()
        reading.landed.connect(self._show)
        page.act.connect(self._act)
        page.refused.connect(self._refused)
        page.line_opened.connect(self.line_wanted)
        page.window_opened.connect(self._open_window)
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    def start(self) -> None:
        """Another person sat down: who rang before he came is told to him too."""
        self._now, self._rang = None, frozenset()

    @Slot(object)
    def _show(self, now: HallNow) -> None:
        self._now = now
        self.waiting.emit(len(now.alarms) if now.may_act else 0)
        slips = self._office.hall.queue.next_day == "slip"
        self._page.render(tell_now(now, self._reading.line.cut_since(), slips=slips))
        self._ring(now)

    def _ring(self, now: HallNow) -> None:
        """A window that rings is said at once, whichever page is in front, to who goes there."""
        keys = frozenset(task.id for task in now.alarms)
        fresh = [task for task in now.alarms if task.id not in self._rang]
        self._rang = keys
        if fresh and now.may_act:
            self.said.emit(fresh[0].words, False)
            QApplication.alert(self._page.window())

    @Slot()
    def _tick(self) -> None:
        if self._page.isVisible():
            self._reading.refresh()

    @Slot(str)
    def _open_window(self, key: str) -> None:
        window = self._now.figures.window(int(key)) if self._now else None
        if window is not None and window.letters:
            self.line_wanted.emit(window.letters[0])

    @Slot(str)
    def _act(self, name: str) -> None:
        acts: dict[str, Callable[[], Outcome]] = {
            LISTS: lambda: print_lists(self._office, self._known_at()),
            CLOSE_DAY: lambda: close_day(self._office),
        }
        if self._now is not None and self._now.alarms:
            task = self._now.alarms[0].id
            acts[ANSWER] = lambda: answer_alarm(self._office, task)
        if name in acts:
            self._background.run(acts[name], lambda outcome: self._done(name, outcome))

    def _known_at(self) -> datetime | None:
        """With the line cut, the list is as it was then."""
        since = self._reading.line.cut_since()
        return None if since is None or since == UNKNOWN else since

    def _done(self, name: str, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
        else:
            self.said.emit(SAID[name], True)
        self._reading.read_now()

    @Slot(str)
    def _refused(self, reason: str) -> None:
        self.said.emit(tr("{reason}。", reason=reason), False)

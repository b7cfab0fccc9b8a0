"""叫号条 decides: when the bar is seen, what it says each second, and which act of the counter a key means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from clerk_app.hall import Hall
from ui.callbar.bar import CallBar
from ui.callbar.telling import Beside, JustDone, tell_bar
from ui.language import tr
from ui.queueing.state import CounterState
from ui.shortcuts import Key


class CounterActs(Protocol):
    """叫号页的动作 what the bar drives of the counter's presenter."""

    def call_next(self) -> None:
        """叫下一位."""
        ...

    def arrived(self) -> None:
        """来了."""
        ...

    def recall(self) -> None:
        """重呼."""
        ...

    def pass_over(self) -> None:
        """过号."""
        ...

    def finish(self) -> None:
        """办结本号."""
        ...


@dataclass(frozen=True, kw_only=True)
class Reach:
    """够得着的 what the bar is given: the hall and its time, and further acts of the desk by the counter's keys."""

    hall: Callable[[], Hall]
    now: Callable[[], datetime]
    more: Mapping[str, Callable[[], None]]
    front: Callable[[], None]
    """Bring the desk's own window to the front: something is asked there."""


class CallBarPresenter(QObject):
    """叫号条 `note(state)` after every look at the books; it is seen while another program is in front of a clerk who sits here."""

    said = Signal(str, bool)

    def __init__(self, counter: CounterActs, reach: Reach, bar: CallBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bar, self._counter, self._reach = bar, counter, reach
        self.state: CounterState | None = None
        self._acts: dict[str, Callable[[], None]] = {
            Key.RECALL: counter.recall,
            Key.SKIP: counter.pass_over,
            Key.FINISH: counter.finish,
            **reach.more,
        }
        self._beside = Beside(built=frozenset((Key.CALL_NEXT, *self._acts)))
        self._here = self._always = False
        self._behind = True
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.refresh_clock)
        bar.pressed.connect(self.press)
        bar.refused.connect(self._on_refused)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_front)

    @property
    def keys(self) -> frozenset[str]:
        """The counter's keys that do something here."""
        return self._beside.built

    def start(self) -> None:
        """A clerk who calls sat down."""
        self._here = True
        self.state = None
        self._beside = replace(self._beside, done=None, paused_since=None, paused_words="")
        self._on_front(QGuiApplication.applicationState())

    def leave(self) -> None:
        """He got up, or the screen is covered: nobody calls from a bar."""
        self._here = False
        self._show()

    def set_always(self, always: bool) -> None:
        """一直显示, or only while another program is in front."""
        self._always = always
        self._show()

    def set_caps(self, caps: Mapping[str, str]) -> None:
        """Which keys work over other programs: they are printed here instead of the counter's own."""
        self._beside = replace(self._beside, caps=dict(caps))
        self._tell()

    def done(self, words: str, reason: str, seconds: int) -> None:
        """刚才 what was done can be taken back for so long."""
        until = self._reach.now() + timedelta(seconds=seconds)
        self._beside = replace(self._beside, done=JustDone(words=words, reason=reason, until=until))
        self._tell()

    def undone(self) -> None:
        """It was taken back, or is past that."""
        self._beside = replace(self._beside, done=None)
        self._tell()

    def pause(self, since: datetime | None, words: str) -> None:
        """暂停 since when and why; None when it goes on."""
        self._beside = replace(self._beside, paused_since=since, paused_words=words if since is not None else "")
        self._tell()

    @Slot(object)
    def note(self, state: CounterState) -> None:
        """The counter stands so now."""
        if self.state is not None and state.current is not None:
            self._beside = replace(self._beside, done=None)  # somebody else is in hand: what was done stays done
        self.state = state
        self._show()
        self._tell()

    @Slot()
    def refresh_clock(self) -> None:
        """The running minutes, without asking the books."""
        if self.state is not None:
            self.state = replace(self.state, now=self._reach.now())
            self._tell()

    @Slot(str)
    def press(self, key: str) -> None:
        """What a key means now."""
        if self.state is None or not self._here:
            return
        if _asks(key, self.state):
            self._reach.front()
        if key == Key.CALL_NEXT:
            called = self.state.current is not None and self.state.current.state == "called"
            (self._counter.arrived if called else self._counter.call_next)()
        elif key in self._acts:
            self._acts[key]()

    @Slot(object)
    def asked(self, question: object) -> None:
        """The desk has a question for an act of the bar's: it cannot be answered behind another program."""
        if self._here and self._behind:
            self._reach.front()

    def close(self) -> None:
        """The desk closes."""
        self.leave()
        self.bar.deleteLater()

    def _tell(self) -> None:
        if self.state is not None and self.bar.isVisible():
            self.bar.render(tell_bar(self.state, self._reach.hall(), self._beside))

    @Slot(Qt.ApplicationState)
    def _on_front(self, front: Qt.ApplicationState) -> None:
        self._behind = front != Qt.ApplicationState.ApplicationActive
        if self._here:  # Qt tells it after the desk has closed too, when there is no bar any more
            self._show()

    def _show(self) -> None:
        if not (self._here and self.state is not None and (self._behind or self._always)):
            self._second.stop()
            self.bar.hide()
        elif not self.bar.isVisible():
            self.bar.put_in_place()
            self.bar.show()
            self._second.start()
            self.refresh_clock()

    @Slot(str)
    def _on_refused(self, reason: str) -> None:
        self.said.emit(tr("{reason}。", reason=reason), False)


def _asks(key: str, state: CounterState) -> bool:
    """Whether the desk asks something before it does this."""
    if key == Key.FINISH:
        return state.case is None and not state.external
    return key in (Key.HOLD, Key.FORWARD, Key.LISTS) or (key == Key.PAUSE and not state.paused)

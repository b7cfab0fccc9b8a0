"""叫号的几件 the bar, the keys, the voice and the window's screen: all of them follow the counter's one state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from clerk_app.duty.pausing import pause_at
from clerk_app.duty.records import Pause
from clerk_app.office.office import Office, Session
from ui.background import Background
from ui.callbar.bar import CallBar
from ui.callbar.presenter import CallBarPresenter, Reach
from ui.changes import Changes
from ui.habits import Habits
from ui.hotkeys.page import KeysPage
from ui.hotkeys.presenter import HotKeysPresenter
from ui.hotkeys.table import COUNTER_KEYS
from ui.language import tr
from ui.queueing.page import CounterPage
from ui.queueing.presenter import CounterPresenter
from ui.queueing.state import CounterState
from ui.voice.house import CallVoice
from ui.widgets.over_page import OverPage
from ui.windowscreen.presenter import WindowScreenPresenter


@dataclass(frozen=True, kw_only=True)
class Around:
    """周围的 the desk's own window, what may lie over the citizen's screen, the further acts by their keys, and whether it is heard."""

    desk: QWidget
    over: QWidget
    more: Mapping[str, Callable[[], None]]
    speaks: Callable[[], bool] = lambda: True


class CallRooms(QObject):
    """叫号的几件 `start` when somebody who calls sits down, `cover` while the screen is covered, `leave` when he has gone."""

    said = Signal(str, bool)

    def __init__(
        self, office: Office, background: Background, counter: CounterPresenter, page: CounterPage, around: Around
    ) -> None:
        super().__init__(counter)
        self._office, self._background, self._counter = office, background, counter
        self._page, self._around = page, around
        self._paused = False
        habits, now = Habits(office.parts.settings.data_dir), office.parts.clock.now
        reach = Reach(hall=lambda: office.hall, now=now, more=around.more, front=self._to_front)
        self.bar = CallBarPresenter(counter, reach, CallBar(habits.part("call_bar")), self)
        self.keys_page = KeysPage()
        self._keys_over = OverPage(page, self.keys_page)
        acts = {act: self._press(key) for act, key in COUNTER_KEYS.items() if key in self.bar.keys}
        self.keys = HotKeysPresenter(acts, habits.part("global_keys"), self.keys_page, self)
        self.voice = CallVoice(lambda: office.hall.queue.announce, self, speaks=around.speaks)
        self.screen = WindowScreenPresenter(lambda: office.hall, now, around.desk, around.over)
        self._connect()

    def _connect(self) -> None:
        for hears in (self.bar.note, self.voice.note, self.screen.note):
            self._counter.shown.connect(hears)
        self._counter.shown.connect(self._on_shown)
        self._counter.refused.connect(self.bar.asked)
        self.keys.caps.connect(self.bar.set_caps)
        self.keys_page.left.connect(self._keys_over.hide)
        for speaker in (self.bar, self.keys, self.voice):
            speaker.said.connect(self.said)

    def watch(self, changes: Changes) -> None:
        """While the counter page is not seen, what is over other programs and before the citizen is kept fresh all the same."""
        changes.refresh(self.bar.bar, self._refresh_for_bar)
        changes.refresh(self.screen.window, self._refresh_for_screen)

    def start(self, session: Session) -> None:
        """Sat down, or came back to a covered screen."""
        window = self._office.hall.roster.windows.get(session.seat.window)
        if window is None or not window.letters:
            self.leave()
            return
        self._paused = False
        self.bar.start()
        self.keys.start()
        self.voice.start()
        self.screen.start()

    @Slot()
    def cover(self) -> None:
        """The screen is covered: nobody calls from behind it; the citizen's side still shows who was called."""
        self.bar.leave()
        self.keys.leave()

    def leave(self) -> None:
        """Signed out."""
        self.cover()
        self.screen.leave()

    def close(self) -> None:
        """The desk closes."""
        self.leave()
        self.voice.close()
        self.bar.close()
        self.screen.close()

    @Slot()
    def open_keys(self) -> None:
        """按键 over the counter page."""
        self._keys_over.show()
        self.keys_page.switch.setFocus()

    def _press(self, key: str) -> Callable[[], None]:
        return lambda: self.bar.press(key)

    @Slot()
    def _to_front(self) -> None:
        window = self._around.desk.window()
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()

    def offer_undo(self, words: str) -> None:
        """刚才 can be taken back from the bar too."""
        seconds = int(self._office.hall.queue.undo_time.total_seconds())
        self.bar.done(words.rstrip("。"), "", seconds)

    @Slot(object)
    def _on_shown(self, state: CounterState) -> None:
        """A pause has a reason and an end, which only the books know."""
        if state.paused == self._paused:
            return
        self._paused = state.paused
        if state.paused:
            office, now = self._office, state.now
            self._background.look(
                lambda: office.read(lambda books: pause_at(books, office.window, now)), self._show_pause
            )
        else:
            self._show_pause(None)

    def _show_pause(self, pause: Pause | None) -> None:
        if pause is None:
            self.bar.pause(None, "")
            self.screen.pause("")
            return
        self.bar.pause(pause.start, tr("{reason}，{until:%H:%M} 前回来", reason=pause.reason, until=pause.until))
        self.screen.pause(tr("暂停服务，{until:%H:%M} 前恢复", until=pause.until))

    @Slot()
    def _refresh_for_bar(self) -> None:
        if not self._page.isVisible():
            self._counter.refresh()

    @Slot()
    def _refresh_for_screen(self) -> None:
        if not self._page.isVisible() and not self.bar.bar.isVisible():
            self._counter.refresh()

"""自助机 decides: whose ticket, when it is cleared, where it is handed in; nobody's words outlive his sitting here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.office.registration.self_filling import Begun, HandedIn, begin, hand_in, send_waiting
from ui import theme
from ui.background import Background
from ui.errors import sentence as words_of
from ui.kiosk.cards import EndView
from ui.kiosk.idle import IdleWatch
from ui.kiosk.self_fill import SelfFillPresenter
from ui.kiosk.window import LINE, KioskWindow
from ui.language import tr
from ui.registration.page import FormPage

TURN_MS, END_MS = 15_000, 45_000


class Kiosk(QObject):
    """自助机 over an open office that nobody signs in to. `greet` asks the centre for the time, where nobody else does."""

    closed = Signal()

    def __init__(
        self,
        office: Office,
        background: Background,
        window: KioskWindow,
        *,
        greet: Callable[[], object] = lambda: None,
        idle: Callable[[QObject], IdleWatch] = IdleWatch,
    ) -> None:
        super().__init__(window)
        self._office, self._background, self.window, self._greet = office, background, window, greet
        self.begun: Begun | None = None
        self.form: SelfFillPresenter | None = None
        self._cut = self._busy = False
        self.idle = idle(self)
        self._turns, self._ending = QTimer(self), QTimer(self)
        self._turns.setInterval(TURN_MS)
        self._ending.setInterval(END_MS)
        self._ending.setSingleShot(True)
        self._connect()
        window.show_hall(office.hall.name, training=office.parts.settings.training)
        self.clear()
        self._turns.start()
        self._turn()

    def _connect(self) -> None:
        window = self.window
        window.welcome.begun.connect(self.begin)
        window.welcome.practised.connect(self._practise)
        window.end.done.connect(self.clear)
        window.ask.stay.connect(self._stay)
        window.leave.stay.connect(self._stay)
        window.ask.leave.connect(self.clear)
        window.leave.leave.connect(self.clear)
        window.quit_wanted.connect(self._on_quit)
        window.larger_wanted.connect(self._larger)
        window.closing.connect(self.close)
        self.idle.asked.connect(self._on_idle)
        self.idle.touched.connect(self._stay)
        self.idle.over.connect(self.clear)
        self._turns.timeout.connect(self._turn)
        self._ending.timeout.connect(self.clear)

    # Sitting down.

    @Slot(str)
    def begin(self, typed: str) -> None:
        """Whose ticket it is."""
        if self._busy or self.begun is not None:
            return
        self._wait(busy=True)
        office = self._office
        self._background.run_net(lambda: begin(office, typed), self._on_begun, self._on_trouble)

    @Slot()
    def _practise(self) -> None:
        """In the training hall one may try without a ticket of it."""
        self.begin(f"ticket:{self._office.parts.new_id()}")

    def _on_begun(self, begun: Begun | Refusal) -> None:
        self._wait(busy=False)
        if isinstance(begun, Refusal):
            self.window.welcome.say(begun.sentence)
            return
        self.begun = begun
        page = FormPage()
        self.form = SelfFillPresenter(self._office, self._background, page)
        self.form.handed.connect(self.hand_in)
        self.form.said.connect(self._on_said)
        self.window.show_ticket(begun.number or tr("已扫号票"))
        self.form.begin(begun, self._office.parts.clock.now())
        self.window.put_form(page)
        self.idle.start()

    def _wait(self, *, busy: bool) -> None:
        self._busy = busy
        self.window.welcome.set_busy(busy=busy)

    # Handing in.

    @Slot(object)
    def hand_in(self, document: Mapping[str, Any]) -> None:
        """交上去."""
        begun, office = self.begun, self._office
        if begun is None or self._busy:
            return
        self._busy = True
        self.window.say(tr("正在交……"))
        self._background.run_net(lambda: hand_in(office, begun, document), self._on_handed, self._on_trouble)

    def _on_handed(self, handed: HandedIn | Refusal) -> None:
        self._busy = False
        if isinstance(handed, Refusal):
            self.window.say(handed.sentence, "warn")
            return
        self._forget()
        self.window.end.render(told_at_end(handed))
        self.window.go(self.window.end)
        self._ending.start()

    def _on_trouble(self, error: Exception) -> None:
        """Nothing is lost: what was typed stands where it stood."""
        self._wait(busy=False)
        sentence = words_of(error)
        if self.begun is None:
            self.window.welcome.say(sentence)
        else:
            self.window.say(sentence, "warn")

    # Going away.

    @Slot()
    def clear(self) -> None:
        """For the next person; of this one nothing stays."""
        self._forget()
        self._ending.stop()
        self.window.welcome.fresh()
        self.window.go(self.window.rest)

    def _forget(self) -> None:
        self.idle.stop()
        self.begun = None
        if self.form is not None:
            self.form.forget()
            self.form = None
            self.window.put_form(None)
            QGuiApplication.clipboard().clear()
        self.window.show_ticket("")
        self._say_line()

    @Slot()
    def _on_idle(self) -> None:
        self.window.go(self.window.ask)

    @Slot()
    def _on_quit(self) -> None:
        if self.form is not None:
            self.window.go(self.window.leave)

    @Slot()
    def _stay(self) -> None:
        if self.window.form is not None:
            self.window.go(self.window.form)
            self.idle.start()

    # The line.

    @Slot()
    def _turn(self) -> None:
        """Whether the centre answers; what was handed in while it did not goes now."""
        office, greet = self._office, self._greet

        def turn() -> int:
            greet()
            return send_waiting(office)

        self._background.run_net(turn, self._on_turn, lambda _: self._on_turn(-1))

    def _on_turn(self, left: int) -> None:
        self._cut = left != 0
        if not self._busy:
            self._say_line()

    def _say_line(self) -> None:
        """On its own pages; what stands over others is others' to say."""
        if self.window.fills:
            self.window.say(LINE if self._cut else "")

    @Slot(str, bool)
    def _on_said(self, sentence: str, good: bool) -> None:
        self.window.say(sentence, "info" if good else "warn")

    @Slot()
    def _larger(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.step(app, 1)

    @Slot()
    def close(self) -> None:
        """The window goes, and with it whatever was typed."""
        self._turns.stop()
        self._forget()
        self.closed.emit()


def told_at_end(handed: HandedIn) -> EndView:
    """The number, and what to say at the window."""
    filled = tr("{steps} 步里填了 {filled} 步。", steps=handed.steps, filled=handed.filled)
    words = (
        tr("叫到号，到窗口告诉工作人员：已预填。")
        if handed.number
        else tr("拿好号票。叫到号，到窗口告诉工作人员：已预填。")
    )
    if handed.sent:
        until = tr("{last_day}下班前都有效。", last_day=_last_day(handed.until)) if handed.until else ""
        return EndView(
            head=tr("交上去了"),
            number=handed.number,
            words=words,
            note=tr("{filled}{until}这台机器不留您填的内容。", filled=filled, until=until),
        )
    note = tr("{filled}线路断着，先加密存在这台机器上，恢复后自动送。窗口要是还看不到，请等一会儿再办。", filled=filled)
    return EndView(head=tr("先存下了"), number=handed.number, words=words, note=note, kind="warn")


def _last_day(until: datetime) -> str:
    last = until - timedelta(seconds=1)
    return tr("{month}月{day}日", month=last.month, day=last.day)

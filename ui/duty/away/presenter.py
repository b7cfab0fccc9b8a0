"""暂离 decides: pauses at once, asks how long, does what was answered, covers the screen, and lets the same person back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.duty import leaving_desk
from clerk_app.office.duty.leaving_desk import Leaving, Left
from clerk_app.office.office import Office, Session
from clerk_app.office.running import Running
from clerk_app.office.signing_in import sign_in, sign_out
from clerk_app.receipts.words import day_words
from ui.background import Background
from ui.duty.away.page import AwayPage
from ui.duty.away.telling import tell_away, tell_left, tell_question
from ui.duty.away.view import AwayView
from ui.errors import tell
from ui.language import tr
from ui.widgets.strip import StripView

UNANSWERED_MS, TICK_MS = 60_000, 10_000
CODE_WORDS = tr("扫过的窗口请告诉一声，一张只扫一次。")


class AwayPresenter(QObject):
    """暂离 `returned(session)` after the same person's password; `other_wanted` when somebody else is to sign in.

    After the answer nobody is signed in: his key has left memory, and coming back is a sign-in.
    """

    said = Signal(str, bool)
    returned = Signal(object)
    other_wanted = Signal()

    def __init__(self, office: Office, running: Running, background: Background, page: AwayPage) -> None:
        super().__init__(page)
        self._office, self._running, self._background, self._page = office, running, background, page
        self._view = AwayView()
        self._leaving: Leaving | None = None
        self._account = ""
        self._until: datetime | None = None
        self._unanswered = self._timer(UNANSWERED_MS, self.lock, once=True)
        self._tick = self._timer(TICK_MS, self.refresh, once=False)
        page.answered.connect(self.answer)
        page.locked.connect(self.lock)
        page.return_requested.connect(self.come_back)
        page.other_requested.connect(self._other)

    def _timer(self, milliseconds: int, then: Callable[[], None], *, once: bool) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(once)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    @Slot()
    def leave(self) -> None:
        """暂离 the page is in front already: the window pauses, then the question."""
        session = self._office.session
        if session is None or self._view.busy:
            return
        hall = self._office.hall
        self._account, self._leaving, self._until = session.person.id, None, None
        self._page.forget()
        self._show(
            AwayView(
                hall_name=hall.name,
                window_number=str(self._office.window),
                practice=self._office.parts.settings.training,
                person=session.person.name,
                busy=True,
            )
        )
        self._background.run(lambda: leaving_desk.pause(self._office), self._paused, self._fault)

    def _paused(self, found: Leaving | Refusal) -> None:
        if isinstance(found, Refusal):
            self._show(replace(self._view, busy=False, strips=(_strip(found),)))
            self.lock()
            return
        self._leaving, self._until = found, found.ways[0].until
        ways, note = tell_question(found, self._office.hall, connected=self._running.line.state.connected)
        self._show(
            replace(
                self._view, phase="asking", title=tr("窗口已暂停，屏幕已锁。去多久？"), ways=ways, note=note, busy=False
            )
        )
        self._unanswered.start()

    @Slot(str)
    def answer(self, name: str) -> None:
        """去多久 as it was answered; one that cannot be chosen says why and the question stays."""
        leaving = self._leaving
        if leaving is None or self._view.busy:
            return
        self._unanswered.stop()
        way = next(one for one in leaving.ways if one.choice == name)
        self._show(replace(self._view, busy=True))

        def go() -> Left | Refusal:
            connected = self._running.line.state.connected
            left = leaving_desk.go(self._office, leaving, way.choice, connected=connected)
            if isinstance(left, Left):
                sign_out(self._office)
            return left

        def gone(left: Left | Refusal) -> None:
            if isinstance(left, Refusal):
                self._show(replace(self._view, busy=False, strips=(_strip(left),)))
                self._unanswered.start()
                return
            self._until = left.until
            self._away(replace(self._view, strips=tell_left(left, way.ranks), code=left.handed.code))

        self._background.run(go, gone, self._fault)

    @Slot()
    def lock(self) -> None:
        """先锁着 nothing is recorded but the pause; nobody can answer in his place."""
        self._unanswered.stop()
        self._show(replace(self._view, busy=True))
        self._background.run(lambda: sign_out(self._office), lambda _: self._away(self._view), self._fault)

    def _away(self, view: AwayView) -> None:
        now = self._office.parts.clock.now()
        words = tr(
            "{person}·{window_number}号窗口，{day_words} {now:%H:%M} 离开。按 Enter 返回。",
            person=view.person,
            window_number=view.window_number,
            day_words=day_words(now.date()),
            now=now,
        )
        self._view = replace(view, rest=words, busy=False, code_words=CODE_WORDS, phase="away")
        self.refresh()
        self._tick.start()

    @Slot()
    def refresh(self) -> None:
        """The minutes on the covered screen."""
        if self._view.phase == "away" and self._until is not None:
            self._show(tell_away(self._view, self._until, self._office.parts.clock.now()))
        elif self._view.phase == "away":
            self._show(replace(self._view, title=tr("屏幕已锁"), ways=(), note=""))

    @Slot(str)
    def come_back(self, password: str) -> None:
        """返回 as a sign-in: what it ends (the pause, the leave, the substitution) ends with it."""
        self._show(replace(self._view, busy=True, finding=""))
        account = self._account
        self._background.run_net(lambda: sign_in(self._office, account, password), self._answered, self._fault)

    def _answered(self, result: Session | Refusal) -> None:
        if isinstance(result, Refusal):
            more = "" if result.type in ("password-wrong", "account-locked") else tr("还不行，换人登录。")
            self._show(replace(self._view, busy=False, finding=f"{result.sentence}{more}"))
            return
        handed = self._view.code
        self._end()
        self.returned.emit(result)
        self.said.emit(_welcome(result, handed), True)

    @Slot()
    def _other(self) -> None:
        self._end()
        self.other_wanted.emit()

    def _end(self) -> None:
        self._tick.stop()
        self._page.forget()
        self._leaving = None
        self._show(AwayView(hall_name=self._view.hall_name, window_number=self._view.window_number))

    def _show(self, view: AwayView) -> None:
        self._view = view
        self._page.render(view)

    def _fault(self, error: Exception) -> None:
        tell(error, lambda sentence: self._show(replace(self._view, busy=False, finding=sentence)))


def _strip(refusal: Refusal) -> StripView:
    head, _, rest = refusal.sentence.partition("。")
    return StripView(tr("{head}。", head=head), rest)


def _welcome(session: Session, handed: str) -> str:
    """What was handed on by paper and nobody scanned comes back by the same paper."""
    back = tr("{name} 已返回 {window}号窗口，接着叫号。", name=session.person.name, window=session.seat.window)
    return tr("{back}交号单没人扫走的，自己扫一下就收回。", back=back) if handed else back

"""给号 shows what came of a ticket: the number, the question whether its paper came out, or why there is none. And then home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.kiosk.machine import TicketMachine
from clerk_app.office.kiosk.wishes import Taken
from clerk_app.office.office import Office
from ui.background import Background
from ui.errors import sentence as words_of
from ui.kiosk.ticket_pages import AskCard, NumberPage
from ui.kiosk.ticket_view import AskView
from ui.kiosk.ticket_words import not_out_view, number_view, refused_view, spoken, unsure_view
from ui.kiosk.window import KioskWindow
from ui.language import tr

END_MS = 20_000
Voice = Callable[[str], None]


@dataclass(frozen=True)
class KioskParts:
    """自助机配件 what the presenters of one ticket kiosk share; `voice` says what is said, where there is one."""

    office: Office
    machine: TicketMachine
    background: Background
    window: KioskWindow
    voice: Voice = lambda words: None


class Handing(QObject):
    """给号 `ended` when this person is done; `again_wanted` when he has a ticket already and wants it printed once more.

    `waiting` while the centre or the printer is waited for, `shown` when there is something to look at again.
    """

    waiting = Signal()
    shown = Signal()
    ended = Signal()
    again_wanted = Signal()

    def __init__(self, parts: KioskParts) -> None:
        super().__init__(parts.window)
        self._machine, self._background, self._voice = parts.machine, parts.background, parts.voice
        self._window = window = parts.window
        self.number, self.wait = NumberPage(), AskCard("kioskWait")
        self.unsure, self.sorry = AskCard("kioskUnsure"), AskCard("kioskSorry")
        for page in (self.number, self.wait, self.unsure, self.sorry):
            window.pages.addWidget(page)
        self._asked, self._may_again = "", False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(END_MS)
        self._timer.timeout.connect(self.ended)
        self.number.done.connect(self.ended)
        self.unsure.answered.connect(self._on_answer)
        self.sorry.answered.connect(self._on_sorry)

    def busy(self, words: str) -> None:
        """While the centre is asked, and while it prints."""
        self.wait.render(AskView(head=words, words=tr("请稍等，别走开。"), yes=""))
        self._window.go(self.wait)
        self.waiting.emit()

    def show(self, outcome: Taken | Refusal) -> None:
        """What came of it."""
        self.shown.emit()
        if isinstance(outcome, Refusal):
            self._refuse(outcome)
        elif outcome.came == "unsure":
            self._asked = outcome.id
            self.unsure.render(unsure_view(outcome))
            self._window.go(self.unsure)
            self._voice(tr("请看一下，号票出来了吗？"))
        elif outcome.came == "none":
            view = not_out_view(outcome)
            self._sorry(view)
        else:
            self.number.render(number_view(outcome))
            self._window.go(self.number)
            self._timer.start()
            self._voice(spoken(outcome))

    def fail(self, error: Exception) -> None:
        """Something of ours broke: nothing is known to have been printed."""
        self.shown.emit()
        self._sorry(AskView(head=tr("没有取成"), words=words_of(error), yes=tr("回首页")))

    def _refuse(self, refusal: Refusal) -> None:
        again = refusal.type == "one-waiting"
        self._sorry(refused_view(refusal, again=again), again=again)

    def _sorry(self, view: AskView, *, again: bool = False) -> None:
        self._may_again = again
        self.sorry.render(view)
        self._window.go(self.sorry)
        self._timer.start()
        self._voice(view.head)

    @Slot(bool)
    def _on_sorry(self, yes: bool) -> None:
        self._timer.stop()
        if yes and self._may_again:
            self.again_wanted.emit()
        else:
            self.ended.emit()

    @Slot(bool)
    def _on_answer(self, out: bool) -> None:
        asked, self._asked = self._asked, ""
        if asked:
            self.busy(tr("正在登记……"))
            self._background.run_net(lambda: self._machine.answer(asked, out=out), self.show, self.fail)

    def clear(self) -> None:
        """He went away: what nobody answered he has taken along."""
        self._timer.stop()
        asked, self._asked = self._asked, ""
        if asked:
            self._background.run_net(lambda: self._machine.answer(asked, out=True), lambda _: None)

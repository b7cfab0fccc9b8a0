"""队里的事 hold, put back, pass early, finish with its outcome, the lists, a slip shown, pause: what is asked before, and told after."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter import calling
from clerk_app.office.counter.called_through import finished, passed
from clerk_app.office.duty import leaving_desk
from clerk_app.office.duty.pausing_window import PAUSE_REASONS, pause_for
from clerk_app.office.line.beating import Beater
from clerk_app.office.office import Office, Outcome
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.rules import outcome_words
from ui.background import Background
from ui.language import tr
from ui.queueing.choice_pane import ChoicePane, ChoiceView
from ui.queueing.list_acting import ListActs
from ui.queueing.lists_pane import ListsPane
from ui.queueing.one_act import OneAct, Told
from ui.queueing.page import CounterPage
from ui.queueing.presenter import CounterPresenter
from ui.queueing.slip_pane import SlipPane, SlipView
from ui.widgets.over_page import OverPage

NEEDS_SLIP, TOO_EARLY = "slip-needed", "pass-early"
MOST_OVER = 60
OUTCOMES: dict[str, str] = {str(key): word for key, word in outcome_words.items()}


class LineActs(QObject):
    """队里的事 `said(words, good)`; `undoable(words)` offers F10 for the hall's seconds, `undone(ticket)` when it was pressed."""

    said = Signal(str, bool)
    undoable = Signal(str)
    undone = Signal(str)

    def __init__(
        self, office: Office, beat: Beater, background: Background, counter: CounterPresenter, page: CounterPage
    ) -> None:
        super().__init__(counter)
        self._office, self._beat, self._background, self._counter, self._page = office, beat, background, counter, page
        self._one = OneAct(office, background, counter)
        self.lists = ListActs(office, beat, background, self._one, page)
        self._choice, self._slip = ChoicePane(), SlipPane()
        self._overs = {pane: OverPage(page, pane) for pane in (self._choice, self._slip)}
        self._about = ""
        self._connect()

    def _connect(self) -> None:
        self._choice.chosen.connect(self._on_choice)
        self._slip.typed.connect(self._serve)
        self.lists.right_wanted.connect(self.open_right)
        self.lists.refused.connect(self._say_refused)
        self._one.said.connect(self.said)
        self._one.undoable.connect(self.undoable)
        self._one.undone.connect(self.undone)
        for pane in (self._choice, self._slip):
            pane.closed.connect(self.close)
        page = self._page
        page.hold_wanted.connect(self.open_hold)
        page.back_wanted.connect(self.open_back)
        page.lists_wanted.connect(self.lists.open_lists)
        page.slip_wanted.connect(self.open_slip)
        page.pause_wanted.connect(self.pause_or_resume)
        self._counter.refused.connect(self._on_refused)
        self._counter.outcome_wanted.connect(self.open_outcome)

    def panes(self) -> tuple[ChoicePane, SlipPane, ListsPane]:
        """What may lie over the counter page."""
        return self._choice, self._slip, self.lists.pane

    @Slot()
    def close(self) -> None:
        """Nothing is asked any more."""
        self.lists.close()
        for over in self._overs.values():
            over.hide()

    def _ask(self, view: ChoiceView) -> None:
        self.close()
        self._choice.render(view)
        self._overs[self._choice].show()

    def _ticket(self) -> Ticket | None:
        state = self._counter.state
        return state.current if state is not None else None

    # What is asked before an act.

    @Slot()
    def open_hold(self) -> None:
        """挂起 the ticket in hand."""
        ticket = self._ticket()
        if ticket is None:
            self.said.emit(tr("手上没有号票，没有挂起。"), False)
            return
        words = tuple((word, word) for word in self._office.hall.queue.hold_reasons)
        self._ask(
            ChoiceView(
                id="hold",
                title=tr("{number} 为什么挂起", number=ticket.number),
                words=words,
                own=tr("别的原因，写一句"),
                close=tr("不挂起"),
            )
        )

    @Slot()
    def open_back(self) -> None:
        """退回队里."""
        ticket = self._ticket()
        if ticket is None:
            self.said.emit(tr("手上没有号票，没有退回。"), False)
            return
        words = tuple((word, word) for word in self._office.hall.queue.back_reasons)
        note = tr("号不变，排回原来的位置。")
        self._ask(
            ChoiceView(
                id="back",
                title=tr("{number} 为什么退回队里", number=ticket.number),
                words=words,
                note=note,
                close=tr("不退回"),
            )
        )

    @Slot()
    def open_outcome(self) -> None:
        """办结本号: what came of a visit without a case."""
        ticket = self._ticket()
        if ticket is not None:
            words = tuple(OUTCOMES.items())
            self._ask(
                ChoiceView(
                    id="finish",
                    title=tr("{number} 办成了什么", number=ticket.number),
                    words=words,
                    close=tr("还没办完"),
                )
            )

    @Slot()
    def open_slip(self) -> None:
        """收号票."""
        ticket = self._ticket()
        called = ticket.number if ticket is not None and ticket.state == "called" else ""
        self.close()
        self._slip.clear()
        self._slip.render(SlipView(number=called, cut=self._beat.line in ("cut", "settling")))
        self._overs[self._slip].show()

    @Slot()
    def pause_or_resume(self) -> None:
        """F9."""
        state = self._counter.state
        if state is None:
            return
        if state.paused:
            self._one.do(lambda: leaving_desk.resume(self._office), Told(tr("窗口恢复叫号。")))
            return
        words = tuple((word, word) for word in PAUSE_REASONS)
        note = tr("暂停期间不叫号，等候的号分给别的窗口；再按 F9 恢复。")
        self._ask(
            ChoiceView(
                id="pause",
                title=tr("为什么暂停"),
                words=words,
                note=note,
                own=tr("别的原因，写一句"),
                close=tr("不暂停"),
            )
        )

    @Slot(object)
    def _on_refused(self, refusal: Refusal) -> None:
        """Two refusals are questions."""
        ticket = self._ticket()
        if ticket is not None and refusal.type == TOO_EARLY:
            words = tuple((word, word) for word in self._office.hall.queue.pass_reasons)
            self._ask(
                ChoiceView(
                    id="pass", title=refusal.sentence, words=words, own=tr("别的原因，写一句"), close=tr("再等等")
                )
            )
        elif refusal.type == NEEDS_SLIP:
            self.open_slip()

    @Slot(str, str)
    def _on_choice(self, asked: str, words: str) -> None:
        self.close()
        office, ticket = self._office, self._ticket()
        if asked == "pause":
            self._one.do(lambda: pause_for(office, words), Told(tr("窗口暂停叫号：{words}。按 F9 恢复。", words=words)))
        elif asked == "right":
            key = self._about
            self._one.do(lambda: calling.right(office, key, words), Told(tr("排到最前，下一个就叫。")), net=True)
        elif ticket is not None:
            self._about_ticket(asked, words, ticket)

    def _about_ticket(self, asked: str, words: str, ticket: Ticket) -> None:
        office, key, number = self._office, ticket.id, ticket.number
        acts: dict[str, tuple[Callable[[], Outcome], str]] = {
            "hold": (
                lambda: calling.hold(office, key, words),
                tr("{number} 挂起：{words}。回来了在名单（F5）里接着办。", number=number, words=words),
            ),
            "back": (lambda: calling.put_back(office, key, words), tr("{number} 退回队里，号不变。", number=number)),
            "pass": (
                lambda: passed(office, key, words, early=True),
                tr("{number} 过号：{words}。", number=number, words=words),
            ),
            "finish": (
                lambda: finished(office, key, words),
                tr("{number} 办结：{words}。", number=number, words=OUTCOMES.get(words, words)),
            ),
        }
        act, told = acts[asked]

        def done() -> None:
            if asked == "finish":
                self._counter.finished.emit(number, key)

        self._one.do(act, Told(told, undoable=key), net=True, after=done)

    # A slip that is shown.

    @Slot(str)
    def _serve(self, typed: str) -> None:
        self._one.do(
            lambda: calling.serve_slip(self._office, self._beat, typed),
            Told(tr("号票收下了，正在接待。")),
            net=True,
            after=self.close,
            refused=lambda refusal: self._slip.say(refusal.sentence),
        )

    @Slot(object)
    def open_right(self, ticket: Ticket) -> None:
        """下一个就办: why."""
        self._about = ticket.id
        words = tuple((word, word) for word in self._office.hall.queue.wronged_reasons)
        note = tr("排到最前，下一个就叫；原因有记录，会统计。")
        self._ask(
            ChoiceView(
                id="right",
                title=tr("{number} 为什么下一个就办", number=ticket.number),
                words=words,
                note=note,
                own=tr("写一句"),
            )
        )

    @Slot(str)
    def _say_refused(self, reason: str) -> None:
        self.said.emit(tr("{reason}。", reason=reason), False)

    @Slot()
    def open_lists(self) -> None:
        """名单."""
        self.lists.open_lists()

    @Slot()
    def undo(self) -> None:
        """撤销."""
        self._one.undo()

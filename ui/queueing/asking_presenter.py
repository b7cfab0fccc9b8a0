"""咨询与带到 a plain question ends with one key, and who belongs elsewhere is led there, ticket and all."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter import asking
from clerk_app.office.counter.asking import Lead
from clerk_app.office.office import Office, Outcome
from clerk_app.queueing.model import Ticket
from ui.background import Background
from ui.language import tr
from ui.queueing.lead_pane import LeadPane, LeadView
from ui.queueing.page import CounterPage
from ui.queueing.presenter import CounterPresenter
from ui.queueing.question_pane import QuestionPane, QuestionView
from ui.widgets.over_page import OverPage

WRONG_LINE = tr("不在这个队")


class AskingPresenter(QObject):
    """咨询与带到 `said` is for the status line; a ticket that is done with is said by the counter's own `finished`."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, counter: CounterPresenter, page: CounterPage) -> None:
        super().__init__(counter)
        self._office, self._background, self._counter = office, background, counter
        self._question, self._lead = QuestionPane(), LeadPane()
        self._over_question, self._over_lead = OverPage(page, self._question), OverPage(page, self._lead)
        self._topic = ""
        self._question.chosen.connect(self._record)
        self._question.lead_wanted.connect(self._from_question)
        self._question.closed.connect(self.close)
        self._lead.chosen.connect(self._send)
        self._lead.closed.connect(self.close)
        self.close()

    def panes(self) -> tuple[QuestionPane, LeadPane]:
        """What may lie over the counter page."""
        return self._question, self._lead

    @Slot()
    def close(self) -> None:
        """Nothing is asked any more."""
        self._over_question.hide()
        self._over_lead.hide()

    @Slot()
    def open_question(self) -> None:
        """这个问题; without a ticket in hand it is only written down."""
        ticket = self._ticket()
        topics = tuple((topic.key, topic.name) for topic in asking.topics(self._office))
        reason = tr("这个号已收了件，办结本号再记") if ticket is not None and self._has_case() else ""
        self._over_lead.hide()
        self._question.render(QuestionView(number=ticket.number if ticket else "", topics=topics, reason=reason))
        self._over_question.show()

    @Slot()
    def open_forward(self) -> None:
        """转移 the ticket in hand."""
        self._topic = ""
        self._open_lead()

    @Slot()
    def _from_question(self) -> None:
        self._topic = next((topic.key for topic in asking.topics(self._office)), "")
        self._open_lead()

    def _open_lead(self) -> None:
        ticket = self._ticket()
        if ticket is None:
            self.said.emit(tr("手上没有正在办的号票，没有转。先叫号、等人到窗。"), False)
            return
        letters = self._office.hall.queue.letters
        lines = tuple((letter, word) for letter, word in letters.items() if letter != ticket.letter)
        self._over_question.hide()
        self._lead.render(LeadView(number=ticket.number, lines=lines, reason=WRONG_LINE))
        self._over_lead.show()

    def _ticket(self) -> Ticket | None:
        state = self._counter.state
        ticket = state.current if state else None
        return ticket if ticket is not None and ticket.state == "serving" else None

    def _has_case(self) -> bool:
        state = self._counter.state
        return state is not None and state.case is not None and state.case.state != "draft"

    @Slot(str)
    def _record(self, topic: str) -> None:
        ticket = self._ticket()
        key = ticket.id if ticket else ""

        def done(outcome: Outcome) -> None:
            if isinstance(outcome, Refusal):
                self.said.emit(outcome.sentence, False)
                return
            self.close()
            self.said.emit(tr("这个问题记下了。"), True)
            self._counter.refresh()
            if ticket is not None:
                self._counter.finished.emit(ticket.number, ticket.id)

        self._background.run(lambda: asking.record_question(self._office, key, topic), done)

    @Slot(str, str)
    def _send(self, letter: str, reason: str) -> None:
        ticket, topic = self._ticket(), self._topic
        if ticket is None:
            self.close()
            return
        why = reason or WRONG_LINE

        def send() -> Outcome:
            if topic:
                return asking.lead_to(self._office, Lead(letter=letter), ticket=ticket.id, topic=topic, words=why)
            return asking.forward(self._office, ticket.id, letter, why)

        def done(outcome: Outcome) -> None:
            if isinstance(outcome, Refusal):
                self.said.emit(outcome.sentence, False)
            else:
                self.close()
                line = self._office.hall.queue.letters[letter]
                self._counter.undoable.emit(
                    tr("{number} 带到{line}，号不变。", number=ticket.number, line=line), ticket.id
                )
            self._counter.refresh()

        self._background.run(send, done)

"""替人取号 decides: one number a panel, what a brought paper says, and what becomes of a number whose slip is not out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.cases import pinyin
from clerk_app.command import Refusal, case_subject
from clerk_app.hall import Hall
from clerk_app.office.counter import ticketing
from clerk_app.office.counter.ticket_codes import marks_of
from clerk_app.office.counter.ticketing import AlreadyWaiting, Wish
from clerk_app.office.line import holding
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import Books
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.rules import CARRIED
from clerk_app.receipts.paper import PrintJob
from clerk_app.receipts.usecases import TICKET_SLIP
from ui.background import Background
from ui.errors import tell
from ui.language import kept, tr
from ui.queueing.card_reader import Card
from ui.queueing.page import CounterPage
from ui.queueing.take_view import PaperView, TakeChoice, TakeForm, TakenView, Then
from ui.widgets.text import Tone

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:：.点]?([0-5]\d)")
NOT_OUT = kept("号票没打出来，人不等了")
"""Stays in the record, so it is Chinese whatever the window speaks."""
NO_WISH = Wish()
PENDING = ("queued", "not_sent", "blocked", "sending", "unknown")


@dataclass(frozen=True)
class _Issued:
    """取到的 the ticket as it stands, the slip's job, its check digits, and what is to be said of the reserve."""

    ticket: Ticket | None
    job: PrintJob | None
    check: str = ""
    reserve: str = ""


class TicketTaker(QObject):
    """替人取号 `said(words, good)` when the panel has nothing more to show. The panel stays while a slip is not out."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, page: CounterPage, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._background, self._page, self._panel = office, background, page, page.panel
        self._key, self._taken, self._brought, self._busy, self._version = "", "", NO_WISH, False, ""
        self._awaited = False
        self._panel.opened.connect(self._open)
        self._panel.scanned.connect(self.scan)
        self._panel.card.connect(self.read_card)
        self._panel.then.connect(self.then)
        self._panel.shut.connect(self._forget)
        page.ticket_wanted.connect(self.take)

    @Slot()
    def _open(self) -> None:
        """Another person: his ticket's id is made now, so that two taps are one ticket."""
        self._key, self._taken, self._brought = self._office.parts.new_id(), "", NO_WISH
        hall = self._office.hall
        if hall.version != self._version:
            self._version = hall.version
            self._panel.render_items(items_of(hall))

    @Slot()
    def _forget(self) -> None:
        self._brought, self._taken = NO_WISH, ""

    @Slot(object)
    def read_card(self, card: Card) -> None:
        """身份证: the number is kept while the panel is open, and shown by its ends."""
        self._brought = replace(self._brought, id_number=card.number)
        ground = ticketing.ground_proved(self._office, card.number)
        words = tr("已读身份证 {number}…{number_2}，取号后不留。", number=card.number[:4], number_2=card.number[-4:])
        self._panel.take_person(
            tr("{words}{name}，自动优先。", words=words, name=ground.name) if ground is not None else words
        )

    @Slot(str)
    def scan(self, text: str) -> None:
        """旧单: what he comes for."""

        def told(found: Wish | Refusal) -> None:
            if isinstance(found, Refusal):
                self._panel.extras.say_scan(found.sentence)
                if isinstance(found, AlreadyWaiting) and found.ticket:
                    self._watch(found.ticket)
                return
            self._brought = replace(found, id_number=self._brought.id_number)
            self._panel.extras.set_aids(found.aids)
            self._panel.take_paper(PaperView(letter=found.letter, item=found.item, words=self._brought_words(found)))

        self._background.run_net(lambda: ticketing.from_paper(self._office, text), told, self._failed)

    def _brought_words(self, found: Wish) -> str:
        item = self._office.hall.items.get(found.item)
        name = item.name if item is not None else self._office.hall.queue.letters.get(found.letter, "")
        if found.priority == CARRIED:
            return tr("次日条：{name}，排在前面。", name=name)
        return (
            tr("{name}：叫到就打开原来那件。", name=name)
            if found.case
            else tr("{name}：原来那件已办完，按新件取号。", name=name)
        )

    @Slot(object)
    def take(self, form: TakeForm) -> None:
        """取号; a second tap before the first is answered is the first."""
        wish = self._wish(form)
        if isinstance(wish, Refusal):
            self._panel.extras.say_time(wish.sentence)
        elif not self._busy:
            self._busy = True
            self._background.run_net(
                lambda: (ticketing.take(self._office, wish), self._read(wish.id)), self._took, self._failed
            )

    def _wish(self, form: TakeForm) -> Wish | Refusal:
        at = self._office.parts.clock.now()
        begins = _moment(form.appointment, at)
        if isinstance(begins, Refusal):
            return begins
        brought = self._brought if (self._brought.letter, self._brought.item) == (form.letter, form.item) else NO_WISH
        return Wish(
            letter=form.letter,
            item=form.item,
            case=brought.case,
            priority=brought.priority or form.priority,
            appointment=begins,
            aids=form.aids,
            id_number=self._brought.id_number,
            id=brought.id or self._key,
        )

    def _took(self, both: tuple[Outcome, _Issued]) -> None:
        self._busy = False
        outcome, issued = both
        if isinstance(outcome, AlreadyWaiting) and outcome.type == "one-waiting":
            self._panel.say(outcome.sentence)
            self._watch(outcome.ticket)
        elif isinstance(outcome, Refusal) and issued.ticket is None:
            self._panel.say(outcome.sentence)
        else:
            self._show(issued)

    def _watch(self, ticket: str) -> None:
        """Show a ticket that is there already; not where the panel speaks of another by the time it is read."""
        about = (self._key, self._taken)

        def show(issued: _Issued) -> None:
            if (self._key, self._taken) == about:
                self._show(issued)

        self._background.run(lambda: self._read(ticket), show, self._failed)

    def refresh(self) -> None:
        """Something changed: the slip may be out."""
        if self._taken and self._panel.isVisible():
            self._watch(self._taken)

    def _read(self, ticket: str) -> _Issued:
        found = self._office.read(lambda books: books.ticket(ticket))
        job = self._office.parts.vault.spool.newest_of(ticket, (TICKET_SLIP,))
        reserve = ticketing.reserve_words(self._office) if found is not None and found.reserve else ""
        check = marks_of(self._office, found.day).check(found) if found is not None else ""
        return _Issued(found, job, check, reserve)

    def _show(self, issued: _Issued) -> None:
        """While its slip is not out it stays; then the panel goes by itself and the word is said. One that was there before
        and out stays for whoever lost his slip.
        """
        ticket = issued.ticket
        if ticket is None:
            return
        if ticket.id != self._taken:
            self._taken, self._awaited = ticket.id, ticket.id in (self._key, self._brought.id)
        settled = ticket.state != "issuing" and not (issued.job and issued.job.state in PENDING)
        self._awaited = self._awaited or not settled
        if settled and self._awaited:
            self._page.shut_panel()
            self.said.emit(f"{_told(ticket)}{issued.reserve}", True)
            self._forget()
            return
        self._panel.show_taken(taken_view(ticket, issued.job, issued.check))

    @Slot(str)
    def then(self, act: str) -> None:
        """补打、手写、作废."""
        office, key = self._office, self._taken
        acts: dict[Then, Callable[[], Outcome]] = {
            "reprint": lambda: ticketing.reprint(office, key),
            "by_hand": lambda: ticketing.by_hand(office, key),
            "void": lambda: ticketing.void(office, key, NOT_OUT),
        }
        chosen = next((do for name, do in acts.items() if name == act), None)
        if chosen is None or not key or self._busy:
            return
        self._busy = True

        def done(both: tuple[Outcome, _Issued]) -> None:
            self._busy = False
            if isinstance(both[0], Refusal):
                self._panel.after.say(both[0].sentence)
            else:
                self._show(both[1])

        self._background.run(lambda: (chosen(), self._read(key)), done, self._failed)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        tell(error, self._panel.say)

    @Slot()
    def open_case(self) -> None:
        """Somebody was called who comes back with a matter of his: it is claimed, so that its next step can be taken."""

        def claimed() -> Refusal | None:
            case = self._office.read(lambda books: _case_to_claim(self._office, books))
            return holding.take_in_hand(self._office, case) if case else None

        self._background.run_net(claimed, self._claimed, self._failed)

    def _claimed(self, refusal: Refusal | None) -> None:
        if refusal is not None:
            self.said.emit(refusal.sentence, False)


def taken_view(ticket: Ticket, job: PrintJob | None, check: str = "") -> TakenView:
    """The number and what may be done about its paper."""
    words, tone, acts = _paper_words(ticket, job)
    return TakenView(ticket=ticket.id, number=ticket.number, check=check, words=words, tone=tone, acts=acts)


def _paper_words(ticket: Ticket, job: PrintJob | None) -> tuple[str, Tone, tuple[Then, ...]]:
    state, issuing = job.state if job is not None else "", ticket.state == "issuing"
    if state == "unknown":
        return tr("打没打出来说不清：看一眼出纸口，到打印页答一声。"), "warn", ()
    if state in ("not_sent", "blocked"):
        why = tr("（{rstrip}）", rstrip=job.said.rstrip(tr("。"))) if job is not None and job.said else ""
        return (
            tr("号票没打出来{why}：换纸自动打；急用按 手写。", why=why),
            "warn",
            ("by_hand", "void") if issuing else (),
        )
    if state in ("queued", "sending"):
        return tr("号票在打，打出来就排上。"), "ink2", ("by_hand", "void") if issuing and state == "queued" else ()
    if issuing:
        return tr("号票没打出来，还没排上。"), "warn", ("reprint", "by_hand", "void")
    return tr("已经取过，在排队。票丢了就补打。"), "ink2", ("reprint",)


def _told(ticket: Ticket) -> str:
    if ticket.state == "void":
        return tr("{number} 已作废，没有排上。", number=ticket.number)
    where = tr("，请他到 {fallback}号窗口 等", fallback=ticket.fallback) if ticket.reserve and ticket.fallback else ""
    return tr("已取号 {number}，排上了{where}。", number=ticket.number, where=where)


def _moment(typed: str, at: datetime) -> datetime | Refusal | None:
    if not typed:
        return None
    found = _CLOCK.fullmatch("".join(typed.split()))
    if found is None:
        return Refusal("time-unreadable", tr("时间没认出来，写成 9:30 这样。"))
    return datetime.combine(at.date(), time(int(found[1]), int(found[2])), at.tzinfo)


def _case_to_claim(office: Office, books: Books) -> str:
    """The matter the ticket in hand was taken for, when this desk has it and does not hold it."""
    current = books.open_call_at(office.window, office.parts.clock.now().date())
    if current is None or not current.case or books.case(current.case) is None:
        return ""
    return "" if books.holder(case_subject(current.case)) == books.device else current.case


def items_of(hall: Hall) -> tuple[TakeChoice, ...]:
    """Every item somebody waits for in a line, found by name, code or initials."""
    return tuple(
        TakeChoice(
            letter=item.letters[0],
            name=item.name,
            item=item.code,
            note=item.letters[0],
            keys=f"{item.short} {item.code} {pinyin.initials(item.name)} {pinyin.initials(item.short)}",
        )
        for item in hall.items.values()
        if item.letters
    )

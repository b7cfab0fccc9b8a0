"""一次来访 the acts of one visit: what is drawn from outside first (a number, a claim), then one command, then its paper.

Each function answers an `Outcome`; nothing here draws a page. Line up or cut, the acts are the same: only where a number
comes from, and which tickets may be called, differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clerk_app.cases.accepting import due_then
from clerk_app.cases.decisions import HandOverCase
from clerk_app.cases.model import Applicant, BroughtAs, Case, case_kind, case_number
from clerk_app.cases.usecases import AcceptCase, RecordReveal, TickMaterial
from clerk_app.command import Refusal, ticket_subject
from clerk_app.office.counter import intake
from clerk_app.office.counter.joint import copy_notices
from clerk_app.office.line.holding import claim
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.office.registration.joint_desk import make_route
from clerk_app.oversight.usecases import RateVisit
from clerk_app.ports import Books, CentreAway, CentreProblem
from clerk_app.queueing.forwarding import sent_elsewhere
from clerk_app.queueing.model import Ticket, ticket_kind
from clerk_app.queueing.usecases import ArriveTicket, CallTicket, FinishTicket, PassTicket, TakeTicket
from clerk_app.receipts.slip import Slip
from clerk_app.receipts.slips import acceptance_slip, handover_slip, ticket_slip


@dataclass(frozen=True)
class Number:
    """号 one number drawn for a ticket."""

    block: str
    serial: int
    reserve: bool


def take_ticket(office: Office, letter: str, priority: str = "") -> Outcome:
    """取号 with its slip. From the centre in order of arrival; with the line cut from the reserve, marked so."""
    stamp = office.stamp()
    day = stamp.at.date()
    number = _draw_ticket(office, letter, day)
    if number is None:
        return Refusal("no-number", "线路断着，备用号也用完了，没有取号。线路恢复再取，先记下来人。")
    fields = stamp.fields(office.parts.new_id)
    ticket = office.parts.new_id()
    command = TakeTicket(
        **fields,
        ticket=ticket,
        day=day,
        letter=letter,
        block=number.block,
        serial=number.serial,
        reserve=number.reserve,
        priority=priority,
    )

    def papers(books: Books) -> Iterable[Slip]:
        taken = books.ticket(ticket)
        if taken is not None:
            waiting = [t for t in books.tickets_of(day, [letter]) if t.state == "waiting" and t.order < taken.order]
            yield ticket_slip(
                taken, office.hall.queue.letters[letter], -1 if number.reserve else len(waiting), office.letterhead
            )

    return office.do(command, papers)


def _draw_ticket(office: Office, letter: str, day: date) -> Number | None:
    try:
        block = office.parts.centre.number_block(ticket_kind(letter, day, reserve=False), 1)
    except (CentreAway, CentreProblem):
        reserve = office.parts.vault.keep.next_serial(ticket_kind(letter, day, reserve=True))
        return None if reserve is None else Number(reserve.block, reserve.serial, reserve=True)
    office.parts.vault.keep.add_block(block)
    return Number(block.id, block.first, reserve=False)


def waiting_tickets(office: Office, books: Books) -> tuple[Ticket, ...]:
    """等候 today's waiting tickets of the letters this window serves, in calling order."""
    window = office.hall.roster.windows[office.window]
    return waiting_among(office, books, books.tickets_of(office.parts.clock.now().date(), window.letters))


def waiting_among(office: Office, books: Books, tickets: Iterable[Ticket]) -> tuple[Ticket, ...]:
    """等候 of today's tickets that were read already, in calling order."""
    found = (t for t in tickets if t.state == "waiting" and not sent_elsewhere(t, office.window, books))
    return tuple(sorted(found, key=lambda t: t.order))


def call_next(office: Office) -> Outcome:
    """叫下一位 the first in order this device may call: its own share at once, any other after the centre's grant."""
    refused: Outcome = Refusal("nobody-waiting", "现在没有人等候。")
    for ticket in office.read(lambda books: waiting_tickets(office, books)):
        if not _mine(office, ticket):
            continue
        refused = call(office, ticket.id)
        if isinstance(refused, Done) or refused.type == "window-busy":
            return refused
    return refused


def _mine(office: Office, ticket: Ticket) -> bool:
    subject = ticket_subject(ticket.id)
    holder, device = office.read(lambda books: (books.holder(subject), books.device))
    if holder == device:
        return True
    if holder is not None:
        return False
    try:
        return claim(office, subject)
    except (CentreAway, CentreProblem):
        return False


def call(office: Office, ticket: str) -> Outcome:
    """叫号或重呼 one ticket."""
    return office.do(CallTicket(**office.stamp().fields(office.parts.new_id), ticket=ticket))


def arrive(office: Office, ticket: str) -> Outcome:
    """来了."""
    return office.do(ArriveTicket(**office.stamp().fields(office.parts.new_id), ticket=ticket))


def pass_over(office: Office, ticket: str, reason: str) -> Outcome:
    """过号."""
    return office.do(PassTicket(**office.stamp().fields(office.parts.new_id), ticket=ticket, reason=reason))


def finish(office: Office, ticket: str) -> Outcome:
    """办结本号."""
    return office.do(FinishTicket(**office.stamp().fields(office.parts.new_id), ticket=ticket))


def receive(office: Office, ticket: str, item: str, applicant: Applicant, brought: tuple[str, ...]) -> Outcome:
    """收件 from the ticket in hand."""
    return intake.receive(office, ticket, item, applicant, intake.Brought(papers=brought))


def tick(office: Office, case: str, material: str, brought: bool, brought_as: BroughtAs = "") -> Outcome:
    """收材料."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(TickMaterial(**fields, case=case, material=material, brought=brought, brought_as=brought_as))


def reveal(office: Office, case: str) -> Outcome:
    """显示证件号, recorded first."""
    return office.do(RecordReveal(**office.stamp().fields(office.parts.new_id), case=case))


def accept(office: Office, case: Case) -> Outcome:
    """受理并打印 a number of this device's block, the due dates as counted now, and the receipt slip in the same transaction."""
    item = office.hall.items.get(case.item)
    if item is None:
        return Refusal("unknown-item", f"目录里没有事项 {case.item}，没有受理。件还在收件里，找管理员核对目录。")
    stamp = office.stamp()
    draw = office.parts.vault.keep.next_serial(case_kind(stamp.at.year))
    if draw is None:
        return Refusal("no-case-number", "本机的办件编号用完了，没有受理。件还在收件里，线路恢复会自动领号段。")
    command = AcceptCase(
        **stamp.fields(office.parts.new_id),
        case=case.id,
        block=draw.block,
        serial=draw.serial,
        case_no=case_number(office.hall.id, stamp.at.date(), draw.serial),
        due=due_then(case, item, office.hall.calendar, office.hall.off_work, stamp.at),
    )

    def papers(books: Books) -> Iterable[Slip]:
        accepted = books.case(case.id)
        if accepted is not None:
            clerk = office.hall.roster.name_for(stamp.actor, stamp.acting_for)
            department = office.hall.roster.departments[accepted.department].name
            yield acceptance_slip(accepted, item, clerk, department, office.letterhead)
            yield from copy_notices(office, accepted)

    done = office.do(command, papers)
    if isinstance(done, Done):
        make_route(office, case.id)
    return done


def hand_over(office: Office, case: Case, receiver: str, proof: str) -> Outcome:
    """送达 at the spot case's own window, with the slip the citizen takes along."""
    item = office.hall.items.get(case.item)
    if item is None:
        return Refusal("unknown-item", f"目录里没有事项 {case.item}，没有记交出。结果还在窗口，找管理员核对目录。")
    stamp = office.stamp()
    command = HandOverCase(**stamp.fields(office.parts.new_id), case=case.id, receiver=receiver, proof=proof)

    def papers(books: Books) -> Iterable[Slip]:
        handed = books.case(case.id)
        if handed is not None:
            giver = office.hall.roster.name_for(stamp.actor, stamp.acting_for)
            yield handover_slip(handed, item, giver, office.letterhead)

    return office.do(command, papers)


def rate(office: Office, ticket: str, level: int) -> Outcome:
    """评价: once a visit; the clerk does not see which."""
    return office.do(RateVisit(**office.stamp().fields(office.parts.new_id), ticket=ticket, level=level))

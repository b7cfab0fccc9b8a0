"""一次来访 the acts of one visit: what is drawn from outside first (a number, a claim), then one command, then its paper.

Each function answers an `Outcome`; nothing here draws a page. Line up or cut, the acts are the same: only where a number
comes from, and which tickets may be called, differ.
"""

from __future__ import annotations

from collections.abc import Iterable

from clerk_app.cases.accepting import due_then
from clerk_app.cases.model import Applicant, BroughtAs, Case, case_kind, case_number
from clerk_app.cases.usecases import AcceptCase, RecordReveal, TickMaterial
from clerk_app.command import Refusal
from clerk_app.office.counter import calling, intake, ticketing
from clerk_app.office.counter.assigning import assign_made
from clerk_app.office.counter.handing import acts
from clerk_app.office.counter.handing.acts import HandOut
from clerk_app.office.counter.joint import copy_notices
from clerk_app.office.counter.outside_papers import scans_with
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.office.registration.joint_desk import make_route
from clerk_app.oversight.usecases import RateVisit
from clerk_app.ports import Books
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.usecases import ArriveTicket
from clerk_app.receipts.slip import Slip
from clerk_app.receipts.slips import acceptance_slip


def take_ticket(office: Office, letter: str, priority: str = "") -> Outcome:
    """取号 for a line, with its slip; a page asks `ticketing.take`, which knows of more."""
    return ticketing.take(office, ticketing.Wish(letter=letter, priority=priority))


def waiting_tickets(office: Office, books: Books) -> tuple[Ticket, ...]:
    """等候 today's waiting tickets of the letters this window serves, in calling order."""
    return calling.waiting_now(office, books)


def waiting_among(office: Office, books: Books, tickets: Iterable[Ticket]) -> tuple[Ticket, ...]:
    """等候 of today's tickets that were read already, in calling order."""
    return calling.waiting_among(office, books, tickets)


def call_next(office: Office) -> Outcome:
    """叫下一位 at a desk without a beat: what the centre gives, else what this machine holds."""
    return calling.call_next(office)


def call(office: Office, ticket: str) -> Outcome:
    """叫号或重呼 one ticket."""
    return calling.call(office, ticket)


def arrive(office: Office, ticket: str) -> Outcome:
    """来了, however he was called; a page asks `calling.arrive`, which asks for the slip of who was called in a cut."""
    return office.do(ArriveTicket(**office.stamp().fields(office.parts.new_id), ticket=ticket))


def pass_over(office: Office, ticket: str, reason: str) -> Outcome:
    """过号, early or not."""
    return calling.pass_over(office, ticket, reason, early=True)


def finish(office: Office, ticket: str) -> Outcome:
    """办结本号."""
    return calling.finish(office, ticket)


def receive(office: Office, ticket: str, item: str, applicant: Applicant, brought: tuple[str, ...]) -> Outcome:
    """收件 from the ticket in hand."""
    return intake.receive(office, ticket, item, applicant, intake.Brought(papers=brought))


def tick(office: Office, case: str, material: str, brought: bool, brought_as: BroughtAs = "") -> Outcome:
    """收材料."""
    scans = scans_with(office, case, (material,) if brought else (), {material: brought_as})
    if isinstance(scans, Refusal):
        return scans
    fields = office.stamp().fields(office.parts.new_id)
    ticked = TickMaterial(**fields, case=case, material=material, brought=brought, brought_as=brought_as)
    return office.do(ticked, also=scans)


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
            yield acceptance_slip(accepted, item, clerk, department, office.letterhead, _notice_no(books, case.id))
            yield from copy_notices(office, accepted)

    done = office.do(command, papers)
    if isinstance(done, Done):
        make_route(office, case.id)
        assign_made(office, case.id, (done.command,))
    return done


def _notice_no(books: Books, case_id: str) -> str:
    """受理通知书的文号 where the sealed notice was issued before the slip (视为受理)."""
    notices = (row for row in books.case_documents_of(case_id) if row.paper in ("受理通知书", "视为受理通知书"))
    return next((row.document_no for row in notices if row.document_no), "")


def hand_over(office: Office, case: Case, receiver: str, proof: str) -> Outcome:
    """送达 to the applicant himself at the spot case's own window, with the slip he takes along."""
    return acts.hand_over(office, case, HandOut(receiver=receiver, proof=proof))


def rate(office: Office, ticket: str, level: int) -> Outcome:
    """评价: once a visit; the clerk does not see which. Who was called and did not come is not asked."""
    known = office.read(lambda books: books.ticket(ticket))
    if known is not None and known.state == "passed":
        return Refusal("ticket-passed", "这个号叫号未到，没有办事，不评价。没有记。")
    return office.do(RateVisit(**office.stamp().fields(office.parts.new_id), ticket=ticket, level=level))

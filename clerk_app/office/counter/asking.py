"""首问与投诉 at the counter: a plain question ends with one key, who belongs elsewhere is led there, a complaint is taken down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from clerk_app.cases.coming_back import case_in_hand
from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.oversight.asking import (
    CloseFirstAsked,
    LeadTo,
    OpenFirstAsked,
    RecordPhoneSeen,
    RecordQuestion,
)
from clerk_app.oversight.complaining import RecordComplaint
from clerk_app.oversight.people import Asked, AskedEnd, ComplaintKind, Via
from clerk_app.oversight.people_rules import Topic
from clerk_app.ports import Books
from clerk_app.queueing.forwarding import ForwardTicket
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.usecases import FinishTicket

MOST_LOOKED_AT = 2000


@dataclass(frozen=True, kw_only=True)
class Lead:
    """带到哪 a line of the hall (`letter`, and one `window` of it or 0), or a place in words."""

    letter: str = ""
    window: int = 0
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """投诉人说的 what he complains of, as he says it; the visit is found by the number he has in hand."""

    matter: ComplaintKind
    words: str
    number: str = ""
    name: str = ""
    phone: str = ""
    against: tuple[str, ...] = ()
    windows: tuple[int, ...] = ()


def topics(office: Office) -> tuple[Topic, ...]:
    """咨询类别 of the hall, a key each."""
    return office.hall.people.topics


def record_question(office: Office, ticket: str, topic: str, words: str = "") -> Outcome:
    """这个问题: answered, written down, and the ticket in hand is finished; without a ticket only written down."""
    new_id = office.parts.new_id
    asked = office.do(
        RecordQuestion(**office.stamp().fields(new_id), asked=new_id(), ticket=ticket, topic=topic, words=words)
    )
    if not isinstance(asked, Done) or not ticket:
        return asked
    return office.do(FinishTicket(**office.stamp().fields(new_id), ticket=ticket))


def open_first_asked(office: Office, topic: str, words: str, *, ticket: str = "", phone: str = "") -> Outcome:
    """首问登记: what is wanted, and the phone if he wants to be called back."""
    new_id = office.parts.new_id
    command = OpenFirstAsked(
        **office.stamp().fields(new_id), asked=new_id(), ticket=ticket, topic=topic, words=words, phone=phone
    )
    return office.do(command)


def lead_to(
    office: Office, lead: Lead, *, ticket: str = "", asked: str = "", topic: str = "", words: str = ""
) -> Outcome:
    """带到: the ticket goes to the right line and the record is closed; without one, it is made and closed."""
    new_id = office.parts.new_id
    return office.do(
        LeadTo(
            **office.stamp().fields(new_id),
            asked=asked or new_id(),
            ticket=ticket,
            topic=topic,
            letter=lead.letter,
            to_window=lead.window,
            place=lead.place,
            words=words,
        )
    )


def forward(office: Office, ticket: str, letter: str, reason: str, window: int = 0) -> Outcome:
    """转移 the ticket in hand to another line, or to one window of it."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(ForwardTicket(**fields, ticket=ticket, letter=letter, reason=reason, to_window=window))


def close_first_asked(office: Office, asked: str, how: AskedEnd, note: str) -> Outcome:
    """销首问."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(CloseFirstAsked(**fields, asked=asked, how=how, note=note))


def see_phone(office: Office, word: Literal["asked", "complaint"], record: str) -> Outcome:
    """显示电话 of a first-asked record or a complaint, recorded first."""
    return office.do(RecordPhoneSeen(**office.stamp().fields(office.parts.new_id), word=word, record=record))


def see_asked_phone(office: Office, asked: str) -> Outcome:
    """显示电话 of a first-asked record."""
    return see_phone(office, "asked", asked)


def record_complaint(office: Office, told: Told, via: Via = "desk") -> Outcome:
    """登记投诉: the visit is filled in by itself when its number is known here."""
    ticket, case = office.read(_visit_of(office, told.number))
    new_id = office.parts.new_id
    return office.do(
        RecordComplaint(
            **office.stamp().fields(new_id),
            complaint=new_id(),
            matter=told.matter,
            via=via,
            words=told.words,
            ticket=ticket.id if ticket else "",
            case=case.id if case else "",
            name=told.name,
            phone=told.phone,
            against=told.against,
            windows=told.windows,
        )
    )


def _visit_of(office: Office, number: str) -> Callable[[Books], tuple[Ticket | None, Case | None]]:
    """A ticket's number of today, or a case's number or query code."""
    wanted = number.strip().upper()
    day = office.parts.clock.now().date()

    def found(books: Books) -> tuple[Ticket | None, Case | None]:
        if not wanted:
            return None, None
        letters = tuple(office.hall.queue.letters)
        ticket = next((t for t in books.tickets_of(day, letters) if t.number.upper() == wanted), None)
        if ticket is not None:
            return ticket, case_in_hand(ticket, books)
        cases = books.latest_cases(MOST_LOOKED_AT)
        return None, next((c for c in cases if wanted in (c.case_no.upper(), c.query_code.upper())), None)

    return found


def lead_asked(office: Office, asked: Asked, where: str) -> Outcome:
    """带到 a window by its number, with the ticket if it is in hand here; or a place in words."""
    text = where.strip().removesuffix("窗口").removesuffix("号")
    window = office.hall.roster.windows.get(int(text)) if text.isascii() and text.isdigit() else None
    if window is not None and not window.letters:
        return Refusal("letter-elsewhere", f"{window.number}号窗口不叫号，没有带。写上地方再带。")
    if window is None:
        return lead_to(office, Lead(place=where), asked=asked.id, topic=asked.topic, words=asked.words)
    ticket = office.read(lambda books: books.ticket(asked.ticket)) if asked.ticket else None
    here = ticket is not None and ticket.window == office.window and ticket.state in ("called", "serving")
    if ticket is None or not here:
        place = Lead(place=f"{window.number}号窗口")
        return lead_to(office, place, asked=asked.id, topic=asked.topic, words=asked.words)
    lead = Lead(letter=window.letters[0], window=window.number)
    return lead_to(office, lead, ticket=ticket.id, asked=asked.id, topic=asked.topic, words=asked.words)

"""投诉 received as a fact, filled by itself with the visit; investigated, disposed of and answered in this order, by nobody it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from clerk_app.cases.model import Case
from clerk_app.command import Command, Refusal, UseCase
from clerk_app.oversight.books import OversightBooks
from clerk_app.oversight.people import (
    Circumstances,
    Complaint,
    ComplaintKind,
    ComplaintState,
    Step,
    Via,
    complaint_words,
)
from clerk_app.queueing.model import Ticket

LONGEST = 4000
NAME, PHONE, MOST_PEOPLE = 60, 20, 20


@dataclass(frozen=True, kw_only=True)
class ComplaintCommand(Command):
    """投诉命令 an act on one complaint."""

    complaint: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The complaint alone: the visit it is about must not lead to it."""
        return (f"complaint:{self.complaint}",)


@dataclass(frozen=True, kw_only=True)
class RecordComplaint(ComplaintCommand):
    """登记投诉 what somebody complains of, in his words; name and phone as far as he gives them, persons as far as he names them."""

    kind: ClassVar[str] = "record_complaint"
    fact: ClassVar[bool] = True
    matter: ComplaintKind
    via: Via
    words: str
    ticket: str = ""
    case: str = ""
    name: str = ""
    phone: str = ""
    against: tuple[str, ...] = ()
    windows: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class InvestigateComplaint(ComplaintCommand):
    """调查 what was found: who was asked, what was looked at."""

    kind: ClassVar[str] = "investigate_complaint"
    words: str


@dataclass(frozen=True, kw_only=True)
class DisposeComplaint(ComplaintCommand):
    """处置 what is done about it."""

    kind: ClassVar[str] = "dispose_complaint"
    words: str


@dataclass(frozen=True, kw_only=True)
class ReplyComplaint(ComplaintCommand):
    """答复 what the person was told, and how."""

    kind: ClassVar[str] = "reply_complaint"
    words: str


def record_complaint(command: RecordComplaint, books: OversightBooks) -> Refusal | None:
    """Write the fact; what the books know of the visit comes by itself."""
    if books.complaint(command.complaint) is not None:
        return None
    case, ticket = _visit(command, books)
    books.put_complaint(
        Complaint(
            id=command.complaint,
            kind=command.matter,
            via=command.via,
            state="received",
            words=command.words.strip()[:LONGEST],
            name=command.name.strip()[:NAME],
            phone=command.phone.strip()[:PHONE],
            ticket=ticket.id if ticket else "",
            seen=_circumstances(ticket, case),
            against=_few(command.against, _people_of(ticket, case)),
            windows=tuple(sorted({*command.windows[:MOST_PEOPLE], *_windows_of(ticket, case)})),
            received_at=command.at,
            received_by=command.actor,
            received_window=command.window,
        )
    )
    return None


def investigate_complaint(command: InvestigateComplaint, books: OversightBooks) -> Refusal | None:
    """The second step."""
    found = _to_be(command, books, after="received")
    if isinstance(found, Refusal):
        return found
    books.put_complaint(replace(found, state="investigated", investigated=_step(command, command.words)))
    return None


def dispose_complaint(command: DisposeComplaint, books: OversightBooks) -> Refusal | None:
    """The third step."""
    found = _to_be(command, books, after="investigated")
    if isinstance(found, Refusal):
        return found
    books.put_complaint(replace(found, state="disposed", disposed=_step(command, command.words)))
    return None


def reply_complaint(command: ReplyComplaint, books: OversightBooks) -> Refusal | None:
    """The last step: the person has his answer."""
    found = _to_be(command, books, after="disposed")
    if isinstance(found, Refusal):
        return found
    books.put_complaint(replace(found, state="replied", replied=_step(command, command.words)))
    return None


_next: dict[ComplaintState, str] = {"received": "调查", "investigated": "处置", "disposed": "答复"}


def _to_be(
    command: InvestigateComplaint | DisposeComplaint | ReplyComplaint, books: OversightBooks, after: ComplaintState
) -> Complaint | Refusal:
    row = books.complaint(command.complaint)
    if row is None:
        return Refusal("unknown-complaint", "这台电脑上没有这条投诉，什么都没改。到值班长的电脑上办。")
    if command.actor in row.against:
        return Refusal("own-complaint", "这条投诉牵涉您本人，不能由您办，什么都没改。请另一位值班长或监察员办。")
    if row.state != after:
        now = complaint_words[row.state]
        follows = f"接着是{_next[row.state]}" if row.state in _next else "已经办完"
        return Refusal("complaint-step", f"这条投诉现在{now}，这一步没有记，{follows}。刷新一下再看。")
    if not command.words.strip():
        return Refusal("words-missing", f"还没写{_next[after]}的情况，没有记。写一句再记。")
    return row


def _step(command: Command, words: str) -> Step:
    return Step(by=command.actor, at=command.at, words=words.strip()[:LONGEST])


def _visit(command: RecordComplaint, books: OversightBooks) -> tuple[Case | None, Ticket | None]:
    ticket = books.ticket(command.ticket) if command.ticket else None
    case = books.case(command.case) if command.case else None
    if case is None and ticket is not None:
        case = books.case_of_ticket(ticket.id)
    if ticket is None and case is not None and case.ticket:
        ticket = books.ticket(case.ticket)
    return case, ticket


def _circumstances(ticket: Ticket | None, case: Case | None) -> Circumstances:
    return Circumstances(
        number=ticket.number if ticket else "",
        taken_at=ticket.taken_at if ticket else None,
        calls=ticket.calls if ticket else 0,
        called_at=ticket.called_at if ticket else None,
        served_at=ticket.served_at if ticket else None,
        ended_at=ticket.ended_at if ticket else None,
        case=case.id if case else "",
        case_no=case.case_no if case else "",
        item_name=case.item_name if case else "",
    )


def _people_of(ticket: Ticket | None, case: Case | None) -> Iterable[str]:
    """Everybody who had the ticket or the case in hand."""
    if ticket is not None:
        yield ticket.clerk
        yield from (sent.by for sent in ticket.forwards)
    if case is not None:
        yield case.handler
        yield case.proposal.by if case.proposal else ""
        yield case.decision.by if case.decision else ""


def _windows_of(ticket: Ticket | None, case: Case | None) -> Iterable[int]:
    if ticket is not None:
        if ticket.window:
            yield ticket.window
        yield from (sent.from_window for sent in ticket.forwards)
    if case is not None:
        yield case.window


def _few(named: Iterable[str], found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person[:16] for person in (*named, *found) if person))[:MOST_PEOPLE]


complaining_use_cases = (
    UseCase(RecordComplaint, record_complaint, "first_asked"),
    UseCase(InvestigateComplaint, investigate_complaint, "complaint"),
    UseCase(DisposeComplaint, dispose_complaint, "complaint"),
    UseCase(ReplyComplaint, reply_complaint, "complaint"),
)

"""首席代表席 what waits for signature 2, whose citizen sits at a window, what is outside every letter, and what was authorised today.

At a chief's own seat it is his department's; over a clerk's session it is the whole hall's, for whoever comes to sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from clerk_app.cases.department import department_to_seal
from clerk_app.cases.model import Case
from clerk_app.cases.sending_out import outside
from clerk_app.command import Refusal
from clerk_app.duty.letters import in_force, letters_at
from clerk_app.duty.model import Person
from clerk_app.office.office import Office
from clerk_app.ports import Books
from clerk_app.queueing.model import Ticket
from clerk_app.sealing.model import SealUse

WAITS = ("to_authorise", "granted", "refused")


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """等授权的件 a case, and at which window its citizen sits since when; none: he has gone home with his slip."""

    case: Case
    window: int | None = None
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Outside:
    """不在授权内的件 a case no letter lets anybody here decide, and why."""

    case: Case
    refusal: Refusal


@dataclass(frozen=True, kw_only=True)
class Authorised:
    """今天授权的一件 a use of the seal today, with its case."""

    use: SealUse
    case: Case | None


@dataclass(frozen=True, kw_only=True)
class ChiefDesk:
    """首席代表席 one moment of it. `own`: the list of the person who sits here, not of the whole hall."""

    own: bool = False
    waiting: tuple[Waiting, ...] = ()
    outside: tuple[Outside, ...] = ()
    authorised: tuple[Authorised, ...] = ()
    next_due: date | None = None
    """When nothing waits: the day by which the next case in hand must be decided."""

    @property
    def cases(self) -> tuple[Case, ...]:
        """All that wait, in and outside of the letters."""
        return (*(one.case for one in self.waiting), *(one.case for one in self.outside))


def chief_desk(office: Office, books: Books, now: datetime) -> ChiefDesk:
    """Read it for who is signed in."""
    person = office.session.person if office.session else None
    mine = _mine(office, books, now)
    found = _found(office, books, mine)
    reasons = _reasons(found, books, now)
    sitting = {ticket.id: ticket for ticket in books.open_tickets(now.date())}
    waiting = [_seated(case, sitting) for case in found if _reason(case, reasons) is None]
    sent = ((case, _reason(case, reasons)) for case in found)
    beyond = [Outside(case=case, refusal=why) for case, why in sent if why is not None]
    return ChiefDesk(
        own=bool(mine),
        waiting=tuple(sorted(waiting, key=_order)),
        outside=tuple(sorted(beyond, key=lambda one: _due(one.case))),
        authorised=_authorised(office, books, person, now) if person is not None else (),
        next_due=None if found else _next_due(books, mine),
    )


def how_many_wait(office: Office, books: Books, now: datetime) -> int:
    """For a badge: as many as the desk's `cases`, without asking why or where."""
    return len(_found(office, books, _mine(office, books, now)))


def _mine(office: Office, books: Books, now: datetime) -> frozenset[str]:
    person = office.session.person if office.session else None
    return departments_of(books, person, now) if person is not None else frozenset()


def _found(office: Office, books: Books, mine: frozenset[str]) -> list[Case]:
    return [case for case in _that_wait(office, books) if not mine or case.department in mine]


def departments_of(books: Books, person: Person, now: datetime) -> frozenset[str]:
    """部门 whose chief this person is, by his post as A or B, or by a letter in force; empty for anybody else."""
    roster = books.roster
    posts = (*roster.held_posts.get(person.id, ()), *roster.backed_posts.get(person.id, ()))
    by_post = {post.department for post in posts if post.chief}
    letters = (one for one in letters_at(books, now) if person.id in (one.person, one.deputy))
    return frozenset(by_post | {one.department for one in letters if in_force(one, now.date())})


def _that_wait(office: Office, books: Books) -> tuple[Case, ...]:
    """For signature 2 or for the seal; one-signature items wait from acceptance on."""
    alone = [item.code for item in office.hall.items.values() if item.signatures == 1]
    return (*books.cases_in(WAITS), *(books.cases_in(("accepted",), alone) if alone else ()))


def _reasons(cases: Iterable[Case], books: Books, now: datetime) -> Mapping[tuple[str, str], Refusal | None]:
    """Asked once for each item of a department: hundreds of cases are of a few items."""
    kinds = {(case.department, case.item): case for case in cases}
    return {kind: outside(case, now, books) for kind, case in kinds.items()}


def _reason(case: Case, reasons: Mapping[tuple[str, str], Refusal | None]) -> Refusal | None:
    """What was authorised already, or decided by the department, is only to be sealed."""
    decided = case.decision is not None or department_to_seal(case) is not None
    return None if decided else reasons[case.department, case.item]


def _seated(case: Case, sitting: Mapping[str, Ticket]) -> Waiting:
    ticket = sitting.get(case.ticket)
    if ticket is None:
        return Waiting(case=case)
    since = case.proposal.at if case.proposal else ticket.served_at or ticket.called_at
    return Waiting(case=case, window=ticket.window, since=since)


def _order(one: Waiting) -> tuple[bool, float, date, datetime]:
    """Who sits at a window first, the longest waiting on top; then by date."""
    waits = one.since.timestamp() if one.since is not None and one.window is not None else 0.0
    return (one.window is None, waits, *_due(one.case))


def _due(case: Case) -> tuple[date, datetime]:
    return (case.due.promised if case.due else date.max, case.received_at)


def _authorised(office: Office, books: Books, person: Person, now: datetime) -> tuple[Authorised, ...]:
    """今天我授权的 by the register; at a window what was authorised there. The newest on top."""
    today = books.seal_uses_since(datetime.combine(now.date(), time(), now.tzinfo))
    uses = [use for use in today if not use.document]
    chief = bool(departments_of(books, person, now))
    mine = [
        use for use in uses if (person.id in (use.approver, use.acting_for) if chief else use.window == office.window)
    ]
    return tuple(Authorised(use=use, case=books.case(use.case)) for use in reversed(mine))


def _next_due(books: Books, mine: frozenset[str]) -> date | None:
    cases = (case for case in books.cases_in(("accepted",)) if not mine or case.department in mine)
    return min((case.due.promised for case in cases if case.due is not None), default=None)

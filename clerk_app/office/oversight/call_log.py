"""叫号记录 what was done with one number of a day, by whom and where, and whether it was skipped.

This machine's journal has only what was done here; the centre's audit has the hall's, as long as the line is up. Without it the
rows themselves say the last call of every ticket, and the answer says that it rests on those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clerk_app.command import Refusal, ticket_subject
from clerk_app.office.office import Office
from clerk_app.office.oversight.audit_scope import ALL_TICKETS, TICKET_KINDS
from clerk_app.office.oversight.kinds import audit_word
from clerk_app.oversight.call_order import Answer, LineDay, answer
from clerk_app.ports import Books, CentreAway, CentreProblem
from clerk_app.ports.audit import AuditAsked, AuditCentre, AuditLine, Signer
from clerk_app.queueing.model import Ticket, state_words
from clerk_app.sync.verdicts import not_done

PAGE, PAGES = 200, 20
CALL = "call_ticket"
LATEST_CUTS = 200


@dataclass(frozen=True, kw_only=True)
class LogLine:
    """叫号记录的一行 when, what, at which window, by whom, and what was said with it."""

    id: str
    at: datetime
    what: str
    window: int
    who: str
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class CallLog:
    """叫号记录 of one number; `whole` when the centre told all of it, else `said` is what it rests on."""

    ticket: Ticket
    lines: tuple[LogLine, ...]
    answer: Answer
    whole: bool
    said: str = ""


def call_log(office: Office, day: date, number: str) -> CallLog | Refusal:
    """Asks the net, takes its time."""
    wanted = number.strip().upper()
    if not wanted:
        return Refusal("number-missing", "还没写号码，没有查。写票上的号，如 A012。")
    ticket = office.read(lambda books: books.ticket_numbered(day, wanted))
    if ticket is None:
        return Refusal("unknown-ticket", f"{day.month}月{day.day}日 没有 {wanted} 这个号。核对票上的日子和号码。")
    told, calls = _hall_lines(office, day, ticket)
    here = _own_lines(office, day, ticket) if told is None else told
    lines = _lines(office, ticket, here, whole=told is not None)
    said = "" if told is not None else "线路断着或中心没给，照本机收到的号票现状答，各窗口怎么叫的要等线路恢复再核。"
    found = office.read(lambda books: answer(ticket, _day(office, books, ticket, calls)))
    return CallLog(ticket=ticket, lines=lines, answer=found, whole=told is not None, said=said)


def _hall_lines(
    office: Office, day: date, ticket: Ticket
) -> tuple[tuple[AuditLine, ...] | None, dict[str, list[datetime]]]:
    """The ticket's acts, and every call of the day; None when the centre did not say all of them."""
    session, centre, calls = office.session, office.parts.audit, defaultdict[str, list[datetime]](list)
    if session is None or centre is None:
        return None, calls
    by = Signer(session.person.id, session.sign)
    try:
        told = _pages(centre, by, AuditAsked(start=day, end=day, kind=ALL_TICKETS, number=ticket.number))
        called = _pages(centre, by, AuditAsked(start=day, end=day, kind=CALL))
    except (CentreAway, CentreProblem):
        return None, {}
    for line in called:
        if line.state not in not_done:
            for subject in line.subjects:
                calls[subject.partition(":")[2]].append(line.at)
    return _of(told, ticket), calls


def _pages(centre: AuditCentre, by: Signer, asked: AuditAsked) -> list[AuditLine]:
    found, cursor = list[AuditLine](), ""
    for _ in range(PAGES):
        page = centre.page(asked, cursor, by)
        found += page.lines
        cursor = page.cursor
        if not cursor:
            break
    return found


def _own_lines(office: Office, day: date, ticket: Ticket) -> tuple[AuditLine, ...]:
    asked = AuditAsked(start=day, end=day, number=ticket.number)
    return _of(office.parts.vault.audit.page(asked, "", PAGE).lines, ticket)


def _of(lines: Iterable[AuditLine], ticket: Ticket) -> tuple[AuditLine, ...]:
    """This day's ticket of the number, not another day's."""
    mine = (line for line in lines if line.kind in TICKET_KINDS and ticket_subject(ticket.id) in line.subjects)
    return tuple(sorted(mine, key=lambda line: (line.at, line.id)))


def _lines(office: Office, ticket: Ticket, acts: Sequence[AuditLine], *, whole: bool) -> tuple[LogLine, ...]:
    name = office.hall.roster.name_of
    told = [
        LogLine(
            id=line.id,
            at=line.at,
            what=audit_word(line.kind) + ("（中心没收）" if line.state in not_done else ""),
            window=line.window,
            who=f"{name(line.actor)} 代 {name(line.acting_for)}" if line.acting_for else name(line.actor),
            words=_said(ticket, line),
        )
        for line in acts
    ]
    if not whole:
        known = {(line.what, line.at) for line in told}
        told += [line for line in _from_row(office, ticket) if (line.what, line.at) not in known]
    return tuple(sorted(told, key=lambda line: (line.at, line.id)))


def _said(ticket: Ticket, line: AuditLine) -> str:
    """What the row keeps of it."""
    lifts = {one.at: one.reason for one in ticket.lifts}
    sent = {one.at: f"{one.from_letter} 队转到 {ticket.letter} 队：{one.reason}" for one in ticket.forwards}
    if line.kind in ("pass_ticket", "void_ticket", "return_ticket", "close_tickets"):
        return ticket.reason if ticket.ended_at in (None, line.at) else ""
    return lifts.get(line.at, "") or sent.get(line.at, "")


def _from_row(office: Office, ticket: Ticket) -> list[LogLine]:
    """What the row itself says, where the acts were made elsewhere."""
    name, window = office.hall.roster.name_of, ticket.window or 0
    who = name(ticket.clerk) if ticket.clerk else ""

    def line(key: str, at: datetime, what: str, place: int, person: str, words: str = "") -> LogLine:
        return LogLine(id=f"row:{key}", at=at, what=what, window=place, who=person, words=words)

    found = [line("taken", ticket.taken_at, "取号", ticket.taken_window, "")]
    found += [
        line(f"sent:{place}", one.at, "转移号票", one.from_window, name(one.by), one.reason)
        for place, one in enumerate(ticket.forwards)
    ]
    found += [
        line(f"lift:{place}", one.at, "下一个就办" if one.wronged else "提前", one.window, name(one.by), one.reason)
        for place, one in enumerate(ticket.lifts)
    ]
    if ticket.called_at:
        found.append(line("called", ticket.called_at, f"叫号（第 {ticket.calls} 次）", window, who))
    if ticket.served_at:
        found.append(line("served", ticket.served_at, "到窗", window, who))
    if ticket.ended_at:
        found.append(line("ended", ticket.ended_at, state_words[ticket.state], window, who, ticket.reason))
    return found


def _day(office: Office, books: Books, ticket: Ticket, calls: dict[str, list[datetime]]) -> LineDay:
    roster, hall = books.roster, office.hall
    letters = (ticket.letter, *(sent.from_letter for sent in ticket.forwards))
    return LineDay(
        tickets=books.tickets_of(ticket.day, tuple(dict.fromkeys(letters))),
        rules=hall.queue,
        now=office.parts.clock.now(),
        name=roster.name_of,
        calls=calls,
        items={number: frozenset(item.code for item in hall.items_at(number)) for number in roster.windows},
        cuts=tuple(cut for cut in books.latest_cuts(LATEST_CUTS) if cut.start.date() <= ticket.day <= cut.end.date()),
    )

"""投影 what of a ticket or a case may go outside: an allow list of fields, read into narrow shapes. Pure.

Nothing else of a row is even looked at, so a new field of a case stays inside until somebody writes it in here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from clerk_app.hall import Document, Hall
from clerk_app.queueing.citizen_token import TICKET, ticket_token, token_digest
from clerk_app.server.citizen.case_rows import case_row, only, place_of
from clerk_app.server.citizen.form import MOST_LINES, MOST_ZONES, CitizenRow, CitizenState, HallCard, LineRow, Today
from clerk_app.store.columns import HALL_ZONE

NOT_SERVED_SHOWN = timedelta(days=4)
"""How long a ticket nobody called is shown: over a weekend, because it says what to do."""
_FAR = 30
_FRONT, _FIRST, _ORDINARY = 1, 2, 3
"""The ranks of `queueing.model`; a row from before them says no rank."""

_ticket_states: dict[str, CitizenState] = {
    "issuing": "issuing", "waiting": "waiting", "called": "called", "serving": "serving", "held": "held",
    "finished": "finished", "passed": "passed", "not_served": "not_served", "void": "void",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Sent:
    front: bool = True


@dataclass(frozen=True, kw_only=True)
class _Ticket:
    id: str
    day: date
    letter: str
    number: str
    serial: int
    taken_at: datetime
    priority: str
    state: str
    window: int | None
    called_at: datetime | None = None
    served_at: datetime | None = None
    ended_at: datetime | None = None
    forwards: tuple[_Sent, ...] = ()
    calls: int = 0
    to_window: int = 0
    rank: int | None = None
    placed_at: datetime | None = None
    appointment: datetime | None = None


TICKET_FIELDS = tuple(_Ticket.__dataclass_fields__)


def project(subject: str, row: Mapping[str, Any], hall: Hall) -> CitizenRow | None:
    """The public row of a subject as the feed or a table has it; None for what citizens are not shown.

    Raises ValueError (msgspec's) on a row that is no ticket or case of ours.
    """
    word = subject.partition(":")[0]
    if word == "ticket":
        return _ticket_row(msgspec.convert(only(TICKET_FIELDS, row), _Ticket), hall)
    if word == "case":
        return case_row(row, hall)
    return None


def _ticket_row(ticket: _Ticket, hall: Hall) -> CitizenRow:
    state = _ticket_states.get(ticket.state, "ended")
    since = {"called": ticket.called_at, "serving": ticket.served_at, "held": ticket.served_at or ticket.called_at}
    since |= {"waiting": ticket.taken_at, "issuing": ticket.taken_at}
    to_window = ticket.to_window or None if state == "waiting" else None
    return CitizenRow(
        digest=token_digest(ticket_token(ticket.id)),
        kind=TICKET,
        number=ticket.number,
        state=state,
        since=since.get(state, ticket.ended_at) or ticket.taken_at,
        window=ticket.window,
        place=place_of(hall, ticket.window if to_window is None else to_window),
        zone=_zone(hall, ticket.window),
        to_window=to_window,
        called=ticket.called_at,
        calls=ticket.calls,
        served=ticket.served_at,
        ended=ticket.ended_at,
        line=f"{ticket.day.isoformat()} {ticket.letter}",
        rank=_rank(ticket),
        until=ticket.day + NOT_SERVED_SHOWN if state == "not_served" else ticket.day,
    )


def _rank(ticket: _Ticket) -> str:
    """The order of `queueing.model.Ticket.order` as text; of the priority only that there is one."""
    rank = _rank_before_ranks(ticket) if ticket.rank is None else ticket.rank
    return f"{rank} {(ticket.placed_at or ticket.taken_at).astimezone(UTC):%Y%m%d%H%M%S%f} {ticket.serial:08d}"


def _rank_before_ranks(ticket: _Ticket) -> int:
    if ticket.forwards and ticket.forwards[-1].front:
        return _FRONT
    return _FIRST if ticket.priority else _ORDINARY


def _zone(hall: Hall, number: int | None) -> str:
    window = None if number is None else hall.roster.windows.get(number)
    return window.zone[:120] if window else ""


def today_of(hall: Hall, now: datetime, stops: Mapping[str, str]) -> Today:
    """What the screens say of the day; `stops` has the letters that are stopped and, in words, when they go on."""
    today = now.astimezone(HALL_ZONE).date()
    span = hall.hours and hall.calendar.is_workday(today)
    after = (today + timedelta(days=n) for n in range(1, _FAR))
    following = next((day for day in after if hall.calendar.is_workday(day)), None) if hall.hours else None
    return Today(
        day=today,
        opens=datetime.combine(today, hall.hours[0][0], HALL_ZONE) if span else None,
        closes=datetime.combine(today, hall.hours[-1][1], HALL_ZONE) if span else None,
        next_opens=datetime.combine(following, hall.hours[0][0], HALL_ZONE) if following else None,
        lines=tuple(_line(hall, letter, stops) for letter in list(hall.queue.letters)[:MOST_LINES]),
    )


def _line(hall: Hall, letter: str, stops: Mapping[str, str]) -> LineRow:
    zones = dict.fromkeys(w.zone[:120] for w in hall.roster.windows.values() if letter in w.letters)
    name, goes_on = hall.queue.letters[letter][:120], stops.get(letter, "")[:120]
    return LineRow(letter=letter, name=name, zones=tuple(zones)[:MOST_ZONES], stopped=letter in stops, goes_on=goes_on)


def hall_card(document: Document) -> HallCard:
    """What every page says of the hall, from its checked document."""
    hall = document["hall"]
    spans = hall["hours"]["weekday"]
    return HallCard(
        name=str(hall["name"])[:120],
        address=str(hall["address"])[:120],
        phone=str(hall["phone"])[:120],
        hotline=str(hall["hotline"])[:120],
        hours="，".join(f"{first.lstrip('0')}–{last.lstrip('0')}" for first, last in spans)[:120],
        passed_rule=passed_rule(document["queue"]["pass_rejoin"]),
        case_days=int(hall.get("citizen_days", Hall.citizen_days)),
    )


def passed_rule(rule: Mapping[str, Any]) -> str:
    """过号当天可以到总服务台重排 1 次，隔 3 个号再叫。"""
    if not rule["allowed"] or not rule["times"]:
        return "过号作废，请重新取号。"
    when = "当天" if rule["same_day"] else ""
    behind = f"，隔 {rule['after_tickets']} 个号再叫" if rule["after_tickets"] else ""
    return f"过号{when}可以到总服务台重排 {rule['times']} 次{behind}。"

"""Cards and light rows in memory, beside the other books."""

from __future__ import annotations

from datetime import date, datetime

from clerk_app.cases.model import Case
from clerk_app.cases.routing.model import Assignment, as_given
from clerk_app.oversight.card import WATCHED, Card, Whose
from clerk_app.oversight.reports import CaseLine, TicketLine
from clerk_app.queueing.model import Ticket


class MemoryCards:
    """What cards and reports ask for."""

    cases: dict[str, Case]
    tickets: dict[str, Ticket]
    assignments: dict[str, Assignment]

    def __init__(self) -> None:
        self.cards: dict[str, Card] = {}

    def card(self, key: str) -> Card | None:
        return self.cards.get(key)

    def put_card(self, row: Card) -> None:
        self.cards[row.id] = row

    def open_cards(self, limit: int) -> tuple[Card, ...]:
        return tuple(sorted((c for c in self.cards.values() if c.open), key=lambda c: (c.made_at, c.id))[:limit])

    def cards_since(self, at: datetime, limit: int) -> tuple[Card, ...]:
        found = (c for c in self.cards.values() if c.made_at >= at)
        return tuple(sorted(found, key=lambda c: c.made_at, reverse=True)[:limit])

    def case_numbered(self, case_no: str) -> Case | None:
        return next((c for c in self.cases.values() if case_no and c.case_no == case_no), None)

    def cases_to_watch(self, until: date, limit: int, whose: Whose | None = None) -> tuple[Case, ...]:
        found = (c for c in self.cases.values() if c.state in (*WATCHED, "sealed") and c.due_on and c.due_on <= until)
        mine = (c for c in found if whose is None or _is_of(as_given(c, self.assignments.get(c.id)), whose))
        return tuple(sorted(mine, key=lambda c: (c.due_on, c.id))[:limit])

    def case_lines(self, start: date, end: date) -> tuple[CaseLine, ...]:
        return tuple(_line(case) for case in self.cases.values())

    def ticket_lines(self, start: date, end: date) -> tuple[TicketLine, ...]:
        found = (t for t in self.tickets.values() if start <= t.day <= end)
        return tuple(TicketLine(t.letter, t.window, t.taken_at, t.called_at) for t in found)


def _is_of(case: Case, whose: Whose) -> bool:
    own = case.window == whose.window or whose.person in (case.handler, case.life.assigned_to)
    return own or case.department in whose.departments


def _line(case: Case) -> CaseLine:
    return CaseLine(
        id=case.id, case_no=case.case_no, item=case.item, item_name=case.item_name, window=case.window, ticketed=bool(case.ticket),
        late_entry=case.late_entry is not None, received_at=case.received_at, accepted_on=case.accepted_on,
        sealed_at=case.sealed_at, promised=case.due.promised if case.due else None,
    )  # fmt: skip

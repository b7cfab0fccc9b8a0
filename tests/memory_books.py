"""Books in memory: the rooms' rules without a database, for tests that judge many commands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.duty.model import Roster, SignIn
from clerk_app.hall import Hall
from clerk_app.ports import NumberBlock
from clerk_app.queueing.model import QueueRules, Ticket
from clerk_app.receipts.books import PaperOut
from clerk_app.registration.model import FormDraft


class MemoryBooks:
    """What `ports.Books` asks for, in dictionaries; `device` may be changed between two commands."""

    def __init__(self, hall: Hall, device: str = "device-a") -> None:
        self.hall = hall
        self.device = device
        self.tickets: dict[str, Ticket] = {}
        self.cases: dict[str, Case] = {}
        self.sign_ins: dict[str, SignIn] = {}
        self.papers: dict[str, PaperOut] = {}
        self.forms: dict[str, FormDraft] = {}
        self.holds: dict[str, str] = {}
        self.blocks: dict[str, tuple[NumberBlock, str]] = {}
        self.used: dict[tuple[str, int], str] = {}

    @property
    def roster(self) -> Roster:
        return self.hall.roster

    @property
    def queue_rules(self) -> QueueRules:
        return self.hall.queue

    def sign_in(self, key: str) -> SignIn | None:
        return self.sign_ins.get(key)

    def put_sign_in(self, row: SignIn) -> None:
        self.sign_ins[row.id] = row

    def ticket(self, key: str) -> Ticket | None:
        return self.tickets.get(key)

    def put_ticket(self, ticket: Ticket) -> None:
        self.tickets[ticket.id] = ticket

    def tickets_of(self, day: date, letters: Sequence[str]) -> tuple[Ticket, ...]:
        return tuple(t for t in self.tickets.values() if t.day == day and t.letter in letters)

    def open_call_at(self, window: int, day: date) -> Ticket | None:
        open_ = (t for t in self.tickets.values() if t.day == day and t.window == window)
        return next((t for t in open_ if t.state in ("called", "serving")), None)

    def holder(self, subject: str) -> str | None:
        return self.holds.get(subject)

    def take_hold(self, subject: str) -> None:
        self.holds[subject] = self.device

    def give_block(self, block: NumberBlock) -> None:
        self.blocks[block.id] = (block, self.device)

    def spend_number(self, kind: str, block: str, serial: int, command: str) -> Refusal | None:
        given, device = self.blocks.get(block, (None, ""))
        if given is None or given.kind != kind or device != self.device or not given.first <= serial <= given.last:
            return Refusal("number-not-given", "这个号不在分给本机的号段里。")
        if (given.kind, serial) in self.used:
            return Refusal("number-used", "这个号已经用过。")
        self.used[given.kind, serial] = command
        return None

    @property
    def hall_id(self) -> str:
        return self.hall.id

    def item(self, code: str) -> Item | None:
        return self.hall.items.get(code)

    def case(self, key: str) -> Case | None:
        return self.cases.get(key)

    def put_case(self, case: Case) -> None:
        self.cases[case.id] = case

    def case_of_ticket(self, ticket: str) -> Case | None:
        found = [c for c in self.cases.values() if c.ticket == ticket]
        return max(found, key=lambda c: c.received_at) if found else None

    def latest_cases(self, limit: int) -> tuple[Case, ...]:
        return tuple(sorted(self.cases.values(), key=lambda c: c.received_at, reverse=True)[:limit])

    def form(self, key: str) -> FormDraft | None:
        return self.forms.get(key)

    def put_form(self, draft: FormDraft) -> None:
        self.forms[draft.id] = draft

    def paper(self, key: str) -> PaperOut | None:
        return self.papers.get(key)

    def put_paper(self, paper: PaperOut) -> None:
        self.papers[paper.id] = paper

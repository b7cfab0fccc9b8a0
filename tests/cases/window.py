"""A window for rule tests before acceptance: any item of the training hall, its clerk and its chief, over books in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from clerk_app.cases.limits import due_dates
from clerk_app.cases.model import Applicant, Case, case_number
from clerk_app.cases.usecases import AcceptCase, ReceiveCase
from clerk_app.command import Refusal
from clerk_app.duty.model import Seat
from clerk_app.hall import Hall, read_hall
from clerk_app.office.judge import judge
from clerk_app.office.register import build_register
from clerk_app.ports import NumberBlock
from clerk_app.queueing.model import Ticket
from tests.desk import ZONE, training_document
from tests.memory_books import MemoryBooks

REGISTER = build_register()
HALL = read_hall(training_document(), "v1")
MORNING = datetime(2026, 11, 20, 10, 30, tzinfo=ZONE)  # a Friday
ITEMS = {item.short: item for item in HALL.items.values()}


def hall_with(short: str, **changes: object) -> Hall:
    item = replace(ITEMS[short], **changes)
    return replace(HALL, items=HALL.items | {item.code: item})


class Window:
    """One item's window with a citizen before it; the clock stands where it is put."""

    def __init__(self, short: str, hall: Hall = HALL) -> None:
        self.books = MemoryBooks(hall)
        self.item = hall.items[ITEMS[short].code]
        self.window = self.item.windows[0]
        self.now = MORNING
        roster = hall.roster
        self.post = roster.posts[roster.windows[self.window].posts[0]]
        self.clerk = self.post.a
        self.chief = roster.departments[self.item.department].chief_rep
        self.names = tuple(m.name for m in self.item.materials)
        self.books.give_block(NumberBlock(id="n", kind="case_no:2026", first=1, last=9))
        self.books.tickets["t"] = Ticket(
            id="t", day=self.now.date(), letter="A", number="A001", serial=1, reserve=False, taken_at=self.now,
            taken_window=self.window, state="serving", window=self.window,
        )  # fmt: skip

    @property
    def case(self) -> Case:
        return self.books.cases["k"]

    def act(self, command, *, actor: str = "", **fields) -> Refusal | None:
        self.now += timedelta(seconds=1)
        post, window = self.post.id, self.window
        if actor == self.chief:
            seat = self.books.roster.seat_of(self.chief, None)
            assert isinstance(seat, Seat), seat
            post, window = seat.post, seat.window
        stamp = {
            "id": f"c{self.now.timestamp()}", "at": self.now, "actor": actor or self.clerk, "post": post,
            "window": window, "basis": f"a_role:{post}", "hall_version": self.books.hall.version,
        }  # fmt: skip
        return judge(command(**{**stamp, "case": "k", **fields}), self.books, REGISTER)

    def begins(self) -> dict[str, object]:
        return {"ticket": "t", "item": self.item.code, "applicant": Applicant(name="卢小珍"), "query_code": "7K3M-Q9X2"}

    def receive(self, brought: tuple[str, ...] | None = None, **fields) -> Refusal | None:
        names = self.names if brought is None else brought
        return self.act(ReceiveCase, **{**self.begins(), "brought": names, **fields})

    def number(self) -> dict[str, object]:
        serial = 1 + len(self.books.used)
        due = due_dates(self.item, self.now, self.books.calendar, self.books.off_work)
        return {"block": "n", "serial": serial, "case_no": case_number("JZ", self.now.date(), serial), "due": due}

    def accept(self, **fields) -> Refusal | None:
        return self.act(AcceptCase, **{**self.number(), **fields})

    def on(self, day: date, hour: int = 10) -> None:
        self.now = datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)

"""Commands by the training hall's people, for tests on memory books."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from clerk_app.command import Command, Refusal
from clerk_app.office.hold_rules import under_holds
from clerk_app.office.judge import judge
from clerk_app.office.register import build_register
from clerk_app.outside.ids import new_id
from tests.desk import ZONE
from tests.duty.everyone import MANAGER
from tests.memory_books import MemoryBooks

AT = datetime(2026, 11, 20, 10, 30, tzinfo=ZONE)
REGISTER = build_register()
SEATS = {
    "K1": ("P103", 1), "A1": ("P203", 2), "B1": ("P105", 4), "B2": ("P106", 5), "R-ZWJ": ("P101", 21),
    "manager": (MANAGER, 21), "supervisor": ("P109", 1),
}  # fmt: skip


def by(kind: type[Command], seat: str, at: datetime = AT, **fields: Any) -> Any:
    """A command by whoever sits there."""
    actor, window = SEATS[seat]
    post = seat if seat[0].isupper() else ""
    stamp = {"actor": actor, "post": post, "window": window, "basis": "", "hall_version": "v1"}
    return kind(**{"id": new_id(), "at": at, **stamp, **fields})


def said(books: MemoryBooks, command: Command) -> Refusal | None:
    """What the judge says; a refusal is one whole sentence."""
    refusal = judge(under_holds(command, books), books, REGISTER)
    assert refusal is None or refusal.sentence.endswith("。")
    return refusal


def refused(books: MemoryBooks, command: Command) -> str:
    """The refusal's type; empty when it was done."""
    refusal = said(books, command)
    return refusal.type if refusal else ""

"""交接 what goes over when B takes a post and when A comes back: made by the machine from the books, taken with one key each.

At noon only tickets, papers and seals; otherwise open cases with their clocks too. Confirmed before A leaves (先进后出).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar
from uuid import UUID, uuid5

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.duty.books import DutyBooks
from clerk_app.duty.records import Direction, Handover, Thing
from clerk_app.duty.standing import substitution_by_id

LONGEST = 2000
_ours = UUID("b1d0d7f4-1a52-5c0c-8f35-92e3a5f0c6d1")


@dataclass(frozen=True, kw_only=True)
class NodHandover(Command):
    """点头 one of the two confirms the list as it stands; the first nod writes it, the second must be of another person."""

    kind: ClassVar[str] = "nod_handover"
    handover: str
    substitution: str
    direction: Direction
    giving: bool
    things: tuple[Thing, ...]
    words: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The handover."""
        return (f"handover:{self.handover}",)


def handover_id(substitution: str, direction: Direction) -> str:
    """One a substitution and direction."""
    return str(uuid5(_ours, f"{substitution}:{direction}"))


def nod_handover(command: NodHandover, books: DutyBooks) -> Refusal | None:
    """Out: A gives, B takes. Back: B gives, A takes. A list that changed since the first nod is nodded to anew by both."""
    substitution = substitution_by_id(books, command.substitution, command.at)
    if substitution is None:
        return Refusal("unknown-substitution", "没有这次顶岗，没有交接。刷新一下再看。")
    giver, taker = substitution.a, substitution.b
    if command.direction == "back":
        giver, taker = taker, giver
    wanted = giver if command.giving else taker
    if command.actor != wanted:
        name = books.roster.name_of(wanted)
        return Refusal("not-the-one", f"这一下要{name} 本人按，交接单没有变。请{name} 来按。")
    row = books.handover(command.handover)
    if row is not None and row.done:
        return Refusal("handover-done", "这张交接单两个人都点过头了，没有再改。")
    if row is None or row.things != command.things:
        row = Handover(
            id=command.handover,
            substitution=substitution.id,
            direction=command.direction,
            post=substitution.post,
            things=command.things,
        )
    if command.words.strip():
        row = replace(row, words=command.words.strip()[:LONGEST])
    # Nodded twice, the first time counts: who acts since then has acted rightly.
    if command.giving:
        row = replace(row, given_by=command.actor, given_at=row.given_at or command.at)
    else:
        row = replace(row, taken_by=command.actor, taken_at=row.taken_at or command.at)
    books.put_handover(row)
    return None


handover_use_cases = (UseCase(NodHandover, nod_handover, "handover"),)

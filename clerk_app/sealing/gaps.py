"""空号 numbers that were drawn and never used, or lie in a block nobody draws from any more: found, explained once; rests go back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.sealing.books import SealBooks
from clerk_app.sealing.model import GapNote

MOST = 200
LONGEST = 300


@dataclass(frozen=True, kw_only=True)
class GivenBlock:
    """号段 of this device as its own books have it: `used` serials count, `undone` ones stood in an act that was not taken.

    `returned_from`: from this serial on it was given back; `lost`: it was given up with an older journal, not given back.
    """

    id: str
    kind: str
    first: int
    last: int
    used: tuple[int, ...] = ()
    undone: tuple[int, ...] = ()
    returned_from: int | None = None
    lost: bool = False

    def with_serial(self, serial: int, *, done: bool) -> GivenBlock:
        """One more of its serials was drawn."""
        return replace(self, used=(*self.used, serial)) if done else replace(self, undone=(*self.undone, serial))

    @property
    def rest(self) -> int:
        """The first serial behind everything that was ever drawn."""
        return max((*self.used, *self.undone, self.first - 1)) + 1


@dataclass(frozen=True, kw_only=True)
class NumberGap:
    """空号 serials of one kind that nobody has explained yet, and what is known of why."""

    kind: str
    serials: tuple[int, ...]
    known: str


_UNDONE, _SKIPPED, _LOST = "抽了号，那一步没有办成", "抽了号，没有用上", "另起流水时放弃的号段，没人见过这些号"


def gaps(blocks: Iterable[GivenBlock], explained: Iterable[tuple[str, int]] = ()) -> tuple[NumberGap, ...]:
    """Every hole below the highest drawn number of a block, and the whole rest of one that was lost; less what is explained."""
    known = set(explained)
    found: dict[tuple[str, str], set[int]] = {}
    for block in blocks:
        used = set(block.used)
        drawn = set(range(block.first, block.rest)) - used
        undone = drawn & set(block.undone)
        lost = set(range(block.rest, block.last + 1)) if block.lost else set()
        for why, serials in ((_UNDONE, undone), (_SKIPPED, drawn - undone), (_LOST, lost)):
            found.setdefault((block.kind, why), set()).update(s for s in serials if (block.kind, s) not in known)
    return tuple(
        NumberGap(kind=kind, serials=tuple(sorted(serials)), known=why)
        for (kind, why), serials in sorted(found.items())
        if serials
    )


@dataclass(frozen=True, kw_only=True)
class ExplainGaps(Command):
    """空号说明 why these serials of one kind were never used."""

    kind: ClassVar[str] = "explain_gaps"
    note: str
    number_kind: str
    serials: tuple[int, ...]
    reason: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The note."""
        return (f"gap_note:{self.note}",)


@dataclass(frozen=True, kw_only=True)
class ReturnNumbers(Command):
    """交回号段 what is left of these blocks is not used here any more; the centre may give it to another."""

    kind: ClassVar[str] = "return_numbers"
    fact: ClassVar[bool] = True
    blocks: tuple[tuple[str, int], ...]
    """Block and its first unused serial."""

    @property
    def subjects(self) -> tuple[str, ...]:
        """No row of a room: the blocks are this device's own."""
        return (f"return:{self.id}",)


def explain_gaps(command: ExplainGaps, books: SealBooks) -> Refusal | None:
    """Each serial once, with a reason in words."""
    if not command.reason.strip():
        return Refusal("reason-missing", "还没写为什么空号，没有记。写一句再记。")
    if not command.serials or len(command.serials) > MOST:
        return Refusal("serials-missing", f"一次说明 1 到 {MOST} 个号，没有记。分几次记。")
    twice = _explained(books, command.number_kind) & set(command.serials)
    if twice:
        return Refusal("gap-explained", f"{min(twice)} 号已经说明过，没有再记。刷新一下再看。")
    books.put_gap_note(
        GapNote(
            id=command.note,
            number_kind=command.number_kind[:40],
            serials=tuple(sorted(set(command.serials))),
            reason=command.reason.strip()[:LONGEST],
            by=command.actor,
            window=command.window,
            at=command.at,
        )
    )
    return None


def _explained(books: SealBooks, kind: str) -> set[int]:
    return {serial for note in books.gap_notes(kind) for serial in note.serials}


def return_numbers(command: ReturnNumbers, books: SealBooks) -> Refusal | None:
    """The books keep back whatever was used after all."""
    for block, first in command.blocks[:MOST]:
        books.return_block(block, first, command.id)
    return None


gap_use_cases = (
    UseCase(ExplainGaps, explain_gaps, "present"),
    UseCase(ReturnNumbers, return_numbers, "present"),
)

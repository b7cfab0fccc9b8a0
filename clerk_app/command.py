"""命令 commands: every act at the counter is one frozen value that is decided first and recorded once.

The same use case replays it at the centre, so all that an act draws from outside (time, ids, numbers, versions) stands
in the command (design: ARCHITECTURE.md, «One command, two offices»). A leaf: every room may import it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Literal

ClockWord = Literal["centre", "kept", "unknown"]
"""时钟 the centre's time; this machine's with the last known offset; or a clock nobody vouches for."""

ticket_subject = "ticket:{}".format
case_subject = "case:{}".format


@dataclass(frozen=True, kw_only=True)
class Command:
    """命令 one act by one person at one window.

    `id` is a UUIDv7 in text; `at` is hall time with its offset; `acting_for` is the A岗 when B substitutes;
    `basis` names the role, letter or substitution the act rests on; `hall_version` the catalogue it was judged by;
    `needs` are ids of earlier commands it rests on; `clock` says where `at` comes from; `fences` are the fences of the
    holds it was done under, by subject (a hold lost and taken again has another).
    """

    kind: ClassVar[str] = ""
    schema: ClassVar[int] = 1
    fact: ClassVar[bool] = False
    """A fact has happened and is always recorded; a move can be refused."""
    anew: ClassVar[bool] = False
    """A fact its subjects rest on from then on: what came to nothing on them before it spoils nothing behind it."""

    id: str
    at: datetime
    actor: str
    post: str
    window: int
    basis: str
    hall_version: str
    acting_for: str | None = None
    needs: tuple[str, ...] = ()
    clock: ClockWord = "centre"
    fences: Mapping[str, int] = field(default_factory=dict)

    @property
    def subjects(self) -> tuple[str, ...]:
        """All subjects this act writes, as `room:id`."""
        return ()

    @property
    def about(self) -> tuple[str, ...]:
        """All subjects it concerns, written or not: whose hold tells whether it was still in hand here."""
        return self.subjects


@dataclass(frozen=True)
class Refusal:
    """不予办理 why an act did not happen: a stable slug and one Chinese sentence (what happened, what was kept, what to do)."""

    type: str
    sentence: str


@dataclass(frozen=True)
class Conflict(Refusal):
    """两个说法 both sides were right by what they knew: both are kept, and a person decides."""


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """落款 the fields every new command of the signed-in person shares; `fresh()` spends it on one command."""

    at: datetime
    actor: str
    post: str
    window: int
    basis: str
    hall_version: str
    acting_for: str | None = None
    clock: ClockWord = "centre"

    def fields(self, new_id: Callable[[], str]) -> dict[str, Any]:
        """Keyword arguments for one command: the stamp and a new id."""
        return {
            "id": new_id(),
            "at": self.at,
            "actor": self.actor,
            "post": self.post,
            "window": self.window,
            "basis": self.basis,
            "hall_version": self.hall_version,
            "acting_for": self.acting_for,
            "clock": self.clock,
        }


@dataclass(frozen=True)
class UseCase:
    """用例 how one kind of command is judged: its class and the pure function (command, books) → refusal or None."""

    command: type[Command]
    act: Callable[[Any, Any], Refusal | None]
    action: str
    """The row of the roles × actions table that `duty.authority` asks for."""
    upcasts: Mapping[int, Callable[[Mapping[str, Any]], dict[str, Any]]] = field(default_factory=dict)
    """Older schema → the same body one schema later; the journal itself is never rewritten."""
    meanwhile: Callable[[Any, Any], str] | None = None
    """For field edits: a sentence when somebody else saved other fields since, asked before `act`; empty otherwise."""
    late_is_fine: bool = False
    """For giving a hold back: one that is lost already needs no giving back."""
    in_time: bool = False
    """Whether it is done only while its hold has not lapsed (decide and seal)."""
    own_hold: bool = False
    """The use case judges the holds itself: tickets handed on by their holder, and taken by his signed word."""

    @property
    def edit(self) -> bool:
        """Field edits are merged: under a hold that was lost meanwhile they are compared field by field, not refused."""
        return self.meanwhile is not None


Register = Mapping[str, UseCase]


@dataclass(frozen=True)
class Flags:
    """标记 what a fact is recorded with when something about it was out of order; never a reason to drop it."""

    notes: tuple[str, ...] = field(default_factory=tuple)

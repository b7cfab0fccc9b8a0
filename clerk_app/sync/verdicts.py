"""答复 the states a command can stand in, and what a refusal does to the moves behind it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

VerdictState = Literal["pending", "applied", "duplicate", "held", "conflict", "refused", "quarantined", "set_aside"]

undecided: frozenset[str] = frozenset({"pending", "held"})
"""Still to be answered by the centre."""
not_done: frozenset[str] = frozenset({"conflict", "refused", "quarantined", "set_aside"})
"""Answered, and not as asked: each waits for a person."""

verdict_words: dict[str, str] = {
    "pending": "在路上",
    "held": "等前一步",
    "applied": "中心已收",
    "duplicate": "中心已收",
    "conflict": "两个说法，等人定",
    "refused": "中心没收",
    "quarantined": "中心读不了",
    "set_aside": "跟着前一步放下了",
}


@dataclass(frozen=True)
class Standing:
    """所处 one journal row as the rules see it; `anew`: what came to nothing before it spoils nothing of its subjects."""

    id: str
    subjects: frozenset[str]
    fact: bool
    state: str
    anew: bool = False


def follow_ups(rows: Iterable[Standing], failed: Collection[str]) -> tuple[str, ...]:
    """跟着放下的 later undecided moves of this device on a subject a failed one wrote; facts never wait.

    `rows` are in journal order. A move set aside carries its own subjects on: what rests on it is set aside too.
    """
    spoiled: set[str] = set()
    aside: list[str] = []
    for row in rows:
        if row.id in failed:
            spoiled |= row.subjects
        elif row.anew:
            spoiled -= row.subjects
        elif spoiled & row.subjects and not row.fact and row.state in undecided:
            spoiled |= row.subjects
            aside.append(row.id)
    return tuple(aside)

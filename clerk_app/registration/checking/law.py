"""规则依据 the law as data: of every rule what it is founded on, how heavy it weighs, what is said, and from when to when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any

from clerk_app.registration.findings import Severity

Plain = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Wording:
    """说法 one way a rule is broken: how heavy, the sentence with places for what was found, and its ground if another."""

    severity: Severity
    message: str
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class Provision:
    """条文 one rule as it is in force from `since` to `until`, both days included; None is without end.

    `cases` are other ways the same rule is broken, by their names; `numbers` are its limits, `lists` its words.
    """

    rule: str
    basis: str
    wording: Wording
    since: date | None = None
    until: date | None = None
    cases: Mapping[str, Wording] = field(default_factory=dict)
    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def in_force(self, on: date) -> bool:
        """Whether it binds on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def worded(self, case: str) -> Wording:
        """How this way of breaking it is told."""
        return self.cases[case] if case else self.wording


@dataclass(frozen=True)
class Law:
    """规则库 all provisions, in the order of the file; of one rule there may be several, one after another in time."""

    version: str
    provisions: tuple[Provision, ...]

    @cached_property
    def last(self) -> Mapping[str, Provision]:
        """The newest provision of each rule, in force or not."""
        return MappingProxyType({one.rule: one for one in self.provisions})

    def on(self, day: date) -> Mapping[str, Provision]:
        """What binds on a day, by rule."""
        return {one.rule: one for one in self.provisions if one.in_force(day)}


def read_law(document: Plain) -> Law:
    """From the file's content; raises KeyError, TypeError or ValueError on one of another shape."""
    return Law(document["version"], tuple(one for row in document["rules"] for one in _in_time(row)))


def _in_time(row: Plain) -> Iterator[Provision]:
    """`earlier` is what the law before said alike, on another ground, to the day before."""
    if "earlier" in row:
        last = date.fromisoformat(row["since"]) - timedelta(days=1)
        yield _provision({**row, "since": None, "until": last.isoformat(), **row["earlier"]})
    yield _provision(row)


def _provision(row: Plain) -> Provision:
    return Provision(
        rule=row["rule"],
        basis=row["basis"],
        wording=Wording(severity=row["severity"], message=row["message"]),
        since=_day(row.get("since")),
        until=_day(row.get("until")),
        cases={name: Wording(**{"severity": row["severity"], **case}) for name, case in row.get("cases", {}).items()},
        numbers={name: Decimal(number) for name, number in row.get("numbers", {}).items()},
        lists={name: tuple(words) for name, words in row.get("lists", {}).items()},
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

"""被检的表 one application as it counts, while it is checked: hidden values are gone, texts are folded, people are indexed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from clerk_app.registration.checking.grounds import Grounds
from clerk_app.registration.checking.presence import Lack, Walk
from clerk_app.registration.document import Document, get, rows_of
from clerk_app.registration.findings import Finding
from clerk_app.registration.reading_values import amount_of, day_of, text_of
from clerk_app.registration.types import form_for, type_of

Row = Mapping[str, Any]
_nobody: Row = {}


class Sheet:
    """被检的表 what a rule sees: `document` holds only what is handed in; whatever is of another shape reads as empty."""

    def __init__(self, application: Document, grounds: Grounds) -> None:
        self.type = type_of(application)
        self.form = form_for(grounds.form, self.type)
        walk = Walk(self.form, application)
        self.document = walk.handed
        self.lacks: Sequence[Lack] = walk.lacks
        self.same_keys = tuple(walk.same_keys())
        self.grounds = grounds
        self._in_force = grounds.law.on(grounds.as_of)
        self._rows: dict[str, list[Row]] = {}

    @property
    def as_of(self) -> date:
        """The day everything is counted on."""
        return self.grounds.as_of

    def get(self, pointer: str) -> Any:
        """The value at a pointer, or None."""
        return get(self.document, pointer)

    def rows(self, place: str) -> list[Row]:
        """The rows of the list at a pointer; a row of another shape reads as empty, and keeps its number."""
        if place not in self._rows:
            found = rows_of(self.get(place))
            self._rows[place] = [row if isinstance(row, Mapping) else _nobody for row in found]
        return self._rows[place]

    def text(self, pointer: str) -> str:
        """The text at a pointer without space around it; empty for nothing, or for what is no text."""
        return text_of(self.get(pointer))

    def day(self, pointer: str) -> date | None:
        """The date at a pointer, if one is readable there."""
        return day_of(self.get(pointer))

    def amount(self, pointer: str) -> Decimal | None:
        """The amount at a pointer, if one is readable there: never NaN, never infinite."""
        return amount_of(self.get(pointer))

    @cached_property
    def people(self) -> Mapping[str, int]:
        """Which row of persons a key names; of two with the same key, the first."""
        found: dict[str, int] = {}
        for number, row in enumerate(self.rows("/persons")):
            key = row.get("key")
            if isinstance(key, str) and key:
                found.setdefault(key, number)
        return found

    def person(self, key: Any) -> Row:
        """The person a role points at; empty when there is none."""
        number = self.people.get(key) if isinstance(key, str) else None
        return _nobody if number is None else self.rows("/persons")[number]

    def called(self, number: int) -> str:
        """The name of a person by his row, or which row it is."""
        return text_of(self.rows("/persons")[number].get("name")) or f"第 {number + 1} 位人员"

    def owner(self, number: int) -> str:
        """The name of a shareholder by his row, or which row it is."""
        row = self.rows("/shareholders")[number]
        name = text_of(self.person(row.get("person")).get("name")) or text_of(row.get("name"))
        return name or f"第 {number + 1} 位股东"

    @property
    def partial(self) -> bool:
        """Whether this type of application asks for only some places: a company that ends."""
        rules = self.form.types.of.get(self.type)
        return rules is not None and bool(rules.asked)

    @cached_property
    def joint_stock(self) -> bool:
        """股份有限公司."""
        return "股份有限公司" in self.text("/company/company_type")

    def holds(self, rule: str) -> bool:
        """Whether the rule is in force on the day."""
        return rule in self._in_force

    def number(self, rule: str, name: str) -> Decimal:
        """A limit of a rule: 50 shareholders, 5 years."""
        return (self._in_force.get(rule) or self.grounds.law.last[rule]).numbers[name]

    def words(self, rule: str, name: str) -> tuple[str, ...]:
        """A list of a rule: the methods of contribution there are."""
        return (self._in_force.get(rule) or self.grounds.law.last[rule]).lists[name]

    def found(self, rule: str, pointer: str, case: str = "", basis: str = "", **words: object) -> Finding:
        """One point, worded by the law; `case` is another way to break the rule, `basis` the field's own ground."""
        provision = self._in_force.get(rule) or self.grounds.law.last[rule]
        worded = provision.worded(case)
        return Finding(
            rule=rule,
            severity=worded.severity,
            pointer=pointer,
            message=worded.message.format_map(words),
            basis=basis or worded.basis or provision.basis,
        )


def ticked(rows: Sequence[Row], name: str) -> int:
    """In how many rows it is ticked."""
    return sum(row.get(name) is True for row in rows)


def unsaid(rows: Sequence[Row], name: str) -> int:
    """In how many rows nobody said yes or no: there it may be either."""
    return sum(not isinstance(row.get(name), bool) for row in rows)


Rule = Callable[[Sheet], Iterator[Finding]]
"""规则 judges one sheet; a rule not in force on the day is dropped by `check`, so a rule need not ask."""

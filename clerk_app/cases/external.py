"""外部系统办件 what another system carries: which ticket, how it ended, that system's number and promised day; nothing else is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal, Protocol

from clerk_app.command import Command, Refusal, UseCase

ExternalOutcome = Literal["taken", "finished", "not_taken", "down"]
external_words: dict[ExternalOutcome, str] = {
    "taken": "已在部门系统收件",
    "finished": "已在部门系统当场办结",
    "not_taken": "没有收",
    "down": "部门系统不通，没有办",
}
LONGEST = 60


@dataclass(frozen=True, kw_only=True)
class ExternalMatter:
    """外部系统办件 the trace of a matter this house has no states of."""

    id: str
    ticket: str
    item: str
    outcome: ExternalOutcome
    other_number: str
    promised_on: date | None
    by: str
    at: datetime
    window: int
    acting_for: str = ""


class ExternalBooks(Protocol):
    """外部系统办件账 the traces by id, by ticket and since a moment."""

    def external_matter(self, key: str) -> ExternalMatter | None:
        """One trace by id."""
        ...

    def put_external_matter(self, row: ExternalMatter) -> None:
        """Write one trace."""
        ...

    def external_matters_since(self, at: datetime) -> tuple[ExternalMatter, ...]:
        """All since this moment, oldest first."""
        ...

    def external_matters_of(self, ticket: str) -> tuple[ExternalMatter, ...]:
        """Those of one ticket, oldest first."""
        ...


@dataclass(frozen=True, kw_only=True)
class RecordExternal(Command):
    """记外部系统办件 it happened there: always recorded."""

    kind: ClassVar[str] = "record_external"
    fact: ClassVar[bool] = True
    matter: str
    ticket: str
    item: str
    outcome: ExternalOutcome
    other_number: str = ""
    promised_on: date | None = None

    @property
    def subjects(self) -> tuple[str, ...]:
        """The trace alone; the ticket goes its own way."""
        return (external_subject(self.matter),)


external_subject = "external:{}".format


def record_external(command: RecordExternal, books: ExternalBooks) -> Refusal | None:
    """Written once; said again, the first stands."""
    if books.external_matter(command.matter) is not None:
        return None
    books.put_external_matter(
        ExternalMatter(
            id=command.matter,
            ticket=command.ticket,
            item=command.item,
            outcome=command.outcome,
            other_number=command.other_number.strip()[:LONGEST],
            promised_on=command.promised_on,
            by=command.actor,
            at=command.at,
            window=command.window,
            acting_for=command.acting_for or "",
        )
    )
    return None


external_use_cases = (UseCase(RecordExternal, record_external, "receive"),)

"""导出留痕 taking the audit out of the machine is itself a fact: what was asked for, how many rows, and the file's digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.oversight.books import OversightBooks


@dataclass(frozen=True, kw_only=True)
class RecordExport(Command):
    """导出审计 from–to, by which filter, how many rows, under which digest; `whole` says whether the centre's rows are in it."""

    kind: ClassVar[str] = "record_export"
    fact: ClassVar[bool] = True
    export: str
    start: date
    end: date
    person: str
    wanted_kind: str
    number: str
    rows: int
    digest: str
    whole: bool

    @property
    def subjects(self) -> tuple[str, ...]:
        """Nothing of a row changes."""
        return (f"export:{self.export}",)


def record_export(command: RecordExport, books: OversightBooks) -> Refusal | None:
    """The journal row alone is the record."""
    return None


export_use_cases = (UseCase(RecordExport, record_export, "card"),)

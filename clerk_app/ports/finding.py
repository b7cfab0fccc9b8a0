"""找件的接口 finding: the window's own cases, and what the centre tells of any case to the person who asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from clerk_app.cases.finding import CaseLine, Lines, StatusLine, Wanted, Worklist
from clerk_app.cases.model import Case
from clerk_app.ports.audit import Signer

LookUpBy = Literal["code", "id"]


class CaseFinder(Protocol):
    """本机的办件 what this machine has. Every method is one transaction."""

    def find(self, wanted: Wanted, limit: int) -> Lines:
        """The newest that fit every word, in the order of lists."""
        ...

    def listed(self, kind: Worklist, persons: Sequence[str], today: date, limit: int) -> Lines:
        """A list of the day; `persons` are those whose cases are mine."""
        ...

    def counts(self, persons: Sequence[str], today: date) -> Mapping[Worklist, int]:
        """How many are on each list."""
        ...

    def exactly(self, by: LookUpBy, number: str) -> tuple[Case, ...]:
        """By a whole query code or number of a person."""
        ...

    def with_token(self, token: str) -> Case | None:
        """By the token a receipt's code carries; None when no case here has it."""
        ...

    def unwritten(self) -> int:
        """How many cases the index does not know yet."""
        ...

    def catch_up(self, limit: int) -> bool:
        """So many of them; whether there are more."""
        ...


@dataclass(frozen=True, kw_only=True)
class WiderLines:
    """中心找到的 of the departments the asker works for."""

    lines: tuple[CaseLine, ...]
    more: bool = False


class FindingCentre(Protocol):
    """中心的办件 asked by the machine and signed by the person. Raises `CentreAway` or `CentreProblem`."""

    def status(self, by: LookUpBy, number: str, who: Signer) -> tuple[StatusLine, ...]:
        """状态行 of any case by its query code or its applicant's number; the centre notes who asked."""
        ...

    def search(self, text: str, limit: int, who: Signer) -> WiderLines:
        """As at the window, over all cases of his departments."""
        ...

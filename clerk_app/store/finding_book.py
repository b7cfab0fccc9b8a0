"""找件账 the window's own cases by words and lists, a transaction each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from clerk_app.cases.finding import Lines, Wanted, Worklist, folded
from clerk_app.cases.model import Case
from clerk_app.ports.finding import LookUpBy
from clerk_app.store import finding
from clerk_app.store.finding import Finder
from clerk_app.store.gate import Gate


class FindingBook:
    """找件账 what `ports.finding.CaseFinder` asks for."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._written = ""

    def find(self, wanted: Wanted, limit: int) -> Lines:
        """找."""
        with self._gate.begin() as connection:
            return Finder(connection, self._gate.hall).find(wanted, limit)

    def listed(self, kind: Worklist, persons: Sequence[str], today: date, limit: int) -> Lines:
        """单子."""
        with self._gate.begin() as connection:
            return Finder(connection, self._gate.hall).listed(kind, persons, today, limit)

    def counts(self, persons: Sequence[str], today: date) -> Mapping[Worklist, int]:
        """各有几件."""
        with self._gate.begin() as connection:
            return Finder(connection, self._gate.hall).counts(persons, today)

    def exactly(self, by: LookUpBy, number: str) -> tuple[Case, ...]:
        """凭查询码或证件号."""
        with self._gate.begin() as connection:
            return Finder(connection, self._gate.hall).exactly(by, folded(number))

    def with_token(self, token: str) -> Case | None:
        """凭回执上的码."""
        with self._gate.begin() as connection:
            return Finder(connection, self._gate.hall).with_token(token)

    def unwritten(self) -> int:
        """还没编进索引的."""
        with self._gate.begin() as connection:
            return finding.unwritten(connection, self._gate.hall)

    def catch_up(self, limit: int) -> bool:
        """补编."""
        with self._gate.begin() as connection:
            self._written = finding.catch_up(connection, self._gate.hall, limit, self._written)
        return bool(self._written)

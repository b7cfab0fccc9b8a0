"""记词 what cases are found by, written in the same transaction as the cases themselves, at both ends."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from clerk_app.cases.finding import id_word, place_of, same_words, words_of
from clerk_app.cases.model import Case
from clerk_app.store.bulk import Rows
from clerk_app.store.tables_finding import case_words, finding_keys


class CaseWords:
    """记词 which cases have to be written down anew, and their rows."""

    def __init__(self, connection: Connection, hall: str) -> None:
        self._connection, self._hall = connection, hall
        self._fresh: dict[str, Case] = {}
        self._key = b""

    def note(self, known: Case | None, case: Case) -> None:
        """A case is about to be written; a move changes no word of it."""
        if known is None or case.id in self._fresh or not same_words(known, case):
            self._fresh[case.id] = case

    def fresh(self) -> Rows:
        """What changed since the last call; whoever asks writes it."""
        rows = self.rows(self._fresh.values())
        self._fresh.clear()
        return Rows(case_words, rows)

    def rows(self, cases: Iterable[Case]) -> list[dict[str, Any]]:
        """A row a case."""
        return [
            {"hall": self._hall, "id": case.id, "place": place_of(case), "words": list(words_of(case, self.hashed))}
            for case in cases
        ]

    def hashed(self, number: str) -> str:
        """The number of a person under this end's own key."""
        self._key = self._key or key_of(self._connection, self._hall)
        return id_word(lambda data: hmac.new(self._key, data, hashlib.sha256).hexdigest()[:32], number)


def key_of(connection: Connection, hall: str) -> bytes:
    """Made when it is first needed; whoever comes first makes it."""
    k = finding_keys
    found = connection.execute(select(k.c.key).where(k.c.hall == hall)).scalar_one_or_none()
    if found is None:
        insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(k)
        connection.execute(insert.on_conflict_do_nothing(), {"hall": hall, "key": secrets.token_bytes(32)})
        found = connection.execute(select(k.c.key).where(k.c.hall == hall)).scalar_one()
    return bytes(found)

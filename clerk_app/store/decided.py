"""已定的 what the centre has decided and the feed has not brought yet: an older page of the same subjects says nothing new.

A page asked for before a move was sent may come after its verdict, and one that came before waits parked until then: both
would take a window back to where it stood before its own move, until the next page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete

from clerk_app.ports import Change
from clerk_app.store import local
from clerk_app.store.among import among

p = local.parked


class Decided:
    """已定的 subjects and the number from which on the feed has them; kept while the program runs (`JournalBook` has its lock)."""

    def __init__(self) -> None:
        self._from: dict[str, int] = {}

    def note(self, connection: Connection, subjects: Iterable[str], seq: int) -> None:
        """These stand decided from `seq` on; what waits parked from before is let go: theirs is on its way."""
        for subject in subjects:
            self._from[subject] = max(seq, self._from.get(subject, 0))
        older = delete(p).where(among(p.c.subject, "subjects"), p.c.seq > 0, p.c.seq < seq)
        connection.execute(older, {"subjects": sorted(subjects)})

    def newer(self, changes: Sequence[Change]) -> list[Change]:
        """Those of a page that are not older than what was decided. A row told beside the feed (seq 0) is as new as can be."""
        if not self._from:
            return list(changes)
        found = [change for change in changes if not 0 < change.seq < self._from.get(change.subject, 0)]
        for change in found:
            self._from.pop(change.subject, None)
        return found

    def forget(self) -> None:
        """A snapshot is the whole truth, in numbers of its own."""
        self._from.clear()

"""本机账 the books at a window, where a move the centre refused has left its row: to a seal it has not happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, select

from clerk_app.sealing.model import SealEvent, SealEventKind
from clerk_app.store import local
from clerk_app.store.among import among
from clerk_app.store.books import SqlBooks
from clerk_app.sync.verdicts import not_done

_MOVES: frozenset[SealEventKind] = frozenset({"handover", "resume_asked", "resume", "destroy"})
"""The others are facts: a stop the centre cannot read is a stop all the same."""
_v = local.verdicts
_failed = select(_v.c.id).where(among(_v.c.id, "ids"), _v.c.state.in_(bindparam("states", expanding=True)))


class LocalBooks(SqlBooks):
    """本机账 the register still shows such a row, with what the centre said of it; who asks how a seal stands is not told it."""

    def seal_events_of(self, seal: str) -> tuple[SealEvent, ...]:
        """中心收了的变动."""
        return self._happened(super().seal_events_of(seal))

    def version_at(self, moment: datetime) -> str:
        """那时用的哪一版: only the centre knows when each version came."""
        return ""

    def seal_events_since(self, at: datetime) -> tuple[SealEvent, ...]:
        """中心收了的变动, of all seals."""
        return self._happened(super().seal_events_since(at))

    def _happened(self, events: Iterable[SealEvent]) -> tuple[SealEvent, ...]:
        """A row of a seal's book bears the id of its act."""
        events = tuple(events)
        moves = [event.id for event in events if event.kind in _MOVES]
        if not moves:
            return events
        asked = {"ids": moves, "states": sorted(not_done)}
        failed = set(self.cabinet.connection.execute(_failed, asked).scalars())
        return tuple(event for event in events if event.id not in failed)

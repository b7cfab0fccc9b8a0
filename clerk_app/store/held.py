"""占用簿 whose the subjects of one unit of work are: looked up beside the rest, kept in memory, written with the rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from clerk_app.store import tables
from clerk_app.store.among import among
from clerk_app.store.bulk import Rows
from clerk_app.store.gathering import Look, Row, look_together

HELD_WORDS = ("ticket", "case", "bill")
_h = tables.holds.c
_holders = select(_h.subject, _h.device, _h.fence, _h.until).where(
    tables.holds.c.hall == bindparam("hall"), among(tables.holds.c.subject, "subjects")
)


class Hold(NamedTuple):
    """占用 whose a subject is (empty: given back), under which fence, and until when."""

    device: str | None = None
    fence: int = 0
    until: datetime | None = None


class Holds:
    """占用簿 the holds of the subjects asked for, and which of them changed; what else changed is told here too."""

    def __init__(self, connection: Connection, hall: str) -> None:
        self.connection = connection
        self.hall = hall
        self._touched: dict[str, None] = {}
        self._holds: dict[str, Hold] = {}
        self._held: dict[str, None] = {}
        self._ended: list[tuple[str, Hold]] = []

    def load_holds(self, subjects: Iterable[str]) -> None:
        """Many holds in one statement."""
        look_together(self.connection, self.look_at_holds(subjects))

    def look_at_holds(self, subjects: Iterable[str]) -> list[Look]:
        """Nothing else is ever held: it has no hold without being asked for."""
        fresh = [subject for subject in subjects if subject not in self._holds]
        self._holds.update(dict.fromkeys(fresh, Hold()))
        held = [subject for subject in fresh if subject.split(":", 1)[0] in HELD_WORDS]
        return [Look(_holders, {"hall": self.hall, "subjects": held}, self._take_holds)] if held else []

    def _take_holds(self, rows: Iterable[Row]) -> None:
        self._holds.update({row["subject"]: Hold(row["device"], row["fence"], row["until"]) for row in rows})

    def holder(self, subject: str) -> str | None:
        """The device that has the hold."""
        return self.hold_of(subject).device

    def hold_of(self, subject: str) -> Hold:
        """The hold as it stands, with its fence and its end."""
        if subject not in self._holds:
            self.load_holds([subject])
        return self._holds[subject]

    def hold(self, subject: str, device: str, fence: int | None = None, until: datetime | None = None) -> None:
        """Give the hold; without a new fence it stays the same one, and a longer `until` alone is no news to others."""
        known = self.hold_of(subject)
        given = Hold(device, known.fence if fence is None else fence, until)
        if known.device and given.device != known.device:
            self._ended.append((subject, known))
        if given != known:
            self._holds[subject] = given
            self._held[subject] = None
        if given[:2] != known[:2]:
            self._touched[subject] = None

    def ended(self) -> tuple[tuple[str, Hold], ...]:
        """Holds that ended since the last call, as they were."""
        found = tuple(self._ended)
        self._ended.clear()
        return found

    def given_holds(self) -> Rows:
        """What changed since the last call; whoever asks writes it."""
        rows = [{"hall": self.hall, "subject": s, **self._holds[s]._asdict()} for s in self._held]
        self._held.clear()
        return Rows(tables.holds, rows)

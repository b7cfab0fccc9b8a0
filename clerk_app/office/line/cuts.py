"""断线 every cut is a record of its own: from when to when, at this window, and how much was done meanwhile.

An open cut stands in the store and survives a restart; it is recorded when the line is back and somebody is signed in.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from clerk_app.office.office import Done, Office
from clerk_app.oversight.days import RecordCut

CUTS, LAST_CUT = "cuts", "last_cut"
SHORTEST = timedelta(seconds=30)
"""A shorter one in which nothing was done was no cut to anybody."""


@dataclass(frozen=True)
class CutSpan:
    """一次断线 its acts are the journal's places `first` to `last` of this file; `end` is empty while it lasts."""

    id: str
    start: str
    first: int
    end: str = ""
    last: int = 0

    @property
    def since(self) -> datetime:
        """From when."""
        return datetime.fromisoformat(self.start)

    @property
    def until(self) -> datetime | None:
        """To when."""
        return datetime.fromisoformat(self.end) if self.end else None

    @property
    def acts(self) -> int:
        """How many."""
        return max(0, self.last - self.first + 1)


class CutBook:
    """断线簿 used by the line's thread; `open_cut` may be asked from anywhere."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def _read(self) -> list[CutSpan]:
        return [CutSpan(**row) for row in json.loads(self._office.parts.vault.keep.meta(CUTS) or "[]")]

    def _write(self, cuts: list[CutSpan]) -> None:
        self._office.parts.vault.keep.put_meta(CUTS, json.dumps([asdict(cut) for cut in cuts]))

    @property
    def open_cut(self) -> CutSpan | None:
        """The one that lasts."""
        return next((cut for cut in self._read() if not cut.end), None)

    def begin(self) -> CutSpan:
        """The line is gone; said again, the first time counts."""
        cuts = self._read()
        lasting = next((cut for cut in cuts if not cut.end), None)
        if lasting is None:
            parts = self._office.parts
            start = parts.clock.now().isoformat()
            lasting = CutSpan(parts.new_id(), start, parts.vault.history.last_seq() + 1)
            self._write([*cuts, lasting])
        return lasting

    def end(self) -> CutSpan | None:
        """The line is back; answers the cut that was worth the name."""
        lasting = self.open_cut
        if lasting is None:
            return None
        parts = self._office.parts
        now = parts.clock.now()
        over = replace(lasting, end=now.isoformat(), last=parts.vault.history.last_seq())
        others = [cut for cut in self._read() if cut.id != lasting.id]
        if over.acts == 0 and now - over.since < SHORTEST:
            self._write(others)
            return None
        self._write([*others, over])
        parts.vault.keep.put_meta(LAST_CUT, json.dumps(asdict(over)))
        return over

    def record(self) -> int:
        """Facts for the cuts that are over, as soon as somebody is signed in; answers how many were recorded."""
        if self._office.session is None:
            return 0
        done = 0
        for cut in [cut for cut in self._read() if cut.end]:
            fields = self._office.stamp().fields(self._office.parts.new_id)
            end = cut.until or cut.since
            command = RecordCut(**fields, cut=cut.id, start=cut.since, end=end, acts=cut.acts)
            if not isinstance(self._office.do(command), Done):
                break
            self._write([other for other in self._read() if other.id != cut.id])
            done += 1
        return done


def last_cut(office: Office) -> CutSpan | None:
    """The newest cut that is over."""
    kept = office.parts.vault.keep.meta(LAST_CUT)
    return CutSpan(**json.loads(kept)) if kept else None

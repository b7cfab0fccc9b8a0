"""分批 where a batch ends, and which two may be on their way at once. Pure.

Two batches of one journal may be at the centre together when they share no subject: whatever becomes of the first, the
second means the same. So a batch is ended where what it speaks of is over, if there is such a place in its second half.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from clerk_app.ports import Sent

BATCH_BYTES = 1 << 20


def apart(one: Sequence[Sent], other: Sequence[Sent]) -> bool:
    """Nothing the one writes is written by the other, and neither holds anything that needs care."""
    plain = not any(sent.aside or sent.bare or sent.tries for sent in (*one, *other))
    return plain and _subjects(one).isdisjoint(_subjects(other))


def _subjects(batch: Sequence[Sent]) -> set[str]:
    return {subject for sent in batch for subject in sent.subjects}


def cut(rows: Sequence[Sent], limit: int) -> int:
    """How many of the first rows make a batch: at most `limit` and a mebibyte, at least one, and a quiet end if there is one."""
    most = _fitting(rows, limit)
    if most == len(rows):
        return most
    last = {subject: place for place, sent in enumerate(rows) for subject in sent.subjects}
    quiet, reach = most, -1
    for count, sent in enumerate(rows[:most], start=1):
        reach = max([reach, *(last[subject] for subject in sent.subjects)])
        if reach < count and 2 * count >= most:
            quiet = count
    return quiet


def _fitting(rows: Sequence[Sent], limit: int) -> int:
    room = BATCH_BYTES
    for count, sent in enumerate(rows[:limit]):
        room -= len(sent.envelope)
        if count and room < 0:
            return count
    return min(limit, len(rows))


@dataclass
class ReadAhead:
    """预读 due rows in journal order, a batch further than the one that is taken: its end is chosen by what follows it."""

    read: Callable[[int], Sequence[Sent]]
    rows: list[Sent] = field(default_factory=list)

    def take(self, limit: int, after: int) -> tuple[Sent, ...]:
        """The next batch behind that row, half as large for each time its first command stayed without an answer; empty
        when nothing is due.
        """
        while len(self.rows) < 2 * limit and sum(len(sent.envelope) for sent in self.rows) < 2 * BATCH_BYTES:
            more = self.read(self.rows[-1].seq if self.rows else after)
            if not more:
                break
            self.rows += more
        count = cut(self.rows, max(1, limit >> self.rows[0].tries)) if self.rows else 0
        batch, self.rows = tuple(self.rows[:count]), self.rows[count:]
        return batch

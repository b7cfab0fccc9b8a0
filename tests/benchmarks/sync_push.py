"""sync-push: a queue of 10,000 commands from a real store to a real centre, acknowledged and present.

The floor is the same rows by multi-row INSERTs straight into the same PostgreSQL, one commit a hundred commands.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from clerk_app.ports import Centre, Sent, Verdict
from clerk_app.sync.rounds import push
from tests.benchmarks.backlog import backlog
from tests.benchmarks.bare_inserts import bare_inserts
from tests.benchmarks.real_centre import RealCentre, real_centre
from tests.benchmarks.registry import Row, benchmark, p99

COMMANDS = 10_000
LEAST, TAIL = 0.4, 4.0
LEAST_BYTES, MOST_BYTES = 1_700, 2_600
"""About two kilobytes a command, on average."""


@benchmark("sync-push")
def sync_push() -> Sequence[Row]:
    with real_centre() as centre:
        return measure(centre, COMMANDS)


def measure(centre: RealCentre, commands: int, name: str = "window") -> list[Row]:
    """Commands a second beside the floor's, and the slowest answers beside the usual one."""
    window = centre.window(name).open().sign_in()
    try:
        made = backlog(window.office, commands)
        watch = Watched(window.office.parts.centre)
        begun = time.perf_counter()
        push(window.office.parts.vault, watch, time.time())
        took = time.perf_counter() - begun
        assert window.tally() == {"applied": made}, window.tally()
        centre.kept_whole(window.device, made)
    finally:
        window.close()
    floor = min(bare_inserts(centre.postgres, f"bare_{turn}") for turn in range(2))
    tail, usual = p99(watch.waits), statistics.median(watch.waits)
    return [
        Row(name="sync-push", value=made / took, unit="a second", floor=made / floor, least=LEAST, of_ratio=True),
        Row(name="sync-push-tail", value=tail, unit="ms", floor=usual, most=TAIL, of_ratio=True),
    ]


@dataclass
class Watched:
    """The line, with how long each answer took, in milliseconds."""

    centre: Centre
    waits: list[float] = field(default_factory=list)

    def push(self, batch: Sequence[Sent]) -> tuple[Verdict, ...]:
        begun = time.perf_counter()
        verdicts = self.centre.push(batch)
        self.waits.append((time.perf_counter() - begun) * 1000)
        return verdicts

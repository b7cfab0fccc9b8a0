"""A centre as it stands in a hall: its own processes over a PostgreSQL that waits for its disk, and windows that enrol there."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.centres import CentreProcess, prepare
from tests.faults.postgres import Postgres
from tests.faults.windows import Window


@dataclass(frozen=True)
class RealCentre:
    """`urls`: one door a process, all over the same database."""

    postgres: Postgres
    processes: Sequence[CentreProcess]
    folder: Path

    @property
    def urls(self) -> tuple[str, ...]:
        return tuple(process.url for process in self.processes)

    def window(self, name: str = "window") -> Window:
        """Window 2, enrolled; not signed in."""
        return Window(self.folder / name, self.urls[0])

    def count(self, table: str, condition: str = "TRUE") -> int:
        ((found,),) = self.postgres.sql(f"SELECT count(*) FROM {table} WHERE {condition}")
        return int(found)

    def kept_whole(self, device: str, commands: int) -> dict[str, Any]:
        """What PostgreSQL has of a device's journal; raises when it is not all there, once, in one chain to one head."""
        ((rows, last, seq),) = self.postgres.sql(
            "SELECT count(*), max(e.device_seq), max(d.last_seq) FROM envelopes e JOIN devices d ON d.id = e.device "
            f"WHERE e.device = '{device}' AND e.state = 'applied'"
        )
        assert (rows, last, seq) == (commands, commands, commands), (rows, last, seq, commands)
        return {"rows": rows}


@contextmanager
def real_centre(processes: int = 1) -> Iterator[RealCentre]:
    """fsync is on; gone at the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="clerk-benchmark-")))
        postgres = Postgres().start()
        stack.callback(postgres.close)
        prepare(postgres.url())
        centres = [CentreProcess(postgres.url(), folder / f"centre-{n}.log") for n in range(processes)]
        for centre in centres:
            centre.start()
            stack.callback(centre.kill)
        yield RealCentre(postgres, centres, folder)

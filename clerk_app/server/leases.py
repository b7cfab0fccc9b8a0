"""租约 which windows are open, and which of them are silent: by the moments the database itself wrote down.

A window is silent when the newest lease it said it has got is older than the hall allows: what it was given and did not
hear of does not count. One machine of a window that is silent makes the window silent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Float, bindparam, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from clerk_app.server.tables import devices, window_beats
from clerk_app.store.gathering import Look, Row, look_together

SHIFT = 43_200.0
"""Seconds after which a machine that said it is open and was never heard again counts as one that went home."""
SKEW = 1.0


class DatabaseNow(FunctionElement[float]):
    """此刻 the database's own clock in seconds: many processes of the centre, one clock."""

    type = Float()
    inherit_cache = True
    name = "database_now"


@compiles(DatabaseNow, "postgresql")
def _now_in_postgresql(_element: DatabaseNow, _compiler: SQLCompiler, **_more: Any) -> str:
    return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS double precision)"


@compiles(DatabaseNow, "sqlite")
def _now_in_sqlite(_element: DatabaseNow, _compiler: SQLCompiler, **_more: Any) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


_b, _d = window_beats.c, devices.c
_open = (
    select(_b.device, _b.window, _b.lease, DatabaseNow().label("now"))
    .join(devices, (_d.hall == _b.hall) & (_d.id == _b.device))
    .where(
        _b.hall == bindparam("hall"),
        _b.open.is_(True),
        _d.revoked.is_(False),
        _b.told > DatabaseNow() - SHIFT,
    )
)


@dataclass(frozen=True)
class Line:
    """在线 the open windows, and of the silent ones the machines that are not heard of."""

    open: frozenset[int] = frozenset()
    silent: Mapping[int, frozenset[str]] = field(default_factory=dict)
    since: Mapping[int, float] = field(default_factory=dict)
    """Of each silent window the oldest lease it said it has got; 0 while it brings in what it did in a cut."""
    heard: frozenset[str] = frozenset()
    at: Mapping[str, int] = field(default_factory=dict)
    """At which window each machine says it is."""

    def withheld(self, window: int, device: str) -> frozenset[int]:
        """Whose share this machine of this window may not be given; its own, while another machine of it is silent."""
        return frozenset(n for n, machines in self.silent.items() if n != window or machines - {device})

    def away(self, device: str) -> bool:
        """Whether a machine said that it is there, and is not heard of any more."""
        return device in self.at and device not in self.heard


def line_of(rows: Iterable[Row], patience: float) -> Line:
    """`patience`: seconds after which a lease is too old."""
    open_: set[int] = set()
    silent: defaultdict[int, set[str]] = defaultdict(set)
    since: dict[int, float] = {}
    heard: set[str] = set()
    at: dict[str, int] = {}
    for row in rows:
        open_.add(row["window"])
        at[row["device"]] = row["window"]
        if -SKEW <= row["now"] - row["lease"] <= patience:
            heard.add(row["device"])
        else:
            silent[row["window"]].add(row["device"])
            since[row["window"]] = min(row["lease"], since.get(row["window"], row["lease"]))
    machines = {window: frozenset(found) for window, found in silent.items()}
    return Line(frozenset(open_), machines, since, frozenset(heard), at)


class LineLook:
    """问在线 asked beside other questions; `line` is there when they were answered."""

    def __init__(self, hall: str, patience: float) -> None:
        self.look = Look(_open, {"hall": hall}, self._take)
        self._patience = patience
        self.line = Line()

    def _take(self, rows: list[Row]) -> None:
        self.line = line_of(rows, self._patience)


def read_line(connection: Connection, hall: str, patience: float) -> Line:
    """在线 by itself."""
    asked = LineLook(hall, patience)
    look_together(connection, [asked.look])
    return asked.line

"""用号 the serials spent in one unit of work: looked up in few statements, kept in memory, written with the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, select

from clerk_app.store import tables
from clerk_app.store.among import among
from clerk_app.store.bulk import Rows
from clerk_app.store.gathering import Look, Row

_b, _u = tables.number_blocks, tables.numbers_used
_block = (_b.c.id, _b.c.kind, _b.c.device, _b.c.first, _b.c.last)
_one = (
    select(*_block, _u.c.serial)
    .outerjoin(_u, and_(_u.c.hall == _b.c.hall, _u.c.kind == _b.c.kind, _u.c.serial == bindparam("serial")))
    .where(_b.c.hall == bindparam("hall"), _b.c.id == bindparam("block"))
)
_many = (
    select(*_block, _u.c.serial)
    .outerjoin(_u, and_(_u.c.hall == _b.c.hall, _u.c.kind == _b.c.kind, among(_u.c.serial, "serials")))
    .where(_b.c.hall == bindparam("hall"), among(_b.c.id, "blocks"))
)
_possible = range(1, 1 << 31)


class Block(NamedTuple):
    """号段 as it was given: whose, of what, from where to where."""

    id: str
    kind: str
    device: str
    first: int
    last: int


class SpentNumbers:
    """用号 what is spent stands here until it is written with the rest; the primary key is the last line."""

    def __init__(self, connection: Connection, hall: str) -> None:
        self._connection = connection
        self._hall = hall
        self._blocks: dict[str, Block | None] = {}
        self._used: dict[tuple[str, int], bool] = {}
        self._fresh: list[dict[str, Any]] = []

    def looks(self, wanted: Iterable[tuple[str, int]]) -> list[Look]:
        """Many (block, serial), to be asked beside others."""
        pairs = {pair for pair in wanted if pair[1] in _possible}
        if not pairs:
            return []
        blocks, serials = sorted({block for block, _ in pairs}), sorted({serial for _, serial in pairs})
        asked = {"hall": self._hall, "blocks": blocks, "serials": serials}
        return [Look(_many, asked, lambda rows: self._take(pairs, rows))]

    def _take(self, pairs: Collection[tuple[str, int]], rows: Iterable[Row]) -> None:
        """A row a block, or one for each of its kind's serials that is spent."""
        self._blocks.update(dict.fromkeys(block for block, _ in pairs))
        spent: set[tuple[str, int]] = set()
        for row in rows:
            self._blocks[row["id"]] = Block(*(row[name] for name in Block._fields))
            if row["serial"] is not None:
                spent.add((row["kind"], row["serial"]))
        numbers = {(found.kind, serial) for block, serial in pairs if (found := self._blocks[block]) is not None}
        self._used.update({number: number in spent for number in numbers})

    def block(self, block: str, serial: int) -> Block | None:
        """The block this serial is said to come from, if the centre gave one."""
        if serial not in _possible:
            return None
        if block not in self._blocks or ((kept := self._blocks[block]) and (kept.kind, serial) not in self._used):
            self._look_up_one(block, serial)
        return self._blocks[block]

    def _look_up_one(self, block: str, serial: int) -> None:
        row = self._connection.execute(_one, {"hall": self._hall, "block": block, "serial": serial}).one_or_none()
        self._blocks[block] = None if row is None else Block(*row[:5])
        if row is not None:
            self._used[row.kind, serial] = row.serial is not None

    def spend(self, kind: str, serial: int, command: str) -> bool:
        """False when it is spent already."""
        if self._used[kind, serial]:
            return False
        self._used[kind, serial] = True
        self._fresh.append({"hall": self._hall, "kind": kind, "serial": serial, "command": command})
        return True

    def fresh(self) -> Rows:
        """What was spent since the last call; whoever asks writes it."""
        rows, self._fresh = self._fresh, []
        return Rows(_u, rows, replace=False)

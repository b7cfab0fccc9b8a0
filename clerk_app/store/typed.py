"""键入账 the places of a form as they are typed; a row each, replaced with every keystroke, gone with the saving."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from clerk_app.registration.unsaved import TypedPlace
from clerk_app.store import local
from clerk_app.store.cabinet import upsert
from clerk_app.store.gate import Gate

# Built once: building a statement costs more than running it.
_t = local.typed
_rows = select(_t.c.pointer, _t.c.value, _t.c.before).where(_t.c.case == bindparam("of")).order_by(_t.c.pointer)
_one = delete(_t).where(_t.c.case == bindparam("of"), _t.c.pointer == bindparam("where"))
_all = delete(_t).where(_t.c.case == bindparam("of"))


class TypedBook:
    """键入账 what `ports.typed.TypedStore` asks for."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def keep(self, case: str, places: Sequence[TypedPlace], gone: Sequence[str], at: datetime) -> None:
        """记下键入."""
        rows = [
            {"case": case, "pointer": one.pointer, "value": _text(one.value), "before": _text(one.before), "at": at}
            for one in places
        ]
        with self._gate.begin() as connection:
            if gone:
                connection.execute(_one, [{"of": case, "where": pointer} for pointer in gone])
            if rows:
                upsert(connection, _t, rows)

    def left(self, case: str) -> tuple[TypedPlace, ...]:
        """没存完的."""
        with self._gate.begin() as connection:
            rows = connection.execute(_rows, {"of": case}).all()
        return tuple(
            TypedPlace(pointer=row.pointer, value=json.loads(row.value), before=json.loads(row.before)) for row in rows
        )

    def forget(self, case: str) -> None:
        """存完了."""
        with self._gate.begin() as connection:
            connection.execute(_all, {"of": case})


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

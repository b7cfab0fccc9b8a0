"""名称库抄本 the copy of the centre's register of names: taken by pages, each with its place in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, delete, select

from clerk_app.ports.names import NameCopy, NamePage, NameRow
from clerk_app.registration.findings import RegisteredName
from clerk_app.registration.naming import NameParts, keys_of
from clerk_app.store import local
from clerk_app.store.among import among
from clerk_app.store.bulk import insert_rows
from clerk_app.store.cabinet import upsert
from clerk_app.store.gate import Gate
from clerk_app.store.tables_registration import companies

COPY = "name-copy"
_n, _k, _c = local.known_names, local.known_name_keys, companies

# Built once: building a statement costs more than running it.
_named = (_n.c.name, _n.c.trade_name, _n.c.industry_term, _n.c.authority_code, _n.c.until, _n.c.uscc, _n.c.number)
_met = select(*_named).where(_n.c.id.in_(select(_k.c.id).where(among(_k.c.key, "keys")))).order_by(_n.c.name)
_no_keys = delete(_k).where(among(_k.c.id, "ids"))
_no_names = delete(_n).where(among(_n.c.id, "ids"))
_filed = select(_c.c.name, _c.c.trade_name, _c.c.industry_term, _c.c.authority_code, _c.c.id.label("uscc")).where(
    _c.c.hall == bindparam("of"), _c.c.standing == "active", among(_c.c.trade_name, "trade_names")
)


class NameBook:
    """名称库抄本 what `ports.names.KnownNames` asks for."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    @property
    def copy(self) -> NameCopy:
        """抄到哪."""
        with self._gate.begin() as connection:
            return _copy(connection)

    def begin(self, epoch: str) -> None:
        """从头抄."""
        with self._gate.begin() as connection:
            connection.execute(delete(_k))
            connection.execute(delete(_n))
            _keep(connection, NameCopy(epoch=epoch))

    def take(self, page: NamePage, *, whole: bool) -> None:
        """抄一页. How names are read is looked up before the file is taken: somebody may be typing."""
        keys = [{"key": key, "id": one.id} for one in page.names if one.standing != "ended" for key in keys_of(one)]
        with self._gate.begin() as connection:
            copy = _copy(connection)
            _put(connection, page.names, keys)
            _keep(
                connection,
                NameCopy(
                    epoch=page.epoch,
                    seq=page.names[-1].seq if page.names else copy.seq,
                    as_of=page.as_of if whole else copy.as_of,
                    whole=whole or copy.whole,
                ),
            )

    def met(self, wanted: Sequence[NameParts]) -> tuple[RegisteredName, ...]:
        """碰上的; a company filed here may not be in the copy yet."""
        keys = sorted({key for one in wanted for key in keys_of(one)})
        trade_names = sorted({one.trade_name for one in wanted})
        with self._gate.begin() as connection:
            copied = connection.execute(_met, {"keys": keys}).mappings().all()
            filed = connection.execute(_filed, {"of": self._gate.hall, "trade_names": trade_names}).mappings().all()
        known = {row["uscc"] for row in copied}
        return tuple(RegisteredName(**row) for row in (*copied, *(row for row in filed if row["uscc"] not in known)))


def _copy(connection: Connection) -> NameCopy:
    text = connection.execute(select(local.meta.c.value).where(local.meta.c.key == COPY)).scalar_one_or_none()
    row = json.loads(text) if text else {}
    day = row.get("as_of")
    return NameCopy(**{**row, "as_of": date.fromisoformat(day) if day else None})


def _keep(connection: Connection, copy: NameCopy) -> None:
    row = {**vars(copy), "as_of": copy.as_of.isoformat() if copy.as_of else None}
    upsert(connection, local.meta, [{"key": COPY, "value": json.dumps(row)}])


def _put(connection: Connection, names: Sequence[NameRow], keys: Sequence[Mapping[str, str]]) -> None:
    """Those that changed, and their keys; an ended one goes."""
    connection.execute(_no_keys, {"ids": [one.id for one in names]})
    connection.execute(_no_names, {"ids": [one.id for one in names if one.standing == "ended"]})
    kept = [one for one in names if one.standing != "ended"]
    if kept:
        upsert(connection, _n, [{column.name: getattr(one, column.name) for column in _n.c} for one in kept])
        insert_rows(connection, _k, keys)

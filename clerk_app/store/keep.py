"""杂项柜 small values, hall documents, number blocks, credentials, granted holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import islice
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, or_, select

from clerk_app.ports import Credential, Document, Draw, HoldGrant, NumberBlock
from clerk_app.sealing.gaps import GivenBlock
from clerk_app.store import local, tables
from clerk_app.store.cabinet import upsert
from clerk_app.store.gate import Gate, Remembered
from clerk_app.sync.verdicts import not_done

# Built once: building a statement costs more than running it.
_b, _u = tables.number_blocks, tables.numbers_used
_highest = (
    select(func.max(_u.c.serial))
    .where(_u.c.hall == _b.c.hall, _u.c.kind == _b.c.kind, _u.c.serial.between(_b.c.first, _b.c.last))
    .scalar_subquery()
)
_blocks = (
    select(_b.c.id, _b.c.last, func.coalesce(_highest + 1, _b.c.first).label("unspent"))
    .where(
        _b.c.hall == bindparam("hall"),
        _b.c.device == bindparam("device"),
        _b.c.kind == bindparam("kind"),
        _b.c.returned_from.is_(None),
    )
    .order_by(_b.c.first)
)
_mine = and_(_u.c.hall == _b.c.hall, _u.c.kind == _b.c.kind, _u.c.serial.between(_b.c.first, _b.c.last))
_given = (
    select(_b, _u.c.serial, local.verdicts.c.state)
    .outerjoin(_u, _mine)
    .outerjoin(local.verdicts, local.verdicts.c.id == _u.c.command)
    .where(_b.c.hall == bindparam("hall"), _b.c.device == bindparam("device"))
    .where(or_(_b.c.kind.startswith("doc_no:"), _b.c.kind.startswith("paper_no:")))
    .order_by(_b.c.kind, _b.c.first, _u.c.serial)
)


_small = select(local.meta.c.value).where(local.meta.c.key == bindparam("key"))


class KeepBook:
    """杂项柜 what `ports.Keep` asks for."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._known = Remembered[str | None](gate)

    def meta(self, key: str) -> str | None:
        """小值."""
        return self._known.get(key, lambda connection: connection.execute(_small, {"key": key}).scalar_one_or_none())

    def put_meta(self, key: str, value: str) -> None:
        """写小值. Device and hall take effect for this open file at once."""
        with self._gate.begin() as connection:
            upsert(connection, local.meta, [{"key": key, "value": value}])
        if key in ("device", "hall"):
            setattr(self._gate, key, value)

    def hall_document(self, version: str) -> Mapping[str, Any] | None:
        """大厅文件."""
        h = tables.hall_versions
        with self._gate.begin() as connection:
            text = connection.execute(select(h.c.document).where(h.c.version == version)).scalar_one_or_none()
        return None if text is None else json.loads(text)

    def note_hall_document(self, version: str, document: Mapping[str, Any]) -> None:
        """存另一天的大厅文件."""
        row = {"hall": document["hall"]["id"], "version": version, "document": json.dumps(document, ensure_ascii=False)}
        with self._gate.begin() as connection:
            upsert(connection, tables.hall_versions, [row])

    def put_hall_document(self, version: str, document: Mapping[str, Any]) -> None:
        """存大厅文件."""
        row = {"hall": document["hall"]["id"], "version": version, "document": json.dumps(document, ensure_ascii=False)}
        with self._gate.begin() as connection:
            upsert(connection, tables.hall_versions, [row])
            upsert(connection, local.meta, [{"key": "hall_version", "value": version}])

    def add_block(self, block: NumberBlock) -> None:
        """领到号段."""
        row = {"hall": self._gate.hall, "device": self._gate.device, "id": block.id, "kind": block.kind}
        with self._gate.begin() as connection:
            upsert(connection, tables.number_blocks, [{**row, "first": block.first, "last": block.last}])

    def note_block(self, device: str, block: NumberBlock) -> None:
        """记下别人的号段."""
        row = {"hall": self._gate.hall, "device": device, "id": block.id, "kind": block.kind}
        with self._gate.begin() as connection:
            upsert(connection, tables.number_blocks, [{**row, "first": block.first, "last": block.last}])

    def next_serial(self, kind: str) -> Draw | None:
        """下一个号: the smallest serial of the oldest block not spent yet."""
        return next(iter(self.next_serials(kind, 1)), None)

    def next_serials(self, kind: str, count: int) -> tuple[Draw, ...]:
        """往下几个号: as many as there are, at most so many."""
        wanted = {"hall": self._gate.hall, "device": self._gate.device, "kind": kind}
        with self._gate.begin() as connection:
            rows = connection.execute(_blocks, wanted).all()
        open_ = [row for row in rows if row.unspent <= row.last]
        left = sum(row.last - row.unspent + 1 for row in open_)
        free = ((row.id, serial) for row in open_ for serial in range(row.unspent, row.last + 1))
        return tuple(Draw(key, serial, left - 1 - n) for n, (key, serial) in enumerate(islice(free, count)))

    def given_blocks(self) -> tuple[GivenBlock, ...]:
        """本机的文号号段: a serial of an act the centre did not take was drawn and never used."""
        with self._gate.begin() as connection:
            rows = connection.execute(_given, {"hall": self._gate.hall, "device": self._gate.device}).all()
        found: dict[str, GivenBlock] = {}
        for row in rows:
            known = found.get(row.id) or GivenBlock(
                id=row.id,
                kind=row.kind,
                first=row.first,
                last=row.last,
                returned_from=row.returned_from,
                lost=row.returned_from is not None and not row.returned_by,
            )
            if row.serial is not None:
                known = known.with_serial(row.serial, done=row.state not in not_done)
            found[row.id] = known
        return tuple(found.values())

    def credential(self, person: str) -> Credential | None:
        """登录凭据."""
        c = local.credentials
        with self._gate.begin() as connection:
            row = connection.execute(select(c).where(c.c.person == person)).mappings().one_or_none()
        return None if row is None else Credential(**row)

    def put_credential(self, credential: Credential) -> None:
        """写登录凭据."""
        with self._gate.begin() as connection:
            upsert(connection, local.credentials, [dict(vars(credential))])

    def forget_credential(self, person: str) -> None:
        """作废登录凭据."""
        c = local.credentials
        with self._gate.begin() as connection:
            connection.execute(delete(c).where(c.c.person == person))

    def document(self, digest: str) -> Document | None:
        """成文."""
        d = local.documents
        with self._gate.begin() as connection:
            row = connection.execute(select(d).where(d.c.digest == digest)).mappings().one_or_none()
        return None if row is None else Document(**{**row, "sealed": bool(row["sealed"])})

    def grant_hold(self, subject: str, grant: HoldGrant) -> None:
        """中心给的占用."""
        held = {"device": self._gate.device, "fence": grant.fence, "until": grant.until}
        code = {"subject": subject, "fence": grant.fence, "code": grant.release_code}
        with self._gate.begin() as connection:
            upsert(connection, tables.holds, [{"hall": self._gate.hall, "subject": subject, **held}])
            upsert(connection, local.release_codes, [code])

    def release_code(self, subject: str, fence: int) -> str:
        """交接码."""
        c = local.release_codes
        query = select(c.c.code).where(c.c.subject == subject, c.c.fence == fence)
        with self._gate.begin() as connection:
            return connection.execute(query).scalar_one_or_none() or ""

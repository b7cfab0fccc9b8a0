"""用印账 the register of seal uses."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, func, select, update

from clerk_app.sealing.model import CaseDocument, GapNote, SealUse
from clerk_app.store import tables
from clerk_app.store.among import among
from clerk_app.store.cabinet import Question
from clerk_app.store.custody import CustodyRows
from clerk_app.store.tables_documents import case_documents, gap_notes

_s = tables.seal_uses
_since = (
    select(_s)
    .where(_s.c.hall == bindparam("hall"), _s.c.at >= bindparam("since", type_=_s.c.at.type))
    .order_by(_s.c.at, _s.c.id)
)
_of_case = (
    select(case_documents)
    .where(case_documents.c.hall == bindparam("hall"), among(case_documents.c.case, "keys"))
    .order_by(case_documents.c.at, case_documents.c.id)
)
_in_order = (_s.c.at, _s.c.id)
_on_case = select(_s).where(_s.c.hall == bindparam("hall"), _s.c.case == bindparam("key")).order_by(*_in_order)
_numbered = select(_s).where(_s.c.hall == bindparam("hall"), _s.c.document_no == bindparam("key")).order_by(*_in_order)
documents_of_case = Question("document", _of_case, fits=lambda row, asked: row.case == asked["case"], by="case")
_of_kind = (
    select(gap_notes)
    .where(gap_notes.c.hall == bindparam("hall"), gap_notes.c.number_kind == bindparam("kind"))
    .order_by(gap_notes.c.at, gap_notes.c.id)
)
_notes = Question("gap_note", _of_kind, fits=lambda row, asked: row.number_kind == asked["kind"])
_b, _u = tables.number_blocks, tables.numbers_used
_behind = func.coalesce(
    select(func.max(_u.c.serial) + 1)
    .where(_u.c.hall == _b.c.hall, _u.c.kind == _b.c.kind, _u.c.serial.between(_b.c.first, _b.c.last))
    .scalar_subquery(),
    _b.c.first,
)


class SealRows(CustodyRows):
    """用印账 what `sealing.books` asks for."""

    def seal_use(self, key: str) -> SealUse | None:
        """一次用印."""
        return cast("SealUse | None", self.cabinet.get("seal_use", key))

    def put_seal_use(self, row: SealUse) -> None:
        """写用印登记."""
        self.cabinet.put("seal_use", row)

    def seal_uses_since(self, at: datetime) -> tuple[SealUse, ...]:
        """从这时起的用印."""
        return cast("tuple[SealUse, ...]", self.cabinet.query("seal_use", _since, hall=self.hall.id, since=at))

    def seal_uses_of(self, case: str) -> tuple[SealUse, ...]:
        """办件的全部用印."""
        return cast("tuple[SealUse, ...]", self.cabinet.query("seal_use", _on_case, hall=self.hall.id, key=case))

    def seal_uses_numbered(self, document_no: str) -> tuple[SealUse, ...]:
        """按文号找用印."""
        return cast(
            "tuple[SealUse, ...]", self.cabinet.query("seal_use", _numbered, hall=self.hall.id, key=document_no)
        )

    def seal_use_of(self, case: str) -> SealUse | None:
        """办件最近一次用印."""
        t = tables.seal_uses
        where = (t.c.hall == self.hall.id, t.c.case == case, t.c.document == "")
        found = self.cabinet.query("seal_use", select(t).where(*where).order_by(t.c.at.desc()).limit(1))
        return cast("SealUse", found[0]) if found else None

    def seal_use_by_digest(self, digest: str) -> SealUse | None:
        """按文件摘要找用印."""
        t = tables.seal_uses
        found = self.cabinet.query(
            "seal_use", select(t).where(t.c.hall == self.hall.id, t.c.digest_after == digest).limit(1)
        )
        return cast("SealUse", found[0]) if found else None

    @property
    def procedure_papers(self) -> frozenset[str]:
        """文书分类."""
        return self.hall.procedure_papers

    def case_document(self, key: str) -> CaseDocument | None:
        """一份文书."""
        return cast("CaseDocument | None", self.cabinet.get("document", key))

    def put_case_document(self, row: CaseDocument) -> None:
        """写一份文书."""
        self.cabinet.put("document", row)

    def case_documents_of(self, case: str) -> tuple[CaseDocument, ...]:
        """办件的文书."""
        return cast("tuple[CaseDocument, ...]", self.cabinet.ask(documents_of_case, hall=self.hall.id, case=case))

    def put_gap_note(self, row: GapNote) -> None:
        """写空号说明."""
        self.cabinet.put("gap_note", row)

    def gap_notes(self, number_kind: str) -> tuple[GapNote, ...]:
        """一类号的空号说明."""
        return cast("tuple[GapNote, ...]", self.cabinet.ask(_notes, hall=self.hall.id, kind=number_kind))

    def return_block(self, block: str, first: int, command: str) -> None:
        """号段交回: behind everything that is used; what is spent in this unit is written first."""
        self.cabinet.flush()
        mine = (_b.c.hall == self.hall.id, _b.c.id == block, _b.c.device == self.device, _b.c.returned_from.is_(None))
        connection = self.cabinet.connection
        unused = connection.execute(select(_behind).where(*mine)).scalar_one_or_none()
        if unused is not None:
            given = {"returned_from": max(first, unused), "returned_by": command}
            connection.execute(update(_b).where(*mine).values(**given))

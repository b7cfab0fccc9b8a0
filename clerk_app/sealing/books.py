"""用印账 what the sealing room needs from the books."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from clerk_app.cases.books import CaseBooks
from clerk_app.sealing.model import (
    CaseDocument,
    Certificate,
    GapNote,
    SealEvent,
    SealGrant,
    SealIntent,
    SealStanding,
    SealUse,
)


class CustodyBooks(CaseBooks, Protocol):
    """保管账 grants, intents, where each seal stands, and the hall's rules on seals."""

    @property
    def keeper_may_authorise(self) -> bool:
        """保管人可否授权 whether one person may be both for one act; the register says so then."""
        ...

    @property
    def not_usable_for(self) -> tuple[str, ...]:
        """不能盖的 titles of papers this seal is not for (the agency's own seal is)."""
        ...

    def seal_grant(self, key: str) -> SealGrant | None:
        """One grant by its nonce."""
        ...

    def put_seal_grant(self, row: SealGrant) -> None:
        """Write one grant."""
        ...

    def seal_grants_until(self, at: datetime) -> tuple[SealGrant, ...]:
        """Those that end at this moment or later, the oldest first."""
        ...

    def seal_intent(self, key: str) -> SealIntent | None:
        """One intent."""
        ...

    def put_seal_intent(self, row: SealIntent) -> None:
        """Write one intent."""
        ...

    def open_seal_intents(self) -> tuple[SealIntent, ...]:
        """没有结果的用印 the oldest first."""
        ...

    def seal_standing(self, seal: str) -> SealStanding | None:
        """Where a seal stands; None: nothing has ever been said of it."""
        ...

    def put_seal_standing(self, row: SealStanding) -> None:
        """Write it."""
        ...

    def put_seal_event(self, row: SealEvent) -> None:
        """Write one change."""
        ...

    def seal_event(self, key: str) -> SealEvent | None:
        """One change by id."""
        ...

    def seal_events_of(self, seal: str) -> tuple[SealEvent, ...]:
        """All changes of a seal, in their order."""
        ...

    def seal_events_since(self, at: datetime) -> tuple[SealEvent, ...]:
        """Changes of all seals from a moment on."""
        ...


class SealBooks(CustodyBooks, Protocol):
    """用印账 the register of seal uses."""

    def seal_use_by_digest(self, digest: str) -> SealUse | None:
        """The use that made a file of this SHA-256."""
        ...

    def certificate(self, key: str) -> Certificate | None:
        """One certificate made elsewhere."""
        ...

    def put_certificate(self, row: Certificate) -> None:
        """Write one."""
        ...

    def certificates_of(self, case: str) -> tuple[Certificate, ...]:
        """A case's, oldest first."""
        ...

    def seal_use(self, key: str) -> SealUse | None:
        """One use by id."""
        ...

    def put_seal_use(self, row: SealUse) -> None:
        """Write one use."""
        ...

    def seal_uses_since(self, at: datetime) -> tuple[SealUse, ...]:
        """All from a moment on, in their order."""
        ...

    def seal_uses_of(self, case: str) -> tuple[SealUse, ...]:
        """All uses on a case's papers, in their order."""
        ...

    def seal_uses_numbered(self, document_no: str) -> tuple[SealUse, ...]:
        """All uses on papers of this 文号, in their order."""
        ...

    def seal_use_of(self, case: str) -> SealUse | None:
        """The newest use on a case's decision; those on its other papers are found with them."""
        ...

    @property
    def procedure_papers(self) -> frozenset[str]:
        """文书分类 the papers that bear the window's intake seal in this hall."""
        ...

    def case_document(self, key: str) -> CaseDocument | None:
        """One issued paper by id."""
        ...

    def put_case_document(self, row: CaseDocument) -> None:
        """Write one issued paper."""
        ...

    def case_documents_of(self, case: str) -> tuple[CaseDocument, ...]:
        """A case's papers, oldest first."""
        ...

    def put_gap_note(self, row: GapNote) -> None:
        """Write one explanation."""
        ...

    def gap_notes(self, number_kind: str) -> tuple[GapNote, ...]:
        """What was explained of one kind of number."""
        ...

    def return_block(self, block: str, first: int, command: str) -> None:
        """号段交回 serials of this device's block from `first` on go back, as far as none of them was used; never drawn here again."""
        ...

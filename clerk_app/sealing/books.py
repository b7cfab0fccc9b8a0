"""用印账 what the sealing room needs from the books."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from clerk_app.cases.books import CaseBooks
from clerk_app.sealing.model import CaseDocument, GapNote, SealUse


class SealBooks(CaseBooks, Protocol):
    """用印账 the register of seal uses."""

    def seal_use(self, key: str) -> SealUse | None:
        """One use by id."""
        ...

    def put_seal_use(self, row: SealUse) -> None:
        """Write one use."""
        ...

    def seal_uses_since(self, at: datetime) -> tuple[SealUse, ...]:
        """All from a moment on, in their order."""
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

"""用印登记 one use of a seal, as the register must have it: which seal, on which exact bytes, by whose authority (国发〔1999〕25号 25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class SealUse:
    """用印登记 seal, document, digests before and after, approver and his letter, user, window, moment. Never changed after."""

    id: str
    seal: str
    seal_name: str
    certificate: str
    case: str
    document_no: str
    title: str
    pages: int
    copies: int
    digest_before: str
    digest_after: str
    approver: str
    letter: str
    user: str
    window: int
    at: datetime
    electronic: bool
    flags: tuple[str, ...] = ()
    acting_for: str = ""
    """代谁 whom the approver stood for."""

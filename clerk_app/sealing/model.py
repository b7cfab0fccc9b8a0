"""用印登记 one use of a seal, as the register must have it: which seal, on which exact bytes, by whose authority (国发〔1999〕25号 25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

PaperClass = Literal["none", "procedure", "decision"]


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
    document: str = ""
    """文书 the case's paper it was put on (`issuing.CaseDocument`); empty for the decision itself."""


@dataclass(frozen=True, kw_only=True)
class CaseDocument:
    """出的文书 one paper of a case as it was printed: number, digest of the exact bytes, by whom, where, in which class. Never changed."""

    id: str
    case: str
    paper: str
    """文书种类 its kind's name."""
    sort: PaperClass
    document_no: str
    number_kind: str
    serial: int
    digest: str
    pages: int
    copies: int
    seal: str
    by: str
    acting_for: str
    window: int
    at: datetime
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GapNote:
    """空号说明 why serials of one kind were never used; each serial is explained once."""

    id: str
    number_kind: str
    serials: tuple[int, ...]
    reason: str
    by: str
    window: int
    at: datetime

"""授权 seal_grant: what a chief representative signs with his own key before a seal is put on paper, and what is read back from it.

It names the exact bytes, the seal, its keeper, the letter, the machine and five minutes; it serves once for each paper of
its list. A batch signs the digests of its papers' entries, so that a citizen's file shows his own entry and nobody else's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from clerk_app.canonical import canonical, sha256, sm3

LASTS = timedelta(minutes=5)
"""How long a grant is good at most."""
MOST_PAPERS = 50
VERSION = 1
GRANT_FILE = "seal_grant.json"
"""Under which name it lies in the sealed file."""

Genuine = Callable[[str, bytes, str], bool]
"""(public key, data, signature), both in base64: whether the key made it."""


@dataclass(frozen=True, kw_only=True)
class GrantedPaper:
    """授权的一份 one finished paper: SM3 and SHA-256 of its bytes, how many bytes, of which case, under which 文号, how many copies."""

    case: str
    item: str
    document_no: str
    title: str
    pages: int
    copies: int
    length: int
    sm3: str
    sha256: str
    document: str = ""
    """文书 the case's issued paper (`model.CaseDocument`); empty for the decision itself."""

    @property
    def entry(self) -> str:
        """What the grant names it by: SHA-256 of its canonical JSON."""
        return sha256(canonical(msgspec.to_builtins(self)))


@dataclass(frozen=True, kw_only=True)
class GrantTerms:
    """授权书文 what is signed. `id` is the nonce; `device` the machine that may seal by it; times are hall time."""

    v: int = VERSION
    id: str
    seal: str
    keeper: str
    chief: str
    acting_for: str
    letter: str
    window: int
    device: str
    issued: datetime
    expires: datetime
    papers: tuple[str, ...]
    """Each paper's `entry`, in their order."""
    public: str
    """The chief's public key, base64."""
    certificate: str = ""
    """The serial number (hex) of the seal's certificate as the giver knew it: another seal of the same issuer is not it."""


@dataclass(frozen=True, kw_only=True)
class SignedGrant:
    """签过的授权 the terms, one of their papers, and the chief's signature over the terms' canonical JSON (base64)."""

    terms: GrantTerms
    paper: GrantedPaper
    signature: str


def paper_of(
    pdf: bytes, *, case: str, item: str, document_no: str, title: str, pages: int, copies: int, document: str = ""
) -> GrantedPaper:
    """The entry of finished bytes."""
    return GrantedPaper(
        case=case, item=item, document_no=document_no, title=title, pages=pages, copies=copies,
        length=len(pdf), sm3=sm3(pdf), sha256=sha256(pdf), document=document,
    )  # fmt: skip


def signed_bytes(terms: GrantTerms) -> bytes:
    """RFC 8785 canonical JSON of the terms: what the chief's key signs."""
    return canonical(msgspec.to_builtins(terms))


def write_grant(grant: SignedGrant) -> bytes:
    """As it lies in the sealed file: canonical JSON."""
    return canonical(msgspec.to_builtins(grant))


def read_grant(data: bytes) -> SignedGrant:
    """Strictly back; raises ValueError with one sentence for anything that is not exactly a grant."""
    try:
        plain: Any = msgspec.json.decode(data)
        grant = msgspec.convert(plain, SignedGrant)
    except (msgspec.MsgspecError, ValueError):
        raise ValueError("文件里的授权读不懂。") from None
    times = (grant.terms.issued, grant.terms.expires)
    plausible = all(at.tzinfo is not None and 2000 < at.year < 3000 for at in times)
    if write_grant(grant) != data or grant.terms.v != VERSION or not plausible:
        raise ValueError("文件里的授权读不懂。")
    return grant


def grant_fault(grant: SignedGrant, pdf: bytes, genuine: Genuine) -> str:
    """Why this grant does not authorise exactly these bytes; empty when it does. Time and register are asked elsewhere."""
    terms, paper = grant.terms, grant.paper
    if not genuine(terms.public, signed_bytes(terms), grant.signature):
        return "授权的签名对不上：授权被改过，或不是本人签的。"
    if paper.entry not in terms.papers or len(terms.papers) > MOST_PAPERS:
        return "这份文书不在授权的名单里。"
    if (paper.length, paper.sha256, paper.sm3) != (len(pdf), sha256(pdf), sm3(pdf)):
        return "授权的不是这份文书：内容和授权时不一样。"
    if not terms.issued < terms.expires <= terms.issued + LASTS:
        return f"授权的期限不对，最长 {LASTS.seconds // 60} 分钟。"
    return ""


def in_force_at(terms: GrantTerms, at: datetime) -> bool:
    """期限内 from its issue to its end."""
    return terms.issued <= at <= terms.expires

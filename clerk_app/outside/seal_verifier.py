"""验章 three questions on a sealed file, answered apart and strictly: 内容未改, 印章真实, 当时有效 (bytes first, pyHanko second)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from cryptography import x509

from clerk_app.canonical import sha256, sm3
from clerk_app.outside.revocation import GOOD, REVOKED, STOPPED_LATER, UNKNOWN, Lists, read_lists, revocation
from clerk_app.outside.sealed_bytes import BROKEN, SealedBytes, read_sealed
from clerk_app.outside.sealed_grant import FoundGrant, altered, find_grant
from clerk_app.outside.sealed_update import update_fault
from clerk_app.sealing.grants import in_force_at
from clerk_app.sealing.paper import Verification

if TYPE_CHECKING:
    from clerk_app.outside.seal_signature import Signature

_AHEAD = timedelta(days=1)
_NO_LIST = "没有给吊销名单，没有查印章是否停用。"
_WHOSE = "授权是用文件里写着的那把公钥签的；是不是首席代表本人的，要到用印登记里核。"


@dataclass(frozen=True)
class _AtSealing:
    """盖章当时 what speaks against it, what the file alone cannot settle, and what speaks against nothing."""

    state: str = UNKNOWN
    faults: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class SealVerifier:
    """验章 judges a sealed file by its bytes and the roots that are trusted; no network, no stored state."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now

    def verify(self, pdf: bytes, roots: bytes, crl: bytes | None = None) -> Verification:
        """The three answers; raises ValueError with one sentence when file, roots or list cannot be read at all."""
        # Reading CMS and certificates takes a third of a second to import: with the first file, not with the program.
        from clerk_app.outside.seal_signature import read_signature

        if b"%PDF-" not in pdf[:1024] and b"/ByteRange" not in pdf:
            raise ValueError("这个文件不是 PDF，没有验。看看是不是拿错了文件。")
        trusted, lists = _roots(roots), read_lists(crl) if crl is not None else None
        try:
            sealed = read_sealed(pdf)
        except ValueError as error:
            return _nothing(pdf, str(error))
        signature = read_signature(sealed, trusted)
        if signature is None:
            return _nothing(pdf, BROKEN)
        return self._judged(pdf, sealed, signature, lists)

    def _judged(self, pdf: bytes, sealed: SealedBytes, signature: Signature, lists: Lists | None) -> Verification:
        found = find_grant(pdf, sealed)
        content, seal, at = (
            _content(pdf, sealed, signature, found),
            (*_seal(signature), *_other(signature, found)),
            None,
        )
        if not content and signature.valid:
            at = _sealed_at(pdf, sealed)
            content = () if at is not None else ("文件的结构和签名对不上，不能认。",)
        unchanged = not content and signature.valid
        when = self._at_sealing(signature, at, found, lists)
        if at is None or seal:
            when = _AtSealing(UNKNOWN, (*_untold(seal), *_said(found.fault)))
        return Verification(
            content_unchanged=unchanged,
            seal_genuine=not seal,
            valid_at_sealing=unchanged and not seal and not when.faults and not when.unsettled,
            revocation=when.state,
            content=content,
            seal=seal,
            sealing=when.faults,
            unsettled=when.unsettled,
            notes=when.notes,
            sealed_at=at,
            certificate=signature.serial,
            signer=signature.signer,
            grant=found.grant,
            digest=sha256(pdf),
            sm3=sm3(pdf),
        )

    def _at_sealing(
        self, signature: Signature, at: datetime | None, found: FoundGrant, lists: Lists | None
    ) -> _AtSealing:
        if at is None or not signature.path:
            return _AtSealing()
        faults = list(_said(found.fault)) if not found.missing else []
        unsettled = ["文件里没有授权，凭它自己证明不了谁批准盖的章。"] if found.missing else []
        notes = [_WHOSE] if found.grant is not None else []
        if found.grant is not None and not in_force_at(found.grant.terms, at):
            faults.append("盖章的时间不在授权的期限里。")
        if any(not one.not_valid_before_utc <= at <= one.not_valid_after_utc for one in signature.path):
            faults.append("盖章的时间不在印章证书的有效期里。")
        if at > self._now() + _AHEAD:
            faults.append("盖章的时间还没有到。")
        if lists is None:
            return _AtSealing(UNKNOWN, tuple(faults), tuple(unsettled), (*notes, _NO_LIST))
        state, why = revocation(lists, signature.path, at, self._now())
        if state == REVOKED and why != STOPPED_LATER:
            faults.append(why)
        elif state != GOOD:
            unsettled.append(why)
        return _AtSealing(state, tuple(faults), tuple(unsettled), tuple(notes))


def _content(pdf: bytes, sealed: SealedBytes, signature: Signature, found: FoundGrant) -> tuple[str, ...]:
    """What in the file is not as it was sealed, or not as it was authorised although it was sealed so."""
    faults = list(sealed.faults)
    if not signature.alone:
        faults.append("签名里夹带了别的证书。")
    if not signature.intact:
        faults += ["内容和盖章时不一样了：盖章之后有人改过。", *_said(altered(pdf, sealed))]
    if not faults and found.grant is not None:
        faults += _said(update_fault(pdf, found.grant.paper.length))
    return tuple(faults)


def _other(signature: Signature, found: FoundGrant) -> tuple[str, ...]:
    """One of the same issuer is not the one that was authorised."""
    named = found.grant.terms.certificate if found.grant is not None else ""
    return ("盖的不是授权写的那枚印章。",) if named not in ("", signature.serial) else ()


def _seal(signature: Signature) -> tuple[str, ...]:
    if not signature.valid:
        return ("签名和印章证书对不上：签名或证书被换过。",)
    if not signature.path:
        return ("印章的证书不是所信任的发证机构发的：印章的样子一样也不算。",)
    return ()


def _nothing(pdf: bytes, reason: str) -> Verification:
    return Verification(
        content_unchanged=False, seal_genuine=False, valid_at_sealing=False, revocation=UNKNOWN,
        content=(reason,), digest=sha256(pdf), sm3=sm3(pdf),
    )  # fmt: skip


def _untold(seal: tuple[str, ...]) -> tuple[str, ...]:
    return ("印章不能认，盖章当时是否有效也就不能认。",) if seal else ("内容不能认，盖章的时间也就不能认。",)


def _said(sentence: str) -> tuple[str, ...]:
    return (sentence,) if sentence else ()


def _roots(data: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(data)
    except ValueError:
        raise ValueError("根证书看不懂，没有验。换一份 PEM 格式的根证书再来。") from None


def _sealed_at(pdf: bytes, sealed: SealedBytes) -> datetime | None:
    """The hall's time in the signature dictionary, when a PDF reader finds the very same one signature; else None."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        found = list(PdfFileReader(BytesIO(pdf)).embedded_signatures)
        if len(found) != 1 or tuple(int(number) for number in found[0].byte_range) != sealed.ranges:
            return None
        at = found[0].self_reported_timestamp
        return at if at is not None and at.tzinfo is not None else None
    except Exception:
        # What someone altered may break any reader anywhere; each way of breaking is one answer.
        return None

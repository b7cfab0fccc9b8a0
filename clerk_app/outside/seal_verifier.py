"""验章 three questions on a sealed file, answered apart and strictly: 内容未改, 印章真实, 当时有效 (bytes first, pyHanko second)."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO

from asn1crypto import cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko_certvalidator import CertificateValidator, ValidationContext

from clerk_app.outside.revocation import REVOKED, UNKNOWN, read_lists, revocation
from clerk_app.outside.sealed_bytes import SealedBytes, read_sealed
from clerk_app.sealing.paper import Verification

_AHEAD = timedelta(days=1)
_DIGESTS = {"sha256", "sha384", "sha512"}


@dataclass(frozen=True)
class _Signature:
    """签名 what the CMS says once it was read: do digest and signature fit, its path, and is no other certificate in it."""

    intact: bool
    valid: bool
    path: tuple[x509.Certificate, ...]
    alone: bool


class SealVerifier:
    """验章 judges a sealed file by its bytes and the roots that are trusted; no network, no stored state."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now

    def verify(self, pdf: bytes, roots: bytes, crl: bytes | None = None) -> Verification:
        """The three answers; raises ValueError with one sentence when file, roots or list cannot be read at all."""
        if b"%PDF-" not in pdf[:1024] and b"/ByteRange" not in pdf:
            raise ValueError("这个文件不是 PDF，没有验。看看是不是拿错了文件。")
        trusted, lists = _roots(roots), read_lists(crl) if crl is not None else None
        sealed = read_sealed(pdf)
        if sealed is None:
            return _nothing("文件里没有能读的电子印章。只有印章的图样不算盖章。")
        signature = _signature(sealed, trusted)
        if signature is None:
            return _nothing("印章的签名读不成：签名被改过或坏了。")
        faults = list(sealed.faults)
        if not signature.alone:
            faults.append("签名里夹带了别的证书。")
        if not signature.intact:
            faults.append("内容和盖章时不一样了：盖章之后有人改过。")
        at = _sealed_at(pdf, sealed) if not faults and signature.valid else None
        if not faults and signature.valid and at is None:
            faults.append("文件的结构和签名对不上，不能认。")
        genuine = _genuine(signature)
        valid, state, said = self._at_sealing(signature, at, lists)
        reasons = (*faults, *genuine, *(said if at is not None and not genuine else _untold(genuine)))
        content = not faults and signature.valid
        return Verification(content, not genuine, content and not genuine and valid, state, reasons)

    def _at_sealing(
        self, signature: _Signature, at: datetime | None, lists: list[x509.CertificateRevocationList] | None
    ) -> tuple[bool, str, tuple[str, ...]]:
        if at is None or not signature.path:
            return False, UNKNOWN, ()
        said = []
        if any(not one.not_valid_before_utc <= at <= one.not_valid_after_utc for one in signature.path):
            said.append("盖章的时间不在印章证书的有效期里。")
        if at > self._now() + _AHEAD:
            said.append("盖章的时间还没有到。")
        if lists is None:
            return not said, UNKNOWN, (*said, "没有给吊销名单，没有查印章是否停用。")
        state, why = revocation(lists, signature.path[0], signature.path[1], at, self._now())
        if state in {REVOKED, UNKNOWN}:
            said.append(why)
        return not said, state, tuple(said)


def _nothing(reason: str) -> Verification:
    return Verification(False, False, False, UNKNOWN, (reason,))


def _untold(genuine: tuple[str, ...]) -> tuple[str, ...]:
    return ("印章不能认，盖章当时是否有效也就不能认。",) if genuine else ("内容不能认，盖章的时间也就不能认。",)


def _genuine(signature: _Signature) -> tuple[str, ...]:
    if not signature.valid:
        return ("签名和印章证书对不上：签名或证书被换过。",)
    if not signature.path:
        return ("印章的证书不是所信任的发证机构发的。",)
    return ()


def _roots(data: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(data)
    except ValueError:
        raise ValueError("根证书看不懂，没有验。换一份 PEM 格式的根证书再来。") from None


def _signature(sealed: SealedBytes, trusted: list[x509.Certificate]) -> _Signature | None:
    """The one signer's digest, signature and path; None when the CMS is no plain detached one."""
    try:
        signed = _plain(sealed.cms)
        signer = signed["signer_infos"][0]
        certificates = [entry.chosen for entry in signed["certificates"]]
        leaf = next(one for one in certificates if _is_of(signer, one))
        digest = hashlib.new(signer["digest_algorithm"]["algorithm"].native, sealed.signed).digest()
        intact, valid = validate_sig_integrity(signer, leaf, "data", digest)
        path = _path(leaf, certificates, trusted)
        known = {one.public_bytes(Encoding.DER) for one in path} or {leaf.dump()}
        return _Signature(intact, valid, path, all(one.dump() in known for one in certificates))
    except Exception:
        # What someone altered may break any reader anywhere; each way of breaking is one answer.
        return None


def _plain(data: bytes) -> cms.SignedData:
    """The CMS, when nothing stands in it but one signer's own words: rebuilt from them it must be the same bytes.

    Versions, outer names, unsigned attributes and lists are not covered by the signature; any reader would let them pass.
    """
    content = cms.ContentInfo.load(data, strict=True)
    signed = content["content"]
    (signer,) = signed["signer_infos"]
    name = signer["digest_algorithm"]["algorithm"].native
    words = {
        word: signer[word] for word in ("sid", "digest_algorithm", "signed_attrs", "signature_algorithm", "signature")
    }
    by_serial = signer["sid"].name == "issuer_and_serial_number"
    rebuilt = cms.SignedData({
        "version": "v1" if by_serial else "v3",
        "digest_algorithms": [signer["digest_algorithm"]],
        "encap_content_info": {"content_type": "data"},
        "certificates": signed["certificates"],
        "signer_infos": [{"version": "v1" if by_serial else "v3", **words}],
    })  # fmt: skip
    spellings = {
        cms.DigestAlgorithm({"algorithm": name}).dump(),
        cms.DigestAlgorithm({"algorithm": name, "parameters": core.Null()}).dump(),
    }
    if name not in _DIGESTS or signer["digest_algorithm"].dump() not in spellings or not len(signer["signed_attrs"]):
        raise ValueError("one strong digest")
    if cms.ContentInfo({"content_type": "signed_data", "content": rebuilt}).dump() != data:
        raise ValueError("nothing unsigned")
    return signed


def _is_of(signer: cms.SignerInfo, certificate: asn1_x509.Certificate) -> bool:
    name = signer["sid"].chosen
    if signer["sid"].name != "issuer_and_serial_number":
        return bool(name.native == certificate.key_identifier)
    return bool(name["issuer"] == certificate.issuer and name["serial_number"].native == certificate.serial_number)


def _path(
    leaf: asn1_x509.Certificate, others: list[asn1_x509.Certificate], trusted: list[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    """Seal first, root last; empty when no trusted root stands behind it. Dates are judged apart, at the sealing."""
    moment = x509.load_der_x509_certificate(leaf.dump()).not_valid_before_utc
    roots = [asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in trusted]
    context = ValidationContext(trust_roots=roots, other_certs=others, moment=moment, allow_fetching=False)
    check = CertificateValidator(leaf, validation_context=context)
    try:
        # A thread of its own: the caller's may be turning an event loop already, and a stopped check would read as «not ours».
        with ThreadPoolExecutor(max_workers=1) as apart:
            found = apart.submit(lambda: asyncio.run(check.async_validate_usage({"non_repudiation"}))).result()  # type: ignore[no-untyped-call]
    except Exception:
        # Any reason not to trust a path is the same answer here.
        return ()
    path = [x509.load_der_x509_certificate(one.dump()) for one in found]
    return tuple(reversed(path)) if len(path) > 1 else ()


def _sealed_at(pdf: bytes, sealed: SealedBytes) -> datetime | None:
    """The hall's time in the signature dictionary, when a PDF reader finds the very same one signature; else None."""
    try:
        found = list(PdfFileReader(BytesIO(pdf)).embedded_signatures)
        if len(found) != 1 or tuple(int(number) for number in found[0].byte_range) != sealed.ranges:
            return None
        at = found[0].self_reported_timestamp
        return at if at is not None and at.tzinfo is not None else None
    except Exception:
        # As above: a reader may break on it in any way.
        return None

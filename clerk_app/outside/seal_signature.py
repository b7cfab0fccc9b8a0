"""印章的签名 the CMS of a sealed file: one signer's own words and nothing beside them, its digest, its path to a trusted root."""

from __future__ import annotations

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from asn1crypto import cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko_certvalidator import CertificateValidator, ValidationContext

from clerk_app.outside.sealed_bytes import SealedBytes

_DIGESTS = {"sha256", "sha384", "sha512"}


@dataclass(frozen=True)
class Signature:
    """签名 what the CMS says once it was read: do digest and signature fit, its path, and is no other certificate in it."""

    intact: bool
    valid: bool
    seal: x509.Certificate
    path: tuple[x509.Certificate, ...]
    alone: bool

    @property
    def serial(self) -> str:
        """The seal's certificate, hexadecimal; nothing where signature and certificate do not fit."""
        return f"{self.seal.serial_number:x}" if self.valid else ""

    @property
    def signer(self) -> str:
        """Whom the certificate is made out to; nothing as above."""
        names = self.seal.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME) if self.valid else []
        return str(names[0].value) if names else ""


def read_signature(sealed: SealedBytes, trusted: list[x509.Certificate]) -> Signature | None:
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
        alone = all(one.dump() in known for one in certificates)
        return Signature(intact, valid, x509.load_der_x509_certificate(leaf.dump()), path, alone)
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
    """By the exact bytes: nothing signs the name in the signer's own words, and names compare as equal that are not the same."""
    name = signer["sid"].chosen
    if signer["sid"].name != "issuer_and_serial_number":
        return bool(name.native == certificate.key_identifier)
    own = certificate["tbs_certificate"]
    return bool(
        name["issuer"].dump() == own["issuer"].dump() and name["serial_number"].dump() == own["serial_number"].dump()
    )


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

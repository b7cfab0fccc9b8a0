"""证书链 what can be said of a seal's certificate without its key: who really issued it, its days, and how its key signs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from clerk_app.ports.seal import SealAlgorithm, SealCard, SealKeyTrouble

Chain = Sequence[x509.Certificate]
"""The seal's certificate first, then its issuers as far as they are known."""


def chain_of(seal: x509.Certificate, known: Iterable[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """Only such issuers as really signed the one before them; a name alone is nobody's word."""
    chain, others = [seal], list(known)
    while issuer := next((one for one in others if one not in chain and _issued(chain[-1], one)), None):
        chain.append(issuer)
    return tuple(chain)


def card_of(chain: Chain) -> SealCard:
    """What the certificate says."""
    return SealCard(
        serial=f"{chain[0].serial_number:x}",
        valid_from=chain[0].not_valid_before_utc,
        valid_to=chain[0].not_valid_after_utc,
        issuer=hashlib.sha256(der(chain[1])).hexdigest() if len(chain) > 1 else "",
    )


def algorithm_of(seal: x509.Certificate) -> SealAlgorithm:
    """How this seal's key signs; raises `SealKeyTrouble` for a kind of key nobody here can seal with."""
    try:
        public = seal.public_key()
    except (ValueError, UnsupportedAlgorithm):
        public = None  # SM2 among them: it comes with SKF keys
    if isinstance(public, ec.EllipticCurvePublicKey) and isinstance(public.curve, ec.SECP256R1):
        return "ecdsa-p256-sha256"
    if isinstance(public, rsa.RSAPublicKey) and public.key_size >= 2048:
        return "rsa-sha256"
    raise SealKeyTrouble(
        "这枚印章的钥匙用的算法这里盖不了，没有用印，办件没有变化。先盖实体章并登记，再找管理员换钥匙。"
    )


def der(certificate: x509.Certificate) -> bytes:
    """Its bytes."""
    return certificate.public_bytes(Encoding.DER)


def _issued(seal: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        issuer_may = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        seal.verify_directly_issued_by(issuer)
    except (x509.ExtensionNotFound, InvalidSignature, TypeError, ValueError, UnsupportedAlgorithm):
        return False
    return issuer_may

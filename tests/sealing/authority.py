"""发证机构 a certificate authority a test holds in its hand: seals that run out, lists of revoked ones, a later second signer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from clerk_app.outside.pdf_signature import _KeySigner, sign_page
from clerk_app.outside.seal_certificates import new_seal
from clerk_app.outside.seal_keys import FileSealKey
from clerk_app.ports.seal import StampOrder
from clerk_app.sealing.paper import MadePage
from tests.sealing.forging import grant_on

YEAR = timedelta(days=365)


class HeldSeal(FileSealKey):
    """拿在手里的印章 seals at `sealed` whatever it is given: nobody asks here whether it may."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, chain: list[x509.Certificate], sealed: datetime) -> None:
        super().__init__(key, chain)
        self.sealed = sealed

    @property
    def certificate(self) -> str:
        return self.card.serial

    def seal(self, page: MadePage, face: bytes, reason: str) -> bytes:
        grant = grant_on(page.pdf, self.sealed)
        return sign_page(StampOrder(page=page, face=face, grant=grant, at=self.sealed, reason=reason), self)

    def _signer(self) -> Any:
        return _KeySigner(self)


class Authority:
    """发证机构 one issuer, a root or under another; whatever it issues, and its lists."""

    def __init__(self, now: datetime, name: str = "测试根", above: Authority | None = None) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.above = above
        issuer = above or self
        self.root = _certificate(
            name, self.key.public_key(), (issuer.root.subject if above else _name(name), issuer.key), now, 10 * YEAR, ca=True
        )  # fmt: skip

    @property
    def chain(self) -> list[x509.Certificate]:
        return [self.root, *(self.above.chain if self.above else [])]

    @property
    def pem(self) -> bytes:
        """Its own root's."""
        return self.chain[-1].public_bytes(Encoding.PEM)

    def seal(self, issued: datetime, sealed: datetime, lasts: timedelta = YEAR) -> HeldSeal:
        key, certificate = new_seal("测试章", self.key, self.root, issued, lasts)
        return HeldSeal(key, [certificate, *self.chain], sealed)

    def certify(self, name: str, public: Any, now: datetime, *uses: str, lasts: timedelta = YEAR) -> x509.Certificate:
        """For a key that was made elsewhere and never leaves it."""
        return _certificate(
            name, public, (self.root.subject, self.key), now, lasts, uses=uses or ("digital_signature",)
        )

    def revoked(self, key: HeldSeal | None, at: datetime, issued: datetime, until: datetime) -> bytes:
        builder = x509.CertificateRevocationListBuilder(self.root.subject, issued, until)
        if key is not None:
            entry = x509.RevokedCertificateBuilder(int(key.certificate, 16), at).build()
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self.key, SHA256()).public_bytes(Encoding.PEM)


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


def _certificate(
    name: str, public: Any, issuer: tuple[x509.Name, ec.EllipticCurvePrivateKey], now: datetime, lasts: timedelta,
    *, ca: bool = False, uses: tuple[str, ...] = ("key_cert_sign", "crl_sign"),
) -> x509.Certificate:  # fmt: skip
    kinds = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign",
        "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    usage = x509.KeyUsage(**dict.fromkeys(kinds, False) | dict.fromkeys(uses, True))
    of_issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer[1].public_key())
    serial = x509.random_serial_number()
    builder = x509.CertificateBuilder(issuer[0], _name(name), public, serial, now - timedelta(days=1), now + lasts)
    for extension, critical in (
        (x509.BasicConstraints(ca=ca, path_length=None), True),
        (usage, True),
        (x509.SubjectKeyIdentifier.from_public_key(public), False),
        (of_issuer, False),
    ):
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(issuer[1], SHA256())

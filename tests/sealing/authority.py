"""发证机构 a certificate authority a test holds in its hand: seals that run out, lists of revoked ones, a later second signer."""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from clerk_app.outside.seal_certificates import new_root, new_seal
from clerk_app.outside.signing import FileSealKey


class Authority:
    """发证机构 one root, whatever it issues, and its lists."""

    def __init__(self, now: datetime) -> None:
        self.key, self.root = new_root("测试根", now)

    @property
    def pem(self) -> bytes:
        return self.root.public_bytes(Encoding.PEM)

    def seal(self, issued: datetime, sealed: datetime, lasts: timedelta = timedelta(days=365)) -> FileSealKey:
        key, certificate = new_seal("测试章", self.key, self.root, issued, lasts)
        return FileSealKey(key, certificate, lambda: sealed)

    def revoked(self, key: FileSealKey | None, at: datetime, issued: datetime, until: datetime) -> bytes:
        builder = x509.CertificateRevocationListBuilder(self.root.subject, issued, until)
        if key is not None:
            entry = x509.RevokedCertificateBuilder(int(key.certificate, 16), at).build()
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self.key, SHA256()).public_bytes(Encoding.PEM)

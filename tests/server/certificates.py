"""A certificate authority of a test's own, and certificates for a centre signed by it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Pair:
    certificate: Path
    key: Path


class Authority:
    """A root; its certificate file is what a desk trusts."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._key = generate_private_key(SECP256R1())
        self._certificate = self._signed(_subject(name), self._key, x509.BasicConstraints(ca=True, path_length=0))
        self.file = _write(folder / f"{name}.pem", self._certificate)

    def centre(self, name: str) -> Pair:
        """For a host by name or number."""
        key = generate_private_key(SECP256R1())
        try:
            host: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(name))
        except ValueError:
            host = x509.DNSName(name)
        certificate = self._signed(_subject(name), key, x509.SubjectAlternativeName([host]))
        file = _write(self._folder / f"{self._name}-{name}.pem", certificate)
        plain = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        key_file = file.with_suffix(".key")
        key_file.write_bytes(plain)
        return Pair(file, key_file)

    def _signed(self, subject: x509.Name, key: EllipticCurvePrivateKey, word: x509.ExtensionType) -> x509.Certificate:
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(_subject(self._name))
        builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        builder = builder.add_extension(word, critical=isinstance(word, x509.BasicConstraints))
        here = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        return builder.add_extension(here, critical=False).sign(self._key, hashes.SHA256())


def _subject(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _write(file: Path, certificate: x509.Certificate) -> Path:
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return file

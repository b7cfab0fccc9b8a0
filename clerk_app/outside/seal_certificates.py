"""印章证书 a training root and the certificates of its seals: P-256, usable for signing papers and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

_BEFORE = timedelta(days=1)
_ROOT_LASTS, _SEAL_LASTS = timedelta(days=3650), timedelta(days=1825)
_NONE = dict.fromkeys(
    (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    ),
    False,
)  # fmt: skip

Key = ec.EllipticCurvePrivateKey


def new_root(name: str, now: datetime) -> tuple[Key, x509.Certificate]:
    """A self-signed root."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _subject(name)
    builder = _builder(subject, subject, key, now - _BEFORE, now + _ROOT_LASTS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
    return key, builder.sign(key, SHA256())


def new_seal(
    name: str, root_key: Key, root: x509.Certificate, now: datetime, lasts: timedelta = _SEAL_LASTS
) -> tuple[Key, x509.Certificate]:
    """A seal's key and certificate under the root; its subject is the seal's name."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    builder = _builder(_subject(name), root.subject, key, now - _BEFORE, now + lasts)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage("digital_signature", "content_commitment"), critical=True)
    builder = builder.add_extension(issuer, critical=False)
    return key, builder.sign(root_key, SHA256())


def _builder(
    subject: x509.Name, issuer: x509.Name, key: Key, begins: datetime, ends: datetime
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number(), begins, ends)
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)


def _subject(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def _usage(*uses: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{**_NONE, **dict.fromkeys(uses, True)})

"""恢复证书 the hall's recovery certificate: what it is made of, what is encrypted to it (CMS), and how two persons open it.

The private key lies in a PKCS#12 whose password is two halves; each is typed by one person and kept nowhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clerk_app.outside.whole_file import write_whole

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.x509 import Certificate, ExtensionType

BITS, YEARS, ROUNDS = 3072, 20, 300_000
SHORTEST_HALF = 8
WRAPPED = "counter.db.recovery"


class RecoveryProblem(Exception):
    """恢复办不了 one Chinese sentence; nothing was opened or changed."""


@dataclass(frozen=True)
class RecoveryKey:
    """恢复钥匙 the opened private key and its certificate; only in memory."""

    key: RSAPrivateKey
    certificate: Certificate

    def open(self, data: bytes) -> bytes:
        """What was encrypted to this certificate; raises `RecoveryProblem`."""
        from cryptography.hazmat.primitives.serialization import pkcs7

        try:
            return pkcs7.pkcs7_decrypt_der(data, self.certificate, self.key, [])
        except ValueError as error:
            if "recipient" in str(error):
                raise RecoveryProblem("这个文件不是加密给这张恢复证书的，没有打开。换对的恢复钥匙再来。") from None
            raise RecoveryProblem("这个文件坏了或不全，没有打开。换另一份再来。") from None


def make_recovery(name: str, halves: tuple[str, str], now: datetime | None = None) -> tuple[bytes, bytes]:
    """A certificate (PEM) and its key (PKCS#12) under the two halves; raises `RecoveryProblem`."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, pkcs12
    from cryptography.x509.oid import NameOID

    _check_halves(halves)
    now = now or datetime.now(UTC)
    key = rsa.generate_private_key(65537, BITS)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=366 * YEARS))
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    certificate = builder.add_extension(_for_keys_only(), critical=True).sign(key, hashes.SHA256())
    strong = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(ROUNDS)
    strong = strong.key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC).hmac_hash(hashes.SHA256())
    sealed = pkcs12.serialize_key_and_certificates(
        b"recovery", key, certificate, None, strong.build("".join(halves).encode())
    )
    return certificate.public_bytes(Encoding.PEM), sealed


def _for_keys_only() -> ExtensionType:
    from cryptography import x509

    usages = dict.fromkeys(
        ("digital_signature", "content_commitment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
         "encipher_only", "decipher_only"), False,
    )  # fmt: skip
    return x509.KeyUsage(key_encipherment=True, **usages)


def _check_halves(halves: tuple[str, str]) -> None:
    if any(len(half) < SHORTEST_HALF for half in halves):
        raise RecoveryProblem(f"每一半口令至少 {SHORTEST_HALF} 个字，没有做。两个人各想一句长的再来。")
    if halves[0] == halves[1]:
        raise RecoveryProblem("两半口令一样，没有做。两个人各想各的，互不告诉。")


def open_recovery_key(data: bytes, halves: tuple[str, str]) -> RecoveryKey:
    """By the two halves, whichever was typed first; raises `RecoveryProblem`."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import pkcs12

    for password in ("".join(halves), "".join(reversed(halves))):
        try:
            found = pkcs12.load_pkcs12(data, password.encode())
        except ValueError as error:
            if "password" not in str(error):
                raise RecoveryProblem("恢复钥匙文件读不了，没有打开。换对的 .p12 文件再来。") from None
            continue
        if found.cert is None or not isinstance(found.key, RSAPrivateKey):
            raise RecoveryProblem("恢复钥匙文件里没有 RSA 钥匙和证书，没有打开。换对的 .p12 文件再来。")
        return RecoveryKey(found.key, found.cert.certificate)
    raise RecoveryProblem("两半口令合起来打不开恢复钥匙，什么都没动。两个人各自重输一遍。")


def read_certificate(pem: bytes) -> Certificate:
    """An RSA certificate strong enough; raises `RecoveryProblem`."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    try:
        certificate = x509.load_pem_x509_certificate(pem)
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        raise RecoveryProblem("恢复证书读不了，要放一份 PEM 格式的证书。") from None
    if not isinstance(key, RSAPublicKey) or key.key_size < BITS:
        raise RecoveryProblem(f"恢复证书要用 RSA {BITS} 位以上的钥匙，换一张。")
    return certificate


def encrypt_for(certificate: Certificate, data: bytes) -> bytes:
    """CMS EnvelopedData (DER), AES-256."""
    from cryptography.hazmat.primitives.ciphers.algorithms import AES256
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(data).set_content_encryption_algorithm(AES256)
    return builder.add_recipient(certificate).encrypt(Encoding.DER, [pkcs7.PKCS7Options.Binary])


def wrap_store_key(file: Path, key: bytes, pem: bytes, known: str) -> str:
    """The store's key beside the store, written anew only when key or certificate changed or the file is not the one kept.

    `known` is what the last call answered; the answer is to be kept in the store. Raises `RecoveryProblem`, OSError.
    """
    for_whom = hashlib.sha256(pem + key).hexdigest()
    try:
        if known == f"{for_whom} {hashlib.sha256(file.read_bytes()).hexdigest()}":
            return known
    except FileNotFoundError:
        pass
    sealed = encrypt_for(read_certificate(pem), key)
    write_whole(file, sealed)
    return f"{for_whom} {hashlib.sha256(sealed).hexdigest()}"


def unwrap_store_key(data: bytes, recovery: RecoveryKey) -> bytes:
    """32 bytes; raises `RecoveryProblem`."""
    key = recovery.open(data)
    if len(key) != 32:
        raise RecoveryProblem(f"{WRAPPED} 坏了或不全，没有打开。换另一份再来。")
    return key


def certificate_text(file: Path | None, document: Mapping[str, Any] | None) -> bytes | None:
    """This desk's own certificate file, else the hall's, in PEM; None when there is neither. Raises `RecoveryProblem`."""
    if file is not None:
        try:
            return file.read_bytes()
        except OSError:
            raise RecoveryProblem(f"恢复证书 {file} 打不开。看看路径对不对、能不能读。") from None
    pem = document["hall"].get("recovery_certificate") if document else None
    return pem.encode() if pem else None

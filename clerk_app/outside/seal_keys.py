"""印章钥匙 the training hall's seals as PKCS#12 files, one a seal and keeper; and the ring that asks several kinds of keys in turn.

For the training hall only: the keys are files, their PINs stand in the hall's papers, and the root's own key is thrown
away as soon as its seals are made, so that nobody makes a further seal under it. What a seal's certificate says lies
beside them and is read without a PIN.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12

from clerk_app.outside.seal_certificates import new_root, new_seal
from clerk_app.outside.seal_chain import algorithm_of, card_of, chain_of, der
from clerk_app.ports.seal import SealAlgorithm, SealCard, SealKey, SealKeyAway, SealKeys, SealKeyTrouble

_ROOTS = "roots.pem"
_TORN = "印章钥匙的文件坏了，没有用印，办件没有变化。请管理员重做练习印章。"
_CLOSED = "印章钥匙已经收起，没有用印，办件没有变化。重新输 PIN 再来。"

Now = Callable[[], datetime]
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def _clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class TrainingSeal:
    """练习印章 the seal's full name, and the PIN of each of its keepers (custodian, backup) by the keeper's number."""

    name: str
    pins: Mapping[str, str]


class TrainingSealKeys:
    """练习印章钥匙 one PKCS#12 for each seal and keeper in `folder`, made on first use under a root of their own."""

    def __init__(self, folder: Path, seals: Mapping[str, TrainingSeal], now: Now = _clock) -> None:
        self._folder = folder
        self._seals = dict(seals)
        self._now = now
        self._lock = Lock()

    def open(self, seal: str, keeper: str, pin: str) -> SealKey | None:
        """By this keeper's own file; None when the PIN is not his, or he keeps no key of this seal."""
        if seal not in self._seals:
            raise SealKeyAway(seal)
        if keeper not in self._seals[seal].pins:
            return None
        self._make_missing(seal)
        return _opened(self._file(seal, keeper), pin, self._chain(seal))

    def card(self, seal: str) -> SealCard | None:
        """Made on first use: known is enough."""
        if seal not in self._seals:
            return None
        try:
            self._make_missing(seal)
            return card_of(self._chain(seal))
        except (OSError, SealKeyTrouble):
            return None

    def roots(self) -> bytes:
        """The roots of all seals ever made in this folder, PEM."""
        self._make_missing()
        return (self._folder / _ROOTS).read_bytes()

    def _file(self, seal: str, keeper: str) -> Path:
        return self._folder / f"{seal}-{keeper}.p12"

    def _card_file(self, seal: str) -> Path:
        return self._folder / f"{seal}.pem"

    def _chain(self, seal: str) -> tuple[x509.Certificate, ...]:
        try:
            first, *others = x509.load_pem_x509_certificates(self._card_file(seal).read_bytes())
        except ValueError:
            raise SealKeyTrouble(_TORN) from None
        return chain_of(first, others)

    def _make_missing(self, wanted: str = "") -> None:
        """All that are missing, under one root; nothing is looked for where the one that is wanted stands."""
        with self._lock:
            if wanted and self._stands(wanted):
                return
            missing = [seal for seal in self._seals if not self._stands(seal)]
            if missing or not (self._folder / _ROOTS).is_file():
                self._make(missing)

    def _stands(self, seal: str) -> bool:
        files = (self._file(seal, keeper) for keeper in self._seals[seal].pins)
        return self._card_file(seal).is_file() and all(file.is_file() for file in files)

    def _make(self, seals: list[str]) -> None:
        """The root first and the card last: a crash leaves a root too many, never a seal without its root or half made."""
        self._folder.mkdir(parents=True, exist_ok=True)
        root_key, root = new_root("练习大厅印章根证书（演练）", self._now())
        roots = self._folder / _ROOTS
        _write(roots, (roots.read_bytes() if roots.is_file() else b"") + root.public_bytes(Encoding.PEM))
        for seal in seals:
            owner = self._seals[seal]
            self._card_file(seal).unlink(missing_ok=True)
            key, certificate = new_seal(owner.name, root_key, root, self._now())
            for keeper, pin in owner.pins.items():
                lock = BestAvailableEncryption(pin.encode())
                data = pkcs12.serialize_key_and_certificates(owner.name.encode(), key, certificate, [root], lock)
                _write(self._file(seal, keeper), data)
            _write(self._card_file(seal), b"".join(one.public_bytes(Encoding.PEM) for one in (certificate, root)))


def _write(file: Path, data: bytes) -> None:
    fresh = file.with_name(file.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    os.replace(fresh, file)


def _opened(file: Path, pin: str, chain: Sequence[x509.Certificate]) -> FileSealKey | None:
    try:
        data = file.read_bytes()
        asn1_pkcs12.Pfx.load(data, strict=True)  # OpenSSL calls a torn file a wrong PIN
    except (OSError, ValueError):
        raise SealKeyTrouble(_TORN) from None
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(data, pin.encode())
    except ValueError:
        return None  # the one answer OpenSSL has for a PIN that does not fit
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) or certificate != chain[0]:
        raise SealKeyTrouble(_TORN)
    return FileSealKey(key, chain)


class FileSealKey:
    """打开的钥匙 a seal's key in memory, let go of after the act; `chain` begins with its own certificate."""

    def __init__(self, key: PrivateKey, chain: Sequence[x509.Certificate]) -> None:
        self._key: PrivateKey | None = key
        self._chain = tuple(chain)
        self._algorithm = algorithm_of(chain[0])

    @property
    def card(self) -> SealCard:
        """What its certificate says."""
        return card_of(self._chain)

    @property
    def chain(self) -> tuple[bytes, ...]:
        """DER, its own first."""
        return tuple(der(one) for one in self._chain)

    @property
    def algorithm(self) -> SealAlgorithm:
        """ECDSA over P-256, or RSA."""
        return self._algorithm

    def sign(self, data: bytes) -> bytes:
        """As CMS wants it."""
        if self._key is None:
            raise SealKeyTrouble(_CLOSED)
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), SHA256())
        return self._key.sign(data, ec.ECDSA(SHA256()))

    def close(self) -> None:
        """Let go of it."""
        self._key = None


class SealRing:
    """印章钥匙串 several kinds of keys in their order: whoever has the seal opens it. Practice keys never hang on a ring with others."""

    def __init__(self, *sources: SealKeys) -> None:
        if len(sources) > 1 and any(isinstance(one, TrainingSealKeys) for one in sources):
            raise ValueError("练习印章和真的印章不能放在一起，没有打开。")
        self._sources = sources

    def open(self, seal: str, keeper: str, pin: str) -> SealKey | None:
        """By the first that knows the seal; raises `SealKeyAway` when none does."""
        for one in self._sources:
            with contextlib.suppress(SealKeyAway):
                return one.open(seal, keeper, pin)
        raise SealKeyAway(seal)

    def card(self, seal: str) -> SealCard | None:
        """The first card found."""
        return next((card for one in self._sources if (card := one.card(seal)) is not None), None)

    def roots(self) -> bytes:
        """All of them."""
        return b"\n".join(one.roots() for one in self._sources)

"""印章令牌 seals' keys that never leave their token (PKCS#11): the driver by its path, a token a seal by its label.

A token has one PIN, whoever keeps it: who that is stands in the book of custody, not in the token. A PIN is handed to the
driver and kept nowhere; what signs is closed and logged out after the act.
"""

from __future__ import annotations

import contextlib
import logging
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256, Hash

from clerk_app.outside.seal_chain import algorithm_of, card_of, chain_of, der
from clerk_app.outside.token_driver import TokenDriver
from clerk_app.ports.seal import SealAlgorithm, SealCard, SealKey, SealKeyAway, SealKeyTrouble
from clerk_app.settings import SealTokens

if TYPE_CHECKING:
    from pkcs11 import Session, SignMixin

log = logging.getLogger(__name__)

_SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
"""DigestInfo of SHA-256 (RFC 8017 9.2): RSA tokens sign it as it stands."""
_CLOSED = "印章钥匙已经收起，没有用印，办件没有变化。重新输 PIN 再来。"
_NO_KEY = "令牌里没有这枚印章能用的钥匙，没有用印，办件没有变化。先盖实体章并登记，再找管理员核对令牌。"
_EVERY_TIME = (
    "这枚印章的钥匙签一次要输一次 PIN，这里不留 PIN，没有用印，办件没有变化。先盖实体章并登记，再请发证机构改设。"
)
_NO_ROOTS = "印章的根证书文件读不了，没有验。查 desk.toml 里 [seals] 的 roots。"


class TokenSealKeys:
    """印章令牌 the tokens of one desk; the driver is loaded when a seal is first asked for."""

    def __init__(self, desk: SealTokens) -> None:
        self._desk = desk
        self._driver = TokenDriver(str(desk.module))

    def open(self, seal: str, keeper: str, pin: str) -> SealKey | None:
        """Logged in; None when the token says the PIN is wrong. A locked or broken token is `SealKeyTrouble`, never a wrong PIN."""
        label = self._desk.tokens.get(seal)
        if label is None:
            raise SealKeyAway(seal)
        with self._driver.asked():
            token = self._driver.token(label)
            session = self._driver.log_in(token, pin) if pin else None
            if session is None:
                return None
            try:
                return _key_in(session, self._known_roots(), self._driver)
            except BaseException:
                self._driver.end(session, self._driver.begun)
                raise

    def card(self, seal: str) -> SealCard | None:
        """Read without a PIN; None for a token that is not plugged in or cannot be read now."""
        label = self._desk.tokens.get(seal)
        if label is None:
            return None
        try:
            with self._driver.asked():
                session = self._driver.token(label).open()
                try:
                    return replace(card_of(_chain_in(session, self._known_roots())), own_pin=True)
                finally:
                    session.close()
        except SealKeyTrouble as trouble:
            log.info("seal %s has no card: %s", seal, type(trouble.__cause__ or trouble).__name__)
            return None

    def roots(self) -> bytes:
        """What the desk file names; empty when it names nothing."""
        if self._desk.roots is None:
            return b""
        try:
            return self._desk.roots.read_bytes()
        except OSError:
            raise SealKeyTrouble(_NO_ROOTS) from None

    def _known_roots(self) -> list[x509.Certificate]:
        """To tell whose certificate it is; a seal seals without them, and then nobody's name stands for it."""
        with contextlib.suppress(SealKeyTrouble, ValueError):
            return x509.load_pem_x509_certificates(self.roots())
        return []


class TokenSealKey:
    """打开的令牌 logged in for one authorisation: the key signs inside, and only digests go to it."""

    def __init__(
        self, session: Session, key: SignMixin, chain: Sequence[x509.Certificate], driver: TokenDriver
    ) -> None:
        self._key: SignMixin | None = key
        self._chain = tuple(chain)
        self._algorithm = algorithm_of(chain[0])
        self._driver = driver
        self.slot = session.token.slot.slot_id
        self._end = weakref.finalize(self, driver.end, session, driver.begun)
        self._end.atexit = False
        driver.keep(self)

    @property
    def card(self) -> SealCard:
        """What its certificate says."""
        return replace(card_of(self._chain), own_pin=True)

    @property
    def chain(self) -> tuple[bytes, ...]:
        """DER, its own first."""
        return tuple(der(one) for one in self._chain)

    @property
    def algorithm(self) -> SealAlgorithm:
        """ECDSA over P-256, or RSA."""
        return self._algorithm

    def sign(self, data: bytes) -> bytes:
        """By raw mechanisms, which every token has; the digest is made here."""
        digest = Hash(SHA256())
        digest.update(data)
        with self._driver.asked():
            if self._key is None:
                raise SealKeyTrouble(_CLOSED)
            return _signed(self._key, self._algorithm, digest.finalize())

    def close(self) -> None:
        """Log out."""
        self._key = None
        self._driver.let_go(self, self._end)


def _signed(key: SignMixin, algorithm: SealAlgorithm, digest: bytes) -> bytes:
    from pkcs11 import Mechanism
    from pkcs11.util.ec import encode_ecdsa_signature

    if algorithm == "rsa-sha256":
        return bytes(key.sign(_SHA256_INFO + digest, mechanism=Mechanism.RSA_PKCS))
    return bytes(encode_ecdsa_signature(key.sign(digest, mechanism=Mechanism.ECDSA)))


def _key_in(session: Session, roots: Iterable[x509.Certificate], driver: TokenDriver) -> TokenSealKey:
    """The private key that goes with the seal's certificate."""
    from pkcs11 import Attribute, ObjectClass, SignMixin

    chain = _chain_in(session, roots)
    algorithm_of(chain[0])
    mark = _read_certificates(session)[chain[0]]
    keys = list(session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: mark}))
    if len(keys) != 1 or not isinstance(keys[0], SignMixin):
        raise SealKeyTrouble(_NO_KEY)
    if _flag(keys[0], Attribute.ALWAYS_AUTHENTICATE):
        raise SealKeyTrouble(_EVERY_TIME)
    return TokenSealKey(session, keys[0], chain, driver)


def _flag(key: Any, attribute: Any) -> bool:
    """Old drivers do not know every attribute: then it is not set."""
    from pkcs11 import PKCS11Error

    try:
        return bool(key[attribute])
    except PKCS11Error:
        return False


def _chain_in(session: Session, roots: Iterable[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """The seal's own certificate is one for signing, and the newest where an older one was left in the token."""
    found = list(_read_certificates(session))
    seals = [one for one in found if _for_signing(one)]
    if not seals:
        raise SealKeyTrouble(_NO_KEY)
    return chain_of(max(seals, key=lambda one: one.not_valid_before_utc), [*found, *roots])


def _read_certificates(session: Session) -> dict[x509.Certificate, bytes]:
    """Those that can be read, and the mark each shares with its key."""
    from pkcs11 import Attribute, ObjectClass

    found: dict[x509.Certificate, bytes] = {}
    for one in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        with contextlib.suppress(ValueError):
            found[x509.load_der_x509_certificate(one[Attribute.VALUE])] = one[Attribute.ID]
    return found


def _for_signing(certificate: x509.Certificate) -> bool:
    """No issuer's, and not the one for enciphering that stands beside it in Chinese tokens."""
    try:
        if certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            return False
    except x509.ExtensionNotFound:
        pass
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment

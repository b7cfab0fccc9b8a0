"""签名钥匙 Ed25519 keys of device and person, and the person's key wrapped by his password (Argon2id, AES-GCM)."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clerk_app.sync.protocol import decode, encode

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_SALT, _NONCE = 16, 12


class SigningKey:
    """签名钥匙 one Ed25519 private key in memory."""

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public(self) -> str:
        """The public key in base64."""
        return encode(self._key.public_key().public_bytes_raw())

    def sign(self, data: bytes) -> str:
        """A signature in base64."""
        return encode(self._key.sign(data))

    def wrap(self, password: str) -> bytes:
        """Salt, nonce and the seed under the password."""
        return wrap_bytes(self._seed, password)


def wrap_bytes(data: bytes, password: str) -> bytes:
    """Salt, nonce and the data under the password."""
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    return salt + nonce + AESGCM(_stretch(password, salt)).encrypt(nonce, data, None)


def unwrap_bytes(wrapped: bytes, password: str) -> bytes | None:
    """The data, or None when the password does not fit."""
    salt, nonce, sealed = wrapped[:_SALT], wrapped[_SALT : _SALT + _NONCE], wrapped[_SALT + _NONCE :]
    try:
        return AESGCM(_stretch(password, salt)).decrypt(nonce, sealed, None)
    except InvalidTag:
        return None


def _stretch(password: str, salt: bytes) -> bytes:
    return hash_secret_raw(
        password.encode(), salt, time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, type=Type.ID
    )


class PasswordLocksmith:
    """锁匠 what `ports.Locksmith` asks for."""

    def make(self) -> SigningKey:
        """A fresh key."""
        return SigningKey(secrets.token_bytes(32))

    def unwrap(self, wrapped: bytes, password: str) -> SigningKey | None:
        """The key, or None when the password does not fit."""
        seed = unwrap_bytes(wrapped, password)
        return None if seed is None else SigningKey(seed)

    def verifier(self, password: str) -> str:
        """An Argon2id verifier (PHC string)."""
        return _hasher.hash(password)

    def fits(self, verifier: str, password: str) -> bool:
        """Whether the password fits the verifier."""
        try:
            return _hasher.verify(verifier, password)
        except VerificationError:
            return False

    def genuine(self, public: str, data: bytes, signature: str) -> bool:
        """Whether the key made this signature over exactly these bytes."""
        try:
            Ed25519PublicKey.from_public_bytes(decode(public)).verify(decode(signature), data)
        except (InvalidSignature, ValueError):
            return False
        return True

"""机器接口 this machine: hall time and the keyring."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from clerk_app.command import ClockWord


class HallClock(Protocol):
    """大厅时间 the centre's time at the last hello plus elapsed time; `certain` is False when only this machine's clock is known."""

    def now(self) -> datetime:
        """Hall time with its offset (+08:00)."""
        ...

    def certain(self) -> bool:
        """Whether the centre's time is known since start."""
        ...

    def word(self) -> ClockWord:
        """Where this time comes from: the centre, kept over a restart, or nobody vouches for it."""
        ...

    def set(self, centre_time: datetime) -> None:
        """The centre said what time it is."""
        ...


class ClockMemory(Protocol):
    """钟的记性 what the store remembers of the last hello, and whether a time fits what it holds."""

    def recall(self, key: str) -> str | None:
        """What was kept."""
        ...

    def keep(self, key: str, value: str) -> None:
        """Keep it."""
        ...

    def plausible(self, now: datetime, *, same_boot: bool) -> bool:
        """Not before the newest row; after another boot, not many open days after it either."""
        ...


class SecretBox(Protocol):
    """钥匙盒 the system keyring (or its like): small secrets by name."""

    def get(self, name: str) -> bytes | None:
        """The secret, or None."""
        ...

    def put(self, name: str, secret: bytes) -> None:
        """Keep it; raises `SecretBoxAway` when there is no usable keyring."""
        ...


class SecretBoxAway(Exception):
    """钥匙盒不可用 no usable keyring on this machine."""


class SecretBoxLocked(Exception):
    """钥匙盒锁着 somebody's sign-in password opens it."""


class PersonKey(Protocol):
    """个人签名钥匙 one person's signing key on this device."""

    @property
    def public(self) -> str:
        """The public key in base64."""
        ...

    def sign(self, data: bytes) -> str:
        """A signature in base64."""
        ...

    def wrap(self, password: str) -> bytes:
        """The key under the person's password."""
        ...


class Locksmith(Protocol):
    """锁匠 makes, wraps and unwraps signing keys and judges passwords; slow on purpose (Argon2id)."""

    def make(self) -> PersonKey:
        """A fresh key."""
        ...

    def unwrap(self, wrapped: bytes, password: str) -> PersonKey | None:
        """The key, or None when the password does not fit."""
        ...

    def verifier(self, password: str) -> str:
        """What offline sign-in keeps of a password."""
        ...

    def fits(self, verifier: str, password: str) -> bool:
        """Whether the password fits."""
        ...

    def genuine(self, public: str, data: bytes, signature: str) -> bool:
        """Whether the key (base64) made this signature (base64) over exactly these bytes."""
        ...


class CannotOpen(Exception):
    """开不了 why the program does not start, as one Chinese sentence; nothing was changed."""


class NotSetUp(CannotOpen):
    """还没装机 nothing says which window this machine is: it waits for a set-up file."""


class NeedsPassword(CannotOpen):
    """要密码才开 the data on this machine is opened by a sign-in password; the sentence says so."""

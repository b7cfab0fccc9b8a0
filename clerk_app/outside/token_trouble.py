"""令牌的话 what a PKCS#11 token answers, in one Chinese sentence each: a wrong PIN, a locked token and a broken one are three things."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pkcs11 import PKCS11Error, Token

GONE = "印章钥匙没有插好，没有用印，办件没有变化。插好再来；插不上就盖实体章并登记。"
NO_DRIVER = "印章钥匙的驱动没有装好，没有用印，办件没有变化。先盖实体章并登记，请管理员看 desk.toml 里的 [seals]。"
_LOCKED = "这枚印章的钥匙输错 PIN 太多次，锁住了，没有用印，办件没有变化。先盖实体章并登记，请保管人带钥匙去解锁。"
_NO_PIN = "这枚印章的钥匙还没有设 PIN，或 PIN 到期了，没有用印，办件没有变化。先盖实体章并登记，请保管人去设 PIN。"
_BROKEN = "印章钥匙没有答好（不是 PIN 的事），没有用印，办件没有变化。拔下重插再来；再不行就盖实体章并登记，找管理员。"

_WRONG = ("PinIncorrect", "PinInvalid", "PinLenRange")
_SAID = {
    "PinLocked": _LOCKED,
    "PinExpired": _NO_PIN,
    "UserPinNotInitialized": _NO_PIN,
    "PKCS11Error": NO_DRIVER,  # the library itself: not there, or no PKCS#11 driver
} | dict.fromkeys(
    (
        "DeviceRemoved", "TokenNotPresent", "TokenNotRecognised", "NoSuchToken", "SlotIDInvalid",
        "SessionClosed", "SessionHandleInvalid", "ObjectHandleInvalid", "KeyHandleInvalid",
    ),
    GONE,
)  # fmt: skip


def wrong_pin(error: PKCS11Error) -> bool:
    """Only what the token itself calls so."""
    return type(error).__name__ in _WRONG


def sentence_of(error: PKCS11Error) -> str:
    """What is the matter."""
    return _SAID.get(type(error).__name__, _BROKEN)


def state_fault(token: Token) -> str:
    """Why no PIN should be tried; empty when one may."""
    from pkcs11 import TokenFlag

    return _LOCKED if token.flags & TokenFlag.USER_PIN_LOCKED else ""

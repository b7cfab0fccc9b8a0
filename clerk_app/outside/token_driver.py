"""令牌驱动 one PKCS#11 library: asked by one at a time, its answers in plain words, its sessions and logins accounted for."""

from __future__ import annotations

import contextlib
import logging
import weakref
from collections.abc import Callable, Iterator
from threading import RLock
from typing import TYPE_CHECKING, Protocol

from clerk_app.outside.token_trouble import GONE, NO_DRIVER, sentence_of, state_fault, wrong_pin
from clerk_app.ports.seal import SealKeyTrouble

if TYPE_CHECKING:
    from pkcs11 import Session, Token

log = logging.getLogger(__name__)

_IN_USE = "这枚印章的钥匙正在用，没有用印，办件没有变化。等那一份盖完再来。"


class OpenKey(Protocol):
    """打开的钥匙 logged in to the token of this slot."""

    slot: int


class TokenDriver:
    """驱动 one PKCS#11 library: one call at a time, for it is told of no threads; begun anew after a failure, while no key is open."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._lock = RLock()
        self._open: weakref.WeakSet[OpenKey] = weakref.WeakSet()
        self.begun = 0
        """第几次 a session's number means another session after the driver was begun anew."""

    @contextlib.contextmanager
    def asked(self) -> Iterator[None]:
        """Alone with it; whatever it answers is one Chinese sentence."""
        with self._lock:
            try:
                from pkcs11 import PKCS11Error
            except ImportError as error:
                raise SealKeyTrouble(NO_DRIVER) from error
            try:
                yield
            except PKCS11Error as error:
                log.warning("seal token: %s", type(error).__name__)
                self._begin_anew()
                raise SealKeyTrouble(sentence_of(error)) from error

    def token(self, label: str) -> Token:
        """The one token of this label; one pulled out or plugged in since the driver began may need it begun anew."""
        from pkcs11 import PKCS11Error

        found: list[Token] = []
        with contextlib.suppress(PKCS11Error):
            found = self._labelled(label)
        if not found:
            self._begin_anew()
            found = self._labelled(label)
        if len(found) != 1:
            raise SealKeyTrouble(
                GONE if not found else f"有 {len(found)} 个令牌都叫一个名，没有用印，办件没有变化。只插一个再来。"
            )
        return found[0]

    def log_in(self, token: Token, pin: str) -> Session | None:
        """A session of this PIN alone; None when it is wrong. Sessions share their login: a second one would ask no PIN."""
        from pkcs11 import PKCS11Error

        if any(key.slot == token.slot.slot_id for key in self._open):
            raise SealKeyTrouble(_IN_USE)
        if fault := state_fault(token):
            raise SealKeyTrouble(fault)
        try:
            return token.open(user_pin=pin)
        except PKCS11Error as error:
            if not wrong_pin(error):
                raise
            self._begin_anew()  # a refused login leaves its session behind
        for one in self._labelled(token.label):
            if fault := state_fault(one):
                raise SealKeyTrouble(fault)
        return None

    def keep(self, key: OpenKey) -> None:
        """It counts as open until it is let go of, or nobody has it any more."""
        self._open.add(key)

    def let_go(self, key: OpenKey, end: Callable[[], object]) -> None:
        """No more open, and logged out before anybody else asks."""
        with self._lock:
            self._open.discard(key)
            end()

    def end(self, session: Session, begun: int) -> None:
        """Log out; a token pulled out meanwhile, or a driver begun anew, has done so itself."""
        from pkcs11 import PKCS11Error

        with self._lock:
            if begun != self.begun:
                return
            try:
                session.close()
            except PKCS11Error:
                self._begin_anew()

    def _labelled(self, label: str) -> list[Token]:
        import pkcs11

        return list(pkcs11.lib(self._file).get_tokens(token_label=label))

    def _begin_anew(self) -> None:
        import pkcs11

        if not self._open:
            self.begun += 1
            with contextlib.suppress(pkcs11.PKCS11Error):
                pkcs11.lib(self._file).finalize()

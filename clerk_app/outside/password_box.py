"""密码钥匙盒 for a machine without a keyring: one master key, wrapped by the sign-in password of each person of this window.

The file holds wrapped keys only (Argon2id, AES-GCM); any one of these passwords opens the box. The other secrets stand in
the same file under the master key.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clerk_app.outside.keys import unwrap_bytes, wrap_bytes
from clerk_app.ports import SecretBoxLocked

FILE = "keys.json"
_NONCE = 12


class PasswordBox:
    """密码钥匙盒 what `ports.SecretBox` asks for, once unlocked; a fresh one is open and writes itself at the first `admit`."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._content: dict[str, Any] = {"people": {}, "secrets": {}}
        self._master: bytes | None = secrets.token_bytes(32)
        if self._file.exists():
            self._content = json.loads(self._file.read_text(encoding="utf-8"))
            self._master = None

    def unlock(self, password: str) -> bool:
        """Whether this password is one of those the box knows."""
        for wrapped in self._content["people"].values():
            master = unwrap_bytes(base64.b64decode(wrapped), password)
            if master is not None:
                self._master = master
                return True
        return False

    def admit(self, person: str, password: str) -> None:
        """This person's password opens the box from now on (a changed password takes the old one's place)."""
        wrapped = wrap_bytes(self._open(), password)
        self._content["people"][person] = base64.b64encode(wrapped).decode("ascii")
        self._write()

    def get(self, name: str) -> bytes | None:
        """The secret; raises `SecretBoxLocked`."""
        master = self._open()
        kept = self._content["secrets"].get(name)
        if kept is None:
            return None
        data = base64.b64decode(kept)
        return AESGCM(master).decrypt(data[:_NONCE], data[_NONCE:], name.encode())

    def put(self, name: str, secret: bytes) -> None:
        """Keep it; on disk as soon as somebody is admitted. Raises `SecretBoxLocked`."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + AESGCM(self._open()).encrypt(nonce, secret, name.encode())
        self._content["secrets"][name] = base64.b64encode(sealed).decode("ascii")
        if self._content["people"]:
            self._write()

    def _open(self) -> bytes:
        if self._master is None:
            raise SecretBoxLocked
        return self._master

    def _write(self) -> None:
        """Whole or not at all: a torn key file would lock the store for ever."""
        fresh = self._file.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as out:
            json.dump(self._content, out)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self._file)

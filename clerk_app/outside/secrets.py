"""钥匙盒 the system keyring, and a box that forgets (training and tour: invented people only)."""

from __future__ import annotations

import base64
import secrets

from clerk_app.ports import SecretBox, SecretBoxAway

SERVICE = "counter-clerk"


class KeyringBox:
    """系统密钥环 what `ports.SecretBox` asks for, over `keyring`."""

    def __init__(self, store: str) -> None:
        """`store` tells one data folder from another on the same desk."""
        self._service = f"{SERVICE}:{store}"

    def get(self, name: str) -> bytes | None:
        """The secret; raises `SecretBoxAway`."""
        import keyring
        from keyring.errors import KeyringError

        try:
            text = keyring.get_password(self._service, name)
        except (KeyringError, RuntimeError, OSError) as error:
            raise SecretBoxAway(type(error).__name__) from error
        return None if text is None else base64.b64decode(text)

    def put(self, name: str, secret: bytes) -> None:
        """Keep it; raises `SecretBoxAway`."""
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(self._service, name, base64.b64encode(secret).decode("ascii"))
        except (KeyringError, RuntimeError, OSError) as error:
            raise SecretBoxAway(type(error).__name__) from error


class ForgetfulBox:
    """不留底的钥匙盒 keeps secrets while the program runs, never on disk: what it locked is lost with it."""

    def __init__(self) -> None:
        self._secrets: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        """The secret."""
        return self._secrets.get(name)

    def put(self, name: str, secret: bytes) -> None:
        """Keep it until the end."""
        self._secrets[name] = secret


def secret_of(box: SecretBox, name: str) -> tuple[bytes, bool]:
    """32 random bytes kept under a name, and whether they were made just now."""
    kept = box.get(name)
    if kept is not None:
        return kept, False
    fresh = secrets.token_bytes(32)
    box.put(name, fresh)
    return fresh, True

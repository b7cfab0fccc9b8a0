"""A system keyring for tests: one file a machine, so that whole processes find it (`PYTHON_KEYRING_BACKEND`)."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend

VARIABLE = "CLERK_TEST_DRAWER"
BACKEND = "tests.recovery.drawer.FileKeyring"


class FileKeyring(KeyringBackend):
    """Its file is named by the environment."""

    priority = 1

    def _all(self) -> dict[str, str]:
        file = Path(os.environ[VARIABLE])
        return json.loads(file.read_text("utf-8")) if file.exists() else {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._all().get(f"{service}\n{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        kept = {**self._all(), f"{service}\n{username}": password}
        Path(os.environ[VARIABLE]).write_text(json.dumps(kept), encoding="utf-8")

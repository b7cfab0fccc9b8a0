"""喂送密钥 the key both ends share: from the environment or a file, never on a command line, where anyone may read it."""

from __future__ import annotations

import os
from pathlib import Path

KEY_VARIABLE = "CLERK_CITIZEN_KEY"
SHORTEST = 32

_how = f"用 openssl rand -hex 32 生成一串，两边一样，放进 --key-file 指的文件或环境变量 {KEY_VARIABLE}。"


class KeyMissingError(Exception):
    """没有密钥 one sentence; nothing was started."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}，没有启动。{_how}")


def read_key(file: Path | None) -> str:
    """The key's text; raises `KeyMissingError`."""
    # The file is not named: who writes the key in its place must not read it in a log.
    if file is None:
        text = os.environ.get(KEY_VARIABLE, "")
        what = "没有喂送密钥"
    else:
        try:
            text = file.read_text(encoding="ascii")
        except (OSError, ValueError):
            raise KeyMissingError("密钥文件读不出来") from None
        what = "密钥文件里没有密钥"
    text = text.strip()
    if not text:
        raise KeyMissingError(what)
    if len(text) < SHORTEST:
        raise KeyMissingError(f"喂送密钥太短，至少 {SHORTEST} 个字")
    return text

"""台面设置 the files `desk.toml` names, for command lines that run beside the client; and which centre may be asked."""

from __future__ import annotations

import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from clerk_app.command_lines.spoken import UnreadableError


def file_named(folder: Path, key: str) -> Path | None:
    """`recovery` or `ca`; None when the desk says nothing of it."""
    try:
        named = tomllib.loads((folder / "desk.toml").read_text(encoding="utf-8")).get(key)
    except (OSError, ValueError):
        named = None
    return folder / str(named) if named else None


def check_centre(url: str) -> None:
    """Over TLS, or on this machine; passwords go there. Raises `UnreadableError`."""
    try:
        parts = urlsplit(url)
        good = parts.scheme == "https" or (
            parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
        )
    except ValueError:
        good = False
    if not good or not parts.hostname:
        raise UnreadableError("中心的地址要以 https:// 开头，什么都没做。改 --centre 再来。")

"""这一版程序 its version and what packages of its kind must be for; as the launcher, its own folder or its installation say."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import sys
from datetime import datetime
from pathlib import Path

from clerk_app.outside.update_package import read_keys
from resources import path

DISTRIBUTION = "counter-clerk"
RUNNING, LAUNCHED, LAUNCHER = "CLERK_VERSION", "CLERK_LAUNCHED", "CLERK_LAUNCHER"
"""As `resources/delivery/launcher.py` says them; it can import nothing of ours."""
NOWHERE = "没有装成包"


def running_version() -> str:
    """As the launcher started it, as it was built, or as it was installed; a copy that only lies there says nothing."""
    if version := os.environ.get(RUNNING, ""):
        return version
    if getattr(sys, "frozen", False):
        return _built().get("version", NOWHERE)
    try:
        return importlib.metadata.version(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        return NOWHERE


def replaceable() -> bool:
    """Whether a launcher stands before this program; from a source tree nothing is ever replaced."""
    return bool(os.environ.get(LAUNCHER))


def installed_version() -> str:
    """The program that was installed by hand, behind whatever the pointer names."""
    launcher = os.environ.get(LAUNCHER, "")
    return _built(Path(launcher).parent).get("version", "") if launcher else ""


def platform_here() -> str:
    """linux_x86_64, win_amd64."""
    if os.name == "nt":
        return f"win_{platform.machine().lower()}"
    return f"{sys.platform}_{platform.machine().lower()}"


def machine_words() -> dict[str, str]:
    """这台机器 what it says of itself at a hello, for the hall's list of machines."""
    words = {"name": platform.node()[:60], "platform": platform_here()[:40], "program": running_version()[:24]}
    return {name: word if word.isprintable() else "" for name, word in words.items()}


def glibc_here() -> str:
    """2.36; empty where there is none."""
    kind, version = platform.libc_ver()
    return version if kind == "glibc" else ""


def release_keys(own: Path | None = None) -> tuple[str, ...]:
    """Who may sign what replaces this program: delivered with it, and what the desk file names besides. Bad ones are none."""
    found: tuple[str, ...] = ()
    for file in (path("release_keys.txt"), *((own,) if own is not None else ())):
        try:
            found += read_keys(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
    return found


def built_at() -> datetime | None:
    """When this folder was built."""
    try:
        return datetime.fromisoformat(_built()["built"])
    except (KeyError, ValueError):
        return None


def _built(folder: Path | None = None) -> dict[str, str]:
    try:
        said = json.loads(((folder or Path(sys.executable).parent) / "version.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in said.items()} if isinstance(said, dict) else {}

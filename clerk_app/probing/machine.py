"""看机器 program, folder, keyring, log: asked of the system, nothing written."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from clerk_app.office.doctor import machine
from clerk_app.outside.log_file import LOG
from clerk_app.outside.password_box import FILE
from clerk_app.outside.program_here import running_version
from clerk_app.outside.secrets import KeyringBox
from clerk_app.ports import SecretBoxAway
from clerk_app.ports.doctor import Finding
from clerk_app.ports.updates import Updates


def look_at_program() -> Finding:
    """程序."""
    return machine.program(sys.version_info[:3], running_version())


def look_at_update(updates: Updates | None) -> Finding:
    """更新: as it lies on the disk and as the centre last said; nobody is asked."""
    return machine.update(None if updates is None else updates.state())


def look_at_folder(folder: Path) -> Finding:
    """数据夹; of one that is not there yet, the room where it would be."""
    there = folder.is_dir()
    place = next(one for one in (folder, *folder.parents) if one.exists())
    return machine.folder(there=there, writable=_writable(place), free=shutil.disk_usage(place).free)


def look_at_keyring(folder: Path) -> Finding:
    """密钥环: asked for a secret, as at opening."""
    if (folder / FILE).exists():
        return machine.keyring(ring=False, box=True)
    try:
        KeyringBox(str(folder.resolve())).get("store-key")
    except SecretBoxAway:
        return machine.keyring(ring=False, box=False)
    return machine.keyring(ring=True, box=False)


def look_at_log(folder: Path) -> Finding:
    """日志夹."""
    place = folder / LOG
    if not folder.is_dir():
        return machine.log_folder(writable=None, size=0)
    size = sum(file.stat().st_size for file in place.glob("*.log")) if place.is_dir() else 0
    writable = _writable(place if place.is_dir() else folder)
    return machine.log_folder(writable=writable, size=size)


def _writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)

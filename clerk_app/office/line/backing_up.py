"""做备份 a person's act at the desk: the copy is made beside the work, and the store remembers when the last one was."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.ports.backup import BackupMade, BackupTrouble

LAST = "last_backup"


def back_up(office: Office, folder: Path) -> BackupMade | Refusal:
    """Not for the screen's thread, nor the store's: it takes as long as the disk does."""
    backups = office.parts.backups
    if backups is None:
        return Refusal("no-backups", "这台机器上不能做备份，办件照常。找管理员。")
    try:
        made = backups.make(folder)
    except BackupTrouble as trouble:
        return Refusal("backup-failed", str(trouble))
    said = {"at": made.at.isoformat(), "name": made.name}
    office.parts.vault.keep.put_meta(LAST, json.dumps(said, ensure_ascii=False))
    return made


def last_backup(office: Office) -> tuple[datetime, str] | None:
    """When, and its file's name; None before the first."""
    kept = office.parts.vault.keep.meta(LAST)
    if kept is None:
        return None
    said = json.loads(kept)
    return datetime.fromisoformat(said["at"]), str(said["name"])

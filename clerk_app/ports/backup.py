"""备份接口 a whole copy of this desk's data, made while it works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


class BackupTrouble(Exception):
    """备份办不了 one Chinese sentence; what was there is as it was."""


@dataclass(frozen=True, kw_only=True)
class BackupMade:
    """备份好了 its file's name, when, how much journal and how many attachments are in it, and its size."""

    name: str
    at: datetime
    rows: int
    blobs: int
    size: int


class Backups(Protocol):
    """备份."""

    def make(self, folder: Path) -> BackupMade:
        """A file in this folder, whole or none; raises `BackupTrouble`. Not for the screen's thread."""
        ...

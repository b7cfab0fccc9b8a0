"""备份文件 `*.clerk-backup`: a ZIP of files that are encrypted already (the store, sealed attachments), and a plain list of them.

The list says no person and no case: hall, window, machine, how far the journal has come, and SHA-256 of every file.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from clerk_app.outside.recovery import WRAPPED
from clerk_app.outside.whole_file import PART
from clerk_app.ports.backup import BackupTrouble

SUFFIX, KIND, FORMAT = ".clerk-backup", "clerk-backup", 1
LIST, STORE = "list.json", "counter.db"
_BLOCK, _LIST_MOST = 1 << 20, 64 << 20
_name = re.compile(rf"{re.escape(STORE)}|{re.escape(WRAPPED)}|blobs/[0-9a-f]{{2}}/[0-9a-f]{{64}}")
_BAD = "这个备份坏了或不全，没有恢复，什么都没动。换另一份再来。"
_NOT_OURS = "这不是本程序的备份，没有恢复，什么都没动。选 .clerk-backup 文件再来。"


@dataclass(frozen=True, kw_only=True)
class BackupList:
    """备份的清单."""

    hall: str
    window: int
    device: str
    incarnation: int
    seq: int
    rows: int
    made_at: str
    files: Mapping[str, str] = field(default_factory=dict)


def write_backup(file: Path, found: Mapping[str, Path], said: BackupList) -> BackupList:
    """Whole or not at all; what goes away meanwhile (an attachment the centre has by now) is left out. Raises OSError."""
    part, digests = file.with_name(file.name + PART), dict[str, str]()
    try:
        with part.open("wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
                for name, source in found.items():
                    if name == STORE or source.is_file():
                        digests[name] = _put(archive, name, source)
                whole = BackupList(**{**asdict(said), "files": digests})
                archive.writestr(LIST, json.dumps({"kind": KIND, "format": FORMAT, **asdict(whole)}))
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return whole


def read_list(file: Path) -> BackupList:
    """What is in it, without touching the rest; raises `BackupTrouble`."""
    try:
        with zipfile.ZipFile(file) as archive:
            if archive.getinfo(LIST).file_size > _LIST_MOST:
                raise BackupTrouble(_NOT_OURS)
            rows = json.loads(archive.read(LIST))
    except FileNotFoundError:
        raise BackupTrouble("没有这个备份文件，没有恢复，什么都没动。看看路径对不对。") from None
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        raise BackupTrouble(_NOT_OURS) from None
    if not isinstance(rows, dict) or (rows.pop("kind", ""), rows.pop("format", 0)) != (KIND, FORMAT):
        raise BackupTrouble(_NOT_OURS)
    try:
        said = BackupList(**rows)
    except TypeError:
        raise BackupTrouble(_NOT_OURS) from None
    if STORE not in said.files or not all(_name.fullmatch(name) for name in said.files):
        raise BackupTrouble(_BAD)
    return said


def unpack(file: Path, said: BackupList, into: Path) -> None:
    """Every file of the list, each as it was put in; raises `BackupTrouble`, and OSError for a full disk."""
    try:
        with zipfile.ZipFile(file) as archive:
            for name, digest in said.files.items():
                target = into / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as source, target.open("wb") as out:
                    if _copy(source, out) != digest:
                        raise BackupTrouble(_BAD)
    except (KeyError, zipfile.BadZipFile, EOFError):
        raise BackupTrouble(_BAD) from None


def _put(archive: zipfile.ZipFile, name: str, source: Path) -> str:
    with source.open("rb") as stream, archive.open(name, "w", force_zip64=True) as out:
        return _copy(stream, out)


def _copy(source: IO[bytes], out: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := source.read(_BLOCK):
        digest.update(piece)
        out.write(piece)
    return digest.hexdigest()

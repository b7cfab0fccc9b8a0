"""恢复 a backup in the place of the store: checked whole first, the present store kept beside, nothing of it used twice.

What comes back is by rule an old copy: it does nothing until a journal of its own begins with the line up, which fetches
from the centre what was done after the backup. So no place in the journal, no number and no paper is used again.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from clerk_app.outside.backup_file import STORE, BackupList, read_list, unpack
from clerk_app.outside.one_process import only_one
from clerk_app.outside.recovery import WRAPPED
from clerk_app.ports import CannotOpen
from clerk_app.ports.backup import BackupTrouble
from clerk_app.store.copying_out import hold_back, upgrade_copy
from clerk_app.store.engine import StoreTooNew, StoreUnreadable
from clerk_app.store.reading import StoreReading, StoreTooOld

PAPER = "这台电脑换过数据，这张打没打说不清。看一眼出纸口再答。"
_KEY = "这个备份不是这台电脑的（钥匙打不开），没有恢复，什么都没动。核对备份；换了电脑的，用恢复证书取没送的。"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """恢复到哪 folder, window of its desk file, the store's key, and what the secret box remembers of the journal (JSON)."""

    folder: Path
    window: int
    key: bytes
    mark: Callable[[], bytes | None]


@dataclass(frozen=True, kw_only=True)
class Restored:
    """恢复好了."""

    sentence: str


@dataclass(frozen=True)
class _Place:
    device: str
    hall: str
    incarnation: int
    seq: int

    @property
    def at(self) -> tuple[int, int]:
        return self.incarnation, self.seq


def restore(file: Path, desk: Desk, *, older: bool) -> Restored:
    """`older`: a person said that an older state may come back. Raises `BackupTrouble`; then everything is as it was."""
    said = read_list(file)
    if said.window != desk.window:
        raise BackupTrouble(
            f"这个备份是{said.window}号窗口的，这台是{desk.window}号，没有恢复，什么都没动。换这个窗口的备份。"
        )
    try:
        with only_one(desk.folder), tempfile.TemporaryDirectory(prefix="restoring-", dir=desk.folder) as name:
            return _restore(file, said, desk, Path(name), older=older)
    except CannotOpen as trouble:
        raise BackupTrouble(f"没有恢复：{trouble}") from None
    except OSError:
        raise BackupTrouble("没有恢复，磁盘放不下或写不进，原来的数据在。清出空间再来。") from None


def _restore(file: Path, said: BackupList, desk: Desk, staging: Path, *, older: bool) -> Restored:
    unpack(file, said, staging)
    copy = staging / STORE
    there = _checked_copy(copy, desk.key)
    here = _present(desk)
    if here is not None and (here.device, here.hall) != (there.device, there.hall):
        raise BackupTrouble("这个备份是别的大厅或别的电脑的，没有恢复，什么都没动。换这台电脑的备份。")
    known = max((at for at in (here.at if here else None, _marked(desk)) if at is not None), default=there.at)
    if known > there.at and not older:
        raise BackupTrouble(
            f"这个备份停在第 {there.seq} 条，这台电脑办到过第 {known[1]} 条，没有恢复，什么都没动。"
            "中心收到的连上线会取回，没送到的不在里面；确认要用旧的，加 --older 再来。"
        )
    hold_back(copy, desk.key, PAPER)
    kept = _put_in_place(desk.folder, staging)
    words = f"原来的数据改名 {kept} 放在旁边。" if kept else ""
    return Restored(
        sentence=f"恢复到了 {said.made_at[:16].replace('T', ' ')} 的备份，共 {said.rows} 条。{words}"
        "连着线开窗口，请管理员在“同步”页另起一本流水，之后办的会从中心取回。"
    )


def _checked_copy(copy: Path, key: bytes) -> _Place:
    """Opened, upgraded where it is older than the program, and its chain walked."""
    try:
        upgrade_copy(copy, key)
        with StoreReading(copy, key) as store:
            if not store.journal.check().ok:
                raise BackupTrouble("这个备份里的流水对不上，没有恢复，什么都没动。换另一份再来。")
            return _place_of(store)
    except StoreUnreadable:
        raise BackupTrouble(_KEY) from None
    except StoreTooNew:
        raise BackupTrouble("这个备份是更新的程序做的，没有恢复，什么都没动。装新版再来。") from None


def _present(desk: Desk) -> _Place | None:
    """What is there now; None for nothing, or nothing that can be read."""
    file = desk.folder / STORE
    if not file.is_file():
        return None
    try:
        with StoreReading(file, desk.key) as store:
            found = _place_of(store)
    except (StoreUnreadable, StoreTooNew, StoreTooOld):
        return None
    return found if found.device else None


def _place_of(store: StoreReading) -> _Place:
    head = store.journal.head()
    return _Place(store.meta("device") or "", store.meta("hall") or "", head.incarnation, head.seq)


def _marked(desk: Desk) -> tuple[int, int] | None:
    """How far the journal had come when the box was last told."""
    try:
        said = json.loads(desk.mark() or b"{}")
        return int(said["incarnation"]), int(said["seq"])
    except (ValueError, KeyError, TypeError):
        return None


def _put_in_place(folder: Path, staging: Path) -> str:
    """The log of the old file goes away before the new one comes: it would be read into it."""
    stamp = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    name = f"counter.replaced-{stamp}.db"
    kept = (folder / STORE).exists()
    for tail in ("", "-wal", "-shm"):
        if (folder / f"{STORE}{tail}").exists():
            (folder / f"{STORE}{tail}").rename(folder / f"{name}{tail}")
    os.replace(staging / STORE, folder / STORE)
    for blob in (staging / "blobs").glob("??/*"):
        target = folder / "blobs" / blob.parent.name / blob.name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(blob, target)
    if (staging / WRAPPED).exists() and not (folder / WRAPPED).exists():
        os.replace(staging / WRAPPED, folder / WRAPPED)
    return name if kept else ""

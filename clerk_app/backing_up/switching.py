"""换版和退回 while the office is closed: the store is copied, then the pointer moves in one step; going back gives up nothing that was made.

Stopped anywhere, the next start runs the old program or the new one, with the whole store: the pointer moves last when a version
is taken, and the store is put back in one step before it moves when one goes back.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from clerk_app.backing_up.making import DeskBackups
from clerk_app.outside.backup_file import STORE, read_list, unpack
from clerk_app.outside.one_process import only_one
from clerk_app.outside.update_place import UpdatePlace
from clerk_app.ports import CannotOpen
from clerk_app.ports.backup import BackupTrouble
from clerk_app.ports.updates import UpdateTrouble
from clerk_app.settings import Settings
from clerk_app.store.copying_out import hold_back
from clerk_app.store.engine import StoreUnreadable, open_engine
from clerk_app.store.left_here import format_of, left_here, place_of
from clerk_app.updating import Behind, no_way_back

PAPER = "这台电脑退回过上一版，这张打没打说不清。看一眼出纸口再答。"
_KEYLESS = "数据的钥匙这会儿拿不到，没有{}，现在这一版照常用。登录一次再来。"
_FULL = "磁盘放不下或写不进，没有{}，现在这一版照常用，数据没有动。清出空间再来。"


@dataclass(frozen=True, kw_only=True)
class Switch:
    """换版 of one desk whose office is closed. `key`: the store's; None when it cannot be had."""

    settings: Settings
    place: UpdatePlace
    key: Callable[[], bytes | None]
    backups: DeskBackups

    def take(self) -> str:
        """The version the next start runs; raises `UpdateTrouble`, which the page says too."""
        try:
            return self._take()
        except UpdateTrouble as trouble:
            self.place.fail(str(trouble))
            raise

    def _take(self) -> str:
        state = self.place.state()
        offer = state.waiting
        if offer is None or not state.ready:
            raise UpdateTrouble("没有等着的更新，什么都没动。")
        release = self.place.whole(offer.version)
        folder = self.place.pointer.place_before(release.version)
        try:
            with only_one(self.settings.data_dir):
                for stale in (
                    folder,
                    *self.settings.data_dir.glob("backup-*"),
                    *self.settings.data_dir.glob("returning-*"),
                ):
                    shutil.rmtree(stale, ignore_errors=True)  # of a power cut: nobody else works here now
                folder.mkdir(parents=True)
                made = self.backups.make(folder, attachments=False)
                self.place.pointer.move_on(release, folder / made.name)
        except (BackupTrouble, CannotOpen) as trouble:
            raise UpdateTrouble(f"没有换到 {release.version}：{trouble}") from None
        except OSError:
            raise UpdateTrouble(_FULL.format("换")) from None
        self.place.tidy()
        return release.version

    def go_back(self) -> str:
        """What to say; raises `UpdateTrouble` when one cannot, and then nothing was changed; the page says it too."""
        try:
            return self._go_back()
        except UpdateTrouble as trouble:
            self.place.fail(str(trouble))
            raise

    def _go_back(self) -> str:
        left = self.place.pointer.read().version
        if not left:
            raise UpdateTrouble(no_way_back(Behind()))
        key = self.key() if self.settings.store_file.exists() else b""
        if key is None:
            raise UpdateTrouble(_KEYLESS.format("退"))
        try:
            with only_one(self.settings.data_dir):
                behind = self.behind(key)
                if trouble := no_way_back(behind):
                    raise UpdateTrouble(trouble)
                kept = self._put_back(key) if behind.schema_changed else ""
                self.place.pointer.move_back()
        except (BackupTrouble, CannotOpen, StoreUnreadable) as trouble:
            raise UpdateTrouble(f"没有退：{trouble}") from None
        except OSError:
            raise UpdateTrouble(_FULL.format("退")) from None
        words = f"换版后的数据改名 {kept} 放在旁边，办过的中心都有。" if kept else "数据没有动。"
        return f"退回了上一版 {behind.previous}，{words}{left} 不会再自己装上。"

    def way_back(self) -> str:
        """Why one cannot go back now, for the page; empty when one can. Beside the running office."""
        if not self.place.state().previous:
            return no_way_back(Behind())
        key = self.key()
        if key is None:
            return _KEYLESS.format("退")
        try:
            return no_way_back(self.behind(key))
        except (StoreUnreadable, OSError):
            return "数据这会儿看不了，不知道能不能退。过一会儿再来。"

    def behind(self, key: bytes) -> Behind:
        """What going back would have to give up; the store's own format counts, not what was announced."""
        state, pointer, store = self.place.state(), self.place.pointer.read(), self.settings.store_file
        changed = pointer.back and store.exists() and format_of(store, key) != pointer.schema
        there = left_here(store, key) if changed else None
        return Behind(
            previous=state.previous,
            there=self.place.pointer.has_before(),
            schema_changed=changed,
            copy=self.place.pointer.copy() is not None,
            unsent=there.unsent if there else 0,
            blobs=there.blobs if there else 0,
            papers=there.papers if there else 0,
            typed=there.typed if there else 0,
        )

    def _put_back(self, key: bytes) -> str:
        """The copy in the place of the store, which stays beside under another name. An old copy if anything was made since."""
        copy, store = self.place.pointer.copy(), self.settings.store_file
        if copy is None:
            raise UpdateTrouble(no_way_back(Behind(previous="-", schema_changed=True)))
        said = read_list(copy)
        with tempfile.TemporaryDirectory(prefix="returning-", dir=self.settings.data_dir) as folder:
            unpack(copy, said, Path(folder))
            staged = Path(folder) / STORE
            if place_of(staged, key) != place_of(store, key):
                hold_back(staged, key, PAPER)
            _settle_log(store, key)
            name = f"counter.replaced-{datetime.now().astimezone():%Y%m%d-%H%M%S}.db"
            _keep_beside(store, store.with_name(name))
            os.replace(staged, store)
        return name


def _keep_beside(store: Path, name: Path) -> None:
    """A second name costs nothing where the disk knows such; the store itself is never away."""
    try:
        os.link(store, name)
    except OSError:
        shutil.copy2(store, name)


def _settle_log(store: Path, key: bytes) -> None:
    """Everything in the one file: a log left beside it would be read into the other."""
    engine = open_engine(store, key)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
    finally:
        engine.dispose()
    for tail in ("-wal", "-shm"):
        store.with_name(store.name + tail).unlink(missing_ok=True)

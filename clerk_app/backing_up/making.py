"""做备份 the store, its attachments and its wrapped key in one file, checked before anybody is told that it is there."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from clerk_app.outside.backup_file import STORE, SUFFIX, BackupList, read_list, write_backup
from clerk_app.outside.recovery import WRAPPED
from clerk_app.ports import SecretBox, SecretBoxAway, SecretBoxLocked
from clerk_app.ports.backup import BackupMade, BackupTrouble
from clerk_app.settings import Settings
from clerk_app.store.copying_out import copy_out
from clerk_app.store.engine import StoreUnreadable
from clerk_app.store.reading import StoreReading

_FAILED = "备份没有做成，那里写不进或放不下，办件照常。看看地方在不在、空间够不够再来。"
_NO_KEY = "备份没有做成，数据的钥匙这会儿拿不到，办件照常。重开程序再来。"
_BROKEN = "备份没有做成，数据文件的流水对不上，办件照常。在“设置”里体检，找管理员。"


@dataclass(frozen=True)
class DeskBackups:
    """备份 what `ports.backup.Backups` asks for."""

    settings: Settings
    box: SecretBox | None
    now: Callable[[], datetime]

    def make(self, folder: Path, *, attachments: bool = True) -> BackupMade:
        """Beside the running client; nothing it does waits for it. Without attachments: for a change that touches none."""
        try:
            key = self.box.get("store-key") if self.box is not None else None
        except (SecretBoxAway, SecretBoxLocked):
            key = None
        if key is None:
            raise BackupTrouble(_NO_KEY)
        try:
            # On this disk: a share may be slow, and the copy is read once more before it goes there.
            with tempfile.TemporaryDirectory(prefix="backup-", dir=self.settings.data_dir) as place:
                return self._make(folder, key, Path(place) / STORE, self._blobs() if attachments else [])
        except (OSError, StoreUnreadable):
            raise BackupTrouble(_FAILED) from None

    def _make(self, folder: Path, key: bytes, copy: Path, attached: list[Path]) -> BackupMade:
        copy_out(self.settings.store_file, key, copy)
        with StoreReading(copy, key) as store:
            check, head = store.journal.check(), store.journal.head()
            if not check.ok:
                raise BackupTrouble(_BROKEN)
            hall, device = store.meta("hall") or "", store.meta("device") or ""
        now = self.now()
        blobs = {f"blobs/{one.parent.name}/{one.name}": one for one in attached}
        wrapped = self.settings.data_dir / WRAPPED
        said = BackupList(
            hall=hall,
            window=self.settings.window,
            device=device,
            incarnation=head.incarnation,
            seq=head.seq,
            rows=check.rows,
            made_at=now.isoformat(timespec="seconds"),
        )
        file = folder / f"{hall}-{self.settings.window}号窗口-{now:%Y%m%d-%H%M%S}{SUFFIX}"
        found = {STORE: copy, **blobs, **({WRAPPED: wrapped} if wrapped.is_file() else {})}
        kept = write_backup(file, found, said)
        read_list(file)
        count = sum(name.startswith("blobs/") for name in kept.files)
        return BackupMade(name=file.name, at=now, rows=check.rows, blobs=count, size=file.stat().st_size)

    def _blobs(self) -> list[Path]:
        return sorted(one for one in (self.settings.data_dir / "blobs").glob("??/*") if len(one.name) == 64)

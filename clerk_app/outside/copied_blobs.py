"""附件的第二份 sealed attachments in a folder off this disk: `<device>/blobs/<digest>`, and the wrapped key beside them.

They are copied as they lie under the store's own key; `counter.db.recovery` holds that key under the recovery certificate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from clerk_app.outside.recovery import WRAPPED
from clerk_app.outside.whole_file import PART, write_pieces, write_whole
from clerk_app.ports.copies import CopyAway

BLOBS = "blobs"
_device = re.compile(r"[0-9A-Za-z_-][0-9A-Za-z._-]{0,35}")
_digest = re.compile(r"[0-9a-f]{64}")
_away = "附件的第二份在 {folder} 存不了（{why}），没送到的附件只在本机一份，办件照常。查网线或把盘插好，会自动接着存。"
_no_key = "还没有恢复证书，附件没有存第二份，只在本机一份，办件照常。请管理员装好恢复证书。"


def machines_in(folder: Path) -> dict[str, Path]:
    """The folder of each device that left attachments here; raises OSError."""
    found = (one for one in sorted(folder.iterdir()) if _device.fullmatch(one.name))
    return {one.name: one for one in found if (one / BLOBS).is_dir()}


def sealed_in(machine: Path) -> dict[str, Path]:
    """Whole files by digest, in one device's folder; raises OSError."""
    return {one.name: one for one in sorted((machine / BLOBS).iterdir()) if _digest.fullmatch(one.name)}


class FolderBlobs:
    """附件的第二份 what `ports.copies.BlobPlace` asks for."""

    def __init__(self, folder: Path, wrapped: Callable[[], bytes | None]) -> None:
        """`wrapped` is the store's key under the recovery certificate, asked each time: the hall may get another one."""
        self._folder = folder
        self._wrapped = wrapped

    def lying(self, device: str) -> Mapping[str, int]:
        """放着的附件; what a crash left half is swept away."""
        with self._reaching():
            if not (self._folder / device / BLOBS).is_dir():
                return {}
            for part in (self._folder / device / BLOBS).glob(f"*{PART}"):
                part.unlink(missing_ok=True)
            return {digest: file.stat().st_size for digest, file in sealed_in(self._folder / device).items()}

    def keep_key(self, device: str) -> None:
        """钥匙放在旁边."""
        wrapped = self._wrapped()
        if wrapped is None:
            raise CopyAway(_no_key)
        file = self._folder / device / WRAPPED
        with self._reaching():
            self._make(file.parent)
            with suppress(FileNotFoundError):
                if file.read_bytes() == wrapped:
                    return
            write_whole(file, wrapped)

    def write(self, device: str, digest: str, pieces: Iterator[bytes]) -> None:
        """存一份附件."""
        folder = self._folder / device / BLOBS
        with self._reaching():
            self._make(folder.parent)
            self._make(folder)
            write_pieces(folder / digest, pieces)

    def drop(self, device: str, digest: str) -> None:
        """去掉一份附件."""
        with self._reaching():
            (self._folder / device / BLOBS / digest).unlink(missing_ok=True)

    @staticmethod
    def _make(folder: Path) -> None:
        """Never the place itself: an empty mount point is not the share."""
        folder.mkdir(exist_ok=True)

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            why = "找不到" if isinstance(error, FileNotFoundError) else (error.strerror or type(error).__name__)
            raise CopyAway(_away.format(folder=self._folder, why=why)) from error

"""第二份 unsent work as encrypted files in a folder off this disk: a hall share, a neighbour window, a stick."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from clerk_app.outside.recovery import RecoveryProblem, encrypt_for, read_certificate
from clerk_app.outside.unsent_file import Maker, write_document
from clerk_app.outside.whole_file import PART, write_whole
from clerk_app.ports.copies import CopyAway, CopyFile, Heading, Span, Unsent

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_named = re.compile(r"(?P<device>[0-9A-Za-z._-]{1,36})-(?P<incarnation>\d+)-(?P<first>\d+)-(?P<last>\d+)\.cms")
_away = "第二份的地方 {folder} 现在存不了（{why}），未送的只在本机一份，办件照常。查网线或把盘插好，会自动接着存。"


def file_name(device: str, span: Span) -> str:
    """`<device>-<incarnation>-<from>-<to>.cms`."""
    return f"{device}-{span.incarnation}-{span.first}-{span.last}.cms"


def copies_in(folder: Path) -> dict[str, list[Path]]:
    """The files of each device in a folder; raises OSError."""
    found: dict[str, list[Path]] = {}
    for file in sorted(folder.iterdir()):
        if match := _named.fullmatch(file.name):
            found.setdefault(match["device"], []).append(file)
    return found


class FolderCopies:
    """第二份的文件夹 what `ports.copies.CopyPlace` asks for."""

    def __init__(
        self,
        folder: Path,
        certificate: Callable[[], bytes | None],
        sign: Callable[[bytes], str],
        now: Callable[[], datetime],
    ) -> None:
        """`certificate` (PEM) is asked at each write: the hall may get another one."""
        self._folder = folder
        self._certificate = certificate
        self._sign = sign
        self._now = now

    def files(self, device: str) -> tuple[CopyFile, ...]:
        """放着的. The folder itself is never made here: an empty mount point is not the share."""
        found: list[CopyFile] = []
        with self._reaching():
            for file in copies_in(self._folder).get(device, ()):
                match = _named.fullmatch(file.name)
                if match is not None:
                    place = Span(*(int(match[part]) for part in ("incarnation", "first", "last")))
                    found.append(CopyFile(place, file.stat().st_size))
            for part in self._folder.glob(f"{device}-*{PART}"):
                part.unlink(missing_ok=True)
        return tuple(sorted(found, key=lambda one: (one.span.incarnation, one.span.first, -one.span.last)))

    def write(self, span: Span, heading: Heading, rows: Sequence[Unsent]) -> None:
        """存一个."""
        certificate = self._recipient()
        document = write_document(heading, rows, Maker(at=self._now(), sign=self._sign))
        with self._reaching():
            write_whole(self._folder / file_name(heading.head.device, span), encrypt_for(certificate, document))

    def drop(self, device: str, span: Span) -> None:
        """去掉一个."""
        with self._reaching():
            (self._folder / file_name(device, span)).unlink(missing_ok=True)

    def _recipient(self) -> Certificate:
        try:
            pem = self._certificate()
            if pem is not None:
                return read_certificate(pem)
        except RecoveryProblem as problem:
            raise CopyAway(f"第二份没有存：{problem} 未送的只在本机一份，办件照常。") from None
        raise CopyAway("还没有恢复证书，第二份没有存，未送的只在本机一份，办件照常。请管理员装好恢复证书。")

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            why = "找不到" if isinstance(error, FileNotFoundError) else (error.strerror or type(error).__name__)
            raise CopyAway(_away.format(folder=self._folder, why=why)) from error

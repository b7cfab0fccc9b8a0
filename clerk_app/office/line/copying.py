"""抄第二份 a loop of its own copies unsent work off this machine within seconds of an act; no act ever waits for it.

Level-triggered: each turn compares the rows with the files that lie there, so a stick pulled out, a crash or a new
incarnation needs no memory. A file's name says exactly which rows it holds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from clerk_app.office.events import CopyState
from clerk_app.office.line.copying_blobs import BlobTurn, copy_blobs
from clerk_app.office.office import Office
from clerk_app.ports.copies import CopyAway, CopyFile, SecondCopy, Span

MOST_ROWS, MOST_FILES = 500, 20
LARGEST_ROWS, LARGEST_BYTES = 1000, 4 << 20
PATIENCE, TIDYING, REST, AWAY_REST = 1.0, 10.0, 30.0, 15.0
"""Seconds after an act (with the line up its answer comes sooner, and there is nothing to copy), between two tidyings
while acts go on, without an act, and while the place is away."""

NEXT = 0.0
"""More attachments wait: another turn."""

_no_place = "没有设第二份的地方，未送的只在本机一份。请管理员在 desk.toml 写上 second_copy。"
_cannot_tell = "本机流水的次序和第二份对不上，第二份停在这里，未送的都在本机，办件照常。请管理员核对流水。"

_all_there = "未送的都有第二份。"
_attachments_left = "未送的步骤都有第二份，附件还有 {left} 份正在存，办件照常。"
_attachments_lost = "未送的都有第二份，只有 {lost} 份附件在本机的文件读不了，没有第二份，办件照常。找原件重扫再加。"


class CopyKeeper:
    """照管第二份 `step` is called by one thread only."""

    def __init__(self, office: Office, now: Callable[[], float] = time.monotonic) -> None:
        self._office = office
        self._now = now
        self._due: float | None = None
        self._tidied = 0.0
        self.copy: SecondCopy | None = office.parts.second_copy
        self.state = CopyState(at=None, ok=False, said="第二份还没存。" if self.copy else _no_place)

    def step(self) -> float:
        """One turn a moment after it was woken, however often; answers how long to rest."""
        if self.copy is None:
            return REST
        if self._due is None:
            self._due = self._now() + PATIENCE
        if (left := self._due - self._now()) > 0:
            return left
        self._due = None
        try:
            wrote, attachments = self._turn(self.copy)
        except CopyAway as away:
            self._tell(CopyState(at=self.state.at, ok=False, said=away.sentence))
            return AWAY_REST
        said = _said(attachments)
        if wrote or said != self.state.said:
            self._tell(CopyState(at=self._office.parts.clock.now(), ok=said == _all_there, said=said))
        return NEXT if attachments.left else REST

    def _tell(self, state: CopyState) -> None:
        if state != self.state:
            self.state = state
            self._office.bell.ring(state)

    def _turn(self, copy: SecondCopy) -> tuple[bool, BlobTurn]:
        """New ones first, then tidying, then attachments; answers whether anything was written."""
        device = copy.rows.heading().head.device
        files = list(copy.place.files(device))
        wrote = self._write_new(copy, files)
        if not wrote or self._now() >= self._tidied + TIDYING:
            self._tidied = self._now()
            self._tidy(copy, device, files)
        looked = self._now()

        def commands_first() -> None:
            nonlocal looked
            if self._now() >= looked + PATIENCE:
                self._write_new(copy, files)
                looked = self._now()

        attachments = copy_blobs(copy, device, commands_first)
        return wrote or attachments.wrote > 0, attachments

    @staticmethod
    def _write_new(copy: SecondCopy, files: list[CopyFile]) -> bool:
        wrote = False
        while span := copy.rows.first_outside([file.span for file in files], MOST_ROWS):
            if any(span == file.span for file in files):
                raise CopyAway(_cannot_tell)
            copy.place.write(span, copy.rows.heading(), copy.rows.rows(span))
            files.append(CopyFile(span, 0))
            wrote = True
        return wrote

    def _tidy(self, copy: SecondCopy, device: str, files: Sequence[CopyFile]) -> None:
        for file in files:
            if not copy.rows.waits(file.span):
                copy.place.drop(device, file.span)
        if len(files) > MOST_FILES:
            self._gather(copy, device)

    @staticmethod
    def _gather(copy: SecondCopy, device: str) -> None:
        """Many small files become few; the small ones go only when the large one lies there."""
        groups = gathered(copy.place.files(device))
        if sum(map(len, groups)) <= MOST_FILES:
            return
        for group in groups:
            span = Span(group[0].incarnation, group[0].first, max(one.last for one in group))
            copy.place.write(span, copy.rows.heading(), copy.rows.rows(span))
            for small in group:
                if small != span:
                    copy.place.drop(device, small)


def _said(attachments: BlobTurn) -> str:
    if attachments.left:
        return _attachments_left.format(left=attachments.left)
    if attachments.lost:
        return _attachments_lost.format(lost=attachments.lost)
    return _all_there


def gathered(files: Sequence[CopyFile]) -> list[list[Span]]:
    """Neighbours that together are still one handy file; `files` are in journal order."""
    groups: list[list[Span]] = []
    size = 0
    for file in files:
        size += file.size
        begun = groups[-1][0] if groups else None
        fits = begun is not None and begun.incarnation == file.span.incarnation
        if begun is None or not fits or file.span.last - begun.first >= LARGEST_ROWS or size > LARGEST_BYTES:
            groups.append([file.span])
            size = file.size
        else:
            groups[-1].append(file.span)
    return [group for group in groups if len(group) > 1]

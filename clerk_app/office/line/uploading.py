"""送附件 one piece a step: commands first, then the case that is due first; every step begins with what the rows say.

A cut line costs the piece on its way and nothing else: the next step asks the centre how much has arrived.
"""

from __future__ import annotations

import logging
import random
import time
from dataclasses import dataclass

from clerk_app.office.events import RowsChanged
from clerk_app.office.office import Office
from clerk_app.ports import BlobCentre, BlobRow, BlobState, CentreAway, CentreProblem, StoreTrouble
from clerk_app.sync.catching_up import EPOCH
from clerk_app.sync.protocol import LARGEST_PIECE
from clerk_app.sync.rounds import Backoff

log = logging.getLogger(__name__)

IDLE = 5.0
GIVE_WAY = 1.0
"""How long commands have the line to themselves before it is looked again."""
TRIES = 8
LONGEST_WAIT = 60.0
SMALLEST_PIECE = 256 << 10
QUICK, SLOW = 0.5, 4.0
DAY = 86_400.0
EPOCH_ASKED = "blobs_epoch"

THE_LINE_S = frozenset({401, 403, 429})
"""Refusals that say nothing about this blob."""
HOPELESS = frozenset({"blob-too-large", "digest-wrong"})
"""No second try can be better."""


@dataclass
class Pace:
    """步子 how large a piece is: a quick one grows it, a slow or lost one shrinks it."""

    size: int = 1 << 20

    def took(self, sent: int, seconds: float) -> None:
        """A whole piece went in so many seconds; a short last one says nothing."""
        if sent >= self.size and seconds < QUICK:
            self.size = min(self.size * 2, LARGEST_PIECE)
        elif seconds > SLOW:
            self.shrink()

    def shrink(self) -> None:
        """Less at once."""
        self.size = max(self.size // 2, SMALLEST_PIECE)


@dataclass(frozen=True)
class _Place:
    """Where the blob in hand stands, as the centre said last."""

    digest: str
    url: str
    offset: int


class Uploader:
    """送附件 a step of one loop; safe to end after any of them."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._backoff = Backoff(base=0.5, cap=8.0)
        self._place: _Place | None = None
        self._swept = 0.0
        self.pace = Pace()

    def step(self) -> float:
        """One piece, or one question; answers how long to rest."""
        parts, now = self._office.parts, time.time()
        centre, blobs = parts.blob_centre, parts.vault.blobs
        if centre is None:
            return IDLE
        row = next(iter(blobs.due(now, 1)), None)
        if row is None:
            return self._idle(now)
        if parts.vault.journal.due(now, 1, 1):
            return GIVE_WAY
        try:
            self._forward(centre, row)
        except CentreAway as away:
            return self._cut(row, away.retry_after)
        except CentreProblem as problem:
            return self._refused(row, problem)
        except StoreTrouble as trouble:
            self._settle(row, "stuck", trouble.sentence)
        self._backoff.reset()
        return 0.0

    def _forward(self, centre: BlobCentre, row: BlobRow) -> None:
        place = self._place if self._place and self._place.digest == row.digest else self._find(centre, row)
        if place is None:
            self._settle(row, "there")
            return
        if place.offset < row.size:
            place = self._send(centre, row, place)
        if place.offset >= row.size:
            self._confirm(centre, row)

    def _find(self, centre: BlobCentre, row: BlobRow) -> _Place | None:
        """Where to go on; None when the centre has it all."""
        if row.url:
            return _Place(row.digest, row.url, centre.offset(row.url))
        if centre.size(row.digest) == row.size:
            return None
        url = centre.begin(row.digest, row.size)
        self._office.parts.vault.blobs.aim(row.digest, url)
        return _Place(row.digest, url, 0)

    def _send(self, centre: BlobCentre, row: BlobRow, place: _Place) -> _Place:
        blobs = self._office.parts.vault.blobs
        piece = blobs.piece(row.digest, place.offset, self.pace.size)
        if len(piece) != min(self.pace.size, row.size - place.offset):
            raise StoreTrouble("blob-damaged", "这份附件在本机的文件不完整，没有送；别的都在。找原件重扫一份再加。")
        began = time.monotonic()
        reached = centre.send(place.url, place.offset, piece)
        self.pace.took(len(piece), time.monotonic() - began)
        blobs.progress(row.digest, reached)
        self._place = _Place(row.digest, place.url, reached)
        if reached * 10 // row.size != place.offset * 10 // row.size:
            self._tell(row)
        return self._place

    def _confirm(self, centre: BlobCentre, row: BlobRow) -> None:
        """Only the centre's own word that it has the whole ends it here."""
        self._place = None
        if centre.size(row.digest) == row.size:
            self._settle(row, "there")
            return
        raise CentreProblem("upload-unknown", "中心说收齐了又没有，附件还在本机。会自动从头再送。", 404)

    def _cut(self, row: BlobRow, retry_after: float) -> float:
        self._place = None
        self.pace.shrink()
        rest = max(self._backoff.next(), retry_after)
        self._office.parts.vault.blobs.postpone(row.digest, time.time() + rest, row.said, counted=False)
        return rest

    def _refused(self, row: BlobRow, problem: CentreProblem) -> float:
        log.info("blob: %s", problem.type)
        self._place = None
        blobs = self._office.parts.vault.blobs
        if problem.status in THE_LINE_S:
            return max(self._backoff.next(), problem.retry_after)
        if problem.type in HOPELESS:
            self._settle(row, "stuck", problem.sentence)
            return 0.0
        if problem.status in (404, 410):
            blobs.aim(row.digest, "")
        if problem.status == 413:
            self.pace.shrink()
        wait = max(random.uniform(0, min(LONGEST_WAIT, 0.5 * 2**row.attempts)), problem.retry_after)
        if blobs.postpone(row.digest, time.time() + wait, problem.sentence, counted=True) >= TRIES:
            said = f"送了 {TRIES} 次都没成，附件还在本机。按“再送”再试；还不行找管理员，报 {problem.type}。"
            self._settle(row, "stuck", said)
        return 0.0

    def _settle(self, row: BlobRow, state: BlobState, said: str = "") -> None:
        self._office.parts.vault.blobs.settle(row.digest, state, said)
        self._tell(row)

    def _tell(self, row: BlobRow) -> None:
        self._office.bell.ring(RowsChanged((f"blob:{row.digest}",)))

    def _idle(self, now: float) -> float:
        """What the centre has had is asked anew in another epoch; once a day, what a crash left is swept."""
        vault = self._office.parts.vault
        epoch, asked = vault.keep.meta(EPOCH) or "", vault.keep.meta(EPOCH_ASKED) or ""
        if epoch != asked:
            vault.blobs.doubt()
            vault.keep.put_meta(EPOCH_ASKED, epoch)
            return 0.0
        if now - self._swept > DAY:
            self._swept = now
            vault.blobs.sweep(now - DAY)
        return IDLE

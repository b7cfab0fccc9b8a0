"""A desk that only uploads: a real store with blobs in it, a real line to a centre, and the uploader's step by hand.

As a program it uploads until killed: `python -m tests.faults.uploading_desk FOLDER URL DEVICE DEVICE-KEY-HEX`.
"""

from __future__ import annotations

import hashlib
import secrets
import sys
from dataclasses import replace
from pathlib import Path

from clerk_app.office.line.uploading import Pace, Uploader
from clerk_app.outside.blobs import HttpBlobs
from clerk_app.outside.centre import HttpCentre
from clerk_app.outside.keys import SigningKey
from clerk_app.outside.line import HttpLine
from clerk_app.ports import BlobRow
from tests.desk import cut_office
from tests.faults.centres import CODE

KEY = bytes(range(32))
PIECE = 256 << 10


class _Steady(Pace):
    """Never larger, however quick."""

    def took(self, sent: int, seconds: float) -> None:
        super().took(0, seconds)


class UploadingDesk:
    """Pieces of 256 KiB that do not grow, so that a test knows where they end."""

    def __init__(self, folder: Path, url: str, device: str = "", key: bytes = b"") -> None:
        folder.mkdir(exist_ok=True)
        self.key, self.device = key or secrets.token_bytes(32), device
        signing = SigningKey(self.key)
        self.line = HttpLine(url, lambda: self.device, signing.sign)
        self.device = device or HttpCentre(self.line).enrol(CODE, 2, signing.public)
        self.office = cut_office(folder, KEY, fill=not device)
        self.office.parts = replace(self.office.parts, blob_centre=HttpBlobs(self.line))
        self.blobs = self.office.parts.vault.blobs
        self.uploader = Uploader(self.office)
        self.uploader.pace = _Steady(PIECE)

    def put(self, data: bytes) -> str:
        kept = self.blobs.keep(data)
        with self.office.parts.vault.unit(self.office.hall) as work:
            work.name_blob(kept, "c-1", self.office.parts.clock.now())
        return kept.digest

    def row(self, digest: str) -> BlobRow:
        return self.blobs.standings([digest])[digest]

    def step(self) -> None:
        """What waits for its hour is due: tests do not sleep."""
        with self.office.parts.vault._gate.begin() as connection:
            connection.exec_driver_sql("UPDATE blobs SET next_at = 0 WHERE next_at > 0")
        self.uploader.step()

    def drain(self, steps: int = 500) -> None:
        for _ in range(steps):
            if not self.blobs.due(1e12, 1):
                return
            self.step()
        raise AssertionError(self.blobs.due(1e12, 3))

    def at_the_centre(self, digest: str) -> bool:
        """Whether it has exactly these bytes."""
        return hashlib.sha256(HttpBlobs(self.line).fetch(digest)).hexdigest() == digest

    def close(self) -> None:
        self.line.close()
        self.office.parts.vault.close()


def main() -> None:
    folder, url, device, key = Path(sys.argv[1]), sys.argv[2], sys.argv[3], bytes.fromhex(sys.argv[4])
    desk = UploadingDesk(folder, url, device, key)
    print("working", flush=True)
    desk.drain(1_000_000)
    print("done", flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main()

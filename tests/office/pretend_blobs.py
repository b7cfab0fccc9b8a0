"""中心附件库 in memory: what `ports.BlobCentre` asks for, with faults on order; its contract is the real centre's."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from clerk_app.cases.attachments import Attachment
from clerk_app.cases.model import Case
from clerk_app.office.office import Office
from clerk_app.ports import CentreAway, CentreProblem

Fault = Callable[[], None]


def away() -> None:
    raise CentreAway("cut")


def problem(type_: str, status: int, sentence: str = "中心没收，附件还在本机。", retry_after: float = 0.0) -> Fault:
    def refuse() -> None:
        raise CentreProblem(type_, sentence, status, retry_after)

    return refuse


@dataclass
class PretendBlobs:
    """`faults` are met one a call, in order, before anything is done (`None`: no fault); `said` is every call."""

    whole: dict[str, bytes] = field(default_factory=dict)
    parts: dict[str, tuple[str, int, bytes]] = field(default_factory=dict)
    faults: list[Fault | None] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    made: int = 0

    def _call(self, word: str) -> None:
        self.said.append(word)
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None:
            fault()

    def size(self, digest: str) -> int | None:
        self._call("size")
        return len(self.whole[digest]) if digest in self.whole else None

    def begin(self, digest: str, size: int) -> str:
        self._call("begin")
        for url, part in self.parts.items():
            if part == (digest, size, b""):
                return url
        self.made += 1
        url = f"/v1/uploads/{self.made}"
        self.parts[url] = (digest, size, b"")
        return url

    def offset(self, url: str) -> int:
        self._call("offset")
        return len(self._part(url)[2])

    def send(self, url: str, offset: int, piece: bytes) -> int:
        self._call(f"send {offset}")
        digest, size, have = self._part(url)
        if offset != len(have):
            problem("offset-wrong", 409)()
        have += piece
        self.parts[url] = (digest, size, have)
        if len(have) > size:
            problem("upload-too-long", 413)()
        if len(have) == size:
            if hashlib.sha256(have).hexdigest() != digest:
                del self.parts[url]
                problem("digest-wrong", 460)()
            self.whole[digest] = have
        return len(have)

    def fetch(self, digest: str) -> bytes:
        self._call("fetch")
        if digest not in self.whole:
            problem("blob-unknown", 404)()
        return self.whole[digest]

    def piece(self, digest: str, start: int, length: int) -> bytes:
        self._call(f"piece {start}")
        if digest not in self.whole:
            problem("blob-unknown", 404)()
        if start >= len(self.whole[digest]):
            problem("range-beyond", 416)()
        return self.whole[digest][start : start + length]

    def _part(self, url: str) -> tuple[str, int, bytes]:
        if url not in self.parts:
            problem("upload-unknown", 404)()
        return self.parts[url]


def scanned_at_three(office: Office, case: Case, name: str, media: str, content: bytes) -> None:
    """A file of the case, `a-3`, that window 3 has scanned: known here, its bytes not."""
    digest, at = hashlib.sha256(content).hexdigest(), office.parts.clock.now()
    row = Attachment(
        id="a-3", case=case.id, name=name, media=media, size=len(content), digest=digest, by="P204", at=at, window=3
    )
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_attachment(row)

"""中心附件库 over HTTP: blobs by SHA-256, and tus 1.0 with a checksum on every piece."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

from clerk_app.outside.line import HttpLine
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.sync.protocol import BLOBS, PIECE_TYPE, TUS_VERSION, UPLOADS

if TYPE_CHECKING:
    import requests

PLACE = re.compile(rf"{UPLOADS}/[0-9A-Za-z-]{{1,64}}")
_SPAN = re.compile(r"bytes (\d{1,15})-(\d{1,15})/\d{1,15}")
_TUS = {"Tus-Resumable": TUS_VERSION}


class HttpBlobs:
    """中心附件库 what `ports.BlobCentre` asks for."""

    def __init__(self, line: HttpLine) -> None:
        self._line = line

    def size(self, digest: str) -> int | None:
        """中心有没有."""
        try:
            answer = self._line.raw("HEAD", f"{BLOBS}/{digest}", b"", {})
        except CentreProblem as problem:
            if problem.type == "blob-unknown":
                return None
            raise
        if answer.headers.get("ETag") != f'"{digest}"':
            raise CentreAway("答复的样子不对")
        return _number(answer, "Content-Length")

    def begin(self, digest: str, size: int) -> str:
        """开始上传."""
        named = base64.b64encode(digest.encode()).decode()
        headers = {**_TUS, "Upload-Length": str(size), "Upload-Metadata": f"digest {named}"}
        place = _spoken(self._line.raw("POST", UPLOADS, b"", headers)).headers.get("Location", "")
        if not PLACE.fullmatch(place):
            raise CentreAway("答复的样子不对")
        return place

    def offset(self, url: str) -> int:
        """送到哪了."""
        return _number(_spoken(self._line.raw("HEAD", url, b"", _TUS)), "Upload-Offset")

    def send(self, url: str, offset: int, piece: bytes) -> int:
        """接着送."""
        checksum = base64.b64encode(hashlib.sha256(piece).digest()).decode()
        headers = {
            **_TUS,
            "Content-Type": PIECE_TYPE,
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha256 {checksum}",
        }
        reached = _number(_spoken(self._line.raw("PATCH", url, piece, headers)), "Upload-Offset")
        if reached != offset + len(piece):
            raise CentreAway("答复的样子不对")
        return reached

    def fetch(self, digest: str) -> bytes:
        """取回."""
        content = self._line.raw("GET", f"{BLOBS}/{digest}", b"", {}).content
        if hashlib.sha256(content).hexdigest() != digest:
            raise CentreAway("答复的样子不对")
        return content

    def piece(self, digest: str, start: int, length: int) -> bytes:
        """取回一段."""
        last = start + length - 1
        answer = self._line.raw("GET", f"{BLOBS}/{digest}", b"", {"Range": f"bytes={start}-{last}"})
        span = _SPAN.fullmatch(answer.headers.get("Content-Range", ""))
        content = answer.content
        whole = span is not None and int(span[1]) == start and int(span[2]) - start + 1 == len(content) <= length
        if answer.status_code != 206 or answer.headers.get("ETag") != f'"{digest}"' or not whole:
            raise CentreAway("答复的样子不对")
        return content


def _spoken(answer: requests.Response) -> requests.Response:
    """A page of some network's log-in does not speak tus."""
    if answer.headers.get("Tus-Resumable") != TUS_VERSION:
        raise CentreAway("答复的样子不对")
    return answer


def _number(answer: requests.Response, name: str) -> int:
    text = answer.headers.get(name, "")
    if not text.isdecimal():
        raise CentreAway("答复的样子不对")
    return int(text)

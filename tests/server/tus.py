"""tus as a device speaks it, one request at a time, straight into the application: any header may be wrong on purpose."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

from clerk_app.sync import protocol
from tests.server.asgi import Answer, call
from tests.server.desk import Desk


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def named(digest: str) -> str:
    return f"digest {base64.b64encode(digest.encode()).decode()}"


def checksum(data: bytes, algorithm: str = "sha256") -> str:
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"


@dataclass
class Tus:
    desk: Desk

    def ask(self, method: str, path: str, data: bytes = b"", **headers: str) -> Answer:
        """`Upload_Offset="0"` is the header Upload-Offset; a header of None is left out."""
        if not self.desk.token:
            self.desk.greet()
        said: dict[str, Any] = {**self.desk.signed(method, path, data), "Tus-Resumable": "1.0.0"}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        return call(self.desk.app, method, path, data, {k: v for k, v in said.items() if v is not None})

    def begin(self, data: bytes, **headers: str) -> Answer:
        whole = {"Upload_Length": str(len(data)), "Upload_Metadata": named(digest_of(data)), **headers}
        return self.ask("POST", protocol.UPLOADS, **whole)

    def place(self, data: bytes) -> str:
        begun = self.begin(data)
        assert begun.status == 201, begun
        return begun.headers["location"]

    def send(self, place: str, offset: int, piece: bytes, **headers: str) -> Answer:
        plain = {"Content_Type": protocol.PIECE_TYPE, "Upload_Offset": str(offset), "Upload_Checksum": checksum(piece)}
        return self.ask("PATCH", place, piece, **{**plain, **headers})

    def offset(self, place: str) -> Answer:
        return self.ask("HEAD", place)

    def upload(self, data: bytes, size: int = 1000) -> str:
        """All of it; answers its digest."""
        place = self.place(data)
        for start in range(0, len(data), size):
            answer = self.send(place, start, data[start : start + size])
            assert answer.status == 204, answer
        return digest_of(data)

    def blob(self, digest: str, method: str = "GET", **headers: str) -> Answer:
        return self.ask(method, f"{protocol.BLOBS}/{digest}", **headers)

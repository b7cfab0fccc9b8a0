"""平台的例子 a platform that hears a hall: nothing but the standard library, run as a process of its own.

What it must do is short: check the signature, keep a message by its id, and answer with the id and the digest it has. The rest
here is for tests: `PUT /behave` makes it fail in a way of its choice, once per word.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = "/hall"
LATEST = 300


class Platform:
    """What it has, on disk: it may be killed at any moment."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder, self.key = folder, key
        self.behave: list[str] = []

    def file(self, name: str) -> Path:
        return self.folder / name

    def known(self, key: str) -> dict[str, Any] | None:
        place = self.file(f"{key}.json")
        return json.loads(place.read_bytes()) if place.exists() else None

    def keep(self, message: dict[str, Any]) -> None:
        part = self.file(f".{message['id']}.part")
        part.write_bytes(json.dumps(message, ensure_ascii=False).encode())
        os.replace(part, self.file(f"{message['id']}.json"))
        with self.file("arrived").open("a") as book:
            book.write(f"{message['id']}\n")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    platform: Platform

    def do_PUT(self) -> None:
        self.platform.behave = json.loads(self._body())
        self._answer(200, {})

    def do_POST(self) -> None:
        body, platform = self._body(), self.platform
        with platform.file("asked").open("a") as book:
            book.write(f"{self.headers['Idempotency-Key']} {hashlib.sha256(body).hexdigest()}\n")
        if not self._genuine("POST", body):
            return self._answer(401, {"title": "不认得"})
        message = json.loads(body)
        said = json.dumps(message["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        if hashlib.sha256(said).hexdigest() != message["digest"] or message["id"] != self.headers["Idempotency-Key"]:
            return self._answer(400, {"title": "摘要对不上"})
        return self._behaved(platform.behave.pop(0) if platform.behave else "ok", message)

    def _behaved(self, how: str, message: dict[str, Any]) -> None:
        platform = self.platform
        if how == "die":
            os._exit(1)
        if how == "hang":
            return time.sleep(30)
        if how.isdecimal():
            return self._answer(int(how), {"title": "编号 420106199001011234 重复" if how == "400" else "坏了"})
        before = platform.known(message["id"])
        if before is None:
            platform.keep(message)
        if how == "die after":
            os._exit(1)
        if how == "late":
            time.sleep(30)
        told = {"id": message["id"], "digest": (before or message)["digest"]}
        if how in ("half", "deep"):
            return self._broken(how)
        if how == "another":
            told["id"] = "another"
        self._answer(200, told)
        if how == "twice":
            self._answer(200, told)
            self.close_connection = True
        return None

    def _broken(self, how: str) -> None:
        """An answer that ends in the middle, or is none."""
        self.send_response(200)
        self.send_header("Content-Length", str(16000))
        self.end_headers()
        self.wfile.write(b'{"id": ' if how == "half" else b"[" * 16000)
        self.close_connection = True

    def do_HEAD(self) -> None:
        place = self._place()
        self._offset(204 if place.exists() else 404, place.stat().st_size if place.exists() else 0)

    def do_PATCH(self) -> None:
        body, place = self._body(), self._place()
        if not self._genuine("PATCH", body):
            return self._answer(401, {"title": "不认得"})
        there = place.stat().st_size if place.exists() else 0
        if int(self.headers["Upload-Offset"]) != there:
            return self._offset(409, there)
        with place.open("ab") as out:
            out.write(body)
        if self.platform.behave and self.platform.behave[0] == "die in file":
            os._exit(1)
        return self._offset(204, there + len(body))

    def _place(self) -> Path:
        return self.platform.file(f"{Path(self.path).name}.zip")

    def _genuine(self, method: str, body: bytes) -> bool:
        moment = self.headers["X-Timestamp"]
        text = f"{method}\n{self.path}\n{moment}\n{hashlib.sha256(body).hexdigest()}"
        mine = hmac.new(self.platform.key, text.encode(), hashlib.sha256).hexdigest()
        return hmac.compare_digest(mine, self.headers["X-Signature"]) and abs(time.time() - int(moment)) < LATEST

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _offset(self, status: int, offset: int) -> None:
        self.send_response(status)
        self.send_header("Upload-Offset", str(offset))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, status: int, told: dict[str, Any]) -> None:
        data = json.dumps(told, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


def main() -> None:
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    Handler.platform = Platform(folder, sys.stdin.readline().strip().encode())
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()

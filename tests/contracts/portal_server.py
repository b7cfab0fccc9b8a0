"""An outside platform as an example: it lays messages out for a hall, page by page, each answer signed over the word it was asked with.

`GET /feed?after=CURSOR&limit=N` and `GET /feed/files/SHA256` are what `clerk_app/outside/inbox_feed.py` asks. `POST /put`
(messages), `POST /lay` (a file's bytes) and `POST /mood` (`forge`, `stuck`, `away`, `again`, `torn`; `forget` all) are the
test's own doors and no part of that format.
`python -m tests.contracts.portal_server SEED` says its address and key in one line of JSON, and ends with its standard input.
"""

from __future__ import annotations

import hashlib
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from clerk_app.outside.keys import SigningKey
from clerk_app.sync.inbox_protocol import NONCE_HEADER, PARTNER_SIGNATURE_HEADER, TIME_HEADER, said_digest

MOMENT = "2026-11-20T09:05:00+08:00"


class Portal:
    """All that was ever laid out, in order; its cursor is how many were read."""

    def __init__(self, key: SigningKey) -> None:
        self.key, self.laid, self.mood = key, list[dict[str, Any]](), ""
        self.files = dict[str, bytes]()

    def file(self, digest: str) -> tuple[int, bytes, dict[str, str]]:
        """Its digest stands in a message we signed: the bytes need no other word. `torn`: something is wrong with them."""
        body = self.files.get(digest)
        return (404, b"", {}) if body is None else (200, body[:-1] if self.mood == "torn" else body, {})

    def page(self, target: str, nonce: str) -> tuple[int, bytes, dict[str, str]]:
        if self.mood == "away":
            return 503, b"", {}
        asked = parse_qs(urlsplit(target).query, keep_blank_values=True)
        after, limit = int(asked["after"][0] or 0), int(asked["limit"][0])
        start = 0 if self.mood == "again" else after
        given = self.laid[start : start + limit]
        reached = asked["after"][0] if self.mood == "stuck" else str(max(after, start + len(given)))
        said = {"messages": given, "cursor": reached, "more": start + len(given) < len(self.laid)}
        body = json.dumps(said, ensure_ascii=False).encode()
        digest = said_digest("FEED", target, body, MOMENT, "another-word" if self.mood == "forge" else nonce)
        return 200, body, {TIME_HEADER: MOMENT, PARTNER_SIGNATURE_HEADER: self.key.sign(digest)}


class _Handler(BaseHTTPRequestHandler):
    portal: Portal

    def do_GET(self) -> None:
        if "/files/" in self.path:
            self._answer(*self.portal.file(self.path.rsplit("/", 1)[1]))
        else:
            self._answer(*self.portal.page(self.path, self.headers.get(NONCE_HEADER, "")))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path == "/lay":
            self.portal.files[hashlib.sha256(body).hexdigest()] = body
            self._answer(200, b"{}", {})
            return
        said = json.loads(body)
        if self.path == "/put":
            self.portal.laid += said
        elif said == "forget":
            self.portal.laid.clear()
            self.portal.files.clear()
        else:
            self.portal.mood = said
        self._answer(200, b"{}", {})

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Silent."""


def serve(seed: str) -> None:
    _Handler.portal = Portal(SigningKey(bytes.fromhex(seed)))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}/feed"
    print(json.dumps({"url": url, "key": _Handler.portal.key.public}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    serve(sys.argv[1])

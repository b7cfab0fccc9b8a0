"""The example platform as a process: begun, told how to fail, begun again after it died."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

from clerk_app.outside.partner_http import HttpPartner
from tests.server.outward import example_platform

KEY = "an-example-key-of-the-hall-0123456789"
WAIT = 10.0


class RunningPlatform:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self._process: subprocess.Popen[str] | None = None
        self.port = 0
        self.begin()

    def begin(self) -> None:
        """On the same port as before."""
        self.end()
        words = [sys.executable, "-I", str(example_platform.__file__), str(self.folder), str(self.port)]
        process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{KEY}\n")
        process.stdin.flush()
        self.port, self._process = int(process.stdout.readline()), process

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            with self._process:
                self._process.wait(10)
            self._process = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{example_platform.ROOT}"

    def line(self, key: str = KEY, wait: float = WAIT) -> HttpPartner:
        return HttpPartner(("JZ01", "city"), self.url, key.encode(), wait)

    def behave(self, *how: str) -> None:
        request = urllib.request.Request(f"{self.url}/behave", json.dumps(how).encode(), method="PUT")
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=5) as answer:
            answer.read()

    def forget(self) -> None:
        """Empty and well behaved, for the next test."""
        try:
            self.behave()
        except OSError:
            self.begin()
        for file in self.folder.iterdir():
            file.unlink()

    def arrived(self) -> Counter[str]:
        book = self.folder / "arrived"
        return Counter(book.read_text().split()) if book.exists() else Counter()

    def asked(self) -> list[tuple[str, str]]:
        """Each time it was told something: its id, the digest of the whole body."""
        book = self.folder / "asked"
        return [tuple(line.split()) for line in book.read_text().splitlines()] if book.exists() else []  # type: ignore[misc]

    def messages(self) -> list[dict[str, Any]]:
        return [json.loads((self.folder / f"{key}.json").read_bytes()) for key in self.arrived()]

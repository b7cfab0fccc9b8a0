"""The real centre as a process over SQLite, started by its own command lines; ends with the test."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clerk_app.outside.centre import HttpCentre
from clerk_app.outside.keys import SigningKey
from clerk_app.outside.line import HttpLine
from resources import path

ROOT = Path(__file__).parents[2]
CODE = "入列-合同"


def chore(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "clerk_app.server", *words, "--database-url", f"sqlite:///{folder / 'centre.db'}"]


@contextmanager
def running_centre(folder: Path) -> Iterator[str]:
    """Migrated, with the training hall, its passwords and an open door; answers the URL."""
    load_centre(folder)
    with serving_centre(folder) as url:
        yield url


def load_centre(folder: Path) -> None:
    """`centre.db`, with everything a centre needs before its first visitor."""
    hall = path("halls", "training.yaml")
    for words in (["migrate"], ["load-hall", str(hall), "--training-passwords"]):
        done = subprocess.run(chore(folder, *words), cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr


@contextmanager
def serving_centre(folder: Path) -> Iterator[str]:
    """The process over a folder's `centre.db`."""
    with (
        (folder / "centre.log").open("w", encoding="utf-8") as log,
        subprocess.Popen(
            chore(folder, "serve", "--port", "0", "--enrolment-code", CODE, "--with-parent"),
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, encoding="utf-8",
        ) as child,
    ):  # fmt: skip
        try:
            line = child.stdout.readline()
            assert line, (folder / "centre.log").read_text("utf-8")
            yield json.loads(line)["url"]
        finally:
            child.terminate()
            child.wait(20)


class Machine:
    """One window's machine: its key, its id once enrolled, and its line to a centre."""

    def __init__(self, url: str) -> None:
        self.key = SigningKey(secrets.token_bytes(32))
        self.device = ""
        self.centre = HttpCentre(HttpLine(url, lambda: self.device, self.key.sign))

    def enrol(self, window: int = 2) -> Machine:
        self.device = self.centre.enrol(CODE, window, self.key.public)
        return self

"""The real centre as a process over SQLite, started by its own command lines; ends with the test."""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clerk_app.outside.centre import HttpCentre
from clerk_app.outside.keys import SigningKey
from clerk_app.outside.line import HttpLine
from resources import path
from tests.nursery import centre_process

ROOT = Path(__file__).parents[2]
CODE = "入列-合同"
_loaded: list[tempfile.TemporaryDirectory[str]] = []


def chore(folder: Path, *words: str) -> list[str]:
    return [*words, "--database-url", f"sqlite:///{folder / 'centre.db'}"]


@contextmanager
def running_centre(folder: Path) -> Iterator[str]:
    """Migrated, with the training hall, its passwords and an open door; answers the URL."""
    load_centre(folder)
    with serving_centre(folder) as url:
        yield url


def load_centre(folder: Path) -> None:
    """`centre.db`, with everything a centre needs before its first visitor; loaded once a test process, then copied."""
    if not _loaded:
        _loaded.append(tempfile.TemporaryDirectory())
        _load(Path(_loaded[0].name))
    shutil.copy(Path(_loaded[0].name) / "centre.db", folder / "centre.db")


def _load(folder: Path) -> None:
    hall = path("halls", "training.yaml")
    with (folder / "centre.log").open("w", encoding="utf-8") as log:
        for words in (["migrate"], ["load-hall", str(hall), "--training-passwords"]):
            child = centre_process(chore(folder, *words), log)
            child.communicate(60)
            assert child.returncode == 0, (folder / "centre.log").read_text("utf-8")


@contextmanager
def serving_centre(folder: Path) -> Iterator[str]:
    """The process over a folder's `centre.db`."""
    words = chore(folder, "serve", "--port", "0", "--enrolment-code", CODE, "--with-parent")
    with (folder / "centre.log").open("w", encoding="utf-8") as log, centre_process(words, log) as child:
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

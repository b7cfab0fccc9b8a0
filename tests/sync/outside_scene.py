"""A platform outside as two processes (what it lays out, what it hears), and ours that fetches from it and tells it."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from clerk_app.server.database import Database
from clerk_app.server.loading import load_hall
from tests import nursery
from tests.faults.centres import ROOT, training_round_the_clock
from tests.faults.site import Site
from tests.faults.waiting import until
from tests.nursery import centre_process
from tests.server.outward.platforms import KEY, RunningPlatform

CITY, HALL = "city", "JZ01"
KINDS = ["status", "public_result", "supervision", "archive"]


@dataclass
class Outside:
    """平台 what it lays out is fetched by `pull-inbox`; what it hears comes from `tell-outside`, which runs."""

    site: Site
    feed: str
    hears: RunningPlatform

    def lays_out(self, scans: Iterable[bytes], *messages: dict[str, Any]) -> Any:
        """And the centre fetches it; answers what the chore said."""
        for scan in scans:
            requests.post(self.feed.replace("/feed", "/lay"), data=scan, timeout=5)
        requests.post(self.feed.replace("/feed", "/put"), json=list(messages), timeout=5)
        return self.chore("pull-inbox")

    def chore(self, *words: str) -> Any:
        done = nursery.run("clerk_app.server", [*words, "--database-url", self.site.database])
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def heard(self, kind: str) -> list[dict[str, Any]]:
        """In the order it came."""
        return [one["body"] for one in self.hears.messages() if one["kind"] == kind]

    def words(self, number: str) -> list[str]:
        return [body["state"] for body in self.heard("status") if body["number"] == number]

    def until(self, true: Callable[[], Any]) -> None:
        until(true, 20)


@contextmanager
def outside_of(site: Site, folder: Path) -> Iterator[Outside]:
    """The hall's data names the platform, the centre knows its key, and both have theirs."""
    hears, seed = RunningPlatform(folder / "hears"), secrets.token_bytes(32)
    try:
        keys = folder / "keys"
        keys.mkdir()
        (keys / f"{HALL}.{CITY}.key").write_text(KEY)
        partner = {"id": CITY, "name": "市平台", "way": "http", "kinds": KINDS, "since": "2026-01-05", "url": hears.url}
        with closing(Database(site.database)) as database, database.writing() as connection:
            document = {**training_round_the_clock(), "outside": {"partners": [partner]}}
            load_hall(connection, document, training_passwords=False)
        with _portal(seed.hex()) as portal, _telling(site, keys):
            outside = Outside(site, portal["url"], hears)
            words = ["--name", "市平台", "--key", portal["key"], "--feed", portal["url"]]
            outside.chore("partner", "add", CITY, *words)
            yield outside
    finally:
        hears.end()


@contextmanager
def _portal(seed: str) -> Iterator[dict[str, str]]:
    words = [sys.executable, "-m", "tests.contracts.portal_server", seed]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
    with subprocess.Popen(words, cwd=ROOT, **pipes) as running:  # type: ignore[call-overload]
        yield json.loads(running.stdout.readline())
        running.communicate()


@contextmanager
def _telling(site: Site, keys: Path) -> Iterator[None]:
    words = ["tell-outside", "--keys", str(keys), "--with-parent", "--database-url", site.database]
    child = centre_process(words)
    try:
        yield
    finally:
        child.end()

"""The two ways into the inbox pass one contract: sent to the centre's door, and fetched from a platform's real process."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from clerk_app.outside.inbox_feed import HttpFeed
from clerk_app.outside.keys import SigningKey
from clerk_app.ports.inbox import FeedTrouble
from clerk_app.server.inbox import pulling
from clerk_app.server.inbox.pulling import Pulled, pull
from clerk_app.server.inbox.taking_files import keep
from clerk_app.server.inbox.taking_in import Arrival
from tests.cases.inbox.messages import PAPERS, application, precheck, scan
from tests.contracts.inbox_contract import FIRST, InboxContract, Way, waiting
from tests.contracts.running_centre import ROOT
from tests.server.conftest import app, clock, cluster, loaded_file, office, pytest_generate_tests, url
from tests.server.desk import HALL
from tests.server.inbox_platform import Platform, numbers
from tests.server.postgres import postgres_url

__all__ = ["app", "clock", "cluster", "loaded_file", "office", "postgres_url", "pytest_generate_tests", "url"]
DATABASES = ("postgresql",)
SEED = secrets.token_bytes(32)


@dataclass
class Sent:
    platform: Platform

    def bring(self, *messages: dict[str, Any]) -> str:
        answer = self.platform.send(*messages)
        return "" if answer.status == 200 else answer.sentence

    def file(self, data: bytes) -> str:
        answer = self.platform.put(data)
        return "" if answer.status == 200 else answer.sentence


@dataclass
class Portal:
    """The example's process, from outside."""

    url: str

    def put(self, *messages: dict[str, Any]) -> None:
        requests.post(self.url.replace("/feed", "/put"), json=list(messages), timeout=5)

    def lay(self, data: bytes) -> None:
        requests.post(self.url.replace("/feed", "/lay"), data=data, timeout=5)

    def mood(self, word: str) -> None:
        requests.post(self.url.replace("/feed", "/mood"), json=word, timeout=5)


@dataclass
class Fetched:
    platform: Platform
    portal: Portal

    def bring(self, *messages: dict[str, Any]) -> str:
        self.portal.put(*messages)
        found = self.turn()
        return found.trouble or "；".join(found.faults)

    def file(self, data: bytes) -> str:
        self.portal.lay(data)
        return self.bring()

    def turn(self) -> Pulled:
        (found,) = pull(self.platform.office, HALL, lambda one: HttpFeed(one.feed, one.public_key))
        return found


@pytest.fixture(scope="module")
def process() -> Iterator[str]:
    command = [sys.executable, "-m", "tests.contracts.portal_server", SEED.hex()]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as running:
        assert running.stdout is not None
        yield json.loads(running.stdout.readline())["url"]
        running.communicate()


@pytest.fixture
def portal(process: str) -> Iterator[Portal]:
    portal = Portal(process)
    yield portal
    portal.mood("forget")
    portal.mood("")


@pytest.fixture
def fetched(office: Any, app: Any, portal: Portal) -> Fetched:
    return Fetched(Platform(office, app, feed=portal.url, key=SigningKey(SEED)), portal)


class TestSent(InboxContract):
    @pytest.fixture
    def way(self, office: Any, app: Any) -> Way:
        return Sent(Platform(office, app))


class TestFetched(InboxContract):
    @pytest.fixture
    def way(self, fetched: Fetched) -> Way:
        return fetched


def test_killed_between_page_and_cursor_nothing_is_lost_or_doubled(fetched, office, monkeypatch):
    fetched.portal.put(*(application(f"WS{n:06d}") for n in range(60)))
    with monkeypatch.context() as then:
        then.setattr(Arrival, "tell", lambda self: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            fetched.turn()
    assert (numbers(office), fetched.platform.sender.cursor) == ([], "")
    assert fetched.turn().taken == 60
    assert (len(numbers(office)), fetched.platform.sender.cursor) == (60, "60")
    fetched.portal.mood("again")
    assert fetched.turn().taken == 0, "what comes twice is known"


def test_a_page_that_is_not_the_platforms_moves_nothing(fetched, office):
    fetched.portal.put(application())
    for mood, word in (("forge", "签名不对"), ("away", "503"), ("stuck", "没说读到了哪里")):
        fetched.portal.mood(mood)
        assert word in fetched.turn().trouble
        assert (numbers(office), fetched.platform.sender.cursor) == ([], "")
    fetched.portal.mood("")
    assert (fetched.turn(), fetched.platform.sender.trouble) == (Pulled(sender=fetched.platform.name, taken=1), "")


def test_a_platform_without_an_address_is_never_asked(office, app):
    Platform(office, app)
    assert pulling.pull(office, HALL, lambda _: pytest.fail("asked")) == ()
    with pytest.raises(FeedTrouble):
        HttpFeed("http://portal.example/feed", "")


def test_a_message_without_a_number_holds_up_nothing(fetched, office):
    said = fetched.bring({"kind": "application"}, precheck(), application())
    assert "没有编号的一份" in said
    assert numbers(office) == [FIRST, "YS20261120000001"]


def test_fetching_files_goes_on_where_it_ended(fetched, office, monkeypatch):
    fetched.portal.put(application())
    for name in PAPERS:
        fetched.portal.lay(scan(name))
    with monkeypatch.context() as then:
        kept = iter([keep])  # the first is kept, then it is killed
        then.setattr(pulling, "keep", lambda *words: next(kept)(*words))
        with pytest.raises((RuntimeError, StopIteration)):
            fetched.turn()
    assert len(waiting(office)) == 1
    fetched.portal.mood("torn")
    assert "对不上" in fetched.turn().faults[0]
    assert len(waiting(office)) == 1
    fetched.portal.mood("")
    assert (fetched.turn().files, waiting(office)) == (1, [])
    assert fetched.turn().files == 0, "nothing is fetched twice"

"""More pushes than can be done soon: a few wait, the rest are told «later» at once, and nothing of theirs is touched."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import Any

import pytest
from anyio.to_thread import current_default_thread_limiter
from sqlalchemy import func, select

from clerk_app.server.app import build_app
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.problems import ProblemError
from clerk_app.server.tables import devices, envelopes
from clerk_app.server.turnstile import Places, Turnstile
from clerk_app.sync import protocol
from tests.server.asgi import _call
from tests.server.conftest import Cluster
from tests.server.desk import CODE, NOW, Desk


async def busy(turnstile: Turnstile) -> int:
    """Retry-After, as one more push is told; raises when it came in."""
    with pytest.raises(ProblemError) as caught:
        async with turnstile.entered("one-more"):
            pass
    assert (caught.value.status, caught.value.type) == (429, "centre-busy")
    assert caught.value.retry_after is not None
    return caught.value.retry_after


def test_so_many_work_so_many_wait_and_the_next_is_told_to_come_later() -> None:
    async def scene() -> None:
        turnstile = Turnstile(Places(working=2, waiting=1, retry_after=7))
        done, working = asyncio.Event(), 0

        async def push(device: str) -> None:
            nonlocal working
            async with turnstile.entered(device) as visit, visit.judging():
                working += 1
                assert working <= 2
                await done.wait()
                working -= 1

        pushes = [asyncio.create_task(push(device)) for device in ("a", "b", "c")]
        await asyncio.sleep(0)
        assert (turnstile.inside, working) == (3, 2)
        assert await busy(turnstile) == 7
        done.set()
        await asyncio.gather(*pushes)
        assert (turnstile.inside, turnstile.most) == (0, 3)

    asyncio.run(scene())


def test_one_device_is_read_beside_itself_and_judged_in_the_order_it_came() -> None:
    async def scene() -> None:
        turnstile = Turnstile(Places(working=1, waiting=9))
        said: list[str] = []
        first_may_end = asyncio.Event()

        async def push(device: str, name: str) -> None:
            async with turnstile.entered(device) as visit:
                async with visit.reading():
                    said.append(f"read {name}")
                if name == "one":
                    await first_may_end.wait()
                async with visit.judging():
                    said.append(f"judged {name}")

        pushes = [
            asyncio.create_task(push(*who)) for who in (("a", "one"), ("a", "two"), ("a", "three"), ("b", "other"))
        ]
        while "judged other" not in said:
            await asyncio.sleep(0)
        assert said == ["read one", "read two", "read three", "read other", "judged other"]
        pushes[1].cancel()
        with pytest.raises(asyncio.CancelledError):
            await pushes[1]
        late = asyncio.create_task(push("a", "late"))
        while "read late" not in said:
            await asyncio.sleep(0)
        assert said[-1] == "read late", "one that gave up lets nobody past"
        first_may_end.set()
        await asyncio.gather(pushes[0], pushes[2], late)
        assert said[-3:] == ["judged one", "judged three", "judged late"]
        assert turnstile._last == {}

    asyncio.run(scene())


def test_one_that_hangs_up_while_it_waits_frees_its_place() -> None:
    async def scene() -> None:
        turnstile = Turnstile(Places(working=1, waiting=1))

        async def waiting() -> None:
            async with turnstile.entered("b") as visit, visit.judging():
                raise AssertionError("its place was not free")

        async with turnstile.entered("a") as visit, visit.judging():
            second = asyncio.create_task(waiting())
            await asyncio.sleep(0)
            await busy(turnstile)
            second.cancel()
            with pytest.raises(asyncio.CancelledError):
                await second
            assert turnstile.inside == 1
        assert turnstile.inside == 0

    asyncio.run(scene())


@pytest.fixture
def office(cluster: Cluster) -> Iterator[CentreOffice]:
    with closing(Database(cluster.loaded())) as database:
        yield CentreOffice(
            database,
            enrolment_code=CODE,
            now=lambda: NOW,
            turnstile=Turnstile(Places(working=1, waiting=0, retry_after=3)),
        )


@contextmanager
def device_locked(office: CentreOffice, desk: Desk) -> Iterator[None]:
    """Another transaction has this device's row: its push stands still inside the database."""
    with office.database.engine.begin() as connection:
        connection.execute(select(devices.c.id).where(devices.c.id == desk.device).with_for_update())
        yield


def test_a_push_that_cannot_come_in_is_answered_at_once_and_can_come_again(office: CentreOffice) -> None:
    app = build_app(office)
    first, second = Desk(app).open(), Desk(app, window=3).open()
    row = second.record(second.present())
    entered = threading.Event()
    office.turnstile = Noticed(Places(working=1, waiting=0, retry_after=3), entered)
    with ThreadPoolExecutor(1) as pool:
        with device_locked(office, first):
            slow = pool.submit(first.states, first.record(first.present()))
            assert entered.wait(20)
            answer = second.push(row)
            assert (answer.status, answer.type, answer.headers["retry-after"]) == (429, "centre-busy", "3")
            assert answer.headers["content-type"] == "application/problem+json"
            assert "本机的都留着" in answer.sentence
            with office.database.reading() as connection:
                assert connection.execute(select(func.count()).select_from(envelopes)).scalar_one() == 0
            assert second.send("GET", "/v1/health").status == 200, "only pushes are counted"
            assert not slow.done()
        assert slow.result(20) == ["applied"]
    assert second.states(row) == ["applied"]


def test_when_the_threads_have_a_queue_nobody_joins_it(office: CentreOffice) -> None:
    """Inside one event loop, as in a process: all threads are taken, and so many wait for one already."""

    async def scene(app: Any) -> list[int]:
        limiter, held = current_default_thread_limiter(), object()
        limiter.total_tokens = 1
        await limiter.acquire_on_behalf_of(held)
        waiting = [asyncio.create_task(_call(app, "GET", protocol.HEALTH, b"", {})) for _ in range(2)]
        while limiter.statistics().tasks_waiting < 2:
            await asyncio.sleep(0)
        refused = await _call(app, "GET", protocol.HEALTH, b"", {})
        assert (refused.type, refused.headers["retry-after"]) == ("centre-crowded", "3")
        assert "本机的都留着" in refused.sentence
        limiter.release_on_behalf_of(held)
        return [refused.status, *(answer.status for answer in await asyncio.gather(*waiting))]

    office.turnstile = Turnstile(Places(crowd=2, retry_after=3))
    assert asyncio.run(scene(build_app(office))) == [503, 200, 200]


class Noticed(Turnstile):
    """Says when somebody is inside."""

    def __init__(self, places: Places, entered: threading.Event) -> None:
        super().__init__(places)
        self._seen = entered

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        if name == "inside" and value == 1:
            self._seen.set()

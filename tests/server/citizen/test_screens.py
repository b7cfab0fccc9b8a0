"""Many screens, one look: what they cost, how they are woken, what a slow one gets, and how they end."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy.exc import OperationalError

from clerk_app.server.citizen import screens as module
from clerk_app.server.citizen.board import View
from clerk_app.server.citizen.display_pages import VERSION, Frame
from clerk_app.server.citizen.screens import FullError, Screens
from clerk_app.server.closing import CLOSING

HALL, ZONE = View("JZ01"), View("JZ01", ("综合区",))
PATIENCE = 20.0


@pytest.fixture(autouse=True)
def _open() -> Iterator[None]:
    CLOSING.clear()
    yield
    CLOSING.clear()


@dataclass
class Hall:
    """What the database would say, and how often it was asked."""

    stamp: int = 1
    call: str = "A001"
    away: bool = False
    looks: int = 0
    rendered: list[Sequence[View]] = field(default_factory=list)

    def stamps(self) -> Mapping[str, int]:
        self.looks += 1
        if self.away:
            raise OperationalError("SELECT", {}, Exception("away"))
        return {"JZ01": self.stamp}

    def frames(self, views: Sequence[View]) -> Mapping[View, Frame]:
        self.rendered.append(views)
        return {
            view: Frame({"call": self.call, "lines": "6"}, self.call, self.stamp, stale=False)
            for view in views
            if view.hall == "JZ01"
        }

    def calls(self, number: str) -> None:
        self.call, self.stamp = number, self.stamp + 1


@dataclass
class Screen:
    news: AsyncGenerator[bytes]

    async def hears(self) -> dict:
        return json.loads(await asyncio.wait_for(anext(self.news), PATIENCE))


def run(test: Callable[[Hall, Screens], Awaitable[None]]) -> None:
    async def whole() -> None:
        hall = Hall()
        await test(hall, Screens(hall.stamps, hall.frames))

    asyncio.run(whole())


def test_a_screen_gets_everything_and_then_what_changed() -> None:
    async def test(hall: Hall, screens: Screens) -> None:
        screen = Screen(screens.join(HALL))
        assert (await screen.hears())["parts"] == {"call": "A001", "lines": "6"}
        hall.calls("A002")
        assert (await screen.hears())["parts"] == {"call": "A002"}
        await screen.news.aclose()

    run(test)


def test_two_hundred_screens_cost_one_look_and_one_rendering() -> None:
    async def test(hall: Hall, screens: Screens) -> None:
        many = [Screen(screens.join(HALL)) for _ in range(200)]
        other = Screen(screens.join(ZONE))
        await asyncio.gather(*(screen.hears() for screen in (*many, other)))
        assert screens.open == 201
        rendered, looks = len(hall.rendered), hall.looks
        hall.calls("A002")
        screens.kick()
        heard = await asyncio.gather(*(screen.hears() for screen in (*many, other)))
        assert {one["call"] for one in heard} == {"A002"}
        assert [set(views) for views in hall.rendered[rendered:]] == [{HALL, ZONE}]
        assert hall.looks - looks < 5
        for screen in (*many, other):
            await screen.news.aclose()
        assert screens.open == 0

    run(test)


def test_a_batch_taken_here_wakes_it_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK", 3600.0)

    async def test(hall: Hall, screens: Screens) -> None:
        screen = Screen(screens.join(HALL))
        await screen.hears()
        hall.calls("A002")
        waiting = asyncio.ensure_future(screen.hears())
        await asyncio.sleep(0)
        assert not waiting.done()
        screens.kick()
        assert (await waiting)["call"] == "A002"
        await screen.news.aclose()

    run(test)


def test_a_batch_another_process_took_is_seen_by_looking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK", 0.01)

    async def test(hall: Hall, screens: Screens) -> None:
        screen = Screen(screens.join(HALL))
        await screen.hears()
        hall.calls("A002")
        assert (await screen.hears())["call"] == "A002"
        assert len(hall.rendered) == 2, "nothing is rendered while nothing changes"
        await screen.news.aclose()

    run(test)


def test_a_screen_hears_that_its_server_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK", 0.01)
    monkeypatch.setattr(module, "BEAT", 0.05)

    async def test(hall: Hall, screens: Screens) -> None:
        screen = Screen(screens.join(HALL))
        await screen.hears()
        assert (await screen.hears())["parts"] == {}
        await screen.news.aclose()

    run(test)


def test_a_slow_screen_gets_everything_once_not_every_step() -> None:
    async def test(hall: Hall, screens: Screens) -> None:
        slow, quick = Screen(screens.join(HALL)), Screen(screens.join(HALL))
        await asyncio.gather(slow.hears(), quick.hears())
        for number in ("A002", "A003", "A004"):
            hall.calls(number)
            screens.kick()
            assert (await quick.hears())["call"] == number
        assert await slow.hears() == {
            "version": VERSION, "now": 4, "call": "A004", "stale": False, "parts": {"call": "A004", "lines": "6"},
        }  # fmt: skip
        hall.calls("A005")
        screens.kick()
        assert (await slow.hears())["parts"] == {"call": "A005"}, "from then on it is told the steps"
        await slow.news.aclose()
        await quick.news.aclose()

    run(test)


def test_a_database_away_is_waited_for(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(module, "LOOK_AFTER_FAULT", 0.01)

    async def test(hall: Hall, screens: Screens) -> None:
        hall.away = True
        screen = Screen(screens.join(HALL))
        waiting = asyncio.ensure_future(screen.hears())
        async with asyncio.timeout(PATIENCE):
            while hall.looks < 3:
                await asyncio.sleep(0)
        assert not waiting.done()
        hall.away = False
        assert (await waiting)["call"] == "A001"
        await screen.news.aclose()

    run(test)
    assert "cannot look for calls: OperationalError" in caplog.text


def test_nobody_looks_when_no_screen_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK", 0.01)

    async def test(hall: Hall, screens: Screens) -> None:
        screen = Screen(screens.join(HALL))
        await screen.hears()
        await screen.news.aclose()
        looking = screens._looking
        assert looking is not None
        await asyncio.wait_for(looking, PATIENCE)
        looks = hall.looks
        again = Screen(screens.join(HALL))
        assert (await again.hears())["call"] == "A001"
        assert hall.looks > looks
        await again.news.aclose()

    run(test)


def test_no_more_than_one_process_can_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SCREENS", 3)
    monkeypatch.setattr(module, "MOST_VIEWS", 2)

    async def test(hall: Hall, screens: Screens) -> None:
        some = [Screen(screens.join(view)) for view in (HALL, ZONE)]
        await asyncio.gather(*(screen.hears() for screen in some))
        with pytest.raises(FullError):
            screens.join(replace(HALL, letters=("A",)))
        some.append(Screen(screens.join(HALL)))
        await some[2].hears()
        with pytest.raises(FullError):
            screens.join(HALL)
        for screen in some:
            await screen.news.aclose()
        screen = Screen(screens.join(replace(HALL, letters=("A",))))
        assert (await screen.hears())["call"] == "A001"
        await screen.news.aclose()

    run(test)


def test_told_to_end_every_screen_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK", 0.01)

    async def test(hall: Hall, screens: Screens) -> None:
        some = [Screen(screens.join(HALL)) for _ in range(20)]
        await asyncio.gather(*(screen.hears() for screen in some))
        waiting = [asyncio.ensure_future(anext(screen.news, b"end")) for screen in some]
        CLOSING.set()
        assert set(await asyncio.wait_for(asyncio.gather(*waiting), PATIENCE)) == {b"end"}

    run(test)

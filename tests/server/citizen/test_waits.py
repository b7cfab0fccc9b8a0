"""大约还要多久: a range only where enough is known, wide enough to hold, in numbers one can say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.server.citizen.rows import find
from clerk_app.server.citizen.waits import FEWEST, Wait, estimate, read_wait
from tests.server.citizen.papers import NOW, Citizens, called, waiting


def minutes(*some: float) -> list[timedelta]:
    return [timedelta(minutes=one) for one in some]


@pytest.mark.parametrize(
    ("services", "ahead", "windows", "said"),
    [
        (minutes(4, 5, 6, 7, 8), 1, 1, (5, 10)),
        (minutes(4, 5, 6, 7, 8), 3, 1, (15, 25)),
        (minutes(4, 5, 6, 7, 8), 3, 2, (5, 15)),
        (minutes(4, 5, 6, 7, 8), 20, 1, (120, 150)),
        (minutes(5, 5, 5, 5, 5), 2, 1, (10, 15)),
        (minutes(10, 10, 10, 10, 10), 2, 1, (20, 25)),
        (minutes(0.2, 0.2, 0.2, 0.2, 0.2), 1, 3, (0, 5)),
        (minutes(4, 5, 6, 7), 3, 1, None),
        (minutes(4, 5, 6, 7, 0), 3, 1, None),
        (minutes(4, 5, 6, 7, -9), 3, 1, None),
        (minutes(4, 5, 6, 7, 8), 0, 1, None),
        (minutes(4, 5, 6, 7, 8), 3, 0, None),
        ([], 3, 1, None),
    ],
)
def test_median_to_eighty_in_a_hundred(
    services: list[timedelta], ahead: int, windows: int, said: tuple[int, int] | None
) -> None:
    assert estimate(services, ahead, windows) == said


@given(
    st.lists(st.integers(1, 7200), min_size=FEWEST, max_size=60),
    st.integers(1, 200),
    st.integers(1, 40),
)
def test_the_range_said_holds_the_one_counted(seconds: list[int], ahead: int, windows: int) -> None:
    said = estimate([timedelta(seconds=one) for one in seconds], ahead, windows)
    assert said is not None
    least, most = said
    ordered = sorted(seconds)
    assert 0 <= least < most
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    assert least <= middle / 60 * ahead / windows + 1e-9
    assert most >= middle / 60 * ahead / windows - 1e-9
    assert estimate([timedelta(seconds=one) for one in reversed(seconds)], ahead, windows) == said


def served(n: int, service: float, window: int = 2, ago: float = 60.0, **more):
    begun = NOW - timedelta(minutes=ago)
    return called(
        f"s{n}", f"A{n:03d}", n, state="finished", window=window, called=begun, served=begun,
        ended=begun + timedelta(minutes=service), **more,
    )  # fmt: skip


def wait_of(public: Citizens, key: str = "mine") -> Wait | None:
    from clerk_app.queueing.citizen_token import ticket_token, token_digest

    with public.database.reading() as connection:
        found = find(connection, "t", token_digest(ticket_token(key)), public.clock())
        assert found
        return read_wait(connection, found)


def mine(**more):
    return waiting("mine", "A090", 90, rank="3 090", **more)


def three_before():
    return [waiting(f"w{n}", f"A08{n}", 80 + n, rank=f"3 08{n}") for n in range(3)]


def test_from_the_lines_own_day(public: Citizens) -> None:
    history = [served(n, 4 + n % 5, ago=90) for n in range(1, 6)]
    other = [served(n + 20, 100, ago=10, line="2026-11-20 B", window=9) for n in range(6)]
    public.whole(*history, *other, *three_before(), mine(), seq=90)
    assert wait_of(public) is None, "no window called this line of late: nobody knows when it goes on"
    public.next(served(6, 6, window=2, ago=20), served(7, 6, window=3, ago=29), after=90, seq=91)
    assert wait_of(public) == Wait(5, 15, NOW)
    public.next(served(8, 6, window=3, ago=31), called("c", "A010", 93, window=12), after=91, seq=93)
    assert wait_of(public) == Wait(5, 10, NOW), "three windows call it"
    page = public.ticket("mine").text
    assert "前面 3–5 人在等" in page
    assert "大约还要 5–10 分钟，10:42 算的" in page
    assert "大约还要不到 5 分钟" in public.ticket("w1").text
    assert "分钟，" not in public.ticket("w0").text, "nobody before him: nothing to count"
    assert "分钟，" not in public.ticket("c").text


def test_too_few_were_served(public: Citizens) -> None:
    public.whole(*[served(n, 5, ago=10) for n in range(4)], *three_before(), mine(), seq=90)
    assert wait_of(public) is None
    page = public.ticket("mine").text
    assert "前面 3–5 人在等" in page
    assert "大约还要" not in page


def test_when_it_was_made_is_when_the_inside_last_spoke(public: Citizens) -> None:
    public.whole(*[served(n, 6, ago=10) for n in range(5)], *three_before(), mine(), seq=90)
    public.clock.pass_(minutes=40)
    assert wait_of(public) == Wait(15, 20, NOW), "as of then, though half an hour has passed"
    assert "10:42 算的" in public.ticket("mine").text

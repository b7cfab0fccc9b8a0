"""分窗: every ticket somebody can call is dealt, nobody above a fair share, a silent window's left alone, and nothing moves twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import ceil

from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.queueing.dealing import NOBODY, OpenWindow, deal
from clerk_app.queueing.model import Ticket

LETTERS = ("A", "B", "C")
ITEMS = ("", "", "one", "two")
DAY = date(2026, 11, 20)
BEGAN = datetime(2026, 11, 20, 1, tzinfo=UTC)


def ticket(serial: int, letter: str, item: str, to_window: int, fallback: int) -> Ticket:
    return Ticket(
        id=f"t{serial}", day=DAY, letter=letter, number=f"{letter}{serial:03d}", serial=serial, reserve=False,
        taken_at=BEGAN + timedelta(minutes=serial), taken_window=1, item=item, to_window=to_window, fallback=fallback,
    )  # fmt: skip


windows_ = st.lists(
    st.builds(
        OpenWindow,
        number=st.integers(1, 6),
        letters=st.sets(st.sampled_from(LETTERS), min_size=1).map(frozenset),
        items=st.sets(st.sampled_from(("one", "two"))).map(frozenset),
        heard=st.sampled_from((True, True, False)),
    ),
    max_size=5,
    unique_by=lambda one: one.number,
)
lines = st.lists(
    st.tuples(st.sampled_from(LETTERS), st.sampled_from(ITEMS), st.sampled_from((0, 0, 0, 1, 2)), st.integers(0, 6)),
    max_size=30,
).map(lambda rows: [ticket(serial, *row) for serial, row in enumerate(rows, start=1)])


def dealt(line: Sequence[Ticket], windows: Sequence[OpenWindow]) -> list[Ticket]:
    """The line as it stands after the dealing."""
    shares = deal(line, windows)
    assert shares.keys() == {one.id for one in line}
    return [replace(one, fallback=shares[one.id]) for one in line]


def takers(one: Ticket, windows: Sequence[OpenWindow]) -> list[int]:
    return [window.number for window in windows if window.heard and window.takes(one)]


@given(lines, windows_)
def test_everybody_whom_a_window_can_call_is_somebodys(line: list[Ticket], windows: list[OpenWindow]) -> None:
    silent = {window.number for window in windows if not window.heard}
    for before, after in zip(line, dealt(line, windows), strict=True):
        able = takers(before, windows)
        if before.fallback in silent:
            assert after.fallback == before.fallback, "the share of a silent window is its own"
        elif able:
            assert after.fallback in able
        else:
            assert after.fallback == NOBODY


@given(lines, windows_)
@settings(max_examples=300)
def test_dealt_again_nothing_moves(line: list[Ticket], windows: list[OpenWindow]) -> None:
    once = dealt(line, windows)
    assert dealt(once, windows) == once


@given(lines, windows_)
@settings(max_examples=300)
def test_nobody_has_more_than_a_fair_share_while_others_stand_idle(
    line: list[Ticket], windows: list[OpenWindow]
) -> None:
    """Above it only where the last one put there had nobody with less to go to."""
    silent = {window.number for window in windows if not window.heard}
    free = [one for one in line if one.fallback not in silent]
    after = [one for one in dealt(line, windows) if one.id in {mine.id for mine in free}]
    load = Counter(one.fallback for one in after)
    for window in (window for window in windows if window.heard):
        able = [takers(one, windows) for one in free if window.takes(one)]
        fair = ceil(sum(Fraction(1, len(numbers)) for numbers in able))
        mine = [takers(one, windows) for one in after if one.fallback == window.number]
        alone = any(all(load[other] >= load[window.number] - 1 for other in numbers) for numbers in mine)
        assert load[window.number] <= fair or alone


@given(st.lists(st.integers(0, 6), max_size=40), st.integers(1, 5))
def test_among_equals_nobody_has_more_than_his_part_and_only_what_must_moves(held: list[int], count: int) -> None:
    """A window more or less: each keeps what it has up to its fair share, the rest is spread."""
    windows = [OpenWindow(number=number, letters={"A"}, items=()) for number in range(1, count + 1)]
    line = [ticket(serial, "A", "", 0, fallback) for serial, fallback in enumerate(held, start=1)]
    after = dealt(line, windows)
    most = ceil(len(line) / count)
    assert max(Counter(one.fallback for one in after).values(), default=0) <= most
    must = sum(max(0, had - most) for number, had in Counter(held).items() if 1 <= number <= count)
    must += sum(not 1 <= number <= count for number in held)
    assert sum(one.fallback != fallback for one, fallback in zip(after, held, strict=True)) == must


def test_the_first_in_line_stay_where_they_are() -> None:
    """What moves is what is called last anyway."""
    line = [ticket(serial, "A", "", 0, 1) for serial in range(1, 7)]
    windows = [OpenWindow(number=number, letters={"A"}, items=()) for number in (1, 2)]
    assert [one.fallback for one in dealt(line, windows)] == [1, 1, 1, 2, 2, 2]

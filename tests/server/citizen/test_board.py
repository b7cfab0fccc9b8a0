"""What a hall's screen shows: the last eight calls, who waits where, how the day stands, and only what its address asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from clerk_app.server.citizen.board import LAST, Board, Call, LineCount, View, shortened, view_of
from clerk_app.server.citizen.board_rows import read_board, read_stamps
from clerk_app.server.citizen.form import LineRow
from clerk_app.server.citizen.rows import Fed
from tests.server.citizen.papers import CARD, NOW, TODAY, Citizens, a_case, called, waiting

HALL = View("JZ01")


def call(number: str = "A001", minutes: float = 0, **more) -> Call:
    plain = Call(
        number=number, state="called", window=2, place="专窗，市场准入区", at=NOW - timedelta(minutes=minutes), calls=1
    )
    return replace(plain, **more)


def board(*calls: Call, now: datetime = NOW, silence: float = 0, **more) -> Board:
    fed = Fed("JZ01", CARD, NOW, NOW, more.pop("today", TODAY))
    return Board(view=HALL, fed=fed, now=now, silence=silence, calls=calls, **more)


@pytest.mark.parametrize(
    ("zone", "letters", "view"),
    [
        ("", "", View("JZ01")),
        ("综合区", "", View("JZ01", ("综合区",))),
        ("综合区, 市场准入区，综合区、", "a,B", View("JZ01", ("综合区", "市场准入区"), ("A", "B"))),
        (",,，", " , ", View("JZ01")),
    ],
)
def test_what_an_address_asks_for(zone: str, letters: str, view: View) -> None:
    assert view_of("JZ01", zone, letters) == view


def test_an_address_cannot_ask_for_endlessly_much() -> None:
    view = view_of("JZ01", ",".join(f"{n}" * 500 for n in range(500)), "")
    assert len(view.zones) == 12
    assert max(len(zone) for zone in view.zones) == 60


def test_what_the_hall_has_not_is_named() -> None:
    assert View("JZ01", ("综合区",), ("A",)).unknown(TODAY) == ()
    assert View("JZ01", ("综合", "不动产区"), ("A", "Z")).unknown(TODAY) == ("综合", "Z")
    assert View("JZ01", ("综合区",)).unknown(None) == ("综合区",)


@pytest.mark.parametrize(
    ("number", "flag"),
    [("VB021", "优先"), ("YA029", "预约"), ("A031", ""), ("V031", ""), ("Y001", ""), ("VV001", "优先"), ("B", "")],
)
def test_the_flag_is_read_off_the_number(number: str, flag: str) -> None:
    assert call(number).flag == flag


def test_the_newest_is_who_is_still_wanted() -> None:
    passed, served = call("A003", state="passed"), call("A002", 1, state="serving")
    assert board(passed, served, call("A001", 2)).newest == served
    assert board(passed).newest == passed
    assert board().newest is None
    assert call("A001").key != call("A001", -1).key, "called again, it is another call"


def day(hour: int, minute: int = 0, **more) -> datetime:
    return NOW.replace(hour=hour, minute=minute, second=0, **more)


@pytest.mark.parametrize(
    ("at", "last", "stage"),
    [
        (day(8, 59), None, "not_open"),
        (day(9, 0), None, "none_yet"),
        (day(12, 30), None, "none_yet"),
        (day(17, 31), None, "over"),
        (day(8, 50), day(8, 49), "calling"),
        (day(12, 30), day(11, 59), "calling"),
        (day(17, 29), day(11, 59), "calling"),
        (day(17, 31), day(17, 25), "calling"),
        (day(17, 36), day(17, 25), "over"),
        (day(19, 0), day(18, 55), "calling"),
    ],
)
def test_how_the_day_stands(at: datetime, last: datetime | None, stage: str) -> None:
    calls = () if last is None else (call(at=last),)
    assert board(*calls, now=at).stage == stage


def test_on_a_day_of_rest() -> None:
    rest = replace(TODAY, opens=None, closes=None)
    assert board(today=rest).stage == "rest"
    assert board(call(), today=rest).stage == "calling", "by appointment somebody works"


def test_what_was_told_of_yesterday_is_not_todays() -> None:
    tomorrow = NOW + timedelta(days=1)
    assert board(now=tomorrow).today is None
    assert board(now=tomorrow.replace(hour=3)).stage == "none_yet"
    assert board(today=None).stage == "none_yet"


@pytest.mark.parametrize(("silence", "silent"), [(0, False), (12, False), (12.1, True)])
def test_when_it_stands_still(silence: float, silent: bool) -> None:
    assert board(silence=silence).silent is silent


def test_a_hall_of_many_lines_names_those_where_somebody_waits() -> None:
    lines = [LineCount(line=LineRow(letter=str(n), name=f"{n}"), waiting=n % 3 if n != 25 else 9) for n in range(26)]
    shown, others = shortened(lines)
    assert len(shown) == 11
    assert lines[25] in shown
    assert [c.line.letter for c in shown] == sorted((c.line.letter for c in shown), key=int), "in the hall's order"
    assert min(c.waiting for c in shown) >= max(c.waiting for c in others)
    assert sum(c.waiting for c in (*shown, *others)) == sum(c.waiting for c in lines)
    assert shortened(lines[:12]) == (tuple(lines[:12]), ())


def read(public: Citizens, view: View = HALL) -> Board:
    with public.database.reading() as connection:
        found = read_board(connection, view, public.clock())
    assert found
    return found


def numbers(found: Board) -> list[str]:
    return [one.number for one in found.calls]


def some_calls(count: int):
    return [
        called(f"t{n}", f"A{n:03d}", n, called=NOW - timedelta(minutes=60 - n), window=2 + n % 2)
        for n in range(1, count + 1)
    ]


def test_the_last_eight_in_order(public: Citizens) -> None:
    with public.database.reading() as connection:
        assert read_board(connection, HALL, NOW) is None
    public.whole(*some_calls(12), waiting("w", "A090", 90), a_case(), seq=90, today=TODAY)
    assert numbers(read(public)) == [f"A{n:03d}" for n in range(12, 12 - LAST, -1)]
    public.next(called("t2", "A002", 91, called=NOW, calls=2), after=90, seq=91)
    found = read(public)
    assert numbers(found)[:2] == ["A002", "A012"], "called again it is the newest"
    assert (found.newest.window, found.newest.calls) == (2, 2)


def test_what_was_taken_back_or_never_came_is_not_shown(public: Citizens) -> None:
    gone = [
        waiting("back", "A010", 1, called=None),
        waiting("rejoined", "A011", 2, called=NOW),
        called("void", "A012", 3, state="void"),
        called("left", "A013", 4, state="not_served"),
        called("yesterday", "A014", 5, called=NOW - timedelta(hours=11)),
    ]
    kept = [called(s, f"A02{n}", 20 + n, state=s) for n, s in enumerate(("serving", "held", "finished", "passed"))]
    public.whole(*gone, *kept, seq=30, today=TODAY)
    assert sorted(numbers(read(public))) == ["A020", "A021", "A022", "A023"]


def test_who_waits_in_which_line(public: Citizens) -> None:
    people = [waiting(f"a{n}", f"A{n:03d}", n) for n in range(3)]
    people += [
        waiting("b", "B001", 1, line="2026-11-20 B"),
        waiting("sent on", "A009", 1, line="2026-11-20 H"),
        waiting("old", "A999", 1, line="2026-11-19 A", until=NOW.date() + timedelta(days=3)),
        waiting("paper", "A998", 1, state="issuing"),
    ]
    public.whole(*people, called(), seq=9, today=TODAY)
    assert [(c.line.letter, c.waiting) for c in read(public).lines] == [("A", 3), ("B", 1), ("H", 1)]


def test_a_part_of_the_hall(public: Citizens) -> None:
    public.whole(
        called("a", "A001", 1), called("b", "B001", 2, line="2026-11-20 B", zone="综合区", window=4),
        called("h", "A007", 3, line="2026-11-20 H", zone="综合区", window=11), seq=9, today=TODAY,
    )  # fmt: skip
    found = read(public, View("JZ01", zones=("综合区",)))
    assert sorted(numbers(found)) == ["A007", "B001"]
    assert [c.line.letter for c in found.lines] == ["B", "H"]
    found = read(public, View("JZ01", letters=("A", "H")))
    assert sorted(numbers(found)) == ["A001", "A007"], "of the line it waited in, whatever its number says"
    found = read(public, View("JZ01", zones=("不动产区",), letters=("A",)))
    assert (found.calls, found.lines) == ((), ())


def test_halls_and_their_stamps_do_not_meet(public: Citizens) -> None:
    public.whole(called(), seq=1, today=TODAY)
    other = replace(public.batch(called("x", "A777", 1)), hall="QZ01", generation="h", seq=1, cursor="c")
    public.fed(replace(other, whole="last", current=True, today=TODAY))
    assert numbers(read(public)) == ["A001"]
    assert numbers(read(public, View("QZ01"))) == ["A777"]
    with public.database.reading() as connection:
        stamps = read_stamps(connection)
    assert set(stamps) == {"JZ01", "QZ01"}
    public.next(after=1, seq=1)
    with public.database.reading() as connection:
        later = read_stamps(connection)
    assert later["JZ01"] > stamps["JZ01"]
    assert later["QZ01"] == stamps["QZ01"]


def test_what_is_told_of_the_day_is_kept_until_told_anew(public: Citizens) -> None:
    public.whole(called(), seq=1, today=TODAY)
    public.next(after=1, seq=1)
    assert read(public).today == TODAY
    stopped = replace(TODAY, lines=(replace(TODAY.lines[0], stopped=True, goes_on="明天 9:00"), *TODAY.lines[1:]))
    public.next(after=1, seq=1, today=stopped)
    assert read(public).lines[0].line.stopped

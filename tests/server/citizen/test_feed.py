"""What the citizen process takes from the inside: once, in order, from the holder of the key, and no more than a batch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from clerk_app.server.citizen.form import FEED, LARGEST, MOST_ROWS, Standing, signature_of
from tests.server.citizen.papers import NOW, Citizens, a_case, called, citizens, waiting


def test_a_row_is_shown_once_it_was_fed(public: Citizens) -> None:
    assert public.ticket().status == 404
    assert public.whole(waiting(), seq=1) == Standing(generation="g1", seq=1, cursor="at-1", accepted=True)
    assert public.ticket().status == 200
    assert "A001" in public.ticket().text


def test_who_asks_with_nothing_hears_where_it_stands(public: Citizens) -> None:
    assert public.fed(public.batch()) == Standing()
    public.whole(waiting(), seq=7)
    assert public.fed(public.batch()) == Standing(generation="g1", seq=7, cursor="at-7")
    assert "A001" in public.ticket().text


def test_the_same_rows_twice_change_nothing(public: Citizens) -> None:
    public.whole(seq=0)
    for _ in range(3):
        standing = public.next(waiting(), called(), after=0, seq=2)
        assert standing == Standing(generation="g1", seq=2, cursor="at-2", accepted=True)
        assert "已叫号" in public.ticket().text


def test_an_older_row_does_not_come_back(public: Citizens) -> None:
    public.whole(seq=0)
    public.next(waiting(), called(), after=0, seq=2)
    standing = public.next(waiting(), after=0, seq=1)
    assert (standing.seq, standing.cursor) == (2, "at-2")
    assert "已叫号" in public.ticket().text


def test_a_gap_is_not_taken(public: Citizens) -> None:
    public.whole(waiting(), seq=1)
    assert public.next(called(seq=9), after=5, seq=9) == Standing(generation="g1", seq=1, cursor="at-1")
    assert "等候" in public.ticket().text


def test_another_generation_is_not_taken_in_passing(public: Citizens) -> None:
    public.whole(waiting(), seq=1)
    assert public.next(called(), after=1, seq=2, generation="g2").accepted is False
    assert "等候" in public.ticket().text


def test_all_afresh_takes_the_place_of_all(public: Citizens) -> None:
    public.whole(waiting("t1", "A001", 50), waiting("t2", "A002", 60), seq=60)
    public.fed(public.batch(waiting("t3", "A003", 8), generation="g2", seq=8, cursor="x", whole="part"))
    assert [public.ticket(key).status for key in ("t1", "t2", "t3")] == [200, 200, 200], (
        "nothing goes before all is there"
    )
    standing = public.whole(called("t2", "A002", 8), generation="g2", seq=8)
    assert (standing.generation, standing.seq) == ("g2", 8), "a restored centre counts from less"
    assert [public.ticket(key).status for key in ("t1", "t2", "t3")] == [404, 200, 200]
    assert "已叫号" in public.ticket("t2").text


def test_halls_do_not_meet(public: Citizens) -> None:
    public.whole(waiting(), seq=1)
    other = replace(public.batch(called("t9", "A001", 1)), hall="QZ01")
    public.fed(replace(other, generation="h", seq=1, cursor="c", whole="last", current=True))
    assert "等候" in public.ticket().text
    assert "已叫号" in public.ticket("t9").text


def test_a_caught_batch_cannot_be_sent_again(public: Citizens) -> None:
    public.whole(waiting(), seq=1)
    caught = msgspec.json.encode(public.batch(waiting(), generation="g1", after=1, seq=1, whole="last", current=True))
    assert public.send(caught).status == 200
    public.next(called(), after=1, seq=2)
    assert public.send(caught).status == 409
    assert "已叫号" in public.ticket().text


def test_a_batch_of_another_hour_is_refused_even_by_an_empty_table(public: Citizens) -> None:
    kept = msgspec.json.encode(public.batch(waiting(), generation="g1", seq=1, whole="last", current=True))
    public.clock.pass_(minutes=6)
    assert public.send(kept).status == 409
    assert public.ticket().status == 404


@pytest.mark.parametrize("wrong", ["", "0" * 64, "é", "x"])
def test_a_forged_signature_is_refused(public: Citizens, wrong: str) -> None:
    body = msgspec.json.encode(public.batch(waiting(), generation="g1", seq=1, whole="last", current=True))
    answer = public.send(body, wrong)
    assert (answer.status, answer.body) == (401, b"")
    assert public.send(body, signature_of(b"another key of thirty-two letters", body)).status == 401
    assert public.send(body + b" ", signature_of(b"0123456789abcdef0123456789abcdef", body)).status == 401
    assert public.ticket().status == 404


def test_more_than_a_batch_is_not_even_read(public: Citizens) -> None:
    answer = public.send(b" " * (LARGEST + 1))
    assert answer.status == 413
    assert public.ask("/health", "POST", b"x").status == 405
    many = tuple(waiting(str(n), str(n), n) for n in range(MOST_ROWS + 1))
    assert public.send(msgspec.json.encode(public.batch(*many, generation="g1", whole="last"))).status == 400


@pytest.mark.parametrize(
    "change",
    [
        {"digest": "x"}, {"kind": "x"}, {"state": "granted"}, {"number": "长" * 121}, {"number": "a\x00"}, {"seq": -1},
        {"window": 1 << 40}, {"since": NOW.replace(tzinfo=None)},
    ],
)  # fmt: skip
def test_a_row_of_another_shape_is_unreadable(public: Citizens, change: dict[str, object]) -> None:
    body = msgspec.json.encode(public.batch(replace(waiting(), **change), generation="g1", whole="last", current=True))
    assert public.send(body).status == 400
    assert public.send(b"{}").status == 400
    assert public.send(b"\xff").status == 400


def test_yesterdays_tickets_and_old_cases_go(public: Citizens) -> None:
    over = a_case("c2", state="delivered", until=date(2026, 11, 21))
    public.whole(waiting(), a_case("c1"), over, seq=1)
    public.clock.pass_(hours=14)
    assert [public.ticket().status, public.case("c1").status, public.case("c2").status] == [404, 200, 200], (
        "by the hall's own day, even before anything new was fed"
    )
    public.clock.pass_(days=1)
    public.next(after=1, seq=1)
    with public.database.reading() as connection:
        left = connection.exec_driver_sql("SELECT number FROM citizen_rows_3").scalars().all()
    assert left == ["JZ20261120-00417"]
    assert public.case("c1").status == 200


def test_how_many_wait_before_one(public: Citizens) -> None:
    first = [waiting(f"t{n}", f"A{n:03d}", n, rank=f"1 {n:03d}") for n in range(1, 8)]
    other = waiting("b", "B001", 1, line="2026-11-20 B", rank="1 000")
    public.whole(*first, other, waiting("v", "A900", 1, rank="0 900"), seq=7)
    assert "前面没有人在等" in public.ticket("v").text, "priority goes before"
    assert "前面 1–2 人在等" in public.ticket("t1").text
    assert "前面 6–10 人在等" in public.ticket("t7").text
    assert "前面没有人在等" in public.ticket("b").text
    public.next(called("t1", "A001", 8), called("v", "A900", 9), after=7, seq=9)
    assert "前面 3–5 人在等" in public.ticket("t7").text


def test_health_says_how_long_the_inside_was_silent(public: Citizens) -> None:
    assert msgspec.json.decode(public.ask("/health").body) == {"ok": True, "silent": {}}
    public.whole(waiting(), seq=1)
    public.clock.pass_(seconds=90)
    assert msgspec.json.decode(public.ask("/health").body) == {"ok": True, "silent": {"JZ01": 90.0}}
    public.next(after=1, seq=1, current=False)
    assert msgspec.json.decode(public.ask("/health").body)["silent"] == {"JZ01": 90.0}, "not up to date yet"
    public.next(after=1, seq=1)
    assert msgspec.json.decode(public.ask("/health").body)["silent"] == {"JZ01": 0.0}


def test_two_processes_on_one_database_take_each_batch_once(public_url: str) -> None:
    with citizens(public_url) as one, citizens(public_url) as two:
        one.whole(waiting(), seq=1)
        caught = msgspec.json.encode(one.batch(called(), generation="g1", after=1, seq=2, cursor="x", current=True))
        assert [one.send(caught).status, two.send(caught).status] == [200, 409]
        assert "已叫号" in two.ticket().text


def test_a_database_away_is_a_page_and_not_a_trace(public: Citizens, caplog: pytest.LogCaptureFixture) -> None:
    public.whole(waiting(), seq=1)
    with public.database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE citizen_rows_3")
    answer = public.ticket()
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")
    assert "现在查不了" in answer.text
    assert public.ask(FEED).status == 405
    (record,) = caplog.records
    said = record.getMessage()
    assert said.startswith("fault at /t: ")
    assert "A001" not in said

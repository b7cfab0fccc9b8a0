"""The feeder over a real centre: in order, resumed from what the other end says, afresh when the feed is another one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, event, update

from clerk_app.outside.citizen_line import CitizenAwayError
from clerk_app.queueing.citizen_token import case_token, ticket_token
from clerk_app.server.centre import CentreOffice
from clerk_app.server.citizen import feeder as feeding
from clerk_app.server.citizen.board import SILENT
from clerk_app.server.citizen.feeder import HEARTBEAT, Feeder
from clerk_app.server.citizen.form import MOST_ROWS
from clerk_app.server.loading import new_epoch
from clerk_app.server.tables import changes
from clerk_app.store import tables
from tests.server.citizen.papers import Answer, Citizens, citizens
from tests.server.desk import NOW, Desk


class Ticking:
    """A monotonic clock that only moves when told."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Citizens]:
    with citizens(f"sqlite:///{tmp_path / 'citizen.db'}") as made:
        made.clock.time = NOW
        yield made


@pytest.fixture
def make(office: CentreOffice, outside: Citizens) -> Callable[[], Feeder]:
    counted = itertools.count()

    def microseconds() -> int:
        return int(outside.clock.time.timestamp() * 1e6) + next(counted)

    def feeder() -> Feeder:
        return Feeder(office, outside, monotonic=Ticking(), microseconds=microseconds)

    return feeder


def settle(feeder: Feeder) -> None:
    for _ in range(20):
        if not feeder.turn():
            return
    raise AssertionError("it never comes to rest")


def ticket(outside: Citizens, key: str) -> Answer:
    return outside.ask(f"/t/{ticket_token(key)}")


def test_what_stands_at_the_beginning_is_fed_and_what_follows(desk: Desk, outside: Citizens, make) -> None:
    first = desk.took()
    desk.do(first)
    feeder = make()
    settle(feeder)
    assert "等候" in ticket(outside, first.ticket).text
    desk.do(desk.called(first.ticket))
    second = desk.took()
    desk.do(second)
    settle(feeder)
    assert "请到 2号窗口" in ticket(outside, first.ticket).text
    assert "前面没有人在等" in ticket(outside, second.ticket).text
    desk.do(desk.arrived(first.ticket))
    desk.do(desk.finished(first.ticket))
    settle(feeder)
    assert "已办结" in ticket(outside, first.ticket).text


def test_a_case_goes_its_way_outside(desk: Desk, outside: Citizens, make) -> None:
    took = desk.took()
    received = desk.received(took.ticket)
    for command in (took, desk.called(took.ticket), desk.arrived(took.ticket), received):
        assert desk.do(command)["state"] == "applied"
    feeder = make()
    settle(feeder)
    path = f"/c/{case_token(received.case)}"
    assert "已收件" in outside.ask(path).text
    accepted = desk.accepted(received.case)
    desk.do(accepted)
    settle(feeder)
    page = outside.ask(path).text
    assert accepted.case_no in page
    assert "2026年11月20日（星期五）前" in page


def test_many_changes_come_in_many_batches_without_a_hole(
    desk: Desk, outside: Citizens, make, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert feeding._some <= MOST_ROWS
    monkeypatch.setattr(feeding, "_some", 3)
    feeder = make()
    settle(feeder)
    tickets = [desk.took() for _ in range(7)]
    desk.states(*[desk.record(took) for took in tickets])
    turns = 0
    while feeder.turn():
        turns += 1
    assert turns == 2
    assert all(ticket(outside, took.ticket).status == 200 for took in tickets)
    outside.key = outside.key[::-1]
    fresh = make()
    with pytest.raises(CitizenAwayError, match="401"):
        fresh.turn()
    outside.key = outside.key[::-1]
    with citizens(f"{outside.database.engine.url}2") as another:
        another.clock.time = NOW
        outside.post = another.post  # type: ignore[method-assign]
        settle(make())
        assert all(ticket(another, took.ticket).status == 200 for took in tickets), "whole in parts, too"


def test_another_feeder_goes_on_where_the_first_one_died(desk: Desk, outside: Citizens, make) -> None:
    took = desk.took()
    desk.do(took)
    settle(make())
    desk.do(desk.called(took.ticket))
    second = make()
    settle(second)
    assert second.sent == 1, "only what was new"
    assert "已叫号" in ticket(outside, took.ticket).text


def test_a_lost_answer_is_asked_for_again(desk: Desk, outside: Citizens, make, monkeypatch: pytest.MonkeyPatch) -> None:
    feeder = make()
    settle(feeder)
    took = desk.took()
    desk.do(took)
    post = outside.post

    def lose(*words: object) -> tuple[int, bytes]:
        post(*words)  # type: ignore[arg-type]
        raise CitizenAwayError("lost")

    with monkeypatch.context() as broken:
        broken.setattr(outside, "post", lose)
        with pytest.raises(CitizenAwayError):
            feeder.turn()
    desk.do(desk.called(took.ticket))
    settle(feeder)
    assert "已叫号" in ticket(outside, took.ticket).text


def test_a_cut_line_loses_nothing(desk: Desk, outside: Citizens, make) -> None:
    feeder = make()
    settle(feeder)
    outside.cut = True
    took = desk.took()
    desk.do(took)
    with pytest.raises(CitizenAwayError):
        feeder.turn()
    desk.do(desk.called(took.ticket))
    outside.cut = False
    settle(feeder)
    assert "已叫号" in ticket(outside, took.ticket).text


def test_a_new_epoch_feeds_everything_afresh(desk: Desk, office: CentreOffice, outside: Citizens, make) -> None:
    kept, lost = desk.took(), desk.took()
    desk.states(desk.record(kept), desk.record(lost))
    feeder = make()
    settle(feeder)
    with office.database.writing() as connection:
        connection.execute(delete(tables.tickets).where(tables.tickets.c.id == lost.ticket))
        new_epoch(connection)
    settle(feeder)
    assert ticket(outside, kept.ticket).status == 200
    assert ticket(outside, lost.ticket).status == 404, "the restored centre never gave that number"


def test_a_lost_anchor_feeds_everything_afresh(desk: Desk, office: CentreOffice, outside: Citizens, make) -> None:
    took = desk.took()
    desk.do(took)
    feeder = make()
    settle(feeder)
    with office.database.writing() as connection:
        connection.execute(update(changes).values(id="another"))
        connection.execute(update(tables.tickets).values(number="A777"))
    settle(feeder)
    assert "A777" in ticket(outside, took.ticket).text


def test_a_citizen_database_that_was_lost_is_filled_again(desk: Desk, outside: Citizens, make) -> None:
    took = desk.took()
    desk.do(took)
    feeder = make()
    settle(feeder)
    with outside.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM citizen_rows_3")
        connection.exec_driver_sql("DELETE FROM citizen_halls_4")
    feeder.monotonic.time += HEARTBEAT  # type: ignore[attr-defined]
    settle(feeder)
    assert ticket(outside, took.ticket).status == 200


def test_a_quiet_hall_is_said_to_be_quiet(desk: Desk, outside: Citizens, make) -> None:
    took = desk.took()
    desk.do(took)
    feeder = make()
    settle(feeder)
    said: list[bytes] = []
    post = outside.post

    def count(path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        said.append(body)
        return post(path, body, headers)

    outside.post = count  # type: ignore[method-assign]
    feeder.turn()
    assert said == [], "nothing new, nothing sent"
    feeder.monotonic.time += HEARTBEAT  # type: ignore[attr-defined]
    feeder.turn()
    assert len(said) == 1
    outside.clock.pass_(seconds=90)
    assert "没有更新" in ticket(outside, took.ticket).text
    feeder.monotonic.time += HEARTBEAT  # type: ignore[attr-defined]
    feeder.turn()
    assert "没有更新" not in ticket(outside, took.ticket).text


def test_a_row_that_cannot_be_read_does_not_stop_the_others(
    desk: Desk, office: CentreOffice, outside: Citizens, make, caplog: pytest.LogCaptureFixture
) -> None:
    feeder = make()
    settle(feeder)
    broken, good = desk.took(), desk.took()
    desk.states(desk.record(broken), desk.record(good))
    with office.database.writing() as connection:
        wrong = update(changes).where(changes.c.subject == f"ticket:{broken.ticket}")
        connection.execute(wrong.values(row={"number": "张三"}))
    settle(feeder)
    assert ticket(outside, good.ticket).status == 200
    assert ticket(outside, broken.ticket).status == 404
    assert "张三" not in caplog.text
    assert "change 1 cannot be shown" in caplog.text


def test_the_centre_is_only_read(desk: Desk, office: CentreOffice, outside: Citizens, make, monkeypatch) -> None:
    desk.do(desk.took())

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a feeder writes nothing")

    monkeypatch.setattr(office.database, "writing", refuse)
    settle(make())


def test_between_looks_only_the_heads_are_asked(desk: Desk, office: CentreOffice, outside: Citizens, make) -> None:
    feeder = make()
    settle(feeder)
    asked: list[str] = []
    event.listen(office.database.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    assert [feeder.step() for _ in range(3)] == [False, False, False]
    questions = [words for words in asked if words.lstrip().startswith("SELECT")]
    assert len(questions) == 3
    assert all("hall_head" in words and "changes" not in words for words in questions)
    took = desk.took()
    desk.do(took)
    while feeder.step():
        pass
    assert ticket(outside, took.ticket).status == 200, "what came is seen at the next look"


def test_a_look_that_failed_is_made_again(desk: Desk, outside: Citizens, make) -> None:
    feeder = make()
    settle(feeder)
    took = desk.took()
    desk.do(took)
    outside.cut = True
    for _ in range(2):
        with pytest.raises(CitizenAwayError):
            feeder.step()
    outside.cut = False
    while feeder.step():
        pass
    assert ticket(outside, took.ticket).status == 200


def test_a_quiet_hall_is_spoken_for_often_enough_for_its_screens(desk: Desk, outside: Citizens, make) -> None:
    assert HEARTBEAT * 3 <= SILENT
    feeder = make()
    settle(feeder)
    said: list[bytes] = []
    post = outside.post
    outside.post = lambda path, body, headers: said.append(body) or post(path, body, headers)  # type: ignore[method-assign]
    assert not feeder.step()
    assert said == []
    feeder.monotonic.time += HEARTBEAT  # type: ignore[attr-defined]
    feeder.step()
    assert len(said) == 1


def test_the_screens_hear_of_the_day_and_of_what_is_stopped(desk: Desk, outside: Citizens, make) -> None:
    feeder = make()
    feeder.stops = lambda _connection, hall, day: {"B": "11月23日 9:00"} if (hall, day) == ("JZ01", NOW.date()) else {}
    settle(feeder)
    page = outside.ask("/display/JZ01").text
    assert "止号：综合受理停止取号，11月23日 9:00 起再取" in page
    assert "今天还没有叫过号" in page
    took = desk.took()
    for command in (took, desk.called(took.ticket)):
        desk.do(command)
    settle(feeder)
    page = outside.ask("/display/JZ01").text
    assert '号到</span><span class="window">2</span>' in page
    assert "企业开办专窗（一表制），市场准入区" in page
    assert "A001" in outside.ask("/display/JZ01?zone=%E5%B8%82%E5%9C%BA%E5%87%86%E5%85%A5%E5%8C%BA").text
    assert "A001" not in outside.ask("/display/JZ01?letters=B").text

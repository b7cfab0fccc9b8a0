"""次序说明: why somebody stands where he stands, in the words a clerk says to who asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from clerk_app.queueing.explaining import why_next
from clerk_app.queueing.model import FIRST, FRONT, TOP, Forwarded, Lifted, Ticket
from clerk_app.queueing.rules import CARRIED, RejoinRule
from tests.desk import ZONE
from tests.queueing.line_of_a import HALL

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=ZONE)
RULES = HALL.queue
NAMES = {"P101": "沈启明", "P203": "许可心"}


def names(person: str) -> str:
    return NAMES.get(person, person)


def ticket(serial: int = 1, minutes: int = 10, **more: object) -> Ticket:
    plain = Ticket(
        id=f"t{serial}", day=date(2026, 11, 20), letter="A", number=f"A{serial:03d}", serial=serial, reserve=False,
        taken_at=NOW - timedelta(minutes=minutes), taken_window=1,
    )  # fmt: skip
    return replace(plain, **more)


def lift(*, wronged: bool) -> dict[str, object]:
    by = "P203" if wronged else "P101"
    return {"rank": TOP, "lifts": (Lifted(by=by, at=NOW, reason="被误过号", window=2, wronged=wronged),)}


SENT = Forwarded(by="P203", at=NOW, reason="走错队", from_window=3, from_letter="B")

REASONS = [
    ({}, "先来，等了 10 分钟"),
    ({"priority": "elderly"}, f"{RULES.ground('elderly').min_age} 岁以上优先"),
    ({"priority": "disabled"}, "残疾人优先"),
    ({"priority": "no-such-ground"}, "优先"),
    ({"priority": CARRIED, "rank": FRONT}, "昨天没叫到，今天排前"),
    ({"appointment": NOW - timedelta(minutes=1)}, "预约 10:29"),
    ({"minutes": RULES.timing.ageing_minutes + 1}, f"等了 {RULES.timing.ageing_minutes + 1} 分钟，已提级"),
    (lift(wronged=False), "值班长提前：被误过号（沈启明）"),
    (lift(wronged=True), "下一个就办：被误过号（许可心）"),
    ({"forwards": (SENT,), "rank": FRONT}, "从3号窗口转来"),
    ({"forwards": (replace(SENT, front=False),)}, "先来，等了 10 分钟"),
    ({"rejoins": 1, "placed_at": NOW - timedelta(minutes=4)}, "重排的，隔 3 个号"),
    ({"rank": FRONT, "case": "c1"}, "再来办原来的件"),
    ({"rank": FIRST, "case": "c1"}, "再来办原来的件"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "words"), REASONS)
def test_why_the_first_is_the_first(more: dict, words: str) -> None:
    first = ticket(**more)
    assert why_next(first, (first, ticket(2)), RULES, names, NOW) == words


def test_who_came_later_and_stands_before_is_named_with_his_right() -> None:
    old = ticket(21, minutes=3, priority="elderly", number="VB021")
    mine = ticket(4, minutes=20)
    line = (old, ticket(2, minutes=30), mine)
    said = why_next(mine, line, RULES, names, NOW)
    assert said == f"VB021 在前：{RULES.ground('elderly').min_age} 岁以上优先；前面共 2 位"


def test_when_all_before_came_first_only_how_many() -> None:
    line = (ticket(1, minutes=30), ticket(2, minutes=20), ticket(3, minutes=10))
    assert why_next(line[2], line, RULES, names, NOW) == "前面 2 位都先来"
    again = replace(line[2], rejoins=1, placed_at=NOW)
    assert why_next(again, (*line[:2], again), RULES, names, NOW) == "前面 2 位都先来；重排的，隔 3 个号"


def test_who_stands_before_without_a_reason_of_his_own() -> None:
    """A reserve ticket whose clock stood later: in front by its place alone."""
    before = ticket(2, minutes=1, placed_at=NOW - timedelta(minutes=50), rank=FIRST)
    mine = ticket(4, minutes=20)
    assert why_next(mine, (before, mine), RULES, names, NOW) == "A002 在前：排在前面；前面共 1 位"


def test_an_appointment_waits_for_its_hour() -> None:
    appointed = ticket(appointment=NOW + timedelta(hours=1))
    assert why_next(appointed, (appointed,), RULES, names, NOW) == "预约 11:30，到点才叫"


def test_a_hall_without_distance_or_ageing() -> None:
    rules = replace(RULES, rejoin=RejoinRule(after_tickets=0), timing=replace(RULES.timing, ageing_minutes=0))
    again = ticket(rejoins=1, placed_at=NOW)
    assert why_next(again, (again,), rules, names, NOW) == "重排的"
    old = ticket(minutes=200)
    assert why_next(old, (old,), rules, names, NOW) == "先来，等了 200 分钟"


def test_a_ticket_that_is_not_in_the_line_stands_by_itself() -> None:
    assert why_next(ticket(9), (ticket(1),), RULES, names, NOW) == "先来，等了 10 分钟"

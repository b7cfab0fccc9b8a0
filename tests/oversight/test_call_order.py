"""我被跳过了吗: who was called before a number, why each stood before it, and one sentence that says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from clerk_app.oversight.call_order import Answer, LineDay, answer
from clerk_app.oversight.model import Cut
from clerk_app.queueing.model import Forwarded, Lifted, Parked, Ticket
from tests.oversight.test_queue_figures import RULES, at, ticket

NAMES = {"P101": "沈启明", "P105": "罗文静"}


def called(serial: int, moment: datetime, **more: Any) -> Ticket:
    plain: dict[str, Any] = {"state": "finished", "window": 4, "clerk": "P105", "called_at": moment, "calls": 1}
    return ticket(serial, "B", **{**plain, "taken_at": at(9, serial), **more})


MINE = called(17, at(10, 12))


def said(mine: Ticket, *others: Ticket, **more: Any) -> Answer:
    day = LineDay(tickets=(mine, *others), rules=RULES, now=at(11), name=NAMES.__getitem__, **more)
    return answer(mine, day)


def why(mine: Ticket, *others: Ticket, **more: Any) -> list[tuple[str, str]]:
    return [(one.why, one.words) for one in said(mine, *others, **more).before]


def test_all_that_were_called_before_took_their_numbers_before() -> None:
    found = said(MINE, called(11, at(9, 40)), called(12, at(9, 50)), called(13, at(10)), called(18, at(10, 20)))
    assert found.sentence == "B017 没有被跳过：前面叫的 3 个都比它先取号。它 10:12 在4号窗口叫到。"
    assert not found.skipped


def test_what_was_called_before_it_took_its_number_is_not_in_question() -> None:
    assert said(MINE, called(11, at(9, 12))).before == ()


def test_priority_is_named() -> None:
    first = called(21, at(10, 10), priority="elderly", number="VB021")
    found = said(MINE, called(11, at(9, 40)), first)
    assert found.sentence.startswith("B017 没有被跳过：10:10 起 VB021 先叫，因为优先。")
    assert why(MINE, first) == [("first", "优先：老年人")]


def test_a_later_number_without_a_reason_is_a_skip() -> None:
    found = said(MINE, called(18, at(10, 5)))
    assert found.skipped
    assert found.sentence.startswith("B017 10:05 被跳过：4号窗口 罗文静 先叫了排在它后面的 B018，账里没有原因。")


def test_put_on_top_counts_from_its_moment_on_and_not_before() -> None:
    lift = Lifted(by="P101", at=at(10, 3), reason="孩子发烧", window=21)
    assert why(MINE, called(18, at(10, 5), lifts=(lift,), rank=0, placed_at=at(10, 3))) == [
        ("lifted", "沈启明 10:03 提前：孩子发烧")
    ]
    later = Lifted(by="P101", at=at(10, 8), reason="孩子发烧", window=21, wronged=True)
    assert why(MINE, called(18, at(10, 5), lifts=(later,), rank=0, placed_at=at(10, 8)))[0][0] == "skipped"


def test_its_own_lift_after_a_call_does_not_make_that_call_a_skip() -> None:
    lift = Lifted(by="P101", at=at(10, 11), reason="被跳过", window=21, wronged=True)
    mine = called(17, at(10, 12), lifts=(lift,), rank=0, placed_at=at(10, 11))
    assert why(mine, called(11, at(9, 40)))[0][0] == "earlier"


def test_sent_on_appointments_aged_and_rejoined() -> None:
    sent = Forwarded(by="P105", at=at(10), reason="归这里", from_window=3, from_letter="A")
    assert why(MINE, called(18, at(10, 5), forwards=(sent,), rank=1))[0] == ("sent_on", "3号窗口转来的，排在前面")
    booked = called(19, at(10, 5), appointment=at(10), placed_at=at(10))
    assert why(MINE, booked)[0] == ("first", "预约：10:00")


def test_who_comes_again_stands_where_the_hall_says() -> None:
    again = called(18, at(10, 5), case="c-1", rank=1)
    day = LineDay(tickets=(MINE, again), rules=replace(RULES, returner="front"), now=at(11), name=NAMES.__getitem__)
    assert [(one.why, one.words) for one in answer(MINE, day).before] == [("again", "再来办原来的件")]
    assert said(MINE, again).skipped, "where the hall makes no difference"


def test_another_reason_for_which_it_could_not_be_called_there() -> None:
    other = called(18, at(10, 5))
    items = {4: frozenset({"i-2"})}
    assert why(called(17, at(10, 12), item="i-1"), other, items=items)[0][1] == "4号窗口不办 B017 要办的事项"
    assert why(called(17, at(10, 12), to_window=6), other)[0][0] == "not_for"
    assert why(called(17, at(10, 12), appointment=at(10, 10), placed_at=at(10, 10)), other)[0][0] == "not_for"
    parked = Parked(reason="复印", at=at(10), by="P105", window=4, serving=False)
    assert why(called(17, at(10, 12), parked=parked), other)[0][0] == "held"
    cut = Cut(id="c", device="d", window=5, start=at(10), end=at(10, 10), acts=1)
    assert why(called(17, at(10, 12), fallback=5), other, cuts=(cut,))[0][1] == "B017 分给5号窗口，那时断线，号给它留着"
    assert why(MINE, called(18, at(10, 5), by_paper=True))[0][0] == "paper"
    assert why(MINE, called(18, at(10, 5), reserve=True))[0][0] == "reserve"


def test_the_first_call_counts_when_it_is_known() -> None:
    other = called(18, at(10, 30))
    assert said(MINE, other).before == ()
    assert said(MINE, other, calls={"B18": [at(10, 30), at(10, 5)]}).skipped
    assert said(MINE, other, calls={"B17": [at(9, 50), at(10, 12)], "B18": [at(10, 5)]}).before == ()


def test_what_became_of_it_is_said() -> None:
    passed = called(17, at(10, 12), state="passed", calls=3, ended_at=at(10, 14))
    assert said(passed).sentence.endswith("它 10:12 在4号窗口叫过，共 3 次，没到，记了过号。")
    waiting = ticket(17, "B", taken_at=at(9, 17))
    found = said(waiting, called(11, at(9, 40)))
    assert found.sentence == "B017 没有被跳过：前面叫的 1 个都比它先取号。它还在等。"


@given(st.permutations(range(1, 7)))
def test_called_in_order_of_arrival_nobody_was_ever_skipped_and_out_of_order_somebody_was(order) -> None:
    day = [called(number, at(10) + timedelta(minutes=place)) for place, number in enumerate(order)]
    skipped = [one for one in day if answer(one, LineDay(tickets=day, rules=RULES, now=at(11), name=NAMES.get)).skipped]
    assert bool(skipped) == (list(order) != sorted(order))

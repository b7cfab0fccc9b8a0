"""叫下一位 at the centre: the next free ticket in order, once; nobody's who waits for a silent window; the same one asked again."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from clerk_app.command import Command
from clerk_app.duty.pausing import PauseWindow
from clerk_app.outside.ids import new_id
from clerk_app.queueing.forwarding import ForwardTicket
from clerk_app.queueing.model import FRONT, ORDINARY, TOP, Ticket, WindowLetters
from clerk_app.queueing.ordering import window_day
from clerk_app.queueing.parking import ReturnTicket
from clerk_app.queueing.usecases import PassTicket
from clerk_app.server.centre import CentreOffice
from clerk_app.server.enrolment import SELF_FILL, make_code
from clerk_app.sync import protocol
from tests.server.desk import DAY, HALL, ITEM, NOW, Desk
from tests.server.queue_desk import (
    ask_next,
    at_the_centre,
    beat,
    called,
    falls_silent,
    one_waiting,
    opens,
    row_of,
    show,
    standing,
    took,
)
from tests.server.test_holds import claim

DeskAt = Callable[[int], Desk]


def under(desk: Desk, given: dict[str, Any], kind: type[Command], **fields: Any) -> dict[str, Any]:
    """An act on a ticket under the hold it was given with."""
    fences = {f"ticket:{given['ticket']}": given["hold"]["fence"]}
    return desk.do(kind(**desk.stamp(fences=fences), ticket=given["ticket"], **fields))


def pauses(desk: Desk) -> str:
    row = PauseWindow(**desk.stamp(), pause=new_id(), until=NOW + timedelta(minutes=15), reason="休息")
    state: str = desk.do(row)["state"]
    return state


def test_it_is_given_with_its_hold_and_everybody_sees_whose_it_is(desk: Desk, desk_at: DeskAt) -> None:
    first, second = took(desk, 2)
    other = desk_at(3)
    given = ask_next(other)
    assert (given["ticket"], given["type"], given["sentence"]) == (first, "", "")
    hold = given["hold"]
    assert hold["granted"]
    assert hold["fence"] > 0
    assert hold["until"].startswith("2026-11-20T17:")
    assert len(hold["release_code"]) == 8
    seen = row_of(desk, first)
    assert (seen["holder"], seen["fence"]) == (other.device, hold["fence"])
    assert seen["row"] == given["row"]
    assert (given["row"]["state"], given["row"]["fallback"]) == ("waiting", 3), (
        "with the line cut it is this window's too"
    )
    assert called(other, given) == "applied"
    assert ask_next(desk)["ticket"] == second


def test_asked_again_it_is_the_same_until_it_is_called(desk: Desk) -> None:
    _, second, third = took(desk, 3)
    given = ask_next(desk)
    assert ask_next(desk) == given, "a lost answer, a double tap"
    assert ask_next(desk, new_id()) == given
    assert called(desk, given) == "applied"
    then = ask_next(desk)
    assert then["ticket"] == second
    assert then["hold"]["fence"] > given["hold"]["fence"]
    assert ask_next(desk, second)["ticket"] == third, "called here, and the centre has not heard of it yet"


@pytest.mark.parametrize("seed", range(3))
def test_the_order_is_the_one_everybody_is_told(desk: Desk, office: CentreOffice, seed: int) -> None:
    """Ranks, priority, appointments, places and ageing, as `Ticket.order_at` counts them."""
    rng = random.Random(seed)
    people = [somebody(rng) for _ in range(24)]
    at_the_centre(office, *people)
    ageing = office_ageing(office)
    assert ageing
    expected = sorted((one for one in people if one.due(NOW)), key=lambda one: one.order_at(NOW, ageing))
    order: list[str] = []
    while given := ask_next(desk, *order)["ticket"]:
        order.append(given)
    assert order == [one.id for one in expected]
    assert len({one.order_at(NOW, ageing)[0] for one in expected}) > 2


def somebody(rng: random.Random) -> Ticket:
    minutes = rng.choice((2, 20, 39, 40, 41, 75))
    early = rng.choice((None, None, None, NOW - timedelta(minutes=5), NOW, NOW + timedelta(minutes=5)))
    return one_waiting(
        rank=rng.choice((TOP, FRONT, ORDINARY, ORDINARY, ORDINARY)),
        priority=rng.choice(("", "", "elderly")),
        appointment=early,
        placed_at=rng.choice((None, None, early, NOW - timedelta(minutes=rng.randrange(60)))),
        taken_at=NOW - timedelta(minutes=minutes),
    )


def office_ageing(office: CentreOffice) -> int:
    with office.database.reading() as connection:
        return office.hall_in_force(connection, HALL).queue.timing.ageing_minutes


def test_what_this_machine_has_in_hand_comes_in_its_turn(desk: Desk, desk_at: DeskAt, office: CentreOffice) -> None:
    """Taken of the reserve in a cut, or given and lost with a window that was shut: it is nobody else's, and called here."""
    block = desk.block(f"ticket-reserve:A:{DAY}", 1)
    (first,) = took(desk)
    reserve = replace(desk.took(reserve=True, serial=block["first"]), block=block["id"])
    assert desk.do(reserve)["state"] == "applied"
    (last,) = took(desk)
    at_the_centre(office, replace(standing(office, last), placed_at=NOW + timedelta(seconds=1)))
    given = ask_next(desk)
    assert given["ticket"] == first
    three = desk_at(3)
    assert ask_next(three)["ticket"] == last, "the reserve's is not for window 3"
    own = ask_next(desk, first)
    assert (own["ticket"], own["hold"]["fence"]) == (reserve.ticket, 0), "under the hold it was born with"
    assert ask_next(desk, first) == own
    assert called(desk, own) == "applied"
    assert ask_next(desk)["ticket"] == first, "given, and never called"


def test_what_another_window_calls_serves_or_has_is_not_given(
    desk: Desk, desk_at: DeskAt, office: CentreOffice
) -> None:
    elsewhere = one_waiting(letter="B")
    at_the_centre(
        office,
        elsewhere,
        one_waiting(item="11429900MBX003033P400013100X001"),
        one_waiting(appointment=NOW + timedelta(minutes=1)),
        one_waiting(day=DAY - timedelta(days=1)),
        one_waiting(state="issuing"),
        one_waiting(state="passed"),
    )
    assert ask_next(desk)["type"] == "nobody-waiting"
    mine = one_waiting(item=ITEM)
    at_the_centre(office, mine)
    assert ask_next(desk)["ticket"] == mine.id
    assert ask_next(desk_at(4))["ticket"] == elsewhere.id
    held = one_waiting()
    at_the_centre(office, held)
    assert claim(desk_at(3), f"ticket:{held.id}")["granted"]
    assert ask_next(desk, mine.id)["type"] == "nobody-waiting"


def test_who_was_led_to_a_window_waits_for_it_while_somebody_calls_there(
    desk: Desk, desk_at: DeskAt, office: CentreOffice
) -> None:
    three, led = desk_at(3), [one_waiting(to_window=3) for _ in range(3)]
    at_the_centre(office, *led)
    assert ask_next(desk)["ticket"] == led[0].id, "nobody is there"
    opens(three)
    assert ask_next(desk, led[0].id)["type"] == "nobody-waiting"
    assert ask_next(three)["ticket"] == led[1].id
    assert pauses(three) == "applied"
    assert ask_next(desk, led[0].id)["ticket"] == led[2].id


def test_the_share_of_a_silent_window_is_withheld_until_it_is_back(
    desk: Desk, desk_at: DeskAt, office: CentreOffice
) -> None:
    three = desk_at(3)
    opens(desk, three)
    tickets = took(desk, 4)
    shares = {key: row_of(desk, key)["row"]["fallback"] for key in tickets}
    theirs = [key for key in tickets if shares[key] == 3]
    assert len(theirs) == 2
    falls_silent(office, three)
    own = ask_next(desk)
    assert shares[own["ticket"]] == 2
    other = ask_next(desk, own["ticket"])
    assert shares[other["ticket"]] == 2
    none = ask_next(desk, own["ticket"], other["ticket"])
    assert (none["ticket"], none["type"]) == ("", "nobody-waiting")
    assert "3号窗口 2 个" in none["sentence"]
    assert "凭票" in none["sentence"]
    assert claim(desk, f"ticket:{theirs[0]}")["granted"] is False
    assert ask_next(three)["ticket"] == theirs[0], "its own"
    opens(three)
    assert ask_next(desk, own["ticket"], other["ticket"])["ticket"] == theirs[1]


def test_a_window_that_said_it_closes_keeps_nobody_waiting(desk: Desk, desk_at: DeskAt) -> None:
    three = desk_at(3)
    opens(desk, three)
    tickets = took(desk, 2)
    beat(three, opened=False)
    first = ask_next(desk)["ticket"]
    assert {first, ask_next(desk, first)["ticket"]} == set(tickets)


def test_a_ticket_sent_back_may_be_claimed_for_an_undo(desk: Desk, desk_at: DeskAt) -> None:
    (ticket,) = took(desk)
    given = ask_next(desk)
    assert called(desk, given) == "applied"
    assert under(desk, given, ReturnTicket, reason="叫错了")["state"] == "applied"
    again = claim(desk, f"ticket:{ticket}")
    assert again["granted"]
    assert again["fence"] > given["hold"]["fence"]
    assert claim(desk_at(3), f"ticket:{ticket}")["granted"] is False


def test_a_number_of_another_day_is_nobodys_to_claim(desk: Desk, office: CentreOffice) -> None:
    yesterday, today = one_waiting(day=DAY - timedelta(days=1)), one_waiting()
    at_the_centre(office, yesterday, today)
    assert claim(desk, f"ticket:{yesterday.id}")["granted"] is False
    assert claim(desk, f"ticket:{today.id}")["granted"]


def test_two_machines_at_one_window_number(desk: Desk, desk_at: DeskAt, office: CentreOffice) -> None:
    took(desk, 3)
    twin = desk_at(2)
    given = ask_next(desk)
    number = given["row"]["number"]
    busy = ask_next(twin)
    assert (busy["type"], busy["ticket"], busy["hold"]["granted"]) == ("window-busy", "", False)
    assert number in busy["sentence"]
    assert "2号窗口两个人登着" in busy["sentence"]
    assert called(desk, given) == "applied"
    busy = ask_next(twin)
    assert busy["type"] == "window-busy"
    assert "许可心" in busy["sentence"]
    assert number in busy["sentence"]
    assert ask_next(desk)["ticket"], "its own call is its own affair: what ends it may be on the way"


def test_a_machine_that_broke_with_a_ticket_in_hand_does_not_stop_its_window(
    desk: Desk, desk_at: DeskAt, office: CentreOffice
) -> None:
    took(desk, 2)
    opens(desk)
    given = ask_next(desk)
    twin = desk_at(2)
    assert ask_next(twin)["type"] == "window-busy"
    falls_silent(office, desk)
    then = ask_next(twin)
    assert then["ticket"] != given["ticket"], "and what it had is given to nobody"


def test_a_paused_window_is_given_nothing(desk: Desk, desk_at: DeskAt) -> None:
    took(desk)
    assert pauses(desk) == "applied"
    assert ask_next(desk)["type"] == "window-paused"
    assert ask_next(desk_at(3))["ticket"]


def test_a_window_that_calls_other_letters_today(desk: Desk, office: CentreOffice) -> None:
    a, b = one_waiting(), one_waiting(letter="B")
    moved = WindowLetters(id=window_day(DAY, 2), day=DAY, window=2, letters=("B",), by="P101", at=NOW, reason="B 人多")
    at_the_centre(office, a, b, moved)
    assert ask_next(desk)["ticket"] == b.id
    assert ask_next(desk, b.id)["type"] == "nobody-waiting"


def test_who_may_not_ask(desk: Desk, app: Any, office: CentreOffice) -> None:
    for path, body in (
        (protocol.TICKETS_NEXT, {"window": 99}),
        (protocol.TICKETS_BY_CODE, {"window": 99, "ticket": new_id()}),
    ):
        answer = desk.send("POST", path, body)
        assert (answer.status, answer.type) == (409, "unknown-window")
        assert "99号窗口" in answer.sentence
    for wrong in (
        {},
        {"window": 0},
        {"window": "x"},
        {"window": 2, "after": "x" * 36},
        {"window": 2, "after": f"{new_id()},"},
        {"window": 2, "after": "';--"},
    ):
        assert desk.send("POST", protocol.TICKETS_NEXT, wrong).type == "unreadable-request"
    assert desk.send("POST", protocol.TICKETS_BY_CODE, {"window": 2, "ticket": "A001"}).type == "unreadable-request"
    kiosk = Desk(app, window=1)
    with office.database.writing() as connection:
        made = make_code(connection, (HALL, 1), NOW, 1, SELF_FILL)
    body = {"code": made.code, "window": 1, "public_key": kiosk.key.public}
    kiosk.device = kiosk.send("POST", protocol.DEVICES, body).json["device"]
    assert kiosk.send("POST", protocol.TICKETS_NEXT, {"window": 1}).type == "device-narrow"


# 凭票: the slip is shown at another window.


def test_a_slip_shown_is_taken_though_its_window_is_silent(desk: Desk, desk_at: DeskAt, office: CentreOffice) -> None:
    three = desk_at(3)
    opens(desk, three)
    tickets = took(desk, 2)
    (theirs,) = [key for key in tickets if row_of(desk, key)["row"]["fallback"] == 3]
    falls_silent(office, three)
    given = show(desk, theirs)
    assert given["ticket"] == theirs
    assert given["row"]["fallback"] == 2
    assert show(desk, theirs)["hold"]["fence"] == given["hold"]["fence"], "shown twice, given once"
    assert ask_next(desk)["ticket"] == theirs, "it is what this window was given last"
    assert called(desk, given) == "applied"


def test_a_slip_called_elsewhere_is_taken_from_there_before_he_is_served(desk: Desk, desk_at: DeskAt) -> None:
    (ticket,) = took(desk)
    three = desk_at(3)
    theirs = ask_next(three)
    assert called(three, theirs) == "applied"
    given = show(desk, ticket)
    assert (given["ticket"], given["row"]["state"], given["row"]["window"]) == (ticket, "waiting", None)
    late = three.do(three.arrived(ticket, fences={f"ticket:{ticket}": theirs["hold"]["fence"]}))
    assert (late["state"], late["type"]) == ("refused", "hold-lost")
    assert called(desk, given) == "applied"
    fences = {f"ticket:{ticket}": given["hold"]["fence"]}
    assert desk.do(desk.arrived(ticket, fences=fences))["state"] == "applied"
    refused = show(three, ticket)
    assert (refused["type"], refused["ticket"]) == ("ticket-not-waiting", "")
    assert "在2号窗口办理中" in refused["sentence"]


def test_slips_that_are_not_taken(desk: Desk, desk_at: DeskAt, office: CentreOffice) -> None:
    yesterday = one_waiting(day=DAY - timedelta(days=1))
    other, over = one_waiting(letter="B"), one_waiting(state="passed")
    at_the_centre(office, yesterday, other, over)
    said = {key: show(desk, key) for key in (new_id(), yesterday.id, other.id, over.id)}
    assert [one["type"] for one in said.values()] == [
        "unknown-ticket", "ticket-of-another-day", "letter-elsewhere", "ticket-not-waiting",
    ]  # fmt: skip
    assert "11月19日" in said[yesterday.id]["sentence"]
    assert not any(one["hold"]["granted"] for one in said.values())
    took(desk)
    given = ask_next(desk)
    assert called(desk, given) == "applied"
    assert show(desk, given["ticket"])["type"] == "ticket-here"


def test_a_passed_one_and_one_sent_on_are_in_nobodys_hands_or_their_windows(desk: Desk, desk_at: DeskAt) -> None:
    _, second = took(desk, 2)
    given = ask_next(desk)
    assert called(desk, given) == "applied"
    assert under(desk, given, PassTicket, reason="叫号未到")["state"] == "applied"
    then = ask_next(desk)
    assert then["ticket"] == second
    assert called(desk, then) == "applied"
    assert under(desk, then, ForwardTicket, letter="B", reason="要先到综合窗口")["state"] == "applied"
    assert ask_next(desk)["type"] == "nobody-waiting"
    assert ask_next(desk_at(4))["ticket"] == second

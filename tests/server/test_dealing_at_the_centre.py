"""分窗 at the centre: whoever comes to wait is dealt to a window that is heard; windows that open or close have it dealt again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from clerk_app.command import Command
from clerk_app.outside.ids import new_id
from clerk_app.queueing.forwarding import ForwardTicket
from clerk_app.queueing.ordering import FreeTickets, MoveWindow
from clerk_app.queueing.parking import RejoinTicket, ReturnTicket
from clerk_app.queueing.usecases import PassTicket
from clerk_app.receipts.usecases import RecordPaper
from clerk_app.server import shares
from clerk_app.server.centre import CentreOffice
from tests.server.conftest import Clock
from tests.server.desk import DAY, NOW, SEATS, Desk
from tests.server.queue_desk import (
    ask_next,
    at_the_centre,
    beat,
    called,
    fallbacks,
    falls_silent,
    one_waiting,
    opens,
    row_of,
    standing,
    took,
)
from tests.server.test_holds import DUTY

DeskAt = Callable[[int], Desk]
SEATS.setdefault(DUTY, ("P101", "R-ZWJ"))
SEATS.setdefault(5, ("P106", "B2"))


@pytest.fixture
def pair(desk: Desk, desk_at: DeskAt) -> tuple[Desk, Desk]:
    """Windows 2 and 3 call the same letter, and both are heard."""
    three = desk_at(3)
    opens(desk, three)
    return desk, three


def share(desk: Desk, ticket: str) -> int:
    found: int = row_of(desk, ticket)["row"]["fallback"]
    return found


def in_hand(desk: Desk, *, letter: str = "A") -> tuple[str, dict[str, Any]]:
    """A ticket called here, and the hold its acts are done under."""
    took(desk, letter=letter)
    given = ask_next(desk)
    assert called(desk, given) == "applied"
    return given["ticket"], {f"ticket:{given['ticket']}": given["hold"]["fence"]}


def done(desk: Desk, kind: type[Command], ticket: str, fences: dict[str, Any] | None = None, **fields: Any) -> None:
    verdict = desk.do(kind(**desk.stamp(fences=fences or {}), ticket=ticket, **fields))
    assert verdict["state"] == "applied", verdict


# When somebody comes to wait.


def test_new_tickets_are_spread_over_the_windows_that_are_heard(pair: tuple[Desk, Desk]) -> None:
    two, three = pair
    tickets = took(two, 5) + took(three, 1)
    assert Counter(fallbacks(two)[key] for key in tickets) == {2: 3, 3: 3}
    changes = [c for c in two.changes().json["changes"] if c["subject"].startswith("ticket:")]
    assert len(changes) == 6, "told with the ticket, not after it"


def test_one_after_another_they_are_even_too(pair: tuple[Desk, Desk]) -> None:
    two, _ = pair
    assert [share(two, took(two)[0]) for _ in range(4)] == [2, 3, 2, 3]


def test_nobody_is_there_then_nobody_is_dealt(desk: Desk) -> None:
    (ticket,) = took(desk)
    assert share(desk, ticket) == 0


def test_new_tickets_never_go_to_a_silent_window(pair: tuple[Desk, Desk], office: CentreOffice) -> None:
    two, three = pair
    falls_silent(office, three)
    assert {share(two, key) for key in took(two, 3)} == {2}
    falls_silent(office, two)
    assert {share(two, key) for key in took(two, 2)} == {0}


def test_a_slip_that_came_out_puts_its_ticket_in_the_line_and_in_a_share(pair: tuple[Desk, Desk]) -> None:
    two, _ = pair
    act = two.took(paper=True)
    assert two.do(act)["state"] == "applied"
    assert (row_of(two, act.ticket)["row"]["state"], share(two, act.ticket)) == ("issuing", 0)
    paper = RecordPaper(
        **two.stamp(), paper=new_id(), doc_type="号票", doc_no="A001", copy_no=0, subject=f"ticket:{act.ticket}",
        sha256="0" * 64, outcome="done",
    )  # fmt: skip
    assert two.do(paper)["state"] == "applied"
    assert (row_of(two, act.ticket)["row"]["state"], share(two, act.ticket)) == ("waiting", 2)


def test_sent_back_rejoined_or_sent_on_it_is_dealt_again(pair: tuple[Desk, Desk], desk_at: DeskAt) -> None:
    two, _ = pair
    four = desk_at(4)
    opens(four)
    ticket, fences = in_hand(two)
    done(two, ReturnTicket, ticket, fences, reason="叫错了")
    assert share(two, ticket) in (2, 3)
    given = ask_next(two)
    assert called(two, given) == "applied"
    fences = {f"ticket:{ticket}": given["hold"]["fence"]}
    done(two, PassTicket, ticket, fences, reason="叫号未到")
    done(two, RejoinTicket, ticket, fences)
    assert share(two, ticket) in (2, 3)
    given = ask_next(two)
    assert called(two, given) == "applied"
    fences = {f"ticket:{ticket}": given["hold"]["fence"]}
    done(two, ForwardTicket, ticket, fences, letter="B", reason="先到综合窗口")
    assert share(two, ticket) == 4


def test_freed_tickets_go_to_who_is_there(pair: tuple[Desk, Desk], desk_at: DeskAt, office: CentreOffice) -> None:
    two, three = pair
    duty = desk_at(DUTY)
    tickets = took(two, 4)
    theirs = [key for key in tickets if share(two, key) == 3]
    falls_silent(office, three)
    freed = FreeTickets(**duty.stamp(), of_window=3, tickets=tuple(theirs), reason="三号修不好")
    assert duty.do(freed)["state"] == "applied"
    assert {share(two, key) for key in tickets} == {2}


def test_a_reserve_ticket_stays_with_the_window_its_slip_names(
    pair: tuple[Desk, Desk], desk_at: DeskAt, office: CentreOffice
) -> None:
    two, three = pair
    slip = one_waiting(reserve=True, fallback=3)
    at_the_centre(office, slip)
    beat(two, opened=False)
    assert standing(office, slip.id).fallback == 3
    opens(two)
    beat(three, opened=False)
    assert standing(office, slip.id).fallback == 2, "its window has closed"


def test_a_reserve_ticket_comes_in_with_the_window_it_was_sent_to(pair: tuple[Desk, Desk]) -> None:
    two, _ = pair
    block = two.block(f"ticket-reserve:A:{DAY}", 1)
    act = two.took(reserve=True, serial=block["first"], wait_window=3)
    assert two.do(replace(act, block=block["id"]))["state"] == "applied"
    assert share(two, act.ticket) == 3


def test_a_batch_that_clashes_is_dealt_all_the_same(pair: tuple[Desk, Desk]) -> None:
    """Judged one by one, each behind its own savepoint."""
    two, three = pair
    good, same = two.took(), two.took(ticket=new_id())
    twin = replace(same, id=new_id(), ticket=new_id())
    rows = [two.record(act) for act in (good, same, twin)]
    assert sorted(two.states(*rows)) == ["applied", "applied", "refused"]
    assert {share(three, key) for key in (good.ticket, same.ticket)} == {2, 3}


# When windows open or close.


def test_whoever_waits_is_dealt_when_a_window_is_heard(desk: Desk, desk_at: DeskAt) -> None:
    tickets, three = took(desk, 4), desk_at(3)
    lease = beat(desk)["lease"]
    assert set(fallbacks(desk).values()) == {0}, "asked, and not yet known to have heard"
    beat(desk, lease)
    assert {fallbacks(desk)[key] for key in tickets} == {2}
    opens(three)
    after = fallbacks(desk)
    assert [after[key] for key in tickets] == [2, 2, 3, 3], "half of them moved: those who are called last"


def test_the_share_of_a_window_that_closes_goes_to_the_others(pair: tuple[Desk, Desk]) -> None:
    two, three = pair
    tickets = took(two, 4)
    before = fallbacks(two)
    beat(three, opened=False)
    assert {fallbacks(two)[key] for key in tickets} == {2}
    told = [c for c in two.changes().json["changes"] if c["subject"].startswith("ticket:")]
    assert len(told) == 4 + 2, "only what moved is told again"
    assert Counter(before[key] for key in tickets) == {2: 2, 3: 2}


def test_a_silent_windows_share_is_never_moved(pair: tuple[Desk, Desk], desk_at: DeskAt, office: CentreOffice) -> None:
    two, three = pair
    tickets = took(two, 4)
    before = fallbacks(two)
    falls_silent(office, three)
    beat(two, opened=False)
    opens(two, desk_at(4))
    after = fallbacks(two)
    assert {key: after[key] for key in tickets} == before
    falls_silent(office, two)
    opens(desk_at(5))
    assert fallbacks(two) == before


def test_what_a_window_was_given_is_not_dealt_away(pair: tuple[Desk, Desk]) -> None:
    two, three = pair
    took(two, 3)
    given = ask_next(three)
    beat(three, opened=False)
    row = row_of(two, given["ticket"])
    assert (row["holder"], row["row"]["fallback"]) == (three.device, 3)
    rest = [number for key, number in fallbacks(two).items() if key != given["ticket"]]
    assert rest == [2, 2]


def test_other_letters_are_other_shares(pair: tuple[Desk, Desk], desk_at: DeskAt) -> None:
    two, _ = pair
    duty = desk_at(DUTY)
    took(two, 4)
    moved = MoveWindow(**duty.stamp(), day=DAY, of_window=3, letters=("B",), reason="B 人多")
    assert duty.do(moved)["state"] == "applied"
    opens(two)
    assert set(fallbacks(two).values()) == {2}


def test_what_lies_about_is_found_by_the_next_beat_but_one(desk: Desk, office: CentreOffice, clock: Clock) -> None:
    """Left over by a dealing that could not have it just then, or from before an update."""
    opens(desk)
    lost = [one_waiting(), one_waiting(fallback=9), one_waiting(to_window=7)]
    at_the_centre(office, *lost, one_waiting(letter="B"))
    opens(desk)
    clock.time = NOW + timedelta(seconds=5)
    opens(desk)
    after = fallbacks(desk)
    assert [after.get(one.id) for one in lost] == [2, 2, 2]


def test_more_than_are_moved_at_once(desk: Desk, office: CentreOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "MOST", 3)
    people = [one_waiting() for _ in range(8)]
    at_the_centre(office, *people)
    opens(desk)
    after = fallbacks(desk)
    assert [after[one.id] for one in people] == [2] * 8
    assert shares.redeal(office, "JZ01") == 0, "dealt again, nothing moves"

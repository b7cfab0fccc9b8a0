"""The feed, holds, number blocks, and the same rules when two windows ask at the same moment."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import update

from clerk_app.outside.ids import new_id
from clerk_app.server import replay
from clerk_app.server.centre import CentreOffice
from clerk_app.server.loading import new_epoch
from clerk_app.server.tables import changes
from clerk_app.sync import protocol
from tests.server.desk import DAY, Desk


def claim(desk: Desk, subject: str) -> bool:
    answer = desk.send("POST", protocol.HOLDS, {"subject": subject})
    assert answer.status == 200
    return answer.json["granted"]


def test_the_feed_has_one_row_a_subject_and_batch_in_order(desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    took, other = desk.took(), desk_at(3)
    desk.verdicts(desk.record(took), desk.record(desk.called(took.ticket)))
    desk.do(desk.arrived(took.ticket))
    page = other.changes().json
    assert [(c["seq"], c["subject"], c["row"]["state"]) for c in page["changes"]] == [
        (1, f"ticket:{took.ticket}", "called"),
        (2, f"ticket:{took.ticket}", "serving"),
    ]
    assert {c["holder"] for c in page["changes"]} == {desk.device}
    assert page["more"] is False
    again = other.changes(page["cursor"]).json
    assert again == {"changes": [], "cursor": page["cursor"], "more": False, "news": page["news"]}


def test_pages_follow_each_other_without_a_hole(desk: Desk) -> None:
    desk.states(*[desk.record(desk.present()) for _ in range(7)])
    seen, cursor, more = [], "", True
    while more:
        page = desk.changes(cursor, 3).json
        seen += [c["seq"] for c in page["changes"]]
        cursor, more = page["cursor"], page["more"]
    assert seen == list(range(1, 8))


def test_a_refused_batch_leaves_no_trace_in_the_feed(desk: Desk) -> None:
    desk.do(desk.called(new_id()))
    assert desk.changes().json["changes"] == []


def test_a_new_epoch_makes_every_cursor_void(office: CentreOffice, desk: Desk) -> None:
    desk.do(desk.took())
    block = desk.block("case_no:2026")
    cursor, hello = desk.changes().json["cursor"], desk.send("GET", protocol.HELLO).json
    with office.database.writing() as connection:
        new_epoch(connection)
    answer = desk.changes(cursor)
    assert (answer.status, answer.type) == (410, "cursor-gone")
    assert desk.send("GET", protocol.HELLO).json["epoch"] != hello["epoch"]
    assert desk.changes().json["changes"], "from the beginning all is there"
    assert desk.block("case_no:2026")["first"] > block["last"] + 900


def test_a_missing_anchor_is_gone_too(office: CentreOffice, desk: Desk) -> None:
    desk.do(desk.took())
    cursor = desk.changes().json["cursor"]
    with office.database.writing() as connection:
        connection.execute(update(changes).values(id=new_id()))
    assert desk.changes(cursor).type == "cursor-gone"


@pytest.mark.parametrize("text", ["x", "....", "e30", base64.urlsafe_b64encode(b'{"seq": "1"}').decode(), "%00"])
def test_a_cursor_that_is_not_ours_is_gone(desk: Desk, text: str) -> None:
    assert desk.changes(text).type == "cursor-gone"


def test_a_cursor_of_another_hall_is_gone(desk: Desk) -> None:
    desk.do(desk.took())
    cursor = desk.changes().json["cursor"]
    inside = json.loads(base64.urlsafe_b64decode(cursor + "=="))
    assert set(inside) == {"epoch", "hall", "seq", "anchor"}
    other = base64.urlsafe_b64encode(json.dumps({**inside, "hall": "XX"}).encode()).decode().rstrip("=")
    assert desk.changes(other).type == "cursor-gone"


def test_a_hold_goes_to_the_first_and_everyone_hears_of_it(desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    other = desk_at(3)
    counter = desk_at(4)
    took = counter.took("A")  # not a letter of window 4: nobody's share
    assert counter.do(took)["state"] == "applied"
    subject = f"ticket:{took.ticket}"
    assert claim(desk, subject) is True
    assert claim(desk, subject) is True, "asked again after a lost answer"
    assert claim(other, subject) is False
    assert other.do(other.called(took.ticket))["type"] == "held-elsewhere"
    assert desk.do(desk.called(took.ticket))["state"] == "applied"
    assert [c["holder"] for c in other.changes().json["changes"]] == [None, desk.device, desk.device]


def test_what_is_unknown_or_over_is_not_held(desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    counter = desk_at(4)
    assert claim(desk, f"ticket:{new_id()}") is False
    assert claim(desk, "sign_in:1") is False
    assert desk.send("POST", protocol.HOLDS, {"subject": "ticket:" + "x" * 60}).status == 400
    assert desk.send("POST", protocol.HOLDS, {"subject": "ticket:\x00"}).status == 400
    took = counter.took("A")
    assert counter.do(took)["state"] == "applied"
    assert desk.states(desk.record(desk.called(took.ticket))) == ["applied"], "a free ticket needs no asking"
    assert claim(counter, f"ticket:{took.ticket}") is False


def test_blocks_follow_each_other_and_the_reserve_stands_apart(desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    other, kind = desk_at(3), f"ticket:A:{DAY}"
    first, second = desk.block(kind, 20), other.block(kind, 5)
    assert (first["first"], first["last"], second["first"], second["last"]) == (1, 20, 21, 25)
    reserve = desk.block(f"ticket-reserve:A:{DAY}", 10)
    assert (reserve["first"], reserve["last"]) == (701, 710)
    assert desk.block("case_no:2026", 1)["first"] == 1
    assert desk.block("case_no:2027", 1)["first"] == 1


def test_numbers_of_the_line_never_run_into_the_reserve(desk: Desk) -> None:
    kind = f"ticket:A:{DAY}"
    given = [(b["first"], b["last"]) for b in (desk.block(kind, 500), desk.block(kind, 500), desk.block(kind, 500))]
    assert given == [(1, 500), (501, 700), (1000, 1499)]
    assert desk.block(f"ticket-reserve:A:{DAY}", 500)["last"] == 999
    answer = desk.send("POST", protocol.NUMBER_BLOCKS, {"kind": f"ticket-reserve:A:{DAY}", "count": 1})
    assert (answer.status, answer.type) == (409, "numbers-used-up")


@pytest.mark.parametrize(
    ("kind", "count"),
    [("case_no:2026", 0), ("case_no:2026", 501), ("case_no:26", 1), ("ticket:A:2026-13-01", 1), ("x", 1), ("", 1)],
)
def test_odd_wishes_for_numbers_are_unreadable(desk: Desk, kind: str, count: int) -> None:
    answer = desk.send("POST", protocol.NUMBER_BLOCKS, {"kind": kind, "count": count})
    assert (answer.status, answer.type) == (400, "unreadable-request")


def test_two_windows_cannot_call_the_same_ticket_at_the_same_moment(desk_at: Callable[[int], Desk]) -> None:
    desks = [desk_at(2), desk_at(3)]
    counter = desk_at(4)
    tickets = [counter.took("A") for _ in range(5)]
    assert set(counter.states(*[counter.record(t) for t in tickets])) == {"applied"}
    for took in tickets:
        rows = [desk.record(desk.called(took.ticket)) for desk in desks]
        with ThreadPoolExecutor(2) as pool:
            states = list(pool.map(lambda pair: pair[0].states(pair[1])[0], zip(desks, rows, strict=True)))
        assert sorted(states) == ["applied", "refused"]
        winner = desks[states.index("applied")]
        ends = [winner.record(winner.arrived(took.ticket)), winner.record(winner.finished(took.ticket))]
        assert winner.states(*ends) == ["applied", "applied"]


def test_the_same_batch_posted_side_by_side_is_written_once(office: CentreOffice, desk: Desk) -> None:
    rows = [desk.record(desk.took()) for _ in range(10)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: desk.states(*rows), range(4)))
    assert {state for states in answers for state in states} <= {"applied", "duplicate"}
    assert len(desk.changes().json["changes"]) == 10


def test_many_devices_at_once_leave_a_feed_without_holes(desk_at: Callable[[int], Desk]) -> None:
    desks = [desk_at(2) for _ in range(4)]
    batches = [[[d.record(d.present()) for _ in range(5)] for _ in range(5)] for d in desks]

    def work(number: int) -> None:
        for batch in batches[number]:
            assert set(desks[number].states(*batch)) == {"applied"}

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    found = desks[0].changes().json["changes"]
    assert [c["seq"] for c in found] == list(range(1, len(found) + 1))
    assert len({c["subject"] for c in found}) == 100, "and a later sign-in of the same person ends an earlier one"
    last = {c["subject"]: c["row"]["ended"] for c in found}
    assert sum(not ended for ended in last.values()) == 1


def test_an_envelope_outlives_a_crash_before_the_judgement(
    office: CentreOffice, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    took = desk.took()
    rows = [desk.record(took), desk.record(desk.called(took.ticket))]

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(replay, "_decide", crash)
        with pytest.raises(KeyboardInterrupt):
            desk.push(*rows)
    assert desk.send("GET", protocol.HELLO).json["last_seq"] == 2
    assert desk.changes().json["changes"] == []
    assert desk.states(*rows) == ["applied", "applied"]
    assert desk.states(*rows) == ["duplicate", "duplicate"]

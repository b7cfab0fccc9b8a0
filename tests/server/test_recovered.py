"""A dead machine at the centre: two persons bring its work in through another window, and its chain goes on as its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from clerk_app.outside.ids import new_id
from clerk_app.server.centre import CentreOffice
from clerk_app.server.tables import accounts, envelopes, recoveries
from clerk_app.store.tables import number_blocks
from clerk_app.sync import protocol
from tests.server.asgi import Answer
from tests.server.conftest import Clock
from tests.server.desk import DAY, Desk

CLERK, OTHER_CLERK = "P203", "P204"
DeskAt = Callable[[int], Desk]


@pytest.fixture
def people(office: CentreOffice) -> dict[str, str]:
    """Somebody for each role, as the training hall has them."""
    with office.database.reading() as connection:
        roster = office.hall_in_force(connection, "JZ01").roster
    found = {}
    for person in roster.people.values():
        for role in person.roles:
            found.setdefault(role, person.id)
    return found


def typed(person: str, password: str = "") -> dict[str, str]:
    return {"account": person, "password": password or f"lian-xi-{person[-3:].lower()}"}


def admit(window: Desk, dead: str, first: str, second: str, **more: Any) -> Answer:
    body = {"device": dead, "commands": [], "first": typed(first), "second": typed(second), **more}
    return window.send("POST", protocol.RECOVERED, body)


def bring(window: Desk, dead: str, recovery: str, *sent: dict[str, Any]) -> Answer:
    return window.send("POST", protocol.RECOVERED, {"device": dead, "recovery": recovery, "commands": list(sent)})


@pytest.fixture
def dead(desk_at: DeskAt) -> Desk:
    """Window 2, whose machine died."""
    return desk_at(2)


@pytest.fixture
def window(desk_at: DeskAt) -> Desk:
    return desk_at(3)


def a_visit(desk: Desk) -> list[dict[str, Any]]:
    ticket, case = new_id(), new_id()
    acts = [
        desk.took(ticket=ticket), desk.called(ticket), desk.arrived(ticket), desk.received(ticket, case),
        desk.accepted(case), desk.finished(ticket),
    ]  # fmt: skip
    return [desk.record(act) for act in acts]


def rows(office: CentreOffice, table: Any) -> list[Any]:
    with office.database.reading() as connection:
        return list(connection.execute(select(table)).all())


def test_everything_comes_in_and_twice_changes_nothing(
    office: CentreOffice, dead: Desk, window: Desk, people: dict[str, str]
) -> None:
    sent = a_visit(dead)
    admission = admit(window, dead.device, window.actor, people["duty_manager"])
    assert admission.status == 200, admission.json
    recovery = admission.json["recovery"]
    assert admission.json["people"] == [window.actor, people["duty_manager"]]
    answer = bring(window, dead.device, recovery, *sent)
    assert [v["state"] for v in answer.json["verdicts"]] == ["applied"] * 6
    again = bring(window, dead.device, recovery, *sent)
    assert [v["state"] for v in again.json["verdicts"]] == ["duplicate"] * 6
    (row,) = rows(office, recoveries)
    assert (row.device, row.by_device, row.commands) == (dead.device, window.device, 6)
    assert (row.first, row.second) == (window.actor, people["duty_manager"])
    kept = rows(office, envelopes)
    assert {(e.device, e.sent_by) for e in kept} == {(dead.device, window.device)}
    # The machine was not dead after all: what it sends again is known, and its chain goes on.
    assert dead.states(*sent) == ["duplicate"] * 6
    assert dead.do(dead.took())["state"] == "applied"


def test_part_of_it_had_come_in_before(dead: Desk, window: Desk, people: dict[str, str]) -> None:
    sent = a_visit(dead)
    assert dead.states(*sent[:2]) == ["applied"] * 2
    recovery = admit(window, dead.device, people["admin"], window.actor).json["recovery"]
    verdicts = bring(window, dead.device, recovery, *sent).json["verdicts"]
    assert [v["state"] for v in verdicts] == ["duplicate"] * 2 + ["applied"] * 4


def test_a_missing_part_is_waited_for(dead: Desk, window: Desk, people: dict[str, str]) -> None:
    sent = a_visit(dead)
    recovery = admit(window, dead.device, people["duty_manager"], window.actor).json["recovery"]
    verdicts = bring(window, dead.device, recovery, *sent[2:]).json["verdicts"]
    assert {(v["state"], v["type"]) for v in verdicts} == {("held", "chain-gap")}
    assert {v["state"] for v in bring(window, dead.device, recovery, *sent).json["verdicts"]} == {"applied"}


def test_each_person_s_signature_is_checked_as_ever(dead: Desk, window: Desk, people: dict[str, str]) -> None:
    first = dead.record(dead.took())
    forged = {**first, "signature": window.person_key.sign(bytes.fromhex(dead.head))}
    recovery = admit(window, dead.device, people["duty_manager"], window.actor).json["recovery"]
    (verdict,) = bring(window, dead.device, recovery, forged).json["verdicts"]
    assert (verdict["state"], verdict["type"]) == ("quarantined", "signature-bad")


def test_only_the_device_that_was_named(dead: Desk, window: Desk, people: dict[str, str]) -> None:
    recovery = admit(window, dead.device, people["duty_manager"], window.actor).json["recovery"]
    (verdict,) = bring(window, dead.device, recovery, window.record(window.took())).json["verdicts"]
    assert (verdict["state"], verdict["type"]) == ("quarantined", "device-mismatch")


@pytest.mark.parametrize(
    ("first", "second", "status", "kind"),
    [
        ("clerk", "clerk", 403, "same-person"),
        ("duty_manager", "duty_manager", 403, "same-person"),
        ("clerk", "nobody", 401, "password-wrong"),
    ],
)
def test_two_different_humans_the_centre_knows(
    office: CentreOffice,
    dead: Desk,
    window: Desk,
    people: dict[str, str],
    first: str,
    second: str,
    status: int,
    kind: str,
) -> None:
    answer = admit(window, dead.device, people[first], people.get(second, "P999"))
    assert (answer.status, answer.type) == (status, kind)
    assert rows(office, recoveries) == []


def test_one_person_under_number_and_name_is_one(dead: Desk, window: Desk) -> None:
    body = {"device": dead.device, "commands": [], "first": typed("P203"), "second": typed("许可心", "lian-xi-203")}
    assert window.send("POST", protocol.RECOVERED, body).type == "same-person"


def test_one_of_them_answers_for_the_hall(dead: Desk, window: Desk) -> None:
    assert admit(window, dead.device, CLERK, OTHER_CLERK).type == "not-answerable"


def test_wrong_tries_are_counted_and_lock_as_at_a_sign_in(
    office: CentreOffice, dead: Desk, window: Desk, people: dict[str, str]
) -> None:
    body = {
        "device": dead.device, "commands": [], "first": typed(people["duty_manager"]), "second": typed(CLERK, "错的密码"),
    }  # fmt: skip
    kinds = [window.send("POST", protocol.RECOVERED, body).type for _ in range(5)]
    assert kinds == ["password-wrong"] * 4 + ["account-locked"]
    with office.database.reading() as connection:
        locked = select(accounts.c.locked_until).where(accounts.c.person == CLERK)
        assert connection.execute(locked).scalar_one() is not None
    assert window.sign_in("lian-xi-203", CLERK).type == "account-locked"


def test_a_device_of_nobody(window: Desk, people: dict[str, str]) -> None:
    for dead in ("no-such-device", "设备", "x\ty"):
        answer = admit(window, dead, people["duty_manager"], CLERK)
        assert (answer.status, answer.type) == (404, "device-not-here")
    assert window.send("GET", f"{protocol.UNSEEN_NUMBERS}?device=nobody").status == 404


def test_the_word_of_two_persons_is_for_this_machine_and_half_an_hour(
    dead: Desk, window: Desk, desk_at: DeskAt, people: dict[str, str], clock: Clock
) -> None:
    recovery = admit(window, dead.device, people["duty_manager"], CLERK).json["recovery"]
    sent = dead.record(dead.took())
    assert bring(desk_at(4), dead.device, recovery, sent).type == "recovery-over"
    assert bring(window, dead.device, new_id(), sent).type == "recovery-over"
    assert bring(window, dead.device, "编号", sent).type == "unreadable-request"
    clock.time += timedelta(minutes=29)
    assert bring(window, dead.device, recovery, sent).json["verdicts"][0]["state"] == "applied"
    clock.time += timedelta(minutes=2)
    assert bring(window, dead.device, recovery, sent).type == "recovery-over"


def test_without_people_or_word_it_is_unreadable(dead: Desk, window: Desk) -> None:
    body = {"device": dead.device, "commands": [], "first": typed(CLERK)}
    assert window.send("POST", protocol.RECOVERED, body).type == "unreadable-request"


def test_too_many_at_once(dead: Desk, window: Desk, people: dict[str, str]) -> None:
    recovery = admit(window, dead.device, people["duty_manager"], CLERK).json["recovery"]
    sent = [dead.record(dead.took()) for _ in range(1)] * 101
    assert bring(window, dead.device, recovery, *sent).status == 413


def test_a_file_s_seal_is_the_dead_device_s_own_or_it_is_not(dead: Desk, window: Desk, people: dict[str, str]) -> None:
    digest = "ab" * 32
    good = {"digest": digest, "signature": dead.key.sign(bytes.fromhex(digest))}
    bad = {"digest": digest, "signature": window.key.sign(bytes.fromhex(digest))}
    answer = admit(window, dead.device, people["duty_manager"], CLERK, seals=[good, bad, {**good, "signature": "?"}])
    assert answer.json["proven"] == 1


def test_numbers_handed_out_and_not_seen_again(dead: Desk, window: Desk, clock: Clock) -> None:
    dead.do(dead.took())
    dead.do(dead.took())
    case_block = dead.block("case_no:2026", 20)
    document_block = dead.block("doc_no:SCJG:2026", 10)
    window.block("case_no:2026", 20)
    answer = window.send("GET", f"{protocol.UNSEEN_NUMBERS}?device={dead.device}")
    assert answer.status == 200
    assert (answer.json["device"], answer.json["window"]) == (dead.device, 2)
    ticket_block = dead.blocks[f"ticket:A:{DAY}"]
    assert [(found["block"], found["unseen"]) for found in answer.json["blocks"]] == [
        (case_block, [[1, 20]]), (document_block, [[1, 10]]), ({**ticket_block, "first": 1}, [[3, 20]]),
    ]  # fmt: skip


def test_numbers_brought_in_are_seen_and_yesterday_s_tickets_are_over(
    dead: Desk, window: Desk, people: dict[str, str], clock: Clock
) -> None:
    sent = [dead.record(dead.took()) for _ in range(3)]
    dead.block("ticket-reserve:A:2026-11-19", 10)
    dead.block("case_no:2025", 10)
    recovery = admit(window, dead.device, people["duty_manager"], CLERK).json["recovery"]
    clock.time += timedelta(minutes=20)
    bring(window, dead.device, recovery, sent[0], sent[1])
    answer = window.send("GET", f"{protocol.UNSEEN_NUMBERS}?device={dead.device}").json
    assert [(found["block"]["kind"], found["unseen"]) for found in answer["blocks"]] == [(f"ticket:A:{DAY}", [[3, 20]])]


def test_a_block_given_back_ends_where_it_was_given_back(office: CentreOffice, dead: Desk, window: Desk) -> None:
    dead.block("case_no:2026", 20)
    with office.database.writing() as connection:
        connection.execute(number_blocks.update().values(returned_from=6))
    answer = window.send("GET", f"{protocol.UNSEEN_NUMBERS}?device={dead.device}").json
    assert [found["unseen"] for found in answer["blocks"]] == [[[1, 5]]]

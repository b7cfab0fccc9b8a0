"""收件箱 at the centre: signed, once, whole or not at all; a replayed or forged one leaves nothing behind; the feed tells every window."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from clerk_app.cases.inbox.acts import DeclineInboxItem, TakeInboxItem
from clerk_app.cases.intake import RegisterCase
from clerk_app.cases.model import Applicant
from clerk_app.outside.ids import new_id
from clerk_app.outside.keys import SigningKey
from clerk_app.server.inbox import senders
from clerk_app.server.inbox.days import expire_inbox
from clerk_app.server.inbox.taking_in import take_in
from clerk_app.server.inbox.told import of_case
from clerk_app.server.problems import ProblemError
from tests.cases.inbox.messages import application, booking, precheck, withdrawal
from tests.server.desk import HALL, NOW, Desk
from tests.server.inbox_platform import Platform, numbers, rows

DATABASES = ("postgresql",)
FIRST = "WS20261120000001"


@pytest.fixture
def portal(office: Any, app: Any) -> Platform:
    return Platform(office, app)


def inbox_changes(desk: Desk) -> list[dict[str, Any]]:
    return [one["row"] for one in desk.changes().json["changes"] if one["subject"].startswith("inbox:")]


def test_what_comes_is_in_the_inbox_and_every_window_hears_of_it(portal, desk):
    answer = portal.send(application(), booking(), precheck())
    assert answer.status == 200, answer.json
    assert [one["number"] for one in answer.json["received"]] == [FIRST, "YY20261120000001", "YS20261120000001"]
    assert {row["number"]: row["state"] for row in inbox_changes(desk)} == dict.fromkeys(
        numbers(portal.office), "waiting"
    )
    assert portal.state(FIRST).json["word"] == "已送到大厅，等窗口收件"


def test_the_same_again_has_the_same_answer_and_another_body_is_refused(portal, desk):
    first = portal.send(application())
    portal.office.now.time += timedelta(minutes=3)
    again = portal.send(application())
    assert (again.status, again.json) == (200, first.json)
    other = portal.send(booking(), application(item="另一个"))
    assert (other.status, other.type) == (409, "message-number-reused")
    assert FIRST in other.sentence
    assert other.sentence.endswith("。")
    assert numbers(portal.office) == [FIRST], "nothing of the batch is in"
    assert len(inbox_changes(desk)) == 1


def test_one_wrong_message_keeps_the_whole_batch_out(portal):
    answer = portal.send(application(), precheck(item="999"))
    assert (answer.status, answer.type) == (422, "message-wrong")
    assert "YS20261120000001" in answer.sentence
    assert "事项" in answer.sentence
    assert portal.send(application(), {**booking(), "slot": "明天"}).type == "message-wrong"
    assert portal.send(*(application(f"WS{n:06d}") for n in range(51))).status == 413
    assert portal.send().type == "unreadable-request"
    assert numbers(portal.office) == []


@pytest.mark.parametrize(
    ("change", "status", "type_"),
    [
        ({"key": SigningKey(secrets.token_bytes(32))}, 401, "partner-unknown"),
        ({"sent": b'{"messages": []}'}, 401, "partner-unknown"),
        ({"moment": (NOW - timedelta(minutes=6)).isoformat()}, 401, "partner-out-of-time"),
        ({"moment": (NOW + timedelta(minutes=6)).isoformat()}, 401, "partner-out-of-time"),
        ({"moment": "gestern"}, 401, "partner-out-of-time"),
        ({"nonce": "short"}, 401, "partner-replayed"),
    ],
)
def test_forged_or_old_leaves_nothing(portal, change: dict[str, Any], status: int, type_: str):
    answer = portal.send(application(), **change)
    assert (answer.status, answer.type) == (status, type_)
    assert answer.sentence.endswith("。")
    assert "什么都没收" in answer.sentence
    assert numbers(portal.office) == []


def test_a_replayed_request_is_not_heard_twice(portal):
    nonce = secrets.token_hex(16)
    assert portal.send(application(), nonce=nonce).status == 200
    again = portal.send(application(), nonce=nonce)
    assert (again.status, again.type) == (401, "partner-replayed")
    portal.office.now.time += timedelta(minutes=20)
    assert portal.send(application(), nonce=nonce, moment=NOW.isoformat()).type == "partner-out-of-time"


def test_a_stopped_platform_and_a_closed_hall_take_nothing(portal, monkeypatch):
    with portal.office.database.writing() as connection:
        senders.revoke(connection, HALL, portal.name, NOW)
    assert (portal.send(application()).status, portal.send(application()).type) == (403, "partner-revoked")
    with pytest.raises(ProblemError) as known:
        portal.add()
    assert known.value.type == "partner-known"
    with portal.office.database.reading() as connection:
        hall = portal.office.hall_in_force(connection, HALL)
    monkeypatch.setattr(type(hall.inbox), "open", False)
    other = Platform(portal.office, portal.app, "other-portal")
    assert (other.send(application()).status, other.send(application()).type) == (403, "inbox-closed")


def test_the_same_message_at_once_is_one_row(portal, desk):
    sender = portal.sender
    with ThreadPoolExecutor(4) as several:
        taken = list(several.map(lambda _: take_in(portal.office, sender, [application()]), range(4)))
    assert len({receipt for (receipt,) in taken}) == 1
    assert numbers(portal.office) == [FIRST]
    assert len(inbox_changes(desk)) == 1


def test_who_takes_it_first_stands_and_what_rests_on_the_other_is_set_aside(portal, desk, desk_at):
    portal.send(application())
    (row,), other, mine = rows(portal.office), desk_at(3), new_id()
    taken = TakeInboxItem(**desk.stamp(), item=row.id, case=mine)
    begins = desk.received("", mine, needs=(taken.id,))
    assert desk.states(desk.record(taken), desk.record(begins)) == ["applied", "applied"], "with nobody at the window"
    late = TakeInboxItem(**other.stamp(), item=row.id, case=new_id())
    begun = RegisterCase(
        **other.stamp(needs=(late.id,)), case=late.case, ticket="", item=row.item, applicant=Applicant(name="卢桂珍"),
        query_code="7K3M-Q9X2",
    )  # fmt: skip
    said = other.verdicts(other.record(late), other.record(begun))
    assert [one["state"] for one in said] == ["refused", "set_aside"]
    assert "2号窗口" in said[0]["sentence"]
    with portal.office.database.reading() as connection:
        assert of_case(connection, HALL, mine).number == FIRST
        assert of_case(connection, HALL, late.case) is None


def test_withdrawn_while_nobody_took_it_and_never_after(portal, desk):
    portal.send(application(), precheck())
    assert portal.send(withdrawal(FIRST)).status == 200
    assert portal.send(withdrawal(FIRST)).status == 200
    gone = portal.state(FIRST).json
    assert (gone["state"], gone["word"]) == ("withdrawn", "已撤回")
    row = next(row for row in rows(portal.office) if row.kind == "precheck")
    assert desk.do(TakeInboxItem(**desk.stamp(), item=row.id, case=new_id()))["state"] == "applied"
    late = portal.send(withdrawal(row.number, "CH20261120000002"))
    assert (late.status, late.type) == (409, "message-taken")
    assert portal.send(withdrawal("WS99999999", "CH20261120000003")).status == 404
    assert portal.state("WS99999999").status == 404


def test_what_was_not_taken_is_told_with_everything_that_lacks(portal, desk):
    portal.send(application())
    (row,) = rows(portal.office)
    no = DeclineInboxItem(**desk.stamp(), item=row.id, reason="材料不齐", missing=("住所证明", "章程没有签名"))
    assert desk.do(no)["state"] == "applied"
    told = portal.state(FIRST).json
    assert (told["state"], told["reason"]) == ("declined", "材料不齐。缺：住所证明；章程没有签名。")
    assert not {"name", "phone", "id_number"} & told.keys()


def test_a_booking_ends_with_its_day_and_an_application_waits_on(portal, desk):
    portal.send(application(), booking(), precheck(valid_until="2026-11-20"))
    expire_inbox(portal.office, HALL)
    assert {row.state for row in rows(portal.office)} == {"waiting"}
    portal.office.now.time += timedelta(days=1)
    expire_inbox(portal.office, HALL)
    assert {row.kind: row.state for row in rows(portal.office)} == {
        "application": "waiting", "booking": "expired", "precheck": "expired",
    }  # fmt: skip
    assert next(row for row in rows(portal.office) if row.kind == "booking").applicant.phone == ""

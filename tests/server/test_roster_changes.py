"""People and posts change as one list that two persons stand for; the centre makes a new hall version of it, or changes nothing."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from clerk_app.duty.roster_changes import AskRosterChange, ConfirmRosterChange, DropRosterChange, FirstPassword
from clerk_app.duty.roster_lines import RosterLine
from clerk_app.outside.ids import new_id
from clerk_app.outside.keys import PasswordLocksmith
from clerk_app.server.centre import document_text
from clerk_app.server.loading import load_hall
from clerk_app.server.tables import accounts, hall_head
from clerk_app.sync import protocol
from tests.server.desk import HALL, NOW, Desk
from tests.server.people import Someone

PAPER = "江政服人〔2026〕5号"
NEWCOMER = RosterLine(what="join", id="P120", name="简明", department="ZWJ", roles=("clerk",))
FIRST = FirstPassword("P120", PasswordLocksmith().verifier("7K3M-Q9X2"))
POST = RosterLine(what="post", id="B1", a="P105", b="P120")


@pytest.fixture
def admin(desk: Desk) -> Someone:
    return Someone(desk, "P110").come()


@pytest.fixture
def manager(desk: Desk) -> Someone:
    return Someone(desk, "P101").come()


def asked(someone: Someone, *lines: RosterLine, change: str = "", **more: Any) -> tuple[str, dict[str, Any]]:
    key = change or new_id()
    return key, someone.do(AskRosterChange(**someone.stamp(**more), change=key, lines=lines, paper=PAPER))


def confirmed(someone: Someone, change: str, *passwords: FirstPassword) -> dict[str, Any]:
    return someone.do(ConfirmRosterChange(**someone.stamp(), change=change, first_passwords=passwords))


def in_force(office: Any) -> tuple[str, dict[str, Any]]:
    with office.database.reading() as connection:
        version = connection.execute(select(hall_head.c.hall_version)).scalar_one()
        return version, json.loads(document_text(connection, HALL, version) or "")


def account(office: Any, person: str) -> Any:
    with office.database.reading() as connection:
        return connection.execute(select(accounts).where(accounts.c.person == person)).one_or_none()


def test_one_list_confirmed_by_another_person_is_a_new_version_and_its_accounts(office, desk, admin, manager) -> None:
    before, document = in_force(office)
    lines = (
        NEWCOMER, POST, RosterLine(what="disable", id="P112"),
        RosterLine(what="learner", id="P404", learner_until=None),
        RosterLine(what="skills", id="P105", skills=("食品经营",)),
    )  # fmt: skip
    change, verdict = asked(admin, *lines)
    assert verdict["state"] == "applied", verdict
    assert in_force(office)[0] == before, "asking changes nothing"
    assert confirmed(manager, change, FIRST)["state"] == "applied"
    version, fresh = in_force(office)
    assert version != before
    people = {row["id"]: row for row in fresh["people"]}
    assert people["P120"] == {"id": "P120", "name": "简明", "department": "ZWJ", "roles": ["clerk"]}
    assert "learner" not in people["P404"]
    assert people["P105"]["skills"] == ["食品经营"]
    assert next(row for row in fresh["posts"] if row["id"] == "B1")["b"] == "P120"
    assert {k: v for k, v in fresh.items() if k not in ("people", "posts")} == {
        k: v for k, v in document.items() if k not in ("people", "posts")
    }
    made = account(office, "P120")
    assert made.password_at is None, "a first password must be changed"
    assert not made.disabled
    assert account(office, "P112").disabled
    assert desk.send("GET", protocol.HELLO).json["hall_version"] == version, "every machine hears of it"


def test_the_first_password_leads_to_changing_it_and_nowhere_else(office, desk, admin, manager) -> None:
    change, _ = asked(admin, NEWCOMER)
    assert confirmed(manager, change, FIRST)["state"] == "applied"
    answer = desk.sign_in("7K3M-Q9X2", "P120")
    assert (answer.status, answer.type) != (200, None)
    assert answer.type == "password-old"


def test_the_asker_cannot_be_the_second_person_nor_whom_it_concerns(office, desk, admin, manager) -> None:
    before = in_force(office)
    change, _ = asked(admin, RosterLine(what="skills", id="P101", skills=("综合",)))
    for someone in (admin, manager):
        verdict = confirmed(someone, change)
        assert (verdict["state"], verdict["type"]) == ("refused", "second-person")
    assert in_force(office) == before


def test_a_clerk_neither_asks_nor_confirms(office, desk, admin) -> None:
    clerk = Someone(desk, "P203").come()
    _, verdict = asked(clerk, NEWCOMER)
    assert verdict["state"] == "refused"
    change, _ = asked(admin, NEWCOMER)
    assert confirmed(clerk, change, FIRST)["state"] == "refused"


def test_a_list_that_another_version_has_overtaken_is_refused_with_what_changed(office, desk, admin, manager) -> None:
    change, _ = asked(admin, NEWCOMER)
    _, document = in_force(office)
    document["posts"][0]["name"] = "总台岗"
    with office.database.writing() as connection:
        load_hall(connection, document, training_passwords=False, at=NOW)
    before = in_force(office)
    verdict = confirmed(manager, change, FIRST)
    assert (verdict["state"], verdict["type"]) == ("refused", "roster-stale")
    assert "岗位 K1" in verdict["sentence"]
    assert in_force(office) == before
    assert account(office, "P120") is None, "nothing half-done"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((RosterLine(what="leave", id="P105"),), "综合受理岗一的A角 P105 不在名单里"),
        (
            (RosterLine(what="post", id="F1", a="P503", b="P105", qualifications=("婚姻登记员",)),),
            "婚姻登记员，B角罗文静 没有",
        ),
        ((RosterLine(what="skills", id="P503", skills=()),), "婚姻登记员，A角喜佳宁 没有"),
        ((RosterLine(what="roles", id="P109", roles=("supervisor", "clerk")),), "不能又是监察员又办件"),
        ((RosterLine(what="roles", id="P110", roles=("supervisor",)),), "没有管理员"),
        ((RosterLine(what="learner", id="P105", learner_until=date(2027, 1, 1), mentor="P404"),), "带教人 P404"),
        ((RosterLine(what="post", id="R-ZWJ", a="P102", b="P101"),), "随授权书"),
        ((RosterLine(what="disable", id="P105"), RosterLine(what="disable", id="P105")), "写了两遍"),
        ((RosterLine(what="join", id="P105", name="重名", department="ZWJ", roles=("clerk",)),), "已经是"),
        ((), "一行变动也没有"),
    ],
)
def test_a_list_that_leaves_a_broken_roster_is_not_even_kept(office, admin, lines, words) -> None:
    before = in_force(office)
    _, verdict = asked(admin, *lines)
    assert verdict["state"] == "refused"
    assert words in verdict["sentence"]
    assert in_force(office) == before


def test_what_only_the_whole_hall_file_knows_is_refused_whole_at_the_confirmation(office, admin, manager) -> None:
    """P112 also looks after a seal when its keeper is away: the posts may be given to others, the seal still names him."""
    before, _ = in_force(office)
    lines = (
        RosterLine(what="post", id="H1", a="P111", b="P107"),
        RosterLine(what="leave", id="P112"),
        RosterLine(what="disable", id="P604"),
    )
    change, verdict = asked(admin, *lines)
    assert verdict["state"] == "applied"
    verdict = confirmed(manager, change)
    assert (verdict["state"], verdict["type"]) == ("refused", "roster-hall-wrong")
    assert "P112" in verdict["sentence"]
    assert in_force(office)[0] == before
    assert not account(office, "P604").disabled, "nothing half-done"


def test_a_number_somebody_had_is_never_given_to_another(office, admin, manager) -> None:
    with office.database.writing() as connection:
        connection.execute(accounts.insert().values(hall=HALL, person="P120", verifier="x", disabled=True, failures=0))
    before = in_force(office)
    change, _ = asked(admin, NEWCOMER)
    verdict = confirmed(manager, change, FIRST)
    assert (verdict["state"], verdict["type"]) == ("refused", "number-had")
    assert in_force(office) == before


def test_first_passwords_are_exactly_those_the_list_asks_for(admin, manager) -> None:
    change, _ = asked(admin, NEWCOMER)
    plain = FirstPassword("P120", "7K3M-Q9X2")
    for wrong in ((), (plain,), (FIRST, FirstPassword("P105", FIRST.verifier))):
        assert confirmed(manager, change, *wrong)["type"] == "first-passwords"


def test_a_left_person_is_out_of_the_list_and_his_account_closed(office, admin, manager) -> None:
    change, _ = asked(admin, RosterLine(what="post", id="E1", a="P403", b="P106"), RosterLine(what="leave", id="P404"))
    assert confirmed(manager, change)["state"] == "applied"
    assert "P404" not in {row["id"] for row in in_force(office)[1]["people"]}
    assert account(office, "P404").disabled


def test_enabling_opens_the_account_again(office, desk, admin, manager) -> None:
    first, _ = asked(admin, RosterLine(what="disable", id="P112"))
    confirmed(manager, first)
    assert account(office, "P112").disabled
    desk.version = desk.send("GET", protocol.HELLO).json["hall_version"]
    second, _ = asked(admin, RosterLine(what="enable", id="P112"))
    assert confirmed(manager, second)["state"] == "applied"
    assert not account(office, "P112").disabled


def test_a_dropped_list_is_not_confirmed_any_more(office, admin, manager) -> None:
    change, _ = asked(admin, NEWCOMER)
    assert manager.do(DropRosterChange(**manager.stamp(), change=change, reason=" "))["type"] == "note-missing"
    assert manager.do(DropRosterChange(**manager.stamp(), change=change, reason="人没来"))["state"] == "applied"
    assert confirmed(manager, change, FIRST)["type"] == "roster-change-over"
    assert confirmed(manager, new_id())["type"] == "unknown-roster-change"


def test_the_newcomers_machine_learns_the_new_version_by_its_feed(office, desk, admin, manager) -> None:
    change, _ = asked(admin, NEWCOMER)
    confirmed(manager, change, FIRST)
    subjects = {one["subject"]: one["row"] for one in desk.changes().json["changes"]}
    row = subjects[f"roster:{change}"]
    assert (row["asked_by"], row["confirmed_by"]) == ("P110", "P101")
    assert "verifier" not in json.dumps(row), "no password travels in the feed, hashed or not"


def test_asked_twice_it_is_one(admin) -> None:
    change, verdict = asked(admin, NEWCOMER)
    assert verdict["state"] == "applied"
    assert asked(admin, NEWCOMER, change=change)[1]["type"] == "roster-change-known"


def test_the_document_function_is_pure(office) -> None:
    from clerk_app.office.duty.roster_document import changed_document, differences

    with closing(office.database):
        _, document = in_force(office)
    kept = json.dumps(document, sort_keys=True)
    fresh = changed_document(document, [NEWCOMER, POST])
    assert json.dumps(document, sort_keys=True) == kept
    assert differences(document, fresh) == "人员 P120、岗位 B1"
    assert differences(document, document) == "其他资料"

"""变动台 over a real store: who sees it, each line before → after, first passwords shown once and nowhere else."""

from __future__ import annotations

import json

import pytest

from clerk_app.command import Refusal
from clerk_app.duty.roster_lines import RosterLine, roster_trouble, what_words
from clerk_app.office.duty.rostering import (
    Confirmed,
    RosterDesk,
    ask,
    confirm,
    drop,
    lines_words,
    roster_desk,
    trouble_of,
)
from clerk_app.office.office import Done, Office
from tests.desk import cut_office, sit
from tests.office.test_audit import as_role

PAPER = "江政服人〔2026〕5号"
NEWCOMER = RosterLine(what="join", id="P120", name="简明", department="ZWJ", roles=("clerk",), skills=("综合",))


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


def asked(office: Office, *lines: RosterLine) -> str:
    as_role(office, "P110")
    assert isinstance(ask(office, lines, PAPER), Done)
    return roster_desk(office).rows[0].change.id


@pytest.mark.parametrize(
    ("person", "sees", "asks"),
    [("P110", True, True), ("P109", True, False), ("P101", True, False), ("P203", False, False)],
)
def test_who_sees_and_who_asks(office, person, sees, asks) -> None:
    asked(office, NEWCOMER)
    as_role(office, person) if person in ("P109", "P110") else sit(office, person)
    desk = roster_desk(office)
    assert (desk.may_see, desk.may_ask, bool(desk.rows)) == (sees, asks, sees)


def test_nobody_signed_in_sees_nothing(office) -> None:
    office.session = None
    assert roster_desk(office) == RosterDesk(rows=(), may_ask=False, may_see=False)


@pytest.mark.parametrize(
    ("person", "concerned", "why"),
    [("P110", "P102", "本人"), ("P101", "P101", "您自己"), ("P109", "P102", "值班长"), ("P101", "P102", "")],
)
def test_the_second_person_is_another_human(office, person, concerned, why) -> None:
    asked(office, NEWCOMER, RosterLine(what="skills", id=concerned, skills=("综合",)))
    as_role(office, person) if person in ("P109", "P110") else sit(office, person)
    said = roster_desk(office).rows[0].why_not_confirm
    assert why in said
    assert bool(said) == bool(why)


def test_first_passwords_are_shown_once_and_leave_as_argon2id(office) -> None:
    change = asked(office, NEWCOMER, RosterLine(what="reset", id="P112"))
    sit(office, "P101")
    answer = confirm(office, change)
    assert isinstance(answer, Confirmed)
    assert [(one.person, one.name) for one in answer.handouts] == [("P120", "简明"), ("P112", "柏松")]
    assert len({one.password for one in answer.handouts}) == 2
    envelope = office.parts.vault.journal.envelope(answer.command)
    assert not any(one.password in envelope.decode() for one in answer.handouts)
    given = {one["person"]: one["verifier"] for one in json.loads(envelope)["body"]["first_passwords"]}
    assert all(office.parts.locksmith.fits(given[one.person], one.password) for one in answer.handouts)


def test_a_refused_confirmation_hands_nothing_out(office) -> None:
    change = asked(office, NEWCOMER)
    answer = confirm(office, change)
    assert isinstance(answer, Refusal)
    assert answer.type == "second-person"
    assert roster_desk(office).rows[0].change.open


def test_dropped_with_a_reason_it_stays_in_the_list(office) -> None:
    change = asked(office, NEWCOMER)
    assert isinstance(drop(office, change, ""), Refusal)
    assert isinstance(drop(office, change, "人没来"), Done)
    row = roster_desk(office).rows[0]
    assert (row.change.open, row.change.note, row.closed_by) == (False, "人没来", "车立新")


@pytest.mark.parametrize(
    ("line", "before", "after"),
    [
        (NEWCOMER, "名单里没有", "政务服务管理局，窗口人员"),
        (RosterLine(what="leave", id="P112"), "政务服务管理局，收费员", "名单里没有"),
        (RosterLine(what="roles", id="P112", roles=("cashier", "dispatcher")), "收费员", "收费员、出件员"),
        (RosterLine(what="skills", id="P503", skills=()), "婚姻登记员", "（没有）"),
        (RosterLine(what="learner", id="P404"), "到 2026-12-31，带教人 田雨润", "不在学习期"),
        (RosterLine(what="post", id="B1", a="P105", b="P107"), "A角 罗文静，B角 申屠宁", "A角 罗文静，B角 穆晓芸"),
        (RosterLine(what="disable", id="P112"), "能登录", "不能登录，PIN 一起停"),
    ],
)
def test_every_line_as_before_and_after(office, line, before, after) -> None:
    (words,) = lines_words([line], office.hall.roster)
    assert (words.before, words.after, words.what) == (before, after, what_words[line.what])


def test_what_is_wrong_is_said_before_it_is_asked(office) -> None:
    as_role(office, "P110")
    wrong = [RosterLine(what="leave", id="P105")]
    assert "综合受理岗一" in trouble_of(office, wrong)
    refusal = ask(office, wrong, PAPER)
    assert isinstance(refusal, Refusal)
    assert refusal.sentence.startswith(trouble_of(office, wrong))
    assert isinstance(ask(office, [NEWCOMER], "  "), Refusal)
    assert roster_desk(office).rows == ()


def test_fifty_one_lines_are_too_many(office) -> None:
    lines = [RosterLine(what="disable", id=f"X{number}") for number in range(51)]
    assert "最多 50 行" in roster_trouble(office.hall.roster, lines)


def test_a_newcomer_of_the_same_list_is_called_by_his_name(office) -> None:
    post = RosterLine(what="post", id="B1", a="P105", b="P120")
    _, words = lines_words([NEWCOMER, post], office.hall.roster)
    assert words.after == "A角 罗文静，B角 简明"


def test_a_list_that_is_done_still_shows_what_it_did(office) -> None:
    """The roster has moved on; before → after stays as it was when it was asked."""
    asked(office, RosterLine(what="skills", id="P105", skills=("综合",)))
    document = dict(office.parts.vault.keep.hall_document(office.hall.version))
    document["people"] = [{**row, "skills": ["综合"]} if row["id"] == "P105" else row for row in document["people"]]
    office.parts.vault.keep.put_hall_document("later", document)
    office.reload_hall()
    (words,) = roster_desk(office).rows[0].lines
    assert (words.before, words.after) == ("（没有）", "综合")

"""了结 at the window: what waits for a person is dropped, done again, handed over, or picked field by field, each by a command."""

from __future__ import annotations

import json

import pytest

from clerk_app.cases.afterwards import CorrectCase, applicant_fields
from clerk_app.office.counter import visit
from clerk_app.office.line import holding
from clerk_app.office.office import Done, Office
from clerk_app.office.oversight import conflicts, duty_desk, settling
from clerk_app.office.registration import saving
from clerk_app.patching import apply, diff
from clerk_app.ports import Verdict
from clerk_app.store.rows import to_json
from tests.desk import cut_office, sit
from tests.office.test_deciding import example
from tests.visits import done, receive, serve


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def case(office):
    return receive(office, serve(office))


def answer(office: Office, command: str, state: str, rows: dict | None = None) -> None:
    """The centre took everything else, and said this of one."""
    journal = office.parts.vault.journal
    verdicts = [
        Verdict(id=sent.id, state=state, type="t", sentence="中心没收。", rows=rows or {})
        if sent.id == command
        else Verdict(id=sent.id, state="applied")
        for sent in journal.due(0.0, 500, 1 << 24)
    ]
    journal.settle(verdicts, 0.0)


def troubled(office: Office) -> int:
    return office.parts.vault.journal.troubled()


def test_dropped_once_and_the_row_stays(office, case):
    tick = done(visit.tick(office, case.id, "公司章程", brought=False)).command
    assert settling.drop(office, tick).type == "unknown-command", "it is still on its way"
    answer(office, tick, "refused")
    assert troubled(office) == 1
    done(settling.drop(office, tick, "不收了"))
    assert troubled(office) == 0
    row = next(r for r in office.parts.vault.journal.rows((), 50) if r.id == tick)
    assert (row.state, row.settled) == ("refused", "dropped")
    assert settling.drop(office, tick).type == "already-settled"
    assert settling.reissue(office, tick).type == "already-settled"


def test_done_again_as_a_new_command_of_who_sits_here_now(office, case):
    tick = done(visit.tick(office, case.id, "公司章程", brought=False)).command
    answer(office, tick, "refused", {f"case:{case.id}": to_json(case)})
    again = done(settling.reissue(office, tick)).command
    assert again != tick
    body = json.loads(office.parts.vault.journal.envelope(again))["body"]
    assert (body["material"], body["actor"], body.get("needs")) == ("公司章程", "P203", [])
    settled = office.read(lambda books: books.settlement(tick))
    assert (settled.how, settled.replaced_by) == ("reissued", again)
    assert troubled(office) == 0


def test_accepted_again_under_a_fresh_number_with_a_fresh_receipt(office, case):
    first = done(visit.accept(office, case)).command
    old = office.read(lambda books: books.case(case.id)).case_no
    answer(office, first, "refused", {f"case:{case.id}": to_json(case)})
    again = done(settling.reissue(office, first))
    assert len(again.papers) == 1
    new = office.read(lambda books: books.case(case.id)).case_no
    assert new
    assert new != old
    assert new in repr(office.parts.maker.made[-1])


def test_what_cannot_be_done_again_here_says_where(office):
    ticket = done(visit.take_ticket(office, "A")).command
    answer(office, ticket, "refused")
    refusal = settling.reissue(office, ticket)
    assert refusal.type == "redo-there"
    assert troubled(office) == 1


def test_what_is_refused_again_stays_open(office, case):
    tick = done(visit.tick(office, case.id, "公司章程", brought=False)).command
    answer(office, tick, "refused")
    done(holding.give_back(office, case.id))
    assert settling.reissue(office, tick).type == "not-held"
    assert troubled(office) == 1


def test_handed_over_with_words_and_closed_by_the_duty_manager(office, case):
    assert settling.hand_over(office, f"case:{case.id}", " ").type == "words-missing"
    done(settling.hand_over(office, f"case:{case.id}", "回执已给了申请人", command="x"))
    (task,) = duty_desk.open_tasks(office)
    assert (task.kind, task.subject, task.command, task.made_by) == ("handed", f"case:{case.id}", "x", "P203")
    assert duty_desk.close_task(office, task.id, "好").type == "role-missing"
    sit(office, "P101")
    assert isinstance(duty_desk.close_task(office, task.id, "已联系申请人"), Done)
    assert duty_desk.open_tasks(office) == ()


def renamed(document: dict, **company: str) -> dict:
    return {**document, "company": {**document["company"], **company}}


@pytest.fixture
def clashed(office, case) -> str:
    """Window 2 renamed the company and changed its phone; another window had named it otherwise."""
    form = example()
    done(saving.save_form(office, case.id, form))
    save = done(saving.save_form(office, case.id, renamed(form, name="江州蓝公司", phone="071688880002"))).command
    draft = office.read(lambda books: books.form(case.id))
    theirs = {**to_json(draft), "document": renamed(form, name="江州岚公司"), "by": "P204"}
    answer(office, save, "conflict", {f"form:{case.id}": theirs})
    return save


def test_both_values_stand_side_by_side(office, case, clashed):
    found = conflicts.conflict_of(office, clashed)
    (choice,) = found.choices
    assert (choice.label, choice.mine, choice.theirs) == ("企业名称", "江州蓝公司", "江州岚公司")
    assert choice.old == example()["company"]["name"]
    assert (found.case, found.others) == (case.id, 1)


@pytest.mark.parametrize(("side", "name"), [("mine", "江州蓝公司"), ("theirs", "江州岚公司")])
def test_what_is_picked_goes_in_with_all_that_nobody_else_touched(office, case, clashed, side, name):
    assert conflicts.resolve(office, clashed, {}).type == "choice-missing"
    assert conflicts.resolve(office, clashed, {"/company/name": "both"}).type == "choice-missing"
    done(conflicts.resolve(office, clashed, {"/company/name": side}))
    company = office.read(lambda books: books.form(case.id)).document["company"]
    assert (company["name"], company["phone"]) == (name, "071688880002")
    settled = office.read(lambda books: books.settlement(clashed))
    assert settled.how == "resolved"
    body = json.loads(office.parts.vault.journal.envelope(settled.replaced_by))["body"]
    assert ("/company/name" in body["touched"]) == (side == "mine"), "only what changes is sent"
    assert conflicts.conflict_of(office, clashed) is None
    assert conflicts.resolve(office, clashed, {"/company/name": side}).type == "already-settled"


def test_all_theirs_needs_no_new_edit(office, case):
    form = example()
    done(saving.save_form(office, case.id, form))
    save = done(saving.save_form(office, case.id, renamed(form, name="江州蓝公司"))).command
    draft = office.read(lambda books: books.form(case.id))
    theirs = {**to_json(draft), "document": renamed(form, name="江州岚公司")}
    answer(office, save, "conflict", {f"form:{case.id}": theirs})
    before = len(office.parts.vault.journal.rows((), 500))
    done(conflicts.resolve(office, save, {"/company/name": "theirs"}))
    assert len(office.parts.vault.journal.rows((), 500)) == before + 1
    assert office.read(lambda books: books.settlement(save)).replaced_by == ""


def test_a_correction_is_picked_too(office, case):
    fields = applicant_fields(case)
    patch = diff(fields, {"applicant": {**fields["applicant"], "phone": "13900000000"}})
    stamp = office.stamp().fields(office.parts.new_id)
    command = CorrectCase(**stamp, case=case.id, patch=dict(patch.merge), touched=dict(patch.touched))
    done(office.do(command))
    row = to_json(case)
    answer(
        office, command.id, "conflict", {f"case:{case.id}": {**row, "applicant": {**row["applicant"], "phone": "1370"}}}
    )
    (choice,) = conflicts.conflict_of(office, command.id).choices
    assert (choice.label, choice.mine, choice.theirs) == ("电话", "13900000000", "1370")
    done(conflicts.resolve(office, command.id, {choice.path: "mine"}))
    assert office.read(lambda books: books.case(case.id)).applicant.phone == "13900000000"


def test_a_person_written_back_after_he_was_taken_away_knows_his_key():
    base = {"persons": [{"key": "p1", "name": "卢"}, {"key": "p2", "name": "孟"}]}
    patch = diff(base, {"persons": [{"key": "p1", "name": "卢桂珍"}, {"key": "p2", "name": "孟"}]})
    back = apply(patch, {"persons": [{"key": "p2", "name": "孟"}]})
    assert back["persons"] == [{"key": "p2", "name": "孟"}, {"key": "p1", "name": "卢桂珍"}]


def test_what_is_no_field_edit_has_no_sides(office, case):
    tick = done(visit.tick(office, case.id, "公司章程", brought=False)).command
    answer(office, tick, "refused")
    assert conflicts.conflict_of(office, tick) is None
    assert conflicts.resolve(office, tick, {}).type == "no-field-conflict"

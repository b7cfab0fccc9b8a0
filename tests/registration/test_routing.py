"""并联登记: a row a department from the acceptance on, moved by who speaks for it; what was sent is known by its digest."""

from __future__ import annotations

import copy

import pytest

from clerk_app.command import Refusal
from clerk_app.office.registration import joint_desk, rounds
from clerk_app.office.registration.acts import make_point, move_route
from clerk_app.office.registration.coding import code_of, enter_code
from clerk_app.office.registration.saving import save_form
from clerk_app.registration.checks import digest_of
from clerk_app.registration.credit_codes import check_sign
from clerk_app.registration.departments import LEAD, OTHERS, departments_of, word_of
from clerk_app.registration.document import put
from clerk_app.registration.extracts import DEPARTMENTS
from clerk_app.registration.joint import FormRoute, RouteState, route_words
from clerk_app.registration.routing import MoveRoute, RouteForm, next_states
from tests.desk import cut_office
from tests.registration.joint import CLERK, OTHER, SOCIAL, CompanyCounter
from tests.registration.test_form import EXAMPLE, FORM
from tests.visits import accept, done, receive, serve

BODY = "91350200MA00000A1"
ALWAYS = ("税务", "人社", "医保", "统计")


@pytest.fixture
def counter() -> CompanyCounter:
    return CompanyCounter()


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


def slug(refusal) -> str:
    assert isinstance(refusal, Refusal)
    assert refusal.sentence.endswith("。")
    return refusal.type


def move(counter, key: str, department: str, state: RouteState, by: str = CLERK, **words: str) -> Refusal | None:
    given = {"sent_digest": "d" * 64} if state == "sent" else {"note": "章没盖"} if state == "returned" else {}
    return counter.act(MoveRoute, by, case=key, department=department, state=state, **{**given, **words})


def routed(counter, *departments: str) -> str:
    key = counter.company("accepted")
    counter.good(RouteForm, CLERK, case=key, departments=departments or ALWAYS)
    return key


def row(counter, key: str, department: str):
    return counter.books.route(key).row(department)


def test_whom_a_form_is_for_follows_its_flags() -> None:
    assert tuple(one.word for one in (LEAD, *OTHERS)) == DEPARTMENTS
    plain = copy.deepcopy(EXAMPLE)
    for flag in ("/seals/need", "/housing_fund/need_open", "/bank/need"):
        plain = put(plain, flag, False)
    assert departments_of(FORM, plain) == ALWAYS
    assert departments_of(FORM, put(plain, "/seals/need", True)) == (*ALWAYS, "公安")
    assert departments_of(FORM, put(plain, "/bank/need", "true")) == ALWAYS, "only what was ticked"
    assert departments_of(FORM, {}) == ALWAYS
    assert word_of("人力资源和社会保障局") == "人社"
    assert word_of("住房公积金管理中心") == "公积金"
    assert word_of("民政局") == ""


def test_rows_come_with_the_acceptance_and_a_second_time_only_adds(counter) -> None:
    key = counter.company("accepted")
    counter.good(RouteForm, CLERK, case=key, departments=("税务", "人社"))
    assert move(counter, key, "税务", "sent") is None
    counter.good(RouteForm, CLERK, case=key, departments=("人社", "税务", "公安", "公安"))
    assert [(r.department, r.state) for r in counter.books.route(key).rows] == [
        ("税务", "sent"), ("人社", "waiting"), ("公安", "waiting"),
    ]  # fmt: skip
    assert counter.refused(RouteForm, CLERK, case=key, departments=("消防",)) == "unknown-department"
    early = counter.company("received")
    assert counter.refused(RouteForm, CLERK, case=early, departments=ALWAYS) == "not-accepted"
    counter.with_state(key, "void")
    assert counter.refused(RouteForm, CLERK, case=key, departments=ALWAYS) == "case-closed"
    assert move(counter, key, "人社", "sent").type == "case-closed"


def test_every_step_of_the_table_and_no_other(counter) -> None:
    key = routed(counter, "税务")
    for start in route_words:
        for to in route_words:
            known = row(counter, key, "税务")
            counter.books.put_route(
                FormRoute(id=key, rows=(type(known)(department="税务", state=start, at=counter.now, by=CLERK),))
            )
            refusal = move(counter, key, "税务", to)
            assert (refusal is None) is (to in next_states(start)), (start, to)
            assert refusal is None or refusal.type == "route-state"
    assert next_states("received") == ("sent", "returned", "done"), "the newer form may be sent after it came"


def test_sending_says_what_returning_says_why_and_words_are_never_cut(counter) -> None:
    key = routed(counter, "税务")
    assert move(counter, key, "税务", "sent", sent_digest="").type == "extract-missing"
    assert move(counter, key, "税务", "sent") is None
    assert move(counter, key, "税务", "returned", note=" ").type == "words-missing"
    assert move(counter, key, "税务", "returned", note="退" * 201).type == "words-too-long"
    assert move(counter, key, "税务", "returned", note="\0").type == "words-unstorable"
    assert move(counter, key, "税务", "received", reference="税 2026-7") is None
    assert move(counter, key, "税务", "done") is None
    assert (row(counter, key, "税务").reference, row(counter, key, "税务").sent_digest) == ("税 2026-7", "d" * 64)
    assert move(counter, key, "银行", "sent").type == "unknown-route"


def test_a_department_moves_its_own_row_and_the_answering_window_any(counter) -> None:
    key = routed(counter)
    assert move(counter, key, "税务", "sent") is None
    assert move(counter, key, "人社", "sent") is None
    counter.books.device = "device-b"
    assert move(counter, key, "人社", "received", SOCIAL) is None
    assert move(counter, key, "税务", "received", SOCIAL).type == "department-other"
    assert move(counter, key, "税务", "received", OTHER).type == "department-other"
    counter.books.device = "device-a"
    assert move(counter, key, "税务", "received", OTHER) is None, "who has the case in hand"


def test_the_route_is_made_with_the_acceptance_or_made_up_when_somebody_looks(office) -> None:
    filled = receive(office, serve(office))
    done(save_form(office, filled.id, EXAMPLE))
    accept(office, filled)
    desk = joint_desk.joint_desk(office, filled.id)
    assert desk is not None
    wanted = departments_of(FORM, EXAMPLE)
    assert [(one.row.department, one.row.state, one.can) for one in desk.rows] == [
        (d, "waiting", ("sent",)) for d in wanted
    ]
    assert joint_desk.make_route(office, filled.id) is None, "nothing lacks"


def test_a_form_filled_in_later_gets_its_rows_later_and_a_flag_adds_one(office) -> None:
    case = accept(office, receive(office, serve(office)))
    assert joint_desk.joint_desk(office, case.id) is None
    plain = put(put(copy.deepcopy(EXAMPLE), "/bank/need", False), "/seals/need", False)
    done(save_form(office, case.id, plain))
    done(joint_desk.make_route(office, case.id))
    before = {one.row.department for one in joint_desk.joint_desk(office, case.id).rows}
    done(save_form(office, case.id, put(plain, "/bank/need", True)))
    done(joint_desk.make_route(office, case.id))
    desk = joint_desk.joint_desk(office, case.id)
    assert {one.row.department for one in desk.rows} - before == {"银行"}
    done(save_form(office, case.id, plain))
    last = joint_desk.joint_desk(office, case.id).rows[-1]
    assert (last.row.department, last.wanted) == ("银行", False), "a row once made stays, and says it is not wanted"


def test_what_was_sent_is_not_the_newest_after_a_change_that_concerns_it(office) -> None:
    case = receive(office, serve(office))
    done(save_form(office, case.id, EXAMPLE))
    accept(office, case)
    for department in ("税务", "统计"):
        done(joint_desk.send_extract(office, case.id, department))
    draft = office.read(lambda books: books.form(case.id))
    sent = office.read(lambda books: books.route(case.id)).row("税务").sent_digest
    assert sent == digest_of(joint_desk.extract_of(draft, "税务"))
    done(save_form(office, case.id, put(draft.document, "/tax/accounting_mode", "非独立核算")))
    stale = {one.row.department for one in joint_desk.joint_desk(office, case.id).rows if one.stale}
    assert stale == {"税务"}, "what 统计 got says the same"
    done(move_route(office, case.id, "税务", "received"))
    done(joint_desk.send_extract(office, case.id, "税务"))
    assert joint_desk.joint_desk(office, case.id).stale == 0


def test_one_notice_gathers_papers_points_and_errors_and_opens_their_places(office) -> None:
    case = receive(office, serve(office))
    document = put(put(copy.deepcopy(EXAMPLE), "/persons/0/mobile", "138"), "/company/phone", None)
    done(save_form(office, case.id, document))
    done(make_point(office, case.id, "税务", "/tax/accounting_mode", label="核算方式", opinion="选错了\n再看"))
    done(make_point(office, case.id, "统计", "/tax/accounting_mode", label="核算方式", opinion="也请核对。"))
    said = [gap.what for gap in rounds.gaps_of_round(office, case.id)]
    assert said[0] == "登记表“核算方式”：选错了 再看。（税务）"
    assert said[1].endswith("也请核对。（统计）")
    assert any("联系电话" in words and "还没填全" in words for words in said)
    assert any("移动电话" in words for words in said)
    assert len(said) == len(set(said))
    assert all(words.endswith(("。", "）")) and "\n" not in words for words in said)


def test_a_code_is_typed_twice_alike_or_scanned_whole() -> None:
    good = BODY + check_sign(BODY)
    assert code_of(good, f" {good.lower()} ") == good
    assert code_of(f"http://zx.example/?uniscid={good}&x=1", "") == good
    assert slug(code_of("", good)) == "code-missing"
    assert slug(code_of(good, "")) == "code-once"
    assert slug(code_of(good, good[::-1])) == "code-differs"
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
    assert slug(code_of(wrong, wrong)) == "code-wrong"
    assert slug(code_of("没有代码的一长串文字，扫码枪扫到别的东西了", "")) == "code-unreadable"


def test_a_code_is_not_entered_before_the_grant(office) -> None:
    case = receive(office, serve(office))
    done(save_form(office, case.id, EXAMPLE))
    code = BODY + check_sign(BODY)
    assert slug(enter_code(office, case.id, code, code)) == "not-approved"
    assert slug(enter_code(office, "none", "", "")) == "code-missing"

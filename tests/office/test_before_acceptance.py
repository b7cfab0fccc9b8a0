"""The acts before acceptance at a real desk with the line cut: each leaves its row, its journal line and its paper together."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk_app.cases.life import Gap
from clerk_app.cases.model import Applicant
from clerk_app.command import Refusal
from clerk_app.office.counter import external, intake, spot, visit
from clerk_app.office.counter.intake import Brought
from clerk_app.office.counter.papers import answer_paper
from clerk_app.office.line.cuts import CutBook
from clerk_app.office.office import Done
from clerk_app.receipts.paper import Delivery
from clerk_app.receipts.slip import Pair, Text
from tests.desk import cut_office
from tests.visits import COMPANY, serve

SHOP = "个体户设立"
APPLICANT = Applicant(name="卢小珍", id_number="429900199001011234", phone="13800000421")


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


def code_of(office, short):
    return next(item.code for item in office.hall.items.values() if item.short == short)


def done(outcome):
    assert isinstance(outcome, Done), outcome
    return outcome


def case_of(office, ticket):
    return office.read(lambda books: books.case_of_ticket(ticket.id))


def words_of(slip):
    pairs = [f"{b.label}：{b.value}" for b in slip.blocks if isinstance(b, Pair)]
    return "\n".join([*pairs, *(b.text for b in slip.blocks if isinstance(b, Text))])


def printed(office, doc_type):
    return [slip for slip in office.parts.maker.made if slip.doc_type == doc_type]


def received(office, *, some=1):
    ticket = serve(office)
    names = tuple(m.name for m in office.hall.items[COMPANY].materials)
    done(intake.receive(office, ticket.id, COMPANY, APPLICANT, Brought(papers=names[some:]), receipt=True))
    return case_of(office, ticket), names


def test_a_receipt_says_what_was_taken_and_by_when_it_is_answered(office):
    case, names = received(office)
    (slip,) = printed(office, "收件凭证")
    words = words_of(slip)
    assert case.query_code in words
    assert f"收到的材料 {len(names) - 1} 样" in words
    assert f"· {names[0]}" in words
    assert "2026年11月27日" in words, "five working days after the Friday"
    assert intake.answer_by(office, case.id).isoformat() == "2026-11-27"
    assert "卢*珍" in words
    assert "429900" not in words


def test_the_one_time_notice_bears_every_gap_and_how_to_come_back(office):
    case, names = received(office)
    told = (Gap(what=names[0], wanted="法定代表人签字"), Gap(what="表第3页", wanted="填住所"))
    day = office.parts.clock.now().date() + timedelta(days=7)
    done(intake.notify_once(office, case.id, told, day))
    (slip,) = printed(office, "一次性告知单")
    words = words_of(slip)
    for gap in told:
        assert f"{gap.what}：{gap.wanted}" in words
    assert "要补的一共 2 样" in words
    assert "2026年11月27日（星期五）前" in words
    assert "2号窗口" in words
    assert "不用重新取号" in words
    assert "退还" in words
    assert office.letterhead.hotline in words
    assert "许可心" in words
    refused = intake.notify_once(office, case.id, told, day)
    assert refused.type == "not-to-notify"
    assert len(printed(office, "一次性告知单")) == 1
    done(intake.complete_correction(office, case.id, names))
    assert "补齐日期" in words_of(printed(office, "补正收件凭证")[0])
    done(visit.accept(office, office.read(lambda books: books.case(case.id))))
    assert "补齐，从这天起算" in words_of(printed(office, "受理回执")[0])


def in_doubt(office, doc_type):
    spool = office.parts.vault.spool
    while (job := spool.take_next(office.parts.settings.printer)) is not None:
        spool.settle(job.id, Delivery("unknown", "说不清。"))
    return next(j for j in spool.jobs(9) if j.doc_type == doc_type and j.state == "unknown")


def test_what_did_not_come_out_is_printed_again_alike(office):
    case, names = received(office)
    done(answer_paper(office, in_doubt(office, "收件凭证").id, "lost"))
    done(intake.notify_once(office, case.id, (Gap(what=names[0]),), None))
    done(answer_paper(office, in_doubt(office, "一次性告知单").id, "lost"))
    for doc_type in ("收件凭证", "一次性告知单"):
        first, again = printed(office, doc_type)
        assert (first.copy_no, again.copy_no) == (1, 2)
        assert replace(again, copy_no=1, marks=(), reason="") == first


def test_a_receipt_that_is_no_longer_so_is_not_printed_again(office):
    case, names = received(office)
    done(intake.notify_once(office, case.id, (Gap(what=names[0]),), None))
    done(answer_paper(office, in_doubt(office, "收件凭证").id, "lost"))
    assert len(printed(office, "收件凭证")) == 1, "its papers went back with the notice"


@pytest.mark.parametrize(
    ("advice", "told", "printed_", "papers"),
    [
        ("asked", (), False, []),
        ("asked", (), True, ["咨询告知单"]),
        ("papers_not_taken", (Gap(what="公司章程"),), False, ["一次性告知单"]),
    ],
)
def test_advice_is_printed_when_papers_were_brought_or_when_asked_for(office, advice, told, printed_, papers):
    ticket = serve(office)
    done(intake.register(office, ticket.id, COMPANY, APPLICANT))
    case = case_of(office, ticket)
    done(intake.advise_only(office, case.id, advice, "问公司设立要什么", told, printed=printed_))
    slips = [slip.doc_type for slip in office.parts.maker.made if slip.doc_type != "号票"]
    assert slips == papers
    assert case_of(office, ticket).state == "advised"


def test_a_spot_case_is_one_act_and_prints_nothing_unless_the_citizen_leaves(office):
    ticket, shop = serve(office), code_of(office, SHOP)
    names = tuple(m.name for m in office.hall.items[shop].materials)
    done(spot.take_spot_case(office, ticket.id, shop, APPLICANT, Brought(papers=names), "grant", "材料齐全。"))
    case = case_of(office, ticket)
    assert (case.state, case.due.promised) == ("to_authorise", case.received_at.date())
    assert [slip.doc_type for slip in office.parts.maker.made] == ["号票"]
    assert office.parts.vault.journal.rows((), 1)[0].kind == "take_spot_case"
    done(spot.leave_without_result(office, case.id))
    assert case.case_no in words_of(printed(office, "受理回执")[0])


def test_in_a_cut_the_page_and_the_slip_name_the_second_limit(office):
    shop = office.hall.items[code_of(office, SHOP)]
    usual = spot.due_now(office, shop)
    CutBook(office).begin()
    second = spot.due_now(office, shop)
    assert second.promised > usual.promised
    assert "第二时限" in second.reason
    ticket = serve(office)
    names = tuple(m.name for m in shop.materials)
    done(
        spot.take_spot_case(
            office, ticket.id, shop.code, APPLICANT, Brought(papers=names), "grant", "材料齐全。", leaves=True
        )
    )
    case = case_of(office, ticket)
    assert (case.life.second_limit, case.due.promised) == (True, second.promised)
    assert "第二时限" in words_of(printed(office, "受理回执")[0])


def test_a_form_or_a_promise_is_not_done_in_one_sitting(office):
    assert spot.may_take(office, COMPANY).type == "not-one-sitting"
    assert spot.may_take(office, code_of(office, "食品经营新办")).type == "not-spot"
    assert spot.may_take(office, "nothing").type == "unknown-item"
    assert spot.may_take(office, code_of(office, SHOP)) is None


def test_what_another_system_carries_is_a_trace_with_its_slip(office):
    ticket, card = serve(office), code_of(office, "身份证换领")
    assert external.record_external(office, ticket.id, COMPANY, "taken", "X1").type == "not-external"
    assert external.record_external(office, ticket.id, card, "taken", " ").type == "other-number-missing"
    past = office.parts.clock.now().date() - timedelta(days=1)
    assert external.record_external(office, ticket.id, card, "taken", "X1", past).type == "promise-past"
    done(external.record_external(office, ticket.id, card, "taken", "GA-0099", past + timedelta(days=21)))
    (row,) = office.read(lambda books: books.external_matters_of(ticket.id))
    assert (row.other_number, row.by, row.window) == ("GA-0099", "P203", 2)
    words = words_of(printed(office, "外部系统办件单")[0])
    assert ticket.number in words
    assert "GA-0099" in words
    assert office.read(lambda books: books.case_of_ticket(ticket.id)) is None


def test_a_late_acceptance_prints_the_day_of_receipt(office):
    case, _names = received(office)
    moved = replace(case, received_at=case.received_at - timedelta(days=10))
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_case(moved)
    refused = intake.not_accept(office, case.id, "不归我们", "别处")
    assert isinstance(refused, Refusal)
    assert refused.type == "deemed-accepted"
    done(visit.accept(office, moved))
    accepted = office.read(lambda books: books.case(case.id))
    assert accepted.life.deemed.on == moved.received_at.date()
    words = words_of(printed(office, "受理回执")[0])
    assert "视为受理" in words
    assert "2026年11月10日" in words

"""这件能办什么: what is offered follows the table of states and the powers; what is done is done once, with its reason if not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_app.cases.life import Gap
from clerk_app.cases.model import Case
from clerk_app.cases.states import moves
from clerk_app.command import Refusal
from clerk_app.duty.matrix import matrix
from clerk_app.office.counter import intake, spot
from clerk_app.office.counter.case_act import day, lines, number
from clerk_app.office.counter.case_acts import KINDS, ActDone, acts_of, do_act
from clerk_app.office.counter.case_file import case_file
from clerk_app.office.line.holding import give_back
from clerk_app.office.office import Office
from tests import visits
from tests.desk import cut_office, sit


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def case(office: Office) -> Case:
    ticket = visits.serve(office)
    return visits.accept(office, visits.receive(office, ticket))


def put(office: Office, case: Case) -> None:
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_case(case)


def words(office: Office, case: Case) -> list[str]:
    return [act.word for act in acts_of(office, case.id)]


def test_every_act_is_a_row_of_the_table_and_has_a_row_of_powers() -> None:
    for kind in KINDS.values():
        assert kind.action in matrix, kind.key
        assert kind.event is None or kind.event in moves, kind.key


def test_a_window_is_offered_its_own_acts_and_no_chiefs(office: Office, case: Case) -> None:
    offered = words(office, case)
    assert {"提意见", "写审查意见", "提特别程序", "申请人撤回"} <= set(offered)
    assert not {"终止", "确认特别程序", "退回经办", "同意作废用印"} & set(offered)


def test_an_opinion_is_written_and_stands_in_the_history(office: Office, case: Case) -> None:
    done = do_act(office, case.id, "opinion", {"words": "材料齐全，同意。"})
    assert isinstance(done, ActDone)
    assert done.good
    file = case_file(office, case.id)
    assert file is not None
    assert file.case.state == "review"
    (entry,) = [entry for entry in file.history if entry.what == "审查意见"]
    assert (entry.who, entry.note) == ("许可心", "材料齐全，同意。")
    assert [entry.at for entry in file.history] == sorted(entry.at for entry in file.history)


def test_what_is_refused_leaves_the_case_as_it_was(office: Office, case: Case) -> None:
    said = do_act(office, case.id, "opinion", {"words": "  "})
    assert isinstance(said, Refusal)
    assert "没有记" in said.sentence
    unreadable = do_act(
        office, case.id, "ask_special", {"procedure": "hearing", "planned_end": "下周", "reason": "听证"}
    )
    assert isinstance(unreadable, Refusal)
    assert unreadable.type == "day-unreadable"
    file = case_file(office, case.id)
    assert file is not None
    assert file.case == case


def test_the_pause_is_asked_here_and_confirmed_by_the_chief_alone(office: Office, case: Case) -> None:
    end = (office.parts.clock.now() + timedelta(days=10)).date().isoformat()
    asked = do_act(
        office, case.id, "ask_special", {"procedure": "hearing", "planned_end": end, "reason": "申请人要听证"}
    )
    assert isinstance(asked, ActDone)
    assert "确认特别程序" not in words(office, case)
    sit(office, "P201")
    assert "确认特别程序" in words(office, case)


def test_a_case_in_another_windows_hands_can_only_be_looked_at(office: Office, case: Case) -> None:
    visits.done(give_back(office, case.id))
    assert all(not act.refusal for act in acts_of(office, case.id))
    said = do_act(office, case.id, "opinion", {"words": "同意。"})
    assert isinstance(said, Refusal)
    assert "线路断着" in said.sentence


def test_what_was_not_chosen_is_never_taken_for_a_yes(office: Office, case: Case) -> None:
    for key, more in (
        ("partner", {"department": "ZGJ", "words": "收到。", "by_name": "苗青"}),
        ("department", {"decided_by": "游广川", "decided_on": "2026-11-20", "words": "收到。"}),
        ("propose", {"words": "收到。"}),
    ):
        for outcome in ({}, {"outcome": " "}, {"outcome": "maybe"}):
            said = do_act(office, case.id, key, {**more, **outcome})
            assert isinstance(said, Refusal), key
            assert said.type == "not-chosen", key


def test_what_the_department_returns_needs_no_scan_to_be_recorded(office: Office, case: Case) -> None:
    put(office, replace(case, state="with_department"))
    (act,) = [act for act in acts_of(office, case.id) if act.key == "department"]
    assert act.refusal == ""


def test_a_paper_whose_name_has_commas_can_be_laid_away(office: Office, case: Case) -> None:
    assert any("、" in m.name for m in case.materials), "the sample hall has such a paper"
    put(office, replace(case, state="delivered"))
    (act,) = [act for act in acts_of(office, case.id) if act.key == "archive"]
    done = do_act(office, case.id, "archive", {ask.key: ask.proposed for ask in act.asks})
    assert isinstance(done, ActDone), done
    file = case_file(office, case.id)
    assert file is not None
    assert file.case.state == "archived"


def test_filing_asks_why_only_when_a_promised_paper_never_came(office: Office, case: Case) -> None:
    put(office, replace(case, state="delivered"))
    (act,) = [act for act in acts_of(office, case.id) if act.key == "archive"]
    assert [ask.key for ask in act.asks] == ["contents"]
    last = replace(case.materials[-1], brought_at=None, tolerated_until=case.received_at.date(), promise="三日内补")
    put(office, replace(case, state="delivered", materials=(*case.materials[:-1], last)))
    (act,) = [act for act in acts_of(office, case.id) if act.key == "archive"]
    answers = {ask.key: ask.proposed for ask in act.asks}
    assert list(answers) == ["contents", "owed_reason"]
    assert last.name in act.asks[1].hint
    refused = do_act(office, case.id, "archive", answers)
    assert isinstance(refused, Refusal)
    assert isinstance(do_act(office, case.id, "archive", {**answers, "owed_reason": "催了没来"}), ActDone)
    file = case_file(office, case.id)
    assert file is not None
    assert file.case.life.archived.contents[-1] == f"容缺未补：{last.name}（催了没来）"


def test_partners_of_a_case_taken_over_from_before_can_be_heard(office: Office, case: Case) -> None:
    item = office.hall.items[case.item]
    joined = replace(item, kind="joint", partners=("ZGJ",))
    office.hall = replace(office.hall, items={**office.hall.items, item.code: joined})
    for state in ("accepted", "suspended", "to_authorise", "with_department"):
        put(office, replace(case, state=state))
        (act,) = [act for act in acts_of(office, case.id) if act.key == "partner"]
        assert act.asks[0].proposed == "ZGJ"
    put(office, replace(case, state="granted"))
    assert "记协办意见" not in words(office, case)


def test_who_leaves_gets_no_slip_of_a_case_that_has_ended(office: Office, case: Case) -> None:
    put(office, replace(case, state="withdrawn"))
    left = spot.leave_without_result(office, case.id)
    assert isinstance(left, Refusal)
    assert left.type == "case-closed"


def test_a_citizen_who_comes_back_is_served_from_the_case_itself(office: Office) -> None:
    ticket = visits.serve(office)
    item = office.hall.items[visits.COMPANY]
    brought = tuple(m.name for m in item.materials[1:])
    visits.done(visits.visit.receive(office, ticket.id, item.code, visits.APPLICANT, brought))
    case = office.read(lambda books: books.case_of_ticket(ticket.id))
    assert case is not None
    until = (office.parts.clock.now() + timedelta(days=10)).date()
    visits.done(intake.notify_once(office, case.id, (Gap(what=item.materials[0].name),), until))
    assert "补齐了" in words(office, case)
    assert "受理并打印" not in words(office, case)
    everything = "\n".join(m.name for m in item.materials)
    assert isinstance(do_act(office, case.id, "complete", {"brought": everything}), ActDone)
    assert isinstance(do_act(office, case.id, "accept", {}), ActDone)
    file = case_file(office, case.id)
    assert file is not None
    assert file.case.state == "accepted"
    assert file.case.case_no
    sit(office, "P201")
    assert "再告知一次" not in words(office, case)


def test_days_numbers_and_names_are_read_as_they_are_typed() -> None:
    assert not isinstance(day({"d": "20261204"}, "d"), Refusal)
    assert day({"d": "2026.12.4"}, "d") == day({"d": "2026-12-04"}, "d")
    assert isinstance(day({"d": "12月"}, "d"), Refusal)
    assert number({"n": " 5 "}, "n") == 5
    assert isinstance(number({"n": "五"}, "n"), Refusal)
    assert lines({"x": "甲、乙，丙\n丁"}, "x") == ("甲", "乙", "丙", "丁")

"""收工前: the day's books laid side by side; what does not agree is named with its remedy, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from clerk_app.cases.decision import Decision
from clerk_app.cases.model import Case
from clerk_app.duty.records import Handover, Substitution, Thing
from clerk_app.office.counter import visit
from clerk_app.office.office import Office
from clerk_app.office.oversight.day_close import DayRow
from clerk_app.office.oversight.evening import Check, evening, numbers_check, papers_check, seals_check
from clerk_app.ports import DayCount, DayDigest
from clerk_app.receipts.paper import Delivery, PrintJob
from clerk_app.sealing.gaps import NumberGap
from clerk_app.sealing.model import SealUse
from tests.desk import cut_office, sit
from tests.visits import accept, done, receive, serve, whole_visit

DAY = date(2026, 11, 20)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


def checks(office: Office) -> dict[str, Check]:
    return {check.kind: check for check in evening(office, DAY).checks}


def all_printed(office: Office) -> None:
    spool, printer = office.parts.vault.spool, office.parts.settings.printer
    while (job := spool.take_next(printer)) is not None:
        spool.settle(job.id, Delivery("done"))


def test_a_day_that_agrees_says_how_many_and_nothing_else(office: Office) -> None:
    whole_visit(office)
    all_printed(office)
    found = evening(office, DAY)
    assert [check.good for check in found.checks] == [True] * 5
    said = {check.kind: check.counted for check in found.checks}
    assert said["tickets"] == "办结 1 个"
    assert said["cases"] == "收件 1，受理 1，办结 0"
    assert said["papers"].startswith("打出 ")
    assert found.hall is None, "a clerk is not shown the hall's rest"
    assert evening(office, DAY - timedelta(days=1)).checks[0].counted == "办结 0 个"


def test_a_ticket_left_open_and_a_paper_that_waits_are_named(office: Office) -> None:
    ticket = serve(office)
    accept(office, receive(office, ticket))
    found = checks(office)
    (open_,) = found["tickets"].findings
    assert ticket.number in open_.words
    assert "办结（F8）" in open_.remedy
    assert found["papers"].findings, "nothing is at the printer yet"
    assert all("还排着队" in finding.words for finding in found["papers"].findings)
    assert f"号票 {ticket.number} 还排着队" in {finding.words for finding in found["papers"].findings}
    assert found["cases"].good, "its slip waits, so it is told once and not twice"


def test_a_paper_nobody_knows_of_is_asked_about(office: Office) -> None:
    whole_visit(office)
    job = office.parts.vault.spool.take_next(office.parts.settings.printer)
    assert isinstance(job, PrintJob)
    office.parts.vault.spool.settle(job.id, Delivery("unknown"))
    (asked,) = (one for one in checks(office)["papers"].findings if "说不清" in one.words)
    assert (asked.remedy, asked.page) == ("看一眼出纸口再答", "printing")
    lost = replace(job, state="lost")
    assert papers_check([lost], {}).good, "a person has answered"


def test_accepted_without_its_paper_and_a_draft_left_over_are_named(office: Office) -> None:
    case = whole_visit(office)
    with office.parts.vault.unit(office.hall) as work:
        other = replace(case, id="other", case_no="JZ20261120-00099", query_code="AAAA-BBBB")
        draft = replace(case, id="draft", state="draft", case_no="", accepted_at=None, due=None, query_code="CCCC-DDDD")
        work.books.put_case(other)
        work.books.put_case(draft)
    words = {finding.case: finding.words for finding in checks(office)["cases"].findings}
    assert set(words) == {"other", "draft"}
    assert "没有打过受理的纸" in words["other"]
    assert "CCCC-DDDD" in words["draft"]


def use(case: Case, **more: Any) -> SealUse:
    plain: dict[str, Any] = {
        "id": "u1", "seal": "S1", "seal_name": "行政审批专用章", "certificate": "", "case": case.id,
        "document_no": "江市监准〔2026〕1号", "title": "准予", "pages": 1, "copies": 1, "digest_before": "0" * 64,
        "digest_after": "1" * 64, "approver": "P201", "letter": "L", "user": "P203", "window": 2, "at": case.received_at,
        "electronic": False,
    }  # fmt: skip
    return SealUse(**{**plain, **more})


def test_a_seal_used_and_a_case_marked_must_meet(office: Office) -> None:
    case = replace(whole_visit(office), state="granted")
    (open_,) = seals_check([(use(case), case)], []).findings
    assert "盖了行政审批专用章，办件还没记用印" in open_.words
    marked = replace(case, state="sealed", seal_use="u1")
    assert seals_check([(use(case), marked)], []).good
    assert seals_check([(use(case, document="d1"), case)], []).good, "a procedure paper marks no case"
    (missing,) = seals_check([], [marked]).findings
    assert "登记簿里没有" in missing.words


def machine(device: str, window: int, undecided: int) -> DayRow:
    there = DayDigest(device=device, window=window, rows=9, head="0" * 64, undecided=undecided)
    agreement = "open" if undecided else "equal"
    return DayRow(device=device, window=window, day=DAY, own=False, here=None, there=there, agreement=agreement)


def test_the_manager_sees_what_the_hall_leaves_open(office: Office) -> None:
    case = whole_visit(office)
    sit(office, "P201")
    now = office.parts.clock.now()
    key = Thing(kind="seal", id="S1", words="收件专用章（2）")
    sub = Substitution(
        id="sub", post="A1", a="P203", b="P204", start=now, end=now + timedelta(hours=2), cause="x", said_by="P203"
    )
    out = Handover(
        id="out", substitution="sub", direction="out", post="A1", things=(key,), given_at=now, taken_at=now,
        given_by="P203", taken_by="P204",
    )  # fmt: skip
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_case(replace(case, state="sealed", sealed_at=now, seal_use="u1"))
        work.books.put_substitution(sub)
        work.books.put_handover(out)
    own = DayRow(
        device="mine", window=2, day=DAY, own=True, here=DayCount(9, "0" * 64, 3), there=None, agreement="open"
    )
    left = evening(office, DAY, (own, machine("d3", 3, 0), machine("d4", 4, 2))).hall
    assert left is not None
    assert left.windows == ("2号窗口还没日结", "3号窗口还没日结", "4号窗口还没日结")
    assert left.unsent == ("2号窗口 3 条", "4号窗口 2 条")
    assert left.undelivered == (f"{case.case_no} {case.item_name}",)
    assert len(left.keys) == 1
    assert "收件专用章（2），还没交回" in left.keys[0]
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_handover(replace(out, id="back", direction="back"))
    after = evening(office, DAY).hall
    assert after is not None
    assert after.keys == ()


def test_closing_and_opening_again_agree(office: Office) -> None:
    ticket = serve(office)
    assert not checks(office)["tickets"].good
    done(visit.finish(office, ticket.id))
    assert checks(office)["tickets"].good


def test_numbers_nobody_used_are_named_by_department_and_span() -> None:
    gap = NumberGap(kind="doc_no:SJJ:2026", serials=(3, 5, 6, 7), known="抽了号，没有用上")
    (told,) = numbers_check([gap], {"SJJ": "市场监督管理局"}).findings
    assert told.words == "市场监督管理局 2026 年文号空号 3、5–7：抽了号，没有用上"
    assert numbers_check([], {}).good


def test_what_was_authorised_and_never_said_to_be_stamped_waits_at_the_days_close(office: Office) -> None:
    case = accept(office, receive(office, serve(office)))
    decision = Decision(
        outcome="grant", opinion="", by="P201", at=office.parts.clock.now(), letter="", document_no="x", serial=1,
        digest="0" * 64, pages=1,
    )  # fmt: skip
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_case(replace(case, state="granted", decision=decision))
    (found,) = checks(office)["seals"].findings
    assert (found.words, found.page) == ("1 件授权了，还没用印或没登记盖章", "sealing")
    before = {check.kind: check for check in evening(office, DAY - timedelta(days=1)).checks}
    assert before["seals"].good

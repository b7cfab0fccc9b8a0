"""办件页 every state of a case's life, what is missing, where the paper is, what is to be paid, how to object: from real cases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from clerk_app.cases.decision import Decision
from clerk_app.cases.life import Ending, Extension, Gap, Life, OneTimeNotice, SpecialProcedure, VoidedStamp
from clerk_app.cases.model import Case, CaseMaterial, DueDates, SentOut, Void
from clerk_app.cases.states import state_words as case_words
from clerk_app.receipts.fees.model import Bill, BillLine
from clerk_app.receipts.handing.choosing import ChooseDelivery
from clerk_app.receipts.handing.giving import HandOverCase
from clerk_app.receipts.handing.model import Delivery, Posting, Result
from clerk_app.receipts.handing.taking_in import TakeInResult
from clerk_app.server.citizen import case_rows
from clerk_app.server.citizen.case_form import MOST_PAPERS
from clerk_app.server.citizen.case_pages import case_page
from clerk_app.server.citizen.case_rows import side_rows
from clerk_app.server.citizen.form import CitizenRow
from clerk_app.server.citizen.pages import Reading
from clerk_app.server.citizen.projection import hall_card, project
from clerk_app.server.citizen.rows import Fed, Found
from clerk_app.store.rows import to_json
from tests.cases.counter import CLERK, HALL
from tests.desk import training_document
from tests.receipts.handing.shelves import LETTER, PROMISED, SPOT, WAYBILL, Shelves, taker
from tests.server.citizen.test_pages import Reader

CARD = hall_card(training_document())
OUTCOMES = re.compile("准予|不予|批准|驳回|不同意")
TYPED = "欧阳明月的签名漏了"
"""What a clerk types into a notice may name anybody."""


@pytest.fixture
def desk() -> Shelves:
    return Shelves()


def found(desk: Shelves, case: Case, *bills: Bill) -> Found:
    hall = desk.books.hall
    row = project(f"case:{case.id}", to_json(case), hall)
    assert isinstance(row, CitizenRow)
    result = desk.books.result(case.id)
    beside: Sequence[tuple[str, Any]] = [(f"bill:{b.id}", b) for b in bills] + [("result:x", r) for r in [result] if r]
    sides = [side for subject, value in beside for side in side_rows(subject, to_json(value), hall)]
    mine = tuple(side for side in sides if side.case == row.digest)
    return Found(row, Fed(hall.id, CARD, desk.now, desk.now), sides=mine)


def page(desk: Shelves, case: Case | str, *bills: Bill, reading: Reading = Reading()) -> Reader:
    case = desk.case(case) if isinstance(case, str) else case
    read = Reader(case_page(found(desk, case, *bills), desk.now, reading))
    assert "欧阳" not in read.words
    return read


def in_state(desk: Shelves, state: Any, **more: Any) -> Case:
    """An accepted case put into this state by hand, with the day it came there."""
    case = replace(desk.case(desk.accepted(PROMISED)), state=state, **more)
    if state in ("advised", "not_required", "not_accepted", "lapsed", "withdrawn", "terminated"):
        ending = Ending(how=state, reason=TYPED, by=CLERK, at=desk.now)
        case = replace(case, life=replace(case.life, ending=ending))
    return case


WORDS = {
    "draft": "正在登记", "advised": "已告知，这次没有收件", "not_required": "已告知不需要办理", "received": "已收件",
    "not_accepted": "已答复，请看通知书", "correction": "等您补正", "lapsed": "逾期没有补正，视为撤回", "accepted": "已受理",
    "review": "审查中", "suspended": "特别程序中，期限暂停", "to_authorise": "审查中", "with_department": "部门审查中",
    "granted": "已作出决定，正在制作文书", "refused": "已作出决定，正在制作文书", "sealed": "文书已做好，还没到出件窗口",
    "delivered": "已领取", "archived": "已领取", "withdrawn": "已撤回", "terminated": "已终止办理", "void": "已作废",
}  # fmt: skip


def test_every_state_of_a_case_has_a_word_and_says_what_follows(desk: Shelves) -> None:
    assert set(WORDS) == set(case_words)
    for state, word in WORDS.items():
        read = page(desk, in_state(desk, state))
        assert word in read.words, state
        assert "接下来" in read.words
        assert not OUTCOMES.search(read.words), state
        assert "None" not in read.words


def test_what_is_over_goes_after_the_halls_days(desk: Shelves) -> None:
    for state in ("not_accepted", "withdrawn", "terminated", "lapsed", "not_required", "advised"):
        row = found(desk, in_state(desk, state)).row
        assert (row.since, row.until) == (desk.now, desk.now.date() + timedelta(days=30)), state
    voided = in_state(desk, "void", void=Void(by=CLERK, at=desk.now, reason=TYPED))
    assert found(desk, voided).row.until == desk.now.date() + timedelta(days=30)
    assert found(desk, in_state(desk, "review")).row.until is None
    desk.books.hall = replace(desk.books.hall, citizen_days=90)
    assert found(desk, voided).row.until == desk.now.date() + timedelta(days=90)


def test_a_receipt_says_until_when_it_is_answered_and_what_was_not_brought(desk: Shelves) -> None:
    case = in_state(desk, "received", case_no="", accepted_at=None, due=None)
    name = desk.item(PROMISED).materials[0].name
    lacks = (CaseMaterial(name=name, essential=True), CaseMaterial(name=TYPED, essential=True), *case.materials[1:])
    read = page(desk, replace(case, materials=lacks))
    assert "2026年11月27日（星期五）前告诉您受理，还是要补材料" in read.words
    assert "还没交的" in read.words
    assert name in read.words
    assert "另有 1 样写在收件凭证上" in read.words


def test_a_correction_names_the_papers_of_the_catalogue_and_counts_the_rest(desk: Shelves) -> None:
    name = desk.item(PROMISED).materials[0].name
    gaps = (Gap(what=name, wanted=TYPED), Gap(what=TYPED), Gap(what="章程第 3 条"))
    notice = OneTimeNotice(gaps=gaps, bring_by=date(2026, 12, 4), by=CLERK, at=desk.now, window=6, where=TYPED)
    case = in_state(desk, "correction")
    told = page(desk, replace(case, life=replace(case.life, notices=(notice,))))
    for words in (
        "要补什么",
        name,
        "另有 2 样写在告知单上",
        "2026年12月4日（星期五）前",
        "6号窗口",
        "不用重新取号",
        CARD.address,
    ):
        assert words in told.words
    assert "第 3 条" not in told.words
    again = replace(notice, requeue=True, bring_by=None, gaps=gaps[1:])
    told = page(desk, replace(case, life=replace(case.life, notices=(again,))))
    assert "2 样写在告知单上" in told.words
    assert "另有" not in told.words
    assert "没有定日子" in told.words
    assert "再来时重新取号" in told.words


def test_a_notice_longer_than_a_page_may_be_is_cut_and_counted(desk: Shelves) -> None:
    material = desk.item(PROMISED).materials[0]
    names = [f"材料{n}" for n in range(MOST_PAPERS + 5)]
    desk.change_item(PROMISED, materials=tuple(replace(material, name=name) for name in names))
    notice = OneTimeNotice(gaps=tuple(Gap(what=name) for name in names), bring_by=None, by=CLERK, at=desk.now, window=4)
    case = in_state(desk, "correction")
    shown = found(desk, replace(case, life=replace(case.life, notices=(notice,))))
    assert shown.row.details
    assert (len(shown.row.details.lacks), shown.row.details.lacks_more) == (MOST_PAPERS, 5)
    assert msgspec.convert(msgspec.to_builtins(shown.row), CitizenRow) == shown.row, "as the other end reads it"


def test_what_was_promised_for_later_stands_with_its_day(desk: Shelves) -> None:
    case = in_state(desk, "review")
    name = desk.item(PROMISED).materials[0].name
    late = replace(case.materials[0], brought_at=None, tolerated_until=date(2026, 11, 27), promise=TYPED)
    read = page(desk, replace(case, materials=(late, *case.materials[1:])))
    assert f"{name}，2026年11月27日（星期五）前补来" in read.words
    assert "答应补来的按日子送来；别的不用您来" in read.words
    assert "答应补来的" not in page(desk, case).words
    assert "这期间不用您来" in page(desk, case).words


def test_of_the_inside_only_what_it_has_is_looked_at() -> None:
    """A field renamed inside would quietly be left out here."""
    looked_at = ((Case, case_rows.CASE_FIELDS), (Result, case_rows.RESULT_FIELDS), (Bill, case_rows.BILL_FIELDS))
    for kind, names in looked_at:
        assert set(names) <= set(kind.__dataclass_fields__)
    inner = {
        "_Paper": CaseMaterial, "_Gap": Gap, "_Notice": OneTimeNotice, "_Pause": SpecialProcedure, "_Extension": Extension,
        "_Voided": VoidedStamp, "_Life": Life, "_Decision": Decision, "_Due": DueDates, "_Delivery": Delivery,
        "_Posting": Posting, "_BillLine": BillLine,
    }  # fmt: skip
    for name, kind in inner.items():
        assert set(getattr(case_rows, name).__dataclass_fields__) <= set(kind.__dataclass_fields__), name


def test_both_days_an_extension_and_the_department(desk: Shelves) -> None:
    extension = Extension(days=10, reason=TYPED, asked_by=CLERK, asked_at=desk.now, recorded_at=desk.now)
    case = in_state(desk, "with_department", sent_out=SentOut(why=TYPED, taker=TYPED, by=CLERK, at=desk.now))
    read = page(desk, replace(case, life=replace(case.life, extension=extension)))
    assert case.due
    for words in (
        "部门审查中",
        "承诺办结",
        "法定期限",
        f"{case.due.statutory.day}日",
        "延长 10 个工作日",
        "受理窗口",
        "4号窗口",
    ):
        assert words in read.words
    asked = replace(extension, recorded_at=None)
    assert "延期" not in page(desk, replace(case, life=replace(case.life, extension=asked))).words


def test_a_stopped_clock_says_why_and_until_when(desk: Shelves) -> None:
    hearing = SpecialProcedure(
        procedure="hearing", reason=TYPED, planned_end=date(2026, 12, 18), asked_by=CLERK, asked_at=desk.now,
        confirmed_by="P401", confirmed_at=desk.now,
    )  # fmt: skip
    case = in_state(desk, "suspended")
    read = page(desk, replace(case, life=replace(case.life, procedures=(hearing,))))
    for words in ("听证中，期限暂停", "预计2026年12月18日（星期五）前结束", "暂停计时", "听证的时间不算在期限里"):
        assert words in read.words
    assert case.due
    assert f"{case.due.promised.month}月{case.due.promised.day}日（" not in read.words.replace("12月18日", "")


def test_a_result_goes_from_the_seal_to_the_shelf_and_out(desk: Shelves) -> None:
    case = desk.sealed()
    assert "还没到出件窗口" in page(desk, case).words
    assert "到哪里领" not in page(desk, case).words
    desk.done(TakeInResult, case, **desk.brought(case))
    read = page(desk, case)
    for words in ("文书已做好，可以领取", "到哪里领", "12号窗口", CARD.address, "身份证件"):
        assert words in read.words
    desk.done(HandOverCase, case, **taker())
    read = page(desk, case)
    assert "已领取" in read.words
    assert "到哪里领" not in read.words


def test_a_spot_case_is_fetched_where_it_was_taken_in(desk: Shelves) -> None:
    case = desk.sealed(SPOT)
    read = page(desk, case)
    assert "文书已做好，可以领取" in read.words
    assert "4号窗口" in read.words


def test_who_was_told_that_a_letter_is_on_its_way_sees_it(desk: Shelves) -> None:
    case = desk.taken_in()
    desk.done(ChooseDelivery, case, **LETTER)
    assert "文书已做好，等着寄出" in page(desk, case).words
    sent = desk.posted("SF0000000002", shelf="002")
    read = page(desk, sent)
    posting = desk.result(sent).posting
    assert posting
    for words in ("文书已寄出，在路上", f"{posting.carrier}承运", "运单号不在网上显示"):
        assert words in read.words
    assert "到哪里领" not in read.words
    for secret in ("SF0000000002", WAYBILL, *(LETTER[name] for name in ("name", "phone", "address"))):
        assert secret not in read.words
        assert secret not in msgspec.json.encode(found(desk, desk.case(sent)).sides).decode()
    assert desk.came_back(sent) is None
    read = page(desk, sent)
    assert "信被退回，文书在窗口，可以领取" in read.words
    assert "12号窗口" in read.words


def test_a_letter_wanted_at_acceptance_is_not_called_ready_to_fetch(desk: Shelves) -> None:
    case = desk.accepted(PROMISED)
    desk.good(ChooseDelivery, CLERK, case=case, **LETTER)
    assert "等着寄出" not in page(desk, case).words, "not before there is something"
    assert (desk.propose(case), desk.authorise(case), desk.seal(case)) == (None, None, None)
    assert "文书已做好，等着寄出" in page(desk, case).words


def test_a_seal_that_is_being_voided_fetches_nobody(desk: Shelves) -> None:
    case = desk.case(desk.taken_in())
    assert case.sealed_at
    asked = VoidedStamp(
        seal_use="x", sealed_at=case.sealed_at, document_no="x", reason=TYPED, paper=TYPED, asked_by="P401", asked_at=desk.now
    )  # fmt: skip
    read = page(desk, replace(case, life=replace(case.life, voided=(asked,))))
    assert "先不要来领" in read.words
    assert "到哪里领" not in read.words


def test_the_shelf_of_an_old_paper_says_nothing_of_the_new_one(desk: Shelves) -> None:
    case = desk.taken_in()
    old = desk.result(case)
    assert desk.send_back(case) is None
    desk.resealed(case)
    desk.books.put_result(old)
    assert old.document_no != desk.number(case)
    assert "还没到出件窗口" in page(desk, case).words
    desk.done(TakeInResult, case, **desk.brought(case, "002"))
    assert "可以领取" in page(desk, case).words


def bill(desk: Shelves, case: str, state: Any = "open", other: str = "case:another") -> Bill:
    line = BillLine(
        matter=f"case:{case}", matter_no="x", item="i", charge="", name="证照工本费", unit="GAJ", code="1", basis="b",
        price=2000, count=2, reduction="小微", reduction_basis="b", reduced=1000,
    )  # fmt: skip
    lines = (line, replace(line, matter=other, price=9900, reduced=0))
    return Bill(
        id=f"b-{case}", no="JK20261120-00017", payer="欧*月", lines=lines, state=state, set_by=CLERK, set_at=desk.now,
        window=4, hall_version="v", matters=(f"case:{case}", other), moved_at=desk.now,
    )  # fmt: skip


def test_what_is_to_be_paid_is_this_cases_own(desk: Shelves) -> None:
    case = desk.accepted(PROMISED)
    read = page(desk, case, bill(desk, case))
    assert "30.00 元，到11号窗口缴" in read.words
    assert "要缴的费按下面写的缴；别的不用您来" in read.words
    assert "198" not in read.words
    assert "已缴" in page(desk, case, bill(desk, case, "paid")).words
    for state in ("void", "refunded", "free"):
        read = page(desk, case, bill(desk, case, state))
        assert "要缴的费" not in read.words
        assert "已缴" not in read.words
    said = msgspec.json.encode(side_rows("bill:x", to_json(bill(desk, case)), HALL)).decode()
    assert [word for word in ("欧", "JK2026", "小微", CLERK, case) if word in said] == []
    assert len(side_rows("bill:x", to_json(bill(desk, case, other="external:m")), HALL)) == 1


def test_how_to_object_is_told_whatever_was_answered(desk: Shelves) -> None:
    remedies = "收到文书之日起 60 日内，可以向江州市人民政府申请行政复议；也可以在 6 个月内向江州市滨湖区人民法院提起行政诉讼。"
    for state in ("delivered", "archived", "not_accepted", "not_required", "lapsed", "terminated"):
        assert remedies in page(desk, in_state(desk, state)).words, state
    for state in ("accepted", "sealed", "withdrawn", "received"):
        assert "行政复议" not in page(desk, in_state(desk, state)).words, state
    item = desk.item(PROMISED)
    desk.change_item(PROMISED, remedies=replace(item.remedies, review_first=True), complaint="0000-99")
    read = page(desk, in_state(desk, "delivered"))
    assert "先向江州市人民政府申请行政复议" in read.words
    assert ("a", {"href": "tel:0000-99"}) in read.marks
    desk.change_item(PROMISED, remedies=replace(item.remedies, court=""))
    assert "写在给您的文书上" in page(desk, in_state(desk, "delivered")).words


def test_a_case_from_before_there_were_details_still_has_its_page(desk: Shelves) -> None:
    whole = found(desk, desk.case(desk.sealed()))
    bare = replace(whole, row=replace(whole.row, details=None), sides=())
    assert "文书已做好，可以领取" in Reader(case_page(bare, desk.now)).words
    row = to_json(desk.case(desk.accepted(PROMISED)))
    row["life"] = {}
    assert project("case:c", row, HALL)


@pytest.mark.parametrize("state", sorted(WORDS))
def test_the_page_is_built_so_that_it_can_be_read_aloud(desk: Shelves, state: str) -> None:
    read = page(desk, in_state(desk, state))
    marks = dict(reversed(read.marks))
    assert marks["html"]["lang"] == "zh-CN"
    assert read.tags.count("h1") == 1
    assert read.tags.count("title") == 1
    assert read.tags.count("main") == 1
    assert read.tags.index("h1") < read.tags.index("h2"), "no level is left out"
    assert not {"h3", "h4", "table", "img"} & set(read.tags)
    assert read.tags.count("dt") == read.tags.count("dd")
    links = [marks for tag, marks in read.marks if tag == "a"]
    assert all((one.get("href") or "").startswith(("?", "tel:")) for one in links)


def test_large_letters_are_one_press_away_and_back(desk: Shelves) -> None:
    case = desk.accepted(PROMISED)
    assert ("a", {"href": "?large=1"}) in page(desk, case).marks
    large = page(desk, case, reading=Reading(large=True))
    assert ("a", {"href": "?"}) in large.marks
    assert ("html", {"lang": "zh-CN", "class": "large"}) in large.marks


def test_a_row_that_is_no_result_is_said() -> None:
    for subject in ("result:x", "bill:x"):
        with pytest.raises(ValueError, match=r"\w"):
            side_rows(subject, {"id": "x"}, HALL)
    assert side_rows("case:x", {}, HALL) == ()

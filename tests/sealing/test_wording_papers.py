"""文书的话: every kind is filled from its own case and from no other; what is missing is said; personal data only where needed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clerk_app.cases.catalogue import Remedies
from clerk_app.command import Refusal
from clerk_app.sealing.documents import PaperKind, class_of, paper_book, paper_kind
from clerk_app.sealing.paper import OfficialPaper
from clerk_app.sealing.wording_papers import official_paper
from clerk_app.sealing.wording_values import Subject, remedy_text
from tests.sealing.cases import LATER, REMEDIES, hall, item_of, received, setting_of, subjects

HALL = hall()
CASES = subjects(HALL)
SETTING = setting_of(HALL)


def kind_of(name: str) -> PaperKind:
    kind = paper_kind(name)
    assert kind is not None
    return kind


def made(name: str, subject: Subject | None = None) -> OfficialPaper | Refusal:
    kind = kind_of(name)
    return official_paper(
        kind, subject or CASES[name], SETTING, "江市监测〔2026〕1号", class_of(name, HALL.procedure_papers)
    )


def words(paper: OfficialPaper | Refusal) -> str:
    assert isinstance(paper, OfficialPaper), paper
    cells = [cell for table in paper.tables for row in table.rows for cell in row]
    return "\n".join((*paper.paragraphs, *paper.notes, *cells))


def test_every_kind_has_its_case() -> None:
    assert set(CASES) == {name for name, kind in paper_book().kinds.items() if not kind.decided and not kind.form}
    for name in CASES:
        text = words(made(name))
        assert text
        assert "{" not in text
        assert "None" not in text


@pytest.mark.parametrize("name", [n for n in CASES if n not in ("收件凭证", "办件登记表")])
def test_of_a_case_just_received_only_the_receipt_can_be_printed(name: str) -> None:
    fresh = Subject(case=received(item_of(HALL)), item=item_of(HALL))
    refusal = made(name, fresh)
    assert isinstance(refusal, Refusal)
    assert name in refusal.sentence
    assert "办件没有变化" in refusal.sentence


def test_the_acceptance_notice_says_by_when_it_is_decided() -> None:
    text = words(made("受理通知书"))
    assert "本机关将在2026年12月4日前作出决定；法定期限至2026年12月18日" in text
    assert "2026年12月1日" in text, "what was promised, and by when"


def test_the_one_time_notice_lists_every_gap_where_and_by_when() -> None:
    text = words(made("补正告知书"))
    for part in (
        "经营场所使用证明",
        "租赁合同原件",
        "食品安全管理制度",
        "2026年12月4日前补齐",
        "2号窗口",
        "不用重新取号",
        HALL.hotline,
    ):
        assert part in text


@pytest.mark.parametrize("name", ["不予受理通知书", "视为撤回告知书", "终止通知书"])
def test_a_refusal_names_body_and_court_or_is_not_made(name: str) -> None:
    text = words(made(name))
    assert REMEDIES.review_body in text
    assert REMEDIES.court in text
    known = CASES[name]
    bare = replace(known, item=replace(known.item, remedies=Remedies(review_body="江州市人民政府")))
    refusal = made(name, bare)
    assert isinstance(refusal, Refusal)
    assert refusal.type == "item-without-remedies"


def test_review_comes_first_where_the_law_says_so() -> None:
    text = remedy_text(replace(REMEDIES, review_first=True))
    assert text.index("应当") < text.index("行政复议") < text.index("行政诉讼")
    assert "十五日" in text
    assert "六个月" in remedy_text(REMEDIES)


def test_personal_data_only_where_the_paper_needs_it() -> None:
    for name in CASES:
        paper = made(name)
        text = words(paper)
        assert "13812345678" not in text
        assert "92429900MA0000001X" not in text
        assert ("卢美珍" in text) == (name == "送达回证"), name


def test_papers_that_stay_in_the_hall_mask_a_person() -> None:
    known = CASES["交接单"]
    person = replace(known.case.applicant, name="卢美珍", id_number="420000199001011234")
    subject = replace(known, case=replace(known.case, applicant=person))
    assert "卢*珍" in words(made("交接单", subject))
    assert "卢美珍" not in words(made("交接单", subject))


def test_the_place_of_the_seal_is_its_class() -> None:
    assert {name: p.seal for name in CASES if isinstance(p := made(name), OfficialPaper) and p.seal} == {
        **dict.fromkeys(
            (
                "收件凭证",
                "不予受理通知书",
                "补正告知书",
                "受理通知书",
                "特别程序告知书",
                "延期通知书",
                "送达回证",
                "补正收件凭证",
                "撤回确认书",
            ),
            "（盖收件专用章）",
        ),
        **dict.fromkeys(
            (
                "不需办理告知书",
                "视为受理通知书",
                "视为撤回告知书",
                "终止通知书",
                "更正通知书",
                "抄告单",
            ),
            "（盖行政审批专用章）",
        ),
    }


def test_the_course_of_a_case_stands_in_order() -> None:
    paper = made("办件登记表")
    assert isinstance(paper, OfficialPaper)
    times = [row[1] for row in paper.tables[0].rows]
    assert times == sorted(times)
    assert paper.day == LATER.date()

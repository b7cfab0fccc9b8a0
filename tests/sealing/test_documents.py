"""文书样式: all papers of the table are there, each field it names has words, and the class is the hall's word alone."""

from __future__ import annotations

from clerk_app.cases.states import moves
from clerk_app.outside.hall_file import read_hall_document
from clerk_app.sealing.documents import (
    agency_name,
    class_of,
    department_word,
    paper_book,
    paper_kind,
    paper_number,
    serial_kind,
)
from clerk_app.sealing.wording_tables import TABLES
from clerk_app.server.numbers import known_kind
from resources import path
from tests.sealing.cases import hall

ALL = [
    "一次性告知单",
    "收件凭证",
    "不需办理告知书",
    "不予受理通知书",
    "补正告知书",
    "视为受理通知书",
    "补正收件凭证",
    "视为撤回告知书",
    "受理通知书",
    "交接单",
    "特别程序告知书",
    "延期通知书",
    "审批表",
    "送审单",
    "准予行政许可决定书",
    "不予行政许可决定书",
    "部门决定用印",
    "送达回证",
    "卷内目录",
    "撤回确认书",
    "终止通知书",
    "作废登记",
    "更正通知书",
    "抄告单",
    "容缺受理承诺书",
    "办件登记表",
]


def test_every_paper_of_the_table_has_its_template() -> None:
    kinds = paper_book().kinds
    assert sorted(name for name, kind in kinds.items() if not kind.form) == sorted(ALL)
    assert {move.document for move in moves.values() if move.document} <= set(kinds)


def test_each_key_and_each_number_word_stands_once() -> None:
    kinds = paper_book().kinds.values()
    keys, words = [kind.key for kind in kinds], [kind.word for kind in kinds if kind.word]
    assert len(set(keys)) == len(keys)
    assert len(set(words)) == len(words)


def test_what_a_template_names_is_known() -> None:
    book = paper_book()
    for kind in book.kinds.values():
        assert set(kind.required) <= set(book.fields), kind.name
        assert set(kind.tables) <= TABLES
        assert set(kind.signs) <= set(book.signs)


def test_the_acceptance_notice_must_state_the_day_of_the_decision() -> None:
    assert "due_promised" in paper_book().kinds["受理通知书"].required


def test_refusals_must_name_their_remedies() -> None:
    for name in ("不予受理通知书", "视为撤回告知书", "终止通知书"):
        assert "remedies" in paper_book().kinds[name].required


def test_the_class_comes_from_the_hall() -> None:
    known = hall().procedure_papers
    assert class_of("受理通知书", known) == "procedure"
    assert class_of("受理通知书", frozenset()) == "decision"
    assert class_of("终止通知书", known) == "decision"
    assert class_of("审批表", known | {"审批表"}) == "none"
    assert class_of("谁也不认得", known) == "decision"


def test_every_paper_the_hall_sorts_is_one_of_ours() -> None:
    document, _ = read_hall_document(path("halls", "training.yaml").read_text(encoding="utf-8"))
    assert document is not None
    for names in document["seal_rules"]["document_classes"].values():
        assert set(names) <= set(paper_book().kinds)


def test_numbers_and_names() -> None:
    roster, kind = hall().roster, paper_kind("受理通知书")
    assert kind is not None
    assert paper_number(department_word(roster, "SJJ"), kind, 2026, 12) == "江市监受〔2026〕12号"
    assert agency_name(roster, "SJJ") == "江州市市场监督管理局"
    assert known_kind(serial_kind("SJJ", kind, 2026))
    assert all(known_kind(serial_kind("ABCDEFGH", k, 2026)) for k in paper_book().kinds.values())
    assert all(len(serial_kind("ABCDEFGH", k, 2026)) <= 40 for k in paper_book().kinds.values())

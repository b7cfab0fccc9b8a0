"""目录变动 pure: each gap is one sentence, lines applied read back as they were, and whoever asks is not who confirms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.cases.catalogue_changes import (
    AskCatalogueChange,
    ConfirmCatalogueChange,
    DropCatalogueChange,
    ask_catalogue_change,
    confirm_catalogue_change,
    drop_catalogue_change,
)
from clerk_app.cases.catalogue_checks import MOST_LINES, gaps_of
from clerk_app.cases.catalogue_lines import CLASSES, CatalogueLine, changed_catalogue, known_of, row_of
from clerk_app.cases.catalogue_shape import FIVE, REQUIRED, field_words
from clerk_app.command import Refusal
from clerk_app.hall import read_hall
from clerk_app.outside.hall_file import document_findings
from clerk_app.outside.hall_form import HALL_FILE
from tests.cases.new_item import (
    CODE,
    EVERY,
    FEE,
    HOURS,
    ISSUER,
    OFF,
    OLD,
    PAPER,
    PARTNER,
    REMEDIES,
    SEAL,
    STANDARD,
    item_row,
    new_item,
    old_item,
    without,
)  # fmt: skip
from tests.desk import ZONE, training_document
from tests.memory_books import MemoryBooks

DOCUMENT = training_document()
KNOWN = known_of(DOCUMENT)
NOW = datetime(2026, 11, 20, 10, 30, tzinfo=ZONE)
HALL = read_hall(DOCUMENT, "v1")


def said(*lines: CatalogueLine) -> list[str]:
    return [gap.sentence for gap in gaps_of(lines, KNOWN)]


def item(row: dict[str, Any]) -> CatalogueLine:
    return CatalogueLine(what="item", key=row.get("code", CODE), row=row)


def test_every_item_of_the_training_hall_would_be_taken() -> None:
    for row in DOCUMENT["items"]:
        assert said(item(row)) == [], row["short"]


def test_a_whole_list_is_taken_and_the_hall_file_agrees() -> None:
    assert said(*EVERY) == []
    assert document_findings(changed_catalogue(DOCUMENT, EVERY)) == []


@pytest.mark.parametrize("key", FIVE)
def test_without_one_of_the_five_elements_it_is_refused_by_its_name(key: str) -> None:
    (sentence,) = said(item(without(key)))
    assert FIVE[key] in sentence
    assert "五要素不齐" in sentence


def test_each_gap_is_a_sentence_of_its_own() -> None:
    row = without("steps", fee_source=" ", materials=[])
    assert [words for words in FIVE.values() if any(f"没有写{words}" in one for one in said(item(row)))] == [
        "申报材料", "审批流程", "收费依据",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (item(item_row(code="123")), "不是 31 位"),
        (item(item_row(code="11429900MBX002022C6000131099001")), "不是 31 位"),
        (item(item_row(department="ZWJ")), "不是所属部门的代码"),
        (item(item_row(windows=[99])), "窗口 99 名单里没有"),
        (item(item_row(letters=["Q"])), "业务字母 Q 名单里没有"),
        (item(item_row(department="没有局")), "部门 没有局 名单里没有"),
        (item(item_row(seal="S-X")), "印章 S-X 名单里没有"),
        (item(item_row(skills=["潜水"])), "上岗资格 潜水 名单里没有"),
        (item(item_row(fee=500, fee_source="memory")), "收费没有依据"),
        (item(item_row(fee_reductions=[{"key": "a", "name": "低保", "basis": "文", "percent": 50}])), "不收费，又写了减免"),
        (item(item_row(fee=500, fee_reductions=[{"key": "a", "name": "低保", "percent": 50}])), "减免也要有依据"),
        (item(item_row(promised={"n": 9, "unit": "workday"})), "比法定时限 3 还长"),
        (item(item_row(promised={"n": "九", "unit": "workday"})), "承诺时限写得不对"),
        (item(item_row(registration_type="变更")), "没有写登记表"),
        (item(item_row(colour="红")), "“colour”不认识"),
        (item(item_row(materials=[{"name": "申请书"}])), "申报材料写得不对"),
        (replace(new_item(), key=OLD), "不是一个"),
        (CatalogueLine(what="item_off", key="没有"), "目录里没有实施编码"),
        (replace(HOURS, key="99"), "没有 99 号窗口"),
        (replace(HOURS, row={"hours": [["12:00", "09:00"]]}), "开窗时间没看懂"),
        (replace(HOURS, row={"hours": [["09:00", "12:00"], ["11:00", "13:00"]]}), "开窗时间重叠"),
        (replace(HOURS, row={"booked": [{"from": "09:00", "to": "10:00", "places": 0}]}), "预约时段没看懂"),
        (replace(HOURS, row={"letters": ["A"]}), "只改开窗时间"),
        (replace(STANDARD, row={"standard": "好"}), "一条一条"),
        (replace(REMEDIES, row={"review_body": "江州市人民政府"}), "要写全复议机关和法院"),
        (replace(REMEDIES, key="没有局"), "没有部门 没有局"),
        (CatalogueLine(what="documents", key=CLASSES, row={"procedure": ["甲"], "decision": ["甲"]}), "两类里都有"),
        (CatalogueLine(what="documents", key=CLASSES, row={"procedure": ["甲"]}), "两类"),
        (replace(SEAL, row={**SEAL.row, "custodian": "P999"}), "保管人 P999"),
        (replace(SEAL, row={**SEAL.row, "backup": "P201"}), "同一个人"),
        (replace(SEAL, row={"id": "S-NEW"}), "补全再来"),
        (replace(ISSUER, key="xyz"), "SHA-256"),
        (replace(ISSUER, row={}), "认还是不认"),
        (replace(FEE, row={"fee": 500}), "收费依据"),
        (replace(FEE, row={"fee": 500, "fee_source": "page"}), "收费没有依据"),
        (replace(FEE, row={**FEE.row, "fee_unit": "没有局"}), "执收单位 没有局"),
        (replace(PARTNER, row={"id": "city"}), "要写代号、名称"),
        (replace(PARTNER, key="province"), "不是一个"),
        (replace(PARTNER, row={**PARTNER.row, "id": "市"}), "小写字母"),
        (replace(PARTNER, row={**PARTNER.row, "url": "http://x.example.gov.cn"}), "https 开头"),
        (replace(PARTNER, row={**PARTNER.row, "way": "folder"}), "不写地址"),
        (replace(PARTNER, row={**PARTNER.row, "way": "fax"}), "怎么送"),
        (replace(PARTNER, row={**PARTNER.row, "kinds": ["everything"]}), "送什么"),
        (replace(PARTNER, row={**PARTNER.row, "kinds": ["message"]}), "电话"),
        (replace(PARTNER, row={**PARTNER.row, "since": "明天"}), "从哪天起"),
        (replace(PARTNER, row={**PARTNER.row, "items": ["没有"]}), "只送的事项 没有"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(line: CatalogueLine, words: str) -> None:
    assert any(words in one for one in said(line)), said(line)


def test_an_item_nobody_could_appeal_against_is_refused() -> None:
    bare = replace(KNOWN, remedies={})
    (gap,) = gaps_of([new_item()], bare)
    assert "没有救济途径" in gap.sentence
    own = {"review_body": "江州市人民政府", "court": "江州市滨湖区人民法院"}
    assert gaps_of([new_item(remedies=own)], bare) == ()


def test_the_same_place_twice_is_an_overlap_with_its_row() -> None:
    gaps = gaps_of([old_item(), HOURS, FEE], KNOWN)
    assert [(gap.place, "生效日重叠" in gap.sentence) for gap in gaps] == [(2, True)]


def test_none_and_too_many() -> None:
    assert "一行变动也没有" in said()[0]
    many = [CatalogueLine(what="issuer", key=f"{n:064x}", row={"lawful": True}) for n in range(MOST_LINES + 1)]
    assert "一次最多" in said(*many)[0]


def test_the_shape_here_is_the_hall_files_own() -> None:
    shape: Any = HALL_FILE.required["items"]
    assert set(shape.shape.required) | set(shape.shape.optional) == set(field_words)
    assert set(shape.shape.required) <= set(REQUIRED) | set(FIVE)


ROWS = st.sampled_from(EVERY)


@given(st.lists(ROWS, unique_by=lambda line: line.place))
def test_applied_lines_read_back_as_they_were(lines: list[CatalogueLine]) -> None:
    after = changed_catalogue(DOCUMENT, lines)
    for line in lines:
        expected = None if line.what == "item_off" else line.row
        assert row_of(after, line.what, line.key) == expected
    others = [line for line in EVERY if line.place not in {one.place for one in lines}]
    for line in others:
        assert row_of(after, line.what, line.key) == row_of(DOCUMENT, line.what, line.key)


@given(st.permutations(EVERY), st.integers(0, len(EVERY)))
def test_independent_lines_may_come_in_any_order_and_in_two_lists(lines: list[CatalogueLine], cut: int) -> None:
    whole = changed_catalogue(DOCUMENT, EVERY)
    assert changed_catalogue(DOCUMENT, lines) == whole
    assert changed_catalogue(changed_catalogue(DOCUMENT, lines[:cut]), lines[cut:]) == whole


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 10**9) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from([*field_words, "hours", "booked", "standard", "procedure", "decision", "id", "custodian", "backup",
                        "kind", "electronic", "window", "face", "lawful", "review_body", "court", "name", "way", "kinds", "since", "url", "phones",
                        "items"])  # fmt: skip


@given(st.sampled_from(EVERY), st.dictionaries(KEYS, JSON, max_size=4), st.text(max_size=4))
def test_whatever_comes_is_answered_in_sentences(line: CatalogueLine, wild: dict[str, Any], key: str) -> None:
    for one in (replace(line, row={**line.row, **wild}), replace(line, key=key), replace(line, row=wild)):
        for gap in gaps_of([one], KNOWN):
            assert gap.sentence.endswith("。")


def test_an_empty_row_ends_a_partner() -> None:
    there = changed_catalogue(DOCUMENT, [PARTNER])
    assert document_findings(there) == []
    assert [one.id for one in read_hall(there, "v").outside.partners] == ["city"]
    after = changed_catalogue(there, [replace(PARTNER, row={})])
    assert read_hall(after, "v").outside.partners == ()


def test_an_item_that_ends_is_in_no_letter_any_more() -> None:
    after = changed_catalogue(DOCUMENT, [OFF])
    assert not any(OFF.key in letter["items"] for letter in after["authorisations"])
    assert document_findings(after) == []


# -- two persons


@pytest.fixture
def books() -> MemoryBooks:
    return MemoryBooks(HALL)


def stamp(actor: str, **more: Any) -> dict[str, Any]:
    plain = {"id": "c", "at": NOW, "actor": actor, "post": "", "window": 2, "basis": "role", "hall_version": "v1"}
    return {**plain, **more}


def ask(books: MemoryBooks, *lines: CatalogueLine, key: str = "x1", **more: Any) -> Refusal | None:
    wanted = {"lines": lines, "paper": PAPER, "effective_on": date(2026, 12, 1), **more}
    return ask_catalogue_change(AskCatalogueChange(**stamp("P110"), change=key, **wanted), books)


def confirm(books: MemoryBooks, actor: str = "P101", key: str = "x1", **more: Any) -> Refusal | None:
    return confirm_catalogue_change(ConfirmCatalogueChange(**stamp(actor, **more), change=key), books)


def drop(books: MemoryBooks, reason: str = "写错了", key: str = "x1") -> Refusal | None:
    return drop_catalogue_change(DropCatalogueChange(**stamp("P101"), change=key, reason=reason), books)


def kind(refusal: Refusal | None) -> str:
    return refusal.type if refusal else ""


def test_asked_by_one_confirmed_by_another(books: MemoryBooks) -> None:
    assert ask(books, new_item()) is None
    assert books.catalogue_changes["x1"].state == "waiting"
    assert kind(confirm(books, "P110")) == "second-person"
    assert confirm(books) is None
    row = books.catalogue_changes["x1"]
    assert (row.state, row.asked_by, row.confirmed_by, row.basis) == ("confirmed", "P110", "P101", PAPER)
    assert kind(confirm(books, "P102")) == "catalogue-change-over"


@pytest.mark.parametrize(
    ("more", "slug"),
    [
        ({"paper": "  "}, "catalogue-paper"),
        ({"paper": "号" * 81}, "catalogue-paper"),
        ({"effective_on": NOW.date() - timedelta(days=1)}, "catalogue-day"),
        ({"effective_on": NOW.date() + timedelta(days=400)}, "catalogue-day"),
        ({"lines": ()}, "catalogue-lines"),
        ({"lines": (new_item(windows=[99]),)}, "catalogue-lines"),
    ],
)
def test_without_basis_day_or_whole_lines_nothing_is_kept(books: MemoryBooks, more: dict[str, Any], slug: str) -> None:
    assert kind(ask(books, new_item(), **more)) == slug
    assert books.catalogue_changes == {}


def test_two_lists_on_one_thing_overlap_until_one_is_over(books: MemoryBooks) -> None:
    assert ask(books, old_item(complaint="12345")) is None
    assert kind(ask(books, FEE, key="x2", effective_on=date(2026, 12, 9))) == "catalogue-overlap"
    assert ask(books, HOURS, key="x3") is None, "another place"
    assert drop(books) is None
    assert ask(books, FEE, key="x2") is None


def test_a_day_that_is_over_is_not_confirmed(books: MemoryBooks) -> None:
    ask(books, new_item())
    assert kind(confirm(books, at=NOW + timedelta(days=30))) == "catalogue-day-over"
    assert books.catalogue_changes["x1"].state == "waiting"


def test_dropped_with_a_reason_also_after_the_confirmation(books: MemoryBooks) -> None:
    ask(books, new_item())
    confirm(books)
    assert kind(drop(books, " ")) == "note-missing"
    assert drop(books) is None
    assert books.catalogue_changes["x1"].state == "dropped"
    assert kind(drop(books)) == "catalogue-change-over"
    assert kind(confirm(books, key="none")) == kind(drop(books, key="none")) == "unknown-catalogue-change"

"""目录台 over a real store: who sees it, each line before → after, what an item lacks, files whole or not at all, a hall to try it in."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
import yaml

from clerk_app.cases.catalogue_lines import CatalogueLine, changed_catalogue
from clerk_app.cases.catalogue_shape import FIVE, field_words
from clerk_app.command import Refusal
from clerk_app.hall import read_hall
from clerk_app.office.counter.guide import guide_paper, item_guide
from clerk_app.office.office import Done, Office
from clerk_app.office.oversight.catalogue_cells import cell_text, codecs, read_cell
from clerk_app.office.oversight.catalogue_desk import (
    CatalogueDesk,
    ask,
    catalogue_desk,
    confirm,
    document_now,
    drop,
    trouble_of,
)
from clerk_app.office.oversight.catalogue_file import read_file, read_items
from clerk_app.office.oversight.catalogue_readiness import Around, lacks_of
from clerk_app.office.oversight.catalogue_trial import lay_trial
from clerk_app.office.oversight.catalogue_words import record_paper
from clerk_app.outside.hall_file import document_findings, read_hall_document
from clerk_app.sealing.documents import paper_book
from clerk_app.settings import TRIAL_HALL, TRIAL_WINDOW
from clerk_app.training import training_hall, training_window
from tests.cases.new_item import CODE, EVERY, FEE, OFF, OLD, PAPER, item_row, new_item, old_item
from tests.desk import cut_office, sit, training_document
from tests.office.test_audit import as_role

DAY = date(2026, 12, 1)
DOCUMENT = training_document()


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


def asked(office: Office, *lines: CatalogueLine, on: date = DAY) -> str:
    as_role(office, "P110")
    answer = ask(office, lines, PAPER, on)
    assert isinstance(answer, Done), answer
    return catalogue_desk(office).rows[0].change.id


@pytest.mark.parametrize(
    ("person", "sees", "asks"),
    [("P110", True, True), ("P109", True, False), ("P101", True, False), ("P203", False, False)],
)
def test_who_sees_and_who_asks(office, person, sees, asks) -> None:
    asked(office, new_item())
    as_role(office, person) if person in ("P109", "P110") else sit(office, person)
    desk = catalogue_desk(office)
    assert (desk.may_see, desk.may_ask, bool(desk.rows), bool(desk.items)) == (sees, asks, sees, sees)


def test_nobody_signed_in_sees_nothing(office) -> None:
    office.session = None
    assert catalogue_desk(office) == CatalogueDesk()


def test_every_kind_of_line_is_told_before_and_after(office) -> None:
    asked(office, *EVERY)
    (row,) = catalogue_desk(office).rows
    told = {
        (line.what, changed.field): (changed.before, changed.after) for line in row.lines for changed in line.changed
    }
    assert told["事项", "承诺时限"] == ("（没有）", "当场")
    assert [one.field for one in row.lines[0].changed][:4] == list(FIVE.values())[:4]
    assert told["收费", "收费标准"] == ("0", "5.00")
    assert told["窗口时间和预约", "预约时段"] == ("（没有）", "09:00-10:00 4个")
    assert told["合法签发机构", "合法签发机构"] == ("不认", "认")
    assert told["事项下线", "事项"][1] == "下线，不再收件"
    assert "江州铁路运输法院" in told["救济途径", "救济途径"][1]


def test_asked_confirmed_dropped(office) -> None:
    change = asked(office, new_item())
    assert catalogue_desk(office).rows[0].why_not_confirm == "提的是您本人，要另一人确认"
    assert isinstance(confirm(office, change), Refusal)
    sit(office, "P101")
    assert catalogue_desk(office).rows[0].why_not_confirm == ""
    assert isinstance(confirm(office, change), Done)
    assert catalogue_desk(office).rows[0].state == "confirmed"
    assert CODE not in office.hall.items, "nothing changes before its day"
    assert isinstance(drop(office, change, "批文撤了"), Done)
    assert catalogue_desk(office).rows[0].state == "dropped"


def test_trouble_is_told_before_it_is_asked(office) -> None:
    asked(office, old_item(complaint="12345"))
    assert any("还没了结" in one for one in trouble_of(office, [FEE]))
    assert any("窗口 99" in one for one in trouble_of(office, [new_item(windows=[99])]))
    assert trouble_of(office, [new_item()]) == ()


# -- what an item lacks


def lacks(**more: object) -> dict[str, str]:
    coming = changed_catalogue(DOCUMENT, [new_item(**more)])
    around = Around(day=DAY, recorded={}, papers=paper_book().kinds, forms=("company_registration",))
    return {lack.what: lack.sentence for lack in lacks_of(coming, CODE, around)}


@pytest.mark.parametrize(
    ("more", "what", "words"),
    [
        ({"letters": ["C"]}, "窗口", "都不叫业务字母 C"),
        ({}, "授权书", "没有一份那天有效的授权书"),
        ({"skills": ["婚姻登记员"]}, "人", "都没有上岗资格"),
        ({"seal": "S-SJ"}, "印章", "决定书不能盖"),
        ({"seal": "S-ZWJ"}, "印章", "不是这个部门的"),
        ({"kind": "promise", "windows": [11], "letters": ["H"]}, "印章", "没有收件专用章"),
        ({"fee": 500, "fee_source": "发改价格〔2026〕1号"}, "收费", "收费项目编码"),
        ({"form": "没有的表"}, "样式", "没有登记表"),
        ({"decision_document": "受理通知书"}, "样式", "不能当决定书"),
    ],
)
def test_what_an_item_lacks_is_a_sentence_with_its_place(more, what, words) -> None:
    assert words in lacks(**more).get(what, "")


def test_a_letter_recorded_at_the_desk_counts_and_then_nothing_is_missing() -> None:
    coming = changed_catalogue(DOCUMENT, [new_item()])
    around = Around(day=DAY, recorded={"江市监授〔2026〕9号": (CODE,)}, papers=paper_book().kinds, forms=())
    assert lacks_of(coming, CODE, around) == ()


def test_without_remedies_a_refusal_cannot_be_printed() -> None:
    bare = {**DOCUMENT, "departments": [{**row, "remedies": {}} for row in DOCUMENT["departments"]]}
    around = Around(day=DAY, recorded={"x": (CODE,)}, papers={}, forms=())
    assert [one.what for one in lacks_of(changed_catalogue(bare, [new_item()]), CODE, around)] == ["救济途径"]


# -- cells and files


def test_every_cell_of_the_training_hall_is_written_and_read_back() -> None:
    for row in DOCUMENT["items"]:
        for key, value in row.items():
            if key in codecs or isinstance(value, str):
                assert read_cell(key, cell_text(key, value)) == value, (row["short"], key)


def test_a_file_of_items_in_yaml_json_and_as_a_table(office, tmp_path) -> None:
    row = item_row()
    plain = tmp_path / "items.yaml"
    plain.write_text(yaml.safe_dump({"items": [row, DOCUMENT["items"][0]]}, allow_unicode=True), "utf-8")
    tight = tmp_path / "items.json"
    tight.write_text(json.dumps([row]), "utf-8")
    heads = [field_words[key] for key in row]
    table = tmp_path / "items.csv"
    cells = (cell_text(key, value) for key, value in row.items())
    text = ",".join(heads) + "\r\n" + ",".join(f'"{cell}"' for cell in cells) + "\r\n"
    table.write_bytes(text.encode("gb18030"))
    for file in (plain, tight, table):
        read = read_file(file, document_now(office))
        assert read.findings == (), file.name
        assert read.lines == (new_item(),), file.name
    assert read_file(plain, document_now(office)).same == 1, "what stands like that already is no change"


@pytest.mark.parametrize(
    ("text", "table", "words"),
    [
        ("items: [", False, "读不下去"),
        ("a: &a [1]\nitems: [*a, *a]", False, "引用了别处"),
        ("items: []", False, "没有事项"),
        ("- 1", False, "第 1 项不是"),
        ("名称,颜色\n甲,红", True, "栏名“颜色”不认识"),
        ("承诺时限\n三天", True, "第 2 行：承诺时限“三天”没看懂"),
        ("名称", True, "没有事项"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(text, table, words) -> None:
    read = read_items(text.encode(), DOCUMENT, table=table)
    assert read.lines == ()
    assert words in read.findings[0]


def test_one_wrong_item_and_nothing_is_imported_each_gap_with_its_row() -> None:
    rows = [item_row(), item_row(code=CODE[:-1] + "2", steps=[], windows=[99])]
    read = read_items(json.dumps(rows).encode(), DOCUMENT, table=False)
    assert read.lines == ()
    assert len(read.findings) == 2
    assert all(one.startswith("第 2 项：") for one in read.findings)


def test_workbooks_missing_files_and_bytes_are_said(tmp_path) -> None:
    assert "另存为 CSV" in read_file(tmp_path / "a.xlsx", DOCUMENT).findings[0]
    assert "打不开" in read_file(tmp_path / "none.yaml", DOCUMENT).findings[0]
    assert "UTF-8" in read_items(b"\xff\xff\xff", DOCUMENT, table=False).findings[0]
    same = read_items(json.dumps(DOCUMENT["items"]).encode(), DOCUMENT, table=False)
    assert "一样" in same.findings[0]


# -- papers and the trial


def test_the_record_names_who_when_by_what_and_the_version(office) -> None:
    asked(office, new_item())
    change = catalogue_desk(office).rows[0].change
    over = replace(
        change, confirmed_by="P101", confirmed_at=change.asked_at, applied_version="ab" * 32, applied_at=change.asked_at
    )
    names = {key: person.name for key, person in office.hall.roster.people.items()}
    paper = record_paper([over], names, "江州市", DAY, training=True)
    (line,) = paper.parts[0].lines
    for words in ("歇业备案", PAPER, "（P110）", "（P101）", "确认", "生效，大厅资料版本 abababab"):
        assert words in line
    several = replace(change, lines=EVERY)
    (line,) = record_paper([several], {**names, OLD: "公司变更"}, "江州市", DAY, training=True).parts[0].lines
    for words in (
        "收费“公司变更”",
        "窗口时间和预约“2号窗口”",
        "文书分类“全部文书”",
        f"事项下线“{OFF.key}”",
        "定于 2026-12-01 生效",
    ):
        assert words in line
    assert record_paper([], names, "江州市", DAY, training=False).parts[0].head == "没有变动"


def test_the_printed_guide_has_all_a_citizen_asks_for(office) -> None:
    paper = guide_paper(office.hall, next(iter(office.hall.items.values())), DAY, training=False)
    heads = [part.head for part in paper.parts]
    for wanted in (
        "政策依据", "申报条件", "申报材料", "办事程序", "承诺时限", "收费标准", "办理结果", "受理窗口和时间", "咨询和投诉", "救济途径",
    ):  # fmt: skip
        assert wanted in heads


def test_what_an_examiner_looks_at_is_on_the_card_and_never_on_the_guide(office) -> None:
    before = [{"name": "经营场所证明"}, {"name": "消防验收", "not_needed_since": "2026-01-01"}]
    line = old_item(review_notes=["住所和章程是否一致"], prerequisites=before)
    item = read_hall(changed_catalogue(DOCUMENT, [line]), "v2").items[line.key]
    card = item_guide(office.hall, item)
    assert card.notes == ("住所和章程是否一致",)
    paper = guide_paper(office.hall, item, DAY, training=False)
    told = {part.head: part.lines for part in paper.parts}
    assert told["前置条件"] == ("经营场所证明", "消防验收（2026-01-01 起不再要）")
    assert "住所和章程是否一致" not in str(paper)


def test_the_coming_catalogue_can_be_tried_in_a_hall_of_its_own(office, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    asked(office, new_item(windows=[3]))
    folder = lay_trial(office, catalogue_desk(office).rows[0].change)
    assert not isinstance(folder, Refusal)
    text = (folder / TRIAL_HALL).read_text("utf-8")
    document, findings = read_hall_document(text)
    assert findings == []
    assert document is not None
    assert document_findings(document) == []
    assert CODE in {row["code"] for row in document["items"]}
    assert "试办" in document["hall"]["name"]
    assert (training_hall(folder), training_window(folder)) == (folder / TRIAL_HALL, 3)
    for file in (TRIAL_HALL, TRIAL_WINDOW):
        (folder / file).unlink()
    assert training_hall(folder).name == "training.yaml"
    assert training_window(folder) == 2
    folder.rmdir()

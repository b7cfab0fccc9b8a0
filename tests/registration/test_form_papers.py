"""表单文书: every fact on a paper is the document's; private values stand on private pages alone; blanks are lines, never None."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.office.registration.paper_files import copy_cards, form_paper_kinds, granted_lines
from clerk_app.registration.comparing import changes
from clerk_app.registration.copy_card import copy_lines
from clerk_app.registration.document import put
from clerk_app.registration.extracts import DEPARTMENTS
from clerk_app.registration.findings import Finding
from clerk_app.registration.model import empty_document
from clerk_app.registration.papers.changes import change_rows
from clerk_app.registration.papers.department import of_department
from clerk_app.registration.papers.filling import Around, fill, fits
from clerk_app.registration.papers.gaps import finding_rows, gaps_from
from clerk_app.registration.papers.pattern import FormPaperKind, GridPattern, TablePattern, TicksPattern, places_of
from clerk_app.registration.papers.sheet import CellGrid, FormPaper, FormSheet, RowTable, SignLines, Words
from clerk_app.registration.shown import Reader, day_words, masked_text
from tests.registration.applications import Application, applications, joint_stock
from tests.registration.test_form import EXAMPLE, FORM

KINDS = {kind.key: kind for kind in form_paper_kinds()}
AROUND = Around(case_no="JZ20261120-00042", day=date(2026, 11, 20))
STYLES = {"", "大写", "元", "iso", "；"}


def paper(key: str, document: dict[str, Any], around: Around = AROUND) -> FormPaper:
    return fill(KINDS[key], FORM, document, around)


def texts(sheet: FormSheet) -> Iterator[str]:
    for part in sheet.parts:
        if isinstance(part, Words):
            yield part.text
        elif isinstance(part, CellGrid):
            yield from (text for line in part.lines for cell in line for text in (cell.label, cell.text))
        elif isinstance(part, RowTable):
            yield from (*part.head, *(text for row in part.rows for text in row))
        else:
            assert isinstance(part, SignLines)
            yield from part.lines


def said(one: FormPaper, *, private: bool | None = None) -> str:
    return "\n".join(text for sheet in one.sheets if private in (None, sheet.private) for text in texts(sheet))


def secrets(document: dict[str, Any]) -> set[str]:
    names = [one.name for one in FORM.fields_in("persons") if one.masked]
    return {one[name] for one in document["persons"] for name in names if one.get(name) and len(one[name]) > 3}


def named(kind: FormPaperKind) -> Iterator[tuple[str, str, str]]:
    """Every place a paper names, its style, and in which repeat it stands."""
    for sheet in kind.sheets:
        for part in sheet.parts:
            if isinstance(part, TicksPattern):
                yield part.place, "", ""
            elif isinstance(part, GridPattern):
                yield from ((*one, part.each) for line in part.lines for cell in line for one in places_of(cell.say))
            elif isinstance(part, TablePattern):
                yield from ((*one, part.of) for say in part.say for one in places_of(say))
            else:
                lines = part.lines if hasattr(part, "lines") else (part.say,)
                yield from ((*one, part.each) for line in lines for one in places_of(line))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_every_place_a_paper_names_is_one_of_the_form(kind: FormPaperKind) -> None:
    reader = Reader(FORM, {})
    for place, style, each in named(kind):
        assert style in STYLES
        if place != "#":
            assert all(reader.field(one) is not None for one in place.split("|")), place
        assert not each or each in FORM.repeat_by_id
    for gate in (kind.when, *(sheet.when for sheet in kind.sheets)):
        assert isinstance(gate, bool) or all(one.field in FORM.by_id for one in (gate.all or (gate,)))


def test_each_line_of_the_decision_names_places_of_the_form() -> None:
    reader = Reader(FORM, EXAMPLE)
    assert [reader.text(place, style=style) for line in granted_lines() for place, style in places_of(line)]
    assert all(reader.field(place) for line in granted_lines() for place, _ in places_of(line))


@pytest.mark.parametrize("document", [EXAMPLE, empty_document(FORM), {}], ids=["example", "empty", "nothing"])
def test_no_paper_says_none_or_leaves_a_place_open(document: dict[str, Any]) -> None:
    for kind in KINDS.values():
        text = said(fill(kind, FORM, document, AROUND))
        assert "None" not in text
        assert not re.search(r"[{}\[\]]", text), kind.key


def test_the_application_shows_what_was_filled_in() -> None:
    one = paper("application", EXAMPLE)
    text = said(one, private=False)
    for value in ("江州岚栎舟信息技术有限公司", "壹佰万元整", "软件开发；信息技术咨询服务", "2027年1月15日", "解芸岚"):
        assert value in text
    assert [sheet.private for sheet in one.sheets] == [False, False, False, False, True]
    assert (one.version, one.case_no) == (FORM.version, AROUND.case_no)
    assert not [secret for secret in secrets(EXAMPLE) if secret in text]
    apart = said(one, private=True)
    assert all(secret in apart for secret in secrets(EXAMPLE))


@settings(max_examples=25, deadline=None)
@given(applications(), st.sampled_from(sorted(KINDS)))
def test_private_values_stand_on_private_pages_alone(application: Application, key: str) -> None:
    document = application.document
    if fits(KINDS[key], document):
        others = {document["company"]["phone"], document["company"]["domicile"]["full_text"]}
        text = said(paper(key, document), private=False)
        assert not [secret for secret in secrets(document) - others if secret in text]


def test_a_person_may_be_at_home_where_the_company_is() -> None:
    document = copy.deepcopy(EXAMPLE)
    document["persons"][0]["mobile"] = document["company"]["phone"] = "13800001037"
    assert said(paper("application", document), private=False).count("13800001037") == 1, "the company's own, once"


def test_which_papers_belong_to_which_application() -> None:
    def keys(**parts: Any) -> set[str]:
        document = copy.deepcopy(EXAMPLE)
        document["application"]["registration_type"] = parts.pop("type", "设立")
        document["company"] |= parts
        return {kind.key for kind in KINDS.values() if fits(kind, document) and not kind.key.startswith("department")}

    always = {"letter", "materials", "findings"}
    assert keys() == always | {"application", "articles_limited", "resolution_limited"}
    assert keys(company_type="有限责任公司（法人独资）") == always | {"application", "articles_sole", "resolution_sole"}
    assert keys(company_type="股份有限公司（上市）") == always | {"application", "articles_joint", "resolution_joint"}
    assert keys(type="注销") == always | {"cancellation", "resolution_limited"}
    assert keys(type="变更") == always | {"application", "changes", "articles_limited", "resolution_limited"}


def changed(**parts: Any) -> dict[str, Any]:
    document = copy.deepcopy(EXAMPLE)
    for place, value in parts.items():
        document = put(document, f"/{place.replace('__', '/')}", value)
    return document


def test_the_application_does_not_say_that_it_is_signed_already() -> None:
    text = said(paper("application", EXAMPLE))
    assert "签署日期" not in text
    assert "申请人承诺\n是" not in text
    lines = [
        line
        for one in paper("application", EXAMPLE).sheets
        for part in one.parts
        if isinstance(part, SignLines)
        for line in part.lines
    ]
    assert lines[:2] == ["法定代表人签字", "指定代表或者委托代理人签字"]


def test_every_contribution_stands_with_its_own_amount_and_day() -> None:
    first = EXAMPLE["shareholders"][0]["contributions"][0]
    two = [{**first, "amount": "20"}, {**first, "method": "知识产权", "amount": "40", "due_on": "2030-12-31"}]
    (sheet,) = [
        one for one in paper("application", changed(shareholders__0__contributions=two)).sheets if "附表二" in one.title
    ]
    tables = [part for part in sheet.parts if isinstance(part, RowTable)]
    assert ("2", "解芸岚", "知识产权", "40", "2030年12月31日", "——") in tables[1].rows


def test_what_a_company_does_not_have_is_said_so() -> None:
    none = changed(governance__managers=[])
    sole = put(none, "/company/company_type", "有限责任公司（自然人独资）")
    for document, keys in (
        (none, ("articles_limited", "resolution_limited")),
        (sole, ("articles_sole", "resolution_sole")),
    ):
        for key in keys:
            text = said(paper(key, document))
            assert "公司不设经理。" in text
            assert "公司经理：" not in text
    audit = changed(governance__supervision_mode="审计委员会")
    heads = [
        part.head for one in paper("application", audit).sheets for part in one.parts if isinstance(part, RowTable)
    ]
    assert ("序号", "姓名", "职务", "产生方式", "任期", "证件号码", "职工代表") not in heads


def test_changed_articles_do_not_speak_as_if_the_company_were_new() -> None:
    for key, kind in (
        ("articles_limited", "有限责任公司（自然人投资或控股）"),
        ("articles_sole", "有限责任公司（自然人独资）"),
        ("articles_joint", "股份有限公司（非上市）"),
    ):
        now = changed(company__company_type=kind, company__term_type="固定", company__term_years=20)
        text, later = (said(paper(key, put(now, "/application/registration_type", one))) for one in ("设立", "变更"))
        assert "营业期限为20年" in text
        assert "自公司成立之日起生效" in text
        assert "自公司成立之日起生效" not in later
        assert "首届" not in later
        assert "首任" not in later


def test_an_end_without_liquidators_names_none() -> None:
    ending = changed(application__registration_type="注销", cancellation={"procedure": "简易注销"})
    assert "清算组" not in said(paper("resolution_limited", ending))
    assert "清算组" in said(paper("resolution_limited", put(ending, "/cancellation/procedure", "一般注销")))


def test_the_unified_code_stands_once_on_a_department_s_paper() -> None:
    around = Around(case_no="1", day=AROUND.day, code="91429901MA4KAAAA01")
    text = said(fill(KINDS["department-税务"], FORM, of_department(FORM, EXAMPLE, "税务"), around))
    assert text.startswith("本表只含")
    assert text.count("91429901MA4KAAAA01") == 1
    assert "统一社会信用代码\n91429901MA4KAAAA01" in text
    assert "91429901MA4KAAAA01" not in said(paper("application", EXAMPLE, around)), (
        "the form of a new company asks for none"
    )


def test_a_list_of_many_columns_is_a_block_of_cells_a_row() -> None:
    sheets = fill(KINDS["department-市场监管"], FORM, EXAMPLE, AROUND).sheets
    blocks = [part for one in sheets for part in one.parts if isinstance(part, CellGrid) and part.whole]
    labels = [[cell.label for line in one.lines for cell in line] for one in blocks]
    assert labels[0][:2] == labels[1][:2] == ["股东类型", "自然人"]
    assert [one for one in labels if "证件号码" in one], "and somebody's name stands with his number"


def test_the_letter_ticks_what_was_permitted() -> None:
    document = copy.deepcopy(EXAMPLE)
    document["agent"]["permissions"] = ["核对复印件"]
    text = said(paper("letter", document))
    assert "■ 核对复印件" in text
    assert "□ 领取执照和文书" in text
    assert text.count("■ ") == 1


def test_hidden_values_are_on_no_paper() -> None:
    document = copy.deepcopy(EXAMPLE)
    document["bank"] |= {"need": False, "bank_name": "藏着的银行"}
    text = said(fill(KINDS["department-银行"], FORM, of_department(FORM, document, "银行"), AROUND))
    assert "藏着的银行" not in text


def test_a_joint_stock_company_s_articles_have_its_promoters() -> None:
    document = joint_stock()
    text = said(paper("articles_joint", document))
    names = {one["key"]: one["name"] for one in document["persons"]}
    assert all((names.get(one["person"]) or one["name"]) in text for one in document["shareholders"])


def test_a_department_s_paper_has_its_own_people_only() -> None:
    document = of_department(FORM, EXAMPLE, "公安")
    text = said(fill(KINDS["department-公安"], FORM, document, AROUND))
    assert "429901198506120025" in text
    assert "429901199611030042" not in text
    assert "13800001037" not in text, "the police are not told anybody's mobile"


def test_changes_stand_old_beside_new_and_private_ones_apart() -> None:
    after = copy.deepcopy(EXAMPLE)
    after["application"]["registration_type"] = "变更"
    after["company"]["name"] = "江州新名信息技术有限公司"
    after["persons"][0]["mobile"] = "13900002222"
    plain, private = (change_rows(changes(FORM, EXAMPLE, after), private=apart) for apart in (False, True))
    assert ("企业名称（登记）", "江州岚栎舟信息技术有限公司", "江州新名信息技术有限公司") in [row[1:] for row in plain]
    assert not [row for row in plain if "13900002222" in "".join(row)]
    assert [row[2:] for row in private] == [("13800001037", "13900002222")]
    one = paper(
        "changes", after, Around(case_no="1", day=AROUND.day, tables={"changes": plain}, private={"changes": private})
    )
    assert "13900002222" in said(one, private=True)
    assert "13900002222" not in said(one, private=False)
    assert "江州新名信息技术有限公司" in said(one, private=False)


def test_without_private_changes_there_is_no_private_page() -> None:
    tables = {"changes": (("1", "企业名称", "旧", "新"),)}
    one = paper("changes", EXAMPLE, Around(case_no="1", day=AROUND.day, tables=tables, private={"changes": ()}))
    assert [sheet.private for sheet in one.sheets] == [False]
    assert "旧" in said(one)


FOUND = (
    Finding(rule="S-POST", severity="info", pointer="/company/scope/1", message="后置许可。", basis="条例 14"),
    Finding(rule="N-NEAR", severity="warning", pointer="/company/trade_name", message="同音。", basis="–"),
    Finding(rule="P-ID-CHECK", severity="error", pointer="/persons/0/id_no", message="校验位不对。", basis="GB 11643"),
    Finding(rule="REQ", severity="error", pointer="/shareholders/1/contributions/0/due_on", message="没填。", basis=""),
    Finding(rule="X", severity="error", pointer="/no/such/7/place", message="不认得。", basis=""),
)


def test_gaps_say_where_what_and_why() -> None:
    gaps = gaps_from((*FOUND, FOUND[2]), FORM, EXAMPLE)
    assert [gap.what for gap in gaps] == [
        "登记表·字号",
        "登记表·解芸岚·证件号码",
        "登记表·鲍栎舟·第 1 笔出资·出资期限",
        "登记表",
    ]
    assert [gap.wanted for gap in gaps][:2] == ["同音。", "校验位不对。依据：GB 11643。"]


def test_the_list_to_take_home_has_all_findings_errors_first() -> None:
    rows = finding_rows(FOUND, FORM, EXAMPLE)
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5"]
    assert [row[1] for row in rows] == ["要改", "要改", "要改", "核实", "提示"]
    one = paper("findings", EXAMPLE, Around(case_no="1", day=AROUND.day, tables={"findings": rows}))
    assert all(finding.message in said(one) for finding in FOUND)


odd = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=4) | st.just("p1"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["person", "key", "name", "contributions", "domicile", "legal_rep"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(list(EXAMPLE)), odd), st.sampled_from(sorted(KINDS)))
def test_a_document_of_another_shape_makes_a_paper_or_none_and_never_raises(document: dict[str, Any], key: str) -> None:
    fits(KINDS[key], document)
    text = said(fill(KINDS[key], FORM, of_department(FORM, document, "税务"), AROUND))
    assert "None" not in text
    change_rows(changes(FORM, EXAMPLE, document), private=True)
    for card in copy_cards():
        copy_lines(card, FORM, document)


def test_words_of_days_and_masks() -> None:
    assert day_words("2026-12") == "2026年12月"
    assert day_words("2026-02-30") == "2026-02-30"
    assert day_words("长期") == "长期"
    assert masked_text("429901198506120025") == "429******0025"
    assert masked_text("") == ""
    assert masked_text("解芸岚") == "解******"


IN_WORDS = {"100": "壹佰万元整", "7": "柒万元整", "0.000001": "壹分", "100.00001": "壹佰万元壹角"}


@pytest.mark.parametrize("amount", [*IN_WORDS, 7, "0.0000001", "100.0000001", "1e5", "NaN", "一百", "9" * 30, None, {}])
def test_an_amount_is_in_words_exactly_or_not_at_all(amount: Any) -> None:
    document = {"company": {"registered_capital": amount}}
    words = Reader(FORM, document).text("company.registered_capital", style="大写")
    assert words == IN_WORDS.get(str(amount), "")


def test_every_card_names_places_of_the_form_and_every_department_has_one() -> None:
    reader = Reader(FORM, {})
    for card in copy_cards():
        for one in card.fields:
            assert all(reader.field(place) is not None for place in one.place.split("|")), one.place
            assert not one.each or one.each in FORM.repeat_by_id
    assert {card.department for card in copy_cards()} == set(DEPARTMENTS)


def test_a_card_s_lines_are_the_document_s_values_in_the_other_system_s_order() -> None:
    card = next(card for card in copy_cards() if card.department == "公积金")
    lines = copy_lines(card, FORM, EXAMPLE)
    assert [(line.label, line.value) for line in lines][:3] == [
        ("企业名称", "江州岚栎舟信息技术有限公司"),
        ("住所全文", "江南省江州市滨湖区（虚构）街道澄砚路18号楼302室"),
        ("法定代表人", "解芸岚"),
    ]
    secured = {line.value: line.masked for line in lines if line.secured}
    assert secured == {
        "429901198506120025": "429******0025",
        "429901199611030042": "429******0042",
        "13800001111": "138******1111",
    }
    assert len({line.id for line in lines}) == len(lines)


def test_a_card_keeps_a_row_s_fields_together() -> None:
    card = next(card for card in copy_cards() if card.department == "税务")
    labels = [line.label for line in copy_lines(card, FORM, EXAMPLE)]
    first = labels.index("解芸岚·投资方")
    assert labels[first : first + 4] == ["解芸岚·投资方", "解芸岚·投资方证照号码", "解芸岚·投资比例%", "鲍栎舟·投资方"]

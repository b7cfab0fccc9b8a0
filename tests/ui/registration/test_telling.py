"""What the page says of a form: steps and their states, fields with their values, lists, and what is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clerk_app.cases.life import Gap, OneTimeNotice
from clerk_app.registration.document import put
from clerk_app.registration.joint import FormPoint, point_subject
from tests.registration.test_form import EXAMPLE, FORM
from tests.ui.registration.sheets import CASE, EMPTY, filled
from ui.registration.sheet import Sheet
from ui.registration.telling import tell_form
from ui.registration.view import REVIEW, Block, CellView, GridView, RepeatView


def cells(blocks: tuple[Block, ...]) -> list[CellView]:
    found: list[CellView] = []
    for block in blocks:
        found += block.cells if isinstance(block, GridView) else cells(block.inside)
    return found


def repeats(blocks: tuple[Block, ...]) -> list[RepeatView]:
    found: list[RepeatView] = []
    for block in blocks:
        if isinstance(block, RepeatView):
            found += [block, *repeats(block.inside)]
    return found


def everything(sheet: Sheet) -> list[CellView]:
    return [cell for step in FORM.steps for cell in cells(tell_form(sheet.at(step.id)).blocks)]


def cell(sheet: Sheet, slot: str) -> CellView:
    return next(one for one in everything(sheet) if one.slot == slot)


def test_every_visible_field_of_the_example_is_shown_with_its_value() -> None:
    shown = {one.slot: one for one in everything(filled())}
    hidden = {
        "company.uscc", "company.establish_mode", "company.term_years", "company.business_place", "persons[].key",
        "company.scope[].approval_no", "shareholders[].name", "shareholders[].uscc", "shareholders[].legal_rep_name",
        "shareholders[].address", "governance.no_supervisor_unanimous", "agent.org_name", "agent.org_uscc",
        "agent.identity_declared", "persons[].real_name_by",
        *(place for place in FORM.by_id if place.startswith(("change.", "cancellation."))),
    }  # fmt: skip
    lists = {field.id for field in FORM.fields if field.repeat == "beneficial_owners.items"}
    assert set(shown) == set(FORM.by_id) - hidden - lists
    assert shown["company.name"].text == "江州岚栎舟信息技术有限公司"
    assert shown["company.staff_count"].text == "6"
    assert shown["company.paper_licence"].ticked
    assert shown["agent.permissions"].chosen == FORM.by_id["agent.permissions"].choices
    assert len({one.slot for one in everything(filled())}) == len(everything(filled())), "one widget a field"


def test_steps_say_where_they_stand() -> None:
    states = {mark.id: (mark.state, mark.note) for mark in tell_form(EMPTY).steps}
    assert set(states.values()) == {("untouched", "没填"), ("untouched", "前面还没填好")}
    one = replace(EMPTY, document=put(EMPTY.document, "/company/trade_name", "岚栎舟"))
    marks = {mark.id: mark for mark in tell_form(one).steps}
    assert marks["name"].state == "incomplete"
    assert marks["name"].note.startswith("还有 ")
    assert marks["place"].state == "untouched"
    assert {mark.state for mark in tell_form(filled()).steps[:-1]} == {"done"}
    assert tell_form(filled()).steps[-1].note == "没自检"
    assert tell_form(replace(filled(), checked=True)).steps[-1].state == "done"


def test_a_place_says_what_it_lacks_only_after_one_was_there() -> None:
    place = "/company/trade_name"
    assert cell(EMPTY, "company.trade_name").finding == ""
    left = replace(EMPTY, left=frozenset({place}))
    told = tell_form(left)
    listed = next(row for row in told.points if row.pointer == place)
    assert cell(left, "company.trade_name").finding == listed.sentence == "还没填字号。"
    assert listed.where == "名称与类型"


def test_the_last_step_ends_the_form_and_says_why_not_yet() -> None:
    assert tell_form(filled().at(REVIEW)).next_words == "自检并确认"
    assert tell_form(filled().at(REVIEW)).next_reason == ""
    assert tell_form(replace(filled().at(REVIEW), checked=True)).next_words == "回到办件"
    told = tell_form(replace(EMPTY.at(REVIEW), shown=True))
    assert told.next_reason == f"右边还有 {len(told.points)} 处，Ctrl+H 去第一处"
    assert tell_form(EMPTY).next_words == "下一步：住所"
    assert tell_form(EMPTY).first


def test_a_list_shows_its_rows_and_the_chosen_ones_fields() -> None:
    sheet = filled().at("capital").choose("/shareholders", 1)
    outer, inner = repeats(tell_form(sheet).blocks)
    assert [row.cell(1).text for row in outer.rows] == ["解芸岚", "鲍栎舟"]
    assert (outer.chosen, outer.row_title, outer.row_note) == (1, "第 2 位股东", "鲍栎舟")
    assert inner.pointer == "/shareholders/1/contributions"
    assert [c.pointer for c in cells(outer.inside)][:2] == ["/shareholders/1/kind", "/shareholders/1/person"]


def test_people_are_chosen_by_name_and_masked_in_the_list() -> None:
    person = cell(filled(), "governance.legal_rep.person")
    assert person.choices == (("p1", "解芸岚"), ("p2", "鲍栎舟"), ("p3", "戚蔓"))
    gone = filled(liaison={"person": "p9"})
    assert ("p9", "已删去的人") in cell(gone, "liaison.person").choices
    (people,) = repeats(tell_form(filled().at("people")).blocks)
    number = people.rows[0].cell(3).text
    assert number.startswith("429")
    assert "*" * 11 in number


def test_a_value_that_is_not_on_the_list_is_still_shown() -> None:
    odd = filled()
    odd = replace(odd, document=put(odd.document, "/company/org_form", "合作社"))
    assert ("合作社", "合作社") in cell(odd, "company.org_form").choices


@pytest.mark.parametrize(("value", "optional"), [("发起设立", False), (None, True)])
def test_what_is_asked_for_at_other_times_says_so(value: str | None, optional: bool) -> None:
    sheet = filled()
    document = put(sheet.document, "/company/establish_mode", value)
    document = put(document, "/company/company_type", "股份有限公司（非上市）")
    assert cell(replace(sheet, document=document), "shareholders[].contributions[].paid_on").optional == optional


def test_a_locked_form_says_why() -> None:
    told = tell_form(replace(filled(), locked="这件已往下办，登记表只能看。"))
    assert told.locked
    assert told.strip is not None
    assert told.strip.head == "这件已往下办，登记表只能看。"


@pytest.mark.parametrize("part", ["persons", "company", "shareholders"])
def test_an_import_of_another_shape_is_shown_empty(part: str) -> None:
    for wrong in (None, 3, "x", [1], {"x": 1}):
        everything(filled(**{part: wrong}))


def test_what_a_notice_told_of_a_field_stands_at_the_field_until_it_is_settled() -> None:
    point = FormPoint(
        id="p-1", case="c-1", department="人社", pointer="/company/phone", label="联系电话", opinion="打不通。", basis="",
        before=EXAMPLE["company"]["phone"], by="P403", at=CASE.received_at,
    )  # fmt: skip
    notice = OneTimeNotice(
        gaps=(Gap(what="联系电话打不通。", about=(point_subject("p-1"),)),),
        bring_by=None, by="P203", at=CASE.received_at, window=2,
    )  # fmt: skip
    told = replace(CASE, state="correction", life=replace(CASE.life, notices=(notice,)))
    sheet = replace(filled(), case=told, points=(point,))
    assert cell(sheet, "company.phone").finding == "人社：打不通（未读）"
    read = replace(sheet, points=(replace(point, read_at=CASE.received_at),))
    assert cell(read, "company.phone").finding == "人社：打不通（没改）"
    assert cell(replace(read, document=put(read.document, "/company/phone", "0799-1")), "company.phone").finding == ""
    assert cell(replace(sheet, case=CASE), "company.phone").finding == "", "nobody was told of it yet"

"""What the form does with people, parents, findings and its end: over a real office at a cut line."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from clerk_app.office.registration.saving import save_form
from clerk_app.registration.document import get, put
from clerk_app.registration.row_keys import with_row_keys
from clerk_app.registration.unsaved import TypedPlace
from tests.registration.test_form import EXAMPLE, FORM
from tests.ui.parts import hand, part
from tests.ui.registration.bench import Bench
from tests.ui.registration.sheets import KEYED
from tests.visits import done
from ui.registration.cells import ChoiceCell, LineCell
from ui.registration.missing_pane import ConfirmBox
from ui.registration.people import NEW, SAME
from ui.registration.review_pane import ReviewPane
from ui.registration.saving import SAVE_MS
from ui.registration.searching import SearchCell
from ui.registration.view import REVIEW, PointRow
from ui.widgets.key_button import KeyButton


def opened_on(bench: Bench, **places: object) -> None:
    """The example with some places otherwise, as it was saved before."""
    document = EXAMPLE
    for name, value in places.items():
        document = put(document, "/" + name.replace("__", "/"), value)
    done(save_form(bench.office, bench.case.id, document))
    bench.open()
    bench.qtbot.waitUntil(lambda: bench.presenter.sheet is not None and bench.background.idle, timeout=5000)


def strip(bench: Bench) -> str:
    return bench.page.sheet._strip.text()


def points(bench: Bench) -> list[PointRow]:
    return list(bench.page.missing.table().rows())


def choice(bench: Bench, slot: str) -> ChoiceCell:
    cell = bench.page.cell(slot)
    assert isinstance(cell, ChoiceCell)
    return cell


def test_a_role_offers_one_more_and_comes_back_to_itself(bench: Bench) -> None:
    opened_on(bench)
    bench.presenter.go_to("agents")
    combo = choice(bench, "finance_officer.person").combo
    combo.setFocus()
    words = [combo.itemText(n) for n in range(combo.count())]
    assert words[:4] == ["", "解芸岚", "鲍栎舟", "戚蔓"]
    assert "与法定代表人同一人：解芸岚" in words
    combo.setCurrentIndex(combo.findData(NEW))
    assert get(bench.presenter.document, "/finance_officer/person") == "p3", "walking over it is not choosing it"
    bench.qtbot.keyClick(combo, Qt.Key.Key_Return)
    assert hand().objectName() == "cell-persons[].name"
    assert get(bench.presenter.document, "/finance_officer/person") == "p4"
    assert strip(bench) == "新加一位人员，填好按 Ctrl+Enter，回到“财务负责人”。"
    bench.type("persons[].name", "zhu")
    bench.qtbot.keyClick(hand(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert hand() is choice(bench, "finance_officer.person").combo
    assert choice(bench, "finance_officer.person").combo.currentText() == "zhu"


def test_the_same_person_as_another_role(bench: Bench) -> None:
    opened_on(bench)
    bench.presenter.go_to("agents")
    bench.page.changed.emit("/liaison/person", f"{SAME}/governance/legal_rep/person")
    assert get(bench.presenter.document, "/liaison/person") == "p1"
    assert get(bench.presenter.document, "/persons") == KEYED["persons"]


def test_who_is_deleted_leaves_marked_references_and_can_be_put_back(bench: Bench) -> None:
    opened_on(bench)
    bench.presenter.go_to("people")
    bench.page.remove_wanted.emit("/persons", 1)
    assert strip(bench) == "已删去第 2 位人员。股东、监事原来选的是他，已标成“已删去的人”，要另选。"
    assert {row.pointer for row in points(bench)} >= {"/shareholders/1/person", "/governance/supervisors/0/person"}
    bench.page.strip_link.emit()
    assert bench.presenter.document == KEYED
    assert points(bench) == []


def test_real_name_is_never_said_bare(bench: Bench) -> None:
    opened_on(bench)
    bench.presenter.go_to("people")
    bench.page.add_wanted.emit("/persons")
    bench.page.changed.emit("/persons/3/real_name_verified", "已认证")
    asked = {row.pointer for row in points(bench) if "/real_name_" in row.pointer}
    assert asked == {f"/persons/3/real_name_{name}" for name in ("method", "proof", "at")}
    bench.page.changed.emit("/persons/3/real_name_verified", "线下核验")
    asked = {row.pointer for row in points(bench) if "/real_name_" in row.pointer}
    assert asked == {f"/persons/3/real_name_{name}" for name in ("by", "at")}


def test_a_parent_that_is_another_empties_its_children_once_the_hand_left(bench: Bench) -> None:
    opened_on(bench)
    bench.presenter.go_to("place")
    bench.type("company.domicile.division_code", "110101")
    assert get(bench.presenter.document, "/company/domicile/road") == "澄砚路", "not while one types"
    bench.page.lead("/company/domicile/owner_name")
    assert get(bench.presenter.document, "/company/domicile/road") is None
    assert strip(bench) == "区划代码改了，乡镇/街道、路/村/社区、门牌号、邮政编码跟着清空了。"
    bench.page.strip_link.emit()
    assert get(bench.presenter.document, "/company/domicile/road") == "澄砚路"
    assert get(bench.presenter.document, "/company/domicile/division_code") == "110101"


def test_a_division_is_found_by_its_name_and_fills_the_parts(bench: Bench) -> None:
    bench.open()
    bench.presenter.go_to("place")
    cell = bench.page.cell("company.domicile.division_code")
    assert isinstance(cell, SearchCell)
    cell.line.setFocus()
    bench.qtbot.keyClicks(cell.line, "4299")
    found = cell.found()
    assert found.isVisible()
    assert [row.id for row in found.table.rows()] == ["429900", "429901"]
    bench.qtbot.keyClick(cell.line, Qt.Key.Key_Down)
    bench.qtbot.keyClick(cell.line, Qt.Key.Key_Return)
    assert not found.isVisible()
    domicile = bench.presenter.document["company"]["domicile"]
    assert [domicile[name] for name in ("division_code", "province", "city", "county")] == [
        "429901", "江南省", "江州市", "滨湖区",
    ]  # fmt: skip
    assert hand() is not cell.line


def test_what_is_wrong_is_told_behind_the_page_and_goes_when_it_is_mended(bench: Bench) -> None:
    opened_on(bench, persons__1__mobile="123")
    bench.qtbot.waitUntil(lambda: [row.kind for row in points(bench)] == ["error"], timeout=5000)
    (row,) = points(bench)
    assert (row.pointer, row.where) == ("/persons/1/mobile", "人员·鲍栎舟")
    assert next(mark for mark in bench.page.steps._marks if mark.id == "people").state == "errors"
    bench.page.missing.table().row_opened.emit(row.id)
    assert hand().objectName() == "cell-persons[].mobile"
    cell = bench.page.cell("persons[].mobile")
    assert isinstance(cell, LineCell)
    assert cell.finding() == "", "not before the hand left it"
    bench.page.lead("/persons/1/name")
    assert cell.finding() == row.sentence
    bench.type("persons[].mobile", "13800001074")
    bench.qtbot.waitUntil(lambda: points(bench) == [], timeout=5000)


def test_a_warning_is_answered_for_with_a_word(bench: Bench) -> None:
    born = {"birth_date": "2009-06-12", "id_no": "429901200906120028"}
    opened_on(bench, persons__0={**EXAMPLE["persons"][0], **born})
    bench.qtbot.waitUntil(lambda: "warning" in {row.kind for row in points(bench)}, timeout=5000)
    asked = [row for row in points(bench) if row.kind == "warning"]
    box = part(bench.page, ConfirmBox, "confirmBox")
    for row in asked:
        bench.page.missing.table().choose(row.id)
        assert box.isVisible()
        box.button.click()
        assert box.words.finding() == "还没写为什么，写一句再确认。"
        bench.qtbot.keyClicks(box.words.line, "ok")
        bench.qtbot.keyClick(box.words.line, Qt.Key.Key_Return)
        bench.wait()
    bench.qtbot.waitUntil(lambda: all(row.confirmed == "ok" for row in points(bench) if row.kind == "warning"))
    draft = bench.office.read(lambda books: books.form(bench.case.id))
    assert draft is not None
    assert {one.mark for one in draft.confirmed} == {row.mark for row in asked}


def test_confirming_lists_all_at_once_and_records_nothing_good(bench: Bench) -> None:
    opened_on(bench, persons__1__mobile="123", company__phone=None)
    bench.presenter.go_to(REVIEW)
    assert hand().objectName() == "formNext"
    with bench.qtbot.assertNotEmitted(bench.presenter.done):
        bench.page.next_wanted.emit()
        bench.wait()
    assert [row.kind for row in points(bench)] == ["error", "missing"]
    assert bench.said[-1][0].startswith("自检没过：还有 1 处须改，1 处没填")
    button = bench.page.sheet.bar.button("formNext")
    assert button is not None
    assert button.reason() == "右边还有 2 处，Ctrl+H 去第一处"
    sheet = bench.presenter.sheet
    assert sheet is not None
    assert not sheet.checked


def test_looking_it_over_masks_until_asked_and_records_the_look_once(bench: Bench) -> None:
    opened_on(bench)
    bench.presenter.go_to(REVIEW)
    review = part(bench.page, ReviewPane, "reviewPane")

    def told() -> str:
        return "；".join(f"{one.label} {one.value}" for one in review.groups()[3].lines.lines())

    assert "429901198506120025" not in told()
    assert "证件号码 429***********0025" in told()
    looks = [row.kind for row in bench.office.parts.vault.journal.rows((), 500)].count("record_reveal")
    for _ in range(3):
        bench.qtbot.keyClick(hand(), Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        bench.wait()
    assert "证件号码 429901198506120025" in told()
    rows = [row.kind for row in bench.office.parts.vault.journal.rows((), 500)]
    assert rows.count("record_reveal") == looks + 1
    bench.presenter.go_to("people")
    bench.presenter.go_to(REVIEW)
    assert "429901198506120025" not in told()
    part(review, KeyButton, "edit-place").click()
    assert bench.page.steps._marks[1].id == "place"
    assert hand().objectName() == "cell-company.domicile.division_code"


def test_the_citizens_screen_follows_masked_and_goes_with_the_case(bench: Bench) -> None:
    opened_on(bench)
    window = bench.presenter.citizen.window
    bench.presenter.go_to("people")
    bench.qtbot.keyClick(hand(), Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert window.isVisible()
    bench.page.lead("/persons/0/mobile")
    view = window.view()
    assert (view.title, view.company) == ("人员", EXAMPLE["company"]["name"])
    said = "；".join(f"{one.label} {one.value}" for one in view.lines)
    assert "429901198506120025" not in said
    assert "13800001037" not in said
    assert view.lines[view.now].label == "移动电话"
    bench.page.hide()
    assert not window.isVisible()
    assert window.view().lines == ()


def test_what_a_stop_left_is_taken_up_and_may_be_dropped(bench: Bench) -> None:
    done(save_form(bench.office, bench.case.id, EXAMPLE))
    now = bench.office.parts.clock.now()
    left = (
        TypedPlace(pointer="/company/trade_name", value="岚栎", before="岚栎舟"),
        TypedPlace(pointer="/company/phone", value="1", before="x"),
    )
    bench.office.parts.vault.typed.keep(bench.case.id, left, (), now)
    bench.open()
    assert strip(bench) == "接上了上次没存完的 1 处。另有 1 处别的窗口后来改过，没有动。"
    assert get(bench.presenter.document, "/company/trade_name") == "岚栎"
    bench.page.strip_link.emit()
    assert bench.presenter.document == KEYED
    bench.wait()
    assert bench.office.parts.vault.typed.left(bench.case.id) == ()


def test_a_draft_goes_on_or_is_begun_again_and_back(bench: Bench) -> None:
    opened_on(bench)
    assert "接着填" in strip(bench)
    bench.page.strip_link.emit()
    assert get(bench.presenter.document, "/persons") == []
    assert strip(bench).startswith("清空了，从头填。")
    bench.page.strip_link.emit()
    assert bench.presenter.document == KEYED


def test_a_draft_of_an_older_form_keeps_what_stands(bench: Bench) -> None:
    opened_on(bench)
    draft = bench.office.read(lambda books: books.form(bench.case.id))
    assert draft is not None
    with bench.office.parts.vault.unit(bench.office.hall) as work:
        work.books.put_form(replace(draft, form_version="2025.3", document={**EXAMPLE, "older": {"x": 1}}))
    bench.presenter.open_case("none")
    bench.wait()
    bench.open()
    bench.type("company.group_name", "x")
    bench.presenter.save_now()
    bench.wait()
    kept = bench.kept()
    assert kept is not None
    assert get(kept, "/company/group_name") == "x"
    assert get(kept, "/persons/0/name") == "解芸岚"


def test_typing_is_on_the_disk_before_it_is_saved(bench: Bench) -> None:
    bench.open()
    bench.type("company.trade_name", "lan")
    bench.qtbot.waitUntil(lambda: bench.background.idle, timeout=SAVE_MS)
    left = bench.office.parts.vault.typed.left(bench.case.id)
    assert [(one.pointer, one.value, one.before) for one in left] == [("/company/trade_name", "lan", None)]
    assert bench.kept() is None
    bench.presenter.save_now()
    bench.wait()
    assert bench.office.parts.vault.typed.left(bench.case.id) == ()


def test_rows_are_keyed_and_the_right_one_goes(bench: Bench) -> None:
    opened_on(bench)
    bench.presenter.go_to("scope")
    bench.page.remove_wanted.emit("/company/scope", 0)
    bench.page.add_wanted.emit("/company/scope")
    bench.wait()
    rows = get(bench.presenter.document, "/company/scope")
    assert [row["text"] for row in rows] == ["信息技术咨询服务", None]
    assert [row["key"] for row in rows] == ["r2", "r3"]
    assert with_row_keys(FORM, bench.presenter.document) == bench.presenter.document

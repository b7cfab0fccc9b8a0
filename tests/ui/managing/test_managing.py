"""管理 by its keys over a real store: a new item is typed in steps or comes from a file, asked, looked at by another, confirmed, printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from clerk_app.cases.catalogue_lines import CatalogueLine
from clerk_app.office.oversight.catalogue_cells import cell_text
from clerk_app.office.oversight.catalogue_desk import ask, catalogue_desk
from printers.pages import QtPageMaker
from tests.cases.new_item import CODE, HOURS, OLD, PAPER, item_row, new_item
from tests.desk import cut_office, sit
from tests.office.test_audit import as_role
from tests.ui.parts import part
from ui.background import Background
from ui.managing.house import CATALOGUE, ITEMS, RECORD, YEARS, ManagingHouse, ManagingViews
from ui.managing.reading import FIVE_STEP, MORE_STEP, OF_STEP, PLACE_STEP
from ui.managing.room import ManagingRoom
from ui.managing.view import ChangesView
from ui.managing.years_presenter import announced
from ui.widgets.text import Text

CTRL = Qt.KeyboardModifier.ControlModifier
DAY = "2026-12-01"


@pytest.fixture
def office(tmp_path: Path) -> Any:
    office = cut_office(tmp_path)
    as_role(office, "P110")
    yield office
    office.parts.vault.close()


@pytest.fixture
def desk(qtbot: Any, office: Any, front: Callable[..., Any]) -> Any:
    house, background = ManagingHouse(ManagingViews()), Background()
    house.resize(1290, 700)
    front(house)
    tried: list[Path] = []
    roster: list[bool] = []
    room = ManagingRoom(office, background, house, lambda folder: bool(tried.append(folder) or True))
    said: list[tuple[str, bool]] = []
    counts: list[int] = []
    shown: list[ChangesView] = []
    real = house.changes.render
    house.changes.render = lambda view: (shown.append(view), real(view))  # type: ignore[method-assign]
    room.said.connect(lambda text, good: said.append((text, good)))
    room.waiting.connect(counts.append)
    room.roster_wanted.connect(lambda: roster.append(True))

    def settle() -> ChangesView:
        qtbot.waitUntil(lambda: background.idle)
        return shown[-1]

    def press(key: Qt.Key) -> ChangesView:
        qtbot.keyClick(house, key, CTRL)
        return settle()

    def fill(**typed: str) -> None:
        for name, word in typed.items():
            house.changes.draft.field(name).set_text(word)

    def open_(view: str) -> None:
        next(again for page, again in room.pairs() if page is house._views[view])()
        house.show_view(view)
        settle()

    open_(CATALOGUE)
    yield SimpleNamespace(
        room=room, house=house, page=house.changes, said=said, counts=counts, settle=settle, press=press, fill=fill,
        office=office, open=open_, tried=tried, roster=roster,
    )  # fmt: skip
    background.close()


def texts(desk: Any) -> str:
    return "\n".join(one.text() for one in desk.house.findChildren(Text) if one.isVisible())


def typed(desk: Any, row: dict[str, Any]) -> None:
    """Step by step, as a person goes through them."""
    for step in (FIVE_STEP, PLACE_STEP, MORE_STEP):
        desk.page.draft.step_chosen.emit(step)
        desk.fill(**{key: cell_text(key, row[key]) for key in OF_STEP[step] if key in row})


def asked(office: Any, *lines: CatalogueLine) -> None:
    as_role(office, "P110")
    ask(office, lines, PAPER, date.fromisoformat(DAY))


def test_a_new_item_is_typed_in_steps_five_elements_first_and_asked(desk: Any) -> None:
    view = desk.press(Qt.Key.Key_N)
    assert view.draft is not None
    assert [field.label for field in view.draft.fields][:4] == ["项目名称", "申报材料", "审批流程", "承诺时限"]
    typed(desk, item_row())
    view = desk.press(Qt.Key.Key_J)
    assert view.draft.findings == ()
    assert [line.about for line in view.draft.lines] == ["市场主体歇业备案"]
    assert desk.page.draft.field("name").text() == "", "the next line begins empty"
    part(desk.page.draft, QLineEdit, "paper").setText(PAPER)
    part(desk.page.draft, QLineEdit, "effectiveOn").setText(DAY)
    view = desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.said[-1][1], desk.said
    (row,) = catalogue_desk(desk.office).rows
    assert row.change.lines == (new_item(),), "typed or loaded, the row is the same"
    view = desk.settle()
    assert view.rows[0].state == "等确认"
    assert view.detail.bar.step.reason == "提的是您本人，要另一人确认"
    assert "授权书" in view.detail.lacks.rest, "what it lacks is said before its day"


def test_gaps_stay_on_the_page_one_sentence_each_and_what_was_typed_stays(desk: Any) -> None:
    desk.press(Qt.Key.Key_N)
    typed(desk, {**item_row(), "windows": [99]})
    desk.page.draft.step_chosen.emit(FIVE_STEP)
    desk.fill(steps="", fee_source="")
    view = desk.press(Qt.Key.Key_J)
    assert view.draft.lines == ()
    assert len(view.draft.findings) == 3
    assert "五要素不齐" in part(desk.page, Text, "lineFinding").text()
    assert desk.page.draft.field("name").text() == "市场主体歇业备案"
    desk.fill(steps="窗口收件；窗口审查", fee_source="不收费", promised="三天")
    assert "承诺时限“三天”没看懂" in desk.press(Qt.Key.Key_J).draft.findings[0]


def test_without_a_paper_or_a_day_it_is_not_asked(desk: Any) -> None:
    desk.press(Qt.Key.Key_N)
    desk.page.draft.what_chosen.emit("window")
    desk.fill(key="2", hours="09:00-12:00；13:30-17:00", booked="9:00-10:00 4个")
    view = desk.press(Qt.Key.Key_J)
    assert view.draft.lines[0].about == "2号窗口"
    desk.press(Qt.Key.Key_Return)
    assert "哪天生效没看懂" in desk.said[-1][0]
    part(desk.page.draft, QLineEdit, "effectiveOn").setText(DAY)
    desk.press(Qt.Key.Key_Return)
    assert "依据的文书没写" in desk.said[-1][0]
    part(desk.page.draft, QLineEdit, "paper").setText(PAPER)
    desk.press(Qt.Key.Key_Return)
    assert catalogue_desk(desk.office).rows[0].change.lines == (HOURS,)


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("item_off", {"key": OLD}),
        ("fee", {"key": OLD, "fee": "5", "fee_source": "发改价格〔2026〕1号"}),
        ("standard", {"key": "2", "standard": "起身相迎；一次说清"}),
        ("remedies", {"key": "SJJ", "remedies": "复议：江州市人民政府；诉讼：江州铁路运输法院"}),
        ("documents", {"decision": "准予登记通知书；不予登记通知书"}),
        ("seal", {"key": "S-N", "name": "登记章", "department": "SJJ", "kind": "登记专用章", "custodian": "P201", "electronic": "没有"}),
        ("issuer", {"key": "ab" * 32, "lawful": "认"}),
        ("outside", {"key": "city", "name": "市平台", "way": "走网络", "url": "https://x.example.gov.cn", "kinds": "外网反馈；监察平台", "since": "2026-12-01"}),
    ],
)  # fmt: skip
def test_every_other_kind_of_line_has_its_form(desk: Any, what: str, fields: dict[str, str]) -> None:
    desk.press(Qt.Key.Key_N)
    desk.page.draft.what_chosen.emit(what)
    desk.fill(**fields)
    view = desk.press(Qt.Key.Key_J)
    assert view.draft.findings == ()
    assert len(view.draft.lines) == 1
    assert desk.press(Qt.Key.Key_B).draft.lines == ()


def test_items_come_from_a_file_all_or_none(desk: Any, tmp_path: Path) -> None:
    file = tmp_path / "items.json"
    rows = [item_row(), item_row(code=CODE[:-1] + "2", short="歇业延期", windows=[99])]
    file.write_text(json.dumps(rows), "utf-8")
    desk.press(Qt.Key.Key_N)
    desk.page.file_chosen.emit(str(file))
    view = desk.settle()
    assert view.draft.lines == ()
    assert view.draft.findings[0].startswith("第 2 项：")
    file.write_text(json.dumps(rows[:1]), "utf-8")
    desk.page.file_chosen.emit(str(file))
    desk.settle()
    assert [line.about for line in desk.settle().draft.lines] == ["市场主体歇业备案"]
    assert "导入了 1 项" in desk.said[-1][0]


def test_the_second_person_sees_before_and_after_tries_it_and_confirms_with_one_key(
    desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    asked(desk.office, new_item())
    sit(desk.office, "P101")
    desk.open(CATALOGUE)
    view = desk.settle()
    assert desk.counts[-1] == 1
    assert view.detail.bar.step.reason == ""
    assert ("项目名称", "（没有）", "市场主体歇业备案") in {
        (one.field, one.before, one.after) for one in view.detail.lines
    }
    steps = next(one for one in view.detail.lines if one.field == "审批流程")
    desk.page.detail._lines.row_chosen.emit(steps.id)
    assert steps.after in part(desk.page, Text, "wholeLine").text(), "what a cell has no room for is told whole"
    desk.press(Qt.Key.Key_D)
    assert (desk.tried[0] / "trial-hall.json").is_file()
    desk.press(Qt.Key.Key_Return)
    view = desk.settle()
    assert (view.rows[0].state, desk.counts[-1]) == ("待生效", 0)
    part(desk.page, QLineEdit, "dropReason").setText("批文撤了")
    desk.press(Qt.Key.Key_B)
    assert desk.settle().rows[0].state == "已撤回"


def test_after_one_list_the_next_that_waits_comes_up_and_a_second_press_leaves_it_unread(desk: Any) -> None:
    asked(desk.office, new_item())
    asked(desk.office, HOURS)
    sit(desk.office, "P101")
    desk.open(CATALOGUE)
    first = desk.settle().detail.id
    view = desk.press(Qt.Key.Key_Return)
    assert desk.said[-1] == ("已确认，送到中心就按日子生效。", True)
    assert (view.detail.id != first, view.detail.bar.step.reason) == (True, "")
    assert desk.page.table().selected_id() == view.detail.id
    desk.press(Qt.Key.Key_Return)
    assert desk.counts[-1] == 1, "nobody has read that one yet"


def test_an_item_in_force_is_printed_and_changed_from_its_own_list(desk: Any, tmp_path: Path) -> None:
    desk.office.parts = replace(desk.office.parts, pages=QtPageMaker())
    desk.open(ITEMS)
    words = texts(desk)
    assert "救济途径：" in words
    assert "受理窗口和时间：" in words
    guide = tmp_path / "指南.pdf"
    desk.room.items.save(str(guide))
    desk.settle()
    assert guide.read_bytes().startswith(b"%PDF")
    desk.house.items.row_chosen.emit(OLD)
    desk.press(Qt.Key.Key_Return)
    view = desk.settle()
    assert desk.house.view() == CATALOGUE
    assert view.draft.given["code"] == OLD
    desk.page.draft.step_chosen.emit(MORE_STEP)
    desk.fill(complaint="12345")
    view = desk.press(Qt.Key.Key_J)
    assert view.draft.findings == ()
    assert view.draft.lines[0].after == "监督电话", "nothing else of the item changes"


def test_the_record_is_read_and_printed(desk: Any, tmp_path: Path) -> None:
    desk.office.parts = replace(desk.office.parts, pages=QtPageMaker())
    asked(desk.office, new_item())
    desk.open(RECORD)
    words = texts(desk)
    assert PAPER in words
    assert "（P110）" in words
    file = tmp_path / "记录.pdf"
    desk.room.record.save(str(file))
    desk.settle()
    assert file.read_bytes().startswith(b"%PDF")


def test_next_year_says_that_it_is_not_announced_and_leads_to_its_list(desk: Any) -> None:
    desk.open(YEARS)
    assert "2027 年的通知还没有录全" in texts(desk)
    assert announced(desk.office.hall.calendar, 2026)
    desk.press(Qt.Key.Key_Return)
    assert desk.roster == [True]


def test_whom_it_does_not_concern_sees_a_wall(desk: Any) -> None:
    sit(desk.office, "P203")
    desk.open(CATALOGUE)
    assert "目录的变动由管理员提" in texts(desk)
    desk.room.start()
    assert desk.settle().rows == ()

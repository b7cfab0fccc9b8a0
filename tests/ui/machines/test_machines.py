"""电脑 by its keys: the list, 入列 with its file and its code once, 换机, 报失, 撤回; and what nobody may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from clerk_app.ports import CentreAway
from clerk_app.ports.machines import SetupWish
from tests.desk import cut_office
from tests.machines_pretended import CODE, PretendMachines, PretendShelf
from tests.office.test_audit import as_role
from tests.ui.matter_desk import matter_desk
from ui.background import Background
from ui.machines.page import MachinesPage
from ui.machines.presenter import MachinesPresenter
from ui.machines.telling import AWAY, CERTIFICATES

SECOND = ("P101", "lian-xi-101")


@pytest.fixture
def office(tmp_path: Path) -> Any:
    office = cut_office(tmp_path)
    as_role(office, "P110")
    now = office.parts.clock.now()
    office.parts = replace(office.parts, machines=PretendMachines(now), setup_shelf=PretendShelf())
    yield office
    office.parts.vault.close()


@pytest.fixture
def desk(qtbot: Any, office: Any, front: Callable[..., Any], tmp_path: Path) -> Any:
    page, background = MachinesPage(), Background()
    page.resize(1290, 700)
    front(page)
    asked: list[str] = []
    place = SimpleNamespace(path=str(tmp_path / "3.clerk-setup"))

    def ask(name: str) -> str:
        asked.append(name)
        return place.path

    presenter = MachinesPresenter(office, background, page, ask)
    yield matter_desk(
        qtbot,
        page,
        presenter,
        background,
        office=office,
        centre=office.parts.machines,
        shelf=office.parts.setup_shelf,
        asked=asked,
        place=place,
    )
    background.close()


def test_what_wants_somebody_stands_first_and_is_counted(desk: Any) -> None:
    view = desk.settle()
    assert [(row.kind, row.window, row.age) for row in view.rows[:4]] == [
        ("入列码，没用", "6号", "0 分钟"), ("CK-4", "4号", "5 小时"), ("CK-3", "3号", "在用"), ("CK-5", "5号", "停用了"),
    ]  # fmt: skip
    assert view.title == "大厅的电脑 2 台"
    assert desk.counts[-1] == 1


def test_a_machine_shows_how_it_came_and_why_it_cannot_go_yet(desk: Any) -> None:
    facts = dict(desk.choose("d3").detail.facts)
    assert facts["程序"] == "0.1.0"
    assert facts["发入列码"].endswith("车立新，沈启明 同意：新开窗口")
    silent = desk.choose("d4").detail
    assert silent.bar.step.reason
    assert silent.bar.note == "没有它的消息，没有换。"
    gone = desk.choose("d5").detail
    assert gone.bar.step is None
    assert "还有 1 件" in gone.message.head


def test_a_new_machine_its_file_and_its_code_this_once(desk: Any) -> None:
    view = desk.press(Qt.Key.Key_N)
    assert view.new_word == ""
    view = desk.press(Qt.Key.Key_Return, "3", "新开窗口", "tcp://192.0.2.20:9100", "32", "有", "", *SECOND)
    assert desk.asked == ["3号窗口.clerk-setup"]
    assert desk.centre.done == [("code", "3", "新开窗口", "P101")]
    wish = SetupWish(printer="tcp://192.0.2.20:9100", paper_columns=32, second_screen=True)
    assert desk.shelf.written == [(Path(desk.place.path), wish)]
    assert view.detail.title == f"入列码 {CODE}"
    assert CODE in desk.choose("d4").detail.title, "told once: it stays until somebody has it"
    view = desk.press(Qt.Key.Key_Return)
    assert CODE not in repr(view)


def test_nothing_is_asked_of_the_centre_without_a_place_for_the_file(desk: Any) -> None:
    desk.press(Qt.Key.Key_N)
    desk.place.path = ""
    desk.press(Qt.Key.Key_Return, "3", "新开窗口", "", "48", "", "", *SECOND)
    assert "没有选装机文件" in desk.said[-1][0]
    desk.place.path = str(Path(__file__))
    desk.press(Qt.Key.Key_Return, "3", "新开窗口", "", "48", "", "", *SECOND)
    assert "已有同名" in desk.said[-1][0]
    desk.press(Qt.Key.Key_Return, "三", "新开窗口", "", "48", "", "", *SECOND)
    desk.press(Qt.Key.Key_Return, "3", "新开窗口", "", "宽", "", "", *SECOND)
    assert [good for _, good in desk.said] == [False] * 4
    assert desk.centre.done == []


def test_a_file_that_fell_leaves_the_code_on_screen(desk: Any) -> None:
    desk.shelf.trouble = "那里写不进，装机文件没有写，入列码照样能用。"
    desk.press(Qt.Key.Key_N)
    view = desk.press(Qt.Key.Key_Return, "3", "新开窗口", "", "48", "", "", *SECOND)
    assert CODE in view.detail.title
    assert "写不进" in view.detail.message.head


def test_swapping_is_a_form_of_its_own_and_can_be_left(desk: Any) -> None:
    desk.choose("d3")
    view = desk.press(Qt.Key.Key_Return)
    assert view.detail.title == "3号窗口换机"
    desk.page.detail.bar.chosen.emit("back")
    assert desk.settle().detail.id == "d3"
    desk.press(Qt.Key.Key_Return)
    view = desk.press(Qt.Key.Key_Return, "主板坏了", "", "48", "", "", *SECOND)
    assert desk.centre.done == [("swap", "d3", "主板坏了", "P101")]
    assert CODE in view.detail.title


def test_loss_by_one_and_the_centres_refusal_is_said(desk: Any) -> None:
    desk.choose("d3")
    view = desk.press(Qt.Key.Key_B)
    assert [ask.label for ask in view.detail.asks] == ["为什么"], "this hall lets one person stop it"
    desk.press(Qt.Key.Key_Return, " ")
    assert desk.said[-1] == ("没有写为什么，没有办，什么都没动。写一句依据再来。", False)
    desk.press(Qt.Key.Key_Return, "昨晚被偷")
    assert desk.centre.done == [("loss", "d3", "昨晚被偷", "")]
    assert desk.said[-1] == ("报失了，马上停用。它手里的 2 件照旧留着。", True)


def test_a_code_is_taken_back(desk: Any) -> None:
    desk.choose("code:a16")
    view = desk.press(Qt.Key.Key_Return, "发错了窗口")
    assert desk.centre.done == [("undo", "a1", "发错了窗口", "")]
    assert "入列码，没用" not in [row.kind for row in view.rows]


def test_who_only_looks_on_has_grey_keys(desk: Any) -> None:
    desk.centre.may_act = False
    desk.presenter.refresh()
    assert desk.settle().new_word == ""
    detail = desk.choose("d3").detail
    assert [act.reason for act in (detail.bar.step, *detail.bar.seconds)] == ["由管理员办"] * 2


def test_with_the_line_cut_it_says_so_and_a_code_goes_with_the_person(desk: Any, monkeypatch: Any) -> None:
    desk.press(Qt.Key.Key_N)
    desk.press(Qt.Key.Key_Return, "3", "新开窗口", "", "48", "", "", *SECOND)
    desk.presenter.start()

    def cut(by: object) -> None:
        raise CentreAway("cut")

    monkeypatch.setattr(desk.centre, "seen", cut)
    desk.presenter.refresh()
    view = desk.settle()
    assert CODE not in repr(view)
    assert view.empty == AWAY
    assert [row.id for row in view.rows] in ([], [CERTIFICATES])

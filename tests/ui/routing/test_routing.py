"""分办 by its keys: nobody's on top, given by rule or by name, given back, all of one's at once; and what others see of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clerk_app.cases.routing.rules import RoutingRules
from clerk_app.office.counter import assigning
from clerk_app.office.office import Office
from tests.desk import cut_office, sit
from tests.office.given_out import FIRST, MANAGER, SECOND, accepted, given, goes_away, row, with_rule
from tests.office.test_audit import as_role
from tests.visits import done
from ui.background import Background
from ui.cases.page import CasesPage
from ui.cases.presenter import CasesPresenter
from ui.cases.whole.page import WholePage
from ui.cases.whole.presenter import WholePresenter
from ui.cases.whole.view import WholeView
from ui.oversight.matter_view import MatterView
from ui.routing.page import RoutingPage
from ui.routing.presenter import RoutingPresenter
from ui.routing.telling import NOT_SET_UP, NOT_YOURS, PERSON
from ui.widgets.segments import Segments

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = with_rule(cut_office(tmp_path))
    for serial in (1, 2, 3):
        given(office, serial)
    accepted(office, 4)
    sit(office, MANAGER)
    yield office
    office.parts.vault.close()


@pytest.fixture
def lanes() -> Iterator[Background]:
    lanes = Background()
    yield lanes
    lanes.close()


@pytest.fixture
def desk(qtbot: QtBot, office: Office, lanes: Background, front: Callable[..., Any]) -> Any:
    page = RoutingPage()
    page.resize(1290, 700)
    shown: list[MatterView] = []
    real = page.render
    page.render = lambda view: (shown.append(view), real(view))  # type: ignore[method-assign]
    presenter = RoutingPresenter(office, lanes, page)
    said: list[tuple[str, bool]] = []
    counts: list[int] = []
    presenter.said.connect(lambda text, good: said.append((text, good)))
    presenter.counted.connect(counts.append)
    front(page)

    def settle() -> MatterView:
        qtbot.waitUntil(lambda: lanes.idle)
        return shown[-1]

    def press(name: str, *typed: str) -> MatterView:
        for field, words in zip(page.detail.fields(), typed, strict=False):
            field.set_text(words)
        page.detail.bar.chosen.emit(name)
        return settle()

    def choose(key: str) -> MatterView:
        page.row_chosen.emit(key)
        return settle()

    settle()
    return SimpleNamespace(
        page=page, presenter=presenter, said=said, counts=counts, settle=settle, press=press, choose=choose, qtbot=qtbot
    )


def test_nobodys_on_top_then_each_with_what_he_has(desk: Any) -> None:
    view = desk.settle()
    assert view.title == "手上的办件 4 件，还没有人的 1 件"
    assert [(one.kind, one.age) for one in view.rows if one.id.startswith(PERSON)] == [
        ("许可心", "手上 2 件"), ("段明远", "手上 1 件"),
    ]  # fmt: skip
    assert [one.id for one in view.rows] == [
        "case-4", f"{PERSON}{FIRST}", "case-1", "case-3", f"{PERSON}{SECOND}", "case-2",
    ]  # fmt: skip
    assert desk.counts[-1] == 1
    assert view.detail.title.endswith("还没有人")


def test_nobodys_goes_by_the_rule_with_one_key(desk: Any, office: Office) -> None:
    desk.qtbot.keyClick(desk.page, Qt.Key.Key_Return, CTRL)
    view = desk.settle()
    assert row(office, "case-4").person == SECOND
    assert desk.said[-1] == ("分好了，记在件的过程里。", True)
    assert (view.title, desk.counts[-1]) == ("手上的办件 4 件", 0)
    assert view.detail.title.endswith("段明远"), "the chosen one stays chosen"


def test_given_on_by_name_with_a_reason_and_given_back(desk: Any, office: Office) -> None:
    desk.choose("case-1")
    desk.press("give", "", "忙")
    assert desk.said[-1] == ("还没写分给谁，没有分。写姓名或工号。", False)
    desk.press("give", "没有这人", "忙")
    assert desk.said[-1][0].startswith("没有找到“没有这人”")
    desk.press("give", "段明远", " ")
    assert desk.said[-1][0].startswith("还没写原因，没有分")
    view = desk.press("give", "段明远", "手上有急件")
    got = row(office, "case-1")
    assert (got.person, got.reason) == (SECOND, "手上有急件")
    assert [act.text for act in view.detail.bar.seconds] == ["照规则分", "改回上一个人"]
    assert ("原因", "手上有急件") in view.detail.facts
    desk.press("back")
    assert [(one.person, one.reason) for one in row(office, "case-1").history] == [
        (FIRST, ""), (SECOND, "手上有急件"), (FIRST, "撤回上一次改分"),
    ]  # fmt: skip


def test_who_left_with_cases_is_told_and_all_go_at_once(desk: Any, office: Office) -> None:
    goes_away(office, FIRST)
    desk.presenter.refresh()
    desk.settle()
    assert desk.counts[-1] == 3, "nobody's, and two of who is away"
    view = desk.choose(f"{PERSON}{FIRST}")
    assert view.detail.message.head.startswith("离岗到")
    desk.press("all", "开会去了")
    assert desk.said[-1] == ("2 件都改分好了。", True)
    assert {row(office, key).person for key in ("case-1", "case-3")} == {SECOND}


def test_who_looks_on_only_looks_and_an_administrator_sees_no_case(desk: Any, office: Office) -> None:
    as_role(office, "P109")
    desk.presenter.start()
    desk.presenter.refresh()
    view = desk.settle()
    assert len(view.rows) == 6
    assert (view.detail.asks, view.detail.bar.step) == ((), None)
    as_role(office, "P110")
    desk.presenter.start()
    desk.presenter.refresh()
    view = desk.settle()
    assert (view.rows, view.empty) == ((), NOT_YOURS)


def test_a_hall_without_rules_says_so(desk: Any, office: Office) -> None:
    office.hall = type(office.hall)(**{**vars(office.hall), "routing": RoutingRules()})
    with office.parts.vault.unit(office.hall) as work:
        for serial in (1, 2, 3):
            case = work.books.case(f"case-{serial}")
            assert case is not None
            work.books.put_case(type(case)(**{**vars(case), "state": "withdrawn"}))
    desk.presenter.refresh()
    view = desk.settle()
    assert (view.rows, view.empty) == ((), NOT_SET_UP)


def test_ones_own_are_a_list_with_their_figures(
    office: Office, lanes: Background, front: Callable[..., Any], qtbot: QtBot
) -> None:
    sit(office, FIRST)
    page = CasesPage()
    presenter = CasesPresenter(office, lanes, page)
    page.resize(1290, 700)
    front(page)
    presenter.refresh()
    qtbot.waitUntil(lambda: lanes.idle)
    segment = page.findChild(Segments, "caseLists").segment("assigned")
    assert segment.isVisible()
    assert segment.words() == "分给我的 2"
    qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [one.id for one in page.table().rows()] == ["case-1", "case-3"])
    assert page._list._count.text() == "2 件，今天到期 0，超期 0，本周办结 0"
    office.hall = type(office.hall)(**{**vars(office.hall), "routing": RoutingRules()})
    presenter.lists.take("mine")
    qtbot.waitUntil(lambda: lanes.idle)
    assert not segment.isVisible()


def test_whoever_else_opens_it_is_told_whose_it_is_and_goes_on(
    office: Office, lanes: Background, front: Callable[..., Any], qtbot: QtBot
) -> None:
    sit(office, FIRST)
    page = WholePage()
    shown: list[WholeView] = []
    real = page.render
    page.render = lambda view: (shown.append(view), real(view))  # type: ignore[method-assign]
    presenter = WholePresenter(office, lanes, page)
    front(page)

    def opened(case: str) -> WholeView:
        presenter.open_case(case)
        qtbot.waitUntil(lambda: lanes.idle and bool(page.history.rows()))
        return shown[-1]

    mine = opened("case-1")
    assert "许可心 的件" not in [tag.text for tag in mine.tags]
    assert ("分给", "许可心（企业开办岗）") in mine.facts
    other = opened("case-2")
    assert "段明远 的件" in [tag.text for tag in other.tags]
    assert ("分给", "段明远（企业登记岗），您照样能办") in other.facts
    assert "提意见" in {act.word for act in other.acts}, "told, not locked out"
    assert any("自动分办：段明远" in one.what for one in other.history)
    assert opened("case-4").facts, "nobody's yet"
    assert row(office, "case-4").person == SECOND, "made up when it was looked at"
    done(assigning.take_over(office, "case-2", "他在外面"))
    assert ("分给", "许可心（企业开办岗）") in opened("case-2").facts

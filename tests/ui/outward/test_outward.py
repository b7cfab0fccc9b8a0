"""对外 by its keys: whom we tell and how it stands, 再送, 不送了 with a reason, and what nobody may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt

from clerk_app.ports import CentreAway
from tests.desk import cut_office
from tests.office.test_audit import as_role
from tests.outward_pretended import PretendOutward
from tests.ui.matter_desk import matter_desk
from ui.background import Background
from ui.outward.page import OutwardPage
from ui.outward.presenter import OutwardPresenter
from ui.outward.telling import AWAY, NOTHING

REFUSED, WAITING, GONE = "row:city/m1", "row:city/m2", "row:city/m3"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Any:
    office = cut_office(tmp_path_factory.mktemp("outward"))
    as_role(office, "P110")
    yield office
    office.parts.vault.close()


@pytest.fixture
def desk(qtbot: Any, office: Any, front: Callable[..., Any]) -> Any:
    office.parts = replace(office.parts, outward=PretendOutward(office.parts.clock.now()))
    page, background = OutwardPage(), Background()
    page.resize(1290, 700)
    front(page)
    presenter = OutwardPresenter(office, background, page)
    yield matter_desk(qtbot, page, presenter, background, centre=office.parts.outward)
    background.close()


def test_partners_first_then_what_was_refused_in_their_words(desk: Any) -> None:
    view = desk.settle()
    assert view.title == "对外 等着 3 条，没收 1 条"
    assert [(row.kind, row.window, row.age) for row in view.rows[:3]] == [
        ("市政务服务平台", "4", "5 小时"), ("市档案馆", "", "没有等的"), ("外网反馈 JZ20261120-00417", "", "5 小时"),
    ]  # fmt: skip
    assert view.rows[2].words == "市政务服务平台：对方不收（HTTP 422）：事项编码 11429900 不在平台目录里"
    assert desk.counts[-1] == 1
    assert view.detail.words.startswith("送得通，最后一次听到它是")


def test_again_and_drop_want_a_reason(desk: Any) -> None:
    desk.choose(REFUSED)
    desk.press(Qt.Key.Key_Return, " ")
    assert desk.said[-1] == ("没有写为什么，没有办，什么都没动。写一句再来。", False)
    assert desk.centre.decided == []
    desk.press(Qt.Key.Key_Return, "平台说补上了")
    assert desk.centre.decided == [("m1", "again", "平台说补上了")]
    assert desk.said[-1] == ("马上再送这一条。", True)
    desk.choose(WAITING)
    desk.press(Qt.Key.Key_B, "平台说不用了")
    assert desk.centre.decided[-1] == ("m2", "drop", "平台说不用了")
    assert desk.said[-1] == ("这一条不送了，记下了。", True)


def test_what_was_put_away_says_by_whom_and_can_be_sent_again(desk: Any) -> None:
    detail = desk.choose(GONE).detail
    assert dict(detail.facts)["谁定的"] == "P101：平台说那边已经手工录了"
    assert detail.bar.seconds == ()
    desk.press(Qt.Key.Key_Return, "对方又要了")
    assert desk.centre.decided == [("m3", "again", "对方又要了")]


def test_what_was_settled_meanwhile_is_refused_with_the_centres_sentence(desk: Any) -> None:
    desk.choose(REFUSED)
    desk.centre.rows = tuple(replace(row, state="sent") for row in desk.centre.rows)
    desk.presenter.refresh()
    desk.settle()
    desk.choose(WAITING)
    desk.press(Qt.Key.Key_Return, "再送")
    text, good = desk.said[-1]
    assert (good, text.startswith("这一条已经送到")) == (False, True)


def test_who_only_looks_on_has_grey_keys_and_nothing_to_type(desk: Any) -> None:
    desk.centre.may_act = False
    desk.presenter.refresh()
    desk.settle()
    detail = desk.choose(REFUSED).detail
    assert [act.reason for act in (detail.bar.step, *detail.bar.seconds)] == ["由管理员或值班长定"] * 2
    assert detail.asks == ()
    desk.press(Qt.Key.Key_Return)
    assert desk.centre.decided == []


def test_nobody_at_work_and_a_line_in_trouble_are_said(desk: Any) -> None:
    city, archive = desk.centre.partners
    old = city.looked_at - timedelta(hours=1)
    trouble = "对方不认大厅的钥匙（HTTP 401）。请管理员和对方核对。"
    desk.centre.partners = (replace(city, looked_at=old), replace(archive, trouble=trouble))
    desk.presenter.refresh()
    assert desk.settle().detail.words.startswith("中心没有在送，等着的一条没丢。")
    assert desk.choose("partner:archive").detail.words == trouble
    assert desk.counts[-1] == 3


def test_with_the_line_cut_it_says_of_when_it_is_and_lets_nothing_be_done(desk: Any, monkeypatch: Any) -> None:
    def cut(by: object) -> None:
        raise CentreAway("cut")

    monkeypatch.setattr(desk.centre, "seen", cut)
    desk.presenter.refresh()
    view = desk.settle()
    assert "中心现在够不着" in view.title
    assert desk.choose(REFUSED).detail.bar.step.reason
    desk.presenter.start()
    desk.presenter.refresh()
    view = desk.settle()
    assert (view.rows, view.empty) == ((), AWAY)


def test_a_hall_that_tells_nobody_says_so(desk: Any) -> None:
    desk.centre.partners = desk.centre.rows = ()
    desk.presenter.refresh()
    assert desk.settle().empty == NOTHING

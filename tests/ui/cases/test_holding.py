"""占用 in words, and what each window may do about it."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from clerk_app.office.line.holding import release_code_of
from tests.desk import cut_office
from tests.ui.parts import part
from tests.visits import receive, serve
from ui.cases.hold_pane import HoldPane
from ui.cases.holding import BREAK, READ_OUT, TAKE_OVER, Standing, act_on_hold, standing_of, tell_hold

EVENING = datetime.fromisoformat("2026-11-20T17:30:00+08:00")
HERE = Standing("c", here=True, free=False, until=EVENING)
ELSEWHERE = Standing("c", here=False, free=False, until=None)


def names(standing: Standing, roles: tuple[str, ...] = ("clerk",), *, connected: bool = True) -> dict[str, str]:
    return {act.name: act.reason for act in tell_hold(standing, roles, connected=connected).acts}


def test_where_it_is_decides_what_can_be_done() -> None:
    assert tell_hold(HERE, (), connected=True).words == "在本窗口手上，到 17:30。"
    assert names(HERE) == {READ_OUT: ""}
    assert names(ELSEWHERE) == {TAKE_OVER: ""}
    assert names(ELSEWHERE, ("duty_manager",)) == {TAKE_OVER: "", BREAK: ""}
    assert names(ELSEWHERE, connected=False) == {TAKE_OVER: "线路断着"}
    assert tell_hold(None, (), connected=True).words == ""


def test_a_code_is_shown_large_and_spoken_digit_by_digit(qtbot: QtBot) -> None:
    pane = HoldPane()
    qtbot.addWidget(pane)
    pane.show()
    pane.render(tell_hold(HERE, (), connected=True, code="12345678"))
    code = pane.findChild(type(pane._code), "releaseCode")
    assert code is not None
    assert code.text() == "1234 5678"
    assert "1，2，3，4" in code.accessibleName()


def test_what_is_typed_goes_with_the_act_and_stays_while_asked(qtbot: QtBot) -> None:
    pane = HoldPane()
    qtbot.addWidget(pane)
    pane.show()
    pane.render(tell_hold(ELSEWHERE, (), connected=True))
    part(pane, QLineEdit, "holdTyped").setText("1234 5678")
    pane.render(tell_hold(ELSEWHERE, (), connected=True))
    button = pane.button(TAKE_OVER)
    assert button is not None
    with qtbot.waitSignal(pane.act, timeout=1000) as act:
        button.click()
    assert act.args == [TAKE_OVER, "1234 5678"]


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


def test_with_the_line_cut_every_way_says_why_not(office) -> None:
    case = receive(office, serve(office))
    assert standing_of(office, case.id).here
    no_code = act_on_hold(office, case.id, READ_OUT, "")
    assert not no_code.good
    assert no_code.sentence == release_code_of(office, case.id).sentence
    short = act_on_hold(office, case.id, TAKE_OVER, "123")
    assert "8 位" in short.sentence
    assert "没写" in act_on_hold(office, case.id, BREAK, " ").sentence
    assert not act_on_hold(office, case.id, BREAK, "群众在等").good, "a clerk asks nobody's hold to be broken"

"""这个问题: one digit ends it, nothing is preselected, and a reason stops the key but not the eye."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.oversight.people_rules import DEFAULT_TOPICS
from tests.ui.parts import hand
from ui import theme
from ui.queueing.question_pane import QuestionPane, QuestionView

VIEW = QuestionView(number="K012", topics=tuple((topic.key, topic.name) for topic in DEFAULT_TOPICS))


@pytest.fixture
def pane(qtbot: QtBot, front: Callable[..., QWidget]) -> QuestionPane:
    pane = QuestionPane()
    pane.resize(1000, 160)
    pane.render(VIEW)
    front(pane)
    return pane


def test_a_digit_is_the_topic(qtbot: QtBot, pane: QuestionPane) -> None:
    assert not any(answer.isChecked() for answer in pane.answers())
    with qtbot.waitSignal(pane.chosen, timeout=1000) as chosen:
        qtbot.keyClick(hand(), Qt.Key.Key_7)
    assert chosen.args == ["7"]


def test_escape_leaves_and_zero_leads_on(qtbot: QtBot, pane: QuestionPane) -> None:
    with qtbot.waitSignal(pane.lead_wanted, timeout=1000):
        qtbot.keyClick(hand(), Qt.Key.Key_0)
    with qtbot.waitSignal(pane.closed, timeout=1000):
        qtbot.keyClick(hand(), Qt.Key.Key_Escape)


def test_with_a_reason_nothing_is_chosen(qtbot: QtBot, pane: QuestionPane) -> None:
    pane.render(replace(VIEW, reason="K012 收了件，先办完再办结。"))
    with qtbot.assertNotEmitted(pane.chosen):
        qtbot.keyClick(hand(), Qt.Key.Key_1)


def test_large_text_takes_fewer_columns_and_cuts_no_word(qtbot: QtBot, qapp, pane: QuestionPane) -> None:
    theme.apply(qapp, scale=1.5)
    pane.resize(970, 300)
    pane.render(replace(VIEW, topics=VIEW.topics[:8]))
    qtbot.waitUntil(lambda: all(a.width() >= a.sizeHint().width() for a in pane.answers()))

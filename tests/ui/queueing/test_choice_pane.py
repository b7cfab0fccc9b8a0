"""挑一个: one key is one answer, one's own words are sent by Enter, nothing is preselected, Esc leaves without a word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.queueing.choice_pane import ChoicePane, ChoiceView

WORDS = (("缺材料", "缺材料"), ("去复印", "去复印"), ("去缴费", "去缴费"))
VIEW = ChoiceView(id="hold", title="A012 为什么挂起", words=WORDS, own="别的原因，写一句")


@pytest.fixture
def pane(front: Callable[..., QWidget]) -> ChoicePane:
    made = ChoicePane()
    made.render(VIEW)
    front(made)
    return made


def test_a_digit_chooses(qtbot: QtBot, pane: ChoicePane) -> None:
    with qtbot.waitSignal(pane.chosen) as chosen:
        qtbot.keyClick(pane, Qt.Key.Key_2)
    assert chosen.args == ["hold", "去复印"]


def test_one_s_own_words_go_by_enter_and_digits_are_digits_there(qtbot: QtBot, pane: ChoicePane) -> None:
    said: list[tuple[str, str]] = []
    pane.chosen.connect(lambda asked, words: said.append((asked, words)))
    pane.own().line.setFocus()
    qtbot.keyClicks(pane.own().line, "2 B")
    assert said == []
    qtbot.keyClick(pane.own().line, Qt.Key.Key_Return)
    assert said == [("hold", "2 B")]


def test_the_line_is_spoken_by_its_label(pane: ChoicePane) -> None:
    assert pane.own().line.accessibleName() == "别的原因，写一句"


def test_an_empty_line_is_no_answer(qtbot: QtBot, pane: ChoicePane) -> None:
    with qtbot.assertNotEmitted(pane.chosen):
        pane.own().line.setFocus()
        qtbot.keyClick(pane.own().line, Qt.Key.Key_Return)


def test_esc_leaves(qtbot: QtBot, pane: ChoicePane) -> None:
    with qtbot.waitSignal(pane.closed):
        qtbot.keyClick(pane, Qt.Key.Key_Escape)


def test_another_question_forgets_what_was_written_the_same_one_keeps_it(pane: ChoicePane) -> None:
    pane.own().set_text("等人")
    pane.render(VIEW)
    assert pane.own().text() == "等人"
    pane.render(ChoiceView(id="pause", title="为什么暂停", words=WORDS, own="写一句"))
    assert pane.own().text() == ""
    assert [answer.head() for answer in pane.answers()] == [word for _, word in WORDS]

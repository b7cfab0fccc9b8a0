"""字怎么立: a line's end holds together, small words stand on the foot of large ones, a next step reads as a sentence."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from tests.ui.parts import part
from ui import theme
from ui.registration.citizen import CitizenWindow
from ui.registration.view import CitizenView, ReviewLine
from ui.widgets.field import Field
from ui.widgets.next_step import UNDER_DETAIL, UNDER_TITLE, NextStepBar, NextStepView
from ui.widgets.pane import Pane
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable
from ui.widgets.ruler import Ruler, RulerView
from ui.widgets.text import JOINER, FactName, Text, held_end


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("文号没有了，次日备用号没有了", "没有了"),
        ("还剩 10 个工作日。", "工作日。"),
        ("保管人盖好，在这里按“已盖章”登记。", "“已盖章”登记。"),
        ("江州市监许〔2026〕48号", "48号"),
    ],
)
def test_the_last_signs_of_a_line_stay_together(words: str, kept: str) -> None:
    assert held_end(words).endswith(JOINER.join(kept))
    assert held_end(words).count(JOINER) == len(kept) - 1


def test_no_line_of_one_sign_and_the_words_are_still_what_was_said(qtbot: QtBot) -> None:
    text = Text("文号没有了，次日备用号没有了", wrap=True)
    qtbot.addWidget(text)
    metrics = QFontMetrics(text.font())
    text.setFixedWidth(metrics.horizontalAdvance("文号没有了，次日备用号没有") + 2)
    assert text.text() == "文号没有了，次日备用号没有了"
    assert JOINER in super(Text, text).text()
    assert text.accessibleName() == text.text(), "a screen reader hears nothing of it"
    text.setAccessibleName("号段：文号没有了")
    text.say("次日备用号没有了")
    assert text.accessibleName() == "号段：文号没有了"
    assert held_end("device-under-test") == "device-under-test"


def test_what_can_be_copied_has_nothing_hidden_in_it(qtbot: QtBot) -> None:
    text = Text("江市监许〔2026〕48号", wrap=True)
    qtbot.addWidget(text)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    assert super(Text, text).text() == "江市监许〔2026〕48号"


def test_a_facts_name_stands_on_the_foot_of_the_fact(qtbot: QtBot) -> None:
    name = FactName("申请人")
    qtbot.addWidget(name)
    look = theme.current()
    high = QFontMetrics(look.font("body")).ascent() - QFontMetrics(look.font("dense")).ascent()
    assert name.contentsMargins().top() == high > 0


@pytest.mark.parametrize(("said", "read"), [("扫完打交接单", "扫完打交接单。"), ("收不收？", "收不收？"), ("", "")])
def test_a_next_step_reads_as_a_sentence(qtbot: QtBot, said: str, read: str) -> None:
    bar = NextStepBar()
    qtbot.addWidget(bar)
    bar.render(NextStepView(said))
    assert part(bar, Text, "nextStepSentence").text() == read
    assert bar.sentence() == said


@pytest.mark.parametrize(("title", "edge"), [("在架 2 件", UNDER_TITLE), ("", UNDER_DETAIL)])
def test_a_next_step_begins_where_what_stands_over_it_begins(qtbot: QtBot, title: str, edge: int) -> None:
    pane, bar = Pane(title), NextStepBar()
    qtbot.addWidget(pane)
    bar.render(NextStepView("扫完打交接单"))
    pane.add_foot(bar)
    pane.resize(600, 300)
    pane.show()
    sentence = part(bar, Text, "nextStepSentence")
    assert sentence.mapTo(pane, sentence.rect().topLeft()).x() == edge + 2  # the pane’s own line


def test_a_field_says_that_it_may_stay_empty_only_while_it_may(qtbot: QtBot) -> None:
    field = Field("出资期限")
    qtbot.addWidget(field)
    field.show()

    def said() -> bool:
        return any(label.text() == "选填" and label.isVisible() for label in field.findChildren(Text))

    assert not said()
    field.set_optional(True)
    qtbot.waitUntil(said)
    field.set_optional(False)
    assert not said()


def test_a_wide_table_leaves_no_hole_behind_the_names(qtbot: QtBot) -> None:
    table = RowTable((Column("编号", 160), Column("申请人"), Column("状态", 100), Column("余", 80, "right")))
    qtbot.addWidget(table)
    table.resize(700, 200)
    table.show()
    assert [table.columnWidth(place) for place in (0, 2, 3)] == [160, 100, 80]
    table.resize(1400, 200)
    assert [table.columnWidth(place) for place in (0, 2, 3)] == [160, 200, 160]


def test_a_citizen_is_told_that_there_is_more_below(qtbot: QtBot) -> None:
    window = CitizenWindow()
    qtbot.addWidget(window)
    lines = tuple(ReviewLine(f"第 {number} 栏", "江州") for number in range(60))
    window.show_view(CitizenView(title="人员", lines=lines[:4]))
    assert window.below() == 0
    window.show_view(CitizenView(title="人员", lines=lines))
    assert 0 < window.below() < 60


def test_the_promised_day_has_its_line_under_the_ruler_when_it_comes_later(qtbot: QtBot) -> None:
    pane, ruler = Pane("办结期限"), Ruler()
    qtbot.addWidget(pane)
    pane.body.addWidget(ruler)
    ruler.render(RulerView(("today", "work")))
    pane.show()
    low = ruler.height()
    ruler.render(RulerView(("today", "work"), mark="承诺 12月4日", mark_at=1))
    qtbot.waitUntil(lambda: ruler.height() == ruler.sizeHint().height() > low)

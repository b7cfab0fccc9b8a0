"""Tags, lamps, panes, strips, the next-step bar, the step line and the ruler: dumb, spoken, painted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.widgets.lamp import Lamp
from ui.widgets.next_step import Act, NextStepBar, NextStepView
from ui.widgets.paint import LAMP_TONES
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.ruler import Ruler, RulerView
from ui.widgets.step_line import Step, StepLine
from ui.widgets.strip import Strip, StripView
from ui.widgets.tag import Tag
from ui.widgets.text import Hair, Text


def colours(widget: QWidget) -> set[str]:
    picture = widget.grab().toImage()
    return {picture.pixelColor(x, y).name().upper() for x in range(picture.width()) for y in range(picture.height())}


def grey_shape(widget: QWidget) -> bytes:
    picture = widget.grab().toImage()
    return bytes(
        picture.pixelColor(x, y).lightness() < 200
        for y in range(picture.height())
        for x in range(min(18, picture.width()))
    )


def test_lamps_differ_in_shape_even_without_colour(qtbot: QtBot) -> None:
    shapes: dict[bytes, str] = {}
    for kind in ("ok", "soon", "overdue", "paused", "waiting", "done", "cut", "unknown"):
        lamp = Lamp(kind, "　")  # type: ignore[arg-type]
        qtbot.addWidget(lamp)
        shape = grey_shape(lamp)
        assert shape not in shapes, f"{kind} looks like {shapes.get(shape)}"
        shapes[shape] = kind


def test_only_overdue_is_red() -> None:
    assert [kind for kind, tone in LAMP_TONES.items() if tone == "red"] == ["overdue"]


def test_a_lamp_speaks_its_sentence_and_opens_its_page(qtbot: QtBot) -> None:
    lamp = Lamp("ok", "线路 已连接", pressable=True)
    qtbot.addWidget(lamp)
    lamp.render_lamp("cut", "线路 10:12 中断，照常办", "线路")
    assert (lamp.accessibleName(), lamp.kind(), lamp.sentence()) == (
        "线路 10:12 中断，照常办",
        "cut",
        lamp.accessibleName(),
    )
    whole = lamp.sizeHint().width()
    lamp.set_brief(True)
    assert lamp.sizeHint().width() < whole
    assert lamp.toolTip() == "线路 10:12 中断，照常办"
    with qtbot.waitSignal(lamp.clicked):
        qtbot.mouseClick(lamp, Qt.MouseButton.LeftButton)


def test_an_empty_tag_takes_no_room(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    tag = Tag("", "info", parent)
    assert tag.isHidden()
    tag.render_tag("演练", "info")
    assert not tag.isHidden()
    assert tag.accessibleName() == tag.text() == "演练"
    assert {theme.current().tokens.asoft, theme.current().tokens.aline} <= colours(tag)


def test_a_squeezed_tag_gives_up_its_end(qtbot: QtBot) -> None:
    tag = Tag("B角，代 罗文静（A角）·顶岗至 13:30", "info")
    qtbot.addWidget(tag)
    assert tag.minimumSizeHint().width() < tag.sizeHint().width()
    tag.resize(70, 22)
    assert len(colours(tag)) > 3


def test_a_pane_hides_its_head_until_it_has_a_title(qtbot: QtBot) -> None:
    pane = Pane()
    qtbot.addWidget(pane)
    bare = pane.sizeHint().height()
    pane.set_title("材料", "收齐 3 / 4")
    assert pane.accessibleName() == "材料"
    assert pane.sizeHint().height() > bare
    pane.add_to_head(Text("更多"))
    pane.add_foot(Hair())


def test_a_long_note_gives_way_before_the_window_grows(qtbot: QtBot) -> None:
    pane, bare = (
        Pane("2026年11月20日（星期五）", "10:44 统计，线路断着，别的窗口断线后的还没到" * 3),
        Pane("2026年11月20日（星期五）"),
    )
    for one in (pane, bare):
        qtbot.addWidget(one)
        one.show()
    assert pane.minimumSizeHint().width() < bare.minimumSizeHint().width() + 80


def test_a_body_for_reading_grows_no_longer_than_it_can_be_read(qtbot: QtBot) -> None:
    body = ScrollBody(widest=400)
    qtbot.addWidget(body)
    body.resize(1600, 300)
    body.show()
    assert body.widget().width() == theme.current().px(400)


def test_a_scroll_body_keeps_its_ground(qtbot: QtBot) -> None:
    body = ScrollBody()
    qtbot.addWidget(body)
    body.body.addWidget(Text("一句话"))
    assert body.widgetResizable()
    assert body.widget().findChildren(Text)


def test_text_is_never_markup(qtbot: QtBot) -> None:
    text = Text("<b>张三</b> & 李四", "dense", tone="warn", strong=True)
    qtbot.addWidget(text)
    assert text.textFormat() == Qt.TextFormat.PlainText
    text.set_tone("ok")
    assert text.property("tone") == "ok"
    text.say("")
    assert text.isHidden()


@pytest.mark.parametrize(("role", "size"), [("note", 12), ("dense", 13), ("body", 14), ("section", 16), ("ticket", 58)])
def test_roles_have_their_sizes(qtbot: QtBot, role: str, size: int) -> None:
    text = Text("B017", role)  # type: ignore[arg-type]
    qtbot.addWidget(text)
    text.ensurePolished()
    assert text.fontInfo().pixelSize() == size


def test_a_strip_says_and_clears(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    strip = Strip(parent)
    assert strip.isHidden()
    strip.say("线路 10:12 中断，照常办", rest="本窗办的 14 条都已存好，恢复后自动送。", icon="link-off", link="看同步")
    assert not strip.isHidden()
    assert strip.text().startswith("线路 10:12 中断")
    assert strip.accessibleName() == "线路 10:12 中断，照常办 本窗办的 14 条都已存好，恢复后自动送。"
    assert strip.property("strip") == "warn"
    with qtbot.waitSignal(strip.link_chosen):
        strip._button.click()
    strip.render(StripView("0398 超承诺时限 1 天", kind="red"))
    assert strip.property("strip") == "red"
    strip.render(None)
    assert strip.isHidden()
    assert strip.text() == ""


STEP = NextStepView(
    "下一步：受理。承诺 12月4日前办结。", "4 项材料收齐 3 项。",
    Act("accept", "受理并打印", "Ctrl+Enter"), (Act("notice", "一次性告知", "Ctrl+G"),),
)  # fmt: skip


@pytest.fixture
def bar(front: Callable[..., QWidget]) -> NextStepBar:
    made = NextStepBar()
    made.render(STEP)
    front(made)
    return made


def test_the_bar_says_which_act_was_chosen(qtbot: QtBot, bar: NextStepBar) -> None:
    with qtbot.waitSignal(bar.chosen) as chosen:
        qtbot.keyClick(bar, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert chosen.args == ["accept"]
    with qtbot.waitSignal(bar.chosen) as second:
        qtbot.keyClick(bar, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert second.args == ["notice"]


def test_the_bar_keeps_its_buttons_and_the_focus_while_the_acts_stay(qtbot: QtBot, bar: NextStepBar) -> None:
    button = bar.button("accept")
    assert button is not None
    button.setFocus()
    reason = "还缺必备材料：营业执照"
    bar.render(NextStepView("下一步：受理。", "", Act("accept", "受理并打印", "Ctrl+Enter", reason), STEP.seconds))
    assert bar.button("accept") is button
    assert button.hasFocus()
    with qtbot.waitSignal(bar.refused) as refused:
        button.click()
    assert refused.args == [reason]


def test_the_bar_changes_its_buttons_with_the_acts(qtbot: QtBot, bar: NextStepBar) -> None:
    bar.render(NextStepView("这张受理回执出来了吗？"))
    assert bar.button("accept") is None
    bar.render(NextStepView("下一步：收件。", "", Act("receive", "收件", "Ctrl+Enter")))
    assert bar.button("receive") is not None
    with qtbot.waitSignal(bar.chosen) as chosen:
        qtbot.keyClick(bar, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert chosen.args == ["receive"]


def test_the_step_line_speaks_and_paints(qtbot: QtBot) -> None:
    line = StepLine()
    qtbot.addWidget(line)
    line.render((Step("收件", "done", "10:33"), Step("受理", "now", "现在"), Step("审查")))
    assert line.accessibleName() == "收件已过，受理现在，审查未到"
    line.resize(600, 44)
    assert {theme.current().tokens.accent, theme.current().tokens.fill} <= colours(line)


DAYS = ("today", "off", "off", *(["work"] * 5), "off", "off", *(["spare"] * 5))


def test_the_ruler_has_a_cell_a_day(qtbot: QtBot) -> None:
    ruler = Ruler()
    qtbot.addWidget(ruler)
    ruler.render(RulerView(DAYS, right="法定 12月11日", mark="承诺 12月4日", mark_at=7, spoken="还剩 5 个工作日"))  # type: ignore[arg-type]
    ruler.resize(252, 54)
    assert ruler.accessibleName() == "还剩 5 个工作日"
    picture = ruler.grab().toImage()
    fill = theme.current().tokens.fill
    row = [picture.pixelColor(x, 26).name().upper() == fill for x in range(picture.width())]
    cells = sum(1 for x in range(1, len(row)) if row[x] and not row[x - 1])
    assert cells == 5


def test_a_long_term_still_fits(qtbot: QtBot) -> None:
    ruler = Ruler()
    qtbot.addWidget(ruler)
    ruler.render(RulerView(("today", *(["work"] * 180), *(["over"] * 10)), right="法定 2027年6月1日"))  # type: ignore[arg-type]
    ruler.resize(252, 36)
    found = colours(ruler)
    assert theme.current().tokens.fill in found
    assert theme.current().tokens.red in found
    ruler.render(RulerView(()))
    assert theme.current().tokens.fill not in colours(ruler)

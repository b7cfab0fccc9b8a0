"""Every page before a screen reader and under Tab: each control says its name, its role and its key, and is met in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QScrollArea, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import destructive
from tests.ui.whole_desk import WholeDesk, whole_desk
from ui import spoken, theme
from ui.rail import RailButton
from ui.tour.hands import until
from ui.widgets.focus import tab_through
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane

CHINESE = re.compile(r"[㐀-鿿]")
NOTHING_SAID = (QAccessible.Role.NoRole, QAccessible.Role.Client)
Findings = dict[str, list[str]]
TOLERANCE = 8
"""Pixels by which two controls of one line may stand apart."""


@pytest.fixture(scope="module")
def desk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeDesk]:
    theme.apply(qapp)
    spoken.install()
    with whole_desk(tmp_path_factory.mktemp("desk")) as made:
        made.window.resize(1366, 690)
        yield made


def nodes(widget: QWidget) -> Iterator[QAccessibleInterface]:
    """What a screen reader finds in it that is on screen; a table is one, its rows are its own."""
    yield from _below(QAccessible.queryAccessibleInterface(widget))


def _below(node: QAccessibleInterface | None) -> Iterator[QAccessibleInterface]:
    if node is None or not node.isValid() or node.state().invisible:
        return
    yield node
    if not isinstance(node.object(), QTableView):
        for place in range(node.childCount()):
            yield from _below(node.child(place))


def name_of(node: QAccessibleInterface) -> str:
    return node.text(QAccessible.Text.Name)


def told(node: QAccessibleInterface) -> str:
    what = node.object()
    return f"{type(what).__name__} {what.objectName() if what else ''} “{name_of(node)}”"


def unnamed(page: QWidget) -> list[str]:
    """Controls without a Chinese name, without a role, or a button that hides its key."""
    found = []
    for node in nodes(page):
        if not node.state().focusable:
            continue
        if not CHINESE.search(name_of(node)):
            found.append(f"没有名字：{told(node)}")
        if node.role() in NOTHING_SAID:
            found.append(f"没有角色：{told(node)}")
        button = node.object()
        if isinstance(button, KeyButton) and button.key() not in name_of(node):
            found.append(f"没说按键 {button.key()}：{told(node)}")
        if isinstance(button, QAbstractButton) and button.shortcut().toString() not in name_of(node):
            found.append(f"没说按键：{told(node)}")
    return found


def twice(page: QWidget) -> list[str]:
    """Two controls of one page that a screen reader cannot tell apart."""
    count = Counter((name_of(node), node.role().name) for node in nodes(page) if node.state().focusable)
    return [f"{role} “{name}” {times} 次" for (name, role), times in count.items() if times > 1]


def pane_of(widget: QWidget) -> QWidget | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, Pane):
        above = above.parentWidget()
    return above


def tabbed(page: QWidget) -> list[QWidget]:
    """The page's controls as Tab meets them."""
    found: list[QWidget] = []
    at = page.nextInFocusChain()
    while at is not None and at is not page:
        takes = at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.focusProxy() is None
        if takes and page.isAncestorOf(at) and at.isVisible() and at.isEnabled() and not isinstance(at, QScrollArea):
            found.append(at)
        at = at.nextInFocusChain()
    return found


def box_of(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def scrolled_by(widget: QWidget) -> QScrollArea | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def as_read(widget: QWidget, beside: QWidget) -> QRect:
    """Where it is read before or after what stands beside its scroll area: what is hidden there is read at the edge."""
    box, area = box_of(widget), scrolled_by(widget)
    if area is None or area is scrolled_by(beside):
        return box
    seen = box_of(area)
    box.moveTop(min(max(box.top(), seen.top()), seen.bottom() - box.height()))
    return box


def backwards(before: QRect, after: QRect) -> bool:
    """Whether reading goes back: left in the same line, or up without beginning a column further right."""
    same_line = before.top() - TOLERANCE <= after.center().y() <= before.bottom() + TOLERANCE
    if same_line:
        return after.right() <= before.left()
    return after.bottom() <= before.top() + TOLERANCE and after.left() < before.right()


def out_of_order(page: QWidget) -> list[str]:
    """Neighbours in the Tab order of one pane that are read the other way round."""
    found = []
    last: dict[QWidget | None, QWidget] = {}
    for widget in tabbed(page):
        pane = pane_of(widget)
        before = last.get(pane)
        last[pane] = widget
        if before is not None and backwards(as_read(before, widget), as_read(widget, before)):
            said = [f"{type(one).__name__} {one.objectName()} “{one.accessibleName()}”" for one in (before, widget)]
            found.append(" → ".join(said))
    return found


def spoken_name(widget: QWidget) -> str:
    """How a screen reader announces a sheet, a cover or a window."""
    return name_of(QAccessible.queryAccessibleInterface(widget)) or widget.windowTitle()


def steps_wrong(page: QWidget) -> list[str]:
    """More than one next step of a bar that could be taken, or a grey one that does not say why where it stands."""
    filled = [one for one in page.findChildren(KeyButton) if one.kind() == "next" and one.isVisible()]
    keys = Counter(one.key() for one in filled if one.key() and not one.reason())
    found = [f"{times} 个下一步都按 {key}" for key, times in keys.items() if times > 1]
    open_ones = [one for one in filled if not one.reason()]
    if len(open_ones) > 1:
        found.append("几个下一步：" + "，".join(one.accessibleName() for one in open_ones))
    for one in filled:
        if not one.isEnabled():
            found.append(f"灰了不说为什么：{one.accessibleName()}")
        if one.reason() and not CHINESE.search(one.reason()):
            found.append(f"理由不是一句话：{one.accessibleName()}")
        if one.reason() and one.width() < one.sizeHint().width():
            found.append(f"理由写不下：{one.accessibleName()}")
    for bar in page.findChildren(NextStepBar):
        if bar.isVisible() and bar.filled() is not None and not bar.sentence():
            found.append(f"下一步旁边没有一句话：{bar.objectName()}")
    return found


def look(said: Findings, name: str, part: QWidget) -> None:
    """One part under all rules."""
    said["unnamed"] += [f"{name}: {one}" for one in unnamed(part)]
    said["twice"] += [f"{name}: {one}" for one in twice(part)]
    said["order"] += [f"{name}: {one}" for one in out_of_order(part)]


@pytest.fixture(scope="module")
def found(desk: WholeDesk) -> Findings:
    """One walk over everything, for all tests."""
    said: Findings = {"unnamed": [], "twice": [], "order": [], "steps": []}
    for place in desk.places():
        page = desk.turn(place)
        look(said, str(place), page)
        said["steps"] += [f"{place}: {one}" for one in steps_wrong(page)]
    shell = desk.desk.shell
    for part in (shell.top, shell.rail, shell.status):
        look(said, part.objectName(), part)
    for name, part in desk.beside():
        look(said, name, part)
        said["unnamed"] += [] if CHINESE.search(spoken_name(part)) else [f"{name}: 整块没有名字"]
    return said


def test_what_cannot_be_taken_back_asks_first(desk: WholeDesk) -> None:
    """It says what will be, the harmless way is the near one, Esc and an empty Enter do nothing; a reader hears all of it."""
    desk.window.activateWindow()
    until(desk.window.isActiveWindow, "窗口在前面")
    said: Findings = {"unnamed": [], "twice": [], "order": []}
    wrong = []
    for act in destructive.ACTS:
        wrong += [f"{act}: {one}" for one in destructive.asked(desk, act)]
        page = desk.house(act.place.page)
        look(said, str(act), page)
        wrong += [f"{act}: {one}" for one in destructive.left(desk, act, page)]
    for act in destructive.AT_ONCE:
        wrong += [f"{act}: {one}" for one in destructive.at_once(desk, act)]
        look(said, str(act), desk.house(act.place.page))
    assert wrong == []
    assert said == {"unnamed": [], "twice": [], "order": []}


def test_every_control_says_name_role_and_key(found: Findings) -> None:
    assert found["unnamed"] == []


def test_no_two_controls_of_a_page_sound_alike(found: Findings) -> None:
    assert found["twice"] == []


def test_tab_goes_as_one_reads(found: Findings) -> None:
    assert found["order"] == []


def test_one_next_step_a_page_and_its_reason_in_words(found: Findings) -> None:
    assert found["steps"] == []


def test_every_rail_button_says_its_key(desk: WholeDesk) -> None:
    buttons = [one for one in desk.desk.shell.rail.findChildren(RailButton) if one.isVisible()]
    assert len(buttons) > 5
    assert all("快捷键 Alt+" in one.accessibleName() for one in buttons)


def test_two_next_steps_and_a_mute_one_are_found(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    first, second, mute = (KeyButton(words, "Ctrl+Enter", "next") for words in ("受理", "收件", "办结"))
    for button in (first, second, mute):
        column.addWidget(button)
    mute.setEnabled(False)
    page.show()
    said = " ".join(steps_wrong(page))
    assert all(words in said for words in ("3 个下一步都按 Ctrl+Enter", "几个下一步", "灰了不说为什么：办结"))
    second.set_reason("先办结 B017")
    mute.hide()
    assert steps_wrong(page) == []


def test_what_says_nothing_is_found(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    nameless, plain = QLineEdit(), QWidget()
    plain.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    plain.setAccessibleName("一块")
    first, second = KeyButton("找", "Ctrl+F"), KeyButton("找", "Ctrl+F")
    for widget in (nameless, plain, first, second):
        column.addWidget(widget)
    first.setAccessibleName("找")
    second.setAccessibleName("找")
    tab_through(second, first, nameless)
    page.show()
    said = " ".join(unnamed(page))
    assert all(words in said for words in ("没有名字：QLineEdit", "没有角色：QWidget", "没说按键 Ctrl+F"))
    assert twice(page) == ["Button “找” 2 次"]
    assert out_of_order(page)

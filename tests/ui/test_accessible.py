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

from tests.ui.whole_desk import WholeDesk, whole_desk
from ui import spoken, theme
from ui.rail import RailButton
from ui.widgets.focus import tab_through
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane

CHINESE = re.compile(r"[㐀-鿿]")
NOTHING_SAID = (QAccessible.Role.NoRole, QAccessible.Role.Client)
TOLERANCE = 8
"""Pixels by which two controls of one line may stand apart."""

BEING_BUILT = "settings"
"""This page is being built by somebody else: its folder's path and the two values that are not set name themselves only."""


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
        if before is not None and backwards(box_of(before), box_of(widget)):
            said = [f"{type(one).__name__} {one.objectName()} “{one.accessibleName()}”" for one in (before, widget)]
            found.append(" → ".join(said))
    return found


Findings = dict[str, list[str]]


@pytest.fixture(scope="module")
def found(desk: WholeDesk) -> Findings:
    """One walk over everything, for all tests."""
    said: Findings = {"unnamed": [], "twice": [], "order": []}
    for place in desk.places():
        page = desk.turn(place)
        if place.page != BEING_BUILT:
            said["unnamed"] += [f"{place}: {one}" for one in unnamed(page)]
            said["twice"] += [f"{place}: {one}" for one in twice(page)]
        said["order"] += [f"{place}: {one}" for one in out_of_order(page)]
    shell = desk.desk.shell
    for part in (shell.top, shell.rail, shell.status, desk.door.page):
        said["unnamed"] += unnamed(part)
        said["twice"] += twice(part)
    return said


def test_every_control_says_name_role_and_key(found: Findings) -> None:
    assert found["unnamed"] == []


def test_no_two_controls_of_a_page_sound_alike(found: Findings) -> None:
    assert found["twice"] == []


def test_tab_goes_as_one_reads(found: Findings) -> None:
    assert found["order"] == []


def test_every_rail_button_says_its_key(desk: WholeDesk) -> None:
    buttons = [one for one in desk.desk.shell.rail.findChildren(RailButton) if one.isVisible()]
    assert len(buttons) > 5
    assert all("快捷键 Alt+" in one.accessibleName() for one in buttons)


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

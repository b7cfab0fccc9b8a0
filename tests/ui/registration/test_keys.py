"""Keys of the form page: what F1 lists is bound there, one key is never two acts at once, and a narrow window hides no way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from clerk_app.office.registration.saving import save_form
from clerk_app.registration.document import put
from tests.registration.test_form import EXAMPLE
from tests.ui.parts import hand
from tests.ui.registration.bench import Bench
from tests.visits import done
from ui import theme
from ui.key_sheet import WIDTH
from ui.registration.cells import LineCell
from ui.registration.room import FormRoom
from ui.registration.side_house import FOUND
from ui.registration.view import REVIEW
from ui.shortcuts import BINDINGS
from ui.widgets.key_button import key_sequences

CONTROL = Qt.KeyboardModifier.ControlModifier
LISTED = {binding.key for binding in BINDINGS if binding.page == "form" and binding.built}


@pytest.fixture
def room(bench: Bench) -> Iterator[FormRoom]:
    """The page as the desk wires it, with everything that may lie over it."""
    bench.presenter.setParent(None)
    bench.presenter.deleteLater()
    page = bench.page
    room = FormRoom(bench.office, bench.background, page)
    room.said.connect(lambda text, good: bench.said.append((text, good)))
    yield room
    room.leave()


def opened(bench: Bench, room: FormRoom) -> None:
    done(save_form(bench.office, bench.case.id, put(EXAMPLE, "/persons/1/mobile", "123")))
    room.open_case(bench.case.id)
    bench.qtbot.waitUntil(lambda: bench.background.idle and bench.page.missing.table().rows() != ())


def bound(page: QWidget) -> Counter[str]:
    """The keys that act now, each as often as somebody listens for it."""
    found: Counter[str] = Counter()
    for shortcut in page.findChildren(QShortcut):
        owner = shortcut.parent()
        if shortcut.isEnabled() and isinstance(owner, QWidget) and owner.isVisible():
            listened: list[QKeySequence] = shortcut.keys()
            found.update(sequence.toString() for sequence in listened)
    return found


def names(key: str) -> set[str]:
    return {sequence.toString() for sequence in key_sequences(key)}


def test_what_f1_lists_is_bound_and_never_twice(bench: Bench, room: FormRoom) -> None:
    opened(bench, room)
    page, seen = bench.page, set()
    ways = (
        lambda: None,
        lambda: room.form.go_to("people"),
        lambda: bench.qtbot.keyClick(hand(), Qt.Key.Key_M, CONTROL),
        lambda: page.side.turn(FOUND),
        lambda: room.form.go_to(REVIEW),
        lambda: room.out.open(),
        lambda: room.out.leave(),
        lambda: page.resize(900, 610),
    )
    for way in ways:
        way()
        bench.wait()
        now = bound(page)
        assert [key for key, times in now.items() if times > 1] == []
        seen |= set(now)
    assert {key for key in LISTED if not names(key) & seen} == set()


def test_f1_s_words_have_room() -> None:
    look = theme.current()
    metrics, room = QFontMetrics(look.font("dense")), look.px(WIDTH) / 2 - look.px(128)
    words = [binding.words for binding in BINDINGS if binding.page == "form" and binding.built]
    assert [one for one in words if metrics.horizontalAdvance(one) > room] == []


def test_in_a_narrow_window_what_is_wrong_is_one_key_away_and_the_steps_another(bench: Bench, room: FormRoom) -> None:
    page = bench.page
    page.resize(1000, 610)
    opened(bench, room)
    assert page.steps.isVisible()
    assert not page.side.isVisible()
    assert page.sheet.head.found.isVisible()
    bench.qtbot.keyClick(hand(), Qt.Key.Key_H, CONTROL)
    bench.wait()
    assert page.side.isVisible()
    assert not page.steps.isVisible()
    assert page.sheet.here() == "/persons/1/mobile"
    bench.qtbot.keyClick(hand(), Qt.Key.Key_Escape)
    assert page.steps.isVisible()
    assert not page.side.isVisible()
    bench.qtbot.keyClick(hand(), Qt.Key.Key_M, CONTROL)
    bench.wait()
    assert hand() is page.side.points.fresh.opinion
    assert page.side.points.fresh.where.currentData() == "/persons/1/mobile"
    assert page.width() == 1000, "nothing pushes the window wider"


def test_with_all_buttons_the_page_is_no_wider_than_its_window(bench: Bench, room: FormRoom) -> None:
    opened(bench, room)
    for button in (room.taking.looking.button, room.record.changes.button):
        button.show()
    bench.qtbot.waitUntil(lambda: bench.page.minimumSizeHint().width() <= 1290)
    assert bench.page.width() == 1290
    shown = [one for one in (room.out.button, room.taking.button, bench.page.sheet.citizen) if one.isVisible()]
    assert len(shown) == 3
    assert all(one.mapTo(bench.page.sheet, one.rect().bottomRight()).x() < bench.page.sheet.width() for one in shown)


def test_a_finding_under_a_field_is_read_whole(bench: Bench, room: FormRoom) -> None:
    opened(bench, room)
    room.form.jump("/persons/1/mobile")
    bench.page.lead("/persons/1/name")
    cell = bench.page.cell("persons[].mobile")
    assert isinstance(cell, LineCell)
    assert cell.finding()
    words = cell._under
    bench.qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))
    assert cell.line.geometry().bottom() < words.geometry().top()

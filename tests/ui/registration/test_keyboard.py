"""A clerk enters the whole example by keyboard alone: keys only, through the real page, and what is saved is the example."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from clerk_app.registration.document import get, keys_of, rows_of
from clerk_app.registration.entry import text_of
from clerk_app.registration.model import submitted
from tests.registration.test_form import EXAMPLE, FORM
from tests.ui.parts import commit, hand
from tests.ui.registration.bench import Bench
from ui.registration.cells import AnyCell, ChoiceCell, SetCell, TickCell
from ui.registration.view import REVIEW, CellView

CONTROL = Qt.KeyboardModifier.ControlModifier
FEW = 400


class Keyboard:
    """Hands that know only keys; what they look at is what stands on the page."""

    def __init__(self, bench: Bench, wanted: dict[str, Any]) -> None:
        self._page, self._wanted = bench.page, wanted
        self._done: set[str] = set()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(hand(), key, held)

    def type(self, text: str) -> None:
        """Chinese comes through the input method, all else by keys."""
        for one in text:
            if one.isascii():
                QTest.keyClicks(hand(), one)
            else:
                commit(hand(), one)

    def tab_to(self, aim: QWidget) -> None:
        for _ in range(FEW):
            if hand() is aim:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"{aim.objectName()} is not reached by Tab")

    def fill_step(self) -> None:
        """What is asked for grows while one fills: again until nothing is left."""
        while (cell := next(self._open_cells(), None)) is not None:
            self._fill(cell)
        self._rows("")

    def _rows(self, around: str) -> None:
        """The lists of the step, each row of each; lists inside a row with it."""
        for slot in [pane.view().slot for pane in self._page.sheet.repeats()]:
            pane = next((one for one in self._page.sheet.repeats() if one.view().slot == slot), None)
            if pane is None or not pane.view().pointer.startswith(around) or slot.count("[]") != bool(around):
                continue
            place = pane.view().pointer
            for number in range(len(rows_of(get(self._wanted, place)))):
                self._row(place, slot, number)

    def _row(self, place: str, slot: str, number: int) -> None:
        pane = next(one for one in self._page.sheet.repeats() if one.view().slot == slot)
        if number < len(pane.view().rows):
            self.tab_to(pane.table())
            for _ in range(number - pane.view().chosen):
                self.press(Qt.Key.Key_Down, CONTROL)
            assert pane.view().chosen == number
        else:
            self.tab_to(pane.add_button())
            self.press(Qt.Key.Key_Return)
        row = f"{place}/{number}"
        while (cell := next(self._open_cells(row), None)) is not None:
            self._fill(cell)
        self._rows(f"{row}/")

    def _open_cells(self, row: str = "") -> Iterator[AnyCell]:
        for cell in self._page.sheet.cells():
            view = cell.view
            if view is None or view.pointer in self._done or view.taken or not cell.hand().isEnabled():
                continue
            deep = sum(1 for key in keys_of(view.pointer) if isinstance(key, int))
            if view.pointer.startswith(f"{row}/") and deep == sum(1 for key in keys_of(row) if isinstance(key, int)):
                yield cell

    def _fill(self, cell: AnyCell) -> None:
        view = cell.view
        assert view is not None
        self._done.add(view.pointer)
        value = get(self._wanted, view.pointer)
        if isinstance(cell, SetCell):
            self._tick_set(cell, rows_of(value))
        elif isinstance(cell, TickCell):
            if cell.box.isChecked() is not (value is True):
                self.tab_to(cell.box)
                self.press(Qt.Key.Key_Space)
        elif isinstance(cell, ChoiceCell):
            self._choose(cell, str(value or ""))
        else:
            self._write(cell, view, value)

    def _write(self, cell: AnyCell, view: CellView, value: Any) -> None:
        text = text_of(FORM.by_id[view.slot], value)
        if text != view.text:
            self.tab_to(cell.hand())
            self.press(Qt.Key.Key_A, CONTROL)
            self.press(Qt.Key.Key_Delete)
            self.type(text)
            self.press(Qt.Key.Key_Return)

    def _choose(self, cell: ChoiceCell, value: str) -> None:
        if cell.combo.currentData() == value:
            return
        self.tab_to(cell.combo)
        self.press(Qt.Key.Key_Home)
        for _ in range(cell.combo.findData(value)):
            self.press(Qt.Key.Key_Down)
        assert cell.combo.currentData() == value

    def _tick_set(self, cell: SetCell, wanted: list[Any]) -> None:
        assert cell.view is not None
        for box, (word, _) in zip(tuple(cell.boxes), cell.view.choices, strict=True):
            if box.isChecked() is not (word in wanted):
                self.tab_to(box)
                self.press(Qt.Key.Key_Space)


def filled_leaves(value: Any) -> Any:
    """Without what is empty or a plain no, which an application need not spell out."""
    if isinstance(value, dict):
        return {
            key: kept for key, inner in value.items() if (kept := filled_leaves(inner)) not in (None, {}, [], False)
        }
    return [filled_leaves(one) for one in value] if isinstance(value, list) else value


def test_the_whole_example_is_entered_by_keys_alone(bench: Bench) -> None:
    bench.open()
    bench.wait()
    wanted = {**EXAMPLE, "application": {**EXAMPLE["application"], "application_no": bench.case.query_code}}
    keyboard = Keyboard(bench, wanted)
    for step in FORM.steps:
        sheet = bench.presenter.sheet
        assert sheet is not None
        assert sheet.step == step.id
        keyboard.fill_step()
        keyboard.press(Qt.Key.Key_Return, CONTROL)
        QApplication.processEvents()
    sheet = bench.presenter.sheet
    assert sheet is not None
    assert sheet.step == REVIEW
    bench.qtbot.waitUntil(lambda: bench.page.missing.table().rows() == (), timeout=5000)
    with bench.qtbot.waitSignal(bench.presenter.done, timeout=5000):
        keyboard.press(Qt.Key.Key_Return, CONTROL)
    kept = bench.kept()
    assert kept is not None
    assert filled_leaves(submitted(FORM, kept)) == filled_leaves(wanted)

"""演练小票机: every paper from its bytes, the newest on top, emptied and reset at one press."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.parts import part
from tests.ui.receipts.test_page import png
from ui.background import Background
from ui.training.printer_presenter import TrainingPrinter
from ui.widgets.key_button import KeyButton


@pytest.fixture
def jobs() -> list[bytes]:
    return []


@pytest.fixture
def printer(qtbot: QtBot, jobs: list[bytes]) -> Iterator[TrainingPrinter]:
    background = Background()
    pictures = {b"ticket": png(300, 200), b"receipt": png(300, 900)}
    printer = TrainingPrinter(lambda: jobs, lambda job: pictures[job], background)
    qtbot.addWidget(printer.window)
    desk = QWidget()
    qtbot.addWidget(desk)
    printer.start(desk)
    yield printer
    printer._timer.stop()
    background.close()


def wait(qtbot: QtBot, printer: TrainingPrinter, papers: int) -> None:
    printer.look()
    qtbot.waitUntil(lambda: printer.window.papers() == papers, timeout=3000)


def test_it_opens_empty_and_says_what_will_come(printer: TrainingPrinter) -> None:
    assert printer.window.windowTitle() == "演练 · 小票机"
    assert part(printer.window, KeyButton, "clear").reason() == "已经空了"
    assert not part(printer.window, KeyButton, "reset").reason()


def test_the_newest_lies_on_top(qtbot: QtBot, printer: TrainingPrinter, jobs: list[bytes]) -> None:
    jobs.append(b"ticket")
    wait(qtbot, printer, 1)
    jobs.append(b"receipt")
    wait(qtbot, printer, 2)
    places = printer.window._roll.places()
    assert places[0].height() > places[1].height()
    assert places[1].top() > places[0].bottom()
    QApplication.processEvents()
    assert not printer.window.grab().isNull()


def test_emptied_at_one_press_and_what_was_seen_does_not_come_back(
    qtbot: QtBot, printer: TrainingPrinter, jobs: list[bytes]
) -> None:
    jobs += [b"ticket", b"receipt"]
    wait(qtbot, printer, 2)
    part(printer.window, KeyButton, "clear").click()
    assert printer.window.papers() == 0
    jobs.append(b"ticket")
    wait(qtbot, printer, 1)


def test_reset_is_only_asked_for(qtbot: QtBot, printer: TrainingPrinter) -> None:
    with qtbot.waitSignal(printer.reset_wanted, timeout=1000):
        part(printer.window, KeyButton, "reset").click()


def test_bytes_nothing_can_draw_do_not_stop_the_rest(qtbot: QtBot, printer: TrainingPrinter, jobs: list[bytes]) -> None:
    jobs.append(b"torn")
    printer.look()
    qtbot.waitUntil(lambda: not printer._drawing, timeout=3000)
    jobs.append(b"ticket")
    wait(qtbot, printer, 1)

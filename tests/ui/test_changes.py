"""Changes reach pages on the GUI thread; a page out of sight waits until it is seen."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.changes import Changes


class Office:
    """What tells: a list of listeners, as the office has."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[object], None]] = []

    def subscribe(self, listener: Callable[[object], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def tell(self, change: object) -> None:
        for listener in self.listeners:
            listener(change)


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_change_told_by_a_worker_arrives_on_the_gui_thread(qtbot: QtBot, office: Office) -> None:
    changes = Changes(office.subscribe)
    seen: list[tuple[object, QThread]] = []
    changes.changed.connect(lambda change: seen.append((change, QThread.currentThread())))
    worker = threading.Thread(target=lambda: office.tell("ticket"))
    worker.start()
    worker.join()
    assert seen == []
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [("ticket", changes.thread())]
    changes.close()


def test_a_visible_page_refreshes_once_for_many_changes(qtbot: QtBot, office: Office) -> None:
    changes = Changes(office.subscribe)
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    times: list[int] = []
    changes.refresh(page, lambda: times.append(1))
    for number in range(30):
        office.tell(number)
    qtbot.waitUntil(lambda: bool(times))
    qtbot.wait(20)
    assert len(times) == 1
    changes.close()


def test_a_hidden_page_waits_until_it_is_shown(qtbot: QtBot, office: Office) -> None:
    changes = Changes(office.subscribe)
    page = QWidget()
    qtbot.addWidget(page)
    times: list[int] = []
    changes.refresh(page, lambda: times.append(1))
    office.tell("case")
    qtbot.wait(20)
    assert times == []
    page.show()
    qtbot.waitUntil(lambda: times == [1])
    page.hide()
    page.show()
    qtbot.wait(20)
    assert times == [1]
    changes.close()


def test_after_closing_nothing_comes(qtbot: QtBot, office: Office) -> None:
    changes = Changes(office.subscribe)
    seen: list[object] = []
    changes.changed.connect(seen.append)
    office.tell("late")
    changes.close()
    qtbot.wait(20)
    assert seen == []
    assert office.listeners == []
    changes.close()

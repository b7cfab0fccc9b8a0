"""Pages and widgets are tested as they are worn: with the theme on, in a window in front."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import theme

W = TypeVar("W", bound=QWidget)

PATIENCE = 60_000
"""Milliseconds at the least: waiting costs nothing when it goes well, and two cores may have other things to do."""


class PatientBot(QtBot):
    """qtbot that gives up late, whatever a test has written."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:
        super().waitUntil(callback, timeout=max(timeout, PATIENCE))

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE, **more: Any) -> Any:
        """Not the one that hopes that nothing comes: that is how `assertNotEmitted` waits."""
        least = 0 if more.get("raising") is False else PATIENCE
        return super().waitSignal(signal, timeout=max(timeout, least), **more)

    def waitActive(self, widget: QWidget, *, timeout: int = PATIENCE) -> Any:
        return super().waitActive(widget, timeout=max(timeout, PATIENCE))

    def waitExposed(self, widget: QWidget, *, timeout: int = PATIENCE) -> Any:
        return super().waitExposed(widget, timeout=max(timeout, PATIENCE))


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(autouse=True)
def dressed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Light paper at 100 % before every test that has a window; undone after tests that changed it."""
    if "qtbot" not in request.fixturenames:
        yield
        return
    app: QApplication = request.getfixturevalue("qapp")
    if app.property("desk_fonts") is None:
        theme.apply(app)
    yield
    if theme.current() != theme.Theme():
        theme.apply(app)


@pytest.fixture
def front(qtbot: QtBot) -> Callable[..., QWidget]:
    """Bring widgets to the front in one window, active, so that keys reach them; kept until the test ends."""
    kept: list[QWidget] = []

    def bring(*widgets: QWidget) -> QWidget:
        window = widgets[0]
        if len(widgets) > 1:
            window = QWidget()
            column = QVBoxLayout(window)
            for widget in widgets:
                column.addWidget(widget)
        qtbot.addWidget(window)
        kept.append(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return bring

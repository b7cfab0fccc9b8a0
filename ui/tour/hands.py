"""手 what the tour does as a person would: press keys, type, wait until something is seen, take a picture."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from ui.language import tr


class TourStuck(Exception):
    """导览走不下去 something a person would have seen did not come."""


def until(seen: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
    """Let the program run until something is so; raises `TourStuck`."""
    end = time.monotonic() + seconds
    while not seen():
        if time.monotonic() > end:
            raise TourStuck(what)
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.002)


def find_button(parent: QWidget, words: str) -> QAbstractButton | None:
    """The visible button that says these words (on it or to a screen reader)."""
    for button in parent.findChildren(QAbstractButton):
        if button.isVisible() and (words in button.text() or words in button.accessibleName()):
            return button
    return None


def press(parent: QWidget, words: str) -> None:
    """Press a button by its words, once it is there and awake."""
    until(lambda: find_button(parent, words) is not None, tr("按钮 {words}", words=words))
    button = find_button(parent, words)
    if button is not None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def find_line(parent: QWidget, words: str) -> QLineEdit | None:
    """The visible field a screen reader calls so."""
    for line in parent.findChildren(QLineEdit):
        if line.isVisible() and words.casefold() in f"{line.accessibleName()} {line.objectName()}".casefold():
            return line
    return None


def write(parent: QWidget, field: str, text: str) -> None:
    """Type into a field by its name."""
    until(lambda: find_line(parent, field) is not None, tr("输入框 {field}", field=field))
    line = find_line(parent, field)
    if line is not None:
        line.setFocus()
        line.selectAll()
        line.insert(text)
        line.textEdited.emit(text)


def key(widget: QWidget, code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press one key where the focus is."""
    QTest.keyClick(QApplication.focusWidget() or widget, code, modifier)


class Camera:
    """相机 numbered pictures of the window in one folder."""

    def __init__(self, window: QWidget, folder: Path, idle: Callable[[], bool]) -> None:
        self._window = window
        self._idle = idle
        self._folder = folder
        self.taken: list[str] = []

    def take(self, name: str, window: QWidget | None = None) -> None:
        """NN-name.png of the desk (or another window), after what is under way was painted."""
        for _ in range(3):
            QApplication.processEvents()
            until(self._idle, tr("画面安静下来"))
        file = f"{len(self.taken) + 1:02d}-{name}.png"
        if not (window or self._window).grab().save(str(self._folder / file)):
            raise OSError(file)
        self.taken.append(file)

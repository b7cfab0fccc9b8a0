"""字号 Ctrl + - 0: the text of the whole desk, 100 to 200 %."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme
from ui.shortcuts import Key
from ui.widgets.key_button import key_sequences

STEPS = {Key.LARGER: 1, Key.SMALLER: -1, Key.USUAL_SIZE: 0}


class TextSize(QObject):
    """字号 binds the size keys on a page; `without` a key that a button of the page binds itself."""

    def __init__(self, page: QWidget, *, without: tuple[Key, ...] = ()) -> None:
        super().__init__(page)
        for key in STEPS:
            if key not in without:
                shortcut = QShortcut(page)
                shortcut.setKeys(key_sequences(key))
                shortcut.setObjectName(key)
                shortcut.activated.connect(self._step)

    @Slot()
    def _step(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.step(app, STEPS[Key(self.sender().objectName())])

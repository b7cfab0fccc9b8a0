"""屏上键盘 touch keys for what has digits and capitals only; what they type goes where a keyboard's would."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from ui.kiosk.tiles import Touch
from ui.language import tr

ID_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "X", "0", tr("退格"))
BACK = tr("退格")
TALL = 60


class Keypad(QWidget):
    """屏上键盘 over a line, which keeps its focus: whoever has a keyboard needs none of these.

    An empty word makes the key before it twice as wide. `typed` after each key.
    """

    typed = Signal()

    def __init__(
        self,
        line: QLineEdit,
        keys: tuple[str, ...] = ID_KEYS,
        across: int = 3,
        tall: int = TALL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._line = line
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self.keys: dict[str, Touch] = {}
        for at, word in enumerate(keys):
            if not word:
                continue
            key = Touch(word, f"key-{word}", self, tall=tall)
            key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            key.tapped.connect(lambda word=word: self.press(word))
            wide = 2 if keys[at + 1 : at + 2] == ("",) else 1
            self._grid.addWidget(key, at // across, at % across, 1, wide)
            self.keys[word] = key

    def press(self, word: str) -> None:
        """One key."""
        if word == BACK:
            self._line.backspace()
        else:
            self._line.insert(word)
        self.typed.emit()

"""读卡器 a keyboard-wedge reader types a whole card in one burst that ends in Enter: told from a hand by its speed and its check digit."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets.field import fold

FASTEST_HAND = 0.05
"""Seconds between two keys of the quickest hand; a reader needs a few thousandths."""
_CARD = re.compile(r"(?P<name>[^\d,;|\t]*)[,;|\t ]*(?P<number>\d{17}[\dXx])(?:[,;|\t ].*)?")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def pressed_at(event: QKeyEvent, now: Callable[[], float] = time.monotonic) -> float:
    """按下的时刻 seconds when the key went down, by the window system's own count: a busy screen hears a reader's keys late.

    An event nobody stamped was made by a program just now.
    """
    return event.timestamp() / 1000 or now()


@dataclass(frozen=True)
class Card:
    """身份证 what a reader types of a card: the number, and the name where the reader knows Chinese."""

    name: str
    number: str


def read_card(words: str) -> Card | None:
    """The card in a burst of keys; None for anything whose check digit is wrong (GB 11643)."""
    found = _CARD.fullmatch(fold(words).strip())
    if found is None:
        return None
    number = found["number"].upper()
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return Card(found["name"].strip(), number) if _CHECKS[total % 11] == number[17] else None


class CardReader(QObject):
    """读卡器 watches the keys of some widgets; `began` before the first key of what may be a burst, `read(Card)` after its Enter.

    The keys themselves go their way; who listens puts back what they wrote, from what he kept at `began`.
    """

    began = Signal()
    read = Signal(object)

    def __init__(self, parent: QObject, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._now = now
        self._typed = ""
        self._last = 0.0

    def watch(self, *widgets: QWidget) -> None:
        """Look at the keys these get."""
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._typed = ""
            return False
        if isinstance(watched, QLineEdit) and getattr(watched, "composing", False):
            return False
        return self._key(event)

    def _key(self, event: QKeyEvent) -> bool:
        """Whether the key was swallowed: only the Enter that ends a card is."""
        at = pressed_at(event, self._now)
        slow, self._last = at - self._last > FASTEST_HAND, at
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            card = None if slow else read_card(self._typed)
            self._typed = ""
            if card is not None:
                self.read.emit(card)
            return card is not None
        if event.text():
            if slow or not self._typed:
                self._typed = ""
                self.began.emit()
            self._typed += event.text()
        return False

"""按键表 F1: the keys of the page in front, over a scrim that keeps the place visible."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui import shortcuts, theme
from ui.language import tr
from ui.shortcuts import Binding
from ui.spoken import speak_as
from ui.widgets import paint

WIDTH, ROW, HEAD, FOOT, EDGE = 900, 32, 52, 16, 12


class KeySheet(QWidget):
    """按键表 lists a page's keys; Esc, F1 or a click returns exactly there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keySheet")
        speak_as(self, "document")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = ""
        self._bindings: tuple[Binding, ...] = ()
        self._back: QWidget | None = None
        self.hide()

    def open(self, title: str, page: str) -> None:
        """Show the keys of a page; they are spoken too."""
        self._title, self._bindings = title, shortcuts.of_page(page)
        self.setAccessibleName(tr("。").join(f"{binding.key} {binding.words}" for binding in self._bindings))
        self._back = QApplication.focusWidget()
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def shut(self) -> None:
        """Go back to where the hand was."""
        self.hide()
        if self._back is not None and self._back.isVisible():
            self._back.setFocus()
        self._back = None

    def bindings(self) -> tuple[Binding, ...]:
        """What is listed now."""
        return self._bindings

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            # Nothing under the scrim may act while it is open.
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.shut()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.shut()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        scrim = QColor(look.colour("ink") if not look.tokens.dark else look.colour("rail"))
        scrim.setAlphaF(0.32 if not look.tokens.dark else 0.7)
        painter.fillRect(self.rect(), scrim)
        rows = max(1, (len(self._bindings) + 1) // 2)
        width = min(look.px(WIDTH), self.width() - 40)
        tall = min(look.px(ROW), self.row_room() // rows)
        height = look.px(HEAD) + rows * tall + look.px(FOOT)
        card = QRectF((self.width() - width) // 2, max(EDGE, (self.height() - height) // 2), width, height)
        paint.box(painter, card, 8, ground=look.colour("surface"), edge=look.colour("edge"))
        head = QRectF(card.left() + 20, card.top(), width - 40, look.px(HEAD))
        paint.words(painter, head, self._title, look.font("section", bold=True), look.colour("ink"))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        paint.words(painter, head, tr("Esc 回去"), look.font("note"), look.colour("ink3"), flags)
        for place, binding in enumerate(self._bindings):
            column, row = divmod(place, rows)
            x = card.left() + 20 + column * (width - 20) / 2
            y = card.top() + look.px(HEAD) + row * tall
            self._paint_binding(painter, x, y + tall / 2, width / 2 - look.px(128), binding)

    def row_room(self) -> int:
        """How high all rows of a column may be together: a low window draws them closer, none is left out."""
        look = theme.current()
        return self.height() - 2 * EDGE - look.px(HEAD) - look.px(FOOT)

    def _paint_binding(self, painter: QPainter, x: float, middle: float, room: float, binding: Binding) -> None:
        look = theme.current()
        paint.key_cap(
            painter,
            x,
            middle,
            binding.key,
            ink=look.colour("ink2"),
            edge=look.colour("line"),
            ground=look.colour("sunken"),
        )
        font = look.font("dense")
        rect = QRectF(x + look.px(96), middle - look.px(12), room, look.px(24))
        paint.words(painter, rect, paint.elided(binding.words, font, room), font, look.colour("ink"))

"""按键 the button with its key printed on it, and its reason inside when it cannot be pressed now."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import theme
from ui.language import said, tr
from ui.widgets import key_face
from ui.widgets.key_face import Kind

# These belong to the input method and to the focused control; they are printed, never bound (desk.md §6).
UNBOUND = ("Enter", "Esc", "Space", "Tab", "←", "→", *"0123456789")


class KeyButton(QPushButton):
    """按键 a button that shows its key; with a reason it stays in the Tab order, says why, and does nothing.

    Connect to `chosen`, not to `clicked`: a screen reader may press through a reason. `refused` carries the reason.
    """

    chosen = Signal()
    refused = Signal(str)

    def __init__(
        self,
        text: str,
        key: str = "",
        kind: Kind = "plain",
        *,
        icon: str = "",
        stacked: bool = False,
        bind: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._key, self._kind, self._icon, self._stacked = text, key, kind, icon, stacked
        self._reason = ""
        self._over = False
        self._height = 0
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._shortcut = QShortcut(self) if bind and key and key not in UNBOUND else None
        if self._shortcut is not None:
            self._shortcut.setKeys(key_sequences(key))
            self._shortcut.activated.connect(self._press)
        self.clicked.connect(self._press)
        self._speak()

    def set_text(self, text: str) -> None:
        """Change the words on the button."""
        if text != self._words:
            self._words = text
            self._speak()
            self.updateGeometry()
            self.update()

    def words(self) -> str:
        """The words on the button."""
        return self._words

    def key(self) -> str:
        """The key printed on it."""
        return self._key

    def kind(self) -> Kind:
        """How it looks: the filled one is the next step."""
        return self._kind

    def set_reason(self, reason: str) -> None:
        """Grey with this reason inside; an empty reason makes it pressable again."""
        if reason != self._reason:
            self._reason = reason
            self._speak()
            self.updateGeometry()
            self.update()

    def reason(self) -> str:
        """Why it cannot be pressed now; empty when it can."""
        return self._reason

    def set_height(self, pixels: int) -> None:
        """A height of the 100 % drawing other than the kind's own."""
        self._height = pixels
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(key_face.width(self._face()), look.px(self._tall()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def click(self) -> None:
        self._press()

    @Slot()
    def _press(self) -> None:
        if self._reason:
            self.refused.emit(self._reason)
        else:
            self.chosen.emit()

    def _tall(self) -> int:
        if self._reason and self._kind != "link":
            return max(52, self._height)
        if self._height:
            return self._height
        if self._stacked:
            return 46
        return {"plain": 36, "next": 40, "quiet": 30, "link": 26}[self._kind]

    def _speak(self) -> None:
        words = said(self._words)
        name = tr("{words}，快捷键 {key}", words=words, key=self._key) if self._key else words
        self.setAccessibleName(
            tr("{name}，现在不能：{reason}", name=name, reason=said(self._reason)) if self._reason else name
        )
        self.setAccessibleDescription(said(self._reason))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._press()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        key_face.paint_face(QPainter(self), QRectF(self.rect()), self._face())

    def _face(self) -> key_face.Face:
        return key_face.Face(
            self._words,
            self._key,
            self._kind,
            self._icon,
            self._stacked,
            self._reason,
            lit=self._over or self.isDown(),
            focused=self.hasFocus(),
        )


def key_sequences(key: str) -> list[QKeySequence]:
    """The sequences of a printed key: both Enter keys count as Enter, and plus is reached without Shift."""
    if key == "Ctrl++":
        return [QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")]
    names = [key] if "Enter" not in key else [key.replace("Enter", "Return"), key]
    return [QKeySequence(name) for name in names]

"""按键框 one presses the key that is wanted, and sees it; nothing is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.language import tr

MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Shift, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
LEAVING = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
CLEARING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class KeyField(QLineEdit):
    """按键框 `wanted(key)`, empty for none; what it shows is what was kept, not what was pressed."""

    wanted = Signal(str)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Not read-only, which looks as if it could not be changed: instead nothing but a key reaches it.
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setPlaceholderText(tr("按下要用的键"))
        self.setAccessibleName(tr("{words}：按下要用的键，退格去掉", words=words))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:  # the middle one would paste
            super().mouseReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        """The desk's own keys are tried on here too: they are refused with a reason, not carried out."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        bare = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if key in LEAVING and bare:
            event.ignore()
            return
        if key in MODIFIERS or event.isAutoRepeat():
            return
        self.wanted.emit("" if key in CLEARING and bare else named(event.keyCombination()))


def named(pressed: QKeyCombination) -> str:
    """As it is printed on buttons: Ctrl before Alt before Shift, the same name for both number rows."""
    held = pressed.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
    text = QKeySequence(QKeyCombination(held, pressed.key())).toString(QKeySequence.SequenceFormat.PortableText)
    return text.replace("Ins", "Insert") if text.endswith("Ins") else text

"""状态行 the status line: what just happened, with its number; what can be taken back; where the keys are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui import theme
from ui.language import said, tr
from ui.shortcuts import Key
from ui.spoken import speak_as
from ui.widgets import paint
from ui.widgets.key_button import KeyButton
from ui.widgets.lamp import LampKind

UNDO_SECONDS = 10


class LastMessage(QWidget):
    """刚才 the last message with its lamp; a long one gives up its end, its tooltip holds the whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speak_as(self, "words")
        self.setObjectName("statusMessage")
        self._text = ""
        self._kind = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def say(self, text: str, kind: str) -> None:
        """Show this message."""
        changed = text != self._text
        self._text, self._kind = text, kind
        self.setAccessibleName(said(text))
        if changed and text:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self.setToolTip(said(text))
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The message shown."""
        return self._text

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(round(paint.width_of(self._text, look.font("dense"))) + look.px(26), look.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(80), theme.current().px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._text:
            return
        painter = QPainter(self)
        look = theme.current()
        paint.lamp(painter, QPointF(look.px(9), self.height() / 2), self._kind, look.px(13))
        rect = QRectF(look.px(24), 0, self.width() - look.px(24), self.height())
        font = look.font("dense")
        paint.words(painter, rect, paint.elided(self._text, font, rect.width()), font, look.colour("ink"))


class KeyHint(QAbstractButton):
    """键提示 a key's cap and what it opens, in the status line."""

    def __init__(self, key: str, words: str, short: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._words, self._short, self._narrow = key, words, short, False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("{words}，快捷键 {key}", words=words, key=key))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_narrow(self, narrow: bool) -> None:
        """The short word in a narrow window."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def _shown(self) -> str:
        return self._short if self._narrow else self._words

    def sizeHint(self) -> QSize:
        look = theme.current()
        width = paint.cap_size(self._key)[0] + look.px(7) + paint.width_of(self._shown(), look.font("dense"))
        return QSize(round(width) + 4, look.px(24))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        middle = self.height() / 2
        cap = paint.key_cap(
            painter,
            1,
            middle,
            self._key,
            ink=look.colour("ink2"),
            edge=look.colour("line"),
            ground=look.colour("sunken"),
        )
        rect = QRectF(1 + cap + look.px(7), 0, self.width(), self.height())
        paint.words(painter, rect, self._shown(), look.font("dense"), look.colour("ink2"))


class StatusLine(QFrame):
    """状态行 32 px; `undo_requested` while the seconds last, `undo_missed` for F10 when nothing is offered (any more)."""

    undo_requested = Signal()
    undo_missed = Signal()
    keys_requested = Signal()
    find_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self._message = LastMessage(self)
        self._undo = KeyButton(tr("撤销"), Key.UNDO, "quiet", icon="undo", bind=False, parent=self)
        self._undo.setObjectName("undo")
        self._undo.set_height(26)
        self._keys = KeyHint(Key.KEYS, tr("全部按键"), tr("按键"), self)
        self._keys.setObjectName("allKeys")
        self._find = KeyHint(Key.FIND, tr("找页面、办件、号票"), tr("找"), self)
        self._find.setObjectName("find")
        self._left = 0
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._count_down)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 14, 0)
        row.setSpacing(12)
        row.addWidget(self._message)
        row.addWidget(self._undo)
        row.addStretch(1)
        row.addWidget(self._keys)
        row.addWidget(self._find)
        self._undo.hide()
        self._undo.chosen.connect(self._on_undo)
        QShortcut(QKeySequence(Key.UNDO), self).activated.connect(self._on_undo)
        self._keys.clicked.connect(self.keys_requested)
        self._find.clicked.connect(self.find_requested)
        self.set_narrow(False)

    def say(self, text: str, kind: LampKind = "done", *, undoable: bool = False, seconds: int = UNDO_SECONDS) -> None:
        """What just happened, with its number; a later message ends an earlier undo."""
        self._message.say(text, kind)
        self._left = seconds if undoable else 0
        self._show_undo()

    def text(self) -> str:
        """The message shown."""
        return self._message.text()

    @property
    def offers_undo(self) -> bool:
        """Whether the last message can still be taken back."""
        return self._left > 0

    def set_narrow(self, narrow: bool) -> None:
        """Short words in a narrow window."""
        self.setFixedHeight(theme.current().px(32))
        self._keys.set_narrow(narrow)
        self._find.set_narrow(narrow)

    def _show_undo(self) -> None:
        self._undo.setVisible(self._left > 0)
        self._undo.set_text(tr("撤销，还剩 {left} 秒", left=self._left))
        if self._left > 0 and not self._tick.isActive():
            self._tick.start()
        elif self._left <= 0:
            self._tick.stop()

    @Slot()
    def _count_down(self) -> None:
        self._left -= 1
        self._show_undo()

    @Slot()
    def _on_undo(self) -> None:
        offered, self._left = self._left > 0, 0
        self._show_undo()
        (self.undo_requested if offered else self.undo_missed).emit()

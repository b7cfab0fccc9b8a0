"""找任何东西 Ctrl+K: one field over the desk; what is found stands under it, Enter goes there, Esc goes back to where the hand was."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import icons, theme
from ui.language import tr
from ui.palette.entries import Entry, Hit
from ui.palette.list_view import PaletteList
from ui.widgets.tag import Tag
from ui.widgets.text import Text

WIDTH, TOP, LEAST_ROOM = 680, 96, 12
PLACEHOLDER = tr("找页面、号票、办件、事项、动作")


class PaletteSheet(QWidget):
    """找任何东西 `typed(text)` on every keystroke, `chosen(entry)` by Enter or a click, `refused(reason)` where it cannot be done."""

    typed = Signal(str)
    chosen = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setAccessibleName(tr("找任何东西"))
        self._back: QWidget | None = None
        self._card = QFrame(self)
        self._card.setProperty("pane", True)
        self._card.setAccessibleName(tr("找任何东西"))
        self.field = QLineEdit(self._card)
        self.field.setObjectName("paletteField")
        self.field.setAccessibleName(PLACEHOLDER)
        self.field.setPlaceholderText(PLACEHOLDER)
        self.field.setFrame(False)
        self.field.setProperty("bare", True)
        self.field.textChanged.connect(self.typed)
        self.field.installEventFilter(self)
        self.list = PaletteList(self._card)
        self.list.clicked.connect(self._on_click)
        self._count = Tag("", "plain")
        self._none = Text("", "body", wrap=True)
        self._none.setContentsMargins(0, 8, 0, 8)
        self._lay_out()
        parent.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 8, 20, 8)
        head.setSpacing(12)
        self._glass = Text("", "body")
        head.addWidget(self._glass)
        head.addWidget(self.field, 1)
        head.addWidget(self._count)
        column.addLayout(head)
        column.addWidget(_hair(self._card))
        none = QHBoxLayout()
        none.setContentsMargins(20, 0, 20, 0)
        none.addWidget(self._none)
        column.addLayout(none)
        column.addWidget(self.list, 1)
        column.addWidget(_hair(self._card))
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 8, 20, 8)
        foot.addWidget(Text(tr("↑↓ 选　Enter 打开　Esc 回到原处"), "note"))
        foot.addStretch(1)
        foot.addWidget(Text(tr("汉字、拼音首字母、编号都行"), "note"))
        column.addLayout(foot)

    def open(self) -> None:
        """Empty, in front of everything."""
        self._back = QApplication.focusWidget()
        self.field.clear()
        look = theme.current()
        self._glass.setPixmap(icons.pixmap("search", look.px(20), look.colour("accent"), self.devicePixelRatioF()))
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus()

    def shut(self) -> None:
        """Exactly where the hand was."""
        self.hide()
        if self._back is not None and self._back.isVisible():
            self._back.setFocus()
        self._back = None

    def show_hits(self, found: tuple[Hit, ...], head: str = "", empty: str = "") -> None:
        """These lines; `empty` is said where there are none."""
        self.list.show_hits(found, head)
        self.list.setVisible(bool(found))
        self._none.say("" if found else empty)
        self._none.setVisible(not found and bool(empty))
        self._count.render_tag("" if head or not found else tr("{count} 个结果", count=len(found)))
        self._place()

    def _place(self) -> None:
        parent, look = self.parentWidget(), theme.current()
        if parent is None:
            return
        self.setGeometry(parent.rect())
        wide = min(look.px(WIDTH), self.width() - 2 * LEAST_ROOM)
        top = min(look.px(TOP), self.height() // 8)
        room = self.height() - top - LEAST_ROOM
        rest = (
            self._card.sizeHint().height() - self.list.sizeHint().height() if self.list.isVisibleTo(self._card) else 0
        )
        tall = rest + self.list.wanted_height() if rest else self._card.sizeHint().height()
        self._card.setGeometry(QRect((self.width() - wide) // 2, top, wide, min(tall + 2, room)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:  # nothing under the sheet acts while it is open
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        finding = key == Qt.Key.Key_K and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Escape or finding:
            self.shut()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.list.step(1 if key in (Qt.Key.Key_Down, Qt.Key.Key_Tab) else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.chosen())
        else:
            return False
        return True

    @Slot(QModelIndex)
    def _on_click(self, _: QModelIndex) -> None:
        self._take(self.list.chosen())

    def _take(self, entry: Entry | None) -> None:
        if entry is None:
            return
        if entry.reason:
            self.refused.emit(entry.reason)
            return
        self.shut()
        self.chosen.emit(entry)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.shut()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        scrim = QColor(look.colour("ink") if not look.tokens.dark else look.colour("rail"))
        scrim.setAlphaF(0.32 if not look.tokens.dark else 0.7)
        QPainter(self).fillRect(self.rect(), scrim)


def _hair(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setProperty("hair", True)
    line.setFixedHeight(1)
    return line

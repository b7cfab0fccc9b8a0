"""抄录卡 the pane beside another system's window: one click or Enter copies a value and moves on to the next.

`CopyCard` is the pane; `CopyHand` puts values on the clipboard and takes them off again: after a minute, at sign-out, at the end.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QClipboard, QFocusEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clerk_app.registration.copy_card import CopyLine
from ui.language import ENGLISH, SPOKEN, as_written, said, tr
from ui.registration.choosing import Combo
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.text import Text

KEPT = 60_000
"""How long a value may lie on the clipboard, ms."""
NOTHING = EmptyView(tr("没有可抄的"), tr("登记表填好以后，这里按那个系统的顺序排好。"), icon="file")
_SECRET = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\x01",
}
"""So that a clipboard's history does not keep it."""


@dataclass(frozen=True, kw_only=True)
class CopyCardView:
    """抄录卡所见 the systems to choose from, the chosen one's lines, and what was copied last."""

    systems: tuple[tuple[str, str], ...] = ()
    chosen: str = ""
    lines: tuple[CopyLine, ...] = ()
    copied: frozenset[str] = frozenset()
    said: str = ""


class _CardTable(RowTable):
    """要抄的 what the other system gets, as it is copied, in every language."""

    def paintEvent(self, event: QPaintEvent) -> None:
        with as_written():
            super().paintEvent(event)


class CopyCard(Pane):
    """抄录卡 `copy_wanted(id)` by click or Enter, `system_wanted(key)`; the hand goes down with the arrows."""

    copy_wanted = Signal(str)
    system_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("抄录卡"), tr("↓ 下一条　Enter 复制"), padding=0, parent=parent)
        self.setObjectName("copyCard")
        self._view = CopyCardView()
        self._pointed = ""
        self.systems = Combo(self)
        self.systems.setObjectName("copySystem")
        self.systems.setAccessibleName(tr("抄到哪个系统"))
        head = QHBoxLayout()
        head.setContentsMargins(16, 4, 16, 4)
        head.addWidget(self.systems, 1)
        self.body.addLayout(head)
        self.table = _CardTable(
            (
                Column(tr("栏目"), 210 if SPOKEN == ENGLISH else 168),
                Column(tr("内容"), bold=True),
                Column("", 76, tone="ink3"),
            ),
            parent=self,
        )
        self.table.setObjectName("copyLines")
        self.table.setAccessibleName(tr("要抄的内容，上下键挑，Enter 复制"))
        self.body.addWidget(self.table, 1)
        self._empty = EmptyCard(self)
        self.body.addWidget(self._empty)
        self._said = Text("", "dense", parent=self)
        self._said.setObjectName("copySaid")
        self._said.setContentsMargins(16, 4, 16, 10)
        self.body.addWidget(self._said)
        self.systems.activated.connect(self._on_system)
        self.table.row_opened.connect(self.copy_wanted)
        self.table.row_chosen.connect(self._on_chosen)
        self.table.clicked.connect(self._on_clicked)
        self.table.entered.connect(self._on_entered)
        self.table.viewportEntered.connect(self._on_left)
        for place in (self.table, self.table.viewport()):
            place.installEventFilter(self)
        self.render(self._view)

    def render(self, view: CopyCardView) -> None:  # type: ignore[override]
        """Show this; the chosen line stays chosen."""
        if [key for key, _ in view.systems] != [self.systems.itemData(n) for n in range(self.systems.count())]:
            self.systems.clear()
            for key, words in view.systems:
                self.systems.addItem(said(words), key)
        if view.lines != self._view.lines:
            self._pointed = ""
        self._view = view
        self.systems.setCurrentIndex(self.systems.findData(view.chosen))
        self.table.setVisible(bool(view.lines))
        self._empty.setVisible(not view.lines)
        self._empty.render(NOTHING)
        self._said.say(view.said)
        self._show_rows()

    def choose(self, line: str) -> None:
        """The hand goes to this line; it is not shown whole before it is pointed at again."""
        self._pointed = ""
        self.table.select(line)
        self._show_rows()

    def cover(self) -> None:
        """遮住 nothing is pointed at any more."""
        self._point_at("")

    def _show_rows(self) -> None:
        self.table.render(tuple(self._row(line) for line in self._view.lines))

    def _row(self, line: CopyLine) -> Row:
        whole = not line.secured or line.id == self._pointed
        done = line.id in self._view.copied
        text = line.value if whole else line.masked
        label = said(line.label)
        spoken = tr("{label}，{text}").format(label=label, text=text) + (tr("，已复制") if done else "")
        return Row(line.id, (label, Cell(text), tr("已复制") if done else ""), spoken=spoken)

    def _point_at(self, line: str) -> None:
        if line != self._pointed:
            self._pointed = line
            self._show_rows()

    @Slot(str)
    def _on_chosen(self, line: str) -> None:
        self._point_at(line)

    @Slot(QModelIndex)
    def _on_entered(self, index: QModelIndex) -> None:
        self._point_at(self.table.rows()[index.row()].id)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.copy_wanted.emit(self.table.rows()[index.row()].id)

    @Slot()
    def _on_left(self) -> None:
        self.cover()

    @Slot(int)
    def _on_system(self, place: int) -> None:
        self.system_wanted.emit(str(self.systems.itemData(place)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pointer and focus gone: what was shown whole is masked again."""
        if event.type() == QEvent.Type.Leave or (isinstance(event, QFocusEvent) and event.lostFocus()):
            self.cover()
        return super().eventFilter(watched, event)


class CopyHand(QObject):
    """抄录的手 `said(sentence, good)` what was copied, never the value; `cleared()` when the clipboard was emptied."""

    said = Signal(str, bool)
    cleared = Signal()

    def __init__(self, clipboard: QClipboard | None = None, *, kept: int = KEPT, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = clipboard or QGuiApplication.clipboard()
        self._value = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(kept)
        self._timer.timeout.connect(self.clear_now)
        app = QGuiApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.clear_now)

    def copy(self, line: CopyLine) -> None:
        """One value onto the clipboard, for a minute."""
        if line.secured:
            content = QMimeData()
            content.setText(line.value)
            for kind, data in _SECRET.items():
                content.setData(kind, data)
            self._clipboard.setMimeData(content)
        else:
            self._clipboard.setText(line.value)
        self._value = line.value
        self._timer.start()
        self.said.emit(tr("已复制{label}，一分钟后从剪贴板清掉。", label=line.label), True)

    @Slot()
    def clear_now(self) -> None:
        """Empty the clipboard if it still holds what we put there; somebody else's stays. At sign-out and before closing, too."""
        self._timer.stop()
        ours, self._value = self._value, ""
        if ours and self._clipboard.text() == ours:
            self._clipboard.clear()
            self.cleared.emit()

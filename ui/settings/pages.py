"""设置的各页 体检、这台机器、日志: dumb pages that show a view and say what was pressed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.settings.view import CheckRow, CheckupView, LogView, MachineView
from ui.shortcuts import Key
from ui.widgets.field import Field
from ui.widgets.key_button import key_sequences
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.text import Text

COLUMNS = (Column("查什么", 176, bold=True), Column("情况", 76), Column("查到什么，怎么修"))


class _Page(QWidget):
    """一页 one pane that fills it, a bar at its foot; `act(name)` from the bar, `opened()` when it comes up."""

    act = Signal(str)
    opened = Signal()

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.pane = Pane(title, padding=0, parent=self)
        self.bar = NextStepBar(self)
        self.pane.body.setContentsMargins(0, 0, 0, 0)
        self.pane.add_foot(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.addWidget(self.pane)
        self.bar.chosen.connect(self.act)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.opened.emit()


class CheckupPage(_Page):
    """体检页 a line a finding, what must be mended on top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("checkupPage", "体检", parent)
        self.table = RowTable(COLUMNS, row_height=54, parent=self)
        self.table.setObjectName("checkupTable")
        self.table.setAccessibleName("体检的各项，要修的在上面")
        self.pane.body.addWidget(self.table, 1)

    def render(self, view: CheckupView) -> None:  # type: ignore[override]
        """Show this; a line that stays keeps its place under the hand."""
        self.pane.set_title("体检", view.note)
        self.table.render(tuple(_row(row) for row in view.rows))
        self.bar.render(view.bar)


class LogPage(_Page):
    """日志页 `word_typed(text)`; the lines may be marked and copied."""

    word_typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("logPage", "日志", parent)
        self.word = Field(f"按字挑　{Key.FIND_HERE}", placeholder="全部，如 printer、line", parent=self)
        self.word.line.setObjectName("logWord")
        self.word.line.setClearButtonEnabled(True)
        self.lines = QPlainTextEdit(self)
        self.lines.setObjectName("logLines")
        self.lines.setAccessibleName("日志的行，新的在上")
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        body = QVBoxLayout()
        body.setContentsMargins(16, 2, 16, 12)
        body.setSpacing(8)
        body.addWidget(self.word)
        body.addWidget(self.lines, 1)
        self.pane.body.addLayout(body, 1)
        self.word.line.textChanged.connect(self.word_typed)
        QShortcut(key_sequences(Key.FIND_HERE)[0], self).activated.connect(self._find)

    def render(self, view: LogView) -> None:  # type: ignore[override]
        """Show these; the place in them stays while they do."""
        self.pane.set_title("日志", view.note)
        text = "\n".join(view.lines) or view.empty
        if text != self.lines.toPlainText():
            self.lines.setPlainText(text)
        self.bar.render(view.bar)

    @Slot()
    def _find(self) -> None:
        self.word.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.word.line.selectAll()


class MachinePage(QWidget):
    """这台机器页 what the desk file says, to be read."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("machinePage")
        self.setAccessibleName("这台机器")
        self._pane = Pane("这台机器", "只看；要改就改 desk.toml，重开程序", padding=0, parent=self)
        scroll = ScrollBody(self)
        scroll.setAccessibleName("这台机器的设置")
        self._body = scroll.body
        self._body.setContentsMargins(20, 8, 20, 16)
        self._body.setSpacing(16)
        self._pane.body.addWidget(scroll, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.addWidget(self._pane)
        self._shown = MachineView()

    def render(self, view: MachineView) -> None:  # type: ignore[override]
        """Show these groups."""
        if view == self._shown:
            return
        self._shown = view
        while (item := self._body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for title, rows in view.groups:
            self._body.addWidget(_group(title, rows))
        self._body.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.opened.emit()


def _group(title: str, rows: tuple[tuple[str, str], ...]) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    grid.addWidget(Text(title, "body", strong=True), 0, 0, 1, 2)
    for place, (label, words) in enumerate(rows, 1):
        said = Text(words, "body", wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        name = Text(label, "dense")
        name.setMinimumWidth(108)
        grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(said, place, 1)
    return box


def _row(row: CheckRow) -> Row:
    spoken = f"{row.name}，{row.word}，{row.said}" + (f"，{row.remedy}" if row.remedy else "")
    return Row(
        row.name,
        (Cell(row.name, lamp=row.lamp), Cell(row.word, tone=row.tone), Cell(row.said, note=row.remedy)),
        spoken,
    )

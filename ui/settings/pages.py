"""设置的各页 体检、这台机器、日志: dumb pages that show a view and say what was pressed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.settings.view import BackupView, CheckRow, CheckupView, LogView, MachineView
from ui.shortcuts import Key
from ui.widgets.field import Field
from ui.widgets.key_button import key_sequences
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.text import FactName, Text

READ, LABEL = 1200, 108
Groups = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
COLUMNS = (Column(tr("查什么"), 176, bold=True), Column(tr("情况"), 76), Column(tr("查到什么，怎么修")))


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
        super().__init__("checkupPage", tr("体检"), parent)
        self.table = RowTable(COLUMNS, row_height=54, parent=self)
        self.table.setObjectName("checkupTable")
        self.table.setAccessibleName(tr("体检的各项，要修的在上面"))
        self.pane.body.addWidget(self.table, 1)

    def render(self, view: CheckupView) -> None:  # type: ignore[override]
        """Show this; a line that stays keeps its place under the hand."""
        self.pane.set_title(tr("体检"), view.note)
        self.table.render(tuple(_row(row) for row in view.rows))
        self.bar.render(view.bar)


class LogPage(_Page):
    """日志页 `word_typed(text)`; the lines may be marked and copied."""

    word_typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("logPage", tr("日志"), parent)
        self.word = Field(
            tr("按字挑\u3000{find_here}", find_here=Key.FIND_HERE),
            placeholder=tr("全部，如 printer、line"),
            parent=self,
        )
        self.word.line.setObjectName("logWord")
        self.word.line.setClearButtonEnabled(True)
        self.lines = QPlainTextEdit(self)
        self.lines.setObjectName("logLines")
        self.lines.setAccessibleName(tr("日志的行，新的在上"))
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
        self.pane.set_title(tr("日志"), view.note)
        text = "\n".join(view.lines) or view.empty
        if text != self.lines.toPlainText():
            self.lines.setPlainText(text)
        self.bar.render(view.bar)

    @Slot()
    def _find(self) -> None:
        self.word.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.word.line.selectAll()


class _Groups(ScrollBody):
    """几组事实 (label, words) under small heads; the same ones again change nothing."""

    def __init__(self, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, widest=READ)
        self.setAccessibleName(spoken)
        self.body.setContentsMargins(16, 8, 16, 16)
        self.body.setSpacing(16)
        self._shown: Groups = ()

    def show_groups(self, groups: Groups) -> None:
        """Show these."""
        if groups == self._shown:
            return
        self._shown = groups
        while (item := self.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for title, rows in groups:
            self.body.addWidget(_group(title, rows))
        self.body.addStretch(1)
        self._line_up()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._line_up()

    def _line_up(self) -> None:
        """What is said of each begins at one edge, whatever group it is in."""
        names = self.findChildren(FactName)
        widest = max((name.sizeHint().width() for name in names), default=0)
        for name in names:
            name.setMinimumWidth(max(widest, theme.current().px(LABEL)))


class BackupPage(_Page):
    """备份页、更新页 facts in groups, and what is to do about them."""

    def __init__(self, name: str = "backupPage", title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, title or tr("备份"), parent)
        self._groups = _Groups(tr("{title}的说明", title=title or tr("备份")), self)
        self.pane.body.addWidget(self._groups, 1)

    def render(self, view: BackupView) -> None:  # type: ignore[override]
        """Show this."""
        self._groups.show_groups(view.groups)
        self.bar.render(view.bar)


class MachinePage(QWidget):
    """这台机器页 what the desk file says, to be read."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("machinePage")
        self.setAccessibleName(tr("这台机器"))
        pane = Pane(tr("这台机器"), tr("只看；要改就改 desk.toml，重开程序"), padding=0, parent=self)
        self._groups = _Groups(tr("这台机器的设置"), self)
        pane.body.setContentsMargins(0, 0, 0, 0)
        pane.body.addWidget(self._groups, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.addWidget(pane)

    def render(self, view: MachineView) -> None:  # type: ignore[override]
        """Show these groups."""
        self._groups.show_groups(view.groups)

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
        # One line at the least: the height a wrapped label dreams of would show a scroll bar over nothing.
        said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        said.setAccessibleName(tr("{label}：{words}", label=label, words=words))
        name = FactName(label)
        grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(said, place, 1)
    return box


def _row(row: CheckRow) -> Row:
    spoken = tr("{name}，{word}，{said}", name=row.name, word=row.word, said=row.said) + (
        tr("，{remedy}", remedy=row.remedy) if row.remedy else ""
    )
    return Row(
        row.name,
        (Cell(row.name, lamp=row.lamp), Cell(row.word, tone=row.tone), Cell(row.said, note=row.remedy)),
        spoken,
    )

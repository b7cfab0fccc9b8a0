"""取档 lies over the form until it begins with a record: find the company, choose it, take its record."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.registration.record_view import SEEKING, TakingRecordView
from ui.shortcuts import Key
from ui.widgets.cover_pane import CoverPane
from ui.widgets.empty_card import EmptyCard
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import Act, NextStepBar, NextStepView
from ui.widgets.pane import Pane
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.text import Hair

TAKE, LEAVE = "takeRecord", "leaveRecord"
COLUMNS = (
    Column(tr("公司"), bold=True),
    Column(tr("统一社会信用代码"), 210),
    Column(tr("法定代表人"), 110),
    Column(tr("档案"), 130),
)


class RecordPane(CoverPane):
    """取档 `sought(words)`, `chosen(uscc)`, `taken(uscc)` by Ctrl+Enter or Enter on a row, `left` by Esc."""

    sought = Signal(str)
    chosen = Signal(str)
    taken = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recordPane")
        self.setAccessibleName(tr("取登记档案"))
        self._view = TakingRecordView(title="")
        self.pane = Pane(tr("取登记档案"), padding=0, parent=self)
        self.words = Field(tr("公司名称里的字，或统一社会信用代码"), placeholder=tr("岚栎舟"), parent=self)
        self.words.setObjectName("companyWords")
        self.seek = KeyButton(tr("找公司"), "Enter", bind=False, parent=self)
        self.seek.setObjectName("seekCompany")
        self.strip = Strip(self)
        self.strip.clear()
        self.table = RowTable(COLUMNS, row_height=54, parent=self)
        self.table.setObjectName("companyTable")
        self.table.setAccessibleName(tr("找到的公司，Enter 取档"))
        self._empty = EmptyCard(self)
        self.bar = NextStepBar(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        around = QHBoxLayout(self)
        around.setContentsMargins(12, 12, 12, 12)
        around.addWidget(self.pane)
        self.pane.body.setContentsMargins(0, 0, 0, 0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 4, 16, 12)
        head.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.words, 1)
        line.addWidget(self.seek, 0, Qt.AlignmentFlag.AlignBottom)
        head.addLayout(line)
        head.addWidget(self.strip)
        self.pane.body.addLayout(head)
        self.pane.body.addWidget(Hair())
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self.pane.body.addWidget(holder, 1)
        self.pane.add_foot(self.bar)

    def _connect(self) -> None:
        self.words.entered.connect(self._on_seek)
        self.seek.chosen.connect(self._on_seek)
        self.table.row_chosen.connect(self.chosen)
        self.table.row_opened.connect(self.taken)
        self.table.clicked.connect(self._on_clicked)
        self.bar.chosen.connect(self._on_bar)
        self.bar.refused.connect(self.refused)
        self.watch_escape(self.table, self.words.line)

    def render(self, view: TakingRecordView) -> None:  # type: ignore[override]
        """Show this; what was typed to find it stays."""
        self._view = view
        self.pane.set_title(tr("取登记档案：{title}", title=view.title))
        self.strip.clear() if view.strip is None else self.strip.render(view.strip)
        self._stack.setCurrentIndex(0 if view.rows else 1)
        self._empty.render(SEEKING if view.busy else view.empty)
        self.table.render(view.rows)
        reason = tr("正在问中心") if view.busy else view.reason
        said = tr("表从这份档案开，只改要变的地方。") if not reason else tr("表没有动。")
        take = Act(TAKE, tr("取档，开表"), Key.NEXT_STEP, reason)
        self.bar.render(NextStepView(said, "", take, (Act(LEAVE, tr("先不取"), "Esc"),)))

    def view(self) -> TakingRecordView:
        """What it shows."""
        return self._view

    def lead(self) -> None:
        """The hand goes to the companies, or to what is sought."""
        (self.table if self._view.rows else self.words.line).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_seek(self) -> None:
        self.sought.emit(self.words.text())

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(self.table.rows()[index.row()].id)

    @Slot(str)
    def _on_bar(self, name: str) -> None:
        if name == TAKE:
            self.taken.emit(self._view.chosen)
        else:
            self.left.emit()

    def composing(self, where: QObject) -> bool:
        return where is self.words.line and self.words.composing()

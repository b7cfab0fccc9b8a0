"""监察与提醒页 warnings and cards on the left, the chosen one with its answer or its end on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from ui import theme
from ui.oversight.cards_view import SCOPES, CardRowView, CardsView
from ui.oversight.duty_page import TaskPane
from ui.shell import width_class
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.segments import Segments

COLUMNS = (Column("牌或提醒"), Column("给谁", 76, tone="ink2"), Column("答复前", 84, "right", tone="ink2"))
WHO = 1
LIST, NARROW, RAIL = 560, 452, 76


class CardsPage(QWidget):
    """监察与提醒页 `scope_chosen(key)`, `row_chosen(id)`, `act(name, typed)`, `issue_wanted()`."""

    scope_chosen = Signal(str)
    row_chosen = Signal(str)
    act = Signal(str, list)
    issue_wanted = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cardsPage")
        self.setAccessibleName("监察与提醒")
        self._list = Pane("监察与提醒", padding=0, parent=self)
        self._table = RowTable(COLUMNS, row_height=54, parent=self)
        self._table.setObjectName("cardsTable")
        self._table.setAccessibleName("牌和提醒，上下键挑")
        self._table.row_chosen.connect(self.row_chosen)
        self._empty = EmptyCard(self)
        self.segments = Segments(SCOPES, self)
        self.segments.chosen.connect(self.scope_chosen)
        self.issue = KeyButton("发牌", Key.NEW, "quiet", parent=self)
        self.issue.setObjectName("issueCard")
        self.issue.chosen.connect(self.issue_wanted)
        self.detail = TaskPane(self)
        self.detail.setObjectName("cardDetail")
        self.detail.setAccessibleName("牌的细目")
        self.detail.act.connect(self.act)
        self.detail.bar.refused.connect(self.refused)
        self._lay_out()
        self.render(CardsView())

    def _lay_out(self) -> None:
        self._list.add_to_head(self.issue)
        head = QHBoxLayout()
        head.setContentsMargins(16, 2, 16, 8)
        head.addWidget(self.segments)
        self._segments_row = QWidget(self._list)
        self._segments_row.setLayout(head)
        holder = QWidget(self._list)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self._list.body.setContentsMargins(0, 0, 0, 0)
        self._list.body.setSpacing(0)
        self._list.body.addWidget(self._segments_row)
        self._list.body.addWidget(holder, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(self._list)
        row.addWidget(self.detail, 1)

    def render(self, view: CardsView) -> None:  # type: ignore[override]
        """Show these; what was typed and the hand's place stay."""
        self._list.set_title(view.title, view.note)
        self.segments.choose(view.scope)
        for key, _ in SCOPES:
            self.segments.segment(key).setVisible(key in view.scopes)
        self._segments_row.setVisible(len(view.scopes) > 1)
        self.issue.setVisible(view.may_issue)
        self._table.render(tuple(_row(row) for row in view.rows))
        self._stack.setCurrentIndex(0 if view.rows else 1)
        self._empty.render(view.empty)
        self.detail.setVisible(bool(view.rows) or view.detail is not None)
        self.detail.render(view.detail)
        if view.detail is not None:
            self._table.select(view.detail.id)
        self._share()

    def table(self) -> RowTable:
        """The list."""
        return self._table

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._table.rows():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        look = theme.current()
        narrow = width_class(self.width() + look.px(RAIL), look.scale) == "narrow"
        self._table.setColumnHidden(WHO, narrow)
        beside = not self.detail.isHidden()
        wide = look.px(NARROW if narrow else LIST) if beside else 16777215
        self._list.setMinimumWidth(0)
        self._list.setMaximumWidth(wide)
        if beside:
            self._list.setMinimumWidth(wide)


def _row(row: CardRowView) -> Row:
    by = f"{row.answer_by}前答复" if row.answer_by else ""
    spoken = "，".join(part for part in (row.title, row.reason, row.who, by) if part)
    return Row(row.id, (Cell(row.title, note=row.reason, lamp=row.lamp, bold=True), row.who, row.answer_by), spoken)

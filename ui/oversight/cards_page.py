"""监察与提醒页 warnings and cards on the left, the chosen one with its answer or its end on the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.language import tr
from ui.oversight.cards_view import SCOPES, CardRowView, CardsView
from ui.oversight.duty_page import TaskPane
from ui.shortcuts import Key
from ui.widgets.key_button import KeyButton
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.segments import Segments

COLUMNS = (Column(tr("牌或提醒")), Column(tr("给谁"), 76, tone="ink2"), Column(tr("答复前"), 84, "right", tone="ink2"))
WHO = 1


class CardsPage(ListAndDetail):
    """监察与提醒页 `scope_chosen(key)`, `act(name, typed)`, `issue_wanted()`."""

    scope_chosen = Signal(str)
    act = Signal(str, list)
    issue_wanted = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("监察与提醒"), RowTable(COLUMNS, row_height=54), wide=560, narrow=452, parent=parent)
        self.setObjectName("cardsPage")
        self.setAccessibleName(tr("监察与提醒"))
        self.name_table("cardsTable", tr("牌和提醒，上下键挑"))
        self.segments = Segments(SCOPES, self)
        self.segments.chosen.connect(self.scope_chosen)
        self.issue = KeyButton(tr("发牌"), Key.NEW, "quiet", parent=self)
        self.issue.setObjectName("issueCard")
        self.issue.chosen.connect(self.issue_wanted)
        self.detail = TaskPane(self)
        self.detail.setObjectName("cardDetail")
        self.detail.setAccessibleName(tr("牌的细目"))
        self.detail.act.connect(self.act)
        self.detail.bar.refused.connect(self.refused)
        self._lay_out()
        self.render(CardsView())

    def _lay_out(self) -> None:
        self.list_pane.add_to_head(self.issue)
        head = QHBoxLayout()
        head.setContentsMargins(16, 2, 16, 8)
        head.addWidget(self.segments)
        self._segments_row = QWidget(self.list_pane)
        self._segments_row.setLayout(head)
        self.list_pane.body.setSpacing(0)
        self.list_pane.body.insertWidget(0, self._segments_row)
        self.stand_beside(self.detail)

    def render(self, view: CardsView) -> None:  # type: ignore[override]
        """Show these; what was typed and the hand's place stay."""
        self.segments.choose(view.scope)
        for key, _ in SCOPES:
            self.segments.segment(key).setVisible(key in view.scopes)
        self._segments_row.setVisible(len(view.scopes) > 1)
        self.issue.setVisible(view.may_issue)
        alone = not view.rows and view.detail is None
        self.show_list(view.title, tuple(_row(row) for row in view.rows), view.empty, note=view.note, alone=alone)
        self.detail.render(view.detail)
        if view.detail is not None:
            self._table.select(view.detail.id)

    def _share(self) -> None:
        self._table.setColumnHidden(WHO, self.narrow())
        super()._share()


def _row(row: CardRowView) -> Row:
    by = tr("{answer_by}前答复", answer_by=row.answer_by) if row.answer_by else ""
    spoken = tr("，").join(part for part in (row.title, row.reason, row.who, by) if part)
    return Row(row.id, (Cell(row.title, note=row.reason, lamp=row.lamp, bold=True), row.who, row.answer_by), spoken)

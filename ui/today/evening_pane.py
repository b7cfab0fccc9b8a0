"""收工前 the day's books side by side above the day close, and a list of what does not agree."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from ui.language import tr
from ui.shortcuts import Key
from ui.today.evening_view import EveningView
from ui.widgets.empty_card import EmptyCard
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable

COLUMNS = (Column(tr("哪一处")),)


class FindingsPane(Pane):
    """对不上的 `opened(id)` on Enter, `explained(id, reason)` for numbers that were never used."""

    opened = Signal(str)
    explained = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("对账"), padding=0, parent=parent)
        self.setObjectName("findings")
        self._table, self._empty = RowTable(COLUMNS, row_height=54, parent=self), EmptyCard(self)
        self._table.setObjectName("findingsTable")
        self._table.setAccessibleName(tr("对不上的，上下键挑，回车去办"))
        self._table.row_opened.connect(self.opened)
        self._table.row_chosen.connect(self._on_row)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self._reason = Field(tr("空号说明"), placeholder=tr("如 打印机卡纸，号作废"), parent=self)
        self._reason.line.setObjectName("gapReason")
        self._reason.entered.connect(self._on_explain)
        self._button = KeyButton(tr("记下说明"), Key.ADD_ROW, parent=self)
        self._button.setObjectName("explainGap")
        self._button.chosen.connect(self._on_explain)
        self._foot = QWidget(self)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(12)
        foot.addWidget(self._reason, 1)
        foot.addWidget(self._button)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(holder, 1)
        self.add_foot(self._foot)
        self._view, self._chosen = EveningView(), ""
        self.render(EveningView())

    def render(self, view: EveningView) -> None:  # type: ignore[override]
        """Show these; the hand's place and what is typed stay while the row is there."""
        self._view = view
        if self._chosen not in {finding.id for finding in view.findings}:
            self._chosen = view.findings[0].id if view.findings else ""
            self._reason.line.clear()
        self.set_title(view.title or tr("对账"))
        self._table.render(tuple(_row(one.id, one.words, one.remedy) for one in view.findings))
        if self._chosen:
            self._table.select(self._chosen)
        self._empty.render(view.empty)
        self._stack.setCurrentIndex(0 if view.findings else 1)
        self._show_foot()

    def _show_foot(self) -> None:
        chosen = next((one for one in self._view.findings if one.id == self._chosen), None)
        self._foot.setVisible(chosen is not None and chosen.gap)

    @Slot(str)
    def _on_row(self, key: str) -> None:
        if key != self._chosen:
            self._chosen = key
            self._reason.line.clear()
            self._show_foot()

    @Slot()
    def _on_explain(self) -> None:
        self.explained.emit(self._chosen, self._reason.text())


def _row(key: str, words: str, remedy: str) -> Row:
    return Row(key, (Cell(words, lamp="unknown", note=remedy),))

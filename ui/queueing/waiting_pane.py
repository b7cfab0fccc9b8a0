"""等候 the pane of those who wait: the list, why the first is first, and the button that calls."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.queueing.view import WaitingView
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.text import Hair, Text

COLUMNS = (Column(tr("号票"), 84, bold=True), Column(tr("事项类")), Column(tr("等候"), 72, "right", tone="ink2"))
LEAST = 112
"""Where a reason stands in two buttons of the ticket, the list gives way rather than the page."""


class WaitingPane(Pane):
    """等候 F2 and Ctrl+T are bound by the page; here they are only printed."""

    call_next = Signal()
    take_ticket = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("等候 0 人"), padding=0, parent=parent)
        self.setObjectName("waitingPane")
        self._take = KeyButton(tr("替人取号"), Key.TAKE_TICKET, "link", bind=False, parent=self)
        self._take.setObjectName("takeTicket")
        self._take.chosen.connect(self.take_ticket)
        self.add_to_head(self._take)
        self._table = RowTable(COLUMNS, parent=self)
        self._table.setObjectName("waitingTable")
        self._table.setAccessibleName(tr("等候的号票"))
        self._empty = EmptyCard(self)
        self._why = Text("", "note", tone="ink2", wrap=True)
        self._call = KeyButton(tr("叫下一位"), Key.CALL_NEXT, "next", bind=False, parent=self)
        self._call.setObjectName("callNext")
        self._call.set_height(40)
        self._call.chosen.connect(self.call_next)
        self._lay_out()
        self._view: WaitingView | None = None
        self.render(WaitingView())

    def _lay_out(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        holder = QWidget(self)
        holder.setMinimumHeight(LEAST)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self.body.addWidget(holder, 1)
        foot = QFrame(self)
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(8)
        column.addWidget(Hair())
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 0, 16, 0)
        inner.setSpacing(8)
        inner.addWidget(self._why)
        row = QHBoxLayout()
        row.addWidget(self._call, 1)
        inner.addLayout(row)
        column.addLayout(inner)
        self.add_foot(foot)

    def render(self, view: WaitingView) -> None:  # type: ignore[override]
        """Show these; the hand's place in the list stays."""
        if view == self._view:
            return
        self._view = view
        self.set_title(view.title, view.note)
        self._table.render(
            tuple(
                Row(
                    row.id,
                    (Cell(row.number), Cell(row.business, tags=row.tags), Cell(row.waited)),
                    spoken=tr("，").join(
                        (
                            row.number,
                            row.business,
                            *(tag.text for tag in row.tags),
                            tr("等候 {waited}", waited=row.waited),
                        )
                    ),
                )
                for row in view.rows
            )
        )
        self._empty.render(view.empty)
        self._stack.setCurrentIndex(0 if view.rows else 1)
        self._why.say(view.why)
        self._call.set_text(view.call_text)
        self._call.set_reason(view.call_reason)
        self._take.set_reason(view.take_reason)

    def table(self) -> RowTable:
        """The list."""
        return self._table

    def call_button(self) -> KeyButton:
        """叫下一位."""
        return self._call

    def take_button(self) -> KeyButton:
        """替人取号."""
        return self._take

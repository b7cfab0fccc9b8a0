"""采用前看一眼 lies over the form: what the file or the self-fill place says otherwise, and one press takes all of it over."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.registration.taking_view import TakingView
from ui.shortcuts import Key
from ui.widgets.cover_pane import CoverPane
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.next_step import Act, NextStepBar, NextStepView
from ui.widgets.pane import Pane
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable
from ui.widgets.text import Hair, Text

TAKE, LEAVE = "takeOver", "leaveIt"
BUSY = EmptyView(tr("正在读"), tr("Esc 停下，表没有动。"), icon="file")
NONE = EmptyView(tr("没有要采用的"), tr("Esc 回到表里，表没有动。"), icon="info")
COLUMNS = (Column(tr("栏"), 300, bold=True), Column(tr("表里现在"), 320), Column(tr("采用后")))


class TakingPane(CoverPane):
    """采用前看一眼 `taken` by Ctrl+Enter, `left` by Esc; nothing is changed by looking."""

    taken = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("takingPane")
        self._view: TakingView | None = None
        self.pane = Pane(tr("采用前看一眼"), padding=0, parent=self)
        self._sentence = Text("", "body", strong=True, wrap=True)
        self._told = Text("", "dense", tone="warn", wrap=True)
        self.table = RowTable(COLUMNS, parent=self)
        self.table.setObjectName("takingTable")
        self.table.setAccessibleName(tr("采用后会变的栏"))
        self._empty = EmptyCard(self)
        self.bar = NextStepBar(self)
        self._lay_out()
        self.bar.chosen.connect(self._on_bar)
        self.bar.refused.connect(self.refused)
        self.watch_escape(self.table)

    def _lay_out(self) -> None:
        around = QHBoxLayout(self)
        around.setContentsMargins(12, 12, 12, 12)
        around.addWidget(self.pane)
        self.pane.body.setContentsMargins(0, 0, 0, 0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 4, 16, 10)
        head.setSpacing(6)
        head.addWidget(self._sentence)
        head.addWidget(self._told)
        self.pane.body.addLayout(head)
        self.pane.body.addWidget(Hair())
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self.pane.body.addWidget(holder, 1)
        self.pane.add_foot(self.bar)

    def render(self, view: TakingView) -> None:  # type: ignore[override]
        """Show this."""
        self._view = view
        self.pane.set_title(tr("采用前看一眼：{title}", title=view.title))
        self._sentence.say(view.sentence)
        self._told.say("\n".join(view.told))
        self._stack.setCurrentIndex(0 if view.rows else 1)
        self._empty.render(BUSY if view.busy else NONE)
        self.table.render(view.rows)
        reason = tr("还在读") if view.busy else view.refusal
        step = Act(TAKE, tr("采用"), Key.NEXT_STEP, reason)
        said = tr("整份采用，采用后能放回去。") if not reason else tr("表没有动。")
        self.bar.render(NextStepView(said, "", step, (Act(LEAVE, tr("不采用"), "Esc"),)))

    def view(self) -> TakingView | None:
        """What it shows."""
        return self._view

    def lead(self) -> None:
        """The hand goes to the list, or to the way back."""
        button = self.bar.button(LEAVE)
        hand = self.table if self._view is not None and self._view.rows else button
        if hand is not None:
            hand.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_bar(self, name: str) -> None:
        (self.taken if name == TAKE else self.left).emit()

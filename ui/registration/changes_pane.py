"""新旧对照 lies over the form: what the record says and what the application says now, side by side; Enter jumps to the field."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.registration.record_view import NO_CHANGES, ChangesView
from ui.shortcuts import Key
from ui.widgets.cover_pane import CoverPane
from ui.widgets.empty_card import EmptyCard
from ui.widgets.next_step import Act, NextStepBar, NextStepView
from ui.widgets.pane import Pane
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.text import Hair, Text

LEAVE, AGAIN = "leaveChanges", "takeAgain"
COLUMNS = (Column(tr("项目"), 330, bold=True), Column(tr("原登记"), 380, tone="ink2"), Column(tr("拟变更")))


class ChangesPane(CoverPane):
    """新旧对照 `jump_wanted(pointer)` by a press or Enter, `again` takes the newest record, `left` by Esc."""

    jump_wanted = Signal(str)
    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changesPane")
        self.setAccessibleName(tr("和登记档案对照"))
        self.pane = Pane(tr("和登记档案对照"), padding=0, parent=self)
        self._sentence = Text("", "body", strong=True, wrap=True)
        self._note = Text("", "dense", wrap=True)
        self.strip = Strip(self)
        self.strip.clear()
        self.table = RowTable(COLUMNS, parent=self)
        self.table.setObjectName("changesTable")
        self.table.setAccessibleName(tr("改过的地方，Enter 跳到那一栏"))
        self._empty = EmptyCard(self)
        self._empty.render(NO_CHANGES)
        self.bar = NextStepBar(self)
        self._lay_out()
        self.table.row_opened.connect(self._on_opened)
        self.table.clicked.connect(self._on_clicked)
        self.bar.chosen.connect(self._on_bar)
        self.watch_escape(self.table)

    def _lay_out(self) -> None:
        around = QHBoxLayout(self)
        around.setContentsMargins(12, 12, 12, 12)
        around.addWidget(self.pane)
        self.pane.body.setContentsMargins(0, 0, 0, 0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 4, 16, 10)
        head.setSpacing(6)
        for widget in (self._sentence, self._note, self.strip):
            head.addWidget(widget)
        self.pane.body.addLayout(head)
        self.pane.body.addWidget(Hair())
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self.pane.body.addWidget(holder, 1)
        self.pane.add_foot(self.bar)

    def render(self, view: ChangesView) -> None:  # type: ignore[override]
        """Show this."""
        self._sentence.say(view.sentence)
        self._note.say(view.note)
        self.strip.clear() if view.strip is None else self.strip.render(view.strip)
        self._stack.setCurrentIndex(0 if view.rows else 1)
        self.table.render(view.rows)
        back = Act(LEAVE, tr("回到表里"), Key.NEXT_STEP)
        said = tr("只有这里列的会变，别的照登记档案。")
        self.bar.render(NextStepView(said, "", back, (Act(AGAIN, tr("重新取档")),)))

    def lead(self) -> None:
        """The hand goes to the list, or to the way back."""
        hand = self.table if self._stack.currentIndex() == 0 else self.bar.button(LEAVE)
        if hand is not None:
            hand.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_opened(self, row: str) -> None:
        self.jump_wanted.emit(row.rpartition(" ")[0])

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._on_opened(self.table.rows()[index.row()].id)

    @Slot(str)
    def _on_bar(self, name: str) -> None:
        (self.again if name == AGAIN else self.left).emit()

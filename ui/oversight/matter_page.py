"""事由页 one view of 首问与投诉: the list on the left, what the chosen one needs on the right, a new one by one key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.language import ENGLISH, SPOKEN, tr
from ui.oversight.duty_page import TaskPane
from ui.oversight.duty_view import TaskRowView
from ui.oversight.matter_view import NEW, MatterView
from ui.shortcuts import Key
from ui.widgets.focus import tab_through
from ui.widgets.key_button import KeyButton
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable


class MatterPage(ListAndDetail):
    """事由页 `act(name, typed)`, `new_wanted()`."""

    act = Signal(str, list)
    new_wanted = Signal()

    def __init__(
        self, name: str, words: str, age: str, parent: QWidget | None = None, *, what: str = "", where: str = ""
    ) -> None:
        """`what` and `where` head the first two columns, where they are no matter and no window."""
        place = Column(where or tr("窗口"), 72 if SPOKEN == ENGLISH and not where else 48, tone="ink2")
        columns = (Column(what or tr("事")), place, Column(age, 84, "right", tone="ink2"))
        super().__init__(words, RowTable(columns, row_height=54), narrow=280, parent=parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.name_table("matterTable", tr("{words}，上下键挑", words=words))
        self._new = KeyButton("", Key.NEW, parent=self)
        self._new.setObjectName("matterNew")
        self._new.set_height(30)
        self._new.chosen.connect(self.new_wanted)
        self.list_pane.add_to_head(self._new)
        self.detail = TaskPane(self)
        self.detail.setAccessibleName(tr("{words}细目", words=words))
        self.detail.act.connect(self.act)
        self.stand_beside(self.detail)
        tab_through(self._new, self._table)
        self._shown, self._asked = "", False

    def render(self, view: MatterView) -> None:  # type: ignore[override]
        """Show these; the hand's place stays, and a new form takes it."""
        self._new.set_text(view.new_word)
        self._new.setVisible(bool(view.new_word))
        alone = not view.rows and view.detail is None
        self.show_list(view.title, tuple(_row(row) for row in view.rows), view.empty, alone=alone)
        self.detail.render(view.detail)
        shown = view.detail.id if view.detail is not None else ""
        if shown and shown != NEW:
            self._table.select(shown)
        self._lead_hand(shown)

    def _lead_hand(self, shown: str) -> None:
        """A form that opens takes the hand to its first line; when it is left, the hand is on the list again."""
        before, self._shown = self._shown, shown
        bar = self.detail.bar
        asked, self._asked = self._asked, bar.isVisible() and (shown == NEW or bar.way_out() is not None)
        if self._asked and shown != before and self.detail.fields():
            self.detail.fields()[0].line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif asked and not self._asked and self.isVisible():
            self.take_hand()


def _row(row: TaskRowView) -> Row:
    return Row(row.id, (Cell(row.kind, note=row.words, lamp=row.lamp, bold=True), row.window, row.age))

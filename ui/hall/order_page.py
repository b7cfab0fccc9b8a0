"""次序 one line in calling order with why each stands there; the chosen ticket, or the act at hand, beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.hall.view import OrderView
from ui.language import tr
from ui.oversight.duty_page import TaskPane
from ui.shortcuts import Key
from ui.widgets.focus import tab_through
from ui.widgets.key_button import KeyButton
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable
from ui.widgets.segments import Segments
from ui.widgets.strip import Strip

COLUMNS = (
    Column(tr("次序"), 48, "right", tone="ink2"),
    Column(tr("号和为什么")),
    Column(tr("等了"), 68, "right", tone="ink2"),
    Column(tr("名下"), 60, "right", tone="ink2"),
)
STOP, MOVE, FREE = "stop", "move", "free"


class OrderPage(ListAndDetail):
    """次序 `letter_chosen(letter)`, `form_wanted(name)` for stop, move and free, `act(name, typed)`, `left()` by Esc."""

    letter_chosen = Signal(str)
    form_wanted = Signal(str)
    act = Signal(str, list)
    left = Signal()
    refused = Signal(str)

    def __init__(self, letters: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(tr("次序"), RowTable(COLUMNS, row_height=50), wide=600, narrow=520, parent=parent)
        self.setObjectName("hallOrderPage")
        self.setAccessibleName(tr("等候次序"))
        self.name_table("hallOrder", tr("等候的号，按次序，上下键挑"))
        self.segments = Segments(tuple((letter, letter) for letter in letters), self, spoken=tr("队"))
        self.segments.chosen.connect(self.letter_chosen)
        self.stop = self._button(tr("止号"), Key.SEND_BACK, STOP)
        self.move_window = self._button(tr("改队"), Key.ADD_ROW, MOVE)
        self.free = self._button(tr("放开"), Key.NEW, FREE)
        self._strip = Strip(self)
        self.detail = TaskPane(self)
        self.detail.setObjectName("hallOrderDetail")
        self.detail.setAccessibleName(tr("挑中的号，或要办的这一步"))
        self.detail.act.connect(self.act)
        self.detail.bar.refused.connect(self.refused)
        self._lay_out()
        tab_through(*self.segments.all(), self.stop, self.move_window, self.free, self._table)
        self.render(OrderView())

    def _button(self, word: str, key: str, name: str) -> KeyButton:
        button = KeyButton(word, key, "quiet", parent=self)
        button.setObjectName(name)
        button.chosen.connect(self._on_form)
        button.refused.connect(self.refused)
        return button

    def _lay_out(self) -> None:
        under = QVBoxLayout()
        under.setContentsMargins(16, 2, 16, 8)
        under.setSpacing(8)
        under.addWidget(self.segments)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.stop, self.move_window, self.free):
            buttons.addWidget(button)
        buttons.addStretch(1)
        under.addLayout(buttons)
        under.addWidget(self._strip)
        holder = QWidget(self.list_pane)
        holder.setLayout(under)
        self.list_pane.body.setSpacing(0)
        self.list_pane.body.insertWidget(0, holder)
        self.stand_beside(self.detail)

    def render(self, view: OrderView) -> None:  # type: ignore[override]
        """Show this line; what was typed and the hand's place stay."""
        self.segments.choose(view.letter)
        for letter, count in view.counts:
            self.segments.show_figure(letter, count)
        self.stop.set_text(view.stop_word)
        for button, reason in (
            (self.stop, view.stop_reason),
            (self.move_window, view.move_reason),
            (self.free, view.free_reason),
        ):
            button.set_reason(reason)
        self._strip.render(view.message)
        self.show_list(view.title, view.rows, view.empty, note=view.note)
        self.detail.render(view.detail)
        if view.chosen:
            self._table.select(view.chosen)

    def take_form(self) -> None:
        """The hand goes to the first line to be typed."""
        fields = self.detail.fields()
        if fields:
            fields[0].select_all()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_form(self) -> None:
        self.form_wanted.emit(self.sender().objectName())

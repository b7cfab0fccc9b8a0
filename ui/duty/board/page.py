"""岗位看板页 the whole hall at a glance: the table of posts, the days ahead, and one button for the worst gap."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.duty.board.strip import Choices, DayStrip, Legend
from ui.duty.board.table import BoardTable
from ui.duty.board.view import ActionView, BoardView
from ui.language import tr
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane
from ui.widgets.text import restyle

LEAST = 360


class BoardPage(QWidget):
    """岗位看板页 `row_chosen(post)`, `row_opened(post)`, `day_chosen(iso)`, `picked(person)`, `act(name)`."""

    row_chosen = Signal(str)
    row_opened = Signal(str)
    day_chosen = Signal(str)
    picked = Signal(str)
    act = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("boardPage")
        self.setAccessibleName(tr("岗位看板"))
        self._pane = Pane(padding=0, parent=self)
        self._table = BoardTable(self)
        self._table.setObjectName("boardTable")
        self._table.setAccessibleName(tr("岗位，上下键挑岗位，左右键换一天"))
        self._pane.body.setContentsMargins(0, 0, 0, 0)
        self._pane.body.addWidget(self._table)
        self._pane.add_to_head(Legend(self._pane))
        self._days, self._choices, self._bar = DayStrip(self), Choices(5, self), NextStepBar(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._pane, 1)
        for part in (self._days, self._choices, self._bar):
            column.addWidget(part)
        self._connect()

    def _connect(self) -> None:
        self._table.row_chosen.connect(self.row_chosen)
        self._table.row_opened.connect(self.row_opened)
        self._table.day_stepped.connect(self._days.step)
        self._table.digit.connect(self._choices.press)
        self._days.day_chosen.connect(self.day_chosen)
        self._choices.picked.connect(self.picked)
        self._bar.chosen.connect(self.act)

    def render(self, view: BoardView) -> None:  # type: ignore[override]
        """Show this day; hand, scroll and focus stay."""
        self._pane.set_title(view.title, view.note)
        self._table.show_board(view)
        self._table.select(view.selected)
        self._days.show_days(view.days, view.day)
        self._show_action(view.action)

    def table(self) -> BoardTable:
        """The posts."""
        return self._table

    def days(self) -> DayStrip:
        """The days ahead."""
        return self._days

    def bar(self) -> NextStepBar:
        """What to do about the worst gap."""
        return self._bar

    def _show_action(self, view: ActionView) -> None:
        self._choices.show_choices(view.choices, (view.chosen,))
        self._bar.render(view.bar)
        ground = "warn" if view.risky else "quiet"
        if self._bar.property("strip") != ground:
            self._bar.setProperty("nextbar", None)
            self._bar.setProperty("strip", ground)
            self._bar.setProperty("pane", None if view.risky else True)
            restyle(self._bar)

    @Slot()
    def take_hand(self) -> None:
        """The keys go to the list."""
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        """The table gives way first; what a wrapped sentence would need in the narrowest window is not asked for."""
        return QSize(super().minimumSizeHint().width(), theme.current().px(LEAST))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.take_hand()

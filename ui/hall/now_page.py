"""现在 who rings on top, the windows on the left, the lines on the right, one thing to do at the foot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.hall.alarm_card import AlarmCard
from ui.hall.view import NO_LINES, NO_WINDOWS, NowView
from ui.language import tr
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from ui.width_class import width_class

WINDOWS = (
    Column(tr("窗口")),
    Column(tr("在办"), 132),
    Column(tr("名下"), 52, "right", tone="ink2"),
    Column(tr("办了"), 52, "right", tone="ink2"),
)
LINES = (
    Column(tr("队")),
    Column(tr("等候"), 52, "right", bold=True),
    Column(tr("最久"), 68, "right", tone="ink2"),
    Column(tr("办到"), 76, "right"),
)
ROW, RAIL, GAP = 46, 76, 12
SHOWN_ALARMS = 2


class NowPage(QWidget):
    """现在 `act(name)`, `window_opened(number)`, `line_opened(letter)`."""

    act = Signal(str)
    refused = Signal(str)
    window_opened = Signal(str)
    line_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hallNowPage")
        self.setAccessibleName(tr("大厅现在"))
        self.windows = self._table(WINDOWS, "hallWindows", tr("窗口，上下键看，回车看它的队"))
        self.lines = self._table(LINES, "hallLines", tr("各队，上下键看，回车看次序"))
        self._alarms = tuple(AlarmCard(self) for _ in range(SHOWN_ALARMS))
        self._more, self._strip = Text("", "dense", tone="ink2"), Strip(self)
        self._windows_pane, self._windows_stack = self._pane(tr("窗口"), self.windows, NO_WINDOWS)
        self._lines_pane, self._lines_stack = self._pane(tr("各队"), self.lines, NO_LINES)
        self.bar = NextStepBar(self)
        self.bar.setProperty("nextbar", None)  # it stands alone, not at a pane's foot
        self.bar.setProperty("pane", True)
        self._lay_out()
        self.bar.chosen.connect(self.act)
        self.bar.refused.connect(self.refused)
        self.windows.row_opened.connect(self.window_opened)
        self.lines.row_opened.connect(self.line_opened)
        self.render(NowView())

    def _table(self, columns: tuple[Column, ...], name: str, spoken: str) -> RowTable:
        table = RowTable(columns, row_height=ROW, parent=self)
        table.setObjectName(name)
        table.setAccessibleName(spoken)
        return table

    def _pane(self, title: str, table: RowTable, empty: EmptyView) -> tuple[Pane, QStackedLayout]:
        pane, card = Pane(title, padding=0, parent=self), EmptyCard(self)
        card.render(empty)
        holder = QWidget(pane)
        stack = QStackedLayout(holder)
        stack.addWidget(table)
        stack.addWidget(card)
        pane.body.setContentsMargins(0, 0, 0, 0)
        pane.body.addWidget(holder, 1)
        return pane, stack

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, 0, GAP, GAP)
        column.setSpacing(8)
        for widget in (*self._alarms, self._more, self._strip):
            column.addWidget(widget)
        both = QHBoxLayout()
        both.setSpacing(GAP)
        both.addWidget(self._windows_pane, 11)
        both.addWidget(self._lines_pane, 10)
        column.addLayout(both, 1)
        column.addWidget(self.bar)

    def render(self, view: NowView) -> None:  # type: ignore[override]
        """Show how it stands now; the hand's place stays."""
        for place, card in enumerate(self._alarms):
            card.render(view.alarms[place] if place < len(view.alarms) else None)
        self._more.say(view.more)
        self._strip.render(view.message)
        self._windows_pane.set_title(tr("窗口"), view.windows_note)
        self._lines_pane.set_title(tr("各队"), view.lines_note)
        self.windows.render(view.windows)
        self.lines.render(view.lines)
        self._windows_stack.setCurrentIndex(0 if view.windows else 1)
        self._lines_stack.setCurrentIndex(0 if view.lines else 1)
        self.bar.render(view.bar)
        self.bar.setVisible(bool(view.bar.sentence))
        self._share()

    def alarms(self) -> tuple[AlarmCard, ...]:
        """The places where who rings is shown."""
        return self._alarms

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.windows.rows():
            self.windows.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """In a narrow window, how many were served gives way."""
        look = theme.current()
        narrow = width_class(self.width() + look.px(RAIL), look.scale) == "narrow"
        self.windows.setColumnHidden(3, narrow)
        self.lines.setColumnHidden(2, narrow)

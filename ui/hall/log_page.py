"""叫号记录 one number of a day: the verdict on top, what was done with it, and who was called before it and why."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.hall.view import LogView
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton, key_sequences
from ui.widgets.pane import Pane
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip

ACTS = (
    Column(tr("时间"), 84, tone="ink2"),
    Column(tr("做了什么")),
    Column(tr("在哪"), 68, tone="ink2"),
    Column(tr("谁"), 84),
)
BEFORE = (Column(tr("号"), 84, bold=True), Column(tr("叫的"), 72, tone="ink2"), Column(tr("为什么在它前面")))
FIELD, LEAST = 320, 330


class LogPage(QWidget):
    """叫号记录 `asked(number)`, `days_moved(step)`."""

    asked = Signal(str)
    days_moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hallLogPage")
        self.setAccessibleName(tr("叫号记录"))
        self._number = Field(
            tr("号码\u3000{find_here}", find_here=Key.FIND_HERE),
            "digits",
            placeholder=tr("票上的号，如 B017，写完按回车"),
            parent=self,
        )
        self._number.line.setObjectName("hallNumber")
        self._pane = Pane(tr("叫号记录"), padding=0, parent=self)
        self._earlier = KeyButton(tr("前一天"), Key.STEP_UP, "quiet", parent=self)
        self._later = KeyButton(tr("后一天"), Key.STEP_DOWN, "quiet", parent=self)
        self._verdict = Strip(self)
        self.acts = self._table(ACTS, "hallActs", tr("这个号的经过"))
        self.before = self._table(BEFORE, "hallBefore", tr("在它前面叫的号"))
        self._acts_pane, self._before_pane = Pane(tr("经过"), padding=0, inner=True), Pane("", padding=0, inner=True)
        self._empty, self._none = EmptyCard(self), EmptyCard(self)
        self._lay_out()
        self._number.entered.connect(self._ask)
        self._earlier.chosen.connect(self._on_earlier)
        self._later.chosen.connect(self._on_later)
        QShortcut(key_sequences(Key.FIND_HERE)[0], self).activated.connect(self._number.select_all)
        self.render(LogView())

    def _table(self, columns: tuple[Column, ...], name: str, spoken: str) -> RowTable:
        table = RowTable(columns, row_height=44, marks=False, parent=self)
        table.setObjectName(name)
        table.setAccessibleName(tr("{spoken}，上下键看", spoken=spoken))
        return table

    def _lay_out(self) -> None:
        self._pane.add_to_head(self._earlier)
        self._pane.add_to_head(self._later)
        body = self._pane.body
        body.setContentsMargins(16, 2, 16, 16)
        body.setSpacing(12)
        top = QHBoxLayout()
        top.setSpacing(16)
        self._number.setMaximumWidth(FIELD * 2)
        top.addWidget(self._number, 1, Qt.AlignmentFlag.AlignTop)
        top.addStretch(1)
        body.addLayout(top)
        body.addWidget(self._verdict)
        self._acts_pane.body.setContentsMargins(0, 0, 0, 0)
        self._acts_pane.body.addWidget(self.acts, 1)
        holder = QWidget(self)
        self._before_stack = QStackedLayout(holder)
        self._before_stack.addWidget(self.before)
        self._before_stack.addWidget(self._none)
        self._before_pane.body.setContentsMargins(0, 0, 0, 0)
        self._before_pane.body.addWidget(holder, 1)
        self._both = QWidget(self)
        row = QHBoxLayout(self._both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._acts_pane, 1)
        row.addWidget(self._before_pane, 1)
        whole = QWidget(self)
        self._stack = QStackedLayout(whole)
        self._stack.addWidget(self._both)
        self._stack.addWidget(self._empty)
        body.addWidget(whole, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.addWidget(self._pane, 1)

    def render(self, view: LogView) -> None:  # type: ignore[override]
        """Show this number; what is typed stays."""
        self._pane.set_title(view.title, "　".join(part for part in (view.day, view.note) if part))
        self._later.setVisible(not view.later)
        self._number.set_finding(view.finding)
        self._verdict.render(view.verdict)
        self._stack.setCurrentIndex(0 if view.acts else 1)
        self._empty.render(view.empty)
        self.acts.render(view.acts)
        self._before_pane.set_title(view.before_title)
        self.before.render(view.before)
        self._before_stack.setCurrentIndex(0 if view.before else 1)
        self._none.render(view.nobody_before)

    def number(self) -> Field:
        """What is asked for."""
        return self._number

    def verdict(self) -> str:
        """What is answered."""
        return self._verdict.text()

    def minimumSizeHint(self) -> QSize:
        """The tables give way; what a wrapped sentence would need in the narrowest window is not asked for."""
        return QSize(super().minimumSizeHint().width(), theme.current().px(LEAST))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._number.select_all()

    @Slot()
    def _ask(self) -> None:
        self.asked.emit(self._number.text())

    @Slot()
    def _on_earlier(self) -> None:
        self.days_moved.emit(-1)

    @Slot()
    def _on_later(self) -> None:
        self.days_moved.emit(1)

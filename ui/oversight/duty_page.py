"""待办页 the duty manager's inbox: what waits for a person of the hall, oldest first, and the step that ends it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.oversight.duty_view import AskView, DutyView, TaskDetail, TaskRowView
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.field import Field
from ui.widgets.list_and_detail import GAP, ListAndDetail
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.text import FactName, Text

COLUMNS = (Column(tr("事")), Column(tr("窗口"), 72, tone="ink2"), Column(tr("等了"), 84, "right", tone="ink2"))
READ = 960
CHOOSE = EmptyView(tr("选一件看细目"), tr("为什么要人定、牵涉哪件、怎么了结，都写在这里。"), icon="info")


class TaskPane(Pane):
    """待办细目 `act(name, typed)`: the typed lines in their order."""

    act = Signal(str, list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("taskDetail")
        self.setAccessibleName(tr("待办细目"))
        self._title, self._words = Text("", "title", wrap=True), Text("", "body", wrap=True)
        self._strip, self._empty = Strip(self), EmptyCard(self)
        self._grid, self._asks = QGridLayout(), QVBoxLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        self._fields: list[Field] = []
        self._shown: tuple[tuple[AskView, ...], str] = ((), "")
        self._facts: tuple[tuple[str, str], ...] = ()
        self.bar = NextStepBar(self)
        self.bar.chosen.connect(self._on_act)
        full = QWidget(self)
        column = QVBoxLayout(full)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._title)
        scroll = ScrollBody(full, widest=READ)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for widget in (self._words, self._strip):
            scroll.body.addWidget(widget)
        scroll.body.addLayout(self._grid)
        scroll.body.addLayout(self._asks)
        scroll.body.addStretch(1)
        column.addWidget(scroll, 1)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(full)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(holder)
        self.add_foot(self.bar)

    def render(self, view: TaskDetail | None) -> None:  # type: ignore[override]
        """Show this task; what was typed stays while it is the same one."""
        self._empty.render(CHOOSE)
        self._stack.setCurrentIndex(0 if view is None else 1)
        self.bar.setVisible(view is not None)
        if view is None:
            return
        self._title.say(view.title)
        self._words.say(view.words)
        self._strip.render(view.message)
        if self._facts != view.facts:
            self._facts = view.facts
            self._rebuild_facts(view)
        if self._shown != (view.asks, view.id):
            self._shown = (view.asks, view.id)
            self._rebuild_asks(view)
        self.bar.render(view.bar)

    def fields(self) -> tuple[Field, ...]:
        """What can be typed."""
        return tuple(self._fields)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way_out = self.bar.way_out() if event.key() == Qt.Key.Key_Escape else None
        if way_out is not None:
            way_out.click()
        else:
            super().keyPressEvent(event)

    def _rebuild_facts(self, view: TaskDetail) -> None:
        _clear(self._grid)
        for place, (label, words) in enumerate(view.facts):
            self._grid.addWidget(FactName(label), place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Text(words, "body", wrap=True), place, 1)

    def _rebuild_asks(self, view: TaskDetail) -> None:
        _clear(self._asks)
        self._fields = [self._field(ask) for ask in view.asks]
        for field in self._fields:
            self._asks.addWidget(field)

    def _field(self, ask: AskView) -> Field:
        field = Field(ask.label, "password" if ask.secret else "text", placeholder=ask.placeholder, parent=self)
        field.line.setObjectName("taskPin" if ask.secret else "taskNote")
        field.set_text(ask.value)
        return field

    @Slot(str)
    def _on_act(self, name: str) -> None:
        self.act.emit(name, [field.line.text() for field in self._fields])


def _clear(layout: QLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class DutyPage(ListAndDetail):
    """待办页 `act(name, typed)`."""

    act = Signal(str, list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("待办 0 件"), RowTable(COLUMNS, row_height=54), top=GAP, parent=parent)
        self.setObjectName("dutyPage")
        self.setAccessibleName(tr("值班长待办"))
        self.name_table("tasksTable", tr("待办，上下键挑"))
        self.detail = TaskPane(self)
        self.detail.act.connect(self.act)
        self.stand_beside(self.detail)
        self.render(DutyView())

    def render(self, view: DutyView) -> None:  # type: ignore[override]
        """Show these tasks; the hand's place stays."""
        self.show_list(view.title, tuple(_row(row) for row in view.rows), view.empty, alone=not view.rows)
        self.detail.render(view.detail)
        if view.detail is not None:
            self._table.select(view.detail.id)


def _row(row: TaskRowView) -> Row:
    return Row(row.id, (Cell(row.kind, note=row.words, lamp=row.lamp, bold=True), row.window, row.age))

"""请假与审批页 the list of requests and, beside it, the chosen one or the form of a new one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.duty.board.strip import Choices
from ui.duty.leave.view import FieldView, LeaveDetail, LeaveRow, LeaveView
from ui.language import tr
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.field import Field
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.tag import TagView
from ui.widgets.text import FactName, Text

READ = 960
COLUMNS = (Column(tr("谁、什么时候、到哪一步")),)
CHOOSE = EmptyView(tr("选一条看细目"), tr("谁批、谁顶、能做什么，都写在这里。要离岗按 Ctrl+N。"), icon="info")


class LeavePane(Pane):
    """请假细目 `act(name)`, `picked(id)`, `edited()`; what was typed is asked with `typed()`."""

    act = Signal(str)
    picked = Signal(str)
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("leaveDetail")
        self.setAccessibleName(tr("请假细目"))
        self._title, self._words = Text("", "title", wrap=True), Text("", "body", wrap=True)
        self._asked = Text("", "dense", wrap=True)
        self._strip, self._empty, self.choices = Strip(self), EmptyCard(self), Choices(3, self)
        self._grid, self._form = QGridLayout(), QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(10)
        self._fields: dict[str, Field] = {}
        self._shown: tuple[str, tuple[str, ...]] = ("", ())
        self._facts: tuple[tuple[str, str], ...] = ()
        self.bar = NextStepBar(self)
        self.bar.chosen.connect(self.act)
        self.choices.picked.connect(self.picked)
        self._lay_out()

    def _lay_out(self) -> None:
        full = QWidget(self)
        column = QVBoxLayout(full)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._title)
        scroll = ScrollBody(full, widest=READ)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.body.addWidget(self._words)
        scroll.body.addLayout(self._grid)
        scroll.body.addLayout(self._form)
        for widget in (self._asked, self.choices, self._strip):
            scroll.body.addWidget(widget)
        scroll.body.addStretch(1)
        column.addWidget(scroll, 1)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(full)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(holder)
        self.add_foot(self.bar)

    def render(self, view: LeaveDetail | None) -> None:  # type: ignore[override]
        """Show this one; what was typed stays while it is the same one."""
        self._empty.render(CHOOSE)
        self._stack.setCurrentIndex(0 if view is None else 1)
        self.bar.setVisible(view is not None and view.bar is not None)
        if view is None:
            return
        self._title.say(view.title)
        self._words.say(view.words)
        self._strip.render(view.message)
        self._show_facts(view.facts)
        shape = (view.id, tuple(field.name for field in view.fields))
        if shape != self._shown:
            self._shown = shape
            self._show_fields(view.fields)
        for field in view.fields:
            self._fields[field.name].set_hint(field.hint)
        self._asked.say(view.asked)
        self.choices.show_choices(view.choices, view.chosen)
        if view.bar is not None:
            self.bar.render(view.bar)

    def typed(self) -> dict[str, str]:
        """What stands in the fields, by name."""
        return {name: field.text() for name, field in self._fields.items()}

    def field(self, name: str) -> Field | None:
        """One field."""
        return self._fields.get(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit that no field took picks who stands in."""
        if Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9 and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.choices.press(event.key() - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)

    def _show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        if facts == self._facts:
            return
        self._facts = facts
        _clear(self._grid)
        for place, (label, words) in enumerate(facts):
            self._grid.addWidget(FactName(label), place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Text(words, "body", wrap=True), place, 1)

    def _show_fields(self, fields: tuple[FieldView, ...]) -> None:
        _clear(self._form)
        self._fields = {}
        for place, view in enumerate(fields):
            field = Field(view.label, placeholder=view.placeholder, hint=view.hint, parent=self)
            field.line.setObjectName(view.name)
            field.set_text(view.text)
            field.edited.connect(self._on_edited)
            field.entered.connect(self._next_field)
            self._fields[view.name] = field
            half = view.name in ("start", "end")
            self._form.addWidget(field, place // 2 if half else place, place % 2 if half else 0, 1, 1 if half else 2)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self.edited.emit()

    @Slot()
    def _next_field(self) -> None:
        self.focusNextChild()


def _clear(layout: QGridLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class LeaveTable(RowTable):
    """请假表 a digit picks who stands in (`digit`)."""

    digit = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9 and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.digit.emit(event.key() - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)


class LeavePage(ListAndDetail):
    """请假与审批页 `act(name)`, `picked(id)`, `edited()`."""

    act = Signal(str)
    picked = Signal(str)
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        table = LeaveTable(COLUMNS, row_height=54)
        super().__init__(tr("请假与审批"), table, wide=420, narrow=286, parent=parent)
        self.setObjectName("leavePage")
        self.setAccessibleName(tr("请假与审批"))
        self.name_table("leaveTable", tr("请假与审批，上下键挑"))
        self.detail = LeavePane(self)
        table.digit.connect(self.detail.choices.press)
        self.detail.act.connect(self.act)
        self.detail.picked.connect(self.picked)
        self.detail.edited.connect(self.edited)
        self.stand_beside(self.detail)
        self.render(LeaveView())

    def render(self, view: LeaveView) -> None:  # type: ignore[override]
        """Show these; the hand's place stays."""
        alone = not view.rows and view.detail is None  # nothing to choose from: one sentence, not two
        self.show_list(view.title, tuple(_row(row) for row in view.rows), view.empty, note=view.note, alone=alone)
        self.detail.render(view.detail)
        if view.detail is not None:
            self._table.select(view.detail.id)

    def take_hand(self, field: str = "") -> None:
        """The keys go to a field, or to the list."""
        wanted = self.detail.field(field)
        if wanted is not None:
            wanted.select_all()
        else:
            super().take_hand()


def _row(row: LeaveRow) -> Row:
    tags = (TagView(row.state, row.tag),)
    return Row(row.id, (Cell(row.who, note=row.words, lamp=row.lamp, bold=True, tags=tags),))

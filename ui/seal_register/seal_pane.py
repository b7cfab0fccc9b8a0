"""印章细目 one seal in full, and the act on it that is under way: its fields stand at the foot, Esc leaves them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.seal_register.line_pane import clear
from ui.seal_register.seals_view import Ask, SealDetail
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.field import Field
from ui.widgets.flow import FlowLayout
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import Act, NextStepBar
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.text import FactName, Hair, Text

CHOOSE = EmptyView(tr("选一枚印章"), tr("在用还是停用、谁保管、钥匙在哪、证书还有几天，都写在这里。"), icon="stamp")
CASES = (Column(tr("办件")), Column(tr("状态"), 132, tone="ink2"), Column(tr("期限"), 196))
USES = (Column(tr("文书")), Column(tr("谁盖的"), 150, tone="ink2"), Column(tr("时间"), 132, tone="ink2"))


class SealPane(Pane):
    """印章细目 `act(name, typed)` with the typed lines in their order, `left` by Esc, `opened(id)` of a case or a use."""

    act = Signal(str, list)
    left = Signal()
    opened = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("sealDetail")
        self.setAccessibleName(tr("印章细目"))
        self._title, self._strip, self._empty = Text("", "title", wrap=True), Strip(self), EmptyCard(self)
        self._grid, self._asks = QGridLayout(), QVBoxLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        self._heads = (Text("", "body", strong=True, wrap=True), Text("", "body", strong=True, wrap=True))
        self.held_up = self._table(CASES, "heldUp", tr("等这枚印章的办件，回车打开"))
        self.uncovered = self._table(USES, "uncovered", tr("没有早先凭据的文书，回车打开办件"))
        self._fields: list[Field] = []
        self._kept: dict[tuple[str, str, str], str] = {}
        self._others = QWidget(self)
        self._row = FlowLayout(10)
        self._shown = SealDetail(id="", title="")
        self.bar = NextStepBar(self)
        self._lay_out()
        self.bar.chosen.connect(self._on_act)
        self.bar.refused.connect(self.refused)
        for table in (self.held_up, self.uncovered):
            table.row_opened.connect(self.opened)

    def _table(self, columns: tuple[Column, ...], name: str, spoken: str) -> RowTable:
        table = RowTable(columns, row_height=48, fit_rows=True, marks=False, parent=self)
        table.setObjectName(name)
        table.setAccessibleName(spoken)
        return table

    def _lay_out(self) -> None:
        full = QWidget(self)
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        scroll = ScrollBody(full)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.body.setContentsMargins(20, 16, 20, 16)
        for widget in (self._title, self._strip):
            scroll.body.addWidget(widget)
        for head, table in zip(self._heads, (self.held_up, self.uncovered), strict=True):
            scroll.body.addWidget(head)
            scroll.body.addWidget(table)
        scroll.body.addLayout(self._grid)
        scroll.body.addStretch(1)
        self._asked = QWidget(self)
        self._asked.setLayout(self._asks)
        self._asks.setContentsMargins(20, 10, 20, 12)
        self._asks.setSpacing(8)
        column.addWidget(scroll, 1)
        frame = QVBoxLayout(self._others)
        frame.setContentsMargins(20, 12, 16, 12)
        frame.addLayout(self._row)
        self._line = Hair()
        column.addWidget(self._line)
        column.addWidget(self._asked)
        column.addWidget(self._others)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(full)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(holder, 1)
        self.add_foot(self.bar)

    def render(self, view: SealDetail | None) -> None:  # type: ignore[override]
        """Show this seal; what is typed stays while it is the same act on the same seal."""
        self._empty.render(CHOOSE)
        self._stack.setCurrentIndex(0 if view is None else 1)
        self.bar.setVisible(view is not None and bool(view.bar.sentence))
        if view is None:
            return
        before, self._shown = self._shown, view
        self._title.say(view.title)
        self._strip.render(view.message)
        if before.facts != view.facts:
            self._rebuild_facts(view.facts)
        tables = (
            (self.held_up, view.held_up, view.held_up_title),
            (self.uncovered, view.uncovered, view.uncovered_title),
        )
        for head, (table, rows, title) in zip(self._heads, tables, strict=True):
            head.say(title)
            table.render(rows)
            table.setVisible(bool(rows))
        if (before.id, before.act, before.asks) != (view.id, view.act, view.asks):
            self._rebuild_asks(view.asks)
        if (before.id, before.acts) != (view.id, view.acts):
            self._rebuild_acts(view.acts)
        self.bar.render(view.bar)

    def fields(self) -> tuple[Field, ...]:
        """What can be typed, in its order."""
        return tuple(self._fields)

    def keep_words(self) -> None:
        """先不: what was typed is there again when the same act on the same seal is taken up; never a PIN."""
        for field in self._fields:
            if field.line.echoMode() != field.line.EchoMode.Password and field.text():
                self._kept[self._shown.id, self._shown.act, field.label.text()] = field.text()

    def forget_words(self) -> None:
        """Another person sits here."""
        self._kept.clear()

    def clear_secrets(self) -> None:
        """Nothing of a PIN stays on the page; the hand is on it again."""
        for field in self._fields:
            if field.line.echoMode() == field.line.EchoMode.Password:
                field.set_text("")
                field.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rebuild_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        clear(self._grid)
        for place, (label, words) in enumerate(facts):
            told = Text(words, "body", wrap=True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            told.setAccessibleName(tr("{label}：{words}", label=label, words=words))
            self._grid.addWidget(FactName(label), place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(told, place, 1)

    def _rebuild_asks(self, asks: tuple[Ask, ...]) -> None:
        clear(self._asks)
        self._fields = [self._field(ask) for ask in asks]
        self._asked.setVisible(bool(asks))
        for place, field in enumerate(self._fields):
            self._asks.addWidget(field)
            if place + 1 < len(self._fields):
                field.entered.connect(self._fields[place + 1].select_all)
        if self._fields:
            first = next((field for field in self._fields if not field.text()), self._fields[0])
            first.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rebuild_acts(self, acts: tuple[Act, ...]) -> None:
        clear(self._row)
        for act in acts:
            button = KeyButton(act.text, act.key, parent=self._others)
            button.setObjectName(act.name)
            button.chosen.connect(self._on_other)
            self._row.addWidget(button)
            button.show()  # now, not at the next turn: its key must work at once
        self._others.setVisible(bool(acts))

    def _field(self, ask: Ask) -> Field:
        field = Field(ask.label, "password" if ask.secret else "text", placeholder=ask.placeholder, parent=self)
        field.line.setObjectName("sealPin" if ask.secret else f"seal-{ask.label}")
        kept = self._kept.pop((self._shown.id, self._shown.act, ask.label), "")
        field.set_text(kept or ask.filled)
        field.line.installEventFilter(self)
        return field

    @Slot(str)
    def _on_act(self, name: str) -> None:
        self.act.emit(name, [field.line.text() for field in self._fields])

    @Slot()
    def _on_other(self) -> None:
        self.act.emit(self.sender().objectName(), [])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        composing = any(field.line is watched and field.composing() for field in self._fields)
        if not composing and self._is_leaving(event):
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_leaving(event):
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _is_leaving(self, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        return bool(pressed and self._shown.act and event.key() == Qt.Key.Key_Escape)  # type: ignore[attr-defined]

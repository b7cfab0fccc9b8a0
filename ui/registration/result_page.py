"""多证合一结果页 the company with its code, what was approved, a row a department; beside it the chosen one, or the copy card."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.registration.copy_card import CopyCard
from ui.registration.department_pane import CodePane, DepartmentPane
from ui.registration.result_view import CODE, PRINT, PRINT_ONE, SEND, ResultView
from ui.registration.telling_result import COLUMNS
from ui.shell import width_class
from ui.widgets.empty_card import EmptyCard
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import NextStepBar
from ui.widgets.one_line import OneLine
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.row_table import RowTable
from ui.widgets.segments import Segments
from ui.widgets.strip import Strip
from ui.widgets.tag import Tag, TagView
from ui.widgets.text import FactName, Text

SIDE, RAIL, LEAST = 340, 76, 120
ONE, CARD = "one", "card"


class ResultPage(QWidget):
    """多证合一 `back()`, `code_given(first, second)`, `send_next()`, `moved(state, note, reference)` of the chosen row."""

    back = Signal()
    row_chosen = Signal(str)
    moved = Signal(str, str, str)
    code_given = Signal(str, str)
    send_next = Signal()
    print_wanted = Signal()
    print_one_wanted = Signal()
    left_page = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resultPage")
        self.setAccessibleName(tr("多证合一结果"))
        self._view = ResultView()
        self._name, self._code = OneLine("", "title"), Text("", "section", strong=True)
        self._number = Text("", "dense")
        self._tags: list[Tag] = []
        self._shown: tuple[TagView, ...] = ()
        self._strip = Strip(self)
        self._facts = QGridLayout()
        self._labels: tuple[str, ...] = ()
        self._values: list[Text] = []
        self.table = RowTable(COLUMNS, row_height=38, fit_rows=True, parent=self)
        self.table.setObjectName("departmentRows")
        self.table.setAccessibleName(tr("各部门的进度"))
        self.table.installEventFilter(self)
        self.one, self.code, self.card = DepartmentPane(self), CodePane(self), CopyCard(self)
        self.segments = Segments(((ONE, tr("这一家")), (CARD, tr("抄录卡"))), self)
        self.bar = NextStepBar(self)
        self._empty = EmptyCard(self)
        self._back = KeyButton(tr("回到办件"), "Esc", parent=self)
        self._outer = QStackedLayout(self)
        self._outer.addWidget(self._empty)
        self._outer.addWidget(self._lay_out())
        self._connect()
        self.render(self._view)

    def _lay_out(self) -> QWidget:
        full = QWidget(self)
        head = Pane(padding=12, parent=full)
        head.body.setSpacing(2)
        self._line = QHBoxLayout()
        self._line.setSpacing(12)
        self._line.addWidget(self._name, 1)
        self._line.addWidget(self._number)
        self._line.addWidget(self._back)
        head.body.addLayout(self._line)
        head.body.addWidget(self._code)
        left = ScrollBody(full)
        left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._what = Pane(tr("登记结果"), padding=16, parent=full)
        self._facts.setHorizontalSpacing(14)
        self._facts.setVerticalSpacing(7)
        self._facts.setColumnStretch(1, 1)
        self._what.body.addLayout(self._facts)
        self._rows = Pane(tr("各部门"), padding=0, parent=full)
        self._rows.body.setContentsMargins(0, 0, 0, 0)
        self._rows.body.addWidget(self.table)
        left.body.addWidget(self._rows)
        left.body.addWidget(self._what)
        left.body.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(left, 1)
        row.addWidget(self._lay_side(full))
        column = QVBoxLayout(full)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addWidget(head)
        column.addWidget(self._strip)
        column.addLayout(row, 1)
        foot = Pane(padding=0, parent=full)
        foot.body.setContentsMargins(0, 0, 0, 0)
        foot.add_foot(self.bar)
        column.addWidget(foot)
        return full

    def _lay_side(self, full: QWidget) -> QWidget:
        self._side = QWidget(full)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(8)
        side.addWidget(self.segments)
        self._sides = QStackedWidget(self._side)
        self._scroll = ScrollBody(self._side)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.body.addWidget(self.code)
        self._scroll.body.addWidget(self.one)
        self._scroll.body.addStretch(1)
        self._sides.addWidget(self._scroll)
        self.card.setMinimumHeight(LEAST)
        self._sides.addWidget(self.card)
        side.addWidget(self._sides, 1)
        return self._side

    def _connect(self) -> None:
        self._back.chosen.connect(self.back)
        self.table.row_chosen.connect(self.row_chosen)
        self.one.moved.connect(self.moved)
        self.one.asked.connect(self._on_asked)
        self.code.given.connect(self.code_given)
        self.segments.chosen.connect(self._on_side)
        self.bar.chosen.connect(self._on_bar)

    def render(self, view: ResultView) -> None:  # type: ignore[override]
        """Show this; what is being typed stays while it is the same case and department."""
        other, self._view = view.case != self._view.case, view
        self._outer.setCurrentIndex(1 if view.case else 0)
        self._empty.render(view.empty)
        if not view.case:
            return
        if other:
            self.code.clear()
            self.segments.choose(ONE)
            self._sides.setCurrentIndex(0)
        self._name.say(view.name)
        self._code.say(tr("统一社会信用代码 {code}", code=view.code) if view.code else tr("统一社会信用代码还没录"))
        self._number.say(view.number)
        self._show_tags()
        self._strip.render(view.strip)
        self._show_facts()
        self._rows.set_title(tr("各部门"), view.rows_note)
        self.table.render(view.rows)
        if view.chosen is not None:
            self.table.select(view.chosen.word)
        self.code.show_code(view.asks_code, view.known_code)
        self.one.show_department(view.chosen)
        self.bar.render(view.next)
        if other and self.isVisible():
            self._lead()

    def _lead(self) -> None:
        """The hand begins at the code while that is to be entered, else in the rows."""
        first = self._view.asks_code and not self._view.known_code
        (self.code.first.line if first else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_tags(self) -> None:
        if self._view.tags == self._shown:
            return
        self._shown = self._view.tags
        for tag in self._tags:
            tag.hide()
            tag.deleteLater()
        self._tags = [Tag(one.text, one.kind, self) for one in self._view.tags]
        for place, tag in enumerate(self._tags, 1):
            self._line.insertWidget(place, tag)

    def _show_facts(self) -> None:
        labels = tuple(label for label, _ in self._view.facts)
        if labels != self._labels:
            self._labels, self._values = labels, []
            while self._facts.count():
                item = self._facts.takeAt(0)
                widget = item.widget() if item is not None else None
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
            for place, label in enumerate(labels):
                value = Text("", "body", wrap=True)
                self._facts.addWidget(FactName(label), place, 0, Qt.AlignmentFlag.AlignTop)
                self._facts.addWidget(value, place, 1)
                self._values.append(value)
        for value, (_, words) in zip(self._values, self._view.facts, strict=True):
            value.say(words)

    @Slot()
    def _on_asked(self) -> None:
        self._scroll.ensureWidgetVisible(self.one.note, 0, 24)

    @Slot(str)
    def _on_side(self, which: str) -> None:
        self._sides.setCurrentIndex(1 if which == CARD else 0)

    @Slot(str)
    def _on_bar(self, name: str) -> None:
        if name == CODE:
            self.code.give()
            return
        {SEND: self.send_next, PRINT: self.print_wanted, PRINT_ONE: self.print_one_wanted}[name].emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits say how far the chosen department is; Esc goes back to the case."""
        if event.key() == Qt.Key.Key_Escape:
            if not self.one.leave():
                self.back.emit()
        elif not self.one.press(event.text()):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list would look for a row that begins with the digit."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self.table and pressed and isinstance(event, QKeyEvent) and event.text().isdigit():
            return self.one.press(event.text())
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._share()
        self._lead()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.left_page.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_side"):
            self._share()

    def _share(self) -> None:
        look = theme.current()
        narrow = width_class(self.width() + look.px(RAIL), look.scale) == "narrow"
        self._side.setFixedWidth(look.px(280 if narrow else SIDE))

"""审计页 what was done, newest first: filtered by days, person, kind and number; the chosen act in full beside it."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.oversight.audit_detail import AuditPane
from ui.oversight.audit_view import AuditFilter, AuditRowView, AuditView
from ui.shell import width_class
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard
from ui.widgets.field import Field
from ui.widgets.focus import tab_through
from ui.widgets.key_button import KeyButton, key_sequences
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.segments import Segments
from ui.widgets.strip import Strip
from ui.widgets.text import Text

COLUMNS = (
    Column(tr("时间"), 124, tone="ink2"),
    Column(tr("谁"), 112, bold=True),
    Column(tr("做了什么")),
    Column(tr("关于"), 224),
    Column(tr("在哪"), 76, tone="ink2"),
    Column(tr("答复"), 120, tone="ink2"),
)
PLACE = 4
SPANS = (("1", tr("一天")), ("7", tr("七天")), ("30", tr("三十天")))
SIDE, NARROW_SIDE, RAIL = 392, 280, 76
TABLES = tr("表格 (*.csv)")


class AuditPage(QWidget):
    """审计页 `asked(filter)`, `days_moved(step)`, `span_chosen(days)`, `more_wanted()`, `row_chosen(id)`, `export_to(file)`."""

    asked = Signal(object)
    days_moved = Signal(int)
    span_chosen = Signal(int)
    more_wanted = Signal()
    row_chosen = Signal(str)
    export_to = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("auditPage")
        self.setAccessibleName(tr("审计"))
        self._list = Pane(tr("审计"), padding=0, parent=self)
        self._strip, self._empty, self._wall = Strip(self), EmptyCard(self), EmptyCard(self)
        self._table = RowTable(COLUMNS, row_height=36, parent=self)
        self._table.setObjectName("auditTable")
        self._table.setAccessibleName(tr("审计的行，上下键挑"))
        self._table.row_chosen.connect(self.row_chosen)
        self.detail = AuditPane(self)
        self.bar = NextStepBar(self)
        self._make_filters()
        self._lay_out()
        heads, typed = (self._more, self._earlier, self._later), (self._person, self._what, self._number)
        tab_through(*heads, *(field.line for field in typed), *self._span.all(), self._table)
        self._connect()
        self.render(AuditView())

    def _make_filters(self) -> None:
        self._earlier = KeyButton(tr("往前"), Key.STEP_UP, "quiet", parent=self)
        self._later = KeyButton(tr("往后"), Key.STEP_DOWN, "quiet", parent=self)
        self._more = KeyButton(tr("再取一些"), Key.ADD_ROW, "quiet", parent=self)
        self._span = Segments(SPANS, self)
        self._person = Field(tr("谁（工号或姓名）"), placeholder=tr("全部"), parent=self)
        self._what = Field(tr("做了什么"), placeholder=tr("全部，如 受理、授权"), parent=self)
        self._number = Field(
            tr("编号或号票\u3000{find_here}", find_here=Key.FIND_HERE), placeholder=tr("全部"), parent=self
        )
        for field, name in ((self._person, "auditPerson"), (self._what, "auditWhat"), (self._number, "auditNumber")):
            field.line.setObjectName(name)
            field.line.setClearButtonEnabled(True)

    def _lay_out(self) -> None:
        for button in (self._more, self._earlier, self._later):
            self._list.add_to_head(button)
        fields = QHBoxLayout()
        fields.setContentsMargins(16, 2, 16, 8)
        fields.setSpacing(12)
        for field in (self._person, self._what, self._number):
            fields.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        spans = QVBoxLayout()
        spans.setSpacing(4)
        spans.addWidget(Text(tr("看几天"), "dense"))
        spans.addWidget(self._span)
        spans.addStretch(1)
        fields.addLayout(spans)
        said = QHBoxLayout()
        said.setContentsMargins(16, 0, 16, 8)
        said.addWidget(self._strip)
        holder = QWidget(self._list)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self._list.body.setContentsMargins(0, 0, 0, 0)
        self._list.body.setSpacing(0)
        self._list.body.addLayout(fields)
        self._list.body.addLayout(said)
        self._list.body.addWidget(holder, 1)
        self._list.add_foot(self.bar)
        both = QWidget(self)
        row = QHBoxLayout(both)
        row.setContentsMargins(12, 0, 12, 12)
        row.setSpacing(12)
        row.addWidget(self._list, 1)
        row.addWidget(self.detail)
        self._whole = QStackedLayout(self)
        self._whole.addWidget(both)
        self._whole.addWidget(self._wall)

    def _connect(self) -> None:
        self._earlier.chosen.connect(self._on_earlier)
        self._later.chosen.connect(self._on_later)
        self._more.chosen.connect(self.more_wanted)
        self._span.chosen.connect(self._on_span)
        for field in (self._person, self._what, self._number):
            field.entered.connect(self._ask)
        self.bar.chosen.connect(self._ask_file)
        self.bar.refused.connect(self.refused)
        find = QShortcut(key_sequences(Key.FIND_HERE)[0], self)
        find.activated.connect(self._find)

    def render(self, view: AuditView) -> None:  # type: ignore[override]
        """Show this; what is typed stays, and so does the hand's place."""
        self._whole.setCurrentIndex(0 if view.allowed else 1)
        self._wall.render(view.empty)
        self._list.set_title(view.title, "　".join(part for part in (view.days, view.note) if part))
        self._later.setVisible(not view.later)
        self._more.setVisible(not view.more)
        self._what.set_finding(view.what_finding)
        self._strip.render(view.message)
        self._table.render(tuple(_row(row) for row in view.rows))
        self._stack.setCurrentIndex(0 if view.rows else 1)
        self._empty.render(view.empty)
        self.detail.render(view.detail)
        if view.detail is not None:
            self._table.select(view.detail.id)
        self.bar.render(view.bar)
        self._share()

    def table(self) -> RowTable:
        """The list."""
        return self._table

    def filter(self) -> AuditFilter:
        """What is typed now."""
        return AuditFilter(person=self._person.text(), what=self._what.text(), number=self._number.text())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._table.rows():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        look = theme.current()
        narrow = width_class(self.width() + look.px(RAIL), look.scale) == "narrow"
        self.detail.setFixedWidth(look.px(NARROW_SIDE if narrow else SIDE))
        self._table.setColumnHidden(PLACE, narrow)

    @Slot()
    def _ask(self) -> None:
        self.asked.emit(self.filter())

    @Slot()
    def _find(self) -> None:
        self._number.select_all()

    @Slot()
    def _on_earlier(self) -> None:
        self.days_moved.emit(-1)

    @Slot()
    def _on_later(self) -> None:
        self.days_moved.emit(1)

    @Slot(str)
    def _on_span(self, key: str) -> None:
        self.span_chosen.emit(int(key))

    @Slot(str)
    def _ask_file(self, _name: str) -> None:
        day = QDate.currentDate().toString("yyyyMMdd")
        dialog = QFileDialog(self, tr("导出审计"), tr("审计-{day}.csv", day=day), TABLES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(tr("审计-{day}.csv", day=day))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.export_to)
        dialog.open()


def _row(row: AuditRowView) -> Row:
    spoken = tr("，").join(part for part in (row.time, row.who, row.what, row.about, row.place, row.verdict) if part)
    verdict = Cell(row.verdict, lamp=row.lamp, tone="ink2")
    return Row(row.id, (row.time, row.who, row.what, row.about, row.place, verdict), spoken)

"""用印登记页 every use of every seal, newest first: filtered by days, seal, kind and doubt; the chosen line in full beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QStackedLayout, QWidget

from ui import theme
from ui.language import tr
from ui.registration.choosing import Combo, TickBox
from ui.seal_register.book_view import SPANS, BookFilter, BookView, Choice
from ui.seal_register.line_pane import LinePane
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard
from ui.widgets.focus import tab_through
from ui.widgets.key_button import KeyButton, key_sequences
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable
from ui.widgets.segments import Segments
from ui.widgets.strip import Strip
from ui.width_class import width_class

COLUMNS = (
    Column(tr("序号、时间"), 128, tone="ink2"),
    Column(tr("文书")),
    Column(tr("办件、申请人"), 172, tone="ink2"),
    Column(tr("印章"), 212, tone="ink2"),
    Column(tr("谁盖的、谁批的"), 104, tone="ink2"),
    Column(tr("结果"), 124),
)
SEAL_COLUMN, CASE_COLUMN = 3, 2
SIDES, RAIL = {"narrow": 300, "normal": 372, "wide": 480}, 76
TABLE, PAPER = "table", "paper"


class BookPage(QWidget):
    """用印登记页 `filtered(BookFilter)`, `span_chosen(key)`, `days_moved(step)`, `more_wanted`, `row_chosen(id)`, `act(name, note)`."""

    filtered = Signal(object)
    span_chosen = Signal(str)
    days_moved = Signal(int)
    more_wanted = Signal()
    row_chosen = Signal(str)
    strip_chosen = Signal()
    act = Signal(str, str)
    table_to = Signal(str)
    paper_to = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("registerPage")
        self.setAccessibleName(tr("用印登记"))
        self._view = BookView()
        self._table = RowTable(COLUMNS, row_height=54, parent=self)  # before all else: the hand goes to it first
        self._list = Pane(tr("用印登记"), padding=0, parent=self)
        self._strip, self._empty = Strip(self), EmptyCard(self)
        self._table.setObjectName("registerTable")
        self._table.setAccessibleName(tr("登记的行，上下键挑"))
        self._make_filters()
        self.bar, self.detail = NextStepBar(self), LinePane(self)
        self._lay_out()
        heads = (self._more, self._earlier, self._later)
        tab_through(*heads, *self.span.all(), self.seal, self.kind, self.doubtful, self._table)
        self._connect()
        self.render(self._view)

    def _make_filters(self) -> None:
        self._earlier = KeyButton(tr("往前"), Key.STEP_UP, "quiet", parent=self)
        self._later = KeyButton(tr("往后"), Key.STEP_DOWN, "quiet", parent=self)
        self._more = KeyButton(tr("再取一些"), Key.ADD_ROW, "quiet", parent=self)
        self.span = Segments(SPANS, self)
        self.seal, self.kind = Combo(self), Combo(self)
        self.doubtful = TickBox(tr("有疑的"), self)
        for widget, name, spoken in (
            (self.seal, "registerSeal", tr("哪枚印章")),
            (self.kind, "registerKind", tr("哪一种")),
            (self.doubtful, "registerDoubtful", tr("只看有疑的")),
        ):
            widget.setObjectName(name)
            widget.setAccessibleName(spoken)

    def _lay_out(self) -> None:
        for button in (self._more, self._earlier, self._later):
            self._list.add_to_head(button)
        said = QHBoxLayout()
        said.setContentsMargins(16, 2, 16, 4)
        said.addWidget(self._strip)
        choices = QHBoxLayout()
        choices.setSpacing(8)
        choices.addWidget(self.seal, 3)
        choices.addWidget(self.kind, 2)
        choices.addWidget(self.doubtful)
        filters = self._filters = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        filters.setContentsMargins(16, 2, 16, 8)
        filters.setSpacing(8)
        filters.addWidget(self.span)
        filters.addLayout(choices, 1)
        holder = QWidget(self._list)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self._empty.setMinimumHeight(1)  # where it stands there is no bar: it has its room without asking for it
        body = self._list.body
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(said)
        body.addLayout(filters)
        body.addWidget(holder, 1)
        self._list.add_foot(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 12)
        row.setSpacing(12)
        row.addWidget(self._list, 1)
        row.addWidget(self.detail)

    def _connect(self) -> None:
        self._table.row_chosen.connect(self.row_chosen)
        self._earlier.chosen.connect(lambda: self.days_moved.emit(-1))
        self._later.chosen.connect(lambda: self.days_moved.emit(1))
        self._more.chosen.connect(self.more_wanted)
        self.span.chosen.connect(self.span_chosen)
        self.seal.activated.connect(self._filter)
        self.kind.activated.connect(self._filter)
        self.doubtful.toggled.connect(self._filter)
        self._strip.link_chosen.connect(self.strip_chosen)
        self.detail.act.connect(self.act)
        self.bar.chosen.connect(self._ask_file)
        self.bar.refused.connect(self.refused)
        find = QShortcut(key_sequences(Key.FIND_HERE)[0], self)
        find.activated.connect(self.seal.setFocus)

    def render(self, view: BookView) -> None:  # type: ignore[override]
        """Show this; the hand's place and what is chosen stay."""
        self._view = view
        self._list.set_title(view.title, view.note)
        self.span.choose(view.span)
        self._later.setVisible(not view.later)
        self._more.setVisible(not view.more)
        _offer(self.seal, view.seals)
        _offer(self.kind, view.kinds)
        self._strip.render(view.message)
        self._table.render(view.rows)
        self._stack.setCurrentIndex(0 if view.rows else 1)
        self._empty.render(view.empty)
        self.detail.render(view.detail)
        if view.detail is not None:
            self._table.select(view.detail.id)
        self.bar.render(view.bar)
        self.bar.setVisible(bool(view.bar.sentence))
        self._share()

    def table(self) -> RowTable:
        """The list."""
        return self._table

    def filter(self) -> BookFilter:
        """What is chosen now."""
        return BookFilter(
            seal=str(self.seal.currentData() or ""),
            kind=str(self.kind.currentData() or ""),
            doubtful=self.doubtful.isChecked(),
        )

    def ask_note(self) -> None:
        """The hand goes to what was seen."""
        self.detail.note.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._table.rows():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        look = theme.current()
        wide = width_class(self.width() + look.px(RAIL), look.scale)
        self.detail.setFixedWidth(look.px(SIDES[wide]))
        beside, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._filters.setDirection(under if wide == "narrow" else beside)
        for column in (SEAL_COLUMN, CASE_COLUMN):
            self._table.setColumnHidden(column, wide == "narrow")

    @Slot()
    def _filter(self) -> None:
        self.filtered.emit(self.filter())

    @Slot(str)
    def _ask_file(self, name: str) -> None:
        ending, kinds, said = (
            ("pdf", "PDF (*.pdf)", self.paper_to) if name == PAPER else ("csv", tr("表格 (*.csv)"), self.table_to)
        )
        dialog = QFileDialog(self, tr("用印登记簿存到哪里"), tr("用印登记簿.{ending}", ending=ending), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(said)
        dialog.open()


def _offer(combo: Combo, choices: tuple[Choice, ...]) -> None:
    """What can be chosen; the chosen one stays where it is still offered."""
    offered = [(combo.itemData(place), combo.itemText(place)) for place in range(combo.count())]
    if offered == [(one.key, one.words) for one in choices]:
        return
    kept = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    for one in choices:
        combo.addItem(one.words, one.key)
    combo.setCurrentIndex(max(0, combo.findData(kept)))
    combo.blockSignals(False)

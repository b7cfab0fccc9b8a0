"""办件页 the cases of this window by date: a list that never moves under the hand, and the chosen one beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.cases.detail_pane import DetailPane
from ui.cases.view import CaseRow, CasesView
from ui.shell import width_class
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton, key_sequences
from ui.widgets.lamp import Lamp
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.text import Hair, Text, Tone

COLUMNS = (
    Column("编号", 184, bold=True),
    Column("申请人"),
    Column("事项", 154, tone="ink2"),
    Column("状态", 64),
    Column("经办", 124, tone="ink2"),
    Column("办结期限", 116, tone="ink2"),
    Column("余", 84, "right"),
)
LEGEND = (
    ("overdue", "超期"),
    ("soon", "快到期"),
    ("ok", "按时"),
    ("paused", "停表"),
    ("waiting", "等申请人"),
    ("done", "已办结"),
)
TONES: dict[str, Tone] = {"overdue": "red", "soon": "warn", "done": "ok"}
SPARED = (2, 4)  # 事项 and 经办 give way in a narrow window
SIDE, RAIL = 296, 76
FILES = "扫描件 (*.pdf *.jpg *.jpeg *.png *.tif *.tiff);;所有文件 (*)"


class CasesPage(QWidget):
    """办件页 `opened(case)` on Enter or double click, `row_chosen(case)` when the hand moves; typing searches.

    `files_chosen(case, paths)` are scans to be added to the case at the side; `again_wanted(digest)` is one to be sent again;
    `hold_act(case, name, typed)` is about on whose desk it is.
    """

    opened = Signal(str)
    row_chosen = Signal(str)
    strip_link = Signal()
    files_chosen = Signal(str, tuple)
    again_wanted = Signal(str)
    hold_act = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("casesPage")
        self.setAccessibleName("办件")
        self._view = CasesView()
        self._opening = True
        self._asked_for = ""
        self._title = Text("办件", "title")
        self._search = Field("找办件", placeholder="编号、查询码、申请人、事项，打几个字就行")
        self._search.label.hide()
        self._search.line.setObjectName("caseSearch")
        self._search.line.setAccessibleName(f"找办件，快捷键 {Key.FIND_HERE}")
        self._find = KeyButton("找", Key.FIND_HERE, "quiet", icon="search", bind=False, parent=self)
        self._find.setObjectName("caseFind")
        self._find.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._strip = Strip(self)
        self._list = Pane(padding=0, parent=self)
        self._table = RowTable(COLUMNS, row_height=38, parent=self)
        self._table.setObjectName("casesTable")
        self._table.setAccessibleName("办件，上下键挑，Enter 打开")
        self._empty = EmptyCard(self)
        self._count = Text("", "note", tone="ink2")
        self._legend = QWidget(self)
        self.detail = DetailPane(self)
        self._lay_out()
        self._connect()
        self.render(self._view)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 0, 0)
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._search, 1)
        head.addWidget(self._find)
        column.addLayout(head)
        column.addWidget(self._strip)
        row = QHBoxLayout()
        row.setSpacing(12)
        holder = QWidget(self._list)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self._list.body.setContentsMargins(0, 0, 0, 0)
        self._list.body.addWidget(holder)
        self._list.add_foot(self._foot())
        row.addWidget(self._list, 1)
        row.addWidget(self.detail)
        column.addLayout(row, 1)

    def _foot(self) -> QFrame:
        foot = QFrame(self)
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hair())
        line = QHBoxLayout()
        line.setContentsMargins(16, 4, 12, 4)
        line.addWidget(self._count)
        line.addStretch(1)
        legend = QHBoxLayout(self._legend)
        legend.setContentsMargins(0, 0, 0, 0)
        legend.setSpacing(10)
        for kind, word in LEGEND:
            legend.addWidget(Lamp(kind, word))  # type: ignore[arg-type]
        line.addWidget(self._legend)
        column.addLayout(line)
        return foot

    def _connect(self) -> None:
        self._table.row_opened.connect(self.opened)
        self._table.row_chosen.connect(self.row_chosen)
        self._table.installEventFilter(self)
        self._search.edited.connect(self._on_edited)
        self._search.entered.connect(self._to_table)
        self._find.chosen.connect(self._to_search)
        self._strip.link_chosen.connect(self.strip_link)
        self.detail.attachments.add_wanted.connect(self._ask_files)
        self.detail.attachments.again_wanted.connect(self.again_wanted)
        self.detail.hold.act.connect(self._on_hold_act)
        find = QShortcut(key_sequences(Key.FIND_HERE)[0], self)
        find.activated.connect(self._to_search)

    def render(self, view: CasesView) -> None:  # type: ignore[override]
        """Show these cases; search, selection and scroll stay."""
        self._view = view
        self._strip.render(view.strip)
        self.detail.render(view.detail)
        self._show()
        if view.detail is not None:
            self._table.select(view.detail.id)
        self._share()
        self._lead_hand()

    def table(self) -> RowTable:
        """The list."""
        return self._table

    def search(self) -> Field:
        """The search field."""
        return self._search

    def _show(self) -> None:
        words = self._search.text().casefold().split()
        shown = tuple(row for row in self._view.rows if all(word in _words(row) for word in words))
        self._table.render(tuple(_row(row) for row in shown))
        self._stack.setCurrentIndex(0 if shown else 1)
        text = self._search.text().strip()
        none = EmptyView(
            f"没有找到“{text}”", f"在这里的 {len(self._view.rows)} 件里找的，少打几个字再看。", icon="search"
        )
        self._empty.render(none if words and self._view.rows else self._view.empty)
        self._count.say(f"找到 {len(shown)} 件，一共 {len(self._view.rows)} 件" if words else self._view.count)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._show()

    @Slot()
    def _to_search(self) -> None:
        self._search.select_all()

    @Slot()
    def _to_table(self) -> None:
        rows = self._table.rows()
        if rows:
            if not self._table.selected_id():
                self._table.select(rows[0].id)
                self.row_chosen.emit(rows[0].id)
            self._table.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _ask_files(self) -> None:
        """The case is the one at the side now, whatever is chosen while the dialog stands."""
        if self._view.detail is None:
            return
        self._asked_for = self._view.detail.id
        dialog = QFileDialog(self, "加附件", "", FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._on_files)
        dialog.open()

    @Slot(list)
    def _on_files(self, paths: list[str]) -> None:
        self.files_chosen.emit(self._asked_for, tuple(paths))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        typed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.text().strip()
        if typed and isinstance(event, QKeyEvent) and event.text().isprintable() and not _held(event):
            self._search.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self._search.set_text(self._search.text() + event.text())
            self._show()
            return True
        return super().eventFilter(watched, event)

    def _lead_hand(self) -> None:
        """The page opens on the first row; later the hand stays where it is."""
        rows = self._table.rows()
        if not self.isVisible() or not rows:
            return
        if self._opening and not self._search.text():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._opening = False
        if not self._table.selected_id():
            self._table.select(rows[0].id)
            self.row_chosen.emit(rows[0].id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._opening = True
        if not self._table.rows():
            self._search.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._lead_hand()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        look = theme.current()
        narrow = width_class(self.width() + look.px(RAIL), look.scale) == "narrow"
        self.detail.setFixedWidth(look.px(SIDE))
        self.detail.setVisible(not narrow and bool(self._view.rows))
        self._legend.setVisible(not narrow)
        for place in SPARED:
            self._table.setColumnHidden(place, narrow)

    @Slot(str, str)
    def _on_hold_act(self, name: str, typed: str) -> None:
        if self._view.detail is not None:
            self.hold_act.emit(self._view.detail.id, name, typed)


def _held(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))


def _words(row: CaseRow) -> str:
    return " ".join((row.number, row.applicant, row.item, row.state, row.handler, row.keys)).casefold()


def _row(row: CaseRow) -> Row:
    tone = TONES.get(row.lamp, "")
    loud = row.lamp in ("overdue", "soon")
    return Row(
        row.id,
        (
            Cell(row.number, lamp=row.lamp),
            row.applicant,
            row.item,
            row.state,
            row.handler,
            Cell(row.due, tone="red" if row.lamp == "overdue" else ""),
            Cell(row.left, tone=tone, bold=loud),
        ),
    )

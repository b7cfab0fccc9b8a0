"""办件页 the lists of the day and whatever is looked for: a list that never moves under the hand, and the chosen one beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.cases.detail_pane import DetailPane
from ui.cases.list_pane import CasesList
from ui.cases.view import CasesView
from ui.language import tr
from ui.papers.stage import PaperStage
from ui.shell import width_class
from ui.shortcuts import Key
from ui.widgets.field import Field
from ui.widgets.focus import tab_through
from ui.widgets.key_button import KeyButton, key_sequences
from ui.widgets.row_table import RowTable
from ui.widgets.segments import Segments
from ui.widgets.strip import Strip
from ui.widgets.text import Text

SIDE, RAIL = 296, 76
GIVEN = "assigned"
SEGMENTS = (
    ("due", tr("今天到期")),
    ("mine", tr("我的和顶岗")),
    (GIVEN, tr("分给我的")),
    ("authorise", tr("待授权")),
    ("all", tr("全部")),
)
FILES = tr("扫描件 (*.pdf *.jpg *.jpeg *.png *.tif *.tiff);;所有文件 (*)")


class CasesPage(QWidget):
    """办件页 `open_wanted(case)` on Enter, double click or the button, `row_chosen(case)` when the hand moves.

    `typed(text)` searches, `segment_wanted(key)` takes another list, `news_wanted` loads what changed meanwhile,
    `wider_wanted` looks at the centre; `came` says that the page is on screen again. `files_chosen(case, paths)` are
    scans to be added to the case at the side, `again_wanted(digest)` is one to be sent again; `hold_act(case, name,
    typed)` is about on whose desk it is. `scan_wanted(case, device)` is a page to be scanned into it, `stop_wanted` not.
    `paper_wanted(case, attachment)` is one to be read, on the `stage` over the list.
    """

    open_wanted = Signal(str)
    row_chosen = Signal(str)
    typed = Signal(str)
    segment_wanted = Signal(str)
    news_wanted = Signal()
    wider_wanted = Signal()
    came = Signal()
    strip_link = Signal()
    files_chosen = Signal(str, tuple)
    again_wanted = Signal(str)
    scan_wanted = Signal(str, str)
    stop_wanted = Signal()
    hold_act = Signal(str, str, str)
    paper_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("casesPage")
        self.setAccessibleName(tr("办件"))
        self._view = CasesView()
        self._opening = True
        self._asked_for = ""
        self._title = Text(tr("办件"), "title")
        placeholder = tr("编号、查询码、号票、申请人、事项，或拼音首字母（如 sgxk）")
        self._search = Field(tr("找办件"), placeholder=placeholder, parent=self)
        self._search.label.hide()
        self._search.line.setObjectName("caseSearch")
        self._search.line.setAccessibleName(tr("找办件，快捷键 {find_here}", find_here=Key.FIND_HERE))
        self._find = KeyButton(tr("找"), Key.FIND_HERE, "quiet", icon="search", bind=False, parent=self)
        self._find.setObjectName("caseFind")
        self._find.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._segments = Segments(SEGMENTS, self)
        self._segments.setObjectName("caseLists")
        self._strip = Strip(self)
        self._list = CasesList(self)
        self._table = self._list.table
        self.stage = PaperStage(self._list, self)
        self.detail = DetailPane(self)
        self._open = KeyButton(tr("打开办件"), "Enter", "next", bind=False, parent=self)
        self._open.setObjectName("caseOpen")
        self._side = QWidget(self)
        self._lay_out()
        tab_through(self._search.line, *self._segments.all(), self._table)
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
        head.addWidget(self._segments)
        column.addLayout(head)
        column.addWidget(self._strip)
        row = QHBoxLayout()
        row.setSpacing(12)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        side.addWidget(self.detail, 1)
        side.addWidget(self._open)
        row.addWidget(self.stage, 1)
        row.addWidget(self._side)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self._list.row_opened.connect(self._on_open)
        self._list.row_chosen.connect(self.row_chosen)
        self._list.news_wanted.connect(self.news_wanted)
        self._list.wider_wanted.connect(self.wider_wanted)
        self._table.installEventFilter(self)
        self._search.edited.connect(self.typed)
        self._search.entered.connect(self._to_table)
        self._find.chosen.connect(self._to_search)
        self._segments.chosen.connect(self._on_segment)
        self._strip.link_chosen.connect(self.strip_link)
        self._open.chosen.connect(self._on_open_button)
        self.detail.attachments.add_wanted.connect(self._ask_files)
        self.detail.attachments.again_wanted.connect(self.again_wanted)
        self.detail.attachments.opened.connect(self.paper_wanted)
        self.detail.attachments.scan.scan_wanted.connect(self.scan_wanted)
        self.detail.attachments.scan.stop_wanted.connect(self.stop_wanted)
        self.detail.hold.act.connect(self._on_hold_act)
        find = QShortcut(key_sequences(Key.FIND_HERE)[0], self)
        find.activated.connect(self._to_search)

    def render(self, view: CasesView) -> None:  # type: ignore[override]
        """Show these cases; search, selection and scroll stay."""
        self._view = view
        self._strip.render(view.strip)
        self.detail.render(view.detail)
        self._segments.segment(GIVEN).setVisible(view.gives_out)
        self._segments.choose(view.segment)
        for key, figure in view.figures:
            self._segments.show_figure(key, figure)
        self._list.show_view(view)
        self._open.set_reason(view.open_reason)
        self._open.setVisible(view.detail is not None)
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

    @Slot()
    def _to_search(self) -> None:
        self._search.select_all()

    @Slot()
    def _to_table(self) -> None:
        """Enter in the search: to what was found; where nothing was, further."""
        rows = self._table.rows()
        if not rows:
            if self._view.empty.link:
                self.wider_wanted.emit()
            return
        if not self._table.selected_id():
            self._table.select(rows[0].id)
            self.row_chosen.emit(rows[0].id)
        self._table.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(str)
    def _on_segment(self, key: str) -> None:
        """Another list begins without what was looked for in the last."""
        self._search.set_text("")
        self.segment_wanted.emit(key)

    @Slot(str)
    def _on_open(self, case: str) -> None:
        if not self._view.open_reason:
            self.open_wanted.emit(case)

    @Slot()
    def _on_open_button(self) -> None:
        if self._view.detail is not None:
            self.open_wanted.emit(self._view.detail.id)

    @Slot()
    def _ask_files(self) -> None:
        """The case is the one at the side now, whatever is chosen while the dialog stands."""
        if self._view.detail is None:
            return
        self._asked_for = self._view.detail.id
        dialog = QFileDialog(self, tr("加附件"), "", FILES)
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
            self.typed.emit(self._search.text())
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
        self.came.emit()
        if not self._table.rows():
            self._search.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._lead_hand()

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
        self._side.setFixedWidth(look.px(SIDE))
        self._side.setVisible(not narrow and self._view.detail is not None)
        self._find.setVisible(not narrow)
        self._title.setVisible(not narrow)
        self._list.spare(narrow=narrow)

    @Slot(str, str)
    def _on_hold_act(self, name: str, typed: str) -> None:
        if self._view.detail is not None:
            self.hold_act.emit(self._view.detail.id, name, typed)


def _held(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))

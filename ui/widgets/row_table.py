"""行表 the table of the desk: one delegate, rows by id, updated in place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy, QTableView, QWidget

from ui import theme
from ui.language import ENGLISH, SPOKEN
from ui.widgets import paint
from ui.widgets.row_delegate import BOX, EDGE, RowDelegate, RowHead
from ui.widgets.row_model import Column, Index, Row, RowModel

HEAD, LEAST = 30, 96
NARROW, LONGER, EASY, AMPLE = 110, 1.3, 200, 420
LONGER_WORDS = SPOKEN == ENGLISH


class RowTable(QTableView):
    """行表 `row_chosen(id)` when the hand moves, `row_opened(id)` on Enter or double click, `row_ticked(id, bool)`."""

    row_chosen = Signal(str)
    row_opened = Signal(str)
    row_ticked = Signal(str, bool)

    def __init__(
        self,
        columns: tuple[Column, ...],
        *,
        row_height: int = 34,
        head: bool = True,
        marks: bool = True,
        fit_rows: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns, self._row_height, self._fit = columns, row_height, fit_rows
        self._rows = RowModel(columns)
        self._rendering = False
        self._brush = RowDelegate(self, columns, marks=marks)
        heads = RowHead(columns, self)
        self.setHorizontalHeader(heads)
        self.setModel(self._rows)
        self.setItemDelegate(self._brush)
        heads.setVisible(head)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._quiet_down()
        if fit_rows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._measure()
        self.doubleClicked.connect(self._on_double_click)
        self.entered.connect(self._on_entered)

    def _quiet_down(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
        numbers = self.verticalHeader()
        numbers.setVisible(False)
        numbers.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        numbers.setMinimumSectionSize(1)

    def render(self, rows: tuple[Row, ...]) -> None:  # type: ignore[override]
        """Become these rows; selection, focus and scroll stay."""
        if list(rows) == self._rows.rows:
            return
        bar = self.verticalScrollBar()
        place = bar.value()
        self._rendering = True
        try:
            self._rows.replace(rows)
        finally:
            self._rendering = False
        if self._fit:
            self._measure()
        bar.setValue(place)
        self.viewport().update()

    def rows(self) -> tuple[Row, ...]:
        """The rows shown, in order."""
        return tuple(self._rows.rows)

    def selected_id(self) -> str:
        """The chosen row's id, or empty."""
        place = self.currentIndex().row()
        return self._rows.rows[place].id if 0 <= place < len(self._rows.rows) else ""

    def select(self, row_id: str) -> None:
        """Choose a row without a signal; unknown ids change nothing."""
        place = self._rows.place_of(row_id)
        if place >= 0 and place != self.currentIndex().row():
            self._rendering = True
            self.setCurrentIndex(self._rows.index(place, 0))
            self._rendering = False
            self.viewport().update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        head = look.px(HEAD) if self.horizontalHeader().isVisibleTo(self) else 0
        return QSize(look.px(320), head + look.px(self._row_height) * max(1, len(self._rows.rows)))

    def minimumSizeHint(self) -> QSize:
        if self._fit:
            return self.sizeHint()
        return QSize(look_px(160), look_px(HEAD + self._row_height))

    def _measure(self) -> None:
        numbers = self.verticalHeader()
        if numbers.defaultSectionSize() != look_px(self._row_height):
            numbers.setDefaultSectionSize(look_px(self._row_height))
        self.horizontalHeader().setFixedHeight(look_px(HEAD))
        if self._fit:
            self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
        self._share_width()

    def _share_width(self) -> None:
        heads = self.horizontalHeader()
        shown = [column for place, column in enumerate(self._columns) if not self.isColumnHidden(place)]
        fixed = sum(look_px(column.width) for column in shown)
        free = [column for column in shown if not column.width]
        room = self.viewport().width()
        wide = {place: look_px(column.width) for place, column in enumerate(self._columns)}
        if LONGER_WORDS and free:
            wide = _longer(self._columns, wide, room - fixed - look_px(EASY) * len(free))
            fixed = sum(wide[place] for place in wide if not self.isColumnHidden(place))
        if free and room - fixed > look_px(AMPLE) * len(free):
            after = {place: wide[place] for place in wide if place > self._columns.index(free[0])}
            wide |= _roomier(after, room - fixed - look_px(AMPLE) * len(free))
            fixed = sum(wide[place] for place in wide if not self.isColumnHidden(place))
        # In a narrow pane the fixed columns give way, so that what takes the rest can still be read.
        kept = room - look_px(LEAST) * len(free)
        ease = min(1.0, max(0.3, kept / fixed)) if fixed and free else 1.0
        left = max(0, room - sum(int(wide[place] * ease) for place in wide if not self.isColumnHidden(place)))
        for place, column in enumerate(self._columns):
            heads.resizeSection(place, int(wide[place] * ease) if column.width else left // len(free))

    def _tick(self, place: int) -> None:
        for column in range(len(self._columns)):
            checked = self._rows.rows[place].cell(column).checked
            if checked is not None:
                self.row_ticked.emit(self._rows.rows[place].id, not checked)
                return

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if not self._rendering and current.isValid() and current.row() != previous.row():
            self.row_chosen.emit(self._rows.rows[current.row()].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.currentIndex().row()
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if bare and place >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.row_opened.emit(self._rows.rows[place].id)
        elif bare and place >= 0 and event.key() == Qt.Key.Key_Space:
            self._tick(place)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._on_box(index, event.position().toPoint()):
            self._tick(index.row())

    def _on_box(self, index: QModelIndex, point: QPoint) -> bool:
        if self._rows.rows[index.row()].cell(index.column()).checked is None:
            return False
        left = self.visualRect(index).left() + (EDGE if index.column() == 0 else 0)
        return point.x() <= left + look_px(BOX + 10)

    @Slot(QModelIndex)
    def _on_double_click(self, index: QModelIndex) -> None:
        self.row_opened.emit(self._rows.rows[index.row()].id)

    @Slot(QModelIndex)
    def _on_entered(self, index: QModelIndex) -> None:
        self._brush.hovered = index.row()
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        self._brush.hovered = -1
        self.viewport().update()
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_brush"):
            self._measure()


def _longer(columns: tuple[Column, ...], wide: dict[int, int], spare: int) -> dict[int, int]:
    """Fixed columns with what longer words want more, as far as the free ones can spare it."""
    font, last = theme.current().font("note"), len(columns) - 1
    edges = {place: (EDGE if place == 0 else 0) + (EDGE if place == last else look_px(8)) for place in wide}
    wanted = {
        place: max(int(room * (LONGER if room <= look_px(NARROW) else 1)), int(head) + edges[place])
        for place, room in wide.items()
        if room and (head := paint.width_of(columns[place].title, font) + 1)
    }
    more = sum(wanted[place] - wide[place] for place in wanted)
    share = min(1.0, max(0, spare) / more) if more > 0 else 0
    return {place: room + int((wanted.get(place, room) - room) * share) for place, room in wide.items()}


def _roomier(wide: dict[int, int], spare: int) -> dict[int, int]:
    """In a wide window what follows the names has up to as much room again: no hole stands behind a name."""
    share = min(1.0, spare / max(1, sum(wide.values())))
    return {place: room + int(room * share) for place, room in wide.items()}


def look_px(pixels: float) -> int:
    """A length of the 100 % drawing at the text factor in force."""
    return theme.current().px(pixels)

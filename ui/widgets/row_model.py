"""行表数据 frozen rows behind a table: updated in place, so that selection and scroll stay under the hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.language import tr
from ui.widgets.tag import TagView

Tone = Literal["", "ink", "ink2", "ink3", "accent", "ok", "warn", "red"]
CellRole = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True)
class Column:
    """列 a column: its head, its width at 100 % (0 takes what is left), and which edge it leans on."""

    title: str
    width: int = 0
    align: Literal["left", "right"] = "left"
    bold: bool = False
    tone: Tone = ""


@dataclass(frozen=True)
class Cell:
    """格 a cell: text, a second line, tags, a lamp before it, or a tick box (`checked` not None)."""

    text: str = ""
    tone: Tone = ""
    bold: bool = False
    note: str = ""
    tags: tuple[TagView, ...] = ()
    lamp: str = ""
    checked: bool | None = None


@dataclass(frozen=True)
class Row:
    """行 a row by its id; a plain string is a plain cell; `spoken` is what a screen reader says of it."""

    id: str
    cells: tuple[Cell | str, ...]
    spoken: str = ""

    def cell(self, column: int) -> Cell:
        """The cell of a column, empty where the row is short."""
        if column >= len(self.cells):
            return Cell()
        cell = self.cells[column]
        return Cell(cell) if isinstance(cell, str) else cell

    def summary(self) -> str:
        """One sentence for the whole row."""
        if self.spoken:
            return self.spoken
        parts = []
        for column in range(len(self.cells)):
            cell = self.cell(column)
            ticked = {True: tr("已勾"), False: tr("未勾")}.get(cell.checked, "") if cell.checked is not None else ""
            parts += [ticked, cell.text, cell.note, *(tag.text for tag in cell.tags)]
        return tr("，").join(part for part in parts if part)


class RowModel(QAbstractTableModel):
    """行表数据 the rows of a `RowTable`."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        super().__init__()
        self.columns = columns
        self.rows: list[Row] = []

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == CellRole:
            return row.cell(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return row.cell(index.column()).text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.summary() if index.column() == 0 else row.cell(index.column()).text
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def place_of(self, row_id: str) -> int:
        """The row's place now, or -1."""
        return next((place for place, row in enumerate(self.rows) if row.id == row_id), -1)

    def replace(self, rows: tuple[Row, ...]) -> None:
        """Become these rows by removing, adding, ordering and mending, never by a reset."""
        wanted = {row.id for row in rows}
        for place in range(len(self.rows) - 1, -1, -1):
            if self.rows[place].id not in wanted:
                self.beginRemoveRows(_ROOT, place, place)
                del self.rows[place]
                self.endRemoveRows()
        known = {row.id for row in self.rows}
        fresh = [row for row in rows if row.id not in known]
        if fresh:
            self.beginInsertRows(_ROOT, len(self.rows), len(self.rows) + len(fresh) - 1)
            self.rows += fresh
            self.endInsertRows()
        self._order(rows)
        self._mend(rows)

    def _order(self, rows: tuple[Row, ...]) -> None:
        target = {row.id: place for place, row in enumerate(rows)}
        if [row.id for row in self.rows] == list(target):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        after = [self.index(target[self.rows[index.row()].id], index.column()) for index in before]
        self.rows.sort(key=lambda row: target[row.id])
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _mend(self, rows: tuple[Row, ...]) -> None:
        for place, row in enumerate(rows):
            if self.rows[place] != row:
                self.rows[place] = row
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))

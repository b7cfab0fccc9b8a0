"""材料 the item's list with a tick a paper: what was brought, what is still to come."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from ui.queueing.view import MaterialRow
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable

WITH_STORY = (Column("名称"), Column("形式", 84, tone="ink2"), Column("要求", 58, tone="ink2"), Column("情况", 152))
PLAIN = (Column("名称"), Column("形式", 100, tone="ink2"), Column("要求", 76, tone="ink2"))


class MaterialsPane(Pane):
    """材料 `ticked(name, bool)` by Space or the box; 全部收齐 ticks what is left, one by one."""

    ticked = Signal(str, bool)

    def __init__(self, *, story: bool = True, parent: QWidget | None = None) -> None:
        super().__init__("材料", padding=0, inner=True, parent=parent)
        self.setObjectName("materialsPane")
        self._story = story
        self._rows: tuple[MaterialRow, ...] = ()
        self._fixed = False
        self._all = KeyButton("全部收齐", "", "link", parent=self)
        self._all.setObjectName("allBrought")
        self._all.chosen.connect(self._tick_all)
        self.add_to_head(self._all)
        self._table = RowTable(WITH_STORY if story else PLAIN, row_height=36, marks=False, fit_rows=True, parent=self)
        self._table.setObjectName("materialsTable")
        self._table.setAccessibleName("材料，空格键勾选")
        self._table.row_ticked.connect(self._on_ticked)
        self._table.row_chosen.connect(self._follow)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._table)
        self.body.addStretch(1)
        self.setFocusProxy(self._table)

    def render_materials(self, rows: tuple[MaterialRow, ...], note: str = "", *, fixed: bool = False) -> None:
        """Show these papers; `fixed` after acceptance, when nothing is ticked any more."""
        self._rows, self._fixed = rows, fixed
        brought = sum(row.brought for row in rows)
        self.set_title("材料", f"收齐 {brought} / {len(rows)}" + (f"·{note}" if note else ""))
        self._all.setVisible(not fixed and brought < len(rows))
        self._table.render(tuple(self._row(row) for row in rows))
        if fixed:
            self._table.setCurrentIndex(QModelIndex())
        elif rows and self._table.currentIndex().row() < 0:
            self._table.select(self.first_open())

    def first_open(self) -> str:
        """The first paper not brought yet, or the first of all."""
        names = [row.name for row in self._rows if not row.brought] or [row.name for row in self._rows]
        return names[0] if names else ""

    def table(self) -> RowTable:
        """The list."""
        return self._table

    def all_button(self) -> KeyButton:
        """全部收齐."""
        return self._all

    def focus_first_open(self) -> None:
        """The hand goes to the first paper still to come."""
        self._table.select(self.first_open())
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._follow()

    def _row(self, row: MaterialRow) -> Row:
        name = Cell(
            row.name,
            lamp=("done" if row.brought else "waiting") if self._fixed else "",
            checked=None if self._fixed else row.brought,
        )
        open_and_spare = not row.essential and not row.brought
        need = Cell(row.need, tone="warn" if open_and_spare else "")
        cells: tuple[Cell | str, ...] = (name, row.form, need)
        return Row(row.name, (*cells, Cell(row.said, tone=row.tone or "ink2")) if self._story else cells)

    @Slot()
    def _follow(self) -> None:
        """Keep the row under the hand in sight: the table is as tall as its rows, its surroundings scroll."""
        area: QWidget | None = self
        while area is not None and not isinstance(area, ScrollBody):
            area = area.parentWidget()
        content = area.widget() if isinstance(area, ScrollBody) else None
        if isinstance(area, ScrollBody) and content is not None:
            rect = self._table.visualRect(self._table.currentIndex())
            place = self._table.viewport().mapTo(content, rect.center())
            area.ensureVisible(0, place.y(), 0, rect.height())

    @Slot(str, bool)
    def _on_ticked(self, name: str, brought: bool) -> None:
        if not self._fixed:
            self.ticked.emit(name, brought)

    @Slot()
    def _tick_all(self) -> None:
        for row in self._rows:
            if not row.brought:
                self.ticked.emit(row.name, True)

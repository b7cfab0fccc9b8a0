"""表身 what stands on one step: fields in up to three columns, and lists with the chosen row's fields below."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.registration.aids import NO_AIDS, Aids, Found
from ui.registration.cells import AnyCell, make_cell
from ui.registration.searching import SearchCell
from ui.registration.view import Block, CellView, GridView, RepeatView
from ui.shortcuts import Key
from ui.widgets.key_button import KeyButton
from ui.widgets.one_line import OneLine
from ui.widgets.pane import Pane
from ui.widgets.row_table import RowTable
from ui.widgets.text import Hair, Text

COLUMN, MOST = 190, 3


class Hands(QObject):
    """手 everything that is done on the form, from whatever field or list, in one place; `aids` are what fields look up."""

    changed = Signal(str, object)
    gone = Signal(str)
    passed = Signal(str)
    row_chosen = Signal(str, int)
    add_wanted = Signal(str)
    remove_wanted = Signal(str, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.aids: Aids = NO_AIDS

    def look_up(self, kind: str, text: str) -> Found:
        """What fits in the reference data of this kind."""
        return self.aids.search(kind, text)


class CellGrid(QWidget):
    """栏格 fields side by side; a field keeps its widget while it is asked for, so that the hand is not disturbed."""

    def __init__(self, hands: Hands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hands = hands
        self._cells: dict[str, AnyCell] = {}
        self._view = GridView(slot="", cells=())
        self._shape: tuple[object, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._title = Text("", "body", strong=True)
        column.addWidget(self._title)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        column.addLayout(self._grid)

    def show_block(self, view: GridView, locked: bool) -> bool:
        """Show these fields; answers whether other fields stand here now."""
        self._view = view
        self._title.say(view.title)
        moved = self._arrange()
        for cell in view.cells:
            self._cells[cell.slot].show_cell(cell, locked)
        return moved

    def chain(self) -> list[QWidget]:
        """Where the focus goes, in order."""
        return [hand for cell in self._view.cells for hand in _hands_of(self._cells[cell.slot])]

    def cells(self) -> list[AnyCell]:
        """The fields in order."""
        return [self._cells[cell.slot] for cell in self._view.cells]

    def _arrange(self) -> bool:
        wanted = tuple((cell.slot, cell.wide) for cell in self._view.cells)
        shape = (self._columns(), wanted)
        if shape == self._shape:
            return False
        self._shape = shape
        # Not by takeAt: the item it hands out lives on, and the field's next one never hears that it grew.
        for placed in self._cells.values():
            self._grid.removeWidget(placed)
        for slot in set(self._cells) - {cell.slot for cell in self._view.cells}:
            gone = self._cells.pop(slot)
            gone.hide()
            gone.deleteLater()
        for cell in self._view.cells:
            if cell.slot not in self._cells:
                self._cells[cell.slot] = self._make(cell)
        self._place(self._columns())
        return True

    def _place(self, columns: int) -> None:
        line = at = 0
        for cell in self._view.cells:
            wide = min(cell.wide, columns)
            if at + wide > columns:
                line, at = line + 1, 0
            self._grid.addWidget(self._cells[cell.slot], line, at, 1, wide, Qt.AlignmentFlag.AlignTop)
            at += wide
        for column in range(MOST):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
            self._grid.setColumnMinimumWidth(column, theme.current().px(120) if column < columns else 0)

    def _make(self, view: CellView) -> AnyCell:
        cell = SearchCell(view, self._hands.look_up, self) if view.kind == "search" else make_cell(view, self)
        cell.changed.connect(self._hands.changed)
        cell.gone.connect(self._hands.gone)
        cell.passed.connect(self._hands.passed)
        if self.isVisible():
            cell.show()
        return cell

    def _columns(self) -> int:
        return max(1, min(MOST, (self.width() + 16) // (theme.current().px(COLUMN) + 16)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._view.cells:
            self._arrange()


def _hands_of(cell: AnyCell) -> list[QWidget]:
    boxes: list[QWidget] = list(getattr(cell, "boxes", ()))
    return boxes or [cell.hand()]


class RepeatPane(QWidget):
    """多行 a table of rows with 加一行 under it, and the chosen row's own fields and lists below."""

    def __init__(self, hands: Hands, view: RepeatView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"repeat-{view.slot}")
        self._hands, self._view = hands, view
        self._table = RowTable(view.columns, fit_rows=True, parent=self)
        self._table.setObjectName(f"table-{view.slot}")
        self._table.setAccessibleName(tr("{title}，上下键挑，Enter 进去改", title=view.title))
        self._none = Text("", "dense", parent=self)
        self._none.setContentsMargins(16, 8, 16, 8)
        self._add = KeyButton(view.add_words, Key.ADD_ROW, "quiet", icon="plus", bind=False, parent=self)
        self._add.setObjectName(f"add-{view.slot}")
        self._remove = KeyButton(tr("删去"), "", "link", bind=False, parent=self)
        self._remove.setObjectName(f"remove-{view.slot}")
        self._finding = Text("", "dense", tone="warn", parent=self)
        self._row_title = Text("", "body", strong=True)
        self._row_note = OneLine("", "dense")
        self.inside = BlockStack(hands, parent=self)
        self._lay_out(view)
        self._table.row_chosen.connect(self._on_chosen)
        self._table.row_opened.connect(self._on_opened)
        self._add.chosen.connect(self._on_add)
        self._remove.chosen.connect(self._on_remove)

    def _lay_out(self, view: RepeatView) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._list = Pane(padding=0, inner=True, parent=self)
        self._list.body.setContentsMargins(0, 0, 0, 0)
        self._list.body.setSpacing(0)
        self._list.body.addWidget(self._table)
        self._list.body.addWidget(self._none)
        self._list.body.addWidget(Hair())
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 3, 16, 3)
        foot.setSpacing(12)
        foot.addWidget(self._add)
        foot.addWidget(self._finding)
        foot.addStretch(1)
        self._list.body.addLayout(foot)
        column.addWidget(self._list)
        self._detail = Pane(padding=16, inner=True, parent=self)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._row_title)
        head.addWidget(self._row_note)
        head.addWidget(Text(tr("Ctrl+↑↓ 换一条"), "note"))
        head.addStretch(1)
        head.addWidget(self._remove)
        self._detail.body.addLayout(head)
        self._detail.body.addWidget(self.inside)
        column.addWidget(self._detail)

    def show_block(self, view: RepeatView, locked: bool) -> bool:
        """Show this list; answers whether other fields stand here now."""
        before, self._view = self._view, view
        self._table.setVisible(bool(view.rows))
        self._none.say("" if view.rows else view.none_words)
        self._table.render(view.rows)
        self._table.select(str(view.chosen))
        self._add.set_text(view.add_words or tr("不能再加"))
        self._add.setVisible(bool(view.add_words) and not locked)
        self._remove.setVisible(not locked)
        self._finding.say(view.finding)
        self._row_title.say(view.row_title)
        self._row_note.say(view.row_note)
        self._detail.setVisible(bool(view.rows))
        moved = self.inside.show_blocks(view.inside, locked)
        return moved or bool(before.rows) != bool(view.rows)

    def view(self) -> RepeatView:
        """What it shows."""
        return self._view

    def table(self) -> RowTable:
        """The rows."""
        return self._table

    def add_button(self) -> KeyButton:
        """加一行."""
        return self._add

    def hand(self) -> QWidget:
        """Where the hand goes: the rows, or 加一行 while there is none."""
        return self._table if self._view.rows else self._add

    def chain(self) -> list[QWidget]:
        """Where the focus goes, in order."""
        return [self._table, self._add, self._remove, *self.inside.chain()] if self._view.rows else [self._add]

    def choose_beside(self, by: int) -> None:
        """Another row, by Ctrl+↑ and Ctrl+↓."""
        wanted = self._view.chosen + by
        if 0 <= wanted < len(self._view.rows):
            self._hands.row_chosen.emit(self._view.pointer, wanted)

    @Slot(str)
    def _on_chosen(self, row: str) -> None:
        self._hands.row_chosen.emit(self._view.pointer, int(row))

    @Slot(str)
    def _on_opened(self, row: str) -> None:
        first = self.inside.chain()
        if first:
            first[0].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_add(self) -> None:
        self._hands.add_wanted.emit(self._view.pointer)

    @Slot()
    def _on_remove(self) -> None:
        self._hands.remove_wanted.emit(self._view.pointer, self._view.chosen)


class BlockStack(QWidget):
    """块叠 blocks one under another; each keeps its widget while it stands here."""

    def __init__(self, hands: Hands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hands = hands
        self._blocks: dict[str, CellGrid | RepeatPane] = {}
        self._order: list[str] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)

    def show_blocks(self, views: tuple[Block, ...], locked: bool) -> bool:
        """Show these; answers whether other fields stand here now."""
        order = [view.slot for view in views]
        moved = order != self._order
        if moved:
            self._order = order
            self._build(views)
        for view in views:
            moved = _fill(self._blocks[view.slot], view, locked) or moved
        for block in self._blocks.values():
            if block.isHidden():
                block.show()
        return moved

    def _build(self, views: tuple[Block, ...]) -> None:
        for slot in set(self._blocks) - set(self._order):
            gone = self._blocks.pop(slot)
            gone.hide()
            gone.deleteLater()
        for view in views:
            if view.slot not in self._blocks:
                self._blocks[view.slot] = _make(self._hands, view, self)
            self._column.removeWidget(self._blocks[view.slot])
        for slot in self._order:
            self._column.addWidget(self._blocks[slot])

    def chain(self) -> list[QWidget]:
        """Where the focus goes, in order."""
        return [hand for slot in self._order for hand in self._blocks[slot].chain()]

    def cells(self) -> list[AnyCell]:
        """All fields on screen, in order."""
        found: list[AnyCell] = []
        for slot in self._order:
            block = self._blocks[slot]
            found += block.cells() if isinstance(block, CellGrid) else block.inside.cells()
        return found

    def repeats(self) -> list[RepeatPane]:
        """All lists on screen, outer before inner."""
        found: list[RepeatPane] = []
        for slot in self._order:
            block = self._blocks[slot]
            if isinstance(block, RepeatPane):
                found += [block, *block.inside.repeats()]
        return found


def settle(widget: QWidget) -> None:
    """Lay out from the innermost outwards, now: a step must not be seen half laid out, and a place must be known at once."""
    for child in widget.children():
        if isinstance(child, QWidget) and not child.isHidden():
            settle(child)
    layout = widget.layout()
    if layout is not None:
        layout.activate()


def _make(hands: Hands, view: Block, parent: QWidget) -> CellGrid | RepeatPane:
    return RepeatPane(hands, view, parent) if isinstance(view, RepeatView) else CellGrid(hands, parent)


def _fill(block: CellGrid | RepeatPane, view: Block, locked: bool) -> bool:
    if isinstance(block, CellGrid):
        return isinstance(view, GridView) and block.show_block(view, locked)
    return isinstance(view, RepeatView) and block.show_block(view, locked)

"""选事项 the item picker: type a few characters of a name, ↑↓ through what is left, Enter chooses."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.queueing.view import ItemChoice
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.field import Field
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable

COLUMNS = (Column(tr("事项")), Column(tr("承诺"), 122, "right", tone="ink2"))
STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def found(items: tuple[ItemChoice, ...], words: str) -> tuple[ItemChoice, ...]:
    """The items that carry every word typed, in name, short name, code or initials."""
    wanted = words.casefold().split()
    return tuple(
        item
        for item in items
        if all(word in f"{item.name} {item.short} {item.code} {item.keys}".casefold() for word in wanted)
    )


class ItemPicker(Pane):
    """选事项 `chosen(code)`; what is chosen stays chosen however the list is filtered."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("事项"), padding=0, inner=True, parent=parent)
        self.setObjectName("itemPicker")
        self._items: tuple[ItemChoice, ...] = ()
        self._code = ""
        self._search = Field(tr("找事项"), placeholder=tr("名称、简称，打几个字就行"))
        self._search.label.hide()
        self._search.line.setObjectName("itemSearch")
        self._search.line.setAccessibleName(tr("找事项，打几个字，上下键挑，Enter 选定"))
        self._search.line.installEventFilter(self)
        self._search.edited.connect(self._on_edited)
        self._search.entered.connect(self._on_entered)
        self._table = RowTable(COLUMNS, row_height=54, head=False, parent=self)
        self._table.setObjectName("itemTable")
        self._table.setAccessibleName(tr("本窗口的事项"))
        self._table.row_opened.connect(self._choose)
        self._table.clicked.connect(self._on_clicked)
        self._none = EmptyCard(self)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._none)
        margin = QWidget(self)
        inside = QVBoxLayout(margin)
        inside.setContentsMargins(16, 0, 16, 8)
        inside.addWidget(self._search)
        self.body.setContentsMargins(0, 2, 0, 4)
        self.body.setSpacing(0)
        self.body.addWidget(margin)
        self.body.addWidget(holder, 1)
        self.setFocusProxy(self._search)

    def render_items(self, items: tuple[ItemChoice, ...]) -> None:
        """The items of this window; the filter and the choice stay."""
        if items != self._items:
            self._items = items
            self._show()

    def code(self) -> str:
        """The chosen item's code, or empty."""
        return self._code

    def item(self) -> ItemChoice | None:
        """The chosen item."""
        return next((item for item in self._items if item.code == self._code), None)

    def choose(self, code: str) -> None:
        """Choose without a signal."""
        self._code = code
        self._show()
        self._table.select(code)

    def clear(self) -> None:
        """A new citizen: nothing typed, nothing chosen."""
        self._search.set_text("")
        self.choose("")
        self._table.setCurrentIndex(QModelIndex())

    def search(self) -> Field:
        """The search field."""
        return self._search

    def table(self) -> RowTable:
        """The list."""
        return self._table

    def _show(self) -> None:
        shown = found(self._items, self._search.text())
        self._table.render(tuple(self._row(item) for item in shown))
        if shown and not self._table.selected_id() and self._search.text():
            self._table.select(shown[0].code)
        words = self._search.text().strip()
        self._none.render(
            EmptyView(
                tr("没有找到“{words}”", words=words),
                tr("在本窗口 {count} 个事项里找的，少打几个字。", count=len(self._items)),
                icon="search",
            )
            if self._items
            else EmptyView(
                tr("本窗口没有可收件的事项"), tr("号票还在手上。办别的窗口的事，先到大厅总台问。"), icon="file"
            )
        )
        self._stack.setCurrentIndex(0 if shown else 1)
        self.set_title(
            tr("事项"), tr("{count} 个", count=len(shown)) if words else tr("本窗口 {count} 个", count=len(self._items))
        )

    def _row(self, item: ItemChoice) -> Row:
        mine = item.code == self._code
        note = "·".join(part for part in (item.short if item.short != item.name else "", item.kind) if part)
        cell = Cell(item.name, bold=mine, note=note, lamp="done" if mine else "waiting")
        spoken = tr("，").join(part for part in (tr("已选") if mine else "", item.name, item.kind, item.limit) if part)
        return Row(item.code, (cell, Cell(item.limit)), spoken=spoken)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._show()
        shown = self._table.rows()
        if shown and text.strip():
            self._table.select(shown[0].id)
            self._table.scrollToTop()

    @Slot()
    def _on_entered(self) -> None:
        self._choose(self._table.selected_id())

    @Slot()
    def _on_clicked(self) -> None:
        self._choose(self._table.selected_id())

    @Slot(str)
    def _choose(self, code: str) -> None:
        if code:
            self.choose(code)
            self.chosen.emit(code)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self._search.composing():
            by = STEPS.get(event.key(), 0)
            if by:
                self._step(by)
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        codes = [row.id for row in self._table.rows()]
        if not codes:
            return
        selected = self._table.selected_id()
        place = codes.index(selected) + by if selected in codes else 0
        code = codes[min(len(codes) - 1, max(0, place))]
        self._table.select(code)
        self._table.scrollTo(self._table.currentIndex())

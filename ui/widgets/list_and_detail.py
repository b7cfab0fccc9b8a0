"""列表与细目 the page most rooms have: a list on the left, what the chosen one is on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.pane import Pane
from ui.widgets.row_model import Row
from ui.widgets.row_table import RowTable
from ui.width_class import width_class

GAP, RAIL = 12, 76
UNBOUND = 16777215


class ListAndDetail(QWidget):
    """列表与细目 `row_chosen(id)`; `list_pane` takes more under its head, `stand_beside` what the detail is.

    The list is `wide` or, in a narrow window, `narrow`; alone it takes the whole page. Where no segments stand over it,
    `top` is its margin.
    """

    row_chosen = Signal(str)

    def __init__(
        self,
        title: str,
        table: RowTable,
        *,
        wide: int = 452,
        narrow: int = 360,
        top: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._wide, self._narrow, self._alone = wide, narrow, False
        self._detail: QWidget | None = None
        self.list_pane = Pane(title, padding=0, parent=self)
        self._table = table
        table.setParent(self)  # before all else on the page: the hand goes to it first
        self._table.row_chosen.connect(self.row_chosen)
        self._empty = EmptyCard(self)
        holder = QWidget(self.list_pane)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self.list_pane.body.setContentsMargins(0, 0, 0, 0)
        self.list_pane.body.addWidget(holder, 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(GAP, top, GAP, GAP)
        self._row.setSpacing(GAP)
        self._row.addWidget(self.list_pane)

    def put_above(self, control: QWidget) -> None:
        """A field or filters between the list's head and its rows."""
        holder = QWidget(self.list_pane)
        column = QVBoxLayout(holder)
        column.setContentsMargins(16, 2, 16, 10)
        column.addWidget(control)
        self.list_pane.body.insertWidget(0, holder)

    def stand_beside(self, detail: QWidget) -> None:
        """What stands right of the list."""
        self._detail = detail
        self._row.addWidget(detail, 1)

    def name_table(self, name: str, spoken: str) -> None:
        """The table's name in code, and what is said of it."""
        self._table.setObjectName(name)
        self._table.setAccessibleName(spoken)

    def show_list(
        self, title: str, rows: tuple[Row, ...], empty: EmptyView, *, note: str = "", alone: bool = False
    ) -> None:
        """Become these rows, or say why there are none; `alone` hides the detail."""
        self.list_pane.set_title(title, note)
        self._table.render(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self._empty.render(empty)
        self._alone = alone
        if self._detail is not None:
            self._detail.setVisible(not alone)
        self._share()

    def table(self) -> RowTable:
        """The list."""
        return self._table

    def take_hand(self) -> None:
        """The keys go to the list, if there is one."""
        if self._table.rows():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def narrow(self) -> bool:
        """Whether the window round this page is a narrow one."""
        look = theme.current()
        return width_class(self.width() + look.px(RAIL), look.scale) == "narrow"

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.take_hand()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        wide = theme.current().px(self._narrow if self.narrow() else self._wide)
        self.list_pane.setMinimumWidth(0 if self._alone else wide)
        self.list_pane.setMaximumWidth(UNBOUND if self._alone else wide)

"""左单 which cases wait, or the list that was asked for, with quiet ways to the others at its foot."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.sealing.view import LinkView, SealingView, WaitingRow
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.text import Hair, Text

LINKS = 4


class ListPane(Pane):
    """左单 `listing_wanted(name)` from a link at its foot, `batch_wanted` for what is marked."""

    listing_wanted = Signal(str)
    batch_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("等授权 0 件"), padding=0, parent=parent)
        self.table = RowTable((Column(""),), row_height=56, head=False, parent=self)
        self.table.setObjectName("waitingCases")
        self.table.setAccessibleName(tr("等授权的件，上下键换件，空格勾选"))
        self._note = Text("", "dense")
        self._empty = EmptyCard(self)
        self.batch = KeyButton(tr("批量"), Key.SEVERAL, parent=self)
        self.batch.setObjectName("openBatch")
        self.batch.chosen.connect(self.batch_wanted)
        self._links = [_Link(self) for _ in range(LINKS)]
        for link in self._links:
            link.wanted.connect(self.listing_wanted)
        self._foot = QFrame(self)
        self._foot.setProperty("nextbar", True)
        self._lay_out()

    def _lay_out(self) -> None:
        note = QHBoxLayout()
        note.setContentsMargins(16, 0, 16, 8)
        note.addWidget(self._note)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addLayout(note)
        self.body.addWidget(Hair())
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self.body.addWidget(holder, 1)
        column = QVBoxLayout(self._foot)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.batch)
        for link in self._links:
            column.addWidget(link)
        self.add_foot(self._foot)

    def render(self, view: SealingView) -> None:  # type: ignore[override]
        """Show this list; the hand's place stays."""
        self.set_title(view.title)
        self._note.say(view.note)
        self.table.render(tuple(_row(row, view.chosen) for row in view.rows))
        self.table.select(view.chosen)
        self._stack.setCurrentIndex(0 if view.rows else 1)
        self._empty.render(view.empty)
        shown = (*view.links, *(LinkView(name="") for _ in self._links))
        for link, words in zip(self._links, shown, strict=False):
            link.render(words)
        self.batch.set_text(view.batch_words)
        self.batch.setVisible(bool(view.batch_words))
        self._foot.setVisible(bool(view.links or view.batch_words))

    def links(self) -> tuple[KeyButton, ...]:
        """What leads to other lists, in order."""
        return tuple(link.button for link in self._links)

    def fields(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through under the list."""
        return (self.batch, *self.links())


class _Link(QWidget):
    """One way to another list."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = ""
        self.button = KeyButton("", kind="link", parent=self)
        self.button.chosen.connect(self._on_chosen)
        self._note = Text("", "dense", tone="ink2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._note)

    def render(self, view: LinkView) -> None:  # type: ignore[override]
        self._name = view.name
        self.button.setObjectName(f"list-{view.name}")
        self.button.set_text(view.words)
        self._note.say(view.note)
        self.setVisible(bool(view.words))

    @Slot()
    def _on_chosen(self) -> None:
        self.wanted.emit(self._name)


def _row(row: WaitingRow, chosen: str) -> Row:
    cell = Cell(row.who, note=row.what, lamp=row.lamp, bold=row.id == chosen, checked=row.marked)
    ticked = {True: tr("已勾选，"), False: tr("没勾选，"), None: ""}[row.marked]
    return Row(row.id, (cell,), tr("{ticked}{who}，{what}", ticked=ticked, who=row.who, what=row.what))

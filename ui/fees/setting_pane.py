"""定收费 the strip over the counter: the published fees of what this person came for, how many of each, and what is taken off."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.segments import Segments
from ui.widgets.text import Text

NONE = ""
COUNT = 220


@dataclass(frozen=True, kw_only=True)
class FeeRow:
    """一项收费 its matter and key, its words, how many stand there at first, and its published reductions (key, name)."""

    matter: str
    charge: str
    words: str
    count: str = ""
    reductions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class SettingView:
    """定收费 the number in hand and the fees; `id` tells one asking from another."""

    id: str = ""
    title: str = ""
    rows: tuple[FeeRow, ...] = ()
    payer: str = ""


@dataclass(frozen=True)
class Typed:
    """填的 of one fee: how many, and which reduction."""

    row: FeeRow
    count: str
    reduction: str


class _Line(QWidget):
    """一行 a fee with its count and its reductions."""

    changed = Signal()

    def __init__(self, row: FeeRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self.count = Field(row.words, "digits", placeholder=tr("几份"), parent=self)
        self.count.set_text(row.count)
        self.count.edited.connect(self._on_change)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        self.count.setMinimumWidth(COUNT)
        line.addWidget(self.count, 1)
        self.reduction: Segments | None = None
        if row.reductions:
            self.reduction = Segments(((NONE, tr("不减免")), *row.reductions), self)
            self.reduction.chosen.connect(self._on_change)
            line.addWidget(self.reduction, 2, Qt.AlignmentFlag.AlignBottom)
        else:
            line.addStretch(2)

    @Slot(str)
    def _on_change(self, _: str) -> None:
        self.changed.emit()

    def typed(self) -> Typed:
        chosen = self.reduction.current() if self.reduction is not None else NONE
        return Typed(self.row, self.count.text().strip(), chosen)


class SettingPane(QFrame):
    """定收费 `changed()` on every keystroke, `wanted()` to set the bill, `closed()`."""

    changed = Signal()
    wanted = Signal()
    closed = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("feesPane")
        self.setProperty("pane", True)
        self.setAccessibleName(tr("定收费"))
        self._view = SettingView()
        self._lines: list[_Line] = []
        self._title = Text("", "section", strong=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.payer = Field(tr("缴款人"), hint=tr("写在通知上，只写打码的名字"), parent=self)
        self.payer.edited.connect(self._on_change)
        self.payer.entered.connect(self._on_enter)
        self._sum = Text("", "body", strong=True, wrap=True)
        self.set_bill = KeyButton(tr("开缴款单"), "Enter", "next", bind=False, parent=self)
        self.set_bill.setObjectName("setBill")
        self.set_bill.chosen.connect(self.wanted)
        self.set_bill.refused.connect(self.refused)
        close = KeyButton(tr("不收了"), "Esc", parent=self)
        close.chosen.connect(self.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addLayout(self._rows)
        column.addWidget(self.payer)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._sum, 1)
        foot.addWidget(close, 0, Qt.AlignmentFlag.AlignBottom)
        foot.addWidget(self.set_bill, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(foot)

    def render(self, view: SettingView) -> None:  # type: ignore[override]
        """Ask for these fees; what was typed stays while it is the same asking."""
        self._title.say(view.title)
        if view.id != self._view.id:
            self.payer.set_text(view.payer)
            self._rebuild(view.rows)
        self._view = view

    def say(self, words: str, reason: str) -> None:
        """The sum as it stands, or why nothing can be set."""
        self._sum.say(words)
        self.set_bill.set_reason(reason)

    def typed(self) -> tuple[Typed, ...]:
        """Every fee with what stands in its line."""
        return tuple(line.typed() for line in self._lines)

    def counts(self) -> tuple[Field, ...]:
        """How many of each, in order."""
        return tuple(line.count for line in self._lines)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._lines:
            self._lines[0].count.select_all()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _rebuild(self, rows: tuple[FeeRow, ...]) -> None:
        for line in self._lines:
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [_Line(row, self) for row in rows]
        for line in self._lines:
            line.changed.connect(self.changed)
            line.count.entered.connect(self._on_enter)
            self._rows.addWidget(line)
            line.show()

    @Slot(str)
    def _on_change(self, _: str) -> None:
        self.changed.emit()

    @Slot()
    def _on_enter(self) -> None:
        self.set_bill.click()

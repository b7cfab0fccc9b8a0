"""大厅已有 the strip over the counter: what the hall holds, who says yes and how, and one next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.papers.scan_pane import ScanPane
from ui.papers.view import ScanView
from ui.sharing.view import AGENT, APPLICANT, SHUT, ShareView
from ui.widgets.field import Field
from ui.widgets.next_step import NextStepBar
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.segments import Segments
from ui.widgets.text import Text

COLUMNS = (Column(tr("材料"), 200), Column(tr("什么时候收的")), Column("", 220, "right"))
PICTURE = 320


class SharePane(QFrame):
    """大厅已有 `changed()` when another way or person is chosen or typed, `chosen(act)` for the bar's acts."""

    changed = Signal()
    chosen = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sharePane")
        self.setProperty("pane", True)
        self.setAccessibleName(tr("大厅已有的材料"))
        self._view = ShareView()
        self._title = Text("", "section", strong=True)
        self.table = RowTable(COLUMNS, row_height=36, head=False, marks=False, fit_rows=True, parent=self)
        self.table.setObjectName("heldTable")
        self.table.setAccessibleName(tr("大厅已有的材料"))
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.who = Segments(((APPLICANT, tr("本人")), (AGENT, tr("经办人"))), self)
        self.way = Segments(((" ", " "),), self)
        self.giver = Field(tr("谁同意的"), parent=self)
        self.letter = Field(tr("委托书"), placeholder=tr("委托书的日期或编号"), parent=self)
        self.picture = ScanPane(self)
        self.bar = NextStepBar(self)
        self._fields = QHBoxLayout()
        self._lay_out()
        self.who.chosen.connect(self._on_who)
        for field in (self.giver, self.letter):
            field.edited.connect(self._on_change)
            field.entered.connect(self.press)
        self.bar.chosen.connect(self.chosen)
        self.bar.refused.connect(self.refused)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 12, 0, 0)
        self._column.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.addWidget(self._title, 1)
        self._head = head
        self._column.addLayout(head)
        self._column.addWidget(self.table)
        self._fields.setContentsMargins(16, 0, 16, 0)
        self._fields.setSpacing(12)
        self._fields.addWidget(self.who, 0, Qt.AlignmentFlag.AlignBottom)
        self._fields.addWidget(self.giver, 1)
        self._fields.addWidget(self.letter, 1)
        self._column.addLayout(self._fields)
        self._column.addWidget(self.picture)
        self._column.addWidget(self.bar)

    def render(self, view: ShareView) -> None:  # type: ignore[override]
        """Show this; what was typed stays while it is the same asking."""
        before, self._view = self._view, view
        self._title.say(view.title)
        self.table.render(
            tuple(Row(row.id, (Cell(row.material), row.taken, Cell(row.state, tone=row.tone))) for row in view.rows)
        )
        if view.id != before.id:
            self.who.choose(AGENT if view.agent else APPLICANT)
            self.giver.set_text(view.agent or view.giver)
            self.letter.set_text("")
            self.show_picture(None)
        if view.ways != before.ways:
            self._offer(view.ways)
        self.way.setVisible(len(view.ways) > 1)
        self._show_fields()
        self.bar.render(view.next)

    def _offer(self, ways: tuple[tuple[str, str], ...]) -> None:
        self._head.removeWidget(self.way)
        self.way.hide()
        self.way.deleteLater()
        self.way = Segments(ways or ((" ", " "),), self)
        self.way.chosen.connect(self._on_way)
        self._head.addWidget(self.way)

    def _show_fields(self) -> None:
        for part in (self.who, self.giver):
            part.setVisible(self._view.asks)
        self.letter.setVisible(self._view.asks and self.who.current() == AGENT)

    def show_picture(self, image: QImage | None, note: str = "") -> None:
        """What was opened, with its word; None puts it away."""
        shown = image is not None or bool(note)
        self.picture.setFixedHeight(theme.current().px(PICTURE if image is not None else 96) if shown else 0)
        self.picture.render(ScanView(title=tr("大厅的这一份"), note=note) if shown else None)
        if shown:
            self.picture.show_image(image)
            self.picture.say(note)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.focus_first()

    def focus_first(self) -> None:
        """The hand goes to the letter that is missing, else to the next step."""
        if self.letter.isVisibleTo(self) and not self.letter.text().strip():
            self.letter.select_all()
            return
        filled = self.bar.filled()
        if filled is not None:
            filled.setFocus()
        else:
            self.setFocus()

    @Slot()
    def press(self) -> None:
        """Enter, wherever the hand is."""
        filled = self.bar.filled()
        if filled is not None:
            filled.click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.chosen.emit(SHUT)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.press()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _on_who(self, who: str) -> None:
        self.giver.set_text(self._view.agent if who == AGENT else self._view.giver)
        self._show_fields()
        self.changed.emit()

    @Slot(str)
    def _on_way(self, _way: str) -> None:
        self.changed.emit()

    @Slot(str)
    def _on_change(self, _text: str) -> None:
        self.changed.emit()

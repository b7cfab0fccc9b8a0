"""要验什么 the file, dropped or chosen; the code, scanned or pasted; a number; and what it is judged by."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.shortcuts import Key
from ui.verifying.view import SourceView, UseRow
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.one_line import OneLine
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.sign import Sign
from ui.widgets.text import Hair, Text


class DropPlace(QFrame):
    """放文件的地方 a dashed place; brighter while a file hangs over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 14, 14, 14)
        self.column.setSpacing(8)

    def light(self, over: bool) -> None:
        """Whether a file hangs over the page."""
        if over != self._over:
            self._over = over
            self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(look.colour("asoft" if self._over else "sunken"))
        pen = QPen(look.colour("accent" if self._over else "edge"), 1.4, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(rect, 6, 6)


class SourcePane(Pane):
    """要验什么 `file_wanted`, `typed(text)`, `use_chosen(id)`, `roots_wanted`, `crl_wanted`."""

    file_wanted = Signal()
    typed = Signal(str)
    use_chosen = Signal(str)
    roots_wanted = Signal()
    crl_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("要验什么"), parent=parent)
        self.drop = DropPlace(self)
        self._file = OneLine("", "body", strong=True)
        self.choose = KeyButton(tr("选文件"), Key.NEW, icon="file", parent=self)
        self.choose.setObjectName("chooseFile")
        self.field = Field(
            tr("文书码、文号或办件编号"),
            hint=tr("扫码枪扫到这里；手写的，按回车。"),
            placeholder=tr("扫码，或写文号"),
            parent=self,
        )
        self.field.line.setObjectName("codeField")
        self.field.line.setAcceptDrops(False)  # a file dropped here is for the page
        self.uses = RowTable((Column(tr("盖过的章")),), row_height=54, head=False, fit_rows=True, parent=self)
        self.uses.setObjectName("usesTable")
        self.uses.setAccessibleName(tr("这个号码盖过的章，上下键挑"))
        self._uses_said = Text("", "dense", wrap=True)
        self._roots, self._crl = Text("", "dense", wrap=True), Text("", "dense", wrap=True)
        self.roots = KeyButton("", Key.ROOTS, "quiet", parent=self)
        self.crl = KeyButton("", Key.REVOKED, "quiet", parent=self)
        self.roots.setObjectName("chooseRoots")
        self.crl.setObjectName("chooseCrl")
        self._lay_out()
        self._connect()
        self.render(SourceView())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Sign("file", 20), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Text(tr("盖过章的 PDF，拖到这里"), "body", wrap=True), 1)
        self.drop.column.addLayout(head)
        self.drop.column.addWidget(self._file)
        self.drop.column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        scroll = ScrollBody(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.body.setContentsMargins(0, 0, 10, 0)
        self.uses.setMinimumWidth(1)  # as wide as the pane, not as its rows would like
        self.body.setContentsMargins(16, 4, 6, 16)
        for widget in (self.drop, self.field, self._uses_said, self.uses):
            scroll.body.addWidget(widget)
        scroll.body.addStretch(1)
        scroll.body.addWidget(Hair())
        for text, button in ((self._roots, self.roots), (self._crl, self.crl)):
            block = QVBoxLayout()
            block.setSpacing(4)
            block.addWidget(text)
            block.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            scroll.body.addLayout(block)
        self.body.addWidget(scroll, 1)

    def _connect(self) -> None:
        self.choose.chosen.connect(self.file_wanted)
        self.roots.chosen.connect(self.roots_wanted)
        self.crl.chosen.connect(self.crl_wanted)
        self.field.entered.connect(self._on_entered)
        self.uses.row_chosen.connect(self.use_chosen)
        QShortcut(QKeySequence(Key.FIND_HERE), self).activated.connect(self.lead)

    @Slot()
    def lead(self) -> None:
        """The hand to the field, where a gun types."""
        self.field.select_all()

    def render(self, view: SourceView) -> None:  # type: ignore[override]
        """Show what is in hand; what is being typed stays."""
        self._file.say(view.file)
        self._roots.say(tr("根证书：{roots}", roots=view.roots))
        self.roots.set_text(view.roots_act)
        self._crl.say(
            tr("吊销名单：{crl}", crl=view.crl) if view.crl else tr("吊销名单：没有给，证书吊销没吊销没有查。")
        )
        self.crl.set_text(tr("去掉名单") if view.crl else tr("选吊销名单"))
        self._uses_said.say(tr("这个号码盖过 {count} 次章，看哪一次：", count=len(view.uses)) if view.uses else "")
        self.uses.setVisible(bool(view.uses))
        self.uses.render(tuple(map(_row, view.uses)))
        if view.chosen and self.uses.selected_id() != view.chosen:
            self.uses.select(view.chosen)

    @Slot()
    def _on_entered(self) -> None:
        self.typed.emit(self.field.text().strip())


def _row(row: UseRow) -> Row:
    return Row(row.id, (Cell(row.what, note=row.when),))

"""授权书页 every letter by department, old ones too; beside them what the chosen one gives, or the form of one received."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.duty.letters.form import LetterFormPane
from ui.duty.letters.scan import ScanWindow
from ui.duty.letters.view import LetterDetail, LetterRowView, LettersView
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.field import Field
from ui.widgets.flow import FlowLayout
from ui.widgets.key_button import KeyButton
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.text import FactName, Hair, Text

COLUMNS = (Column(tr("部门和人")), Column(tr("到哪天"), 126, tone="ink2"))
CHOOSE = EmptyView(tr("选一份看细目"), tr("列明的事项、授的权、从哪天到哪天，都写在这里。"), icon="file")


class LetterPane(Pane):
    """授权书细目 `act(name, reason)` from the bar, `scan_wanted` to open the paper."""

    act = Signal(str, str)
    scan_wanted = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("letterDetail")
        self.setAccessibleName(tr("授权书细目"))
        self._title, self._words = Text("", "title", wrap=True), Text("", "body", tone="ink2", wrap=True)
        self._strip = Strip(self)
        self._facts, self._items = QGridLayout(), QVBoxLayout()
        self._facts.setHorizontalSpacing(14)
        self._facts.setVerticalSpacing(7)
        self._facts.setColumnStretch(1, 1)
        self._items.setSpacing(4)
        self.scan = KeyButton(tr("打开扫描件"), Key.SCAN, icon="file", parent=self)
        self.scan.setObjectName("openScan")
        self.reason = Field(
            tr("停用原因"),
            hint=tr("停用从按下起算，恢复不了；再要用，另发新文号。"),
            placeholder=tr("写一句，会记入流水"),
            parent=self,
        )
        self.reason.line.setObjectName("endReason")
        self.bar = NextStepBar(self)
        self._shown: LetterDetail | None = None
        self._lay_out()
        self.scan.chosen.connect(self.scan_wanted)
        self.bar.chosen.connect(self._on_act)
        self.bar.refused.connect(self.refused)

    def _lay_out(self) -> None:
        scroll = ScrollBody(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = scroll.body
        column.setContentsMargins(20, 16, 20, 16)
        for part in (self._title, self._words, self._strip):
            column.addWidget(part)
        column.addLayout(self._facts)
        column.addWidget(self.scan, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(Hair())
        column.addLayout(self._items)
        column.addStretch(1)
        asked = QHBoxLayout()
        asked.setContentsMargins(20, 0, 20, 12)
        asked.addWidget(self.reason)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(scroll, 1)
        self.body.addLayout(asked)
        self.add_foot(self.bar)

    def render(self, view: LetterDetail) -> None:  # type: ignore[override]
        """Show this letter; a typed reason stays while it is the same one."""
        before, self._shown = self._shown, view
        self._title.say(view.title)
        self._words.say(view.words)
        self._strip.render(view.message)
        self.scan.setVisible(view.scan)
        self.reason.setVisible(view.reason_asked)
        if before is None or before.id != view.id:
            self.reason.set_text("")
        if before is None or (before.id, before.facts, before.items) != (view.id, view.facts, view.items):
            self._rebuild(view)
        self.bar.render(view.bar)
        self.bar.setVisible(bool(view.bar.sentence))

    def _rebuild(self, view: LetterDetail) -> None:
        for layout in (self._facts, self._items):
            while layout.count():
                item = layout.takeAt(0)
                widget = item.widget() if item is not None else None
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
        for place, (label, words) in enumerate(view.facts):
            self._facts.addWidget(FactName(label), place, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(Text(words, "body", wrap=True), place, 1)
        self._items.addWidget(Text(tr("只授列明的 {count} 项", count=len(view.items)), "body", strong=True))
        for number, words in enumerate(view.items, start=1):
            self._items.addWidget(Text(f"{number}　{words}", "body", wrap=True))

    @Slot(str)
    def _on_act(self, name: str) -> None:
        self.act.emit(name, self.reason.text().strip())


class LettersPage(ListAndDetail):
    """授权书页 `new_wanted(day)`, `recorded(TypedLetter)`, `cancelled`, `act(name, reason)`, `scan_wanted`."""

    new_wanted = Signal(bool)
    recorded = Signal(object)
    cancelled = Signal()
    act = Signal(str, str)
    scan_wanted = Signal()
    place_chosen = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("授权书"), RowTable(COLUMNS, row_height=54), narrow=320, parent=parent)
        self.setObjectName("lettersPage")
        self.setAccessibleName(tr("授权书"))
        self.name_table("lettersTable", tr("授权书，上下键挑"))
        self._choose = EmptyCard(self)
        self.new = KeyButton(tr("登记收到的"), Key.ADD_ROW, icon="plus", parent=self)
        self.day = KeyButton(tr("带班一天"), Key.READ_CARD, parent=self)
        self.new.setObjectName("newLetter")
        self.day.setObjectName("dayLetter")
        self.detail, self.form = LetterPane(self), LetterFormPane(self)
        self._lay_out()
        self._connect()
        self.render(LettersView())

    def _lay_out(self) -> None:
        side = QWidget(self)
        self._side = QStackedLayout(side)
        for part in (self._choose, self.detail, self.form):
            self._side.addWidget(part)
        foot, buttons = QHBoxLayout(), FlowLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        buttons.addWidget(self.new)
        buttons.addWidget(self.day)
        foot.addLayout(buttons)
        self.list_pane.body.addLayout(foot)
        self.stand_beside(side)

    def _connect(self) -> None:
        self.new.chosen.connect(self._on_new)
        self.day.chosen.connect(self._on_day)
        self.form.recorded.connect(self.recorded)
        self.form.cancelled.connect(self.cancelled)
        self.detail.act.connect(self.act)
        self.detail.scan_wanted.connect(self.scan_wanted)
        for part in (self.new, self.day, self.detail):
            part.refused.connect(self.refused)

    def render(self, view: LettersView) -> None:  # type: ignore[override]
        """Show these; the hand's place stays."""
        self.show_list(view.title, tuple(_row(row) for row in view.rows), view.empty, note=view.note)
        self._choose.render(CHOOSE)
        for button in (self.new, self.day):
            button.setVisible(not view.locked)
        if view.form is not None:
            self.form.render(view.form)
        elif view.detail is not None:
            self.detail.render(view.detail)
            self._table.select(view.detail.id)
        asked = self._side.currentWidget() is self.form
        self._side.setCurrentIndex(2 if view.form is not None else 1 if view.detail is not None else 0)
        if view.form is not None and not asked:
            self.form.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        elif asked and view.form is None:
            self.take_hand()

    def show_scan(self, title: str, image: QImage) -> ScanWindow:
        """A scanned picture, beside the page."""
        window = ScanWindow(title, image, self)
        window.show()
        return window

    def ask_place(self, name: str) -> None:
        """Where a scanned PDF is to be put, for the machine's own reader."""
        dialog = QFileDialog(self, tr("扫描件存到哪里"), name, "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.place_chosen)
        dialog.open()

    @Slot()
    def _on_new(self) -> None:
        self.new_wanted.emit(False)

    @Slot()
    def _on_day(self) -> None:
        self.new_wanted.emit(True)


def _row(row: LetterRowView) -> Row:
    return Row(row.id, (Cell(row.who, note=row.what, lamp=row.lamp, bold=True), Cell(row.until, note=row.left)))

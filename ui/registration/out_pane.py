"""打印与抄录 lies over the form: the papers it can print on the left, the card for copying into another system on the right."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.registration.copy_card import CopyCard
from ui.shortcuts import Key
from ui.widgets.cover_pane import CoverPane
from ui.widgets.next_step import Act, NextStepBar, NextStepView
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip, StripView

PRINT, BACK = "printFormPaper", "backToForm"
CARD, LEAST = 520, 360


@dataclass(frozen=True, kw_only=True)
class PaperChoice:
    """一张 its key, its name, why it cannot be printed now, and what became of it while this was open."""

    key: str
    name: str
    why_not: str = ""
    became: str = ""


@dataclass(frozen=True, kw_only=True)
class OutView:
    """打印与抄录所见 the papers, the chosen one, and whether one is on its way."""

    papers: tuple[PaperChoice, ...] = ()
    chosen: str = ""
    busy: bool = False
    strip: StripView | None = None

    @property
    def paper(self) -> PaperChoice | None:
        """The chosen one."""
        return next((one for one in self.papers if one.key == self.chosen), None)


class OutPane(CoverPane):
    """打印与抄录 `chosen(key)`, `print_wanted(key)`, `left` by Esc; `refused(reason)` for a grey act."""

    chosen = Signal(str)
    print_wanted = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formOut")
        self.setAccessibleName(tr("打印与抄录"))
        self._view = OutView()
        self.papers = Pane(tr("打印"), tr("照存着的登记表出，记在这件里"), padding=0, parent=self)
        self.papers.body.setContentsMargins(0, 0, 0, 0)
        self.strip = Strip(self)
        self.strip.clear()
        self.table = RowTable((Column(tr("文书"), bold=True), Column("", 84, tone="ink3")), row_height=44, parent=self)
        self.table.setObjectName("formPapers")
        self.table.setAccessibleName(tr("登记表能打的文书，Enter 打印"))
        self.bar = NextStepBar(self)
        self.papers.body.addWidget(self.strip)
        self.papers.body.addWidget(self.table, 1)
        self.papers.add_foot(self.bar)
        self.card = CopyCard(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(self.papers, 1)
        row.addWidget(self.card)
        self.table.row_chosen.connect(self.chosen)
        self.table.row_opened.connect(self._on_print)
        self.table.clicked.connect(self._on_clicked)
        self.bar.chosen.connect(self._on_bar)
        self.bar.refused.connect(self.refused)

    def render(self, view: OutView) -> None:  # type: ignore[override]
        """Show this; the card is its own presenter's."""
        self._view = view
        self._share()
        self.strip.clear() if view.strip is None else self.strip.render(view.strip)
        self.table.render(tuple(_row(one) for one in view.papers))
        self.table.select(view.chosen)
        paper = view.paper
        reason = tr("正在打") if view.busy else tr("没有可打的") if paper is None else paper.why_not
        said = tr("打选中的一份。") if paper is not None and not paper.why_not else tr("换一份，或回到表里。")
        step = Act(PRINT, tr("打印"), Key.NEXT_STEP, reason)
        self.bar.render(NextStepView(said, "", step, (Act(BACK, tr("回到表里"), "Esc"),)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        look = theme.current()
        self.card.setFixedWidth(min(look.px(CARD), max(look.px(LEAST), self.width() // 2)))

    def view(self) -> OutView:
        """What it shows."""
        return self._view

    def lead(self) -> None:
        """The hand goes to the papers."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_print(self, key: str) -> None:
        self.chosen.emit(key)
        self.bar.button(PRINT).click()  # type: ignore[union-attr]

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(self.table.rows()[index.row()].id)

    @Slot(str)
    def _on_bar(self, name: str) -> None:
        if name == PRINT:
            self.print_wanted.emit(self._view.chosen)
        else:
            self.left.emit()


def _row(paper: PaperChoice) -> Row:
    note = paper.became or (tr("不能打") if paper.why_not else "")
    spoken = tr("，").join(word for word in (paper.name, note, paper.why_not) if word)
    return Row(paper.key, (Cell(paper.name, note=paper.why_not), note), spoken=spoken)

"""办件单 the list itself: rows, what to say when there are none, the quiet line of news, and the legend of the lamps."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.cases.view import CaseRow, CasesView
from ui.language import tr
from ui.widgets.empty_card import EmptyCard
from ui.widgets.key_button import KeyButton
from ui.widgets.lamp import Lamp, LampKind
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.text import Hair, Text, Tone

COLUMNS = (
    Column(tr("编号"), 184, bold=True),
    Column(tr("申请人")),
    Column(tr("事项"), 154, tone="ink2"),
    Column(tr("状态"), 92),
    Column(tr("经办"), 124, tone="ink2"),
    Column(tr("办结期限"), 116, tone="ink2"),
    Column(tr("余"), 92, "right"),
)
LEGEND: tuple[tuple[LampKind, str], ...] = (
    ("overdue", tr("超期")),
    ("soon", tr("快到期")),
    ("ok", tr("按时")),
    ("paused", tr("停表")),
    ("waiting", tr("等申请人")),
    ("done", tr("已办结")),
)
TONES: dict[str, Tone] = {"overdue": "red", "soon": "warn", "done": "ok"}
SPARED = (2, 4)
"""事项 and 经办 give way in a narrow window."""


class CasesList(Pane):
    """办件单 `row_opened(case)`, `row_chosen(case)`; `news_wanted` loads what changed, `wider_wanted` looks further."""

    row_opened = Signal(str)
    row_chosen = Signal(str)
    news_wanted = Signal()
    wider_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.table = RowTable(COLUMNS, row_height=38, parent=self)
        self.table.setObjectName("casesTable")
        self.table.setAccessibleName(tr("办件，上下键挑，Enter 打开"))
        self._empty = EmptyCard(self)
        self._count = Text("", "note", tone="ink2")
        self._news = KeyButton("", kind="link", bind=False, parent=self)
        self._news.setObjectName("casesNews")
        self._wider = KeyButton("", kind="link", bind=False, parent=self)
        self._wider.setObjectName("casesWider")
        self._legend = QWidget(self)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(holder)
        self.add_foot(self._foot())
        self.table.row_opened.connect(self.row_opened)
        self.table.row_chosen.connect(self.row_chosen)
        self._news.chosen.connect(self.news_wanted)
        self._wider.chosen.connect(self.wider_wanted)
        self._empty.link_chosen.connect(self.wider_wanted)

    def _foot(self) -> QFrame:
        foot = QFrame(self)
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hair())
        line = QHBoxLayout()
        line.setContentsMargins(16, 4, 12, 4)
        line.setSpacing(12)
        for widget in (self._count, self._news, self._wider):
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        legend = QHBoxLayout(self._legend)
        legend.setContentsMargins(0, 0, 0, 0)
        legend.setSpacing(8)
        for kind, word in LEGEND:
            legend.addWidget(Lamp(kind, word))
        line.addWidget(self._legend)
        column.addLayout(line)
        return foot

    def show_view(self, view: CasesView) -> None:
        """These rows, in place; selection and scroll stay."""
        self.table.render(tuple(_row(row) for row in view.rows))
        self._stack.setCurrentIndex(0 if view.rows else 1)
        self._empty.render(view.empty)
        self._count.say(view.count)
        for button, words in ((self._news, view.news), (self._wider, view.wider if view.rows else "")):
            button.set_text(words)
            button.setVisible(bool(words))

    def spare(self, *, narrow: bool) -> None:
        """What a narrow window goes without."""
        self._legend.setVisible(not narrow)
        for place in SPARED:
            self.table.setColumnHidden(place, narrow)


def _row(row: CaseRow) -> Row:
    tone = TONES.get(row.lamp, "")
    loud = row.lamp in ("overdue", "soon")
    quiet: Tone = "ink2" if row.read_only else ""
    return Row(
        row.id,
        (
            Cell(row.number, lamp=row.lamp, tone=quiet),
            Cell(row.applicant, tone=quiet),
            row.item,
            row.state,
            row.handler,
            Cell(row.due, tone="red" if row.lamp == "overdue" else ""),
            Cell(row.left, tone=tone, bold=loud),
        ),
    )

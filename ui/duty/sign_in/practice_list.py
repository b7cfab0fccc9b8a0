"""练习人物 who may sit down in the training hall, below the form; a real hall never builds it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.duty.sign_in.view import TrainingRow
from ui.language import tr
from ui.widgets.pane import Pane
from ui.widgets.row_model import Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.tag import Tag
from ui.widgets.text import Text


class PracticeList(Pane):
    """练习人物 `chosen(place)` fills the form, `opened` signs in; rows by their place in the view."""

    chosen = Signal(str)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self._people = RowTable(
            (Column(tr("姓名"), 84, bold=True), Column(tr("身份"), tone="ink2"), Column(tr("练习密码"), 106)),
            row_height=32,
        )
        self._people.setObjectName("trainingPeople")
        self._people.setAccessibleName(tr("练习人物"))
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 8)
        head.setSpacing(8)
        head.addWidget(Tag(tr("演练"), "info"))
        head.addWidget(Text(tr("人物都是虚构的；选一行即填好，按回车登录。"), "dense", tone="ink2"), 1)
        self.body.setSpacing(0)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(head)
        self.body.addWidget(self._people)
        self._people.row_chosen.connect(self.chosen)
        self._people.row_opened.connect(self.opened)

    def show_people(self, people: Sequence[TrainingRow]) -> None:
        """Show these."""
        rows = enumerate(people)
        self._people.render(tuple(Row(str(place), (one.name, one.identity, one.password)) for place, one in rows))

    def measure(self, most: int) -> None:
        """So many people in sight, the others a scroll away."""
        look, shown = theme.current(), min(most, len(self._people.rows()))
        self._people.setFixedHeight(look.px(30) + look.px(32) * max(1, shown))

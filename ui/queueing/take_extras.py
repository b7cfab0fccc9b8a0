"""还要说的 what a ticket may carry besides its line: the paper or card he brought, the ground for priority, an appointment, aids."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.queueing.card_reader import Card, read_card
from ui.queueing.view import PriorityChoice
from ui.widgets.answer import Answer
from ui.widgets.field import Field
from ui.widgets.text import Text

LARGE, VISUAL = "large", "visual"
_CARD_LIKE = re.compile(r"\d{17}[\dXx]")


class TakeExtras(QWidget):
    """还要说的 `scanned(text)` is what he brought, `card(Card)` his ID card, `entered` Enter with nothing to read."""

    scanned = Signal(str)
    card = Signal(object)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._priorities: tuple[PriorityChoice, ...] = ()
        self.scan = Field(tr("旧单或身份证"), "digits", optional=True, placeholder=tr("扫码，或输查询码、身份证号"))
        self.scan.line.setObjectName("takeScan")
        self.scan.entered.connect(self._on_scan)
        self.scan.edited.connect(self._on_edited)
        self.ground = QComboBox(self)
        self.ground.setObjectName("priorityGround")
        self.ground.setAccessibleName(tr("优先理由，选填"))
        self.time = Field(tr("预约时间"), "digits", placeholder="9:30")
        self.time.line.setObjectName("takeTime")
        self.time.line.setAccessibleName(tr("预约时间，选填"))
        self.time.edited.connect(self._on_edited)
        self.time.entered.connect(self.entered)
        self._aids = {LARGE: self._aid(LARGE, tr("大字")), VISUAL: self._aid(VISUAL, tr("视觉叫号"))}
        self._lay_out()

    def _aid(self, aid: str, word: str) -> Answer:
        answer = Answer("", word, checkable=True, parent=self)
        answer.setObjectName(f"aid-{aid}")
        return answer

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.scan)
        row = QHBoxLayout()
        row.setSpacing(12)
        ground = QVBoxLayout()
        ground.setSpacing(4)
        ground.addWidget(Text(tr("优先理由"), "dense"))
        ground.addWidget(self.ground)
        ground.addStretch(1)
        row.addLayout(ground, 3)
        row.addWidget(self.time, 2, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        aids = QHBoxLayout()
        aids.setSpacing(8)
        for box in self._aids.values():
            aids.addWidget(box, 1)
        column.addLayout(aids)

    def render_priorities(self, priorities: tuple[PriorityChoice, ...]) -> None:
        """The hall's grounds; the one chosen stays."""
        if priorities == self._priorities:
            return
        kept = self.ground.currentData()
        self._priorities = priorities
        self.ground.clear()
        self.ground.addItem(tr("不优先"), "")
        for choice in priorities:
            self.ground.addItem(choice.name, choice.key)
            self.ground.setItemData(self.ground.count() - 1, choice.basis, Qt.ItemDataRole.ToolTipRole)
        self.ground.setCurrentIndex(max(0, self.ground.findData(kept)))

    def clear(self) -> None:
        """Another person."""
        for field in (self.scan, self.time):
            field.set_text("")
            field.set_finding("")
        self.scan.set_hint("")
        self.ground.setCurrentIndex(0)
        for box in self._aids.values():
            box.setChecked(False)

    def priority(self) -> str:
        """The ground chosen, or empty."""
        return str(self.ground.currentData() or "")

    def aids(self) -> tuple[str, ...]:
        """What he needs."""
        return tuple(aid for aid, box in self._aids.items() if box.isChecked())

    def set_aids(self, aids: tuple[str, ...]) -> None:
        """What he needed before."""
        for aid, box in self._aids.items():
            box.setChecked(box.isChecked() or aid in aids)

    def read(self, text: str) -> None:
        """A scan gun's or a card reader's line, from wherever it was typed."""
        self.scan.set_text(text)
        found = read_card(text)
        if found is not None:
            self.card.emit(Card("", found.number))
        elif _CARD_LIKE.fullmatch(text.strip()):
            self.say_scan(tr("身份证号不对。核对 18 位号码再按 Enter。"))
        else:
            self.scanned.emit(text)

    def say_scan(self, sentence: str) -> None:
        """Why this paper says nothing; it stays to be read again."""
        self.scan.set_finding(sentence)
        self.scan.select_all()

    def say_time(self, sentence: str) -> None:
        """What is wrong with the time."""
        self.time.set_finding(sentence)
        self.time.select_all()

    def say_read(self, words: str) -> None:
        """It was read: what it says stands under the field, a number of a person is not shown."""
        self.scan.set_text("")
        self.scan.set_finding("")
        self.scan.set_hint(words)

    @Slot()
    def _on_scan(self) -> None:
        if self.scan.text().strip():
            self.read(self.scan.text().strip())
        else:
            self.entered.emit()

    @Slot()
    def _on_edited(self) -> None:
        field = self.sender()
        if isinstance(field, Field):
            field.set_finding("")

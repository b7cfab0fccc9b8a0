"""外部系统办件 what is noted of a matter another system carries: how it ended there, its number, its promised day; nothing else."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ui.language import tr
from ui.queueing.view import ExternalForm
from ui.widgets.answer import Answer
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane
from ui.widgets.text import Text

OUTCOMES = (
    ("taken", tr("部门系统收了"), tr("有编号和日期")),
    ("finished", tr("当场办完了"), tr("不再有期限")),
    ("not_taken", tr("部门系统没有收"), tr("只留记录")),
    ("down", tr("系统不通，没有办"), tr("只留记录")),
)
WITH_NUMBER = ("taken", "finished")


class ExternalPane(Pane):
    """外部系统办件 `edited` on every change; 1–4 say how it ended."""

    edited = Signal()
    left_end = Signal()
    short_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("部门系统里办得怎么样"), tr("只记这几样"), inner=True, parent=parent)
        self.setObjectName("externalPane")
        self._answers = [
            Answer(str(place), head, note, checkable=True) for place, (_, head, note) in enumerate(OUTCOMES, 1)
        ]
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, answer in enumerate(self._answers):
            answer.setObjectName(f"external-{OUTCOMES[place][0]}")
            answer.clicked.connect(self._on_answer)
            grid.addWidget(answer, place // 2, place % 2)
        self._number = Field(tr("部门系统的编号"), "digits", placeholder=tr("照部门系统上的填"))
        self._number.line.setObjectName("external-number")
        self._promised = Field(tr("部门答复的日期"), "digits", optional=True, placeholder="12-04")
        self._promised.line.setObjectName("external-promised")
        self._asked = QWidget()
        row = QHBoxLayout(self._asked)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for field in (self._number, self._promised):
            field.edited.connect(self._on_edited)
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self._number.entered.connect(self._promised.setFocus)
        self._promised.entered.connect(self.left_end)
        self.body.addLayout(grid)
        self.body.addWidget(self._asked)
        foot = QHBoxLayout()
        foot.addWidget(Text(tr("申请人的姓名、证件在部门系统里，这里不再录。"), "note", wrap=True), 1)
        self.short = KeyButton(tr("短表：记几栏，抄过去"), bind=False, parent=self)
        self.short.setObjectName("external-short")
        self.short.chosen.connect(self.short_wanted)
        foot.addWidget(self.short)
        self.body.addLayout(foot)
        self.body.addStretch(1)
        self._show()

    def form(self, item: str) -> ExternalForm:
        """What is noted now."""
        outcome = self.outcome()
        kept = outcome in WITH_NUMBER
        return ExternalForm(
            item=item,
            outcome=outcome,
            number=self._number.text().strip() if kept else "",
            promised=self._promised.text().strip() if outcome == "taken" else "",
        )

    def outcome(self) -> str:
        """How it ended; empty while nobody said."""
        return next((OUTCOMES[at][0] for at, answer in enumerate(self._answers) if answer.isChecked()), "")

    def clear(self) -> None:
        """A new citizen."""
        for answer in self._answers:
            answer.setChecked(False)
        self._number.set_text("")
        self._promised.set_text("")
        self._show()

    def say_day(self, hint: str, finding: str) -> None:
        """What the typed day means, or what is wrong with it."""
        self._promised.set_hint(hint)
        self._promised.set_finding(finding)

    def answers(self) -> tuple[Answer, ...]:
        """The outcomes, in order."""
        return tuple(self._answers)

    def fields(self) -> tuple[Field, Field]:
        """The other system's number and its promised day."""
        return self._number, self._promised

    def focus_first(self) -> None:
        """The hand goes to the first thing to say."""
        if not self.outcome():
            self._answers[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._asked.isVisibleTo(self):
            self._number.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("1", "2", "3", "4") and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._choose(int(event.text()) - 1)
            return
        super().keyPressEvent(event)

    def _choose(self, place: int) -> None:
        for at, answer in enumerate(self._answers):
            answer.setChecked(at == place)
        self._show()
        self.focus_first()
        self.edited.emit()

    def _show(self) -> None:
        self._asked.setVisible(self.outcome() in WITH_NUMBER)
        self._promised.setVisible(self.outcome() == "taken")

    @Slot()
    def _on_answer(self) -> None:
        self._choose(next(at for at, answer in enumerate(self._answers) if answer is self.sender()))

    @Slot(str)
    def _on_edited(self, words: str) -> None:
        self.edited.emit()

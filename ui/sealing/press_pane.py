"""盖章栏 the paper seal was pressed: how often, by which keeper, when; one press registers it, or all that are marked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.sealing.fact_rows import Facts
from ui.sealing.pair_row import PairRow
from ui.sealing.several_view import PressView
from ui.sealing.told_rows import ToldRows
from ui.sealing.view import NO_PRESS
from ui.shortcuts import Key
from ui.widgets.answer import Answer
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.strip import Strip
from ui.widgets.text import Hair, Text


class PressPane(Pane):
    """盖章栏 `press_wanted(copies, keeper, time)`; an empty time is now. What was typed stays while it is the same case."""

    press_wanted = Signal(str, str, str)
    again_wanted = Signal()
    other_wanted = Signal()
    case_wanted = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("pressPane")
        self.setAccessibleName(tr("登记盖章"))
        self._view, self._keeper = NO_PRESS, ""
        self._headline, self._head_note = Text("", "body", strong=True), Text("", "dense", wrap=True)
        self._facts, self._strip = Facts(self), Strip(self)
        self.results = ToldRows(self)
        self.results.opened.connect(self.case_wanted)
        self.copies = Field(tr("份数"), "digits", parent=self)
        self.copies.line.setObjectName("copies")
        self.copies.line.setMaxLength(2)
        self.time = Field(tr("什么时候盖的"), "digits", parent=self)
        self.time.line.setObjectName("saidTime")
        self.time.line.setMaxLength(5)
        self._keepers: list[Answer] = []
        self._keepers_box = QVBoxLayout()
        self._keepers_box.setSpacing(6)
        self.act = KeyButton(tr("已盖章"), Key.NEXT_STEP, "next", parent=self)
        self.act.setObjectName("pressed")
        self.act.set_height(44)
        self.again = KeyButton(tr("再打一份"), Key.PRINT, parent=self)
        self.again.setObjectName("printAgain")
        self.other = KeyButton(tr("用电子印章"), Key.RUBBER, parent=self)
        self.other.setObjectName("otherWay")
        self._foot_note = Text(
            tr("登记了就算数，不能撤销；记错了，到办件里由首席代表请作废用印，另一人同意。"), "note", wrap=True
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        scroll = ScrollBody(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = scroll.body
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(8)
        for part in (self._headline, self._head_note, Hair(), self._facts, self._strip, self.results):
            column.addWidget(part)
        column.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(scroll, 1)
        foot = QFrame(self)
        foot.setProperty("nextbar", True)
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(16, 12, 16, 12)
        rows.setSpacing(8)
        fields = QHBoxLayout()
        fields.setSpacing(12)
        fields.addWidget(self.copies, 1, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(self.time, 2, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(fields)
        rows.addWidget(Text(tr("谁盖的"), "dense"))
        rows.addLayout(self._keepers_box)
        rows.addWidget(self.act)
        self._seconds = PairRow(self.again, self.other)
        rows.addWidget(self._seconds)
        rows.addWidget(self._foot_note)
        self.add_foot(foot)

    def _connect(self) -> None:
        self.copies.edited.connect(self._judge)
        self.time.edited.connect(self._judge)
        for field in (self.copies, self.time):
            field.entered.connect(self.press)
        self.act.chosen.connect(self.press)
        self.again.chosen.connect(self.again_wanted)
        self.other.chosen.connect(self.other_wanted)
        for button in (self.act, self.again, self.other):
            button.refused.connect(self.refused)

    def render(self, view: PressView) -> None:  # type: ignore[override]
        """Show this; another case empties what was typed."""
        if view == self._view:
            return
        before, self._view = self._view, view
        self._headline.say(view.head)
        self._head_note.say(view.note)
        self._facts.render(() if view.together else view.what)
        self._strip.render(view.strip)
        self.results.render(view.results)
        if view.case != before.case and not view.together:
            self.copies.set_text(str(view.copies))
            self.time.set_text("")
        if view.case != before.case or view.keepers != before.keepers:
            self._keeper = view.keepers[0][0] if view.keepers else ""
        self._show_keepers(view.keepers)
        self.time.line.setPlaceholderText(tr("{now}（现在）", now=view.now))
        self.copies.set_finding(view.finding if view.finding_at == "copies" else "")
        self.time.set_finding(view.finding if view.finding_at == "time" else "")
        self.act.set_text(view.act)
        self.again.setVisible(not view.together)
        self.other.set_text(view.other)
        self.other.set_reason(view.other_reason)
        self.other.setVisible(bool(view.other) and not view.together)
        self._seconds.share()
        self._judge()

    def _show_keepers(self, keepers: tuple[tuple[str, str], ...]) -> None:
        if [(a.objectName(), a.head()) for a in self._keepers] != list(keepers):
            for answer in self._keepers:
                self._keepers_box.removeWidget(answer)
                answer.hide()
                answer.deleteLater()
            self._keepers = [Answer("", name, tr("保管人"), checkable=True, parent=self) for _, name in keepers]
            for answer, (key, _) in zip(self._keepers, keepers, strict=True):
                answer.setObjectName(key)
                answer.clicked.connect(self._on_keeper)
                self._keepers_box.addWidget(answer)
        for answer in self._keepers:
            answer.setChecked(answer.objectName() == self._keeper)

    def fields(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through."""
        parts: tuple[QWidget, ...] = (self.copies.line, self.time.line, *self._keepers)
        return (*parts, self.act, self.again, self.other)

    @Slot()
    def press(self) -> None:
        """已盖章, also by Enter in the list: with what stands in the fields."""
        if self.act.reason():
            self.refused.emit(self.act.reason())
        elif not self._view.busy:
            self.press_wanted.emit(self.copies.text().strip(), self._keeper, self.time.text().strip())

    @Slot()
    def _judge(self) -> None:
        gap = "" if self.copies.text().strip() else tr("还没写份数")
        self.act.set_reason(self._view.reason or gap or ("" if self._keeper else tr("还没选是谁盖的")))

    @Slot()
    def _on_keeper(self) -> None:
        self._keeper = self.sender().objectName()
        self._show_keepers(self._view.keepers)
        self._judge()

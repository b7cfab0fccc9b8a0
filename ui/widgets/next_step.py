"""下一步 the next-step bar: one sentence, one filled button, and at most a few second ones."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.language import CHINESE, SPOKEN, said
from ui.widgets.flow import FlowLayout
from ui.widgets.key_button import KeyButton
from ui.widgets.text import Text

WORDS = 96
ENDS = "。！？…：；"
UNDER_TITLE, UNDER_DETAIL = 16, 20
"""Where its sentence begins: under a pane's title and table, or under what is told of one thing."""


@dataclass(frozen=True)
class Act:
    """动作 a button of the bar: its name in code, its words, its key, and why it cannot be done now."""

    name: str
    text: str
    key: str = ""
    reason: str = ""


@dataclass(frozen=True)
class NextStepView:
    """下一步 what the bar shows; `step` None is a page whose answers are equal."""

    sentence: str
    note: str = ""
    step: Act | None = None
    seconds: tuple[Act, ...] = ()


def _whole(sentence: str) -> str:
    """What stands before a button is a sentence, and ends as one."""
    told = said(sentence)
    return f"{told}。" if SPOKEN == CHINESE and told and told[-1] not in ENDS else told


class NextStepBar(QFrame):
    """下一步 the bar at a pane's foot; `chosen` carries the act's name, `refused` the reason of a grey one."""

    chosen = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("nextbar", True)
        self.setObjectName("nextStepBar")
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(UNDER_DETAIL, 13, 16, 13)
        row.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(1)
        self._sentence = Text("", "body", strong=True, wrap=True)
        self._sentence.setObjectName("nextStepSentence")
        self._note = Text("", "dense", wrap=True)
        words.addStretch(1)
        words.addWidget(self._sentence)
        words.addWidget(self._note)
        words.addStretch(1)
        row.addLayout(words, 1)
        self._row, self._side = row, QWidget(self)
        self._flow = FlowLayout(10)
        self._side.setLayout(self._flow)
        self._side.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        # Leaning on the middle it may be as tall as its rows; else Qt gives it the height of one.
        row.addWidget(self._side, 0, Qt.AlignmentFlag.AlignVCenter)
        self._view = NextStepView("")
        self._buttons: list[KeyButton] = []
        self._shape: tuple[tuple[str, str, bool], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def render(self, view: NextStepView) -> None:  # type: ignore[override]
        """Show this step; the buttons are kept while the acts stay the same, so focus stays too."""
        self._view = view
        self._sentence.say(_whole(view.sentence))
        self._note.say(view.note)
        acts = [(act, False) for act in view.seconds]
        if view.step is not None:
            acts.append((view.step, True))
        shape = tuple((act.name, act.key, filled) for act, filled in acts)
        if shape != self._shape:
            pressed = any(button.hasFocus() for button in self._buttons)
            self._rebuild(acts)
            if pressed and self._buttons:
                # The hand that took the last step stays here, on the harmless answer of a question.
                (self.way_out() or self._buttons[-1]).setFocus()
            self._shape = shape
        for button, (act, _) in zip(self._buttons, acts, strict=True):
            button.set_text(act.text)
            button.set_reason(act.reason)
        self._fit()

    def sentence(self) -> str:
        """What it says of the next step."""
        return said(self._view.sentence)

    def button(self, name: str) -> KeyButton | None:
        """The button of an act, if the bar has it."""
        return next((button for button in self._buttons if button.objectName() == name), None)

    def buttons(self) -> tuple[KeyButton, ...]:
        """In the order they are read."""
        return tuple(self._buttons)

    def way_out(self) -> KeyButton | None:
        """The button that leaves a question with nothing done; its pane presses it on Esc."""
        return next((button for button in self._buttons if button.key() == "Esc"), None)

    def filled(self) -> KeyButton | None:
        """The filled button, if there is a next step."""
        return self._buttons[-1] if self._shape and self._shape[-1][2] else None

    def _rebuild(self, acts: list[tuple[Act, bool]]) -> None:
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for act, filled in acts:
            button = KeyButton(act.text, act.key, "next" if filled else "plain", parent=self._side)
            button.setObjectName(act.name)
            button.set_height(40)
            button.chosen.connect(self._pressed)
            button.refused.connect(self.refused)
            self._flow.addWidget(button)
            button.show()  # now, not at the next turn: its key must work at once
            self._buttons.append(button)

    def minimumSizeHint(self) -> QSize:
        """As wide as its widest button: the others go under it before a page grows wider than its window."""
        margins = self._row.contentsMargins()
        wide = self._flow.minimumSize().width() + margins.left() + margins.right()
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Words that go on in the next line make the bar taller: nothing is cut off."""
        if not self.isVisible():  # it has no width of its own yet
            return
        self._lean()
        self._share()
        self._row.activate()
        self.setMinimumHeight(max(0, self._row.totalHeightForWidth(self.width())))

    def _lean(self) -> None:
        """Its left edge is that of what stands over it."""
        above = self.parentWidget()
        while above is not None and not above.property("pane"):
            above = above.parentWidget()
        titled = above is not None and bool(above.property("titled"))
        margins = self._row.contentsMargins()
        margins.setLeft(UNDER_TITLE if titled else UNDER_DETAIL)
        self._row.setContentsMargins(margins)

    def _share(self) -> None:
        """Words and buttons side by side; where that has no room, the buttons under the words."""
        margins, line = self._row.contentsMargins(), self._flow.sizeHint().width()
        least = theme.current().px(WORDS) + self._row.spacing() + margins.left() + margins.right()
        beside = line + least <= self.width()
        self._side.setMinimumWidth(line if beside else 0)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)

    @Slot()
    def _pressed(self) -> None:
        self.chosen.emit(self.sender().objectName())

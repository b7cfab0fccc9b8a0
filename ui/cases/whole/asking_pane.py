"""办这一步 the acts of a case one below the other, or the questions of the one that was chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.cases.whole.input import Input
from ui.cases.whole.view import ActLine, AskingView
from ui.language import tr
from ui.widgets.focus import tab_through
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.strip import Strip
from ui.widgets.text import Text

BUTTON = 34


class ActList(ScrollBody):
    """能办的步 a button each, by digit or by Tab; `chosen(key)`."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._buttons: list[KeyButton] = []
        super().__init__(parent)
        self.setObjectName("caseActs")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._none = Text("", "dense", wrap=True)
        self._shown: tuple[ActLine, ...] | None = None
        self._lines: tuple[ActLine, ...] = ()
        self.body.setSpacing(6)
        self.body.addWidget(self._none)
        self.body.addStretch(1)

    def render(self, acts: tuple[ActLine, ...], none: str) -> None:  # type: ignore[override]
        """Show these acts, or why there are none."""
        self._none.say("" if acts else none)
        if acts == self._shown:
            return
        self._shown = self._lines = acts
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(act) for act in acts]
        for place, button in enumerate(self._buttons):
            self.body.insertWidget(place, button)

    def _button(self, act: ActLine) -> KeyButton:
        button = KeyButton(act.word, act.digit, parent=self)
        button.set_reason(act.reason)
        button.set_height(BUTTON)
        button.setObjectName(f"act-{act.key}")
        button.chosen.connect(self._on_chosen)
        return button

    def press(self, digit: str) -> bool:
        """The act of this digit."""
        for act in self._lines:
            if act.digit == digit:
                if not act.reason:
                    self.chosen.emit(act.key)
                return True
        return False

    def first(self) -> QWidget | None:
        """Where the hand begins."""
        return self._buttons[0] if self._buttons else None

    @Slot()
    def _on_chosen(self) -> None:
        self.chosen.emit(self.sender().objectName().removeprefix("act-"))


class AskingForm(QWidget):
    """正在问 the fields of one act; what was typed stays while it is the same one. `act(name, answers)`."""

    act = Signal(str, dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caseAsking")
        self._shown = ""
        self._inputs: list[Input] = []
        self._title, self._note = Text("", "section", strong=True), Text("", "dense", wrap=True)
        self._strip = Strip(self)
        self._fields = ScrollBody(self)
        self._fields.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fields.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._title, self._note, self._strip):
            column.addWidget(widget)
        column.addWidget(self._fields, 1)

    def render(self, view: AskingView) -> None:  # type: ignore[override]
        """Ask this."""
        self._title.say(view.title)
        self._note.say(view.note)
        self._strip.render(view.strip)
        if view.id == self._shown:
            return
        self._shown = view.id
        for one in self._inputs:
            one.hide()
            one.deleteLater()
        self._inputs = [Input(field, self) for field in view.inputs]
        for place, one in enumerate(self._inputs):
            self._fields.body.insertWidget(place, one)
            one.entered.connect(self._on_entered)
        if self._inputs and self.isVisible():
            self._inputs[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """The next question is another one, even when it is the same act."""
        self._shown = ""

    def answers(self) -> dict[str, str]:
        """What stands in the fields."""
        return {one.key: one.text() for one in self._inputs}

    def inputs(self) -> tuple[Input, ...]:
        """The fields."""
        return tuple(self._inputs)

    @Slot()
    def _on_entered(self) -> None:
        place = next(n for n, one in enumerate(self._inputs) if one is self.sender())
        if place + 1 < len(self._inputs):
            self._inputs[place + 1].setFocus(Qt.FocusReason.TabFocusReason)


def _hand(widget: QWidget) -> QWidget:
    """Where the hand really goes."""
    within = widget.focusProxy()
    return widget if within is None else _hand(within)


class ActsPane(Pane):
    """办这一步 `chosen(key)` of an act, `act(name, answers)` of the question in front."""

    chosen = Signal(str)
    act = Signal(str, dict)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("这件能办的"), parent=parent)
        self.setObjectName("caseActsPane")
        self.body.setContentsMargins(16, 4, 16, 12)
        self.list, self.form = ActList(self), AskingForm(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.form)
        self.body.addWidget(self._stack, 1)
        self.bar = NextStepBar(self)
        self.bar.chosen.connect(self._on_bar)
        self.add_foot(self.bar)
        self.list.chosen.connect(self.chosen)
        self.bar.hide()

    def render(self, acts: tuple[ActLine, ...], none: str, asking: AskingView | None) -> None:  # type: ignore[override]
        """The list, or the question."""
        self.list.render(acts, none)
        self._stack.setCurrentIndex(0 if asking is None else 1)
        self.bar.setVisible(asking is not None)
        self.set_title(tr("这件能办的") if asking is None else "")
        self.setProperty("titled", True)  # asked or not, what stands in it begins at a pane's own edge
        if asking is None:
            self.form.forget()
            return
        self.form.render(asking)
        self.bar.render(asking.bar)
        tab_through(*map(_hand, self.form.inputs()), *self.bar.findChildren(KeyButton))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._stack.currentIndex() == 1 and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _on_bar(self, name: str) -> None:
        self.act.emit(name, self.form.answers())

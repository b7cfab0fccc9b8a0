"""一家部门 what is said of the chosen department: a state by its digit, its number, and why it came back; and the code's two fields."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.language import tr
from ui.registration.result_view import DepartmentView
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane
from ui.widgets.text import Text

RETURNED = "returned"


class DepartmentPane(Pane):
    """这一家 `moved(state, note, reference)`; a return asks why first. What is typed stays while it is the same department."""

    moved = Signal(str, str, str)
    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("departmentPane")
        self._view: DepartmentView | None = None
        self._why = False
        self._said = Text("", "dense", wrap=True)
        self.reference = Field(tr("对方编号"), placeholder=tr("税务、社保等给的编号"), optional=True)
        self.reference.line.setObjectName("routeReference")
        self.note = Field(tr("说明"), optional=True)
        self.note.line.setObjectName("routeNote")
        self._none = Text("", "dense", wrap=True)
        self._buttons: list[KeyButton] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        self.body.addWidget(self._said)
        self.body.addLayout(self._grid)
        for widget in (self.reference, self.note, self._none):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.note.entered.connect(self._on_note)

    def show_department(self, view: DepartmentView | None) -> None:
        """This one, or that none is chosen."""
        if view is None or self._view is None or view.word != self._view.word:
            self.clear()
        fresh = view is None or self._view is None or view.acts != self._view.acts
        self._view = view
        self.set_title(view.title if view else tr("没有选中哪一家"))
        self._said.say("\n".join(view.said) if view else tr("在左边选一行。"))
        self._none.say(view.none if view else "")
        for field in (self.reference, self.note):
            field.setVisible(view is not None and bool(view.acts))
        if fresh:
            self._make_buttons(view)

    def clear(self) -> None:
        """Nothing is typed, nothing is asked."""
        self._why = False
        self.reference.set_text("")
        self.note.set_text("")
        self.note.set_finding("")

    def press(self, digit: str) -> bool:
        """The act of this digit."""
        found = next((one.state for one in self._view.acts if one.digit == digit), "") if self._view else ""
        if found:
            self._act(found)
        return bool(found)

    def leave(self) -> bool:
        """Esc out of a question; False when nothing was asked."""
        asked, self._why = self._why, False
        self.note.set_finding("")
        return asked

    def _make_buttons(self, view: DepartmentView | None) -> None:
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []
        for place, act in enumerate(view.acts if view else ()):
            button = KeyButton(act.word, act.digit, bind=False, parent=self)
            button.setObjectName(f"route-{act.state}")
            button.chosen.connect(self._on_button)
            self._grid.addWidget(button, *divmod(place, 2))
            button.show()
            self._buttons.append(button)

    def _act(self, state: str) -> None:
        note = self.note.text().strip()
        if state == RETURNED and not note:
            self._why = True
            self.note.set_finding(tr("退回要写明为什么，写一句按 Enter。"))
            self.note.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.asked.emit()
            return
        self._why = False
        self.note.set_finding("")
        self.moved.emit(state, note, self.reference.text().strip())

    @Slot()
    def _on_button(self) -> None:
        self._act(self.sender().objectName().removeprefix("route-"))

    @Slot()
    def _on_note(self) -> None:
        if self._why:
            self._act(RETURNED)


class CodePane(Pane):
    """录代码 `given(first, second)`: typed twice, or scanned once; a company that has its code is asked nothing."""

    given = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("录统一社会信用代码"), parent=parent)
        self.setObjectName("codePane")
        self.first = Field(tr("对着执照录，或扫执照上的码"), "digits")
        self.first.line.setObjectName("codeFirst")
        self.second = Field(tr("再录一遍"), "digits")
        self.second.line.setObjectName("codeSecond")
        self._known = Text("", "body", wrap=True)
        for widget in (self.first, self.second, self._known):
            self.body.addWidget(widget)
        self.first.entered.connect(self._on_first)
        self.second.entered.connect(self.give)
        self.hide()

    def show_code(self, asks: bool, known: str) -> None:
        """Whether it is asked for now."""
        self.setVisible(asks)
        for field in (self.first, self.second):
            field.setVisible(asks and not known)
        self._known.say(tr("这家公司的代码是 {known}，归档不用再录。", known=known) if known else "")
        self._known.setVisible(bool(known))

    def clear(self) -> None:
        """Another case."""
        self.first.set_text("")
        self.second.set_text("")

    @Slot()
    def give(self) -> None:
        """What was typed."""
        self.given.emit(self.first.text(), self.second.text())

    @Slot()
    def _on_first(self) -> None:
        """A scanner ends with Enter: what is longer than a code was scanned and needs no second."""
        if len(self.first.text().strip()) > 18:
            self.give()
        else:
            self.second.line.setFocus(Qt.FocusReason.TabFocusReason)

"""表头 the name of the step and whose form it is, and the buttons for the whole form: beside it, or under it where room is short."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.flow import FlowLayout
from ui.widgets.key_button import KeyButton
from ui.widgets.one_line import OneLine

NAMES, GAP = 200, 12


class SheetHead(QWidget):
    """表头 others put their buttons into `tools`; the last two lead to what a narrow window does not show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._note = OneLine("", "title"), OneLine("", "dense")
        self.citizen = KeyButton(tr("给申请人看"), Key.CITIZEN, icon="eye", bind=False, parent=self)
        self.citizen.setObjectName("formCitizen")
        self.found = KeyButton(tr("要改的"), Key.NEXT_FINDING, bind=False, parent=self)
        self.found.setObjectName("formFound")
        self.steps = KeyButton(tr("回到步骤"), "Esc", bind=False, parent=self)
        self.steps.setObjectName("formSteps")
        self.tools = FlowLayout()
        for button in (self.citizen, self.found, self.steps):
            self.tools.addWidget(button)
        self._names = QVBoxLayout()
        self._names.setSpacing(2)
        self._names.addWidget(self._title)
        self._names.addWidget(self._note)
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._line.setSpacing(8)
        self._line.addLayout(self._names, 1)
        self._line.addLayout(self.tools)
        self._all = QVBoxLayout(self)
        self._all.setContentsMargins(0, 0, 0, 0)
        self._all.setSpacing(2)
        self._all.addLayout(self._line)
        self.show_ways(found=False, steps=False)

    def say(self, title: str, note: str) -> None:
        """Where one is."""
        self._title.say(title)
        self._note.say(note)
        self._share()

    def show_ways(self, *, found: bool, steps: bool) -> None:
        """Where the steps and what was found have no room beside each other: the way to the one that is not seen."""
        self.found.setVisible(found)
        self.steps.setVisible(steps)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def event(self, event: QEvent) -> bool:
        answer = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._share()
        return answer

    def _share(self) -> None:
        title, note, tools = (part.sizeHint().width() for part in (self._title, self._note, self.tools))
        beside = max(title, min(note, theme.current().px(NAMES))) + GAP + tools <= self.width()
        self._put_note(under=beside and note + GAP + tools > self.width())
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != way:
            self._line.setSpacing(GAP if beside else 8)
            self._line.setDirection(way)

    def _put_note(self, *, under: bool) -> None:
        """A long company name has the whole line under the buttons."""
        stands = self._all.indexOf(self._note) >= 0
        if stands != under:
            (self._all if stands else self._names).removeWidget(self._note)
            (self._all if under else self._names).addWidget(self._note)

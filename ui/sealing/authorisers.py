"""授权人单 who may be asked to authorise, one under the other; the chosen one is marked, the others say why not."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.sealing.view import Authoriser
from ui.widgets.answer import Answer


class Authorisers(QWidget):
    """授权人单 `person_chosen(id)` when another one is picked; until it is so the mark stays where it is."""

    person_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answers: list[Answer] = []
        self._chosen, self._busy = "", False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def render(self, people: tuple[Authoriser, ...], chosen: str, *, busy: bool) -> None:  # type: ignore[override]
        """Show these."""
        self._chosen, self._busy = chosen, busy
        wanted = [(one.id, one.name, one.note) for one in people]
        if wanted != [(a.objectName(), a.head(), a.accessibleDescription()) for a in self._answers]:
            for answer in self._answers:
                self._column.removeWidget(answer)
                answer.hide()
                answer.deleteLater()
            self._answers = [Answer("", name, note, checkable=True, parent=self) for _, name, note in wanted]
            for answer, (key, _, _) in zip(self._answers, wanted, strict=True):
                answer.setObjectName(key)
                answer.clicked.connect(self._on_person)
                self._column.addWidget(answer)
        self._mark()

    def answers(self) -> tuple[Answer, ...]:
        """In order."""
        return tuple(self._answers)

    def _mark(self) -> None:
        for answer in self._answers:
            answer.setChecked(answer.objectName() == self._chosen)

    @Slot()
    def _on_person(self) -> None:
        key = self.sender().objectName()
        self._mark()
        if key != self._chosen and not self._busy:
            self.person_chosen.emit(key)

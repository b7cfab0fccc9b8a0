"""企业登记一表页 one form, step by step: the steps, the fields of the step, and what is still missing or wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.registration.aids import Aids
from ui.registration.blocks import Hands
from ui.registration.cells import AnyCell
from ui.registration.sheet_pane import SheetPane
from ui.registration.side_house import SideHouse
from ui.registration.sides import Sides
from ui.registration.steps_pane import StepsPane
from ui.registration.view import REVIEW, FormView
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard
from ui.widgets.key_button import key_sequences
from ui.widgets.pane import Pane


class FormPage(QWidget):
    """一表页 `changed(pointer, value)` with every keystroke; what is typed is never cleared by a render.

    `at(pointer)`: the hand is there now. `confirmed(mark, words)`: a warning may stay, and why.
    """

    changed = Signal(str, object)
    gone = Signal(str)
    row_chosen = Signal(str, int)
    add_wanted = Signal(str)
    remove_wanted = Signal(str, int)
    step_wanted = Signal(str)
    next_wanted = Signal()
    back_wanted = Signal()
    jump_wanted = Signal(str)
    confirmed = Signal(str, str)
    reveal_wanted = Signal()
    citizen_wanted = Signal()
    at = Signal(str)
    saved_asked = Signal()
    strip_link = Signal()
    refused = Signal(str)
    left_page = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formPage")
        self.setAccessibleName(tr("企业登记一表"))
        self._view = FormView()
        self._at = ("", "")
        self._cover: QWidget | None = None
        self._left_at = ""
        self._hands = Hands(self)
        self.steps = StepsPane(self)
        self.sheet = SheetPane(self._hands, self)
        self.side = SideHouse(self)
        self.missing = self.side.missing
        self.sides = Sides(self, self.steps, self.sheet, self.side)
        self._empty = EmptyCard(self)
        self._lay_out()
        self._connect()
        self._bind()
        self.render(self._view)

    def _lay_out(self) -> None:
        self._outer = QStackedLayout(self)
        work = QWidget(self)
        row = QHBoxLayout(work)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(self.steps)
        row.addWidget(self.sheet, 1)
        row.addWidget(self.side)
        blank = QWidget(self)
        around = QVBoxLayout(blank)
        around.setContentsMargins(12, 12, 12, 12)
        card = Pane(parent=blank)
        card.body.addWidget(self._empty)
        around.addWidget(card)
        self._outer.addWidget(work)
        self._outer.addWidget(blank)

    def _connect(self) -> None:
        for name in ("changed", "gone", "row_chosen", "add_wanted", "remove_wanted"):
            getattr(self._hands, name).connect(getattr(self, name))
        for name in ("next_wanted", "back_wanted", "refused", "strip_link"):
            getattr(self.sheet, name).connect(getattr(self, name))
        self.steps.chosen.connect(self.step_wanted)
        self.missing.jump_wanted.connect(self.jump_wanted)
        self.side.points.jump_wanted.connect(self.jump_wanted)
        self.missing.confirmed.connect(self.confirmed)
        self.sheet.review.step_wanted.connect(self.step_wanted)
        self.sheet.review.reveal_wanted.connect(self.reveal_wanted)
        self.sheet.citizen.chosen.connect(self.citizen_wanted)
        self.sheet.head.found.chosen.connect(self._next_missing)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def set_aids(self, aids: Aids) -> None:
        """What fields look up while one types."""
        self._hands.aids = aids

    def _bind(self) -> None:
        for key in (
            Key.STEP_DOWN, Key.ADD_ROW, Key.NEXT_FINDING, Key.SAVED, Key.RECORD_UP, Key.RECORD_DOWN, Key.CITIZEN,
            Key.REVEAL,
        ):  # fmt: skip
            bound = QShortcut(key_sequences(key)[0], self)
            bound.setObjectName(key)
            bound.activated.connect(self._on_key)

    def render(self, view: FormView) -> None:  # type: ignore[override]
        """Show this; nothing typed is cleared, focus and scroll stay while step and case stay."""
        self._view = view
        if self._cover is None:
            self._outer.setCurrentIndex(0 if view.case else 1)
        self._empty.render(view.empty)
        here = (view.case, view.step)
        if view.case:
            self.steps.show_steps(view.steps, view.step, view.saved)
            self.missing.show_points(view.points, checking=view.checking, locked=view.locked)
            if self.sheet.show_sheet(view) or here != self._at:
                self.sheet.order_tabs(self.missing.table())
        if here != self._at:
            if here[0] != self._at[0]:
                self.sides.turn_back()
            self._at = here
            self._share()
            if view.case and self.isVisible():
                self.sheet.lead_first()

    def cover(self, over: QWidget | None) -> None:
        """Something is asked before the form goes on: only that is seen, and has the keys; None: the form again, where one was."""
        if over is None:
            back, self._cover = self._cover is not None, None
            self._outer.setCurrentIndex(0 if self._view.case else 1)
            if back and self._view.case and self.isVisible():
                self.sheet.lead_back(self._left_at)
            return
        self._left_at = self.sheet.here() if self._cover is None else self._left_at
        self._cover = over
        if self._outer.indexOf(over) < 0:
            self._outer.addWidget(over)
        self._outer.setCurrentWidget(over)

    def covered(self, by: QWidget | None = None) -> bool:
        """Whether something else than `by` lies over the form: its keys wait, nothing is laid over that."""
        return self._cover is not None and self._cover is not by

    def lead(self, place: str) -> None:
        """The hand goes to this place, if it is on screen."""
        self.sheet.lead(place)

    def cell(self, slot: str) -> AnyCell | None:
        """A field on screen, by its id."""
        return next((cell for cell in self.sheet.cells() if cell.view and cell.view.slot == slot), None)

    @Slot()
    def _on_key(self) -> None:
        key = self.sender().objectName()
        if not self._view.case or self.covered():
            return
        if key == Key.STEP_DOWN:
            self._step_down()
        elif key == Key.NEXT_FINDING:
            self._next_missing()
        elif key in (Key.SAVED, Key.CITIZEN):
            (self.saved_asked if key == Key.SAVED else self.citizen_wanted).emit()
        elif key == Key.REVEAL:
            if self._view.step == REVIEW:
                self.reveal_wanted.emit()
        elif (here := self.sheet.list_here()) is not None:
            if key == Key.ADD_ROW:
                here.add_button().click()
            else:
                here.choose_beside(-1 if key == Key.RECORD_UP else 1)

    def _step_down(self) -> None:
        places = [mark.id for mark in self._view.steps]
        at = places.index(self._view.step) + 1
        if at < len(places):
            self.step_wanted.emit(places[at])

    @Slot()
    def _next_missing(self) -> None:
        self.sides.turn()
        places = list(dict.fromkeys(row.pointer for row in self._view.points if not row.confirmed))
        now = self.sheet.here()
        if places:
            at = places.index(now) + 1 if now in places else 0
            self.jump_wanted.emit(places[at % len(places)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.sides.turned:
            self.sides.turn_back()
            return
        super().keyPressEvent(event)

    @Slot(QWidget, QWidget)
    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._view.case and self.sheet.isAncestorOf(now) and (place := self.sheet.here()):
            self.missing.mark(place)
            self.at.emit(place)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._share()
        if self._view.case:
            self.sheet.lead_first()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.left_page.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_outer"):
            self._share()

    def _share(self) -> None:
        self.sides.share(review=self._view.step == REVIEW)

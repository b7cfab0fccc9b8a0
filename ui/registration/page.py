"""企业登记一表页 one form, step by step: the steps, the fields of the step, and what is still missing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.registration.blocks import Hands
from ui.registration.cells import AnyCell
from ui.registration.missing_pane import MissingPane
from ui.registration.sheet_pane import SheetPane
from ui.registration.steps_pane import StepsPane
from ui.registration.view import FormView
from ui.shell import width_class
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard
from ui.widgets.key_button import key_sequences
from ui.widgets.pane import Pane

STEPS, SIDE, RAIL = 192, 292, 76


class FormPage(QWidget):
    """一表页 `changed(pointer, value)` with every keystroke; what is typed is never cleared by a render."""

    changed = Signal(str, object)
    gone = Signal(str)
    row_chosen = Signal(str, int)
    add_wanted = Signal(str)
    remove_wanted = Signal(str, int)
    step_wanted = Signal(str)
    next_wanted = Signal()
    back_wanted = Signal()
    jump_wanted = Signal(str)
    saved_asked = Signal()
    strip_link = Signal()
    refused = Signal(str)
    left_page = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formPage")
        self.setAccessibleName("企业登记一表")
        self._view = FormView()
        self._at = ("", "")
        self._hands = Hands(self)
        self.steps = StepsPane(self)
        self.sheet = SheetPane(self._hands, self)
        self.missing = MissingPane(self)
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
        row.addWidget(self.missing)
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

    def _bind(self) -> None:
        for key in (Key.STEP_DOWN, Key.ADD_ROW, Key.NEXT_FINDING, Key.SAVED, Key.RECORD_UP, Key.RECORD_DOWN):
            bound = QShortcut(key_sequences(key)[0], self)
            bound.setObjectName(key)
            bound.activated.connect(self._on_key)

    def render(self, view: FormView) -> None:  # type: ignore[override]
        """Show this; nothing typed is cleared, focus and scroll stay while step and case stay."""
        self._view = view
        self._outer.setCurrentIndex(0 if view.case else 1)
        self._empty.render(view.empty)
        here = (view.case, view.step)
        if view.case:
            self.steps.show_steps(view.steps, view.step, view.saved)
            self.missing.show_missing(view.missing)
            if self.sheet.show_sheet(view) or here != self._at:
                self.sheet.order_tabs(self.missing.table())
        if here != self._at:
            self._at = here
            if view.case and self.isVisible():
                self.sheet.lead_first()

    def lead(self, place: str) -> None:
        """The hand goes to this place, if it is on screen."""
        self.sheet.lead(place)

    def cell(self, slot: str) -> AnyCell | None:
        """A field on screen, by its id."""
        return next((cell for cell in self.sheet.cells() if cell.view and cell.view.slot == slot), None)

    @Slot()
    def _on_key(self) -> None:
        key = self.sender().objectName()
        if not self._view.case:
            return
        if key == Key.STEP_DOWN:
            self._step_down()
        elif key == Key.NEXT_FINDING:
            self._next_missing()
        elif key == Key.SAVED:
            self.saved_asked.emit()
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

    def _next_missing(self) -> None:
        places, now = [row.pointer for row in self._view.missing], self.sheet.here()
        if places:
            at = places.index(now) + 1 if now in places else 0
            self.jump_wanted.emit(places[at % len(places)])

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
        look = theme.current()
        width = width_class(self.width() + look.px(RAIL), look.scale)
        self.steps.setFixedWidth(look.px(STEPS if width != "wide" else STEPS + 24))
        self.missing.setFixedWidth(look.px(SIDE if width != "wide" else SIDE + 68))
        self.missing.setVisible(width != "narrow")

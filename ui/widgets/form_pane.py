"""手上的一件 the case at hand with its facts and the form of the next step; what was typed stays while it is the same asking."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.field import Field
from ui.widgets.flow import FlowLayout
from ui.widgets.focus import tab_through
from ui.widgets.form_view import Ask, FormView
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import Act, NextStepBar
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.segments import Segment, Segments
from ui.widgets.strip import Strip
from ui.widgets.text import FactName, Text

TWO_COLUMNS, LONG, WIDEST, AIR = 560, 18, 880, 12


class _Pick(QWidget):
    """挑一个 a label over segments."""

    picked = Signal(str)

    def __init__(self, ask: Ask, parent: QWidget) -> None:
        super().__init__(parent)
        label = Text(ask.label, "dense")
        self.segments = Segments(ask.choices, self)
        self.segments.setAccessibleName(ask.label)
        self.segments.chosen.connect(self.picked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(self.segments)


class _More(QWidget):
    """还能做的 the acts beside the next step; they go on in the next line where there is no room."""

    chosen = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.buttons: dict[str, KeyButton] = {}
        self._row = FlowLayout()
        self.setLayout(self._row)

    def render(self, acts: tuple[Act, ...]) -> None:  # type: ignore[override]
        """The same acts keep their buttons, so that focus stays."""
        self.setVisible(bool(acts))
        if [act.name for act in acts] != list(self.buttons):
            for button in self.buttons.values():
                self._row.removeWidget(button)
                _drop(button)
            self.buttons = {act.name: self._button(act) for act in acts}
        for act in acts:
            self.buttons[act.name].set_text(act.text)
            self.buttons[act.name].set_reason(act.reason)

    def _button(self, act: Act) -> KeyButton:
        button = KeyButton(act.text, act.key, parent=self)
        button.setObjectName(act.name)
        button.chosen.connect(lambda: self.chosen.emit(act.name))
        button.refused.connect(self.refused)
        self._row.addWidget(button)
        button.show()
        return button


class FormPane(Pane):
    """手上的一件 `act(name, typed)` with what stands in every line by its key; `picked(key, word)` when another choice is made."""

    act = Signal(str, dict)
    picked = Signal(str, str)
    refused = Signal(str)

    def __init__(self, name: str, spoken: str, empty: EmptyView, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._view: FormView | None = None
        self._lines: dict[str, Field | _Pick] = {}
        self._laid: object = None
        self._title, self._words = Text("", "title", wrap=True), Text("", "body", tone="ink2", wrap=True)
        self._strip, self._empty = Strip(self), EmptyCard(self)
        self._empty.render(empty)
        self._facts, self._asks = QGridLayout(), QGridLayout()
        for grid, gap in ((self._facts, 7), (self._asks, 10)):
            grid.setHorizontalSpacing(14)
            grid.setVerticalSpacing(gap)
        self._more = _More(self)
        self._more.chosen.connect(self._on_act)
        self._more.refused.connect(self.refused)
        self.bar = NextStepBar(self)
        self.bar.chosen.connect(self._on_act)
        self.bar.refused.connect(self.refused)
        self._stack = self._lay_out()
        self.add_foot(self.bar)
        self.render(None)

    def _lay_out(self) -> QStackedLayout:
        full = QWidget(self)
        column = QVBoxLayout(full)
        column.setContentsMargins(20, 14, 8, 0)
        scroll = ScrollBody(full)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.body.setContentsMargins(0, 0, AIR, AIR)
        for widget in (self._title, self._words, self._strip):
            scroll.body.addWidget(widget)
        scroll.body.addLayout(self._facts)
        scroll.body.addLayout(self._asks)
        scroll.body.addWidget(self._more)
        scroll.body.addStretch(1)
        column.addWidget(scroll)
        self._scroll = scroll
        holder = QWidget(self)
        stack = QStackedLayout(holder)
        stack.addWidget(self._empty)
        stack.addWidget(full)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(holder, 1)
        return stack

    def render(self, view: FormView | None) -> None:  # type: ignore[override]
        """Show this one; None says what can be chosen."""
        self._view = view
        self._stack.setCurrentIndex(0 if view is None else 1)
        self.bar.setVisible(view is not None)
        if view is None:
            self._forget()
            return
        self._title.say(view.title)
        self._words.say(view.words)
        self._strip.render(view.message)
        self._lay()
        self._more.render(view.more)
        self.bar.render(view.bar)
        # Buttons made for another case stand at the end of the ring: Tab meets everything as it is read, each time.
        tab_through(*self._hands(), *self._more.buttons.values(), *self.bar.buttons())

    def button(self, name: str) -> KeyButton | None:
        """The button of an act, in the bar or beside it."""
        return self._more.buttons.get(name) or self.bar.button(name)

    def _forget(self) -> None:
        """Nothing of the one before stays in a line."""
        for line in self._lines.values():
            _drop(line)
        self._more.render(())
        self._lines, self._laid = {}, None

    def fields(self) -> tuple[Field, ...]:
        """The lines that can be typed in, in order."""
        return tuple(line for line in self._lines.values() if isinstance(line, Field))

    def field(self, key: str) -> Field:
        """One line by its key."""
        return next(line for one, line in self._by_key().items() if one == key and isinstance(line, Field))

    def pick(self, key: str) -> Segments:
        """One choice by its key."""
        return next(line for one, line in self._by_key().items() if one == key and isinstance(line, _Pick)).segments

    def typed(self) -> dict[str, str]:
        """What stands in every line, and what is picked."""
        return {
            key: line.text() if isinstance(line, Field) else line.segments.current()
            for key, line in self._by_key().items()
        }

    def take_form(self) -> bool:
        """The hand goes to the first line that is still empty; False where nothing is to be typed."""
        fields = self.fields()
        wanted = next((field for field in fields if not field.text()), fields[0] if fields else None)
        if wanted is not None:
            wanted.select_all()
            QTimer.singleShot(0, self._show_hand)  # once it is laid out: a long list of facts may stand over it
        return wanted is not None

    @Slot()
    def _show_hand(self) -> None:
        for field in self.fields():
            if field.line.hasFocus():
                self._scroll.ensureWidgetVisible(field)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # On a large screen lines stay as long as one reads them.
        spare = self.width() - theme.current().px(WIDEST)
        self._scroll.body.setContentsMargins(0, 0, max(AIR, spare), AIR)
        if self._view is not None:
            self._lay()

    def _two(self) -> bool:
        return self.width() >= theme.current().px(TWO_COLUMNS)

    def _by_key(self) -> dict[str, Field | _Pick]:
        asks = self._view.asks if self._view is not None else ()
        return {ask.key: self._lines[_place(self._view, ask)] for ask in asks}

    def _lay(self) -> None:
        view = self._view
        if view is None or self._laid == (view.id, view.facts, view.asks, self._two()):
            return
        self._laid = (view.id, view.facts, view.asks, self._two())
        _lay_facts(self._facts, view.facts, two=self._two())
        self._lay_asks(view)

    def _lay_asks(self, view: FormView) -> None:
        wanted = {_place(view, ask): ask for ask in view.asks}
        for line in self._lines.values():
            self._asks.removeWidget(line)
        for place in [place for place in self._lines if place not in wanted]:
            _drop(self._lines.pop(place))
        self._lines = {place: self._lines.get(place) or self._line(ask) for place, ask in wanted.items()}
        two, row, column = self._two(), 0, 0
        for column_no in (0, 1):
            self._asks.setColumnStretch(column_no, 1 if two or column_no == 0 else 0)
        for place, ask in wanted.items():
            half = two and ask.half
            if not half and column:
                row, column = row + 1, 0
            self._asks.addWidget(self._lines[place], row, column, 1, 1 if half or not two else 2)
            self._lines[place].show()
            row, column = (row, 1) if half and not column else (row + 1, 0)

    def _hands(self) -> list[QWidget]:
        hands: list[QWidget] = []
        for line in self._lines.values():
            hands += [line.line] if isinstance(line, Field) else line.segments.findChildren(Segment)
        return hands

    def _line(self, ask: Ask) -> Field | _Pick:
        if ask.choices:
            pick = _Pick(ask, self)
            pick.segments.choose(ask.value)
            pick.segments.setObjectName(ask.key)
            pick.picked.connect(lambda word: self.picked.emit(ask.key, word))
            return pick
        field = Field(ask.label, placeholder=ask.placeholder, parent=self)
        field.line.setObjectName(ask.key)
        field.set_text(ask.value)
        field.entered.connect(self._on_enter)
        return field

    @Slot()
    def _on_enter(self) -> None:
        """Enter goes on to the next line; the act itself has its own key."""
        fields = list(self.fields())
        now = next((place for place, field in enumerate(fields) if field.line.hasFocus()), -1)
        if 0 <= now < len(fields) - 1:
            fields[now + 1].select_all()
            self._scroll.ensureWidgetVisible(fields[now + 1])
        elif (button := self.bar.filled()) is not None:
            button.setFocus()

    @Slot(str)
    def _on_act(self, name: str) -> None:
        self.act.emit(name, self.typed())


def _lay_facts(grid: QGridLayout, facts: tuple[tuple[str, str], ...], *, two: bool) -> None:
    """Short ones two to a line where there is room, a long one alone."""
    _clear(grid)
    row, column = 0, 0
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1 if two else 0)
    for label, words in facts:
        long = not two or len(words) > LONG
        if long and column:
            row, column = row + 1, 0
        grid.addWidget(FactName(label), row, column, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(words, "body", wrap=True), row, column + 1, 1, 3 if long and two else 1)
        row, column = (row + 1, 0) if long or column else (row, 2)


def _place(view: FormView | None, ask: Ask) -> str:
    return f"{view.id if view is not None else ''}/{ask.key}/{ask.slot}"


def _drop(widget: QWidget) -> None:
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()


def _clear(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()

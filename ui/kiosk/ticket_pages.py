"""取号页 the pages one taps through: choices, the ID card, a word while one waits, a question, and the number at the end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import fonts, theme
from ui.kiosk.cards import Card
from ui.kiosk.keypad import Keypad
from ui.kiosk.ticket_view import AskView, ChoiceView, NumberView, PersonView
from ui.kiosk.tiles import GAP, KEY, WORDS, TileGrid, Touch
from ui.language import tr
from ui.widgets.field import Field
from ui.widgets.focus import tab_through
from ui.widgets.pane import Pane
from ui.widgets.strip import Strip
from ui.widgets.text import Text

MARGIN = 20
HUGE = 120


class ChoicePage(QWidget):
    """选一个 `chosen(key)`, `back()`."""

    chosen = Signal(str)
    back = Signal()

    def __init__(
        self, name: str, size: int = WORDS, tall: int = 92, wide: int = 250, most: int = 3, *, first: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 10, MARGIN, 16)
        column.setSpacing(12)
        self._title = Text("", "question", wrap=True)
        self.grid = TileGrid(size, tall, wide, most, self)
        self._note = Text("", "section", tone="ink2", wrap=True)
        column.addWidget(self._title)
        column.addWidget(self.grid, 1)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        self.back_button = Touch(tr("返回"), f"{name}Back", self)
        self.back_button.setVisible(not first)
        foot.addWidget(self.back_button)
        foot.addWidget(self._note, 1)
        foot.addStretch(0)
        column.addLayout(foot)
        self.grid.chosen.connect(self.chosen)
        self.grid.grown.connect(lambda: tab_through(*self.grid.tiles, self.back_button))
        self.back_button.tapped.connect(self.back)

    def render(self, view: ChoiceView, *, anew: bool = True) -> None:  # type: ignore[override]
        """Show this."""
        self._title.say(view.title)
        self._note.say(view.note)
        self.grid.render(view.tiles, anew=anew)
        if self.isVisible() and not any(one.hasFocus() for one in (*self.grid.tiles, self.back_button)):
            self.grid.focus_first()

    def words(self) -> str:
        """All it says."""
        tiles = (f"{one.view().words} {one.view().note} {one.view().reason}" for one in self.grid.tiles)
        return " ".join((self._title.text(), *tiles, self._note.text()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grid.focus_first()


class PersonPage(QWidget):
    """刷身份证 `entered(typed)`, `skipped()`, `aid(key)`, `back()`. The field has the focus: a reader types into it."""

    entered = Signal(str)
    skipped = Signal()
    aid = Signal(str)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("kioskPerson")
        self._title, self._about = Text("", "question", wrap=True), Text("", "section", strong=True, wrap=True)
        self._known, self._note = Text("", "section", tone="ok", wrap=True), Text("", "section", tone="ink2", wrap=True)
        self._strip = Strip(self)
        self.field = Field(tr("身份证号"), "digits", placeholder=tr("刷身份证，或按数字键"))
        self.field.line.setObjectName("kioskId")
        self.field.line.setMaxLength(64)
        self.field.line.setProperty("large", True)
        self.keypad = Keypad(self.field.line)
        self.aids = TileGrid(KEY, 60, 200, 2, self)
        self.back_button = Touch(tr("返回"), "kioskPersonBack", self)
        self.skip = Touch("", "kioskPersonSkip", self)
        self.go = Touch("", "kioskPersonGo", self, filled=True)
        self._lay_out()
        self.field.entered.connect(self._on_entered)
        self.go.tapped.connect(self._on_entered)
        self.skip.tapped.connect(self.skipped)
        self.back_button.tapped.connect(self.back)
        self.aids.chosen.connect(self.aid)
        self.aids.grown.connect(self._order_tabs)
        self._order_tabs()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 10, MARGIN, 16)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._about)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(28)
        left = QVBoxLayout()
        left.setSpacing(12)
        for one in (self._strip, self.field, self._known, self.aids, self._note):
            left.addWidget(one)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.keypad)
        right.addStretch(1)
        self._sides.addLayout(left, 5)
        self._sides.addLayout(right, 4)
        column.addLayout(self._sides, 1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(self.skip)
        foot.addWidget(self.go)
        column.addLayout(foot)
        self.aids.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def render(self, view: PersonView) -> None:  # type: ignore[override]
        """Show this; what was typed stays."""
        self._title.say(view.title)
        self._about.say(view.about)
        self._known.say(view.known)
        self._note.say(view.note)
        self.go.set_text(view.go)
        self.skip.set_text(view.skip)
        self.skip.setVisible(bool(view.skip))
        self.aids.setVisible(bool(view.aids))
        self.aids.render(view.aids, anew=False)
        self._size_aids()
        if view.said:
            self._strip.say(view.said, kind=view.kind)
        else:
            self._strip.clear()

    def _order_tabs(self) -> None:
        tab_through(self.field.line, *self.aids.tiles, self.back_button, self.skip, self.go)

    def set_busy(self, words: str) -> None:
        """While the centre is asked."""
        self.go.set_reason(words)

    def fresh(self) -> None:
        """Nothing of who stood here before."""
        self.field.line.clear()
        self.set_busy("")

    def words(self) -> str:
        """All it says."""
        told = (self._title, self._about, self._known, self._note)
        return " ".join((*(one.text() for one in told), self._strip.text()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The keys stand beside the field, on a standing screen under it."""
        super().resizeEvent(event)
        lying = self.width() >= self.height()
        self._sides.setDirection(QBoxLayout.Direction.LeftToRight if lying else QBoxLayout.Direction.TopToBottom)
        self._sides.setStretch(0, 5 if lying else 0)
        self._size_aids()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "aids"):
            self._size_aids()

    def _size_aids(self) -> None:
        row = max(68, theme.current().px(64))
        rows = max(1, -(-len(self.aids.views()) // 2))
        self.aids.setFixedHeight(rows * (row + GAP) - GAP)
        self.field.line.setMinimumHeight(max(64, theme.current().px(48)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_entered(self) -> None:
        if not self.go.reason():
            self.entered.emit(self.field.line.text())


class HugeNumber(QWidget):
    """大号码 as large as its place lets it be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setObjectName("kioskHuge")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def say(self, text: str) -> None:
        """Show it."""
        self._text = text
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.setMinimumHeight(theme.current().px(HUGE))
        self.update()

    def text(self) -> str:
        """The number."""
        return self._text

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        fits = min(self.height() * 3 // 4, self.width() * 4 // (3 * max(4, len(self._text))))
        painter.setFont(fonts.make(fits, bold=True, serif=True))
        painter.setPen(look.colour("accent"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)


class NumberPage(QWidget):
    """取到号了 `done()` by Enter."""

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("kioskNumberPage")
        pane = Pane(padding=24, parent=self)
        self._head = Text("", "question", wrap=True)
        self._business = Text("", "title", wrap=True)
        self.number = HugeNumber()
        self._waiting, self._where = Text("", "question", wrap=True), Text("", "question", wrap=True)
        self._note = Text("", "section", tone="ink2", wrap=True)
        for one in (self._head, self._business, self.number, self._waiting, self._where, self._note):
            pane.body.addWidget(one, 1 if one is self.number else 0)
            if isinstance(one, Text):
                one.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = Touch(tr("知道了"), "kioskNumberDone", self, filled=True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button)
        row.addStretch(1)
        pane.body.addLayout(row)
        around = QVBoxLayout(self)
        around.setContentsMargins(MARGIN, 12, MARGIN, 16)
        around.addWidget(pane, 1)
        self.button.tapped.connect(self.done)

    def render(self, view: NumberView) -> None:  # type: ignore[override]
        """Show this."""
        for text, words in (
            (self._head, view.head), (self._business, view.business), (self._waiting, view.waiting),
            (self._where, view.where), (self._note, view.note),
        ):  # fmt: skip
            text.say(words)
        self.number.say(view.number)
        self._head.set_tone("warn" if view.kind == "warn" else "ink")
        self._note.set_tone("warn" if view.kind == "warn" else "ink2")

    def words(self) -> str:
        """All it says."""
        told = (self._head, self._business, self._waiting, self._where, self._note)
        return " ".join((self.number.text(), *(one.text() for one in told)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)


class AskCard(Card):
    """问一句 `answered(yes)`; no answer is preselected where there are two."""

    answered = Signal(bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._head, self._number = Text("", "question", wrap=True), Text("", "ticket", tone="accent")
        self._words = Text("", "section", wrap=True)
        for one in (self._head, self._number, self._words):
            self.pane.body.addWidget(one)
        row = QHBoxLayout()
        self.no, self.yes = Touch("", f"{name}No", self), Touch("", f"{name}Yes", self, filled=True)
        row.addWidget(self.no)
        row.addStretch(1)
        row.addWidget(self.yes)
        self.pane.body.addLayout(row)
        self.yes.tapped.connect(lambda: self.answered.emit(True))
        self.no.tapped.connect(lambda: self.answered.emit(False))

    def render(self, view: AskView) -> None:  # type: ignore[override]
        """Show this."""
        self._head.say(view.head)
        self._number.say(view.number)
        self._words.say(view.words)
        self.yes.set_text(view.yes, filled=not (view.no and view.equal))
        self.no.set_text(view.no)
        self.yes.setVisible(bool(view.yes))
        self.no.setVisible(bool(view.no))

    def words(self) -> str:
        """All it says."""
        return " ".join(one.text() for one in (self._head, self._number, self._words))

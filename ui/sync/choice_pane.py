"""两个说法 a field changed at two windows: both values side by side, none preselected; 1 and 2 choose."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.sync.view import ConflictView, FieldChoice, Saying, Side
from ui.widgets import paint
from ui.widgets.next_step import NextStepBar
from ui.widgets.one_line import OneLine
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.strip import Strip, StripView
from ui.widgets.text import Text

HEADS: dict[Side, str] = {"mine": tr("本窗口改的"), "theirs": tr("中心现在的")}
CAPS: dict[Side, str] = {"mine": "1", "theirs": "2"}


class SayingCard(QAbstractButton):
    """说法 one side: its value large, under it who and when; checked when it is chosen."""

    def __init__(self, path: str, side: Side, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path, self.side = path, side
        self._saying = Saying(value="")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_saying(self, saying: Saying, label: str, chosen: bool) -> None:
        """Show this value."""
        self._saying = saying
        self.setChecked(chosen)
        self.setAccessibleName(
            tr(
                "{label}，{heads}：{value}，按 {caps}",
                label=label,
                heads=HEADS[self.side],
                value=saying.value or tr("空"),
                caps=CAPS[self.side],
            )
        )
        self.setAccessibleDescription(f"{saying.who}{saying.note}")
        self.setToolTip(saying.value)
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(280), look.px(128))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(160), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme.current(), QRectF(self.rect())
        chosen = self.isChecked()
        loud = chosen or self.hasFocus()
        paint.box(
            painter,
            rect,
            4,
            ground=look.colour("asoft" if chosen else "surface"),
            edge=look.colour("accent" if loud else "edge"),
            width=2 if loud else 1,
        )
        self._paint_ring(painter, rect, chosen)
        left, room = rect.left() + look.px(18), rect.width() - look.px(36)
        rows = (
            (look.px(44), self._saying.value or tr("（空）"), look.font("section", bold=True), "ink"),
            (look.px(74), self._saying.who, look.font("dense"), "ink2"),
            (look.px(97), self._saying.note, look.font("dense"), "ink2"),
        )
        for top, text, font, tone in rows:
            line = QRectF(left, rect.top() + top, room, look.px(26))
            paint.words(painter, line, paint.elided(text, font, room), font, look.colour(tone))

    def _paint_ring(self, painter: QPainter, rect: QRectF, chosen: bool) -> None:
        look = theme.current()
        side = look.px(18)
        ring = QRectF(rect.left() + look.px(18), rect.top() + look.px(15), side, side)
        paint.box(painter, ring, side / 2, ground=look.colour("surface"), edge=look.colour("accent"), width=2)
        if chosen:
            inset = look.px(5)
            paint.box(painter, ring.adjusted(inset, inset, -inset, -inset), side, ground=look.colour("accent"))
        head = QRectF(ring.right() + look.px(10), rect.top() + look.px(11), rect.width() / 2, look.px(26))
        paint.words(painter, head, HEADS[self.side], look.font("body", bold=True), look.colour("ink"))
        cap = QRectF(rect.right() - look.px(38), rect.top() + look.px(14), look.px(20), look.px(20))
        paint.box(painter, cap, 4, ground=look.colour("sunken"), edge=look.colour("line"))
        paint.words(painter, cap, CAPS[self.side], look.font("note"), look.colour("ink2"), paint.CENTRE)


class FieldPair(QWidget):
    """一处 the value before, and the two cards; `chosen(path, side)`."""

    chosen = Signal(str, str)

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = Text("", "body", strong=True)
        self._before = OneLine("", "dense")
        self.cards: dict[Side, SayingCard] = {side: SayingCard(path, side, self) for side in HEADS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._label)
        head.addWidget(self._before, 1)
        column.addLayout(head)
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, card in enumerate(self.cards.values()):
            grid.addWidget(card, 0, place)
            card.clicked.connect(self._on_clicked)
        column.addLayout(grid)

    def render(self, view: FieldChoice) -> None:  # type: ignore[override]
        """Show this field."""
        self._label.say(view.label)
        self._before.say(tr("断线前\u3000{before}", before=view.before) if view.before else tr("断线前是空的"))
        self.cards["mine"].show_saying(view.mine, view.label, view.chosen == "mine")
        self.cards["theirs"].show_saying(view.theirs, view.label, view.chosen == "theirs")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        side: Side = {Qt.Key.Key_1: "mine", Qt.Key.Key_2: "theirs"}.get(Qt.Key(event.key()), "")  # type: ignore[assignment]
        if side:
            self.cards[side].click()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_clicked(self) -> None:
        card = self.sender()
        if isinstance(card, SayingCard):
            self.chosen.emit(card.path, card.side)


class ChoicePane(Pane):
    """两个说法 `picked(path, side)`, and the bar's `act(name)`."""

    picked = Signal(str, str)
    act = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("choicePane")
        self.setAccessibleName(tr("两个说法"))
        self._title = Text("", "title", wrap=True)
        self._subject = OneLine("", "dense")
        self._lead = Text("", "body", wrap=True)
        self._pairs: dict[str, FieldPair] = {}
        self._merged, self._paper = Strip(self), Strip(self)
        self.bar = NextStepBar(self)
        self.bar.chosen.connect(self.act)
        full = QWidget(self)
        column = QVBoxLayout(full)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title, 1)
        head.addWidget(self._subject)
        column.addLayout(head)
        column.addWidget(self._lead)
        scroll = ScrollBody(full)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(16)
        scroll.body.addLayout(self._fields)
        scroll.body.addWidget(self._merged)
        scroll.body.addWidget(self._paper)
        scroll.body.addStretch(1)
        column.addWidget(scroll, 1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(full)
        self.add_foot(self.bar)

    def render(self, view: ConflictView) -> None:  # type: ignore[override]
        """Show these choices; the hand stays on the card it is on."""
        self._title.say(view.title)
        self._subject.say(view.subject)
        self._lead.say(view.lead)
        if tuple(self._pairs) != tuple(choice.path for choice in view.choices):
            self._rebuild(view)
        for choice in view.choices:
            self._pairs[choice.path].render(choice)
        merged = StripView(tr("自动并好的"), view.merged, kind="ok", icon="check") if view.merged else None
        self._merged.render(merged)
        self._paper.render(view.paper)
        self.bar.render(view.bar)

    def cards(self) -> tuple[SayingCard, ...]:
        """All cards, in reading order."""
        return tuple(card for pair in self._pairs.values() for card in pair.cards.values())

    def _rebuild(self, view: ConflictView) -> None:
        for pair in self._pairs.values():
            self._fields.removeWidget(pair)
            pair.hide()
            pair.deleteLater()
        self._pairs = {choice.path: FieldPair(choice.path, self) for choice in view.choices}
        for pair in self._pairs.values():
            pair.chosen.connect(self.picked)
            self._fields.addWidget(pair)
            pair.show()

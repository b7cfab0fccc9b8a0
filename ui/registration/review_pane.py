"""核对一遍 the whole form read only, step by step, with 改 beside each; secured values masked until they are asked for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.language import said, tr
from ui.registration.view import ReviewGroup, ReviewLine, ReviewView
from ui.shortcuts import Key
from ui.widgets import paint
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane
from ui.widgets.text import Text

LABEL, GAP, COLUMN = 132, 24, 420
WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)


class ReviewLines(QWidget):
    """核对的栏 labels and values in as many columns as there is room for, painted: a form has hundreds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[ReviewLine, ...] = ()
        self._placed: list[tuple[ReviewLine, QRectF]] = []
        self._shape: tuple[object, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: tuple[ReviewLine, ...]) -> None:
        """Show these."""
        if lines != self._lines:
            self._lines = lines
            self.setAccessibleName(tr("；").join(f"{said(one.label)} {one.value}".strip() for one in lines))
            self._place()
            self.update()

    def lines(self) -> tuple[ReviewLine, ...]:
        """What is shown."""
        return self._lines

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(240), self.height())

    def _place(self) -> None:
        """Heads take a whole line; the others stand side by side, each line as tall as its tallest."""
        look = theme.current()
        shape = (self._lines, self.width(), look.scale)
        if shape == self._shape:
            return
        self._shape, self._placed = shape, []
        columns = max(1, min(3, (self.width() + GAP) // (look.px(COLUMN * 0.62) + GAP)))
        width = (self.width() - (columns - 1) * GAP) / columns
        top, column, tall = 0.0, 0, 0.0
        for line in self._lines:
            if line.head or column == columns:
                top, column, tall = top + tall, 0, 0.0
            whole = self.width() if line.head else width
            height = self._tall(line, whole)
            self._placed.append((line, QRectF(column * (width + GAP), top, whole, height)))
            tall = max(tall, height)
            column = columns if line.head else column + 1
        self.setFixedHeight(max(1, round(top + tall)))

    def _tall(self, line: ReviewLine, width: float) -> float:
        look = theme.current()
        if line.head:
            return float(look.px(34))
        box = QRectF(0, 0, max(40.0, width - look.px(LABEL)), 10_000)
        value = QFontMetricsF(_font(line)).boundingRect(box, WRAP, line.value).height()
        asked = QFontMetricsF(look.font("dense")).boundingRect(
            QRectF(0, 0, look.px(LABEL - 10), 10_000), WRAP, said(line.label)
        )
        return max(value, asked.height()) + look.px(10)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        drop = _ascent(look.font("body")) - _ascent(look.font("dense"))  # small words on the same foot as the others
        for line, rect in self._placed:
            if not rect.intersects(QRectF(event.rect())):
                continue
            if line.head:
                spot = rect.adjusted(0, look.px(8), 0, 0)
                paint.words(painter, spot, line.label, look.font("body", bold=True), look.colour("ink"))
                continue
            painter.setFont(look.font("dense"))
            painter.setPen(look.colour("ink2"))
            painter.drawText(
                QRectF(rect.left(), rect.top() + drop, look.px(LABEL - 10), rect.height()), WRAP, said(line.label)
            )
            painter.setFont(_font(line))
            painter.setPen(look.colour("ink3" if line.blank else "ink"))
            painter.drawText(rect.adjusted(look.px(LABEL), drop if line.blank else 0, 0, 0), WRAP, line.value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_shape"):
            self._place()


def _ascent(font: QFont) -> float:
    return QFontMetricsF(font).ascent()


def _font(line: ReviewLine) -> QFont:
    return theme.current().font("dense" if line.blank else "body")


class GroupPane(Pane):
    """核对的一步 with its 改."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, inner=True, parent=parent)
        self._step = ""
        head = QHBoxLayout()
        head.setSpacing(8)
        self._name = Text("", "body", strong=True)
        self._note = Text("", "note")
        self.button = KeyButton(tr("改"), "", "link", bind=False, parent=self)
        self.button.chosen.connect(self._on_chosen)
        head.addWidget(self._name)
        head.addWidget(self._note)
        head.addStretch(1)
        head.addWidget(self.button)
        self.body.addLayout(head)
        self.lines = ReviewLines(self)
        self.body.addWidget(self.lines)

    def show_group(self, group: ReviewGroup, locked: bool) -> None:
        """Show this step."""
        self._step = group.step
        self._name.say(group.name)
        self._note.say(group.note)
        self.button.setObjectName(f"edit-{group.step}")
        self.button.set_text(tr("看") if locked else tr("改"))
        self.button.setAccessibleName(
            "{value}{name}".format(value=tr("看") if locked else tr("改"), name=said(group.name))
        )
        self.lines.show_lines(group.lines)

    @Slot()
    def _on_chosen(self) -> None:
        self.chosen.emit(self._step)


class ReviewPane(QWidget):
    """核对一遍 `step_wanted(step)` by 改, `reveal_wanted` by 显示 (Ctrl+R)."""

    step_wanted = Signal(str)
    reveal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewPane")
        self._groups: list[GroupPane] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        row = QHBoxLayout()
        self._said = Text("", "dense", tone="ink2", wrap=True)
        self.reveal = KeyButton(tr("显示证件号、住址、手机"), Key.REVEAL, "quiet", icon="eye", bind=False, parent=self)
        self.reveal.setObjectName("reviewReveal")
        self.reveal.chosen.connect(self.reveal_wanted)
        row.addWidget(self._said, 1)
        row.addWidget(self.reveal)
        self._column.addLayout(row)

    def show_review(self, view: ReviewView, locked: bool) -> None:
        """Show all of it."""
        self._said.say(view.said)
        self.reveal.setVisible(view.secured)
        self.reveal.set_text(tr("遮住") if view.revealed else tr("显示证件号、住址、手机"))
        while len(self._groups) < len(view.groups):
            pane = GroupPane(self)
            pane.chosen.connect(self.step_wanted)
            self._groups.append(pane)
            self._column.addWidget(pane)
        for pane, group in zip(self._groups, view.groups, strict=False):
            pane.show_group(group, locked)
        # 注销 has fewer steps than the form before it on this page.
        for place, pane in enumerate(self._groups):
            pane.setVisible(place < len(view.groups))

    def groups(self) -> tuple[GroupPane, ...]:
        """The steps, in order."""
        return tuple(self._groups)

"""分段 segments: a few equal views of one page side by side; the chosen one is filled softly, arrows move."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui import theme
from ui.language import said
from ui.widgets import paint


class Segment(QAbstractButton):
    """一段 one word with a quiet figure beside it."""

    def __init__(self, key: str, word: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self._word, self._spoken, self._figure = key, word, spoken, ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(said(spoken))

    def show_figure(self, figure: str) -> None:
        """How many are behind it; empty for none."""
        if figure != self._figure:
            self._figure = figure
            self.setAccessibleName(f"{said(self._spoken)} {figure}".strip())
            self.updateGeometry()
            self.update()

    def words(self) -> str:
        """Word and figure."""
        return f"{self._word} {self._figure}".strip()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(round(paint.width_of(self.words(), look.font("body", bold=True))) + look.px(28), look.px(36))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the row of segments moves, and turns the view with it
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme.current(), QRectF(self.rect())
        chosen = self.isChecked()
        paint.box(
            painter,
            rect,
            4,
            ground=look.colour("asoft" if chosen else "surface"),
            edge=look.colour("accent" if chosen or self.hasFocus() else "edge"),
            width=2 if self.hasFocus() else 1,
        )
        tone = look.colour("accent" if chosen else "ink")
        paint.words(painter, rect, self.words(), look.font("body", bold=chosen), tone, paint.CENTRE)


class Segments(QWidget):
    """分段 `chosen(key)` when a person picks another one; `choose` sets it without saying so.

    `spoken` goes before each word for who cannot see what the row is about.
    """

    chosen = Signal(str)

    def __init__(self, words: tuple[tuple[str, str], ...], parent: QWidget | None = None, *, spoken: str = "") -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._segments = {key: Segment(key, word, f"{spoken} {word}".strip(), self) for key, word in words}
        for segment in self._segments.values():
            segment.clicked.connect(self._on_clicked)
            row.addWidget(segment)
        row.addStretch(1)
        self.choose(words[0][0])

    def choose(self, key: str) -> None:
        """Show this one as chosen."""
        for segment in self._segments.values():
            segment.setChecked(segment.key == key)

    def current(self) -> str:
        """The chosen one's key; empty when none is."""
        return next((key for key, segment in self._segments.items() if segment.isChecked()), "")

    def show_figure(self, key: str, figure: str) -> None:
        """A figure beside a word."""
        self._segments[key].show_figure(figure)

    def all(self) -> tuple[Segment, ...]:
        """Every segment, from the left."""
        return tuple(self._segments.values())

    def segment(self, key: str) -> Segment:
        """One segment."""
        return self._segments[key]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        keys = [key for key, segment in self._segments.items() if not segment.isHidden()]
        now = next((place for place, key in enumerate(keys) if self._segments[key].hasFocus()), None)
        if not step or now is None:
            super().keyPressEvent(event)
            return
        wanted = self._segments[keys[(now + step) % len(keys)]]
        wanted.setFocus(Qt.FocusReason.TabFocusReason)
        wanted.click()

    @Slot()
    def _on_clicked(self) -> None:
        key = str(self.sender().key)  # type: ignore[attr-defined]
        self.choose(key)
        self.chosen.emit(key)

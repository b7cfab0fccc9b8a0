"""大按键 touch-sized choices with a word of explanation, laid out as many as fit, the rest a page further."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui import fonts, theme
from ui.language import said as told
from ui.language import tr
from ui.widgets import paint
from ui.widgets.text import Text

GAP, PAD, TALL = 14, 16, 56
WORDS, KEY, NOTE = 21, 18, 16
"""Pixels at 100 %: the words of a choice, those of a key, and what stands under them."""
LEAST = 64
"""Pixels of a finger's target, whatever the text factor."""
_WORDS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_WORDS_CENTRED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, kw_only=True)
class TileView:
    """大按键 `key` is told when it is chosen; `badge` a letter before the words, `reason` why it cannot be chosen."""

    key: str
    words: str
    note: str = ""
    badge: str = ""
    reason: str = ""
    checked: bool = False
    filled: bool = False


class Tile(QPushButton):
    """大按键 `chosen(key)`; with a reason it stays in the Tab order, says why, and does nothing. `size`: the words' pixels at 100 %."""

    chosen = Signal(str)

    def __init__(self, size: int = WORDS, tall: int = 96, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = TileView(key="", words="")
        self._size, self._tall = size, tall
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.clicked.connect(self._press)

    def render(self, view: TileView) -> None:  # type: ignore[override]
        """Show this."""
        self._view = view
        said = tr("，").join(one for one in (view.words, view.note, view.reason) if one)
        self.setAccessibleName(tr("{said}，已选", said=said) if view.checked else said)
        if view.key:
            self.setObjectName(f"tile-{view.key}")
        self.update()

    def view(self) -> TileView:
        """What it shows."""
        return self._view

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(max(LEAST, look.px(120)), max(LEAST, look.px(self._tall)))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    @Slot()
    def _press(self) -> None:
        if not self._view.reason:
            self.chosen.emit(self._view.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._press()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, view, painter = theme.current(), self._view, QPainter(self)
        ground, edge = _look_of(view, pressed=self.isDown())
        rect = QRectF(self.rect())
        if self.hasFocus() and view.filled:
            paint.box(painter, rect, 10, edge=look.colour("accent"), width=2.0)
            rect = rect.adjusted(4, 4, -4, -4)
        focused = self.hasFocus() and not view.filled
        wide = 3.0 if focused else 2.0 if view.checked else 1.0
        paint.box(
            painter, rect, 8, ground=look.colour(ground), edge=look.colour("accent" if focused else edge), width=wide
        )
        pad = look.px(PAD)
        inner = rect.adjusted(pad, pad / 2, -pad, -pad / 2)
        if view.badge:
            inner.setLeft(_badge(painter, inner, view) + pad)
        _two_lines(painter, inner, view, self._size)


class Touch(Tile):
    """触摸键 a button for a finger with its words in large letters; `tapped`. With a reason it stays, and does nothing."""

    tapped = Signal()

    def __init__(
        self, words: str, name: str, parent: QWidget | None = None, *, filled: bool = False, tall: int = TALL
    ) -> None:
        super().__init__(KEY, tall, parent)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setObjectName(name)
        self.render(TileView(key="", words=words, filled=filled))
        self.chosen.connect(self._on_chosen)

    def sizeHint(self) -> QSize:
        look = theme.current()
        wide = paint.width_of(self.words(), _font(KEY)) + look.px(2 * PAD + 16)
        return QSize(max(LEAST, round(wide)), max(LEAST, look.px(self._tall)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def words(self) -> str:
        """The words on it."""
        return self._view.words

    def set_text(self, words: str, *, filled: bool | None = None) -> None:
        """Other words; `filled` says anew whether it is the one to press."""
        self.render(replace(self._view, words=words, filled=self._view.filled if filled is None else filled))
        self.updateGeometry()

    def set_reason(self, reason: str) -> None:
        """Nothing happens when it is tapped; what hinders is said elsewhere, and to a screen reader."""
        self.setProperty("off", bool(reason))
        self._off = reason
        self.setAccessibleDescription(reason)
        self.render(replace(self._view, checked=False))

    def reason(self) -> str:
        """Why it does nothing now; empty when it does."""
        return self._off

    _off = ""

    @Slot()
    def _on_chosen(self) -> None:
        if not self._off:
            self.tapped.emit()


def _look_of(view: TileView, *, pressed: bool) -> tuple[str, str]:
    """Ground and edge."""
    if view.reason:
        return "disabled_ground", "line"
    if view.filled:
        return ("pressed" if pressed else "fill"), ("pressed" if pressed else "fill")
    if pressed:
        return "hover", "edge"
    return ("asoft", "accent") if view.checked else ("surface", "edge")


def _badge(painter: QPainter, inner: QRectF, view: TileView) -> float:
    """The letter, as it stands on the tickets; answers where the words begin."""
    look = theme.current()
    side = min(inner.height(), look.px(52))
    box = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
    paint.box(painter, box, 6, ground=look.colour("line" if view.reason else "fill"))
    ink = look.colour("ink2" if view.reason else "on_fill")
    paint.words(painter, box, view.badge, look.font("question", bold=True), ink, paint.CENTRE)
    return box.right()


def _font(size: int) -> QFont:
    return fonts.make(theme.current().px(size), bold=True, serif=size >= WORDS)


def _two_lines(painter: QPainter, inner: QRectF, view: TileView, size: int) -> None:
    look = theme.current()
    note = view.reason or view.note
    flags = _WORDS if view.badge or note else _WORDS_CENTRED
    font, small = _font(size), fonts.make(look.px(max(NOTE, size // 2)))
    if not note:
        _draw(painter, inner, view.words, font, look.colour("on_fill" if view.filled else "ink"), flags)
        return
    upper = _height(painter, inner, view.words, font)
    lower = _height(painter, inner, note, small)
    gap = look.px(4)
    top = inner.top() + max(0.0, (inner.height() - upper - gap - lower) / 2)
    ink = look.colour("ink2" if view.reason else "ink")
    _draw(painter, QRectF(inner.left(), top, inner.width(), upper), view.words, font, ink, flags)
    rest = QRectF(inner.left(), top + upper + gap, inner.width(), inner.bottom() - top - upper - gap)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    _draw(painter, rest, note, small, look.colour("warn" if view.reason else "ink2"), flags)


def _height(painter: QPainter, inner: QRectF, text: str, font: QFont) -> float:
    painter.setFont(font)
    return painter.boundingRect(inner, int(_WORDS), text).height()


def _draw(painter: QPainter, rect: QRectF, text: str, font: QFont, colour: QColor, flags: object) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, int(flags), told(text))  # type: ignore[call-overload]


class TileGrid(QWidget):
    """几个大按键 `chosen(key)`; `wide` is how wide one wants to be. What does not fit stands a page further.

    `grown` when there are new ones: they stand behind everything for Tab until their page says where they belong.
    """

    chosen = Signal(str)
    grown = Signal()

    def __init__(
        self, size: int = WORDS, tall: int = 96, wide: int = 250, most: int = 4, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._size, self._tall, self._wide, self._most = size, tall, wide, most
        self._views: tuple[TileView, ...] = ()
        self._page = 0
        self.tiles: list[Tile] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        column.addLayout(self._grid, 1)
        self._turner = QWidget(self)
        row = QHBoxLayout(self._turner)
        row.setContentsMargins(0, 0, 0, 0)
        self.before = Touch(tr("上一页"), "tilesBefore", self._turner)
        self.after = Touch(tr("下一页"), "tilesAfter", self._turner)
        self._where = Text("", "section")
        row.addWidget(self.before)
        row.addStretch(1)
        row.addWidget(self._where)
        row.addStretch(1)
        row.addWidget(self.after)
        column.addWidget(self._turner)
        self.before.tapped.connect(lambda: self._turn(-1))
        self.after.tapped.connect(lambda: self._turn(1))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def render(self, views: Sequence[TileView], *, anew: bool = True) -> None:  # type: ignore[override]
        """Show these; `anew`: from the first page on."""
        self._views = tuple(views)
        self._page = 0 if anew else self._page
        self._lay_out()

    def views(self) -> tuple[TileView, ...]:
        """All, on whatever page."""
        return self._views

    def tile(self, key: str) -> Tile:
        """The one with this key, on whatever page. Raises LookupError."""
        return next(one for one in self.tiles if one.view().key == key)

    def focus_first(self) -> None:
        """For the keyboard."""
        first = next((one for one in self.tiles if one.isVisibleTo(self) and not one.view().reason), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(self._wide), look.px(self._tall))

    def _turn(self, by: int) -> None:
        self._page += by
        self._lay_out()
        self.focus_first()

    def _room(self) -> tuple[int, int]:
        """How many side by side, and one over another."""
        look = theme.current()
        wide, tall = look.px(self._wide), max(LEAST, look.px(self._tall))
        across = max(1, min(self._most, (self.width() + GAP) // (wide + GAP)))
        needed = -(-len(self._views) // across)
        down = max(1, (self.height() + GAP) // (tall + GAP))
        if needed > down:
            down = max(1, (self.height() - self.after.sizeHint().height()) // (tall + GAP))
        return across, down

    def _lay_out(self) -> None:
        across, down = self._room()
        a_page = across * down
        pages = max(1, -(-len(self._views) // a_page))
        self._page = min(max(0, self._page), pages - 1)
        self._turner.setVisible(pages > 1)
        self._where.say(tr("第 {page} 页，共 {pages} 页", page=self._page + 1, pages=pages) if pages > 1 else "")
        self.before.setVisible(self._page > 0)
        self.after.setVisible(self._page < pages - 1)
        grown = len(self.tiles) < len(self._views)
        while len(self.tiles) < len(self._views):
            tile = Tile(self._size, self._tall, self)
            tile.chosen.connect(self.chosen)
            self.tiles.append(tile)
        for at, tile in enumerate(self.tiles):
            self._grid.removeWidget(tile)
            here = self._page * a_page <= at < min(len(self._views), (self._page + 1) * a_page)
            tile.setVisible(here)
            if at < len(self._views):
                tile.render(self._views[at])
            if here:
                place = at - self._page * a_page
                self._grid.addWidget(tile, place // across, place % across)
        if grown:
            self.grown.emit()

"""页轨 the rail: one button a page, icon and word, with how much waits there for you."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui import icons, theme
from ui.language import tr
from ui.widgets import paint

LOWEST, LOWEST_WITH_WORD, TIGHT, ICON = 28, 42, 33, 20
"""Who has many pages on a low screen has them closer together (`TIGHT`), with a smaller sign; below that the word goes."""


class RailButton(QAbstractButton):
    """页签 a page on the rail; checked is the page shown, the badge counts what waits for you today."""

    def __init__(
        self, key: str, icon: str, word: str, short: str, shortcut: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"rail-{key}")
        self.key, self._icon, self._word, self._short, self._shortcut = key, icon, word, short, shortcut
        self._narrow = self._over = self._due = False
        self._count = 0
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(f"{word}  {shortcut}" if shortcut else word)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._speak()

    def set_badge(self, count: int, *, due: bool) -> None:
        """How many wait for you; ochre when something is due."""
        if (count, due) != (self._count, self._due):
            self._count, self._due = count, due
            self._speak()
            self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Two-character words in less height."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def told(self) -> tuple[str, str, str]:
        """Its page's key, its word, its shortcut."""
        return self.key, self._word, self._shortcut

    def _speak(self) -> None:
        waiting = tr("，{count} 件等您", count=self._count) if self._count else ""
        key = tr("，快捷键 {shortcut}", shortcut=self._shortcut) if self._shortcut else ""
        self.setAccessibleName(f"{self._word}{waiting}{key}")

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(64 if self._narrow else 76), look.px(46 if self._narrow else 60))

    def minimumSizeHint(self) -> QSize:
        """On a low screen the word goes before the page does: the icon, its key and its name stay."""
        return QSize(self.sizeHint().width(), max(LOWEST, theme.current().px(ICON) + 2))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        rect = QRectF(self.rect())
        if self.isChecked():
            painter.fillRect(rect, look.colour("surface"))
            painter.fillRect(QRectF(0, 0, rect.width(), 1), look.colour("line"))
            painter.fillRect(QRectF(0, rect.height() - 1, rect.width(), 1), look.colour("line"))
            painter.fillRect(QRectF(0, 0, 3, rect.height()), look.colour("accent"))
        elif self._over:
            painter.fillRect(rect, look.colour("hover"))
        tone = look.colour("accent" if self.isChecked() else "ink2")
        tight = rect.height() < look.px(LOWEST_WITH_WORD) - 1
        worded = rect.height() >= look.px(TIGHT) - 1
        side = look.px(16 if tight and worded else ICON if self._narrow else 22)
        gap, tall = look.px(0 if tight else 1 if self._narrow else 3), look.px(16 if tight else 18)
        top = max(0.0, (rect.height() - side - ((gap + tall) if worded else 0)) / 2)
        spot = QRectF(round((rect.width() - side) / 2), top, side, side)
        icons.draw(painter, self._icon, spot, tone)
        word = (self._short if self._narrow else self._word) if worded else ""
        low = QRectF(0, top + side + gap, rect.width(), tall)
        font = look.font("note", bold=self.isChecked())
        paint.words(painter, low, paint.elided(word, font, low.width() - 2), font, tone, paint.CENTRE)
        self._paint_badge(painter, spot)
        if self.hasFocus():
            paint.box(painter, rect.adjusted(2, 1, -2, -1), 4, edge=look.colour("accent"), width=2)

    def _paint_badge(self, painter: QPainter, spot: QRectF) -> None:
        if not self._count:
            return
        look = theme.current()
        text = str(self._count) if self._count < 100 else "99+"
        font = look.font("note", bold=True)
        font.setPixelSize(look.px(11))
        height = look.px(18)
        width = max(float(height), paint.width_of(text, font) + look.px(8))
        rect = QRectF(spot.right() - look.px(5), max(2.0, spot.top() - look.px(6)), width, height)
        paint.box(painter, rect.adjusted(-1, -1, 1, 1), height / 2 + 1, ground=look.colour("rail"))
        ground, ink = ("must", "on_must") if self._due else ("ink2", "surface")
        paint.box(painter, rect, height / 2, ground=look.colour(ground))
        paint.words(painter, rect, text, font, look.colour(ink), paint.CENTRE)


class Rail(QFrame):
    """页轨 the column of page buttons; `page_chosen(key)`."""

    page_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 1, 6)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._buttons: dict[str, RailButton] = {}
        self._above = 0
        self.set_narrow(False)

    def add(self, key: str, icon: str, word: str, short: str, shortcut: str, *, at_foot: bool = False) -> None:
        """Add a page; `at_foot` stands at the lower end (设置)."""
        button = RailButton(key, icon, word, short or word[:2], shortcut, self)
        button.clicked.connect(self._on_clicked)
        self._buttons[key] = button
        if at_foot:
            self._column.addWidget(button)
        else:
            self._column.insertWidget(self._above, button)
            self._above += 1

    def show_chosen(self, key: str) -> None:
        """Mark this page as the one shown."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def set_shown(self, keys: frozenset[str]) -> None:
        """Only these pages are on the rail."""
        for key, button in self._buttons.items():
            button.setVisible(key in keys)

    def shown(self) -> tuple[tuple[str, str, str], ...]:
        """The pages on the rail from above: key, word, shortcut."""
        return tuple(button.told() for button in self._buttons.values() if not button.isHidden())

    def set_badge(self, key: str, count: int, *, due: bool = False) -> None:
        """What waits for you on a page."""
        self._buttons[key].set_badge(count, due=due)

    def set_narrow(self, narrow: bool) -> None:
        """64 wide with short words, else 76."""
        self.setFixedWidth(theme.current().px(64 if narrow else 76))
        for button in self._buttons.values():
            button.set_narrow(narrow)

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, RailButton):
            self.page_chosen.emit(button.key)

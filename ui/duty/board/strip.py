"""五天 the strip of days under the board, its legend, and who could stand in."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from ui import theme
from ui.duty.board.painter import paint_bar
from ui.duty.board.view import BarKind, BarView, ChoiceView, DayChip
from ui.language import tr
from ui.widgets import paint
from ui.widgets.answer import Answer

CHIP = 46
LEGEND: tuple[tuple[BarKind, str], ...] = (
    ("a", tr("A角在岗")),
    ("b", tr("B角顶岗")),
    ("gap", tr("空岗")),
    ("closed", tr("不开窗")),
)


class Legend(QWidget):
    """图例 what the four grounds mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("图例：浅底是 A角在岗，深底是 B角顶岗，斜线是空岗，虚线是不开窗"))

    def sizeHint(self) -> QSize:
        look = theme.current()
        wide = sum(paint.width_of(words, look.font("note")) + look.px(46) for _, words in LEGEND)
        return QSize(round(wide), look.px(22))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, font = 0.0, look.font("note")
        for kind, words in LEGEND:
            high = look.px(12)
            paint_bar(painter, QRectF(x, (self.height() - high) / 2, look.px(24), high), BarView(kind, 0, 1))
            x += look.px(30)
            paint.words(painter, QRectF(x, 0, 999, self.height()), words, font, look.colour("ink2"))
            x += paint.width_of(words, font) + look.px(16)


class _Chip(QAbstractButton):
    """一天的牌 two lines: the date, the worst thing of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = DayChip("", "")
        self._over = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_day(self, view: DayChip, *, chosen: bool) -> None:
        self.setChecked(chosen)
        if view != self.view:
            self.view = view
            self.setAccessibleName(
                tr("{title}，{tip}", title=view.title, tip=view.tip or view.words or tr("没有要留意的"))
            )
            self.setToolTip(view.tip)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(120), theme.current().px(CHIP))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(60), theme.current().px(CHIP))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the strip moves
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme.current(), QRectF(self.rect())
        chosen, risky = self.isChecked(), self.view.risky
        ground = "wsoft" if risky else "asoft" if chosen else "hover" if self._over else "surface"
        edge = "accent" if chosen or self.hasFocus() else "wline" if risky else "line"
        width = 2 if chosen or self.hasFocus() else 1
        paint.box(painter, rect, 4, ground=look.colour(ground), edge=look.colour(edge), width=width)
        inside = rect.adjusted(look.px(10), look.px(4), -look.px(8), -look.px(4))
        half = inside.height() / 2
        bold, note = look.font("note", bold=True), look.font("note")
        tone = "warn" if risky else "accent" if chosen else "ink"
        top = QRectF(inside.left(), inside.top(), inside.width(), half)
        paint.words(painter, top, paint.elided(self.view.title, bold, inside.width()), bold, look.colour(tone))
        low = inside.adjusted(0, half, 0, 0)
        words = self.view.words or tr("没有要留意的")
        shade = "ink" if self.view.words else "ink3"
        paint.words(painter, low, paint.elided(words, note, inside.width()), note, look.colour(shade))


class DayStrip(QWidget):
    """五天 `day_chosen(iso)`; ←→ move along it."""

    day_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dayStrip")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._chips: list[_Chip] = []
        self._chosen = ""

    def show_days(self, days: tuple[DayChip, ...], chosen: str) -> None:
        """These days, this one chosen."""
        while len(self._chips) < len(days):
            chip = _Chip(self)
            chip.clicked.connect(self._on_clicked)
            self._row.addWidget(chip, 1)
            self._chips.append(chip)
        self._chosen = chosen
        for chip, day in zip(self._chips, days, strict=False):
            chip.show_day(day, chosen=day.id == chosen)

    def chips(self) -> tuple[DayChip, ...]:
        """The days shown."""
        return tuple(chip.view for chip in self._chips)

    @Slot(int)
    def step(self, way: int) -> None:
        """The day after or before; the ends stay."""
        ids = [chip.view.id for chip in self._chips]
        place = ids.index(self._chosen) + way if self._chosen in ids else 0
        if 0 <= place < len(ids):
            if any(chip.hasFocus() for chip in self._chips):
                self._chips[place].setFocus(Qt.FocusReason.TabFocusReason)
            self.day_chosen.emit(ids[place])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if way:
            self.step(way)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, _Chip):
            chip.setChecked(chip.view.id == self._chosen)  # the view says which one is chosen
            self.day_chosen.emit(chip.view.id)


class Choices(QWidget):
    """能顶的人 one answer a person, pressed by digit; `picked(id)`."""

    picked = Signal(str)

    def __init__(self, columns: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("choices")
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._answers: list[Answer] = []
        self._shown: tuple[ChoiceView, ...] = ()
        self.hide()

    def show_choices(self, choices: tuple[ChoiceView, ...], chosen: Collection[str]) -> None:
        """These people; none hides it."""
        if choices != self._shown:
            self._rebuild(choices)
        for answer, choice in zip(self._answers, choices, strict=True):
            answer.setChecked(choice.id in chosen)
        self.setVisible(bool(choices))

    def answers(self) -> tuple[Answer, ...]:
        """The answers shown."""
        return tuple(self._answers)

    @Slot(int)
    def press(self, digit: int) -> None:
        """Pick by digit; a digit without a person does nothing."""
        if 0 < digit <= len(self._shown):
            self.picked.emit(self._shown[digit - 1].id)

    def _rebuild(self, choices: tuple[ChoiceView, ...]) -> None:
        for answer in self._answers:
            self._grid.removeWidget(answer)
            answer.hide()
            answer.deleteLater()
        self._shown, self._answers = choices, []
        for place, choice in enumerate(choices):
            answer = Answer(str(place + 1), choice.name, choice.note, checkable=True, parent=self)
            answer.clicked.connect(self._on_clicked)
            self._grid.addWidget(answer, place // self._columns, place % self._columns)
            answer.show()
            self._answers.append(answer)

    @Slot()
    def _on_clicked(self) -> None:
        answer = self.sender()
        if isinstance(answer, Answer):
            self.press(int(answer.key))

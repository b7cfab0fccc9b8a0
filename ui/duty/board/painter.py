"""看板画笔 one row of the board: number, post, A/B with who acts in bold, the day's bars, what is to be done."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView, QWidget

from ui import theme
from ui.duty.board.view import BarView, PostRowView
from ui.language import tr
from ui.widgets import paint
from ui.widgets.row_delegate import EDGE, RowDelegate, RowHead, content_rect
from ui.widgets.row_model import Column, Index
from ui.widgets.tag import paint_tag

COLUMNS = (
    Column(tr("窗口"), 58),
    Column(tr("岗位"), 132),
    Column(tr("A角 / B角"), 92),
    Column("", 0),
    Column(tr("要办的事"), 144),
)
NUMBER, POST, PEOPLE, TRACK, TODO = range(5)
LINE = 2


def at_track(rect: QRectF, place: float) -> float:
    """Where a part of the day lies, on a whole pixel."""
    return round(rect.left() + rect.width() * place)


def track_rect(rect: QRectF) -> QRectF:
    """The track within its column: a little air before the column of what is to be done."""
    return rect.adjusted(0, 0, -theme.current().px(14), 0)


class BoardBrush(RowDelegate):
    """看板画笔 paints posts and the heads of zones; `views` are looked up by the row's id."""

    def __init__(self, table: QTableView, ids: list[str]) -> None:
        super().__init__(table, COLUMNS, marks=True)
        self.views: dict[str, PostRowView] = {}
        self.ids = ids

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = self.views.get(self.ids[index.row()]) if index.row() < len(self.ids) else None
        if view is None:
            return
        painter.save()
        rect = QRectF(self._rect(option))
        if view.zone:
            _paint_zone(painter, rect, view, self._table.columnViewportPosition(index.column()))
            if index.column() == TODO:
                _todo(painter, content_rect(rect, TODO, len(COLUMNS)), view)
        else:
            self._paint_ground(painter, rect, index)
            _CELLS[index.column()](painter, content_rect(rect, index.column(), len(COLUMNS)), view)
        painter.restore()


def _paint_zone(painter: QPainter, rect: QRectF, view: PostRowView, left: int) -> None:
    """The zone's name reaches over the columns: each paints its own part of it, `left` from the edge."""
    look = theme.current()
    painter.fillRect(rect, look.colour("sunken"))
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), look.colour("line"))
    painter.setClipRect(rect)
    whole = QRectF(rect.left() - left + EDGE, rect.top(), look.px(600), rect.height())
    paint.words(painter, whole, view.post, look.font("dense", bold=True), look.colour("ink2"))


def _number(painter: QPainter, rect: QRectF, view: PostRowView) -> None:
    look = theme.current()
    box = QRectF(rect.left(), rect.top(), look.px(24), rect.height())
    paint.words(painter, box, view.number, look.font("section", serif=True), look.colour("ink"), paint.CENTRE)


def _post(painter: QPainter, rect: QRectF, view: PostRowView) -> None:
    look = theme.current()
    font = look.font("body")
    paint.words(painter, rect, paint.elided(view.post, font, rect.width()), font, look.colour("ink"))


def _people(painter: QPainter, rect: QRectF, view: PostRowView) -> None:
    """A above, B below; who acts is bold, and azurite when it is not the A角."""
    look = theme.current()
    half = rect.height() / 2
    top, low = QRectF(rect.left(), rect.top() + 1, rect.width(), half), rect.adjusted(0, half - 1, 0, -1)
    a, b = look.font("dense", bold=view.acts == "a"), look.font("note", bold=view.acts in ("b", "third"))
    paint.words(
        painter, top, paint.elided(view.a, a, rect.width()), a, look.colour("ink" if view.acts == "a" else "ink2")
    )
    tone = "accent" if view.acts in ("b", "third") else "ink2"
    paint.words(painter, low, paint.elided(view.b, b, rect.width()), b, look.colour(tone))


def _track(painter: QPainter, rect: QRectF, view: PostRowView) -> None:
    look = theme.current()
    inside = track_rect(rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for bar in view.bars:
        left, right = at_track(inside, bar.start), at_track(inside, bar.end)
        paint_bar(
            painter,
            QRectF(left + 1, rect.top() + look.px(6), max(2.0, right - left - 2), rect.height() - look.px(13)),
            bar,
        )


def _todo(painter: QPainter, rect: QRectF, view: PostRowView) -> None:
    look = theme.current()
    if view.tag is not None:
        paint_tag(painter, rect.left(), rect.center().y(), view.tag, rect.width())
    elif view.todo:
        font = look.font("note")
        paint.words(painter, rect, paint.elided(view.todo, font, rect.width()), font, look.colour("ink2"))


_CELLS = (_number, _post, _people, _track, _todo)


def paint_bar(painter: QPainter, rect: QRectF, bar: BarView) -> None:
    """One piece of the day: paper, azurite, hatched ochre or dashed; its words if they fit."""
    look = theme.current()
    if bar.kind == "gap":
        _hatched(painter, rect)
    elif bar.kind == "b":
        paint.box(painter, rect, 3, ground=look.colour("fill"))
    elif bar.kind == "a":
        paint.box(painter, rect, 3, ground=look.colour("rail"), edge=look.colour("line"))
    else:
        _dashed(
            painter, rect, "asoft" if bar.kind == "waits" else "surface", "accent" if bar.kind == "waits" else "scroll"
        )
    _bar_words(painter, rect, bar)


def _hatched(painter: QPainter, rect: QRectF) -> None:
    look = theme.current()
    paint.box(painter, rect, 3, ground=look.colour("wsoft"))
    painter.save()
    painter.setClipRect(rect.adjusted(1, 1, -1, -1))
    painter.setPen(QPen(look.colour("wline"), look.px(3)))
    step, high = look.px(10), rect.height()
    x = rect.left() - high
    lines = []
    while x < rect.right():
        lines.append(QLineF(QPointF(x, rect.bottom()), QPointF(x + high, rect.top())))
        x += step
    painter.drawLines(lines)
    painter.restore()
    paint.box(painter, rect, 3, edge=look.colour("warn"), width=1.5)


def _dashed(painter: QPainter, rect: QRectF, ground: str, edge: str) -> None:
    look = theme.current()
    painter.setPen(QPen(look.colour(edge), 1, Qt.PenStyle.DashLine))
    painter.setBrush(look.colour(ground))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _bar_words(painter: QPainter, rect: QRectF, bar: BarView) -> None:
    look = theme.current()
    font = look.font("note", bold=bar.kind in ("b", "gap", "waits"))
    room = rect.width() - look.px(12)
    text = next((words for words in bar.words if paint.width_of(words, font) <= room), "")
    if not text:
        return
    if bar.kind == "gap":
        wide = paint.width_of(text, font) + look.px(10)
        high = QFontMetricsF(font).height()
        clear = QRectF(rect.center().x() - wide / 2, rect.center().y() - high / 2, wide, high)
        painter.fillRect(clear, look.colour("wsoft"))
        paint.words(painter, clear, text, font, look.colour("warn"), paint.CENTRE)
        return
    tone = {"b": "on_fill", "waits": "accent"}.get(bar.kind, "ink2")
    paint.words(painter, rect.adjusted(look.px(8), 0, 0, 0), text, font, look.colour(tone))


class BoardHead(RowHead):
    """看板表头 the hours over the track, and the time of the ink line in its box."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self.marks: tuple[tuple[float, str], ...] = ()
        self.now: tuple[float, str] | None = None

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 (Qt's name)
        super().paintSection(painter, rect, logicalIndex)
        if logicalIndex != TRACK:
            return
        look = theme.current()
        track = track_rect(content_rect(QRectF(rect), TRACK, len(COLUMNS)))
        font = look.font("note")
        box = self._now_box(track)
        free = track.left()
        for place, words in self.marks:
            x, wide = at_track(track, place), paint.width_of(words, font)
            left = x if place == 0 else x - wide / 2
            spot = QRectF(left, track.top(), wide + 2, track.height())
            if left >= free and spot.right() <= track.right() + look.px(12) and not spot.intersects(box):
                paint.words(painter, spot, words, font, look.colour("ink2"))
                free = spot.right() + look.px(8)
        if self.now is not None:
            paint.box(painter, box, 3, ground=look.colour("ink"))
            paint.words(painter, box, self.now[1], look.font("note", bold=True), look.colour("surface"), paint.CENTRE)

    def _now_box(self, track: QRectF) -> QRectF:
        if self.now is None:
            return QRectF()
        look = theme.current()
        wide, high = paint.width_of(self.now[1], look.font("note", bold=True)) + look.px(10), look.px(20)
        left = at_track(track, self.now[0]) - wide / 2
        left = min(max(track.left(), left), track.right() - wide)
        return QRectF(round(left), round(track.center().y() - high / 2), round(wide), high)


def paint_now(painter: QPainter, track: QRectF, place: float, low: float) -> None:
    """The ink line from the head to the last row."""
    x = at_track(track, place)
    painter.fillRect(QRectF(x - LINE / 2, 0, LINE, low), QColor(theme.current().colour("ink")))

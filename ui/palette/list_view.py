"""找到的列表 lines under their kinds, painted as the desk's other lists; the hand stays in the field above."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import icons, theme
from ui.language import tr
from ui.palette.entries import Entry, Hit, kind_icons, kind_words
from ui.widgets import paint

ROW, HEAD, EDGE, ICON = 40, 28, 20, 18
LineRole = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
Line = Hit | str
"""A hit, or the word its kind begins with."""


class PaletteModel(QAbstractListModel):
    """行 the lines, with a head before each kind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show_hits(self, found: tuple[Hit, ...], head: str = "") -> None:
        """These, under their kinds; or all under one head."""
        self.beginResetModel()
        self.lines, before = ([head] if head and found else []), ""
        for hit in found:
            if not head and hit.entry.kind != before:
                before = hit.entry.kind
                self.lines.append(kind_words[hit.entry.kind])
            self.lines.append(hit)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.lines[index.row()], Hit):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LineRole:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line if isinstance(line, str) else spoken(line.entry)
        return None


def spoken(entry: Entry) -> str:
    """One sentence of a line."""
    now = tr("现在不能：{reason}", reason=entry.reason) if entry.reason else ""
    return tr("，").join(part for part in (kind_words[entry.kind], entry.title, entry.note, now) if part)


class _Brush(QStyledItemDelegate):
    """画一行 icon, title with what was met in it, note or reason."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        tall = HEAD if isinstance(index.data(LineRole), str) else ROW
        return QSize(200, theme.current().px(tall))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, look = index.data(LineRole), theme.current()
        rect = QRectF(option.rect)
        left = rect.left() + look.px(EDGE)
        if isinstance(line, str):
            room = rect.adjusted(look.px(EDGE), look.px(6), 0, 0)
            paint.words(painter, room, line, look.font("note"), look.colour("ink3"))
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, look.colour("asoft"))
            painter.fillRect(QRectF(rect.left(), rect.top(), look.px(3), rect.height()), look.colour("accent"))
        off = bool(line.entry.reason)
        size, middle = look.px(ICON), rect.center().y()
        ink = look.colour("ink3" if off else "accent" if chosen else "ink2")
        icons.draw(painter, kind_icons[line.entry.kind], QRectF(left, middle - size / 2, size, size), ink)
        end = rect.right() - look.px(EDGE)
        if line.entry.key:
            wide = paint.cap_size(line.entry.key)[0]
            end -= wide + look.px(12)
            _cap(painter, end + look.px(12), middle, line.entry.key)
        self._words(painter, QRectF(left + look.px(32), rect.top(), end - left - look.px(32), rect.height()), line)

    def _words(self, painter: QPainter, room: QRectF, hit: Hit) -> None:
        look, entry = theme.current(), hit.entry
        off = bool(entry.reason)
        plain, met = look.font("body"), look.font("body", bold=True)
        start, end = hit.start, hit.start + hit.length
        runs = ((entry.title[:start], False), (entry.title[start:end], True), (entry.title[end:], False))
        x = room.left()
        for text, marked in runs:
            if not text or x >= room.right():
                continue
            font = met if marked else plain
            tone = look.colour("ink3" if off else "accent" if marked else "ink")
            said = paint.elided(text, font, room.right() - x)
            paint.words(painter, QRectF(x, room.top(), room.right() - x, room.height()), said, font, tone)
            x += paint.width_of(said, font)
        note = entry.reason or entry.note
        x += look.px(12)
        if note and x < room.right() - look.px(24):
            font = look.font("dense")
            said = paint.elided(note, font, room.right() - x)
            rest = QRectF(x, room.top(), room.right() - x, room.height())
            paint.words(painter, rest, said, font, look.colour("ink3" if off else "ink2"))


def _cap(painter: QPainter, x: float, middle: float, key: str) -> None:
    look = theme.current()
    ink, edge, ground = look.colour("ink2"), look.colour("line"), look.colour("sunken")
    paint.key_cap(painter, x, middle, key, ink=ink, edge=edge, ground=ground)


class PaletteList(QListView):
    """找到的列表 never takes the focus: the field above moves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paletteList")
        self.setAccessibleName(tr("找到的"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows = PaletteModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Brush(self))

    def show_hits(self, found: tuple[Hit, ...], head: str = "") -> None:
        """These; the first one that can be done is under the hand."""
        self.rows.show_hits(found, head)
        self.step(1, start=-1)

    def wanted_height(self) -> int:
        """As tall as its lines."""
        look = theme.current()
        return sum(look.px(HEAD if isinstance(line, str) else ROW) for line in self.rows.lines)

    def step(self, by: int, start: int | None = None) -> None:
        """The next line up or down that is no head; it stops at the ends."""
        place = (self.currentIndex().row() if start is None else start) + by
        lines = self.rows.lines
        while 0 <= place < len(lines) and isinstance(lines[place], str):
            place += by
        if 0 <= place < len(lines):
            self.setCurrentIndex(self.rows.index(place))
            self.scrollTo(self.rows.index(max(0, place - 1)))
            self.scrollTo(self.currentIndex())

    def chosen(self) -> Entry | None:
        """What is under the hand."""
        index = self.currentIndex()
        line = self.rows.lines[index.row()] if index.isValid() else None
        return line.entry if isinstance(line, Hit) else None

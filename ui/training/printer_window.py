"""演练小票机 the training hall's printer: every paper as its bytes would come out, the newest on top."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.focus import tab_through
from ui.widgets.key_button import KeyButton
from ui.widgets.paper_sheet import MARGIN, TOOTH, draw_slip
from ui.widgets.text import Hair, Text

WIDTH, HEIGHT = 420, 640
NOTHING = EmptyView(tr("还没有打出来的纸"), tr("取号、受理、交件，票就落在这里。"), icon="receipt")


class _Roll(QWidget):
    """纸卷 all the papers, one under the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pngs: tuple[bytes, ...] = ()
        self._sizes: dict[bytes, QSize] = {}
        self._seen: dict[bytes, QImage] = {}
        self.room = 0
        self.setProperty("ground", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def lay(self, pngs: tuple[bytes, ...]) -> None:
        """These papers. Only the ones in sight are ever decoded: thirty pictures are 30 MB."""
        self._pngs = pngs
        self._sizes = {png: self._sizes.get(png) or _size_of(png) for png in pngs}

    def places(self) -> list[QRectF]:
        """Where each paper lies: at the width there is, never larger than life."""
        top, found = float(MARGIN), []
        for png in self._pngs:
            size = self._sizes[png]
            shrink = min(1.0, max(40, self.room - 2 * MARGIN) / size.width())
            width, height = round(size.width() * shrink), round(size.height() * shrink)
            found.append(QRectF((self.width() - width) // 2, top, width, height))
            top += height + TOOTH + MARGIN
        return found

    def fit(self) -> None:
        """Take the height the papers need."""
        places = self.places()
        self.setFixedHeight(round(places[-1].bottom()) + TOOTH + MARGIN if places else 1)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, sight = QPainter(self), QRectF(event.rect().united(self.visibleRegion().boundingRect()))
        in_sight = [(png, at) for png, at in zip(self._pngs, self.places(), strict=True) if at.intersects(sight)]
        self._seen = {png: self._seen.get(png) or QImage.fromData(png) for png, _ in in_sight}
        for png, place in in_sight:
            if place.intersects(QRectF(event.rect())):
                draw_slip(painter, place, self._seen[png])


def _size_of(png: bytes) -> QSize:
    """As its head says; the picture itself is not read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(png))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    return QImageReader(buffer).size()


class _Card(QFrame):
    """来的这一位 who he is and what he says, above the papers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("citizenCard")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(16, 10, 16, 10)
        self._lines.setSpacing(2)
        self.hide()

    def tell(self, lines: tuple[str, ...]) -> None:
        """These lines: the first is who he is."""
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for place, line in enumerate(lines):
            self._lines.addWidget(Text(line, "section" if place == 0 else "body", strong=place == 0, wrap=True))
        self.setAccessibleName(tr("。").join(lines))
        self.setVisible(bool(lines))


class PrinterWindow(QWidget):
    """演练小票机 `clear_wanted` empties the tray, `reset_wanted` starts the exercise anew; both at one press."""

    clear_wanted = Signal()
    reset_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("printerWindow")
        self.setWindowTitle(tr("演练 · 小票机"))
        self.setAccessibleName(tr("演练小票机"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._count = Text("", "dense")
        self._clear = KeyButton(tr("清空"), bind=False, parent=self)
        self._clear.setObjectName("clear")
        self.kiosk = KeyButton(tr("自助机"), bind=False, parent=self)
        self.kiosk.setObjectName("openKiosk")
        self.citizen = KeyButton(tr("来一位"), bind=False, parent=self)
        self.citizen.setObjectName("nextCitizen")
        self._reset = KeyButton(tr("重置练习"), bind=False, parent=self)
        self._reset.setObjectName("reset")
        self._roll = _Roll()
        self._scroll = QScrollArea(self)
        self._empty = EmptyCard(self)
        self._empty.render(NOTHING)
        self._pngs: tuple[bytes, ...] = ()
        self._card = _Card(self)
        self._lay_out()
        self._clear.chosen.connect(self.clear_wanted)
        self._reset.chosen.connect(self.reset_wanted)
        tab_through(self.citizen, self.kiosk, self._clear, self._reset, self._scroll)
        self.resize(theme.current().px(WIDTH), theme.current().px(HEIGHT))
        self.render(())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 12, 8)
        head.setSpacing(8)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.citizen)
        head.addWidget(self.kiosk)
        head.addWidget(self._clear)
        head.addWidget(self._reset)
        column.addLayout(head)
        column.addWidget(Hair())
        column.addWidget(self._card)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(tr("打出来的纸，新的在上"))
        self._scroll.setObjectName("papers")
        self._scroll.setWidget(self._roll)
        self._scroll.viewport().installEventFilter(self)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self._empty)
        column.addWidget(holder, 1)

    def show_citizen(self, lines: tuple[str, ...]) -> None:
        """来的这一位 stays till the next one comes."""
        self._card.tell(lines)

    def render(self, pngs: tuple[bytes, ...]) -> None:  # type: ignore[override]
        """Show these papers, the newest first; a new one is shown from its top."""
        grown = len(pngs) > len(self._pngs)
        if pngs != self._pngs or not pngs:
            self._pngs = pngs
            self._roll.lay(pngs)
        self._count.say(tr("打出 {count} 张，新的在上", count=len(pngs)) if pngs else tr("小票机空着"))
        self._clear.set_reason("" if pngs else tr("已经空了"))
        self._stack.setCurrentIndex(0 if pngs else 1)
        self._fit()
        if grown:
            self._scroll.verticalScrollBar().setValue(0)

    def papers(self) -> int:
        """How many papers lie in the tray."""
        return len(self._pngs)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        # Room for the scroll bar is always kept, or it would come and go for ever.
        self._roll.room = self._scroll.width() - 10
        self._roll.fit()

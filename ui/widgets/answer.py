"""答案 one of several equal answers to a question: a number to press, the answer, and what follows from it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import theme
from ui.language import said, tr
from ui.widgets import paint

CAP = 28


class Answer(QAbstractButton):
    """答案 none is filled and none is preselected; `clicked` is the answer. A checkable one shows that it is chosen."""

    def __init__(
        self,
        key: str,
        head: str,
        note: str = "",
        *,
        tall: bool = False,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.key, self._head, self._note, self._tall = key, head, note, tall
        self._over = False
        self._reason = ""
        self.setCheckable(checkable)
        self.setAutoExclusive(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        pressed = tr("，按 {key}", key=key) if key else ""
        self.setAccessibleName(f"{said(head)}{pressed}")
        self.setAccessibleDescription(said(note))

    def head(self) -> str:
        """The answer's words."""
        return self._head

    def set_reason(self, reason: str) -> None:
        """Grey with this reason in the place of its note; whoever listens to `clicked` says it again."""
        if reason != self._reason:
            self._reason = reason
            self.setAccessibleDescription(said(reason or self._note))
            self.updateGeometry()
            self.update()

    def reason(self) -> str:
        """Why this answer cannot be given now; empty when it can."""
        return self._reason

    def sizeHint(self) -> QSize:
        look = theme.current()
        words = paint.width_of(self._head, look.font("section" if self._tall else "body", bold=True))
        words = max(words, paint.width_of(self._note, look.font("dense")) if self._tall else words)
        return QSize(round(words) + look.px(90 if self._tall else 56), look.px(72 if self._tall else 36))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(120), self.sizeHint().height())

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
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not self.isCheckable() and not event.isAutoRepeat():
            self.click()
        elif enter:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        rect = QRectF(self.rect())
        chosen = self.isChecked()
        ground = look.colour("asoft" if chosen else "hover" if self._over or self.isDown() else "surface")
        if self._reason:
            ground = look.colour("disabled_ground")
        loud = chosen or self.hasFocus()
        paint.box(
            painter, rect, 4, ground=ground, edge=look.colour("accent" if loud else "edge"), width=2 if loud else 1
        )
        x = rect.left() + look.px(16 if self._tall else 8)
        if self.key:
            x = self._paint_cap(painter, x, rect.center().y())
        room = rect.right() - x - look.px(8)
        head = look.font("section" if self._tall else "body", bold=self._tall or chosen)
        note = look.font("dense" if self._tall else "note")
        if self._tall and self._note:
            top = QRectF(x, rect.top() + look.px(12), room, look.px(26))
            low = QRectF(x, rect.top() + look.px(38), room, look.px(22))
            tone = look.colour("disabled" if self._reason else "ink")
            paint.words(painter, top, paint.elided(self._head, head, room), head, tone)
            paint.words(painter, low, paint.elided(self._reason or self._note, note, room), note, look.colour("ink2"))
            return
        line = QRectF(x, rect.top(), room, rect.height())
        tone = look.colour("disabled" if self._reason else "ink")
        paint.words(painter, line, paint.elided(self._head, head, room), head, tone)
        used = paint.width_of(self._head, head) + look.px(8)
        said = self._reason or self._note
        if said and used < room:
            rest = line.adjusted(used, 0, 0, 0)
            shown = paint.elided(said, note, rest.width())
            paint.words(painter, rest, shown, note, look.colour("ink2" if self._reason else "ink3"))

    def _paint_cap(self, painter: QPainter, x: float, middle: float) -> float:
        look = theme.current()
        side = look.px(CAP if self._tall else 20)
        cap = QRectF(round(x), round(middle - side / 2), side, side)
        paint.box(painter, cap, 4, ground=look.colour("sunken"), edge=look.colour("line"))
        paint.words(
            painter, cap, self.key, look.font("dense" if self._tall else "note"), look.colour("ink2"), paint.CENTRE
        )
        return cap.right() + look.px(14 if self._tall else 9)

"""灯 the lamp: shape, word and colour say the same, and it may be pressed to open its page."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import theme
from ui.language import said
from ui.widgets import paint

LampKind = Literal["ok", "soon", "overdue", "paused", "waiting", "done", "cut", "unknown", "busy"]


class Lamp(QAbstractButton):
    """灯 ● ◐ ▲ ‖ ○ ✓ ⊘ △ with its sentence; `clicked` opens its page when `pressable`."""

    def __init__(
        self, kind: LampKind = "ok", sentence: str = "", *, pressable: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kind: LampKind = kind
        self._sentence = sentence
        self._short = ""
        self._brief = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if pressable else Qt.FocusPolicy.NoFocus)
        self.setEnabled(True)
        self.setAccessibleName(said(sentence))

    def render_lamp(self, kind: LampKind, sentence: str, short: str = "") -> None:
        """Show this state; `short` is what a narrow window shows (线路)."""
        if (kind, sentence, short) == (self._kind, self._sentence, self._short):
            return
        self._kind, self._sentence, self._short = kind, sentence, short
        self.setAccessibleName(said(sentence))
        self.setToolTip(said(sentence) if self._brief else "")
        self.updateGeometry()
        self.update()

    def set_brief(self, brief: bool) -> None:
        """Show the short word; the sentence goes into the tooltip."""
        self._brief = brief
        self.setToolTip(said(self._sentence) if brief else "")
        self.updateGeometry()
        self.update()

    def kind(self) -> str:
        """The lamp's kind."""
        return self._kind

    def sentence(self) -> str:
        """What it says."""
        return self._sentence

    def _shown(self) -> str:
        return self._short if self._brief and self._short else self._sentence

    def sizeHint(self) -> QSize:
        look = theme.current()
        width = look.px(20) + paint.width_of(self._shown(), look.font("dense"))
        return QSize(round(width) + 4, look.px(26))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        middle = self.height() / 2
        paint.lamp(painter, QPointF(look.px(8), middle), self._kind, look.px(11 if self._kind == "ok" else 13))
        tone = "ink" if self._kind in ("ok", "done", "paused", "waiting") else paint.LAMP_TONES[self._kind]
        rect = QRectF(look.px(20), 0, self.width() - look.px(20), self.height())
        paint.words(painter, rect, self._shown(), look.font("dense"), look.colour(tone))
        if self.hasFocus():
            paint.box(painter, QRectF(self.rect()), 4, edge=look.colour("accent"), width=2)

"""线路条 one sentence on the line, and how far catching up has come."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.shortcuts import Key
from ui.sync.view import LineView
from ui.widgets import paint
from ui.widgets.key_button import KeyButton
from ui.widgets.sign import Sign
from ui.widgets.text import Text, restyle

KINDS = {"ok": ("ok", "check", "ok"), "busy": ("info", "sync", "accent"), "soon": ("info", "sync", "accent")}
CUT = ("warn", "link-off", "warn")


class Progress(QWidget):
    """进度 done of total as a thin bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_part(self, done: int, total: int) -> None:
        """So much is done."""
        self._part = min(1.0, done / total) if total else 0.0
        self.setAccessibleName(f"{done} / {total}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(220), theme.current().px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        rect = QRectF(self.rect())
        paint.box(painter, rect, rect.height() / 2, ground=look.colour("line"))
        if self._part > 0:
            done = QRectF(0, 0, max(rect.height(), rect.width() * self._part), rect.height())
            paint.box(painter, done, rect.height() / 2, ground=look.colour("fill"))


class LineBar(QFrame):
    """线路条 `retry` where trying again now can help, `hold` while much is being sent."""

    retry = Signal()
    hold = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lineBar")
        self.setProperty("strip", "ok")
        self._sign = Sign("check", 20, "ok")
        self._head = Text("", "body", strong=True)
        self._rest = Text("", "dense", tone="ink2", wrap=True)
        self._count = Text("", "body", strong=True)
        self._progress = Progress()
        self._retry = KeyButton(tr("现在再试"), Key.NEXT_STEP, parent=self)
        self._retry.setObjectName("retryNow")
        self._retry.chosen.connect(self.retry)
        self._keyless = KeyButton(tr("现在再试"), parent=self)
        self._keyless.chosen.connect(self.retry)
        self._hold = KeyButton(tr("先停下"), parent=self)
        self._hold.setObjectName("holdOff")
        self._hold.chosen.connect(self.hold)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 12, 7)
        row.setSpacing(12)
        row.addWidget(self._sign)
        words = QVBoxLayout()
        words.setSpacing(1)
        first = QHBoxLayout()
        first.setSpacing(14)
        first.addWidget(self._head)
        first.addWidget(self._rest, 1)
        words.addLayout(first)
        self._more = {key: Text("", "dense", tone="ink2", wrap=True) for key in ("goes", "stops", "tell", "copy")}
        for text in self._more.values():
            words.addWidget(text)
        row.addLayout(words, 1)
        row.addWidget(self._count)
        row.addWidget(self._progress)
        row.addWidget(self._retry)
        row.addWidget(self._keyless)
        row.addWidget(self._hold)
        self._view: LineView | None = None

    def render(self, view: LineView) -> None:  # type: ignore[override]
        """Say this."""
        if view == self._view:
            return
        self._view = view
        strip, icon, tone = KINDS.get(view.kind, CUT)
        self._sign.show_icon(icon, tone)
        self._head.say(view.head)
        self._rest.say(view.rest)
        self._more["goes"].say(tr("照常：{goes}", goes=view.goes) if view.goes else "")
        self._more["stops"].say(tr("先不办：{stops}", stops=view.stops) if view.stops else "")
        self._more["tell"].say(tr("跟群众说：{tell}", tell=view.tell) if view.tell else "")
        self._more["copy"].say(view.copy)
        self._hold.set_text(view.hold)
        self._hold.setVisible(bool(view.hold))
        behind = view.total > 0
        self._count.say(f"{view.done} / {view.total}" if behind else "")
        self._progress.show_part(view.done, view.total)
        self._progress.setVisible(behind)
        for button, shown in ((self._retry, view.retry and not view.key_taken), (self._keyless, view.key_taken)):
            button.set_reason(view.retry_reason)
            button.setVisible(view.retry and shown)
        self.setAccessibleName(f"{view.head}{view.rest}{view.goes}{view.stops}{view.tell}{view.copy}")
        self.setProperty("strip", strip)
        restyle(self)
        self._measure()

    def retry_button(self) -> KeyButton:
        """现在再试."""
        return self._retry

    def _measure(self) -> None:
        self.setMinimumHeight(theme.current().px(48))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

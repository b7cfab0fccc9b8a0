"""锁屏页 the covered screen: the lattice wall, whose session it is, one field; the work lies under it, unreadable and kept."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.duty.lock.view import LockView
from ui.duty.wall import SignInWall
from ui.language import tr
from ui.practice_band import PracticeBand
from ui.shortcuts import Key
from ui.text_size import TextSize
from ui.widgets.field import Field
from ui.widgets.focus import tab_through
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import ScrollBody
from ui.widgets.text import Text

FORM_WIDTH = 480
NOTHING_TYPED = tr("输密码。")


class LockPage(QWidget):
    """锁屏 `unlock_requested(text)`; `other_requested` when somebody else is to sign in, which ends this session."""

    unlock_requested = Signal(str)
    other_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lock")
        self.setAccessibleName(tr("锁屏"))
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._view = LockView()
        self._band = PracticeBand(self)
        self._wall = SignInWall(self)
        self._heading = Text("", "question", wrap=True)
        self._since = Text("", "dense", tone="ink2", wrap=True)
        self._secret = Field(tr("密码"), "password")
        self._secret.line.setObjectName("unlockSecret")
        self._unlock = KeyButton(tr("解锁"), "Enter", "next", parent=self)
        self._unlock.setObjectName("unlock")
        self._unlock.set_height(44)
        self._kept = Text("", "dense", wrap=True)
        self._other = KeyButton(tr("换人登录"), Key.NEW, "plain", parent=self)
        self._other.setObjectName("otherPerson")
        self._lay_out()
        self._secret.entered.connect(self._try)
        self._secret.edited.connect(self._on_edited)
        self._unlock.chosen.connect(self._try)
        self._other.chosen.connect(self.other_requested)
        TextSize(self)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._band)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._wall)
        self._holder = QWidget(self)
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part, gap in (
            (self._heading, 4), (self._since, 20), (self._secret, 16), (self._unlock, 24), (self._kept, 12),
        ):  # fmt: skip
            column.addWidget(part)
            column.addSpacing(gap)
        column.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeft)
        scroll = ScrollBody(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.body.setSpacing(0)
        scroll.body.addStretch(3)
        line = QHBoxLayout()
        line.addWidget(self._holder)
        line.addStretch(1)
        scroll.body.addLayout(line)
        scroll.body.addStretch(4)
        self._right = QVBoxLayout()
        self._right.addWidget(scroll, 1)
        row.addLayout(self._right, 1)
        whole.addLayout(row, 1)

    def render(self, view: LockView) -> None:  # type: ignore[override]
        """Show this; what is typed stays until it was right."""
        before, self._view = self._view, view
        self._band.setVisible(view.practice)
        self._wall.render_wall(view.hall_name, view.motto, view.window_number)
        self._heading.setText(tr("{person} 的屏幕锁着", person=view.person))
        self._since.say(view.since_text)
        self._secret.label.setText(tr("密码或 PIN") if view.with_pin else tr("密码"))
        self._secret.set_hint(view.why_text)
        self._unlock.set_text(tr("正在核对…") if view.busy else tr("解锁"))
        self._kept.say(tr("登录还在，写着的都在。换人登录，这一次登录就结束。"))
        if before.finding != view.finding or (before.busy and not view.busy):
            self._secret.set_finding(view.finding)
            if view.finding:
                self._secret.select_all()

    def forget(self) -> None:
        """What was typed is not for who comes after."""
        self._secret.set_text("")
        self._secret.set_finding("")

    @Slot()
    def _try(self) -> None:
        if self._view.busy:
            return
        if self._secret.text():
            self.unlock_requested.emit(self._secret.text())
        else:
            self._secret.set_finding(NOTHING_TYPED)
            self._secret.line.setFocus()

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._secret.set_finding("")

    def _measure(self) -> None:
        look = theme.current()
        room = self.width() / look.scale
        self._wall.setVisible(room >= 900)
        self._wall.setFixedWidth(max(320, min(560, round(self.width() * 0.41))))
        self._holder.setFixedWidth(min(look.px(FORM_WIDTH), max(320, round(self.width() * 0.53))))
        left = 72 if room >= 1200 else 40
        self._right.setContentsMargins(left, 16, 56 if room >= 1200 else 24, 12)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Not before it stands in its window: alone it is the end of Qt's ring itself.
        tab_through(self._secret.line, self._unlock, self._other)
        QTimer.singleShot(0, self, self._secret.line.setFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_right"):
            self._measure()

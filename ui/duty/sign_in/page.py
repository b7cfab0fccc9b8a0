"""登录页 who sits at this window: account, password, Enter; in the training hall a row fills both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.duty.sign_in.proof_fields import ProofFields
from ui.duty.sign_in.view import SignInView
from ui.duty.wall import SignInWall
from ui.language import ENGLISH, SPOKEN, tr
from ui.practice_band import PracticeBand
from ui.shortcuts import Key
from ui.text_size import TextSize
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.lamp import Lamp
from ui.widgets.pane import ScrollBody
from ui.widgets.strip import Strip
from ui.widgets.text import Text

if TYPE_CHECKING:
    from ui.duty.sign_in.practice_list import PracticeList

FORM_WIDTH = 480
NO_ACCOUNT = tr("写上工号或姓名。")
NO_PASSWORD = tr("写上密码。")
CAPS_ON = tr("大写锁定开着，密码分大小写。")


class SignInPage(QWidget):
    """登录 `sign_in_requested(account, password)`; text is never cleared while it is wrong, a wrong password is selected.

    `proof_given(account, password, code, new password)` instead, while the page asks for more; `person_changed` when another account is
    typed then.
    """

    sign_in_requested = Signal(str, str)
    other_language_requested = Signal()
    proof_given = Signal(str, str, str, str)
    person_changed = Signal()
    larger_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("signIn")
        self.setAccessibleName(tr("登录"))
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._view: SignInView | None = None
        self._wall = SignInWall(self)
        self._band = PracticeBand(self)
        self._heading = Text("", "question")
        self._when = Text("", "dense", tone="ink2")
        self._offline = Strip(self)
        self._account = Field(tr("工号或姓名"))
        self._account.line.setObjectName("account")
        self._password = Field(tr("密码"), "password")
        self._password.line.setObjectName("password")
        self._password.line.installEventFilter(self)
        self._proofs = ProofFields(self)
        self._enter = KeyButton(tr("登录"), "Enter", "next", parent=self)
        self._enter.setObjectName("signInButton")
        self._enter.set_height(44)
        self._people: PracticeList | None = None
        self._line = Lamp(parent=self)
        self._printer = Lamp(parent=self)
        self._version = Text("", "note", tone="ink2")
        self._larger = KeyButton(tr("大字"), Key.LARGER, "quiet", parent=self)
        self._larger.setObjectName("largerText")
        self._language = KeyButton("中文" if SPOKEN == ENGLISH else "English", "", "quiet", parent=self)
        self._language.setObjectName("otherLanguage")
        self._lay_out()
        self._connect()
        TextSize(self, without=(Key.LARGER,))

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._band)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._wall)
        self._right = QVBoxLayout()
        self._right.setSpacing(0)
        scroll = ScrollBody(self)
        scroll.body.setSpacing(0)
        scroll.body.addStretch(3)
        scroll.body.addLayout(self._form())
        scroll.body.addStretch(2)
        self._right.addWidget(scroll, 1)
        self._right.addSpacing(8)
        self._right.addLayout(self._foot())
        row.addLayout(self._right, 1)
        whole.addLayout(row, 1)

    def _form(self) -> QHBoxLayout:
        holder = QWidget(self)
        self._holder = holder
        self._column = column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part, gap in (
            (self._heading, 4), (self._when, 20), (self._offline, 12), (self._account, 12), (self._password, 16),
            (self._proofs, 0), (self._enter, 24),
        ):  # fmt: skip
            column.addWidget(part)
            column.addSpacing(gap)
        line = QHBoxLayout()
        line.addWidget(holder)
        line.addStretch(1)
        return line

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self._line)
        foot.addWidget(self._printer)
        foot.addStretch(1)
        foot.addWidget(self._version)
        foot.addWidget(self._larger)
        foot.addWidget(self._language)
        return foot

    def _connect(self) -> None:
        self._language.chosen.connect(self.other_language_requested)
        self._account.entered.connect(self._on_account_done)
        self._password.entered.connect(self._try)
        self._proofs.entered.connect(self._try)
        self._proofs.edited.connect(self._on_edited)
        self._account.edited.connect(self._on_account_edited)
        self._enter.chosen.connect(self._try)
        self._account.edited.connect(self._on_edited)
        self._password.edited.connect(self._on_edited)
        self._larger.chosen.connect(self.larger_requested)

    def render(self, view: SignInView) -> None:  # type: ignore[override]
        """Show this; what the clerk typed stays."""
        before, self._view = self._view, view
        self._wall.render_wall(view.hall_name, view.motto, view.window_number)
        self._band.setVisible(view.practice)
        where = tr("登录 {window_number}号窗口", window_number=view.window_number)
        self._heading.setText(where if view.window_number else tr("登录"))
        self._when.say("　".join(part for part in (view.date_text, view.hours_text) if part))
        if view.offline_sentence:
            self._offline.say(view.offline_sentence, icon="link-off")
        else:
            self._offline.clear()
        if view.account_text and (before is None or before.account_text != view.account_text):
            self._account.set_text(view.account_text)
        self._line.render_lamp(view.line_lamp, view.line_sentence, tr("线路"))
        self._printer.render_lamp(view.printer_lamp, view.printer_sentence, tr("打印机"))
        self._version.say(view.version_text)
        asks_new = view.asks is not None and view.asks.new
        self._enter.set_text(tr("正在核对…") if view.busy else tr("换密码并登录") if asks_new else tr("登录"))
        self._password.set_hint(view.password_hint)
        self._proofs.render_asks(view.asks)
        self._show_people(view)
        if before is None or before.finding != view.finding or (before.busy and not view.busy):
            self._show_finding(view)

    def _show_people(self, view: SignInView) -> None:
        if view.training and self._people is None:
            # Imported here: a desk that is no training hall has none, and comes up without a table.
            from ui.duty.sign_in.practice_list import PracticeList

            self._people = PracticeList(self._holder)
            self._column.addWidget(self._people)
            self._people.chosen.connect(self._fill)
            self._people.opened.connect(self._try)
        if self._people is not None:
            self._people.setVisible(bool(view.training) and view.asks is None)
            self._people.show_people(view.training)
        self._measure()

    def _show_finding(self, view: SignInView) -> None:
        at_password = view.finding_at == "password"
        self._password.set_finding(view.finding if at_password else "")
        self._proofs.show_finding("password" if at_password else view.finding_at, view.finding)
        if view.finding and at_password:
            self._password.select_all()

    def forget_secrets(self) -> None:
        """Somebody is in: what he typed is not for who sits here after him."""
        self._password.set_text("")
        self._proofs.forget()

    def _measure(self) -> None:
        look = theme.current()
        for lamp in (self._line, self._printer):  # longer words beside large letters
            lamp.set_brief(SPOKEN == ENGLISH and look.scale > 1.2)
        room = self.width() / look.scale
        self._wall.setVisible(room >= 900)
        self._wall.setFixedWidth(max(320, min(560, round(self.width() * 0.41))))
        self._holder.setFixedWidth(min(look.px(FORM_WIDTH), max(320, round(self.width() * 0.53))))
        left = 72 if room >= 1200 else 40
        self._right.setContentsMargins(left, 16, 56 if room >= 1200 else 24, 12)
        if self._people is not None:  # it gives way first
            self._people.measure(5 if self.height() / look.scale >= 600 else 2)

    @Slot()
    def _on_account_done(self) -> None:
        if self._account.text().strip():
            self._password.line.setFocus()
        else:
            self._account.set_finding(NO_ACCOUNT)

    @Slot()
    def _try(self) -> None:
        account, password = self._account.text().strip(), self._password.text()
        if self._view is not None and self._view.busy:
            return
        self._account.set_finding("" if account else NO_ACCOUNT)
        if not account:
            self._account.line.setFocus()
        elif not password:
            self._password.set_finding(NO_PASSWORD)
            self._password.line.setFocus()
        elif not self._proofs.asking():
            self.sign_in_requested.emit(account, password)
        elif self._proofs.complete():
            self.proof_given.emit(account, password, *self._proofs.typed())

    @Slot(str)
    def _fill(self, row_id: str) -> None:
        if self._view is None:
            return
        one = self._view.training[int(row_id)]
        self._account.set_text(one.typed())
        self._password.set_text(one.password)
        self._account.set_finding("")
        self._password.set_finding("")

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._account.set_finding("")
        self._password.set_finding("")

    @Slot(str)
    def _on_account_edited(self, text: str) -> None:
        if self._proofs.asking():
            self.person_changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.text().isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            caps = event.text().isupper() != shifted
            hint = self._view.password_hint if self._view is not None else ""
            self._password.set_hint(CAPS_ON if caps else hint)
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._take_focus)

    @Slot()
    def _take_focus(self) -> None:
        (self._password if self._account.text() else self._account).line.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_right"):
            self._measure()

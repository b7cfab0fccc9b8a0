"""带教条 the strip over every page while a learner's step waits for his mentor; it never takes the focus by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.duty.consent.view import ConsentView
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.text import Text

NOTE, SECRET = tr("不同意就写一句为什么"), tr("{mentor} 的密码或 PIN")
NOTE_MISSING = tr("写一句为什么，让他知道怎么改。")
SECRET_MISSING = tr("请他输密码或 PIN。")
FIELD_WIDTH = 260


class ConsentStrip(QFrame):
    """带教条 `agreed(id)` by one key, `sent_back(id, note)`, `agreed_here(id, secret)`, `case_wanted(id)` to look at it."""

    agreed = Signal(str)
    sent_back = Signal(str, str)
    agreed_here = Signal(str, str)
    case_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("consentStrip")
        self.setProperty("strip", "info")
        self._view: ConsentView | None = None
        self._head, self._rest = Text("", "body", strong=True, wrap=True), Text("", "dense", tone="ink2", wrap=True)
        self._note, self._secret = Field("", optional=False), Field("", "password")
        self._note.line.setObjectName("consentNote")
        self._secret.line.setObjectName("consentSecret")
        self._look = KeyButton(tr("看这件"), "", "quiet", parent=self)
        self._look.setObjectName("consentLook")
        self._back = KeyButton(tr("退回"), "Enter", parent=self)
        self._back.setObjectName("consentBack")
        self._agree = KeyButton(tr("同意"), Key.CONSENT, parent=self)
        self._agree.setObjectName("consentAgree")
        self._here = KeyButton(tr("当面同意"), "Enter", parent=self)
        self._here.setObjectName("consentHere")
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._head)
        words.addWidget(self._rest)
        words.addStretch(1)
        row.addLayout(words, 1)
        for part in (self._look, self._note, self._secret, self._back, self._agree, self._here):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        for field in (self._note, self._secret):
            field.label.hide()
            field.setFixedWidth(FIELD_WIDTH)

    def _connect(self) -> None:
        self._look.chosen.connect(self._on_look)
        self._agree.chosen.connect(self._on_agree)
        self._back.chosen.connect(self._on_back)
        self._note.entered.connect(self._on_back)
        self._here.chosen.connect(self._on_here)
        self._secret.entered.connect(self._on_here)

    def render(self, view: ConsentView | None) -> None:  # type: ignore[override]
        """Show this question, or nothing; what is typed stays while it is the same one."""
        before, self._view = self._view, view
        if view is None or before is None or view.id != before.id:
            self._forget()
        self.setVisible(view is not None)
        if view is None:
            return
        self._head.say(view.head)
        self._rest.say(view.rest)
        self.setAccessibleName(f"{view.head}{view.rest}")
        for part in (self._note, self._back, self._agree, self._look):
            part.setVisible(view.at_mentor)
        for part in (self._secret, self._here):
            part.setVisible(not view.at_mentor)
        secret = SECRET.format(mentor=view.mentor)
        _name(self._note.line, NOTE)
        _name(self._secret.line, secret)
        self._here.set_text(tr("正在核对…") if view.busy else tr("当面同意"))
        field = self._note if view.at_mentor else self._secret
        field.set_finding(view.finding)
        if view.finding and not view.at_mentor:
            field.select_all()

    def _forget(self) -> None:
        for field in (self._note, self._secret):
            field.set_text("")
            field.set_finding("")

    @Slot()
    def _on_look(self) -> None:
        if self._view is not None:
            self.case_wanted.emit(self._view.id)

    @Slot()
    def _on_agree(self) -> None:
        if self._view is not None and not self._view.busy:
            self.agreed.emit(self._view.id)

    @Slot()
    def _on_back(self) -> None:
        if self._view is None or self._view.busy:
            return
        if self._note.text().strip():
            self.sent_back.emit(self._view.id, self._note.text().strip())
        else:
            self._note.set_finding(NOTE_MISSING)
            self._note.line.setFocus()

    @Slot()
    def _on_here(self) -> None:
        if self._view is None or self._view.busy:
            return
        if self._secret.text():
            self.agreed_here.emit(self._view.id, self._secret.text())
        else:
            self._secret.set_finding(SECRET_MISSING)
            self._secret.line.setFocus()


def _name(line: QLineEdit, words: str) -> None:
    line.setPlaceholderText(words)
    line.setAccessibleName(words)

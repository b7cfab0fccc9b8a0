"""送审处 why the case is not decided here and who takes it; the one filled button sends it and prints its paper."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.language import tr
from ui.sealing.view import NO_AUTHORITY, AuthorityView
from ui.shortcuts import Key
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.text import Text


class SendFoot(QFrame):
    """送审处 `send_out_wanted(why, taker)`; what was typed stays while it is the same case."""

    send_out_wanted = Signal(str, str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sendFoot")
        self.setProperty("nextbar", True)
        self._view = NO_AUTHORITY
        self._case = ""
        self.why = Field(tr("为什么送"), placeholder=tr("写一句为什么不在窗口定"), parent=self)
        self.taker = Field(tr("送给"), placeholder=tr("哪个科室，谁接"), parent=self)
        self.act = KeyButton(tr("送审并打印送审单"), Key.NEXT_STEP, "next", parent=self)
        self.act.setObjectName("sendOut")
        self.act.set_height(44)
        self._note = Text("", "note", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for part in (self.why, self.taker, self.act, self._note):
            column.addWidget(part)
        for name, field in (("sendWhy", self.why), ("sendTaker", self.taker)):
            field.line.setObjectName(name)
            field.edited.connect(self._judge)
            field.entered.connect(self.act.setFocus)
        self.act.chosen.connect(self._send)
        self.act.refused.connect(self.refused)
        self.hide()

    def render(self, view: AuthorityView) -> None:  # type: ignore[override]
        """Show this case's way out, if it has one."""
        self._view, sent = view, view.send_out
        self.setVisible(sent is not None)
        if sent is None:
            self._case = ""
            return
        if view.case != self._case:
            self._case = view.case
            self.why.set_text(sent.why)
            self.taker.set_text(sent.taker)
        self.act.set_text(view.act)
        self._note.say(view.foot_note)
        self._judge()

    @Slot()
    def _judge(self) -> None:
        gaps = ((self.why, tr("还没写为什么送")), (self.taker, tr("还没写送给谁")))
        self.act.set_reason(next((words for field, words in gaps if not field.text().strip()), ""))

    @Slot()
    def _send(self) -> None:
        if not self._view.busy:
            self.send_out_wanted.emit(self.why.text().strip(), self.taker.text().strip())

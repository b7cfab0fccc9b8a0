"""领取方式 the strip over the counter: fetched at the hall or sent by post, to whom and where."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clerk_app.receipts.handing.model import how_words
from ui.language import tr
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.segments import Segments
from ui.widgets.text import Text

PICK_UP, POST = "pick_up", "post"


@dataclass(frozen=True, kw_only=True)
class DeliveryView:
    """领取方式 what stands there at first; `no_post` says why nothing goes by post here (empty: it may)."""

    id: str = ""
    title: str = ""
    how: str = PICK_UP
    where: str = ""
    name: str = ""
    phone: str = ""
    address: str = ""
    no_post: str = ""


class DeliveryPane(QFrame):
    """领取方式 `changed()` on every keystroke, `wanted()` to write it down, `closed()` by Esc."""

    changed = Signal()
    wanted = Signal()
    closed = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("deliveryPane")
        self.setProperty("pane", True)
        self.setAccessibleName(tr("领取方式"))
        self._view = DeliveryView()
        self._title = Text("", "section", strong=True)
        self.how = Segments(tuple(how_words.items()), self)
        self.how.chosen.connect(self._on_how)
        self.name = Field(tr("收件人"), parent=self)
        self.phone = Field(tr("电话"), placeholder=tr("手机号，或带区号的电话"), parent=self)
        self.address = Field(tr("地址"), placeholder=tr("省、市、区、街道、门牌"), parent=self)
        self._said = Text("", "body", wrap=True)
        self.save = KeyButton(tr("记下"), "Enter", "next", bind=False, parent=self)
        self.save.setObjectName("saveDelivery")
        self.save.chosen.connect(self.wanted)
        self.save.refused.connect(self.refused)
        close = KeyButton(tr("不改了"), "Esc", parent=self)
        close.chosen.connect(self.closed)
        for field in self.fields():
            field.edited.connect(self._on_change)
            field.entered.connect(self._on_enter)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self.how, 0, Qt.AlignmentFlag.AlignLeft)
        who = QHBoxLayout()
        who.setSpacing(12)
        who.addWidget(self.name, 1)
        who.addWidget(self.phone, 1)
        column.addLayout(who)
        column.addWidget(self.address)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._said, 1)
        foot.addWidget(close, 0, Qt.AlignmentFlag.AlignBottom)
        foot.addWidget(self.save, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(foot)

    def fields(self) -> tuple[Field, ...]:
        """What is typed for a letter, in order."""
        return (self.name, self.phone, self.address)

    def render(self, view: DeliveryView) -> None:  # type: ignore[override]
        """Ask for this case; what was typed stays while it is the same asking."""
        self._title.say(view.title)
        if view.id != self._view.id:
            self.name.set_text(view.name)
            self.phone.set_text(view.phone)
            self.address.set_text(view.address)
            self.how.choose(view.how)
        self._view = view
        self._show_fields()

    def say(self, words: str, reason: str) -> None:
        """What is still wrong, or where it will lie; `reason` keeps the button off."""
        self._said.say(words)
        self.save.set_reason(reason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.how.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        else:
            super().keyPressEvent(event)

    def _show_fields(self) -> None:
        for field in self.fields():
            field.setVisible(self.how.current() == POST)

    @Slot(str)
    def _on_how(self, how: str) -> None:
        self._show_fields()
        if how == POST:
            first = next((field for field in self.fields() if not field.text().strip()), self.address)
            first.select_all()
        self.changed.emit()

    @Slot(str)
    def _on_change(self, _: str) -> None:
        self.changed.emit()

    @Slot()
    def _on_enter(self) -> None:
        self.save.click()

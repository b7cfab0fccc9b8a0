"""自助机的几张大卡 the beginning, the end, and the question whether somebody is still there: big type, few words, one thing to do."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.kiosk.keypad import BACK, Keypad
from ui.language import tr
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.strip import Strip, StripKind
from ui.widgets.text import Text

CARD, TALL, FIELD = 620, 56, 44
KEYS, ACROSS, WIDE = (*"1234567890", BACK, "", *"ABCDEFGHJKVY"), 12, 800
"""What ticket numbers are made of."""
HOW = tr("号票：扫上面的二维码，或输大号码")
STEPS = (
    tr("1　在这里把企业登记表填好，填多少算多少。"),
    tr("2　核对一遍，按“交上去”。"),
    tr("3　叫到您的号，到窗口告诉工作人员：已预填。"),
)
PRIVATE = tr("没有交之前，填的只在这块屏幕上；交上去以后，这台机器不留。两分钟没人动，会自己清屏。")


@dataclass(frozen=True, kw_only=True)
class EndView:
    """交完了 the number to be called by, and what to do."""

    head: str
    number: str
    words: str
    note: str
    kind: StripKind = "ok"


class Card(QWidget):
    """大卡 in the middle of the screen."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.pane = Pane(padding=32, parent=self)
        self.pane.setMaximumWidth(theme.current().px(CARD))
        self.pane.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.pane.body.setSpacing(theme.current().px(14))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollBody(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.addWidget(scroll)
        column = scroll.body
        column.setContentsMargins(12, 12, 12, 12)
        column.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.pane, 100)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)

    def button(self, words: str, key: str, name: str, *, filled: bool = False) -> KeyButton:
        """A large button at the card's foot."""
        made = KeyButton(words, key, "next" if filled else "plain", bind=False, parent=self)
        made.setObjectName(name)
        made.set_height(TALL)
        return made


class WelcomeCard(Card):
    """开头 `begun(typed)`; what was typed stays while it is not right."""

    begun = Signal(str)
    practised = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("kioskWelcome", parent)
        body = self.pane.body
        body.addWidget(Text(tr("企业登记 自助填表"), "question"))
        for words in STEPS:
            body.addWidget(Text(words, "section", wrap=True))
        self._strip = Strip(self)
        body.addWidget(self._strip)
        self.field = Field(HOW, "digits", placeholder="A023")
        self.field.line.setObjectName("kioskTicket")
        body.addWidget(self.field)
        self.field.line.setProperty("large", True)
        self.keys = Keypad(self.field.line, KEYS, ACROSS, tall=50)
        self.keys.hide()
        body.addWidget(self.keys)
        row = QHBoxLayout()
        self.home = self.button(tr("返回"), "", "kioskHomeBack")
        self.home.hide()
        row.addWidget(self.home)
        self.practice = self.button(tr("用一张练习号票"), "", "kioskPractice")
        self.practice.hide()
        self.start = self.button(tr("开始填"), "Enter", "kioskStart", filled=True)
        row.addWidget(self.practice)
        row.addStretch(1)
        row.addWidget(self.start)
        body.addLayout(row)
        body.addWidget(Text(PRIVATE, "body", tone="ink2", wrap=True))
        self.field.entered.connect(self._on_start)
        self.start.chosen.connect(self._on_start)
        self.practice.chosen.connect(self.practised)

    def say(self, sentence: str, kind: StripKind = "warn") -> None:
        """Why it does not begin, or what is going on."""
        if sentence:
            self._strip.say(sentence, kind=kind)
        else:
            self._strip.clear()

    def said(self) -> str:
        """What it says."""
        return self._strip.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sheet has said how low a line may be: a finger wants it higher."""
        super().resizeEvent(event)
        self.field.line.setMinimumHeight(theme.current().px(FIELD))

    def set_busy(self, *, busy: bool) -> None:
        """While the centre is asked."""
        self.start.set_reason(tr("正在认号票") if busy else "")

    def show_keys(self) -> None:
        """Touch keys for the number, and a way back."""
        self.home.show()
        self.keys.show()
        self.pane.setMaximumWidth(theme.current().px(WIDE))
        self.pane.body.setSpacing(theme.current().px(7))

    def fresh(self) -> None:
        """For the next person."""
        self.field.line.clear()
        self.set_busy(busy=False)
        self.say("")
        self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_start(self) -> None:
        if not self.start.reason():
            self.begun.emit(self.field.line.text())


class EndCard(Card):
    """交完了 `done` by Enter."""

    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("kioskEnd", parent)
        body = self.pane.body
        self._head = Text("", "question")
        self._number = Text("", "ticket", tone="accent")
        self._number.setObjectName("kioskNumber")
        self._words = Text("", "section", strong=True, wrap=True)
        self._note = Text("", "body", tone="ink2", wrap=True)
        for one in (self._head, self._number, self._words, self._note):
            body.addWidget(one)
        row = QHBoxLayout()
        row.addStretch(1)
        self.button_ = self.button(tr("知道了"), "Enter", "kioskDone", filled=True)
        row.addWidget(self.button_)
        body.addLayout(row)
        self.button_.chosen.connect(self.done)

    def render(self, view: EndView) -> None:  # type: ignore[override]
        """Show this."""
        self._head.say(view.head)
        self._number.say(view.number)
        self._words.say(view.words)
        self._note.say(view.note)
        self._note.set_tone("warn" if view.kind == "warn" else "ink2")
        self.button_.setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> str:
        """All it says."""
        return " ".join(one.text() for one in (self._head, self._number, self._words, self._note))


class StillThereCard(Card):
    """还在填吗 `stay` and `leave`; a touch anywhere is staying."""

    stay = Signal()
    leave = Signal()

    def __init__(
        self, head: str, words: str, leave: str, name: str, stay: str = tr("接着填"), parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        body = self.pane.body
        body.addWidget(Text(head, "question"))
        body.addWidget(Text(words, "section", wrap=True))
        row = QHBoxLayout()
        self.go = self.button(leave, "", f"{name}Leave")
        self.on = self.button(stay, "Enter", f"{name}Stay", filled=True)
        row.addWidget(self.go)
        row.addStretch(1)
        row.addWidget(self.on)
        body.addLayout(row)
        self.on.chosen.connect(self.stay)
        self.go.chosen.connect(self.leave)

    def showEvent(self, event: QShowEvent) -> None:
        """Enter goes on: nothing is thrown away by a hand that only woke the screen."""
        super().showEvent(event)
        self.on.setFocus(Qt.FocusReason.OtherFocusReason)

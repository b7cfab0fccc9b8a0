"""号票条 the ticket as one strip over the work, where the window is narrow; the waiting list opens with F5."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.queueing.view import TicketView, WaitingView
from ui.shortcuts import Key
from ui.widgets.key_button import KeyButton
from ui.widgets.one_line import OneLine
from ui.widgets.text import Text


class TicketStrip(QFrame):
    """号票条 56 high: number, time, and the keys of the moment."""

    call_next = Signal()
    arrived = Signal()
    recall = Signal()
    pass_over = Signal()
    hold = Signal()
    forward = Signal()
    finish = Signal()
    lists = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ticketStrip")
        self.setProperty("pane", True)
        self.setAccessibleName(tr("正在办理"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(8)
        self._number = Text("", "question")
        words = QVBoxLayout()
        words.setSpacing(0)
        self._clock = Text("", "body", strong=True)
        self._note = OneLine("", "note", tone="ink2")
        words.addStretch(1)
        words.addWidget(self._clock)
        words.addWidget(self._note)
        words.addStretch(1)
        row.addWidget(self._number)
        row.addLayout(words, 1)
        self._buttons = {
            name: self._add(row, name, text, key, filled=name in ("stripArrived", "stripCall"))
            for name, text, key in (
                ("stripRecall", tr("重呼"), Key.RECALL),
                ("stripPass", tr("过号"), Key.SKIP),
                ("stripHold", tr("挂起"), Key.HOLD),
                ("stripFinish", tr("办结"), Key.FINISH),
                ("stripLists", tr("等候 0 人"), ""),
                ("stripArrived", tr("来了"), Key.CALL_NEXT),
                ("stripCall", tr("叫下一位"), Key.CALL_NEXT),
            )
        }
        self._connect()

    def _connect(self) -> None:
        for name, signal in (
            ("stripRecall", self.recall),
            ("stripPass", self.pass_over),
            ("stripHold", self.hold),
            ("stripLists", self.lists),
            ("stripFinish", self.finish),
            ("stripArrived", self.arrived),
            ("stripCall", self.call_next),
        ):
            self._buttons[name].chosen.connect(signal)

    def _add(self, row: QHBoxLayout, name: str, text: str, key: str, *, filled: bool) -> KeyButton:
        button = KeyButton(text, key, "next" if filled else "plain", bind=False, parent=self)
        button.setObjectName(name)
        button.set_height(40)
        row.addWidget(button)
        return button

    def render_strip(self, ticket: TicketView, waiting: WaitingView) -> None:
        """Show the ticket in hand and how many wait."""
        called, serving = ticket.phase == "called", ticket.phase == "serving"
        held = called or serving
        self._number.say(ticket.number if held else "")
        self.show_clock(ticket.clock if held else tr("手上没有号票"))
        self._note.say("·".join(part for part in (ticket.person, ticket.business) if part) if held else waiting.note)
        self._buttons["stripLists"].set_text(waiting.title)
        self._buttons["stripRecall"].set_reason(ticket.recall_reason)
        self._buttons["stripFinish"].set_reason(ticket.finish_reason)
        self._buttons["stripCall"].set_reason(waiting.call_reason)
        shown = {
            "stripRecall": called,
            "stripPass": called,
            "stripArrived": called,
            "stripHold": serving,
            "stripFinish": serving,
            "stripCall": not held,
            "stripLists": True,
        }
        for name, visible in shown.items():
            self._buttons[name].setVisible(visible)

    def show_clock(self, text: str) -> None:
        """The one thing that ticks."""
        self._clock.say(text)

    def button(self, name: str) -> KeyButton:
        """A button by its name."""
        return self._buttons[name]

    def minimumSizeHint(self) -> QSize:
        """56 high, and more while a button says why it cannot be pressed."""
        return super().minimumSizeHint().expandedTo(QSize(0, theme.current().px(56)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

"""正在办理 the pane of the ticket in hand: its number large, its times, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.queueing.view import TicketView
from ui.shortcuts import Key
from ui.widgets.key_button import KeyButton
from ui.widgets.one_line import OneLine
from ui.widgets.pane import Pane
from ui.widgets.sign import Sign
from ui.widgets.tag import Tag, TagKind, TagView
from ui.widgets.text import Role, Text, restyle

SIZES: tuple[tuple[int, Role], ...] = ((4, "ticket"), (5, "long_ticket"))
"""How large a number of so many signs is, beside its times."""
STATES: dict[str, tuple[str, TagKind]] = {
    "none": ("", "plain"),
    "called": (tr("叫号中"), "warn"),
    "serving": (tr("已到窗"), "ok"),
}


class TicketPane(Pane):
    """正在办理 its keys are bound by the page; here they are only printed."""

    arrived = Signal()
    recall = Signal()
    pass_over = Signal()
    hold = Signal()
    forward = Signal()
    finish = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("ticketPane")
        self.setAccessibleName(tr("正在办理"))
        self._rank = Text("", "dense")
        self._number = Text("", "ticket")
        self._number.setObjectName("ticketNumber")
        self._clock_sign = Sign("clock", 16)
        self._clock = Text("", "body", strong=True)
        self._clock.setObjectName("ticketClock")
        self._note = Text("", "note", tone="ink2")
        self._person = Text("", "body", strong=True)
        self._business = OneLine("", "body")
        self._state = Tag()
        self._tags = QHBoxLayout()
        self._more: list[Tag] = []
        self._none = Text(tr("手上没有号票。叫下一位（F2），号票就在这里。"), "dense", wrap=True)
        self._recall = self._button("recall", tr("重呼"), Key.RECALL, stacked=True)
        self._pass = self._button("passOver", tr("过号"), Key.SKIP, stacked=True)
        self._hold = self._button("hold", tr("挂起"), Key.HOLD, stacked=True)
        self._forward = self._button("forward", tr("转移"), Key.FORWARD, stacked=True)
        self._arrived = self._button("arrived", tr("来了"), Key.CALL_NEXT, filled=True)
        self._finish = self._button("finish", tr("办结本号"), Key.FINISH)
        self._connect()
        self._lay_out()
        self._view: TicketView | None = None
        self.render(TicketView())

    def _button(self, name: str, text: str, key: str, *, stacked: bool = False, filled: bool = False) -> KeyButton:
        button = KeyButton(text, key, "next" if filled else "plain", stacked=stacked, bind=False, parent=self)
        button.setObjectName(name)
        return button

    def _connect(self) -> None:
        self._recall.chosen.connect(self.recall)
        self._pass.chosen.connect(self.pass_over)
        self._hold.chosen.connect(self.hold)
        self._forward.chosen.connect(self.forward)
        self._arrived.chosen.connect(self.arrived)
        self._finish.chosen.connect(self.finish)

    def _lay_out(self) -> None:
        self.body.setContentsMargins(16, 12, 16, 16)
        self.body.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(Text(tr("正在办理"), "dense"))
        head.addStretch(1)
        head.addWidget(self._rank)
        self.body.addLayout(head)
        self.body.addWidget(self._none)
        self.body.addLayout(self._number_row())
        self.body.addLayout(self._person_row())
        pair = QHBoxLayout()
        pair.setSpacing(6)
        for button in (self._recall, self._pass, self._hold, self._forward):
            pair.addWidget(button, 1)
        self.body.addLayout(pair)
        self.body.addWidget(self._arrived)
        self.body.addWidget(self._finish)

    def _number_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._number)
        row.addStretch(1)
        times = QVBoxLayout()
        times.setSpacing(2)
        clock = QHBoxLayout()
        clock.setSpacing(6)
        clock.addStretch(1)
        clock.addWidget(self._clock_sign)
        clock.addWidget(self._clock)
        times.addStretch(1)
        times.addLayout(clock)
        times.addWidget(self._note, 0, Qt.AlignmentFlag.AlignRight)
        times.addStretch(1)
        row.addLayout(times)
        return row

    def _person_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._person)
        row.addWidget(self._business, 1)
        self._tags.setSpacing(6)
        self._tags.addWidget(self._state)
        row.addLayout(self._tags)
        return row

    def render(self, view: TicketView) -> None:  # type: ignore[override]
        """Show this ticket, or that none is in hand."""
        if view == self._view:
            return
        self._view = view
        layout = self.layout()
        if layout is not None:
            layout.setEnabled(False)  # each part that comes lays out the whole window: once, when all is said
        self._say(view)
        if layout is not None:
            layout.setEnabled(True)

    def _say(self, view: TicketView) -> None:
        held = view.phase != "none"
        self._none.setVisible(not held)
        self._rank.say(view.rank)
        self._show_number(view.number if held else "")
        self.show_clock(view.clock if held else "")
        self._note.say(view.note if held else "")
        self._person.say(view.person if held else "")
        self._business.say(view.business if held else "")
        self._show_tags(view)
        called, serving = view.phase == "called", view.phase == "serving"
        self._recall.setVisible(called)
        self._pass.setVisible(called)
        self._hold.setVisible(held)
        self._forward.setVisible(serving)
        self._arrived.setVisible(called)
        self._finish.setVisible(serving)
        for button in (self._recall, self._pass, self._hold):
            button.set_height(52 if view.recall_reason else 46)
        self._recall.set_reason(view.recall_reason)
        self._finish.set_reason(view.finish_reason)

    def _show_number(self, number: str) -> None:
        role = next((role for longest, role in SIZES if len(number) <= longest), "question")
        if self._number.property("role") != role:
            self._number.setProperty("role", role)
            restyle(self._number)
        self._number.say(number)

    def show_clock(self, text: str) -> None:
        """The one thing that ticks."""
        self._clock.say(text)
        self._clock_sign.setVisible(bool(text))

    def buttons(self) -> tuple[KeyButton, ...]:
        """The ticket's keys, in Tab order."""
        return self._arrived, self._recall, self._pass, self._hold, self._forward, self._finish

    def button(self, name: str) -> KeyButton:
        """One of them by its name."""
        return next(button for button in self.buttons() if button.objectName() == name)

    def _show_tags(self, view: TicketView) -> None:
        while len(self._more) < len(view.tags):
            self._more.append(Tag(parent=self))
            self._tags.insertWidget(len(self._more) - 1, self._more[-1])
        for place, tag in enumerate(self._more):
            shown = view.tags[place] if place < len(view.tags) else TagView("")
            tag.render_tag(shown.text, shown.kind)
        word, kind = STATES[view.phase]
        self._state.render_tag(word, kind)

"""授权栏 why it may be granted, what is authorised, who authorises, and his PIN; after the seal, the register's line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.language import tr
from ui.sealing.fact_rows import Facts
from ui.sealing.pin_foot import PinFoot
from ui.sealing.send_foot import SendFoot
from ui.sealing.view import NO_AUTHORITY, AuthorityView
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.strip import Strip
from ui.widgets.text import Hair, Text


class AuthorityPane(Pane):
    """授权栏 its body scrolls, the PIN and the acts at its foot do not."""

    person_chosen = Signal(str)
    authorise_wanted = Signal(str, str)
    other_wanted = Signal()
    refusal_toggled = Signal(bool)
    reason_edited = Signal(str)
    absence_wanted = Signal(str)
    back_wanted = Signal()
    send_out_wanted = Signal(str, str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("authorityPane")
        self.setAccessibleName(tr("授权"))
        self._headline = Text("", "body", strong=True)
        self._head_note = Text("", "dense", wrap=True)
        self._why = [Text("", "body", wrap=True) for _ in range(3)]
        self._why_note = Text("", "dense", wrap=True)
        self._what_title = Text("", "body", strong=True)
        self._facts = Facts(self)
        self._what_note = Text("", "note", wrap=True)
        self._strip = Strip(self)
        self._hair = Hair()
        self.foot, self.way_out = PinFoot(self), SendFoot(self)
        self._view = NO_AUTHORITY
        self._lay_out()
        for name in ("person_chosen", "authorise_wanted", "refusal_toggled", "reason_edited", "absence_wanted"):
            getattr(self.foot, name).connect(getattr(self, name))
        self.foot.back_wanted.connect(self.back_wanted)
        self.foot.other_wanted.connect(self.other_wanted)
        self.foot.refused.connect(self.refused)
        self.way_out.send_out_wanted.connect(self.send_out_wanted)
        self.way_out.refused.connect(self.refused)

    def _lay_out(self) -> None:
        scroll = self._scroll = ScrollBody(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = scroll.body
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(6)
        column.addWidget(self._strip)
        words = QVBoxLayout()
        words.setSpacing(4)
        for text in (self._headline, self._head_note, *self._why, self._why_note):
            words.addWidget(text)
        column.addLayout(words)
        column.addSpacing(4)
        column.addWidget(self._hair)
        column.addSpacing(4)
        column.addWidget(self._what_title)
        column.addWidget(self._facts)
        column.addWidget(self._what_note)
        column.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(scroll, 1)
        self.add_foot(self.foot)
        self.add_foot(self.way_out)

    def render(self, view: AuthorityView) -> None:  # type: ignore[override]
        """Show this; what was typed stays while it is the same case."""
        if view == self._view:
            return
        before, self._view = self._view, view
        self._headline.say(view.head)
        self._headline.set_tone("ok" if view.sealed else "ink")
        self._head_note.say(view.head_note)
        for place, text in enumerate(self._why):
            text.say(view.why[place] if place < len(view.why) else "")
        self._why_note.say(view.why_note)
        self._what_title.say(view.what_title)
        self._facts.render(view.what)
        self._what_note.say(view.what_note)
        self._strip.render(view.strip)
        if view.strip is not None and view.strip != before.strip:
            self._scroll.verticalScrollBar().setValue(0)
        self.foot.render(view)
        self.way_out.render(view)
        self.foot.setVisible(bool(view.case) and view.send_out is None)

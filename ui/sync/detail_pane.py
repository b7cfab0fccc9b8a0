"""细目 the chosen act: what the centre said in full, and by whom, when and on what it was done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.sync.view import CommandDetail
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.lamp import Lamp, LampKind
from ui.widgets.next_step import NextStepBar, NextStepView
from ui.widgets.one_line import OneLine
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.strip import Strip
from ui.widgets.text import FactName, Text

CHOOSE = EmptyView(tr("选一条看细目"), tr("中心为什么没收、办件在谁手上，都写在这里。"), icon="sync")


class DetailPane(Pane):
    """细目 the reason stands on top, whole; the acts on the same case in order, the facts under them; `act(name)`."""

    act = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("syncDetail")
        self.setAccessibleName(tr("细目"))
        self._title = Text("", "title", wrap=True)
        self._subject = OneLine("", "dense")
        self._strip = Strip(self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        self._facts: tuple[tuple[str, str], ...] = ()
        self._line: tuple[tuple[LampKind, str], ...] = ()
        self._acts = QVBoxLayout()
        self._acts.setSpacing(2)
        self.bar = NextStepBar(self)
        self.bar.chosen.connect(self.act)
        self._empty = EmptyCard(self)
        self._lay_out()

    def _lay_out(self) -> None:
        full = QWidget(self)
        column = QVBoxLayout(full)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title, 1)
        head.addWidget(self._subject)
        column.addLayout(head)
        scroll = ScrollBody(full)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.body.addWidget(self._strip)
        scroll.body.addLayout(self._acts)
        scroll.body.addLayout(self._grid)
        scroll.body.addStretch(1)
        column.addWidget(scroll, 1)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(full)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(holder)
        self.add_foot(self.bar)

    def render(self, view: CommandDetail | None, empty: EmptyView | None = None) -> None:  # type: ignore[override]
        """Show this act, or what to say where there is none."""
        self._empty.render(empty or CHOOSE)
        self._stack.setCurrentIndex(0 if view is None else 1)
        self.bar.setVisible(view is not None and view.bar is not None)
        if view is None:
            return
        self.bar.render(view.bar or NextStepView(""))
        self._title.say(view.title)
        self._subject.say(view.subject)
        self._strip.render(view.message)
        if view.line != self._line:
            self._retell(view.line)
        if view.facts != self._facts:
            self._rebuild(view.facts)

    def said(self) -> str:
        """The message shown in full; empty when none."""
        return self._strip.text()

    def _retell(self, line: tuple[tuple[LampKind, str], ...]) -> None:
        self._line = line
        while self._acts.count():
            item = self._acts.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for kind, words in line:
            self._acts.addWidget(Lamp(kind, words))

    def _rebuild(self, facts: tuple[tuple[str, str], ...]) -> None:
        self._facts = facts
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, (label, words) in enumerate(facts):
            name = FactName(label)
            self._grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Text(words, "body", wrap=True), place, 1)

"""登记细目 one line of the register in full; of what was begun without a result somebody says what he saw."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLayout, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.seal_register.book_view import LineDetail
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.field import Field
from ui.widgets.flow import FlowLayout
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import Act
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.strip import Strip
from ui.widgets.text import FactName, Text

LABEL = 76
CHOOSE = EmptyView(tr("选一行看细目"), tr("哪枚印章、哪份文书、谁批的、谁盖的、后来怎样，都写在这里。"), icon="info")


class LinePane(Pane):
    """登记细目 `act(name, note)` from its foot."""

    act = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("lineDetail")
        self.setAccessibleName(tr("登记细目"))
        self._title, self._strip, self._empty = (
            Text("", "section", strong=True, wrap=True),
            Strip(self),
            EmptyCard(self),
        )
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        self.note = Field(tr("看到了什么"), placeholder=tr("出纸口、文书上有没有章"), parent=self)
        self.note.line.setObjectName("seenNote")
        self._foot, self._row = QFrame(self), FlowLayout(10)
        self._foot.setProperty("nextbar", True)
        self._shown = LineDetail(id="", title="", facts=())
        self._lay_out()

    def _lay_out(self) -> None:
        full = QWidget(self)
        column = QVBoxLayout(full)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(self._title)
        self._scroll = ScrollBody(full)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(tr("这一行的各栏，上下键卷"))
        self._scroll.body.addWidget(self._strip)
        self._scroll.body.addLayout(self._grid)
        self._scroll.body.addStretch(1)
        column.addWidget(self._scroll, 1)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(full)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(holder, 1)
        asked = QHBoxLayout()
        asked.setContentsMargins(16, 0, 16, 12)
        asked.addWidget(self.note)
        self.body.addLayout(asked)
        frame = QVBoxLayout(self._foot)
        frame.setContentsMargins(16, 12, 16, 12)
        frame.addLayout(self._row)
        self.add_foot(self._foot)

    def render(self, view: LineDetail | None) -> None:  # type: ignore[override]
        """Show this line; what was typed stays while it is the same one."""
        self._empty.render(CHOOSE)
        self._stack.setCurrentIndex(0 if view is None else 1)
        shown = view or LineDetail(id="", title="", facts=())
        self.note.setVisible(shown.asked)
        if shown.id != self._shown.id:
            self.note.set_text("")
            self._scroll.verticalScrollBar().setValue(0)
        self._title.say(shown.title)
        self._strip.render(shown.message)
        if shown.facts != self._shown.facts:
            self._rebuild(shown.facts)
        if shown.acts != self._shown.acts:
            self._rebuild_acts(shown.acts)
        self._shown = shown

    def facts(self) -> tuple[tuple[str, str], ...]:
        """What stands here."""
        return self._shown.facts

    def _rebuild(self, facts: tuple[tuple[str, str], ...]) -> None:
        clear(self._grid)
        for place, (label, words) in enumerate(facts):
            told = Text(words, "body", wrap=True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            told.setAccessibleName(tr("{label}：{words}", label=label, words=words))
            head = FactName(label, wrap=True)
            head.setFixedWidth(theme.current().px(LABEL))
            self._grid.addWidget(head, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(told, place, 1)

    def _rebuild_acts(self, acts: tuple[Act, ...]) -> None:
        clear(self._row)
        for act in acts:
            button = KeyButton(act.text, act.key, parent=self._foot)
            button.setObjectName(act.name)
            button.chosen.connect(self._on_act)
            self._row.addWidget(button)
            button.show()  # now, not at the next turn: its key must work at once
        self._foot.setVisible(bool(acts))

    @Slot()
    def _on_act(self) -> None:
        self.act.emit(self.sender().objectName(), self.note.text().strip())


def clear(layout: QLayout) -> None:
    """Take everything out of it; nothing of it is seen or pressed any more."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()

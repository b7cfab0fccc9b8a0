"""这张纸 what is known of the chosen paper: what became of it, every print and try, and the reason a further one is given."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.language import tr
from ui.receipts.view import PaperView
from ui.widgets.field import Field
from ui.widgets.next_step import NextStepBar, NextStepView
from ui.widgets.pane import ScrollBody
from ui.widgets.text import Hair, Text


class PaperPane(QWidget):
    """这张纸 in words; a picture of it stands beside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paperPane")
        self._title, self._said = Text("", "title", wrap=True), Text("", "body", wrap=True)
        self._number = Text("", "section", tone="ink2", wrap=True)
        self._story = QVBoxLayout()
        self._story.setSpacing(10)
        self._shown: tuple[tuple[str, str], ...] = ()
        scroll = ScrollBody(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = scroll.body
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        for part in (self._title, self._number, self._said):
            column.addWidget(part)
        self._line = Hair()
        column.addWidget(self._line)
        column.addLayout(self._story)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def render(self, paper: PaperView | None) -> None:  # type: ignore[override]
        """Show this paper, or say how one is chosen."""
        self._title.say(paper.title if paper else tr("选一张看看"))
        self._number.say(paper.number if paper else "")
        self._number.setVisible(paper is not None and bool(paper.number))
        self._said.say(paper.said if paper else tr("上下键挑，纸样就在右边。"))
        self._said.setVisible(paper is None or bool(paper.said))
        story = paper.story if paper is not None else ()
        self._line.setVisible(bool(story))
        if story == self._shown:
            return
        self._shown = story
        while (item := self._story.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for head, note in story:
            self._story.addWidget(self._entry(head, note))

    def _entry(self, head: str, note: str) -> QWidget:
        entry = QWidget(self)
        column = QVBoxLayout(entry)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(Text(head, "body", wrap=True))
        if note:
            column.addWidget(Text(note, "dense", tone="ink2", wrap=True))
        return entry


class PaperFoot(QFrame):
    """这张纸能做的 `acted(name, reason)`; the reason is asked where a paper would be printed once more."""

    acted = Signal(str, str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reason = Field(tr("为什么补打"), placeholder=tr("写一句，打在票头，也记入月单"), parent=self)
        self.reason.line.setObjectName("againReason")
        self.reason.line.setMaxLength(60)
        self.agrees = Field(tr("值班长"), placeholder=tr("工号，如 P102"), parent=self)
        self.agrees.line.setObjectName("copiesAgreedBy")
        self.pin = Field(tr("他的 PIN"), kind="password", parent=self)
        self.pin.line.setObjectName("copiesPin")
        self.bar = NextStepBar(self)
        self._paper = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._asked = QWidget(self)
        holder = QVBoxLayout(self._asked)
        holder.setContentsMargins(20, 10, 16, 10)
        for field in (self.reason, self.agrees, self.pin):
            holder.addWidget(field)
        column.addWidget(self._asked)
        column.addWidget(self.bar)
        self.bar.chosen.connect(self._on_act)
        self.bar.refused.connect(self.refused)

    def render(  # type: ignore[override]
        self, paper: str, bar: NextStepView, *, asks_reason: bool, asks_agreement: bool = False
    ) -> None:
        """Show these acts; what was typed stays while it is the same paper."""
        if paper != self._paper:
            self._paper = paper
            for field in (self.reason, self.agrees, self.pin):
                field.set_text("")
        self.reason.setVisible(asks_reason)
        self.agrees.setVisible(asks_agreement)
        self.pin.setVisible(asks_agreement)
        self._asked.setVisible(asks_reason or asks_agreement)
        self.bar.render(bar)
        self.bar.setVisible(bool(bar.sentence))

    def take_agreement(self) -> tuple[str, str]:
        """As typed; the PIN is emptied by it."""
        typed = self.agrees.text().strip(), self.pin.text()
        self.pin.set_text("")
        return typed

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.pin.set_text("")

    @Slot(str)
    def _on_act(self, name: str) -> None:
        self.acted.emit(name, self.reason.text().strip())

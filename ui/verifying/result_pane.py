"""验的结果 three answers side by side, or one under another where there is no room; below them what they rest on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.verifying.answer_card import AnswerCard
from ui.verifying.view import FactsView, VerifyView
from ui.widgets.empty_card import EmptyCard
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.strip import Strip
from ui.widgets.text import FactName, Text

LEAST_BESIDE, LABEL = 760, 72


class FactsBlock(QWidget):
    """一组事实 a head, labelled words, and a note that is to be minded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._head, self._note = Text("", "body", strong=True), Text("", "dense", tone="warn", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        column.addWidget(self._head)
        column.addLayout(self._grid)
        column.addWidget(self._note)
        column.addStretch(1)

    def render(self, view: FactsView) -> None:  # type: ignore[override]
        """Show this group."""
        self._head.say(view.head)
        self._note.say(view.note)
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, (label, words) in enumerate(view.rows):
            name = FactName(label)
            name.setMinimumWidth(theme.current().px(LABEL))
            self._grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Text(_breakable(words), "body", wrap=True), place, 1)


class ResultPane(Pane):
    """验的结果 `bar.chosen(name)`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("验章"), padding=0, parent=parent)
        self.setObjectName("verifyResult")
        self.strip, self._empty, self.bar = Strip(self), EmptyCard(self), NextStepBar(self)
        self.cards = [AnswerCard(self) for _ in range(3)]
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._facts: list[FactsBlock] = []
        self._shown: tuple[FactsView, ...] = ()
        self._lay_out()

    def _lay_out(self) -> None:
        self._row.setSpacing(12)
        for card in self.cards:
            self._row.addWidget(card, 1)
        scroll = ScrollBody(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(tr("三问的答案和依据"))
        scroll.body.setContentsMargins(16, 4, 16, 16)
        scroll.body.setSpacing(16)
        scroll.body.addLayout(self._row)
        self._groups = QGridLayout()
        self._groups.setHorizontalSpacing(24)
        self._groups.setVerticalSpacing(16)
        scroll.body.addLayout(self._groups)
        scroll.body.addStretch(1)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(scroll)
        said = QHBoxLayout()
        said.setContentsMargins(16, 6, 16, 8)
        said.addWidget(self.strip)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addLayout(said)
        self.body.addWidget(holder, 1)
        self.add_foot(self.bar)

    def render(self, view: VerifyView) -> None:  # type: ignore[override]
        """Show this judgement, or what to do first."""
        self.set_title(view.title or tr("验章"))
        self.strip.render(view.strip)
        self._empty.render(view.empty)
        for card, answer in zip(self.cards, view.answers, strict=False):
            card.render(answer)
        self._stack.setCurrentIndex(1 if view.answers else 0)
        if view.facts != self._shown:
            self._shown = view.facts
            self._fill()
        self.bar.render(view.bar)
        self.bar.setVisible(bool(view.bar.sentence))

    def _fill(self) -> None:
        while len(self._facts) < len(self._shown):
            self._facts.append(FactsBlock(self))
        for block, facts in zip(self._facts, self._shown, strict=False):
            block.render(facts)
        self._share()

    def _share(self) -> None:
        beside = self.width() >= theme.current().px(LEAST_BESIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)
        for card in self.cards:
            card.lie_flat(not beside)
        while self._groups.count():
            self._groups.takeAt(0)
        columns = 2 if beside else 1
        for place, block in enumerate(self._facts):
            block.setVisible(place < len(self._shown))
            if place < len(self._shown):
                self._groups.addWidget(block, place // columns, place % columns)
        for column in range(2):
            self._groups.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_groups"):
            self._fill()


def _breakable(words: str) -> str:
    """A digest has no place where a line may end: one every eight characters."""
    if len(words) < 32 or not words.isascii() or " " in words:
        return words
    return "\u200b".join(words[at : at + 8] for at in range(0, len(words), 8))

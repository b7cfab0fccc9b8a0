"""断线小结 one page after a cut: sent, to settle, papers to tell or take back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.sync.view import CutView, SummaryLine
from ui.widgets.lamp import Lamp
from ui.widgets.next_step import NextStepBar, NextStepView
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.text import Hair, Text

GROUPS = (("sent", tr("送到了")), ("settle", tr("等您定")), ("papers", tr("已打出的纸")))


class SummaryGroup(QWidget):
    """一组 a head and its lines; hidden when it has none."""

    def __init__(self, head: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = head
        self._shown: tuple[SummaryLine, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(6)
        self._title = Text(head, "body", strong=True)
        self._column.addWidget(self._title)
        self._column.addWidget(Hair())
        self._rows: list[QWidget] = []

    def render(self, lines: tuple[SummaryLine, ...]) -> None:  # type: ignore[override]
        """Show these lines."""
        self.setVisible(bool(lines))
        if lines == self._shown:
            return
        self._shown = lines
        self._title.say(f"{self._head} {len(lines)}")
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(line) for line in lines]
        for row in self._rows:
            self._column.addWidget(row)

    def _row(self, line: SummaryLine) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(Lamp(line.lamp, ""), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Text(line.text, "body", wrap=True))
        if line.note:
            words.addWidget(Text(line.note, "dense", wrap=True))
        row.addLayout(words, 1)
        return holder


class CutPane(Pane):
    """断线小结 read once, then put away: `act(name)` from its bar."""

    act = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("cutPane")
        self.setAccessibleName(tr("断线小结"))
        self._title = Text("", "title", wrap=True)
        self._lead = Text("", "body", wrap=True)
        self.groups = {key: SummaryGroup(head, self) for key, head in GROUPS}
        self.bar = NextStepBar(self)
        self.bar.chosen.connect(self.act)
        full = QWidget(self)
        column = QVBoxLayout(full)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._lead)
        scroll = ScrollBody(full)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for group in self.groups.values():
            scroll.body.addWidget(group)
        scroll.body.addStretch(1)
        column.addWidget(scroll, 1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(full)
        self.add_foot(self.bar)

    def render(self, view: CutView) -> None:  # type: ignore[override]
        """Show this cut."""
        self._title.say(view.title)
        self._lead.say(view.lead)
        for key, lines in (("sent", view.sent), ("settle", view.settle), ("papers", view.papers)):
            self.groups[key].render(lines)
        self.bar.setVisible(view.bar is not None)
        self.bar.render(view.bar or NextStepView(""))

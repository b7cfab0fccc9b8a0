"""审计细目 one act in full: whose hand, for whom, where, resting on what; and whether it was lawful then."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.oversight.audit_view import AuditDetail
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.strip import Strip
from ui.widgets.text import FactName, Text, in_pieces

CHOOSE = EmptyView(tr("选一行看细目"), tr("谁办的、代谁、凭什么、他当时有没有权，都写在这里。"), icon="info")


class AuditPane(Pane):
    """审计细目 facts as they stand in the journal, the question at the head."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("auditDetail")
        self.setAccessibleName(tr("审计细目"))
        self._title, self._strip, self._empty = (
            Text("", "section", strong=True, wrap=True),
            Strip(self),
            EmptyCard(self),
        )
        self._asked = Text(tr("他当时有权吗"), "dense")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        self._shown: tuple[tuple[str, str], ...] = ()
        full = QWidget(self)
        column = QVBoxLayout(full)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._title)
        scroll = ScrollBody(full)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.body.addWidget(self._asked)
        scroll.body.addWidget(self._strip)
        scroll.body.addLayout(self._grid)
        scroll.body.addStretch(1)
        column.addWidget(scroll, 1)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(full)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(holder)

    def render(self, view: AuditDetail | None) -> None:  # type: ignore[override]
        """Show this act, or what would stand here."""
        self._empty.render(CHOOSE)
        self._stack.setCurrentIndex(0 if view is None else 1)
        if view is None:
            return
        self._title.say(view.title)
        self._strip.render(view.answer)
        if self._shown != view.facts:
            self._shown = view.facts
            self._rebuild(view.facts)

    def _rebuild(self, facts: tuple[tuple[str, str], ...]) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, (label, words) in enumerate(facts):
            told = Text(in_pieces(words), "body", wrap=True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            told.setAccessibleName(tr("{label}：{words}", label=label, words=words))
            self._grid.addWidget(FactName(label), place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(told, place, 1)

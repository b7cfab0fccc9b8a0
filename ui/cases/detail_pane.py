"""办件细目 the chosen case at the side: number, facts, why it is late, and its attachments."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.cases.attachments_pane import AttachmentsPane
from ui.cases.hold_pane import HoldPane
from ui.cases.view import CaseDetail
from ui.language import tr
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.focus import tab_through
from ui.widgets.one_line import OneLine
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.strip import Strip
from ui.widgets.text import FactName, Text

CHOOSE = EmptyView(tr("选一件看细目"), tr("上下键挑，细目就在这里。"), icon="folder")


class DetailPane(Pane):
    """办件细目 a case is worked on at the counter, with its ticket; here scans are added to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("caseDetail")
        self.setAccessibleName(tr("办件细目"))
        self._number = OneLine("", "title")
        self._code = Text("", "dense")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        self._strip = Strip(self)
        self.attachments = AttachmentsPane(self)
        self.hold = HoldPane(self)
        self._labels: tuple[str, ...] = ()
        self._controls: tuple[QWidget, ...] = ()
        self._values: list[Text] = []
        self._empty = EmptyCard(self)
        self._empty.render(CHOOSE)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._lay_out())
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(holder)

    def _lay_out(self) -> QWidget:
        full = QWidget(self)
        column = QVBoxLayout(full)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(12)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._number)
        codes = QHBoxLayout()
        codes.addWidget(self._code)
        codes.addStretch(1)
        head.addLayout(codes)
        column.addLayout(head)
        scroll = ScrollBody(full)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.body.addLayout(self._grid)
        scroll.body.addWidget(self._strip)
        scroll.body.addWidget(self.hold)
        scroll.body.addWidget(self.attachments)
        scroll.body.addStretch(1)
        column.addWidget(scroll, 1)
        column.addWidget(self.attachments.add)
        column.addWidget(self.attachments.scan)
        return full

    def render(self, view: CaseDetail | None) -> None:  # type: ignore[override]
        """Show this case, or how to choose one."""
        self._stack.setCurrentIndex(0 if view is None else 1)
        if view is None:
            return
        self._number.say(view.number)
        self._code.say(tr("查询码 {query_code}", query_code=view.query_code) if view.query_code else "")
        labels = tuple(label for label, _ in view.facts)
        if labels != self._labels:
            self._rebuild(labels)
        for value, (_, words) in zip(self._values, view.facts, strict=True):
            if value.text() != words:
                value.setText(words)
        self._strip.render(view.message)
        self.hold.render(view.hold)
        self.attachments.render(view.attachments)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Buttons that came later are met where they are read."""
        controls = (*self.hold.controls(), *self.attachments.controls())
        if controls != self._controls:
            self._controls = controls
            tab_through(*controls)

    def _rebuild(self, labels: tuple[str, ...]) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._labels, self._values = labels, []
        for place, label in enumerate(labels):
            name = FactName(label)
            value = Text("", "body", wrap=True)
            self._grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, place, 1)
            self._values.append(value)

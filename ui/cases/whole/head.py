"""办件抬头 the number in serif, what it is, its tags and its code, and the line of its steps."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.cases.whole.view import WholeView
from ui.language import tr
from ui.widgets.key_button import KeyButton
from ui.widgets.one_line import OneLine
from ui.widgets.pane import Pane
from ui.widgets.step_line import StepLine
from ui.widgets.tag import Tag, TagView
from ui.widgets.text import Text


class WholeHead(Pane):
    """办件抬头 with the way back to the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, parent=parent)
        self.setObjectName("wholeCaseHead")
        self._number, self._title = Text("", "title"), OneLine("", "body")
        self._code = Text("", "dense")
        self._tags: list[Tag] = []
        self._shown: tuple[TagView, ...] | None = None
        self._tag_row = QHBoxLayout()
        self._tag_row.setSpacing(6)
        self.back = KeyButton(tr("回到列表"), "Esc", parent=self)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._number)
        top.addWidget(self._title, 1)
        top.addLayout(self._tag_row)
        top.addWidget(self._code)
        top.addWidget(self.back)
        self._steps = StepLine(self)
        self.body.setContentsMargins(16, 12, 16, 12)
        self.body.addLayout(top)
        self.body.addWidget(self._steps)

    def render(self, view: WholeView) -> None:  # type: ignore[override]
        """Show what case this is."""
        self._number.say(view.number)
        self._title.say(view.title)
        self._code.say(tr("查询码 {code}", code=view.code) if view.code else "")
        self._steps.render(view.steps)
        if view.tags != self._shown:
            self._shown = view.tags
            for tag in self._tags:
                tag.hide()
                tag.deleteLater()
            self._tags = [Tag(one.text, one.kind, self) for one in view.tags]
            for tag in self._tags:
                self._tag_row.addWidget(tag)

"""办结期限 the pane of the date that binds: the day, what is left, the ruler, and why; one line where it is narrow."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.language import tr
from ui.queueing.view import DueView
from ui.widgets.lamp import Lamp
from ui.widgets.pane import Pane
from ui.widgets.ruler import Ruler
from ui.widgets.tag import Tag
from ui.widgets.text import Text


class DuePane(Pane):
    """办结期限 the date in serif, because it binds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(inner=True, parent=parent)
        self.setObjectName("duePane")
        self._title = Text("", "dense")
        self._lamp = Lamp()
        self._date = Text("", "title")
        self._date.setObjectName("dueDate")
        self._provisional = Tag()
        self._left = Text("", "body", strong=True)
        self._ruler = Ruler()
        self._why = Text("", "note", tone="ink2", wrap=True)
        self.body.setContentsMargins(16, 12, 16, 14)
        self.body.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._lamp)
        day = QHBoxLayout()
        day.setSpacing(8)
        day.addWidget(self._date)
        day.addWidget(self._provisional)
        day.addStretch(1)
        self.body.addLayout(head)
        self.body.addLayout(day)
        self._others = Text("", "note", tone="ink2", wrap=True)
        for part in (self._left, self._ruler, self._why, self._others):
            self.body.addWidget(part)

    def render(self, view: DueView) -> None:  # type: ignore[override]
        """Show this date."""
        self._title.say(view.title)
        self._lamp.render_lamp(view.lamp, view.lamp_word)
        self._lamp.setVisible(bool(view.lamp_word))
        self._date.say(view.date)
        self._provisional.render_tag(tr("暂定") if view.provisional else "", "warn")
        self._left.say(view.left)
        self._left.set_tone("red" if view.lamp == "overdue" else "warn" if view.lamp == "soon" else "ink")
        self._ruler.render(view.ruler)
        self._ruler.setVisible(bool(view.ruler.days))
        why = (
            view.why
            if view.ruler.right or not view.statutory
            else tr("{statutory}。{why}", statutory=view.statutory, why=view.why)
        )
        self._why.say(why)
        self._others.say("\n".join(view.others))
        self.setAccessibleName(spoken(view))


class DueLine(QFrame):
    """办结期限 the same in one line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dueLine")
        self.setProperty("pane", "inner")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(10)
        self._title = Text("", "dense")
        self._date = Text("", "title")
        self._provisional = Tag()
        self._lamp = Lamp()
        self._left = Text("", "body", strong=True)
        self._statutory = Text("", "dense")
        for part in (self._title, self._date, self._provisional, self._lamp, self._left):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self._statutory)

    def render(self, view: DueView) -> None:  # type: ignore[override]
        """Show this date."""
        self._title.say(view.title)
        self._date.say(view.date)
        self._provisional.render_tag(tr("暂定") if view.provisional else "", "warn")
        self._lamp.render_lamp(view.lamp, view.lamp_word)
        self._lamp.setVisible(bool(view.lamp_word))
        self._left.say(view.left)
        self._statutory.say(view.statutory)
        self.setAccessibleName(spoken(view))


def spoken(view: DueView) -> str:
    """The whole of it as one sentence."""
    mark = tr("（暂定）") if view.provisional else ""
    return tr("，").join(
        part for part in (f"{view.title} {view.date}{mark}", view.lamp_word, view.left, view.statutory) if part
    )

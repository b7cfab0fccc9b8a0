"""事项卡 the pane of an item's card: what is disclosed on the left, what to ask and say on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.queueing.card_view import CardPart, ItemCardView
from ui.widgets.one_line import OneLine
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.tag import Tag
from ui.widgets.text import FactName, Hair, Text

SAY_WIDTH = 300


class ItemCardPane(QWidget):
    """事项卡 read only; its acts stand in the next-step bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("itemCard")
        self._view: ItemCardView | None = None
        self._title, self._kind = OneLine("", "title"), Tag()
        self._code = Text("", "note")
        self._open = Pane(tr("公开的八项和材料"), inner=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._open.body.addLayout(self._grid)
        self._say = Pane(tr("怎么说"), tr("给您看的，不打在指南上"), inner=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self._say.body.addLayout(self._lines)
        self._scroll = ScrollBody(self)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 10, 0)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.setContentsMargins(0, 0, 10, 0)
        head.addWidget(self._title)
        head.addWidget(self._kind)
        head.addStretch(1)
        head.addWidget(self._code)
        column.addLayout(head)
        self._row.setSpacing(12)
        self._row.addWidget(self._open, 1)
        side = QVBoxLayout()
        side.addWidget(self._say)
        side.addStretch(1)
        self._row.addLayout(side)
        self._scroll.body.setContentsMargins(0, 0, 10, 12)
        self._scroll.body.addLayout(self._row)
        self._scroll.body.addStretch(1)
        column.addWidget(self._scroll, 1)
        self.set_narrow(False)

    def render(self, view: ItemCardView) -> None:  # type: ignore[override]
        """Show this card."""
        before, self._view = self._view, view
        shown = (view.parts, view.papers, view.say_no, view.notes)
        if before is not None and (before.parts, before.papers, before.say_no, before.notes) == shown:
            return
        self._title.say(view.title)
        self._kind.render_tag(view.kind)
        self._code.say(tr("实施编码 {code}", code=view.code))
        _empty(self._grid)
        for place, part in enumerate((*view.parts, view.papers)):
            self._put(place, part)
        _empty(self._lines)
        self._tell(tr("先问什么"), view.ask_first or (tr("这个事项还没写先问什么。"),))
        self._lines.addWidget(Hair())
        self._tell(tr("办不了怎么说"), (view.say_no or tr("这个事项还没写怎么说。"),))
        if view.notes:
            self._lines.addWidget(Hair())
            self._tell(tr("审查要点"), view.notes)
        self._scroll.verticalScrollBar().setValue(0)

    def focus_first(self) -> None:
        """The hand goes to the card, so that arrows scroll it."""
        self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(bool)
    def set_narrow(self, narrow: bool) -> None:
        """What to say stands under the rest where there is no room beside it."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if narrow else across)
        if narrow:
            self._say.setMinimumWidth(0)
            self._say.setMaximumWidth(16_777_215)
        else:
            self._say.setFixedWidth(theme.current().px(SAY_WIDTH))

    def _put(self, place: int, part: CardPart) -> None:
        head = FactName(part.head)
        lines = QFrame()
        inside = QVBoxLayout(lines)
        inside.setContentsMargins(0, 0, 0, 4)
        inside.setSpacing(2)
        for words in part.lines:
            inside.addWidget(Text(words, "body", wrap=True))
        lines.setAccessibleName(tr("{head}：{names}", head=part.head, names=tr("；").join(part.lines)))
        self._grid.addWidget(head, place, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(lines, place, 1)

    def _tell(self, head: str, lines: tuple[str, ...]) -> None:
        self._lines.addWidget(Text(head, "dense"))
        for words in lines:
            self._lines.addWidget(Text(words, "body", wrap=True))


def _empty(layout: QGridLayout | QVBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        old = item.widget() if item is not None else None
        if old is not None:
            old.hide()
            old.deleteLater()

"""交接条 the strip over the pages while a handover waits: who has nodded, what goes over, one key; it never takes the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.duty.handover.view import HandoverView, ThingView
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.lamp import Lamp
from ui.widgets.pane import ScrollBody
from ui.widgets.tag import Tag
from ui.widgets.text import Text

WORDS = tr("交代一句：没写在单子上的")
BESIDE = tr("{name} 的密码或 PIN")
SECRET_MISSING = tr("请他输密码或 PIN。")
FIELD_WIDTH, LIST_HEIGHT, ROW_HEIGHT = 240, 224, 28


class HandoverPane(QFrame):
    """交接条 `nodded(words)` by one key; `nodded_here(secret)` by the other one at this desk; `next_wanted` for another that waits."""

    nodded = Signal(str)
    nodded_here = Signal(str)
    next_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("handoverPane")
        self.setProperty("strip", "info")
        self._view: HandoverView | None = None
        self._open = False
        self._title, self._sentence = Text("", "body", strong=True), Text("", "dense", tone="ink2", wrap=True)
        self._report = Text("", "dense", wrap=True)
        self._tags = (Tag(parent=self), Tag(parent=self))
        self._words, self._secret = Field("", placeholder=WORDS), Field("", "password")
        self._words.line.setObjectName("handoverWords")
        self._secret.line.setObjectName("handoverSecret")
        self._list = KeyButton(tr("看单子"), "", "quiet", parent=self)
        self._list.setObjectName("handoverList")
        self._more = KeyButton("", "", "quiet", parent=self)
        self._more.setObjectName("handoverMore")
        self._here = KeyButton(tr("当面点头"), "Enter", parent=self)
        self._here.setObjectName("handoverHere")
        self._nod = KeyButton("", Key.NOD, parent=self)
        self._nod.setObjectName("handoverNod")
        self._finding = Text("", "dense", tone="warn", wrap=True)
        self._grid = QGridLayout()
        self._things = ScrollBody(self)
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 8, 12, 8)
        whole.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        for part in (self._title, *self._tags):
            head.addWidget(part)
        head.addStretch(1)
        words.addLayout(head)
        words.addWidget(self._sentence)
        row.addLayout(words, 1)
        for piece in (self._more, self._list, self._words, self._nod, self._secret, self._here):
            row.addWidget(piece, 0, Qt.AlignmentFlag.AlignVCenter)
        for field in (self._words, self._secret):
            field.label.hide()
        whole.addLayout(row)
        whole.addWidget(self._report)
        whole.addWidget(self._finding)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._things.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._things.body.addLayout(self._grid)
        self._things.body.addStretch(1)
        whole.addWidget(self._things)

    def _connect(self) -> None:
        self._list.chosen.connect(self._on_list)
        self._more.chosen.connect(self.next_wanted)
        self._nod.chosen.connect(self._on_nod)
        self._words.entered.connect(self._on_nod)
        self._here.chosen.connect(self._on_here)
        self._secret.entered.connect(self._on_here)

    def render(self, view: HandoverView | None) -> None:  # type: ignore[override]
        """Show this handover, or nothing; what is typed stays while it is the same one."""
        before, self._view = self._view, view
        if view is None or before is None or view.id != before.id:
            self._forget()
        self.setVisible(view is not None)
        if view is None:
            return
        self._title.say(view.title)
        for tag, said in zip(self._tags, view.tags, strict=True):
            tag.render_tag(said.text, said.kind)
        self._sentence.say(view.sentence)
        self._report.say(view.report)
        self._finding.say(view.finding)
        self._more.set_text(tr("还有 {more} 份", more=view.more))
        self._more.setVisible(view.more > 0)
        self._nod.set_text(view.nod or tr("点头"))
        self._nod.setVisible(bool(view.nod))
        self._words.setVisible(view.asks_words)
        self._secret.line.setPlaceholderText(BESIDE.format(name=view.beside))
        self._secret.line.setAccessibleName(BESIDE.format(name=view.beside))
        for part in (self._secret, self._here):
            part.setVisible(bool(view.beside) and not view.nod)
        self.setAccessibleName(
            tr(
                "{title}。{names}。{sentence}",
                title=view.title,
                names=tr("，").join(tag.text for tag in view.tags),
                sentence=view.sentence,
            )
        )
        if before is None or before.things != view.things:
            self._rebuild(view.things)
        self._show_list()

    def _rebuild(self, things: tuple[ThingView, ...]) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, thing in enumerate(things):
            self._grid.addWidget(Text(thing.kind, "dense", tone="ink2"), place, 0)
            self._grid.addWidget(Text(thing.words, "dense"), place, 1)
            if thing.lamp is not None:
                self._grid.addWidget(Lamp(thing.lamp, thing.due), place, 2)

    def _show_list(self) -> None:
        things = bool(self._view and self._view.things)
        self._list.setVisible(things)
        self._list.set_text(tr("收起单子") if self._open else tr("看单子"))
        self._things.setVisible(self._open and things)
        look = theme.current()
        rows = len(self._view.things) if self._view else 0
        self._things.setFixedHeight(min(look.px(LIST_HEIGHT), rows * look.px(ROW_HEIGHT)))
        for field in (self._words, self._secret):
            field.setFixedWidth(look.px(FIELD_WIDTH))

    def _forget(self) -> None:
        self._open = False
        for field in (self._words, self._secret):
            field.set_text("")
            field.set_finding("")

    def typed(self) -> str:
        """What was typed under the report."""
        return self._words.text()

    @Slot()
    def _on_list(self) -> None:
        self._open = not self._open
        self._show_list()

    @Slot()
    def _on_nod(self) -> None:
        if self._view is not None and self._view.nod and not self._view.busy:
            self.nodded.emit(self._words.text())

    @Slot()
    def _on_here(self) -> None:
        if self._view is None or self._view.busy:
            return
        if not self._secret.text():
            self._finding.say(SECRET_MISSING)
            self._secret.line.setFocus()
            return
        secret = self._secret.text()
        self._secret.set_text("")
        self.nodded_here.emit(secret)

"""答复 the pane of an answer that is no plain acceptance: which one, what is missing, what it needs, and the paper it makes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.queueing.gaps_pane import GapsPane
from ui.queueing.reply_choices import ReplyChoices
from ui.queueing.reply_fields import ReplyFields
from ui.queueing.reply_view import ReplyForm, ReplyView
from ui.queueing.slip_sketch import SlipSketch
from ui.widgets.one_line import OneLine
from ui.widgets.pane import ScrollBody
from ui.widgets.text import Text


class ReplyPane(QWidget):
    """答复 `changed(ReplyForm)` on every choice and every letter; the presenter makes all words."""

    changed = Signal(object)
    refused = Signal(str)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replyPane")
        self._view = ReplyView(id="", title="", about="")
        self._narrow = False
        self._title, self._about = OneLine("", "title"), OneLine("", "dense")
        self.choices, self.gaps = ReplyChoices(self), GapsPane()
        self.fields, self.sketch = ReplyFields(self), SlipSketch(self)
        self._side = QWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 10, 0)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._about)
        head.addStretch(1)
        column.addLayout(head)
        choices = QHBoxLayout()
        choices.setContentsMargins(0, 0, 10, 0)
        choices.addWidget(self.choices)
        column.addLayout(choices)
        scroll = ScrollBody(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.body.setContentsMargins(0, 2, 10, 12)
        scroll.body.addLayout(self._body())
        scroll.body.addStretch(1)
        column.addWidget(scroll, 1)

    def _body(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.gaps)
        left.addWidget(self.fields)
        left.addStretch(1)
        row.addLayout(left, 1)
        right = QVBoxLayout(self._side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(6)
        right.addWidget(Text(tr("会打出"), "dense"))
        right.addWidget(self.sketch)
        right.addStretch(1)
        row.addWidget(self._side)
        return row

    def _connect(self) -> None:
        self.choices.chosen.connect(self._on_chosen)
        self.choices.refused.connect(self.refused)
        self.gaps.ticked.connect(self._on_ticked)
        self.gaps.added.connect(self._on_added)
        self.gaps.left_end.connect(self.fields.focus_first)
        self.gaps.number.connect(self._on_number)
        self.fields.changed.connect(self._on_typed)
        self.fields.option_chosen.connect(self._on_option)
        self.fields.left_end.connect(self.entered)

    def render(self, view: ReplyView) -> None:  # type: ignore[override]
        """Show this; what is under the hand stays there."""
        fresh, self._view = self._view.id != view.id, view
        self._title.say(view.title)
        self._about.say(view.about)
        self.choices.render_choices(view.choices, view.kind)
        self.gaps.render_gaps(view, fresh=fresh)
        self.fields.render(view)
        self.sketch.render(view.slip)
        self._side.setVisible(view.slip is not None and not self._narrow)

    def focus_first(self) -> None:
        """The hand goes to the answers, so that a number chooses; without any, to what is to be written."""
        if not self.choices.focus_first():
            self._lead_on()

    def form(self) -> ReplyForm:
        """What is chosen and typed now; a point that stands unconfirmed in its line counts as written."""
        form, words = self._view.form, self.gaps.pending()
        return replace(form, free=(*form.free, words)) if words and words not in form.free else form

    def controls(self) -> list[QWidget]:
        """What is walked through with Tab, in order."""
        return [*self.choices.answers(), self.gaps.table, self.gaps.free.line, *self.fields.controls()]

    def set_narrow(self, narrow: bool) -> None:
        """Without room, the paper is not shown beforehand."""
        self._narrow = narrow
        self._side.setVisible(self._view.slip is not None and not narrow)
        self.choices.set_narrow(narrow)

    def _lead_on(self) -> None:
        if self._view.gaps:
            self.gaps.focus_first()
        else:
            self.fields.focus_first()

    def _say(self, **change: object) -> None:
        form: ReplyForm = replace(self._view.form, **change)  # type: ignore[arg-type]
        self.changed.emit(form)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.choices.choose(int(event.text()) - 1)
            return
        super().keyPressEvent(event)

    @Slot(int)
    def _on_number(self, number: int) -> None:
        self.choices.choose(number - 1)

    @Slot(str)
    def _on_chosen(self, kind: str) -> None:
        self._say(kind=kind)
        self._lead_on()

    @Slot(str, bool)
    def _on_ticked(self, what: str, ticked: bool) -> None:
        """A free point that is unticked is off the list."""
        form = self._view.form
        if what in form.free:
            self._say(free=tuple(one for one in form.free if one != what))
        else:
            rest = tuple(one for one in form.ticked if one != what)
            self._say(ticked=(*rest, what) if ticked else rest)

    @Slot(str)
    def _on_added(self, words: str) -> None:
        if words not in self._view.form.free:
            self._say(free=(*self._view.form.free, words))

    @Slot(str, str)
    def _on_typed(self, name: str, words: str) -> None:
        texts = dict(self._view.form.texts) | {name: words}
        self._say(texts=tuple(sorted(texts.items())))

    @Slot(bool)
    def _on_option(self, on: bool) -> None:
        self._say(option=on)

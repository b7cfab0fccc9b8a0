"""新的一份变动 one line at a time by a small form, the lines so far under it, the paper it rests on at the foot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk_app.duty.roster_lines import What
from ui.language import tr
from ui.oversight.roster_lines_table import LinesTable
from ui.oversight.roster_view import AskedField, DraftView
from ui.shortcuts import Key
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane
from ui.widgets.segments import Segments
from ui.widgets.strip import Strip
from ui.widgets.text import Text

WORDS: tuple[tuple[What, str], ...] = (
    ("join", tr("来人")),
    ("leave", tr("离开")),
    ("roles", tr("身份")),
    ("skills", tr("资格")),
    ("learner", tr("学习期")),
    ("post", tr("岗位")),
    ("disable", tr("停账号")),
    ("enable", tr("开账号")),
    ("reset", tr("重设密码")),
    ("days", tr("日历")),
    ("year", tr("全年已定")),
)


class DraftPane(Pane):
    """新的一份 `what_chosen(what)`, `line_added(typed)`, `line_dropped(id)`, `asked(paper)`, `left()`."""

    what_chosen = Signal(str)
    line_added = Signal(dict)
    line_dropped = Signal(str)
    asked = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("新的一份变动"), tr("一行一行加，整份一起提；另一人整份确认了才生效"), padding=0, parent=parent
        )
        self.setObjectName("rosterDraft")
        self._kinds = Segments(WORDS, self)
        self._kinds.chosen.connect(self.what_chosen)
        self._form = QHBoxLayout()
        self._form.setSpacing(12)
        self._fields: dict[str, Field] = {}
        self._shape: tuple[AskedField, ...] = ()
        self._cleared = 0
        self._finding = Text("", "dense", tone="warn", wrap=True)
        self._finding.setObjectName("lineFinding")
        self._add = KeyButton(tr("加这一行"), Key.ADD_ROW, parent=self)
        self._add.setObjectName("addLine")
        self._add.chosen.connect(self._on_add)
        self._lines = LinesTable(self)
        self._lines.setAccessibleName(tr("这份变动的行"))
        self._drop = KeyButton(tr("去掉这一行"), Key.SEND_BACK, "quiet", parent=self)
        self._drop.setObjectName("dropLine")
        self._drop.chosen.connect(self._on_drop)
        self._paper = Field(tr("依据的文书"), placeholder=tr("如 江政服人〔2026〕5号"), parent=self)
        self._paper.line.setObjectName("paper")
        self._strip = Strip(self)
        self.bar = NextStepBar(self)
        self.bar.chosen.connect(self._on_bar)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(16, 4, 16, 10)
        top.setSpacing(10)
        top.addWidget(self._kinds)
        top.addLayout(self._form)
        row = QHBoxLayout()
        row.addWidget(self._finding, 1)
        row.addWidget(self._add, 0, Qt.AlignmentFlag.AlignRight)
        top.addLayout(row)
        low = QVBoxLayout()
        low.setContentsMargins(16, 8, 16, 12)
        low.setSpacing(8)
        foot = QHBoxLayout()
        foot.addWidget(self._paper, 1)
        foot.addWidget(self._drop, 0, Qt.AlignmentFlag.AlignBottom)
        low.addWidget(self._strip)
        low.addLayout(foot)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addLayout(top)
        self.body.addWidget(self._lines, 1)
        self.body.addLayout(low)
        self.add_foot(self.bar)

    def render(self, view: DraftView) -> None:  # type: ignore[override]
        """Show this draft; what is typed stays until its line was taken."""
        self._kinds.choose(view.what)
        if view.fields != self._shape:
            self._rebuild(view.fields)
        elif view.cleared != self._cleared:
            for field in self._fields.values():
                field.line.clear()
            self.lead()
        self._cleared = view.cleared
        self._finding.setText(tr("{finding}。", finding=view.finding) if view.finding else "")
        self._lines.render_lines(view.lines)
        self._drop.setVisible(bool(view.lines))
        self._strip.render(view.trouble)
        self.bar.render(view.bar)

    def field(self, name: str) -> Field:
        """One field of the form."""
        return self._fields[name]

    def clear(self) -> None:
        """A new draft begins with nothing."""
        self._paper.line.clear()
        for field in self._fields.values():
            field.line.clear()

    def _rebuild(self, fields: tuple[AskedField, ...]) -> None:
        self._shape = fields
        while self._form.count():
            item = self._form.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._fields = {one.name: self._field(one) for one in fields}
        for field in self._fields.values():
            self._form.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.lead()

    def _field(self, asked: AskedField) -> Field:
        field = Field(asked.label, hint=asked.hint, optional=asked.optional, parent=self)
        field.line.setObjectName(f"line-{asked.name}")
        field.entered.connect(self._on_add)
        return field

    def lead(self) -> None:
        """The hand goes to the first thing to type."""
        first = next(iter(self._fields.values()), None)
        if first is not None and self.isVisible():
            first.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_add(self) -> None:
        self.line_added.emit({name: field.text() for name, field in self._fields.items()})

    @Slot()
    def _on_drop(self) -> None:
        self.line_dropped.emit(self._lines.selected_id())

    @Slot(str)
    def _on_bar(self, name: str) -> None:
        if name == "ask":
            self.asked.emit(self._paper.text())
        else:
            self.left.emit()

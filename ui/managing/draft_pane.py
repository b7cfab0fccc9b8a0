"""新的一份目录变动 one line at a time by a form in steps, or items from a file; the lines so far, the paper and the day at the foot."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from clerk_app.cases.catalogue_lines import What
from ui import theme
from ui.language import tr
from ui.managing.view import AskedField, DraftView, LineRowView
from ui.shortcuts import Key
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.row_model import Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.segments import Segments
from ui.widgets.strip import Strip
from ui.widgets.text import Text

WORDS: tuple[tuple[What, str], ...] = (
    ("item", tr("事项")),
    ("item_off", tr("下线")),
    ("fee", tr("收费")),
    ("window", tr("窗口时间")),
    ("standard", tr("服务标准")),
    ("remedies", tr("救济")),
    ("documents", tr("文书分类")),
    ("seal", tr("印章")),
    ("issuer", tr("签发机构")),
    ("outside", tr("对外")),
)
LINES = (Column(tr("哪一项"), 200, bold=True), Column(tr("什么"), 116, tone="ink2"), Column(tr("改了哪几栏")))
COLUMNS, ROOM = 3, 190
"""How many fields stand side by side, and the least height they are seen through."""


class DraftPane(Pane):
    """新的一份 `what_chosen(what)`, `step_chosen(step)`, `line_added(typed)`, `line_dropped(id)`, `file_wanted()`, `asked(paper, day)`, `left()`."""

    what_chosen = Signal(str)
    step_chosen = Signal(str)
    line_added = Signal(dict)
    line_dropped = Signal(str)
    file_wanted = Signal()
    asked = Signal(str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("新的一份目录变动"), tr("一行一行加，整份一起提；另一人确认了，到日子生效"), padding=0, parent=parent
        )
        self.setObjectName("catalogueDraft")
        self._typed: dict[str, str] = {}
        self._fields: dict[str, Field] = {}
        self._shape: tuple[AskedField, ...] = ()
        self._steps_shown: tuple[tuple[str, str], ...] = ()
        self._filled = 0
        self._kinds = Segments(WORDS, self)
        self._kinds.chosen.connect(self.what_chosen)
        self._step_box = QHBoxLayout()
        self._steps: Segments | None = None
        self._form = QGridLayout()
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(10)
        self._findings = Text("", "dense", tone="warn", wrap=True)
        self._findings.setObjectName("lineFinding")
        self._make_keys()
        self._lines = RowTable(LINES, row_height=34, parent=self)
        self._lines.setObjectName("draftLines")
        self._lines.setAccessibleName(tr("这份变动的行"))
        self._paper = Field(tr("依据的文书"), placeholder=tr("如 江政发〔2026〕12号"), parent=self)
        self._paper.line.setObjectName("paper")
        self._day = Field(tr("哪天生效"), placeholder=tr("如 2026-12-01"), parent=self)
        self._day.line.setObjectName("effectiveOn")
        self._strip = Strip(self)
        self.bar = NextStepBar(self)
        self.bar.chosen.connect(self._on_bar)
        self._lay_out()

    def _make_keys(self) -> None:
        self._add = KeyButton(tr("加这一行"), Key.ADD_ROW, parent=self)
        self._add.setObjectName("addLine")
        self._add.chosen.connect(self._on_add)
        self._drop = KeyButton(tr("去掉这一行"), Key.SEND_BACK, "quiet", parent=self)
        self._drop.setObjectName("dropLine")
        self._drop.chosen.connect(self._on_drop)
        self._file = KeyButton(tr("从文件导入事项"), Key.SCAN, "quiet", parent=self)
        self._file.setObjectName("importItems")
        self._file.chosen.connect(self.file_wanted)
        self.add_to_head(self._file)

    def _lay_out(self) -> None:
        scroll = self._scroll = ScrollBody(self)
        scroll.setAccessibleName(tr("这一行的栏目"))
        scroll.body.setContentsMargins(16, 4, 16, 4)
        scroll.body.addLayout(self._form)
        scroll.body.addStretch(1)
        top = QVBoxLayout()
        top.setContentsMargins(16, 4, 16, 4)
        top.setSpacing(8)
        top.addWidget(self._kinds)
        top.addLayout(self._step_box)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 4)
        row.addWidget(self._findings, 1)
        row.addWidget(self._add, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        low = QVBoxLayout()
        low.setContentsMargins(16, 4, 16, 8)
        low.setSpacing(6)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self._paper, 2)
        foot.addWidget(self._day, 1)
        foot.addWidget(self._drop, 0, Qt.AlignmentFlag.AlignBottom)
        low.addWidget(self._strip)
        low.addLayout(foot)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addLayout(top)
        self.body.addWidget(scroll, 3)
        self.body.addLayout(row)
        self.body.addWidget(self._lines, 1)
        self.body.addLayout(low)
        self.add_foot(self.bar)

    def render(self, view: DraftView) -> None:  # type: ignore[override]
        """Show this draft; what is typed stays until its line was taken, in every step."""
        self._scroll.setMinimumHeight(theme.current().px(ROOM))
        self._kinds.choose(view.what)
        self._show_steps(view)
        if view.filled != self._filled:
            self._filled = view.filled
            self._fill(view.given)
        if view.fields != self._shape:
            self._rebuild(view.fields)
        self._findings.say("\n".join(view.findings))
        self._lines.render(tuple(map(_row, view.lines)))
        self._lines.setVisible(bool(view.lines))
        self._drop.setVisible(bool(view.lines))
        self._strip.render(view.trouble)
        self.bar.render(view.bar)

    def field(self, name: str) -> Field:
        """One field of the form, as far as its step is shown."""
        return self._fields[name]

    def clear(self) -> None:
        """A new draft begins with nothing."""
        self._paper.line.clear()
        self._day.line.clear()
        self._fill({})

    def _fill(self, given: Mapping[str, str]) -> None:
        self._typed = dict(given)
        for name, field in self._fields.items():
            field.line.setText(given.get(name, ""))
        self.lead()

    def _show_steps(self, view: DraftView) -> None:
        if view.steps != self._steps_shown:
            self._steps_shown = view.steps
            if self._steps is not None:
                self._step_box.removeWidget(self._steps)
                self._steps.hide()
                self._steps.deleteLater()
            self._steps = Segments(view.steps, self) if view.steps else None
            if self._steps is not None:
                self._steps.setObjectName("itemSteps")
                self._steps.chosen.connect(self.step_chosen)
                self._step_box.addWidget(self._steps)
        if self._steps is not None:
            self._steps.choose(view.step)

    def _rebuild(self, fields: tuple[AskedField, ...]) -> None:
        self._keep()
        self._shape = fields
        while self._form.count():
            item = self._form.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._fields = {one.name: self._made(one) for one in fields}
        for place, field in enumerate(self._fields.values()):
            self._form.addWidget(field, place // COLUMNS, place % COLUMNS, Qt.AlignmentFlag.AlignTop)
        self._scroll.verticalScrollBar().setValue(0)
        self.lead()

    def _made(self, asked: AskedField) -> Field:
        field = Field(asked.label, hint=asked.hint, optional=asked.optional, parent=self)
        field.line.setObjectName(f"line-{asked.name}")
        field.line.setText(self._typed.get(asked.name, ""))
        field.entered.connect(self._on_add)
        return field

    def _keep(self) -> None:
        self._typed |= {name: field.text() for name, field in self._fields.items()}

    def lead(self) -> None:
        """The hand goes to the first thing to type."""
        first = next(iter(self._fields.values()), None)
        if first is not None and self.isVisible():
            first.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_add(self) -> None:
        self._keep()
        self.line_added.emit(dict(self._typed))

    @Slot()
    def _on_drop(self) -> None:
        self.line_dropped.emit(self._lines.selected_id())

    @Slot(str)
    def _on_bar(self, name: str) -> None:
        if name == "ask":
            self.asked.emit(self._paper.text(), self._day.text())
        else:
            self.left.emit()


def _row(line: LineRowView) -> Row:
    return Row(
        line.id, (line.about, line.field, line.after), tr("{field} {about}，{after}", field=line.field, about=line.about, after=line.after)
    )  # fmt: skip

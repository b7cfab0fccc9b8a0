"""目录变动页 lists of changes of the catalogue: one person asks, another sees before → after and confirms the whole with one key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from ui.language import tr
from ui.managing.draft_pane import DraftPane
from ui.managing.view import ChangeDetail, ChangeRowView, ChangesView, LineRowView
from ui.shortcuts import Key
from ui.spoken import speak_as
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from ui.widgets.views_house import Front

COLUMNS = (Column(tr("变动")), Column(tr("生效"), 84, tone="ink2"), Column(tr("到哪了"), 104))
LINES = (
    Column(tr("哪一项"), 148, bold=True),
    Column(tr("栏"), 108, tone="ink2"),
    Column(tr("原来"), tone="ink2"),
    Column(tr("改成"), bold=True),
)
CHOOSE = EmptyView(tr("选一份看改了什么"), tr("原来是什么、改成什么、还缺什么，都写在这里。"), icon="info")


class ChangePane(Pane):
    """变动细目 every changed field of one list; `act(name, reason)`."""

    act = Signal(str, str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("catalogueDetail")
        self.setAccessibleName(tr("变动细目"))
        self._message, self._lacks = Strip(self), Strip(self)
        self._lines = RowTable(LINES, row_height=34, fit_rows=True, parent=self)
        self._lines.setObjectName("catalogueLines")
        self._lines.setAccessibleName(tr("这份变动的行"))
        self._lines.row_chosen.connect(self._read_out)
        self._whole = Text("", "dense", wrap=True)
        self._whole.setObjectName("wholeLine")
        self._reason = Field(tr("为什么撤回"), placeholder=tr("要撤回时写一句"), optional=True, parent=self)
        self._reason.line.setObjectName("dropReason")
        self.bar = NextStepBar(self)
        self.bar.chosen.connect(self._on_act)
        self.bar.refused.connect(self.refused)
        self._shown, self._told = "", dict[str, LineRowView]()
        self._scroll = ScrollBody(self)
        self._scroll.setAccessibleName(tr("变动细目"))
        self._scroll.body.setSpacing(8)
        self._scroll.body.setContentsMargins(16, 0, 16, 12)
        for widget in (self._message, self._lacks, self._lines, self._whole, self._reason):
            self._scroll.body.addWidget(widget)
        self._scroll.body.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self._scroll, 1)
        self.add_foot(self.bar)

    def render(self, view: ChangeDetail) -> None:  # type: ignore[override]
        """Show this list; a typed reason stays while it is the same one."""
        self.set_title(view.title, view.note)
        self._told = {line.id: line for line in view.lines}
        self._lines.render(tuple(map(_line, view.lines)))
        self._message.render(view.message)
        self._lacks.render(view.lacks)
        if view.id != self._shown:
            self._shown = view.id
            self._reason.line.clear()
            self._whole.say("")
            self._scroll.verticalScrollBar().setValue(0)
        self._reason.setVisible(view.reason_wanted)
        self.bar.setVisible(view.bar.step is not None)
        self.bar.render(view.bar)

    @Slot(str)
    def _read_out(self, key: str) -> None:
        """What a cell has no room for is told whole: who confirms has read it."""
        line = self._told.get(key)
        if line is not None:
            self._whole.say(
                tr(
                    "{field}原来：{before}\n{field}改成：{after}",
                    field=line.field,
                    before=line.before,
                    after=line.after,
                )
            )

    @Slot(str)
    def _on_act(self, name: str) -> None:
        self.act.emit(name, self._reason.text())


class ChangesPage(QWidget):
    """目录变动页 `row_chosen(id)`, `act(name, reason)`, `new_wanted()`, `file_chosen(path)`; the draft has signals of its own."""

    row_chosen = Signal(str)
    act = Signal(str, str)
    new_wanted = Signal()
    file_chosen = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cataloguePage")
        self.setAccessibleName(tr("目录变动"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        speak_as(self, "pane")
        self._new = KeyButton(tr("新的变动"), Key.NEW, "quiet", icon="plus", parent=self)
        self._new.setObjectName("newCatalogueChange")
        self._new.chosen.connect(self.new_wanted)
        self._both = ListAndDetail(tr("目录变动"), RowTable(COLUMNS, row_height=54), narrow=336, parent=self)
        self._both.name_table("catalogueTable", tr("变动，上下键挑"))
        self._both.row_chosen.connect(self.row_chosen)
        self._both.list_pane.add_to_head(self._new)
        self._choose, self._wall = EmptyCard(self), EmptyCard(self)
        self.detail, self.draft = ChangePane(self), DraftPane(self)
        self.detail.act.connect(self.act)
        self.detail.refused.connect(self.refused)
        self.draft.file_wanted.connect(self._ask_file)
        self._lay_out()
        self.render(ChangesView())

    def _lay_out(self) -> None:
        self._side = Front(self)
        for widget in (self._choose, self.detail, self.draft):
            self._side.addWidget(widget)
        self._both.stand_beside(self._side)
        self._whole = QStackedLayout(self)
        self._whole.addWidget(self._both)
        self._whole.addWidget(self._wall)

    def render(self, view: ChangesView) -> None:  # type: ignore[override]
        """Show this; the hand's place stays."""
        self._whole.setCurrentIndex(0 if view.allowed else 1)
        self._wall.render(view.empty)
        self._new.setVisible(view.may_ask and view.draft is None)
        shown = self.draft if view.draft else self.detail if view.detail else None
        alone = not view.rows and shown is None
        self._both.show_list(view.title, tuple(map(_row, view.rows)), view.empty, alone=alone)
        self._choose.render(CHOOSE)
        if view.detail is not None:
            self.detail.render(view.detail)
            self.table().select(view.detail.id)
        if view.draft is not None:
            self.draft.render(view.draft)
        turned = self._side.currentWidget() is not (shown or self._choose)
        if view.draft is not None:  # before it comes up: both together ask for more room than the window has
            self._both.list_pane.hide()
        self._side.setCurrentWidget(shown or self._choose)
        self._both.list_pane.setVisible(view.draft is None)
        if self.isVisible() and turned:
            self._lead_hand()

    def _lead_hand(self) -> None:
        """What the hand was on may have gone: it is led to what can be done now."""
        if self.draft.isVisible():
            self.draft.lead()
        elif self.table().isVisible():
            self.table().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def table(self) -> RowTable:
        """The lists."""
        return self._both.table()

    @Slot()
    def _ask_file(self) -> None:
        dialog = QFileDialog(self, tr("从哪个文件导入事项"), "", tr("事项 (*.yaml *.yml *.json *.csv);;所有文件 (*)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.file_chosen)
        dialog.open()


def _row(row: ChangeRowView) -> Row:
    spoken = tr(
        "{words}，{paper}，{when} 生效，{state}", words=row.words, paper=row.paper, when=row.when, state=row.state
    )
    return Row(row.id, (Cell(row.words, note=row.paper, bold=True), row.when, Cell(row.state, lamp=row.lamp)), spoken)


def _line(line: LineRowView) -> Row:
    spoken = tr(
        "{about}{field}，从 {before} 改成 {after}",
        about=line.about,
        field=line.field,
        before=line.before,
        after=line.after,
    )
    return Row(line.id, (line.about, line.field, line.before, line.after), spoken)

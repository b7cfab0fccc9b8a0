"""变动台页 lists of changes of people and posts: one person asks, another sees before → after and confirms the whole with one key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.oversight.roster_draft import DraftPane
from ui.oversight.roster_lines_table import LinesTable
from ui.oversight.roster_view import ChangeDetail, ChangeRowView, HandoutView, RosterView
from ui.shortcuts import Key
from ui.spoken import speak_as
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.next_step import Act, NextStepBar, NextStepView
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from ui.widgets.views_house import Front

COLUMNS = (Column(tr("变动")), Column(tr("提的"), 92, tone="ink2"), Column(tr("到哪了"), 104))
CHOOSE = EmptyView(tr("选一份看每一行"), tr("原来是什么、改成什么，都写在这里。"), icon="info")
COVER = Act("cover", tr("都交给本人了，盖住"), Key.NEXT_STEP)


class ChangePane(Pane):
    """变动细目 every line of one list; `act(name, reason)`."""

    act = Signal(str, str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("rosterDetail")
        self.setAccessibleName(tr("变动细目"))
        self._strip, self._lines = Strip(self), LinesTable(self)
        self._lines.setAccessibleName(tr("这份变动的行"))
        self._reason = Field(tr("为什么撤回"), placeholder=tr("要撤回时写一句"), optional=True, parent=self)
        self._reason.line.setObjectName("dropReason")
        self.bar = NextStepBar(self)
        self.bar.chosen.connect(self._on_act)
        self.bar.refused.connect(self.refused)
        self._shown = ""
        low = QVBoxLayout()
        low.setContentsMargins(16, 8, 16, 12)
        low.setSpacing(8)
        low.addWidget(self._strip)
        low.addWidget(self._reason)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self._lines, 1)
        self.body.addLayout(low)
        self.add_foot(self.bar)

    def render(self, view: ChangeDetail) -> None:  # type: ignore[override]
        """Show this list; a typed reason stays while it is the same one."""
        self.set_title(view.title, view.note)
        self._lines.render_lines(view.lines)
        self._strip.render(view.message)
        if view.id != self._shown:
            self._shown = view.id
            self._reason.line.clear()
        self._reason.setVisible(view.reason_wanted)
        self.bar.setVisible(view.bar.step is not None)
        self.bar.render(view.bar)

    @Slot(str)
    def _on_act(self, name: str) -> None:
        self.act.emit(name, self._reason.text())


class HandoutPane(Pane):
    """首次密码 shown once, large enough to be read out; `covered()` when they were handed over."""

    covered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("首次密码，只显示这一次"), tr("当面交给本人；第一次登录时就要换掉"), padding=0, parent=parent
        )
        self.setObjectName("handouts")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(24, 16, 24, 16)
        self._grid.setHorizontalSpacing(28)
        self._grid.setVerticalSpacing(14)
        self._grid.setColumnStretch(3, 1)
        self._shown: tuple[HandoutView, ...] = ()
        self.bar = NextStepBar(self)
        self.bar.chosen.connect(self._on_covered)
        self.bar.render(
            NextStepView(tr("中心办成后，这些密码才能用。"), tr("盖住以后谁也看不到了；忘了就再重设一次。"), step=COVER)
        )
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self.add_foot(self.bar)

    def render(self, handouts: tuple[HandoutView, ...]) -> None:  # type: ignore[override]
        """Show these, or nothing: what was shown does not stay in the window."""
        if handouts == self._shown:
            return
        self._shown = handouts
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if isinstance(widget, Text):
                widget.setText("")
                widget.hide()
                widget.deleteLater()
        for place, one in enumerate(handouts):
            self._grid.addWidget(Text(one.name, "section", strong=True), place, 0)
            self._grid.addWidget(Text(one.person, "body", tone="ink2"), place, 1)
            self._grid.addWidget(Text(one.password, "title", strong=True), place, 2)

    @Slot(str)
    def _on_covered(self, _name: str) -> None:
        self.covered.emit()


class RosterPage(QWidget):
    """变动台页 `row_chosen(id)`, `act(name, reason)`, `new_wanted()`; the draft and the handouts have signals of their own."""

    row_chosen = Signal(str)
    act = Signal(str, str)
    new_wanted = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rosterPage")
        self.setAccessibleName(tr("人员与岗位变动"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        speak_as(self, "pane")
        self._new = KeyButton(tr("新的变动"), Key.NEW, "quiet", icon="plus", parent=self)
        self._new.setObjectName("newChange")
        self._new.chosen.connect(self.new_wanted)
        self._both = ListAndDetail(tr("人员与岗位变动"), RowTable(COLUMNS, row_height=54), narrow=336, parent=self)
        self._both.name_table("rosterTable", tr("变动，上下键挑"))
        self._both.row_chosen.connect(self.row_chosen)
        self._both.list_pane.add_to_head(self._new)
        self._choose, self._wall = EmptyCard(self), EmptyCard(self)
        self.detail, self.draft, self.handouts = ChangePane(self), DraftPane(self), HandoutPane(self)
        self.detail.act.connect(self.act)
        self.detail.refused.connect(self.refused)
        self._lay_out()
        self.render(RosterView())

    def _lay_out(self) -> None:
        self._side = Front(self)
        for widget in (self._choose, self.detail, self.draft, self.handouts):
            self._side.addWidget(widget)
        self._both.stand_beside(self._side)
        self._whole = QStackedLayout(self)
        self._whole.addWidget(self._both)
        self._whole.addWidget(self._wall)

    def render(self, view: RosterView) -> None:  # type: ignore[override]
        """Show this; the hand's place stays."""
        self._whole.setCurrentIndex(0 if view.allowed else 1)
        self._wall.render(view.empty)
        self._new.setVisible(view.may_ask and view.draft is None)
        shown = self.handouts if view.handouts else self.draft if view.draft else self.detail if view.detail else None
        alone = not view.rows and shown is None
        self._both.show_list(view.title, tuple(_row(row) for row in view.rows), view.empty, alone=alone)
        self._choose.render(CHOOSE)
        self.handouts.render(view.handouts)
        if view.detail is not None:
            self.detail.render(view.detail)
            self.table().select(view.detail.id)
        if view.draft is not None:
            self.draft.render(view.draft)
        turned = self._side.currentWidget() is not (shown or self._choose)
        by_itself = view.draft is not None or bool(view.handouts)
        if by_itself:  # before it comes up: both together ask for more room than the window has
            self._both.list_pane.hide()
        self._side.setCurrentWidget(shown or self._choose)
        self._both.list_pane.setVisible(not by_itself)
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


def _row(row: ChangeRowView) -> Row:
    spoken = tr("{words}，{paper}，{when}，{state}", words=row.words, paper=row.paper, when=row.when, state=row.state)
    return Row(row.id, (Cell(row.words, note=row.paper, bold=True), row.when, Cell(row.state, lamp=row.lamp)), spoken)

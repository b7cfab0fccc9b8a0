"""在办办件 the pane of the case in hand: title, steps, papers, applicant, and by when."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.queueing.applicant_pane import ApplicantPane
from ui.queueing.due_pane import DueLine, DuePane
from ui.queueing.materials_pane import MaterialsPane
from ui.queueing.side_panes import CoursePane, NextPaperPane
from ui.queueing.view import CaseView
from ui.shell import WidthClass
from ui.shortcuts import Key
from ui.widgets.key_button import KeyButton
from ui.widgets.one_line import OneLine
from ui.widgets.pane import ScrollBody
from ui.widgets.step_line import StepLine
from ui.widgets.tag import Tag
from ui.widgets.text import Text

DUE_WIDTH = 286
DUE_WIDTH_WIDE = 380


class CasePane(QWidget):
    """在办办件 its body scrolls, its head does not."""

    material_ticked = Signal(str, bool)
    material_brought_as = Signal(str, str)
    tolerate_wanted = Signal(str)
    scan_wanted = Signal()
    card_wanted = Signal(str)
    reveal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("casePane")
        self._view: CaseView | None = None
        self._class: WidthClass = "normal"
        self._title = OneLine("", "title")
        self._title.setObjectName("caseTitle")
        self._tags: list[Tag] = []
        self._tag_row = QHBoxLayout()
        self._card = KeyButton(tr("事项卡"), Key.CARD, "link", bind=False, parent=self)
        self._card.setObjectName("openCard")
        self._card.chosen.connect(self._on_card)
        self._code_label = Text(tr("查询码"), "dense")
        self._code = Text("", "body", strong=True)
        self._applicant = OneLine("", "body")
        self._facts = Text("", "dense")
        self._steps = StepLine()
        self._materials = MaterialsPane(parent=self)
        self._who = ApplicantPane(self)
        self._due, self._due_line = DuePane(self), DueLine(self)
        self._course, self._paper = CoursePane(self), NextPaperPane(self)
        self._scroll = ScrollBody(self)
        self._side = QWidget()
        self._lay_out()
        self._materials.ticked.connect(self.material_ticked)
        self._materials.brought_as.connect(self.material_brought_as)
        self._materials.tolerate_wanted.connect(self.tolerate_wanted)
        self._materials.scan_wanted.connect(self.scan_wanted)
        self._who.reveal_wanted.connect(self.reveal_wanted)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 10, 0)
        column.setSpacing(8)
        column.addLayout(self._head_row())
        facts = QHBoxLayout()
        facts.setSpacing(12)
        facts.addWidget(self._applicant)
        facts.addWidget(self._facts)
        facts.addStretch(1)
        column.addLayout(facts)
        column.addWidget(self._steps)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.body.setContentsMargins(0, 4, 10, 12)
        self._scroll.body.addWidget(self._due_line)
        body = QHBoxLayout()
        body.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self._materials)
        low = QHBoxLayout()
        low.setSpacing(12)
        low.addWidget(self._who, 1, Qt.AlignmentFlag.AlignTop)
        low.addWidget(self._paper, 1)
        left.addLayout(low, 1)
        body.addLayout(left, 1)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        side.addWidget(self._due)
        side.addWidget(self._course)
        side.addStretch(1)
        body.addWidget(self._side)
        self._scroll.body.addLayout(body, 1)
        column.addWidget(self._scroll, 1)

    def _head_row(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.setContentsMargins(0, 0, 10, 0)
        self._tag_row.setSpacing(8)
        code = QHBoxLayout()
        code.setSpacing(8)
        code.addWidget(self._code_label)
        code.addWidget(self._code)
        head.addWidget(self._title)
        head.addLayout(self._tag_row)
        head.addStretch(1)
        head.addWidget(self._card)
        head.addLayout(code)
        return head

    def render(self, view: CaseView) -> None:  # type: ignore[override]
        """Show this case; the hand stays where it is in the list of papers."""
        if view == self._view:
            return
        self._view = view
        self._title.say(view.title)
        self._show_tags(view)
        self._code.say(view.query_code)
        self._applicant.say(view.applicant)
        self._facts.say(view.facts)
        self._steps.render(view.steps)
        self._materials.render_materials(view.materials, view.materials_note, fixed=view.materials_fixed)
        self._materials.show_scans(view.scan_text)
        self._card.setVisible(bool(view.item))
        self._who.render_applicant(view.applicant_rows, view.reveal_text, view.reveal_reason)
        if view.due is not None:
            self._due.render(view.due)
            self._due_line.render(view.due)
        self._share()

    def _show_tags(self, view: CaseView) -> None:
        while len(self._tags) < len(view.tags):
            self._tags.append(Tag(parent=self))
            self._tag_row.addWidget(self._tags[-1])
        for place, tag in enumerate(self._tags):
            narrow = self._class == "narrow" and place > 0
            shown = view.tags[place] if place < len(view.tags) and not narrow else None
            tag.render_tag(shown.text if shown else "", shown.kind if shown else "plain")

    def set_width_class(self, width: WidthClass) -> None:
        """Wide adds the course and the paper; narrow makes the due date one line."""
        self._class = width
        if self._view is not None:
            self._show_tags(self._view)
        self._share()

    def _share(self) -> None:
        view = self._view
        narrow, wide = self._class == "narrow", self._class == "wide"
        if wide and view is not None:  # the third column: filled when there is one
            self._course.render_course(view.course)
            self._paper.render_paper(view.paper, view.paper_title)
        self._side.setFixedWidth(theme.current().px(DUE_WIDTH_WIDE if wide else DUE_WIDTH))
        due = view is not None and view.due is not None
        course = wide and view is not None and bool(view.course)
        self._side.setVisible(not narrow and (due or course))
        self._due.setVisible(due)
        self._due_line.setVisible(narrow and due)
        self._course.setVisible(course)
        self._paper.setVisible(wide and view is not None and bool(view.paper))
        self._steps.setVisible(not narrow)
        self._applicant.setVisible(not narrow)
        self._facts.setVisible(not narrow)

    def focus_first(self) -> bool:
        """The hand goes to the first paper still to come; False when there is none."""
        if self._view is None or self._view.materials_fixed or all(row.brought for row in self._view.materials):
            return False
        self._materials.focus_first_open()
        return True

    @Slot()
    def _on_card(self) -> None:
        if self._view is not None and self._view.item:
            self.card_wanted.emit(self._view.item)

    def card_button(self) -> KeyButton:
        """事项卡."""
        return self._card

    def parts(self) -> tuple[MaterialsPane, ApplicantPane]:
        """Its panes with controls, in Tab order."""
        return self._materials, self._who

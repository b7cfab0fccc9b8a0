"""收件 the pane of a case to be received: which item, who applies, what was brought."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.queueing.applicant_form import AGENT, ID_NUMBER, NAME, PHONE, ApplicantForm
from ui.queueing.item_picker import ItemPicker
from ui.queueing.materials_pane import MaterialsPane
from ui.queueing.view import RECEIVE, MaterialRow, ReceiveForm, ReceiveView
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.one_line import OneLine
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.tag import Tag
from ui.widgets.text import Text

NO_ITEM = EmptyView("先选事项", "材料清单随事项出来；清单外的材料不能要。", icon="file")


class ReceivePane(QWidget):
    """收件 holds what is typed: the view never clears it while its `id` stays; `changed` when the next step may differ."""

    item_chosen = Signal(str)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("receivePane")
        self._view: ReceiveView | None = None
        self._brought: dict[str, set[str]] = {}
        self._title = OneLine("收件", "title")
        self._kind = Tag()
        self._limit = Tag()
        self._ticket = Text("", "dense")
        self._picker = ItemPicker(self)
        self._form = ApplicantForm(self)
        self._materials = MaterialsPane(story=False, parent=self)
        self._no_item = EmptyCard(self)
        self._no_item.render(NO_ITEM)
        self._lay_out()
        self._picker.chosen.connect(self._on_chosen)
        self._form.edited.connect(self.changed)
        self._form.left_end.connect(self._on_form_end)
        self._materials.ticked.connect(self._on_ticked)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 12)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._kind)
        head.addWidget(self._limit)
        head.addStretch(1)
        head.addWidget(self._ticket)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._picker)
        scroll = ScrollBody(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.body.addWidget(self._form)
        scroll.body.addWidget(self._materials)
        self._blank = Pane(inner=True)
        self._blank.body.addWidget(self._no_item)
        scroll.body.addWidget(self._blank, 1)
        scroll.body.addStretch(0)
        row.addWidget(scroll, 1)
        column.addLayout(row, 1)
        self._measure()

    def render(self, view: ReceiveView) -> None:  # type: ignore[override]
        """Show this reception; another `id` is another citizen and starts with empty fields."""
        before = self._view
        self._view = view
        if before is None or before.id != view.id:
            self._brought.clear()
            self._form.clear()
            self._picker.render_items(view.items)
            self._picker.clear()
        self._picker.render_items(view.items)
        if view.chosen and (before is None or before.chosen != view.chosen or before.id != view.id):
            self._picker.choose(view.chosen)
        if before is None or before.findings != view.findings:
            self._form.show_findings(view.findings)
        self._ticket.say(view.ticket)
        self._show_item()

    def form(self) -> ReceiveForm:
        """What is typed and ticked now."""
        item = self._picker.item()
        ticked = self._brought.get(self._picker.code(), set())
        brought = tuple(paper.name for paper in item.materials if paper.name in ticked) if item else ()
        return ReceiveForm(
            item=self._picker.code(),
            name=self._form.value(NAME),
            brought=brought,
            id_number=self._form.value(ID_NUMBER),
            phone=self._form.value(PHONE),
            agent=self._form.value(AGENT),
        )

    def next_step(self) -> NextStepView:
        """下一步：收件, grey with what is still missing."""
        form = self.form()
        item = self._picker.item()
        reason = self._view.blocked if self._view else ""
        if not reason and item is None:
            reason = "先选事项"
        elif not reason and not form.name:
            reason = "还没填申请人"
        if item is None:
            note = "选好事项，填申请人，勾上带来的材料。"
        else:
            note = f"带来 {len(form.brought)} / {len(item.materials)} 样材料，没带齐也能收，受理前补。"
        return NextStepView("下一步：收件。", note, Act(RECEIVE, "收件", Key.NEXT_STEP, reason))

    def focus_first(self) -> None:
        """The hand goes to the first thing to do."""
        if not self._picker.code():
            self._picker.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._form.value(NAME):
            self._form.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._materials.focus_first_open()

    def set_narrow(self, narrow: bool) -> None:
        """Less room for the picker in a narrow window."""
        self._picker.setFixedWidth(theme.current().px(260 if narrow else 324))

    def parts(self) -> tuple[ItemPicker, ApplicantForm, MaterialsPane]:
        """Its three panes, in Tab order."""
        return self._picker, self._form, self._materials

    def _show_item(self) -> None:
        item = self._picker.item()
        self._title.say(f"收件：{item.name}" if item else "收件")
        self._kind.render_tag(item.kind if item else "")
        self._limit.render_tag(item.limit if item else "")
        ticked = self._brought.get(self._picker.code(), set())
        rows = (
            tuple(
                MaterialRow(
                    name=paper.name,
                    form=paper.form,
                    need=paper.need,
                    essential=paper.essential,
                    brought=paper.name in ticked,
                )
                for paper in item.materials
            )
            if item
            else ()
        )
        self._materials.setVisible(item is not None)
        self._blank.setVisible(item is None)
        self._materials.render_materials(rows)
        self.changed.emit()

    @Slot(str)
    def _on_chosen(self, code: str) -> None:
        self._show_item()
        self.item_chosen.emit(code)
        if not self._form.value(NAME):
            self._form.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_form_end(self) -> None:
        if self._picker.item() is None:
            self._picker.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._materials.focus_first_open()

    @Slot(str, bool)
    def _on_ticked(self, name: str, brought: bool) -> None:
        ticked = self._brought.setdefault(self._picker.code(), set())
        if brought:
            ticked.add(name)
        else:
            ticked.discard(name)
        self._show_item()

    def _measure(self) -> None:
        self.set_narrow(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

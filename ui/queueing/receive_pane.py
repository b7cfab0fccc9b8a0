"""收件 the pane of a case to be received: which item, who applies, what was brought."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk_app.receipts.words import day_words
from ui import theme
from ui.language import tr
from ui.queueing.applicant_form import AGENT, ID_NUMBER, NAME, PHONE, ApplicantForm
from ui.queueing.brought_pane import BroughtPane, Ticks
from ui.queueing.card_reader import Card, CardReader
from ui.queueing.days import read_day
from ui.queueing.external_form import ExternalPane
from ui.queueing.item_picker import ItemPicker
from ui.queueing.receive_step import day_finding, external_step, receive_step, spot_ask
from ui.queueing.view import AskView, ExternalForm, ReceiveForm, ReceiveView
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import NextStepView
from ui.widgets.one_line import OneLine
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.tag import Tag
from ui.widgets.text import Text

NO_ITEM = EmptyView(tr("先选事项"), tr("材料清单随事项出来；清单外的材料不能要。"), icon="file")


class ReceivePane(QWidget):
    """收件 holds what is typed: the view never clears it while its `id` stays; `changed` when the next step may differ."""

    item_chosen = Signal(str)
    changed = Signal()
    card_read = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("receivePane")
        self._view: ReceiveView | None = None
        self._kept: tuple[dict[str, str], Ticks, str] = ({}, {}, "")
        self._title = OneLine(tr("收件"), "title")
        self._kind = Tag()
        self._limit = Tag()
        self._ticket = Text("", "dense")
        self.card = KeyButton(tr("事项卡"), Key.CARD, "link", bind=False, parent=self)
        self.card.setObjectName("openCard")
        self._picker = ItemPicker(self)
        self._form = ApplicantForm(self)
        self._materials = BroughtPane(self._picker.item, self)
        self.external_pane = ExternalPane(self)
        self.reader = CardReader(self)
        self._no_item = EmptyCard(self)
        self._no_item.render(NO_ITEM)
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        self._picker.chosen.connect(self._on_chosen)
        self._form.edited.connect(self.changed)
        self._form.left_end.connect(self._on_form_end)
        self._materials.changed.connect(self.changed)
        self.external_pane.edited.connect(self._on_external)
        self.reader.began.connect(self._keep)
        self.reader.read.connect(self._on_read)
        lines = (self._form.field(name).line for name in (NAME, ID_NUMBER, PHONE, AGENT))
        self.reader.watch(self._picker.search().line, self._picker.table(), self._materials.table(), *lines)

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
        head.addWidget(self.card)
        head.addWidget(self._ticket)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._picker)
        scroll = ScrollBody(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.body.addWidget(self._form)
        scroll.body.addWidget(self._materials)
        scroll.body.addWidget(self.external_pane)
        self._blank = Pane(inner=True)
        self._blank.body.addWidget(self._no_item)
        scroll.body.addWidget(self._blank, 1)
        scroll.body.addStretch(0)
        row.addWidget(scroll, 1)
        column.addLayout(row, 1)
        self.set_narrow(False)

    def render(self, view: ReceiveView) -> None:  # type: ignore[override]
        """Show this reception; another `id` is another citizen and starts with empty fields."""
        before = self._view
        self._view = view
        if before is None or before.id != view.id:
            self._materials.put_back(view.ticks)
            self._form.clear()
            self._form.put_back(view.typed)
            self.external_pane.clear()
            self._picker.render_items(view.items)
            self._picker.clear()
        self._picker.render_items(view.items)
        self._form.offer_persons(view.persons)
        if view.chosen and (before is None or before.chosen != view.chosen or before.id != view.id):
            self._picker.choose(view.chosen)
        if before is None or before.findings != view.findings:
            self._form.show_findings(view.findings)
        self._ticket.say(view.ticket)
        self._show_item()

    def form(self, opinion: str = "") -> ReceiveForm:
        """What is typed and ticked now."""
        item = self._picker.item()
        ticked = self._materials.here()
        brought = tuple(paper.name for paper in item.materials if paper.name in ticked) if item else ()
        return ReceiveForm(
            item=self._picker.code(),
            name=self._form.value(NAME),
            brought=brought,
            brought_as=tuple((name, ticked[name]) for name in brought if ticked[name]),
            id_number=self._form.value(ID_NUMBER),
            phone=self._form.value(PHONE),
            agent=self._form.value(AGENT),
            opinion=opinion,
        )

    def external(self) -> ExternalForm | None:
        """What is noted of a matter another system carries; None for an item of this house."""
        item = self._picker.item()
        return self.external_pane.form(item.code) if item is not None and item.external else None

    def ask(self) -> AskView | None:
        """The line an item of one sitting still needs."""
        return spot_ask(self._view, self._picker.item())

    def next_step(self, opinion: str = "") -> NextStepView:
        """The one next step, grey with what is still missing."""
        noted = self.external()
        if noted is not None:
            return external_step(self._view, noted)
        return receive_step(self._view, self._picker.item(), self.form(opinion))

    def focus_first(self) -> None:
        """The hand goes to the first thing to do."""
        if not self._picker.code():
            self._picker.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.external() is not None:
            self.external_pane.focus_first()
        elif not self._form.value(NAME):
            self._form.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._materials.focus_first_open()

    def set_narrow(self, narrow: bool) -> None:
        """Less room for the picker in a narrow window."""
        self._picker.setFixedWidth(theme.current().px(260 if narrow else 324))

    def parts(self) -> tuple[ItemPicker, ApplicantForm, BroughtPane]:
        """Its three panes, in Tab order."""
        return self._picker, self._form, self._materials

    def controls(self) -> list[QWidget]:
        """What is walked through with Tab, in order."""
        return [
            self._picker.search().line,
            self._picker.table(),
            self._form.same_button(),
            *(self._form.field(name).line for name in (NAME, ID_NUMBER, PHONE, AGENT)),
            self._materials.all_button(),
            self._materials.table(),
            *self.external_pane.answers(),
            *(field.line for field in self.external_pane.fields()),
        ]

    def wanted_card(self) -> str:
        """Whose card is meant now: of the chosen item, else of the one under the hand."""
        return self._picker.code() or self._picker.table().selected_id()

    def _show_item(self) -> None:
        item = self._picker.item()
        self._title.say(tr("收件：{name}", name=item.name) if item else tr("收件"))
        self._kind.render_tag(item.kind if item else "")
        self._limit.render_tag(item.limit if item else "")
        outside = item is not None and item.external
        self._form.setVisible(not outside)
        self.external_pane.setVisible(outside)
        self.external_pane.short.setVisible(item is not None and item.noted)
        self.card.set_reason("" if self.wanted_card() else tr("先选事项"))
        self._materials.setVisible(item is not None and not outside)
        self._blank.setVisible(item is None)
        self._materials.show_item()
        self.changed.emit()

    @Slot(str)
    def _on_chosen(self, code: str) -> None:
        self._show_item()
        self.item_chosen.emit(code)
        if self.external() is not None:
            self.external_pane.focus_first()
        elif not self._form.value(NAME):
            self._form.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_form_end(self) -> None:
        if self._picker.item() is None:
            self._picker.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._materials.focus_first_open()

    @Slot()
    def _on_external(self) -> None:
        typed = self.external_pane.fields()[1].text().strip()
        day = read_day(typed, self._view.today) if self._view and self._view.today else None
        self.external_pane.say_day(day_words(day) if day else "", day_finding(self._view, typed))
        self.changed.emit()

    @Slot()
    def _keep(self) -> None:
        """Before the first key of what may be a reader's burst: all that its keys could write over."""
        self._kept = (self._form.typed(), self._materials.kept(), self._picker.search().text())

    @Slot(object)
    def _on_read(self, card: Card) -> None:
        typed, ticks, searched = self._kept
        self._materials.put_back(ticks)
        self._form.put_back(typed)
        self._picker.search().set_text(searched)
        self._form.take_card(card)
        self._show_item()
        self.card_read.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.set_narrow(False)

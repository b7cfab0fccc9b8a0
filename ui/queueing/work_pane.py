"""办理 the right side of the counter page: nobody, a reception, the case in hand, its item's card, or an answer that is no acceptance."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QStackedWidget, QVBoxLayout, QWidget

from ui.language import tr
from ui.queueing.ask_pane import AskPane
from ui.queueing.card_pane import ItemCardPane
from ui.queueing.card_view import SAVE_CARD, SHUT_CARD, ItemCardView
from ui.queueing.case_pane import CasePane
from ui.queueing.receive_pane import ReceivePane
from ui.queueing.reply_pane import ReplyPane
from ui.queueing.reply_view import REPLY, SHUT_REPLY, ReplyView
from ui.queueing.view import (
    ACCEPT,
    BACK_TO_CASE,
    EXTERNAL,
    FINISH,
    HAND_OVER,
    NOTIFY,
    PROPOSE,
    RECEIVE,
    SPOT,
    AskView,
    CaseView,
    ReceiveView,
    Work,
)
from ui.shell import WidthClass
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane
from ui.widgets.strip import Strip, StripView


class WorkPane(Pane):
    """办理 one of five, never a change under the hand while it is the same work.

    Card and answer lie over the work: under them nothing typed is lost.
    """

    item_chosen = Signal(str)
    receive_wanted = Signal(object)
    spot_wanted = Signal(object)
    external_wanted = Signal(object)
    reply_opened = Signal(object)
    tolerate_wanted = Signal(str)
    reply_changed = Signal(object)
    reply_wanted = Signal(object)
    reply_shut = Signal()
    card_wanted = Signal(str)
    card_shut = Signal()
    card_kept = Signal(str, str)
    scanned = Signal(tuple)
    card_read = Signal()
    material_ticked = Signal(str, bool)
    material_brought_as = Signal(str, str)
    accept_wanted = Signal()
    proposed = Signal(str)
    handed_over = Signal(str, str)
    finish = Signal()
    reveal_wanted = Signal()
    act_wanted = Signal(str)
    strip_link = Signal()
    empty_link = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("workPane")
        self.empty, self.receive, self.case = EmptyCard(self), ReceivePane(self), CasePane(self)
        self.card, self.reply = ItemCardPane(self), ReplyPane(self)
        self._stack = QStackedWidget(self)
        for part in (self.empty, self.receive, self.case, self.card, self.reply):
            self._stack.addWidget(part)
        self.strip, self.ask, self.bar = Strip(self), AskPane(self), NextStepBar(self)
        self._strip_box = QFrame(self)
        box = QVBoxLayout(self._strip_box)
        box.setContentsMargins(20, 0, 20, 12)
        box.addWidget(self.strip)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self._strip_box)
        self.body.addWidget(self.ask)
        self.body.addWidget(self.bar)
        self._work: Work | None = None
        self._connect()

    def _connect(self) -> None:
        self.empty.link_chosen.connect(self.empty_link)
        self.receive.item_chosen.connect(self.item_chosen)
        self.receive.changed.connect(self._on_form_changed)
        self.receive.card.chosen.connect(self.press_card)
        self.receive.card_read.connect(self.card_read)
        self.case.card_wanted.connect(self.card_wanted)
        self.case.material_ticked.connect(self.material_ticked)
        self.case.material_brought_as.connect(self.material_brought_as)
        self.case.tolerate_wanted.connect(self.tolerate_wanted)
        self.case.scan_wanted.connect(self._ask_files)
        self.reply.changed.connect(self.reply_changed)
        self.reply.refused.connect(self.refused)
        self.reply.entered.connect(self.focus_next_step)
        self.case.reveal_wanted.connect(self.reveal_wanted)
        self.strip.link_chosen.connect(self.strip_link)
        self.ask.changed.connect(self._show_step)
        self.ask.entered.connect(self.focus_next_step)
        self.bar.chosen.connect(self._on_act)
        self.bar.refused.connect(self.refused)

    def render_work(self, work: Work, strip: StripView | None) -> None:
        """Show this work."""
        self._work = work
        if isinstance(work, EmptyView):
            self.empty.render(work)
            self._stack.setCurrentWidget(self.empty)
        elif isinstance(work, ReceiveView):
            self.receive.render(work)
            self._stack.setCurrentWidget(self.receive)
        elif isinstance(work, ItemCardView):
            self.card.render(work)
            self._stack.setCurrentWidget(self.card)
        elif isinstance(work, ReplyView):
            self.reply.render(work)
            self._stack.setCurrentWidget(self.reply)
        else:
            self.case.render(work)
            if self._stack.currentWidget() is not self.receive or not self.isVisible():
                self._stack.setCurrentWidget(self.case)
            else:  # filled now, laid out and painted in a turn of its own: both at once hold the screen up
                QTimer.singleShot(0, self._show_case)
        self._show_ask()
        self._show_step()
        self.bar.setVisible(not isinstance(work, EmptyView) and not (isinstance(work, CaseView) and _silent(work)))
        self.strip.render(strip)
        self._strip_box.setVisible(strip is not None)

    def focus_first(self) -> None:
        """The hand goes to the first thing to do here: a field, a paper, else the next step."""
        if isinstance(self._work, ReceiveView):
            self.receive.focus_first()
        elif isinstance(self._work, ItemCardView):
            self.card.focus_first()
        elif isinstance(self._work, ReplyView):
            self.reply.focus_first()
        elif isinstance(self._work, CaseView) and self._work.ask is not None:
            self.ask.focus_first()
        elif isinstance(self._work, CaseView) and not self.case.focus_first():
            self.focus_next_step()

    @Slot()
    def focus_next_step(self) -> None:
        """The hand goes to the filled button."""
        filled = self.bar.filled()
        if filled is not None:
            filled.setFocus()

    def set_width_class(self, width: WidthClass) -> None:
        """Pass the window's width class on."""
        self.case.set_width_class(width)
        self.receive.set_narrow(width == "narrow")
        self.card.set_narrow(width == "narrow")
        self.reply.set_narrow(width == "narrow")

    def controls(self) -> list[QWidget]:
        """What is walked through with Tab, in order: the work, the line over the step, strip, next step."""
        papers, who = self.case.parts()
        case = self.case.card_button(), papers.scan_button(), papers.all_button(), papers.table(), who.reveal_button()
        asked = self.ask.field.line, *self.ask.choices()
        bars = *self.strip.findChildren(KeyButton), *self.bar.findChildren(KeyButton)
        return [*self.receive.controls(), *self.reply.controls(), *case, *asked, *bars]

    def press_card(self) -> None:
        """Its item's card, or back from it."""
        if isinstance(self._work, ItemCardView):
            self.card_shut.emit()
        elif isinstance(self._work, ReceiveView) and self.receive.wanted_card():
            self.card_wanted.emit(self.receive.wanted_card())
        elif isinstance(self._work, CaseView) and self._work.item:
            self.card_wanted.emit(self._work.item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to what lies under it; nothing typed is lost."""
        shut = {ItemCardView: SHUT_CARD, ReplyView: SHUT_REPLY, ReceiveView: BACK_TO_CASE}.get(type(self._work), "")
        if event.key() == Qt.Key.Key_Escape and shut and self.bar.button(shut) is not None:
            self._on_act(shut)
            return
        super().keyPressEvent(event)

    def _asked(self) -> AskView | None:
        if isinstance(self._work, CaseView):
            return self._work.ask
        return self.receive.ask() if isinstance(self._work, ReceiveView) else None

    def _show_ask(self) -> None:
        asked = self._asked()
        if asked is not None:
            self.ask.render(asked)
        self.ask.setVisible(asked is not None)

    @Slot()
    def _show_step(self) -> None:
        """The bar, its step grey while the line over it is still empty."""
        work = self._work
        if isinstance(work, ReceiveView):
            self.bar.render(self.receive.next_step(self.ask.text() if self._asked() else ""))
        elif isinstance(work, CaseView):
            step, reason = work.next.step, self.ask.reason() if work.ask is not None else ""
            grey = step is not None and reason and not step.reason
            self.bar.render(replace(work.next, step=replace(step, reason=reason)) if step and grey else work.next)
        elif isinstance(work, ItemCardView | ReplyView):
            self.bar.render(work.next)

    @Slot()
    def _show_case(self) -> None:
        if isinstance(self._work, CaseView):
            self._stack.setCurrentWidget(self.case)

    @Slot()
    def _on_form_changed(self) -> None:
        if isinstance(self._work, ReceiveView):
            self._show_ask()
            self._show_step()

    @Slot()
    def _ask_files(self) -> None:
        dialog = QFileDialog(self, tr("选扫描件"), "", tr("扫描件 (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._on_files)
        dialog.open()

    @Slot(list)
    def _on_files(self, paths: list[str]) -> None:
        self.scanned.emit(tuple(paths))

    def _ask_place(self, card: ItemCardView) -> None:
        dialog = QFileDialog(self, tr("指南存到哪里"), card.file, "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_place)
        dialog.open()

    @Slot(str)
    def _on_place(self, path: str) -> None:
        if isinstance(self._work, ItemCardView):
            self.card_kept.emit(self._work.code, path)

    def _on_overlay(self, name: str) -> bool:
        """The acts of what lies over the work."""
        if name == SAVE_CARD and isinstance(self._work, ItemCardView):
            self._ask_place(self._work)
        elif name == SHUT_CARD:
            self.card_shut.emit()
        elif name == SHUT_REPLY:
            self.reply_shut.emit()
        elif name == REPLY:
            self.reply_wanted.emit(self.reply.form())
        else:
            return False
        return True

    @Slot(str)
    def _on_act(self, name: str) -> None:
        if self._on_overlay(name):
            return
        if name == RECEIVE:
            self.receive_wanted.emit(self.receive.form())
        elif name == SPOT:
            self.spot_wanted.emit(self.receive.form(self.ask.text()))
        elif name == EXTERNAL:
            self.external_wanted.emit(self.receive.external())
        elif name == NOTIFY:
            self.reply_opened.emit(self.receive.form() if isinstance(self._work, ReceiveView) else None)
        elif name == ACCEPT:
            self.accept_wanted.emit()
        elif name == PROPOSE:
            self.proposed.emit(self.ask.text())
        elif name == HAND_OVER:
            self.handed_over.emit(self.ask.text(), self.ask.choice())
        elif name == FINISH:
            self.finish.emit()
        else:
            self.act_wanted.emit(name)


def identity(work: Work | None) -> tuple[str, str]:
    """Which work this is, whatever it says now."""
    if isinstance(work, ReceiveView):
        return "receive", work.id
    if isinstance(work, CaseView):
        return "case", f"{work.id} {work.ask.id}" if work.ask is not None else work.id
    if isinstance(work, ItemCardView):
        return "card", work.code
    if isinstance(work, ReplyView):
        return "reply", work.id
    return "empty", ""


def _silent(work: CaseView) -> bool:
    return not work.next.sentence and work.next.step is None

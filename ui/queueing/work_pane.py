"""办理 the right side of the counter page: nobody, a reception, or the case in hand, over strip and next-step bar."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from ui.queueing.ask_pane import AskPane
from ui.queueing.case_pane import CasePane
from ui.queueing.receive_pane import ReceivePane
from ui.queueing.view import ACCEPT, FINISH, HAND_OVER, PROPOSE, RECEIVE, CaseView, ReceiveView, Work
from ui.shell import WidthClass
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane
from ui.widgets.strip import Strip, StripView


class WorkPane(Pane):
    """办理 one of three, never a change under the hand while it is the same work."""

    item_chosen = Signal(str)
    receive_wanted = Signal(object)
    material_ticked = Signal(str, bool)
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
        self._stack = QStackedWidget(self)
        for part in (self.empty, self.receive, self.case):
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
        self.case.material_ticked.connect(self.material_ticked)
        self.case.reveal_wanted.connect(self.reveal_wanted)
        self.strip.link_chosen.connect(self.strip_link)
        self.ask.changed.connect(self._show_case_step)
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
            self.bar.render(self.receive.next_step())
            self._stack.setCurrentWidget(self.receive)
        else:
            self.case.render(work)
            if work.ask is not None:
                self.ask.render(work.ask)
            self._show_case_step()
            self._stack.setCurrentWidget(self.case)
        self.ask.setVisible(isinstance(work, CaseView) and work.ask is not None)
        self.bar.setVisible(not isinstance(work, EmptyView) and not (isinstance(work, CaseView) and _silent(work)))
        self.strip.render(strip)
        self._strip_box.setVisible(strip is not None)

    def focus_first(self) -> None:
        """The hand goes to the first thing to do here: a field, a paper, else the next step."""
        if isinstance(self._work, ReceiveView):
            self.receive.focus_first()
        elif isinstance(self._work, CaseView) and self._work.ask is not None:
            self.ask.focus_first()
        elif isinstance(self._work, CaseView) and not self.case.focus_first():
            self.focus_next_step()

    @Slot()
    def focus_next_step(self) -> None:
        """The hand goes to the filled button."""
        step = self._work.next.step if isinstance(self._work, CaseView) else None
        button = self.bar.button(step.name if step else RECEIVE)
        if button is not None:
            button.setFocus()

    def set_width_class(self, width: WidthClass) -> None:
        """Pass the window's width class on."""
        self.case.set_width_class(width)
        self.receive.set_narrow(width == "narrow")

    @Slot()
    def _show_case_step(self) -> None:
        """The bar, its step grey while the line over it is still empty."""
        work = self._work
        if not isinstance(work, CaseView):
            return
        step, reason = work.next.step, self.ask.reason() if work.ask is not None else ""
        if step is not None and reason and not step.reason:
            self.bar.render(replace(work.next, step=replace(step, reason=reason)))
        else:
            self.bar.render(work.next)

    @Slot()
    def _on_form_changed(self) -> None:
        if isinstance(self._work, ReceiveView):
            self.bar.render(self.receive.next_step())

    @Slot(str)
    def _on_act(self, name: str) -> None:
        if name == RECEIVE:
            self.receive_wanted.emit(self.receive.form())
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
    return "empty", ""


def _silent(work: CaseView) -> bool:
    return not work.next.sentence and work.next.step is None

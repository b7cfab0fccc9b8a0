"""批量栏 how far the reading has come, what is put aside, whose PINs are wanted, then how far the sealing has come and what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.language import tr
from ui.sealing.fact_rows import Facts
from ui.sealing.pair_row import PairRow
from ui.sealing.pins import Pins, PinsView
from ui.sealing.progress_line import ProgressLine
from ui.sealing.several_view import BatchView
from ui.sealing.told_rows import ToldRows
from ui.sealing.view import NO_BATCH
from ui.shortcuts import Key
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.strip import Strip
from ui.widgets.text import Hair, Text


class BatchPane(Pane):
    """批量栏 `turn_wanted(±1)`, `aside_wanted`, `authorise_wanted(pin, seal's pin)`; `stop_wanted` asks, `stop_meant` stops."""

    turn_wanted = Signal(int)
    aside_wanted = Signal()
    authorise_wanted = Signal(str, str)
    stop_wanted = Signal()
    stop_meant = Signal(bool)
    leave_wanted = Signal()
    case_wanted = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("batchPane")
        self.setAccessibleName(tr("批量授权"))
        self._view, self._held_back = NO_BATCH, ""
        self._headline, self._head_note = Text("", "body", strong=True), Text("", "dense", wrap=True)
        self._count, self._facts, self._strip = Text("", "body", wrap=True), Facts(self), Strip(self)
        self.progress = ProgressLine(self)
        self._out_title = Text("", "body", strong=True)
        self.out = ToldRows(self)
        self.back, self.on = self._button("batchBack", tr("上一页"), "←"), self._button("batchOn", tr("下一页"), "→")
        self.aside = self._button("putAside", tr("抽出这件"), "X")
        self.pins = Pins(self)
        self.act = self._button("authoriseBatch", tr("授权并用印"), Key.NEXT_STEP, filled=True)
        self.stop = self._button("stopBatch", tr("停在这里"), "Esc")
        self.yes, self.no = self._button("stopNow", tr("停在这里")), self._button("goOn", tr("接着盖"))
        self.leave = self._button("leaveBatch", tr("先不批了"), "Esc")
        self._foot_note = Text("", "note", wrap=True)
        self._lay_out()
        self._connect()

    def _button(self, name: str, text: str, key: str = "", *, filled: bool = False) -> KeyButton:
        bound = key == Key.NEXT_STEP
        button = KeyButton(text, key, "next" if filled else "plain", bind=bound, parent=self)
        button.setObjectName(name)
        button.set_height(44 if filled else 36)
        return button

    def _lay_out(self) -> None:
        scroll = ScrollBody(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = scroll.body
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(8)
        above = (self._headline, self._head_note, self._count, self.progress, self._strip, Hair())
        for part in (*above, self._facts, self._out_title, self.out):
            column.addWidget(part)
        column.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(scroll, 1)
        foot = QFrame(self)
        foot.setProperty("nextbar", True)
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(16, 12, 16, 12)
        rows.setSpacing(8)
        self._turning, self._asking = PairRow(self.back, self.on), PairRow(self.yes, self.no)
        rows.addWidget(self._turning)
        for one in (self.aside, self.pins, self.act, self.stop):
            rows.addWidget(one)
        rows.addWidget(self._asking)
        rows.addWidget(self.leave)
        rows.addWidget(self._foot_note)
        self.add_foot(foot)

    def _connect(self) -> None:
        self.back.chosen.connect(self._turn_back)
        self.on.chosen.connect(self._turn_on)
        self.aside.chosen.connect(self.aside_wanted)
        self.pins.edited.connect(self._judge)
        self.pins.entered.connect(self._to_act)
        self.act.chosen.connect(self._authorise)
        self.act.refused.connect(self.refused)
        self.stop.chosen.connect(self.stop_wanted)
        self.yes.chosen.connect(self._stop)
        self.no.chosen.connect(self._go_on)
        self.leave.chosen.connect(self.leave_wanted)
        self.out.opened.connect(self.case_wanted)

    def render(self, view: BatchView) -> None:  # type: ignore[override]
        """Show this."""
        if view == self._view:
            return
        before, self._view = self._view, view
        self._headline.say(view.head)
        self._headline.set_tone("ok" if view.phase == "done" else "ink")
        self._head_note.say(view.note)
        self._count.say(view.count)
        self._strip.render(view.strip)
        self._facts.render(view.what)
        self._out_title.say(view.out_title)
        self.out.render(view.out)
        self.progress.show_part(view.done, view.total)
        self.aside.set_text(tr("放回来") if view.aside else tr("抽出这件"))
        self.pins.render(_pins(view))
        self.act.set_text(view.act)
        self._foot_note.say(view.foot_note)
        self._share(view)
        if view.asking and not before.asking:
            self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def _share(self, view: BatchView) -> None:
        reading, running = view.phase == "reading", view.phase in ("making", "sealing")
        for button in (self.back, self.on, self.aside):
            button.setVisible(reading)
        self.pins.setVisible(reading and not view.reason)
        self.act.setVisible(reading or view.phase == "done")
        self.progress.setVisible(running)
        self.stop.setVisible(running and not view.asking and not view.stopping)
        self.yes.setVisible(running and view.asking)
        self.no.setVisible(running and view.asking)
        self.leave.setVisible(reading)
        self._turning.share()
        self._asking.share()
        self._judge()

    def fields(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through, in order."""
        lines = (self.pins.pin.line, self.pins.seal_pin.line)
        return (self.back, self.on, self.aside, *lines, self.act, self.stop, self.yes, self.no, self.leave)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escape()
        else:
            super().keyPressEvent(event)

    def escape(self) -> None:
        """Esc: asked first while something runs, one level up while reading, the list again when it is done."""
        if self._view.phase in ("making", "sealing"):
            if self._view.asking:
                self.stop_meant.emit(False)
            else:
                self.stop_wanted.emit()
        else:
            self.leave_wanted.emit()

    def hold_back(self, why: str) -> None:
        """Nothing is signed while another paper lies over the page."""
        self._held_back = why
        self._judge()

    @Slot()
    def _judge(self) -> None:
        reading = self._view.phase == "reading"
        self.act.set_reason((self._view.reason or self._held_back or self.pins.missing()) if reading else "")

    @Slot()
    def _to_act(self) -> None:
        self.act.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _authorise(self) -> None:
        if self._view.phase == "done":
            self.leave_wanted.emit()
        else:
            self.authorise_wanted.emit(*self.pins.texts())

    @Slot()
    def _turn_back(self) -> None:
        self.turn_wanted.emit(-1)

    @Slot()
    def _turn_on(self) -> None:
        self.turn_wanted.emit(1)

    @Slot()
    def _stop(self) -> None:
        self.stop_meant.emit(True)

    @Slot()
    def _go_on(self) -> None:
        self.stop_meant.emit(False)


def _pins(view: BatchView) -> PinsView:
    return PinsView(
        identity=(view.phase, view.tries),
        label=view.pin_label,
        note=view.pin_note,
        finding=view.pin_finding,
        seal_label=view.seal_pin_label,
        seal_note=view.seal_pin_note,
        seal_finding=view.seal_pin_finding,
    )

"""叫号页 the counter: the ticket and those who wait stand beside the case; calling never hides the work."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.queueing.take_ticket import TakeTicketPanel
from ui.queueing.ticket_pane import TicketPane
from ui.queueing.ticket_strip import TicketStrip
from ui.queueing.view import CounterView, Work
from ui.queueing.waiting_pane import WaitingPane
from ui.queueing.work_pane import WorkPane, identity
from ui.shell import WidthClass, width_class
from ui.shortcuts import Key
from ui.widgets.key_button import KeyButton, key_sequences

LEFT, RAIL, GAP = 324, 76, 12
PANEL, LEAST_SEEN = 560, 80
TICKET_KEYS = (
    Key.CALL_NEXT, Key.RECALL, Key.SKIP, Key.LISTS, Key.HOLD, Key.FORWARD, Key.FINISH, Key.PAUSE,
)  # fmt: skip
"""What acts on the ticket in hand, or on the window: from every page."""
ASKED: dict[str, str] = {
    Key.LISTS: "lists_wanted", Key.SLIP: "slip_wanted", Key.PUT_BACK: "back_wanted", Key.PAUSE: "pause_wanted",
    Key.FORWARD: "forward_wanted",
}  # fmt: skip
NOTHING_DONE: dict[str, str] = {
    Key.RECALL: tr("叫"),
    Key.SKIP: tr("过号"),
    Key.HOLD: tr("挂起"),
    Key.FINISH: tr("办结"),
}
"""What a key of the ticket would have done, where there is no ticket to do it with."""
# What the work pane says goes on under the same name.
PASSED_ON = (
    "item_chosen",
    "receive_wanted",
    "spot_wanted",
    "external_wanted",
    "reply_opened",
    "tolerate_wanted",
    "reply_changed",
    "reply_wanted",
    "reply_shut",
    "card_wanted",
    "card_shut",
    "card_kept",
    "card_read",
    "scanned",
    "material_ticked",
    "material_brought_as",
    "accept_wanted",
    "proposed",
    "handed_over",
    "reveal_wanted",
    "act_wanted",
    "strip_link",
    "empty_link",
    "refused",
    "finish",
)


class CounterPage(QWidget):
    """叫号页 F-keys act while it is on screen; `press(key)` is the same from anywhere else."""

    call_next = Signal()
    arrived = Signal()
    recall = Signal()
    pass_over = Signal()
    hold_wanted = Signal()
    forward_wanted = Signal()
    back_wanted = Signal()
    lists_wanted = Signal()
    slip_wanted = Signal()
    pause_wanted = Signal()
    finish = Signal()
    ticket_wanted = Signal(object)
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
    card_read = Signal()
    scanned = Signal(tuple)
    material_ticked = Signal(str, bool)
    material_brought_as = Signal(str, str)
    accept_wanted = Signal()
    proposed = Signal(str)
    handed_over = Signal(str, str)
    reveal_wanted = Signal()
    act_wanted = Signal(str)
    strip_link = Signal()
    empty_link = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("counterPage")
        self.setAccessibleName(tr("叫号"))
        self._view = CounterView()
        self._class: WidthClass = "normal"
        self._hand_at = ("", "", "")
        self.work = WorkPane(self)
        self.waiting = WaitingPane(self)
        self.ticket = TicketPane(self)
        self.strip = TicketStrip(self)
        self.panel = TakeTicketPanel(self)
        self._left = QWidget(self)
        self._lay_out()
        self._connect()
        self._bind()
        self.render(self._view)
        self._told = False
        self._measure()

    def _lay_out(self) -> None:
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(GAP, GAP, GAP, GAP)
        self._row.setSpacing(GAP)
        self._left_column = QVBoxLayout(self._left)
        self._left_column.setContentsMargins(0, 0, 0, 0)
        self._left_column.setSpacing(GAP)
        self._left_column.addWidget(self.ticket)
        self._left_column.addWidget(self.waiting, 1)
        self._row.addWidget(self._left)
        self._row.addWidget(self.strip)
        self._row.addWidget(self.work, 1)

    def _connect(self) -> None:
        for side in (self.ticket, self.strip):
            side.arrived.connect(self.arrived)
            side.recall.connect(self.recall)
            side.pass_over.connect(self.pass_over)
            side.hold.connect(self.hold_wanted)
            side.forward.connect(self.forward_wanted)
            side.finish.connect(self.finish)
        self.strip.call_next.connect(self.call_next)
        self.strip.lists.connect(self._toggle_lists)
        self.waiting.call_next.connect(self.call_next)
        self.waiting.take_ticket.connect(self._open_panel)
        self.panel.wanted.connect(self.ticket_wanted)
        self.panel.shut.connect(self.shut_panel)
        for name in PASSED_ON:
            getattr(self.work, name).connect(getattr(self, name))
        reveal = self.work.case.parts()[1].reveal_button()
        for button in (*self.ticket.buttons(), self.waiting.call_button(), self.waiting.take_button(), reveal):
            button.refused.connect(self.refused)
        for button in self.strip.findChildren(KeyButton):
            button.refused.connect(self.refused)

    def _bind(self) -> None:
        for key in (*TICKET_KEYS, Key.TAKE_TICKET, Key.REVEAL, Key.CARD, Key.SLIP, Key.PUT_BACK):
            bound = QShortcut(key_sequences(key)[0], self)
            bound.setObjectName(key)
            # A key held down must not call, and then say 来了, in one breath.
            bound.setAutoRepeat(False)
            bound.activated.connect(partial(self.press, key))

    def render(self, view: CounterView) -> None:  # type: ignore[override]
        """Show this; nothing typed is cleared, no selection or scroll moves."""
        self._view, self._told = view, True
        self.ticket.render(view.ticket)
        self.waiting.render(view.waiting)
        self.strip.render_strip(view.ticket, view.waiting)
        self.panel.render_choices(view.letters, view.priorities)
        self.work.render_work(view.work, view.strip)
        _order_tabs(self)
        now = (*identity(view.work), view.ticket.phase)
        if now != self._hand_at and self.isVisible() and not self.panel.isVisible():
            self._lead_hand(now)

    def _lead_hand(self, now: tuple[str, str, str]) -> None:
        """Another act begins: the hand goes to the first thing to do. Otherwise it is left where it is."""
        self._hand_at = now
        if now[0] != "empty":
            self.work.focus_first()
        elif self._class == "narrow":
            self.strip.button("stripArrived" if now[2] == "called" else "stripCall").setFocus()
        else:
            called, blocked = now[2] == "called", bool(self.waiting.call_button().reason())
            idle = self.waiting.take_button() if blocked else self.waiting.call_button()
            (self.ticket.button("arrived") if called else idle).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        now = (*identity(self._view.work), self._view.ticket.phase)
        if self._told and now != self._hand_at:
            self._lead_hand(now)

    def show_work(self, work: Work) -> None:
        """The same work told anew after a letter: the rest of the page stands."""
        self._view = replace(self._view, work=work)
        self.work.render_work(work, self._view.strip)

    def show_clock(self, text: str) -> None:
        """The ticket's running time alone, once a second, without rendering the page."""
        self.ticket.show_clock(text)
        self.strip.show_clock(text)

    def press(self, key: str) -> None:
        """What a key of this page does, from wherever it was pressed."""
        phase = self._view.ticket.phase
        if key == Key.CALL_NEXT:
            (self.ticket.button("arrived") if phase == "called" else self.waiting.call_button()).click()
        elif key == Key.TAKE_TICKET:
            self.waiting.take_button().click()
        elif key in ASKED:
            getattr(self, ASKED[key]).emit()
        elif key == Key.CARD:
            self.work.press_card()
        elif key == Key.REVEAL and self.work.case.isVisibleTo(self.work):
            self.work.case.parts()[1].reveal_button().click()
        elif key in (Key.RECALL, Key.SKIP) and phase == "called":
            self.ticket.button("recall" if key == Key.RECALL else "passOver").click()
        elif key == Key.FINISH and phase == "serving":
            self.ticket.button("finish").click()
        elif key == Key.HOLD and phase != "none":
            self.ticket.button("hold").click()
        elif key in NOTHING_DONE:
            self.refused.emit(
                tr("{why_not}，没有{nothing_done}", why_not=self._why_not(phase), nothing_done=NOTHING_DONE[key])
            )

    def _why_not(self, phase: str) -> str:
        number = self._view.ticket.number
        return {"called": tr("{number} 还没到窗", number=number), "serving": tr("{number} 已到窗", number=number)}.get(
            phase, tr("手上没有号票")
        )

    @Slot()
    def _open_panel(self) -> None:
        _place_floating(self, narrow=self._class == "narrow")
        self.panel.open()

    @Slot()
    def shut_panel(self) -> None:
        """Nothing is asked of a ticket any more."""
        self.panel.hide()
        if self._class != "narrow" or self.waiting.isVisible():
            self.waiting.take_button().setFocus()
        else:
            self._lead_hand((*identity(self._view.work), self._view.ticket.phase))

    @Slot()
    def _toggle_lists(self) -> None:
        if self._class != "narrow":
            self.waiting.table().setFocus()
        elif self.waiting.isVisible():
            self.waiting.hide()
            self.panel.hide()
        else:
            _place_floating(self, narrow=self._class == "narrow")
            self.waiting.show()
            self.waiting.raise_()
            self.waiting.table().setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._class == "narrow" and self.waiting.isVisible():
            self._toggle_lists()
            return
        super().keyPressEvent(event)

    def _measure(self) -> None:
        look = theme.current()
        self._left.setFixedWidth(look.px(LEFT))
        found = width_class(self.width() + look.px(RAIL), look.scale)
        if found != self._class:
            hand = self.focusWidget()
            narrow = found == "narrow"
            if narrow:
                self._left_column.removeWidget(self.waiting)
                self.waiting.setParent(self)
                self.waiting.hide()
            elif self._class == "narrow":
                self._left_column.addWidget(self.waiting, 1)
                self.waiting.show()
            self._class = found
            self.work.set_width_class(found)
            if hand is not None and self.isAncestorOf(hand) and self.isVisible():
                QTimer.singleShot(0, self, self._find_hand)
        narrow = self._class == "narrow"
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if narrow else across)
        self._left.setVisible(not narrow)
        self.strip.setVisible(narrow)
        _place_floating(self, narrow=self._class == "narrow")

    @Slot()
    def _find_hand(self) -> None:
        """What the hand was on may not be there at this width."""
        hand = self.window().focusWidget()
        if hand is None or not self.isAncestorOf(hand):
            self._lead_hand((*identity(self._view.work), self._view.ticket.phase))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "panel"):
            self._measure()


def _place_floating(page: CounterPage, *, narrow: bool) -> None:
    """Where the panels that lie over the page stand."""
    look = theme.current()
    room = page.height() - 2 * GAP
    if narrow:
        width = min(look.px(LEFT), page.width() - 2 * GAP)
        top = page.strip.geometry().bottom() + GAP
        place = QRect(page.width() - GAP - width, top, width, page.height() - GAP - top)
        page.waiting.setGeometry(place)
        place = QRect(GAP, GAP, page.width() - 2 * GAP, room)
    else:
        tall = max(min(room, look.px(PANEL)), page.waiting.height())
        if room - tall < look.px(LEAST_SEEN):
            tall = room  # a head cut in two is worse than one that is not seen
        place = QRect(GAP, page.height() - GAP - tall, look.px(LEFT), tall)
    page.panel.set_wide(narrow)
    page.panel.setGeometry(place)


def _order_tabs(page: CounterPage) -> None:
    """Papers, applicant, next step, waiting list, ticket keys (desk.md §5)."""
    chain = page.work.controls()
    chain += [page.waiting.take_button(), page.waiting.table(), page.waiting.call_button(), *page.ticket.buttons()]
    chain += page.strip.findChildren(KeyButton)
    for before, after in pairwise(chain):
        QWidget.setTabOrder(before, after)

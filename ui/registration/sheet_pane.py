"""表页 the middle of the form page: the step's name, its fields and lists, and the bar with the next step."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.registration.blocks import BlockStack, Hands, RepeatPane, settle
from ui.registration.cells import AnyCell
from ui.registration.missing_pane import count_words
from ui.registration.review_pane import ReviewPane
from ui.registration.sheet_head import SheetHead
from ui.registration.view import REVIEW, Block, FormView
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepBar, NextStepView
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.strip import Strip
from ui.widgets.text import Text

BODY, EDGE = 1200, 20
NEXT, BACK = "formNext", "formBack"


class SheetPane(Pane):
    """表页 each step keeps its own widgets and its own scroll."""

    next_wanted = Signal()
    back_wanted = Signal()
    refused = Signal(str)
    strip_link = Signal()

    def __init__(self, hands: Hands, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("sheetPane")
        self._hands = hands
        self._view = FormView()
        self.head = SheetHead(self)
        self.citizen, self.tools = self.head.citizen, self.head.tools
        self._strip = Strip(self)
        self._sums, self._apart = Text("", "body", strong=True), Text("", "body", tone="warn", strong=True)
        self.review = ReviewPane(self)
        self.review.hide()
        self._bodies: dict[str, tuple[ScrollBody, BlockStack]] = {}
        self.bar = NextStepBar(self)
        self._lay_out()
        hands.passed.connect(self._on_passed)
        self.bar.chosen.connect(self._on_bar)
        self.bar.refused.connect(self.refused)
        self._strip.link_chosen.connect(self.strip_link)

    def _lay_out(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(EDGE, 14, EDGE, 10)
        head.setSpacing(2)
        head.addWidget(self.head)
        sums = QHBoxLayout()
        sums.setSpacing(12)
        sums.addWidget(self._sums)
        sums.addWidget(self._apart)
        sums.addStretch(1)
        head.addLayout(sums)
        below = QVBoxLayout()
        below.setContentsMargins(0, 8, 0, 0)
        below.addWidget(self._strip)
        head.addLayout(below)
        self.body.addLayout(head)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self.body.addWidget(holder, 1)
        self.add_foot(self.bar)

    def show_sheet(self, view: FormView) -> bool:
        """Show the step; answers whether other fields stand here now."""
        self._view = view
        self.head.say(view.title, view.note)
        self._strip.render(view.strip)
        self._sums.say(view.sums[0])
        self._apart.say(view.sums[1])
        scroll, stack = self._body(view.step)
        self._stack.setCurrentWidget(scroll)
        moved = stack.show_blocks(view.blocks, view.locked)
        if view.review is not None:
            self.review.show_review(view.review, view.locked)
        self._show_bar()
        if moved and self.isVisible():
            _settle(scroll)
        return moved

    def prepare(self, step: str, blocks: tuple[Block, ...], locked: bool) -> bool:
        """Make the fields of a step that was not looked at yet; answers whether there was anything to make."""
        if step in self._bodies:
            return False
        self._body(step)[1].show_blocks(blocks, locked)
        return True

    def cells(self) -> list[AnyCell]:
        """The fields on screen, in order."""
        return self._body(self._view.step)[1].cells()

    def repeats(self) -> list[RepeatPane]:
        """The lists on screen, outer before inner."""
        return self._body(self._view.step)[1].repeats()

    def order_tabs(self, last: QWidget) -> None:
        """Fields in reading order, then the bar, then the list (desk.md §5)."""
        chain = self._body(self._view.step)[1].chain()
        chain += [button for button in map(self.bar.button, (BACK, NEXT)) if button is not None]
        for before, after in pairwise([*chain, last]):
            QWidget.setTabOrder(before, after)

    def lead(self, place: str) -> None:
        """The hand goes to this place, if it is on screen."""
        cells = (one.hand() for one in self.cells() if one.view and one.view.pointer == place)
        lists = (one.hand() for one in self.repeats() if one.view().pointer == place)
        found: QWidget | None = next(cells, None) or next(lists, None)
        if found is not None:
            self._give(found, Qt.FocusReason.OtherFocusReason)

    def lead_back(self, place: str) -> None:
        """The hand is where it was before something lay over the form; on the first field if it was nowhere."""
        self.lead(place)
        if self.here() != place or not place:
            self.lead_first()

    def lead_first(self) -> None:
        """A step opens at its top, on the first empty field."""
        self._body(self._view.step)[0].verticalScrollBar().setValue(0)
        cells = [one for one in self.cells() if _open(one)]
        button = self.bar.button(NEXT)
        if self._view.step == REVIEW and button is not None:
            self._give(button, Qt.FocusReason.OtherFocusReason)
        first = next((one for one in cells if one.view and one.view.lacking), None)
        lists = [one for one in self.repeats() if one.view().lacking]
        if first is None and lists:
            self._give(lists[0].add_button(), Qt.FocusReason.OtherFocusReason)
        elif cells:
            self._give((first or cells[0]).hand(), Qt.FocusReason.OtherFocusReason)

    def here(self) -> str:
        """The place the hand is at, or empty."""
        hand = QApplication.focusWidget()
        around = (one.view.pointer for one in self.cells() if one.view and hand is not None and one.isAncestorOf(hand))
        return next(around, "")

    def list_here(self) -> RepeatPane | None:
        """The innermost list around the hand, else the first of the step."""
        lists, hand = self.repeats(), QApplication.focusWidget()
        inside = [one for one in lists if hand is not None and one.isAncestorOf(hand)]
        return inside[-1] if inside else lists[0] if lists else None

    def _body(self, step: str) -> tuple[ScrollBody, BlockStack]:
        if step not in self._bodies:
            scroll = ScrollBody(self)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scroll.body.setContentsMargins(20, 4, 20, 16)
            stack = BlockStack(self._hands, self)
            stack.setMaximumWidth(theme.current().px(BODY))
            scroll.body.addWidget(stack)
            if step == REVIEW:
                scroll.body.addWidget(self.review)
                self.review.show()
            scroll.body.addStretch(1)
            self._stack.addWidget(scroll)
            self._bodies[step] = (scroll, stack)
        return self._bodies[step]

    def _show_bar(self) -> None:
        view = self._view
        here = next((mark for mark in view.steps if mark.id == view.step), None)
        note = "" if here is None or not here.note else tr("可以带着没填的、要改的先往下填，自检前改好。")
        if view.step == REVIEW:
            note = "" if view.locked else tr("自检按全部规定核对一遍，记在这件上；过了才能提授权。")
        sentence = tr("{count_words}。", count_words=count_words(view.points))
        back = () if view.first else (Act(BACK, tr("上一步"), Key.STEP_UP),)
        step = Act(NEXT, view.next_words, Key.NEXT_STEP, view.next_reason)
        self.bar.render(NextStepView(sentence, view.advice or note, step, back))

    def _give(self, hand: QWidget, reason: Qt.FocusReason) -> None:
        hand.setFocus(reason)
        scroll, _ = self._body(self._view.step)
        scroll.ensureWidgetVisible(hand, 20, 60)

    @Slot(str)
    def _on_passed(self, place: str) -> None:
        """Enter goes to the next field; after the last one, to the next step's button."""
        cells = self.cells()
        at = next((n for n, cell in enumerate(cells) if cell.view and cell.view.pointer == place), len(cells))
        button = self.bar.button(NEXT)
        following = next((cell for cell in cells[at + 1 :] if _open(cell)), None)
        if following is not None:
            self._give(following.hand(), Qt.FocusReason.TabFocusReason)
        elif button is not None:
            button.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(str)
    def _on_bar(self, name: str) -> None:
        (self.next_wanted if name == NEXT else self.back_wanted).emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_bodies"):
            for _, stack in self._bodies.values():
                stack.setMaximumWidth(theme.current().px(BODY))


def _open(cell: AnyCell) -> bool:
    """Whether something can be typed or chosen there."""
    return cell.view is not None and not cell.view.taken and cell.hand().isEnabled()


def _settle(scroll: ScrollBody) -> None:
    """Twice: only at its true width does a grid know how many columns it has."""
    content = scroll.widget()
    if content is not None:
        for _ in range(2):
            settle(content)
            QApplication.sendEvent(scroll, QEvent(QEvent.Type.LayoutRequest))

"""授权用印页 what waits, the very page, and who authorises it: nothing is sealed that was not on screen."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.papers.stage import PaperStage
from ui.sealing.authority_pane import AuthorityPane
from ui.sealing.batch_pane import BatchPane
from ui.sealing.list_pane import ListPane
from ui.sealing.page_sheet import PageSheet
from ui.sealing.press_pane import PressPane
from ui.sealing.view import SealingView
from ui.shell import width_class
from ui.shortcuts import Key
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.one_line import OneLine
from ui.widgets.pane import Pane
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.text import Text

LIST, LIST_TODAY, SIDE, RAIL = 266, 400, 344, 76
LIST_NARROW, SIDE_NARROW = 200, 300
UNREAD, COVERED = tr("还没看到最后一页"), tr("正在看附件，放回去再授权")


class SealingPage(QWidget):
    """授权用印页 `authorise_wanted(pin, seal's pin)` seals the page shown; the PINs are gone when the page is left.

    `papers_wanted(case)`: what lies in the case is read on the `stage`, where the page was; nothing is authorised meanwhile.
    """

    opened = Signal()
    case_chosen = Signal(str)
    row_marked = Signal(str, bool)
    batch_wanted = Signal()
    register_wanted = Signal()
    person_chosen = Signal(str)
    authorise_wanted = Signal(str, str)
    other_wanted = Signal()
    refusal_toggled = Signal(bool)
    reason_edited = Signal(str)
    absence_wanted = Signal(str)
    back_wanted = Signal()
    listing_wanted = Signal(str)
    send_out_wanted = Signal(str, str)
    refused = Signal(str)
    papers_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sealingPage")
        self.setAccessibleName(tr("授权用印"))
        self._view = SealingView()
        self._opening = True
        self._list = ListPane(self)
        self._table = self._list.table
        self._middle = Pane(padding=0, parent=self)
        self._title = OneLine("", "body", strong=True)
        self._pages = Text("", "dense")
        self.look = KeyButton("", Key.PAPERS, "quiet", parent=self)
        self.look.setObjectName("lookAtAttachments")
        self.sheet = PageSheet(self)
        self.stage = PaperStage(self.sheet, self)
        self.authority, self.press_pane, self.batch_pane = AuthorityPane(self), PressPane(self), BatchPane(self)
        self._sides = {"authority": self.authority, "press": self.press_pane, "batch": self.batch_pane}
        self._side = QStackedWidget(self)
        self._strip = Strip(self)
        self._lay_out()
        self._connect()
        for field in self.findChildren(Field):
            # Tab stops at a proxy's owner too, which stays where it was made: with it, Tab never leaves the PIN.
            field.setFocusProxy(None)  # type: ignore[arg-type]
        self.render(self._view)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addWidget(self._strip)
        row = QHBoxLayout()
        row.setSpacing(12)
        column.addLayout(row, 1)
        row.addWidget(self._list)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 10)
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._pages)
        head.addStretch(1)
        head.addWidget(self.look)
        self._middle.body.setContentsMargins(0, 0, 0, 0)
        self._middle.body.setSpacing(0)
        self._middle.body.addLayout(head)
        self._middle.body.addWidget(self.stage, 1)
        row.addWidget(self._middle, 1)
        for pane in self._sides.values():
            self._side.addWidget(pane)
        row.addWidget(self._side)

    def _connect(self) -> None:
        self._table.row_chosen.connect(self.case_chosen)
        self._table.row_opened.connect(self._open_row)
        self._table.row_ticked.connect(self.row_marked)
        self._list.listing_wanted.connect(self.listing_wanted)
        self._list.batch_wanted.connect(self.batch_wanted)
        self._strip.link_chosen.connect(self.register_wanted)
        self.sheet.step_wanted.connect(self._step)
        self.sheet.digit_typed.connect(self._type_digit)
        self.sheet.end_reached.connect(self._on_read)
        self.look.chosen.connect(self._on_look)
        self.stage.turned.connect(self._on_read)
        for pane in (self.press_pane, self.batch_pane):
            pane.refused.connect(self.refused)
        self.press_pane.other_wanted.connect(self.other_wanted)
        names = (
            "person_chosen",
            "authorise_wanted",
            "other_wanted",
            "refusal_toggled",
            "reason_edited",
            "absence_wanted",
            "back_wanted",
            "send_out_wanted",
        )
        for name in (*names, "refused"):
            getattr(self.authority, name).connect(getattr(self, name))

    def render(self, view: SealingView) -> None:  # type: ignore[override]
        """Show this; the list keeps its place, and what was typed stays with its case."""
        if view.chosen != self._view.chosen:  # what lay open was another case's
            self.stage.pane.left.emit()
        self._view = view
        signing = self.authority.foot.isAncestorOf(QApplication.focusWidget() or self)
        self._list.render(view)
        self._title.say(view.sheet.title)
        self._pages.say(view.sheet.note)
        self.sheet.render(view.sheet)
        self.look.set_text(view.papers)
        self.look.setVisible(bool(view.papers))
        self._strip.render(view.strip)
        self.authority.render(view.authority)
        self._on_read()
        self.press_pane.render(view.press)
        self.batch_pane.render(view.batch)
        self._show_side(self._sides[view.side])
        self._share()
        self._order_tabs()
        self._lead_hand(signing=signing)

    def _show_side(self, side: QWidget) -> None:
        """Only the one in front asks for room: with large text the highest of them is higher than the desk's window."""
        for pane in self._sides.values():
            height = QSizePolicy.Policy.Preferred if pane is side else QSizePolicy.Policy.Ignored
            pane.setSizePolicy(QSizePolicy.Policy.Preferred, height)
        self._side.setCurrentWidget(side)

    def table(self) -> RowTable:
        """The list."""
        return self._table

    def _order_tabs(self) -> None:
        out = self.authority.way_out
        chain: list[QWidget] = [self._table, self.look, self.sheet, *self.authority.foot.fields()]
        chain += [out.why.line, out.taker.line, out.act, *self.press_pane.fields(), *self.batch_pane.fields()]
        for before, after in pairwise([*chain, *self._list.fields()]):
            QWidget.setTabOrder(before, after)

    def _lead_hand(self, *, signing: bool = False) -> None:
        """The page opens on the page itself, or on what is to be done after the seal; later the hand stays."""
        if not self.isVisible() or not self._view.rows:
            return
        foot = self.authority.foot
        if self._view.authority.sealed and (signing or self._opening):
            foot.back.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._opening:
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
        self._opening = False

    @Slot(str)
    def _open_row(self, key: str) -> None:
        """Enter: 已盖章 where that is all there is to say, else to the page."""
        if self._view.side == "press":
            self.press_pane.press()
        else:
            self.stage.pane.left.emit()
            self.sheet.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_look(self) -> None:
        self.papers_wanted.emit(self._view.chosen)

    @Slot()
    def _on_read(self) -> None:
        """Only what is on screen, and was read, is authorised."""
        covered = COVERED if self.stage.reading() else ""
        self.authority.foot.hold_back(covered or (UNREAD if self.sheet.unread() else ""))
        self.batch_pane.hold_back(covered)

    @Slot(str)
    def _type_digit(self, digit: str) -> None:
        if self._view.side == "authority":
            self.authority.foot.type_digit(digit)
        elif self._view.side == "batch":
            self.batch_pane.pins.type_digit(digit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._view.side == "batch":
            self.batch_pane.escape()
        else:
            super().keyPressEvent(event)

    @Slot(int)
    def _step(self, by: int) -> None:
        rows = self._table.rows()
        place = next((at for at, row in enumerate(rows) if row.id == self._view.chosen), 0)
        wanted = max(0, min(len(rows) - 1, place + by))
        if rows and rows[wanted].id != self._view.chosen:
            self.case_chosen.emit(rows[wanted].id)

    def _share(self) -> None:
        look = theme.current()
        narrow = width_class(self.width() + look.px(RAIL), look.scale) == "narrow"
        nothing = not self._view.rows
        today = self._view.listing == "today" and self._view.side == "authority"
        wide = look.px(LIST_NARROW if narrow else LIST_TODAY if today else LIST)
        self._list.setMinimumWidth(wide)
        self._list.setMaximumWidth(16777215 if nothing else wide)
        self._side.setFixedWidth(look.px(SIDE_NARROW if narrow else SIDE))
        self._middle.setVisible(not nothing)
        self._side.setVisible(not nothing)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._opening = True
        self._lead_hand()
        self.opened.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        for pins in (self.authority.foot.pins, self.batch_pane.pins):
            pins.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "authority"):
            self._share()

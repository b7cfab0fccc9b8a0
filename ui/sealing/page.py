"""授权用印页 what waits, the very page, and who authorises it: nothing is sealed that was not on screen."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from ui import theme
from ui.sealing.authority_pane import AuthorityPane
from ui.sealing.list_pane import ListPane
from ui.sealing.page_sheet import PageSheet
from ui.sealing.view import SealingView
from ui.shell import width_class
from ui.widgets.one_line import OneLine
from ui.widgets.pane import Pane
from ui.widgets.row_table import RowTable
from ui.widgets.text import Text

LIST, LIST_TODAY, SIDE, RAIL = 266, 400, 340, 76
LIST_NARROW, SIDE_NARROW = 200, 300


class SealingPage(QWidget):
    """授权用印页 `authorise_wanted(pin)` seals the page shown; the PIN is gone when the page is left."""

    case_chosen = Signal(str)
    person_chosen = Signal(str)
    authorise_wanted = Signal(str)
    refusal_toggled = Signal(bool)
    reason_edited = Signal(str)
    absence_wanted = Signal(str)
    back_wanted = Signal()
    listing_wanted = Signal(str)
    send_out_wanted = Signal(str, str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sealingPage")
        self.setAccessibleName("授权用印")
        self._view = SealingView()
        self._opening = True
        self._list = ListPane(self)
        self._table = self._list.table
        self._middle = Pane(padding=0, parent=self)
        self._title = OneLine("", "body", strong=True)
        self._pages = Text("", "dense")
        self.sheet = PageSheet(self)
        self.authority = AuthorityPane(self)
        self._lay_out()
        self._connect()
        self.render(self._view)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(self._list)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 10)
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._pages)
        head.addStretch(1)
        self._middle.body.setContentsMargins(0, 0, 0, 0)
        self._middle.body.setSpacing(0)
        self._middle.body.addLayout(head)
        self._middle.body.addWidget(self.sheet, 1)
        row.addWidget(self._middle, 1)
        row.addWidget(self.authority)

    def _connect(self) -> None:
        self._table.row_chosen.connect(self.case_chosen)
        self._table.row_opened.connect(self._to_sheet)
        self._list.listing_wanted.connect(self.listing_wanted)
        self.sheet.step_wanted.connect(self._step)
        self.sheet.digit_typed.connect(self.authority.foot.type_digit)
        names = (
            "person_chosen",
            "authorise_wanted",
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
        self._view = view
        signing = self.authority.foot.isAncestorOf(QApplication.focusWidget() or self)
        self._list.render(view)
        self._title.say(view.sheet.title)
        self._pages.say(view.sheet.note)
        self.sheet.render(view.sheet)
        self.authority.render(view.authority)
        self._share()
        self._order_tabs()
        self._lead_hand(signing=signing)

    def table(self) -> RowTable:
        """The list."""
        return self._table

    def _order_tabs(self) -> None:
        foot = self.authority.foot
        chain: list[QWidget] = [self._table, self.sheet, *foot.people(), foot.away, foot.absence.line, foot.absent]
        chain += [foot.reason.line, foot.pin.line, foot.act, foot.refuse, foot.back]
        out = self.authority.way_out
        chain += [out.why.line, out.taker.line, out.act, *self._list.links()]
        for before, after in pairwise(chain):
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
    def _to_sheet(self, key: str) -> None:
        self.sheet.setFocus(Qt.FocusReason.TabFocusReason)

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
        wide = look.px(LIST_NARROW if narrow else LIST_TODAY if self._view.listing == "today" else LIST)
        self._list.setMinimumWidth(wide)
        self._list.setMaximumWidth(16777215 if nothing else wide)
        self.authority.setFixedWidth(look.px(SIDE_NARROW if narrow else SIDE))
        self._middle.setVisible(not nothing)
        self.authority.setVisible(not nothing)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._opening = True
        self._lead_hand()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.authority.foot.clear_pin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "authority"):
            self._share()

"""短表窗 stands beside the other system's window: a few fields to note, and beside them the card that copies them over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk_app.cases.model import Applicant, Case
from clerk_app.office.office import Office
from clerk_app.office.registration.short_forms import keep_short, short_form, short_of
from clerk_app.queueing.model import Ticket
from clerk_app.registration.row_keys import with_row_keys
from ui import theme
from ui.background import Background
from ui.language import tr
from ui.registration.acting import FormActs
from ui.registration.copy_card import CopyCard
from ui.registration.copying import CopyPresenter
from ui.registration.office_aids import OfficeAids
from ui.registration.page import FormPage
from ui.registration.sheet import Sheet
from ui.registration.telling import tell_form
from ui.registration.view import REVIEW, FormView

CARD, SIZE = 360, (1180, 660)
SAYS = tr("只在本机加密存到今天，明天没有。右边照部门系统的顺序抄。")
NEXT = tr("去抄录")


class ShortPresenter(FormActs):
    """短表 every change is kept, for this ticket and this day; `copy` shows it on the card."""

    card_wanted = Signal()

    def __init__(self, office: Office, background: Background, page: FormPage, copy: CopyPresenter) -> None:
        reference = OfficeAids(region=office.hall.region)
        super().__init__(office, background, page, aids=reference.aids)
        self._form, self._copy = short_form(), copy
        self._ticket = ""
        self.connect_acts()
        page.sheet.citizen.hide()
        page.sides.keep_steps()
        page.sides.without_steps()
        page.next_wanted.connect(self._to_card)
        page.left_page.connect(self.save_now)
        background.run_net(reference.warm, lambda _: self.show_again())

    def open(self, ticket: Ticket, department: str) -> None:
        """This ticket's, as it was noted before today."""
        self._ticket = ticket.id
        document = with_row_keys(self._form, short_of(self._office, ticket.id))
        self._kept = self._sent = self._written = document
        now = self._office.parts.clock.now()
        self._sheet = Sheet(
            form=self._form, case=_of_ticket(ticket), document=document, untouched=document,
            step=self._form.steps[0].id, today=now.date(), aids=self._aids,
        )  # fmt: skip
        self._copy.show_document(document, department)
        self.change(self._sheet)

    def _put(self, sheet: Sheet, document: dict[str, Any], typed: str = "") -> None:
        """Nothing follows from anything: what the whole form derives from is not here."""
        self.change(replace(sheet, document=document))

    @property
    def ticket(self) -> str:
        """Whose it is."""
        return self._ticket

    def write(self) -> None:
        """It is kept whole; there is no book behind it."""

    @Slot()
    def save_now(self) -> None:
        """On this machine, until the day is over."""
        self._timer.stop()
        sheet = self._sheet
        if sheet is None or sheet.document == self._sent:
            return
        self._sent, ticket, document, office = sheet.document, self._ticket, sheet.document, self._office
        self._background.run(lambda: keep_short(office, ticket, document), self._on_kept)
        self._copy.show_document(document)

    def _on_kept(self, good: bool) -> None:
        if not good:
            self.said.emit(tr("有的地方写得太长，没有存下，前面的都在。改短一些。"), False)
        elif self._sheet is not None:
            self._kept = self._sent
            self._sheet = replace(self._sheet, saved=tr("自动保存 {now:%H:%M:%S}", now=self._office.parts.clock.now()))
            self.show_again()

    @Slot()
    def refresh(self) -> None:
        """There is no book to read it from."""

    def tell(self, sheet: Sheet) -> FormView:
        """One step, nothing to be checked."""
        view = tell_form(sheet, strip=self._strip)
        steps = tuple(mark for mark in view.steps if mark.id != REVIEW)
        return replace(view, steps=steps, note=sheet.case.item_name, next_words=NEXT, next_reason="", advice=SAYS)

    @Slot()
    def _to_card(self) -> None:
        self.save_now()
        self.card_wanted.emit()


class ShortWindow(QWidget):
    """短表窗 `open(ticket, department)`; closed, nothing is left on the clipboard."""

    def __init__(self, office: Office, background: Background, parent: QObject | None = None) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("shortWindow")
        self.setWindowTitle(tr("短表：部门系统里办的企业登记"))
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        look = theme.current()
        self.page, self.card = FormPage(), CopyCard(self)
        self.card.setFixedWidth(look.px(CARD))
        self.copying = CopyPresenter(self.card, parent=self)
        self.form = ShortPresenter(office, background, self.page, self.copying)
        self.form.card_wanted.connect(self._to_card)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 12, 0)
        row.addWidget(self.page, 1)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 12, 0, 12)
        beside.addWidget(self.card)
        row.addLayout(beside)
        self.resize(look.px(SIZE[0]), look.px(SIZE[1]))

    def open(self, ticket: Ticket, department: str = "") -> None:
        """Beside the other system's window."""
        self.form.open(ticket, department)
        self.show()
        self.activateWindow()

    @Slot()
    def _to_card(self) -> None:
        (self.card.table if self.card.table.isVisible() else self.card.systems).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        self.form.save_now()
        self.copying.leave()
        super().closeEvent(event)


class ShortDesk(QObject):
    """短表 for the ticket in hand: one window, opened from where the outcome of an outside matter is noted."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office, self._background = office, background
        self.window: ShortWindow | None = None

    @Slot()
    def open(self) -> None:
        """Whose number is in hand now."""
        office = self._office
        day = office.parts.clock.now().date()
        self._background.run(lambda: office.read(lambda books: books.open_call_at(office.window, day)), self._on_ticket)

    def _on_ticket(self, ticket: Ticket | None) -> None:
        if ticket is None:
            self.said.emit(tr("手上没有号，没有开短表。先叫号。"), False)
            return
        if self.window is None:
            self.window = ShortWindow(self._office, self._background)
            self.window.form.said.connect(self.said)
            self.window.copying.said.connect(self.said)
        self.window.open(ticket)

    @Slot()
    def leave(self) -> None:
        """At sign-out and when the desk closes."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None


def _of_ticket(ticket: Ticket) -> Case:
    """What the page needs of a case, and nothing that is one: it is in no book."""
    return Case(
        id=ticket.id, ticket=ticket.id, item="", item_name=tr("{number} 号·部门系统里办", number=ticket.number), hall_version="",
        department="", applicant=Applicant(name=""), materials=(), state="received", received_at=ticket.taken_at,
        window=0, handler="", acting_for=None, query_code="",
    )  # fmt: skip

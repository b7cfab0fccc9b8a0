"""Window 4 with somebody whose licence the hall took in last time, and the strip over its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.cases.model import Case
from clerk_app.cases.sharing.model import ShareConsent
from clerk_app.office.counter import visit
from clerk_app.office.line.attaching import attach
from clerk_app.office.office import Office
from tests.sync.life_hall import good
from tests.ui.queueing.counter_seat import CounterSeat, seat_at
from tests.visits import APPLICANT
from ui.counter_strips import CounterStrips
from ui.queueing.brought_pane import BroughtPane
from ui.sharing.pane import SharePane
from ui.sharing.presenter import SharePresenter

FOOD, LICENCE = "食品经营新办", "营业执照"


@dataclass
class HeldSeat:
    """The seat, the strip's presenter, and what was said of it."""

    seat: CounterSeat
    held: SharePresenter

    @property
    def office(self) -> Office:
        return self.seat.office

    @property
    def pane(self) -> SharePane:
        return self.held.pane

    @property
    def list(self) -> BroughtPane:
        return self.seat.page.work.receive.parts()[2]

    @property
    def words(self) -> tuple[ShareConsent, ...]:
        key = self.seat.case.id
        return self.office.read(lambda books: books.share_consents_of(key))

    @property
    def line(self) -> tuple[str, str]:
        """How the licence stands in the list of the case in hand, and in the case."""
        state = self.seat.presenter.state
        assert state is not None
        row = next(m for m in self.seat.case.materials if m.name == LICENCE)
        return dict(state.held_names).get(LICENCE, ""), row.brought_as

    def types(self) -> None:
        """The item, and who applies."""
        self.seat.choose(FOOD, APPLICANT.name)
        form = self.seat.page.work.receive.parts()[1]
        form.field("id_number").set_text(APPLICANT.id_number)
        form.field("agent").set_text(APPLICANT.agent)
        form.edited.emit()
        self.seat.settle()

    def receives(self) -> None:
        """Everything but the licence is ticked; taken in."""
        self.types()
        for row in self.list.table().rows():
            if row.id != LICENCE:
                self.list.ticked.emit(row.id, True)
        self.seat.press("receive")
        self.seat.settle()

    def says(self, act: str) -> None:
        button = self.pane.bar.button(act)
        assert button is not None, act
        button.click()
        self.seat.settle()


def licence(folder: Path, name: str = "营业执照.png") -> Path:
    Image.new("RGB", (420, 300), "white").save(folder / name)
    return folder / name


def before(office: Office, folder: Path) -> Case:
    """Accepted some visit ago, with a scan of the licence."""
    item = next(one for one in office.hall.items.values() if one.short == FOOD)
    good(visit.take_ticket(office, "B"))
    good(visit.call_next(office))
    today = office.parts.clock.now().date()
    ticket = office.read(lambda books: books.open_call_at(office.window, today))
    assert ticket is not None
    good(visit.arrive(office, ticket.id))
    good(visit.receive(office, ticket.id, item.code, APPLICANT, tuple(m.name for m in item.materials)))
    case = office.read(lambda books: books.case_of_ticket(ticket.id))
    assert case is not None
    good(visit.accept(office, case))
    good(attach(office, case.id, licence(folder)))
    good(visit.finish(office, ticket.id))
    accepted = office.read(lambda books: books.case(case.id))
    assert accepted is not None
    return accepted


def held_seat(qtbot: QtBot, front: Callable[..., QWidget], folder: Path) -> HeldSeat:
    seat = seat_at(qtbot, front, folder, 4, "P105")
    before(seat.office, folder)
    strips = CounterStrips(seat.office, seat.background, seat.presenter, seat.page)
    strips.held.said.connect(lambda words, well: seat.said.append((words, well)))
    seat.serve("B")
    return HeldSeat(seat, strips.held)

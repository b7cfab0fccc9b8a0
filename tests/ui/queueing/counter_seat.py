"""The counter page at any window of the training hall, over the real office with the line cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.cases.model import Case
from clerk_app.office.counter import visit
from clerk_app.office.office import Office
from clerk_app.ports import NumberBlock
from tests.desk import sit
from tests.ui.parts import commit, hand
from tests.ui.sealing import desk
from ui.background import Background
from ui.queueing.page import CounterPage
from ui.queueing.presenter import CounterPresenter

CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class CounterSeat:
    """A clerk at his window, and all the page said."""

    office: Office
    page: CounterPage
    presenter: CounterPresenter
    background: Background
    qtbot: QtBot
    said: list[tuple[str, bool]] = field(default_factory=list)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.idle, timeout=20_000)

    def serve(self, letter: str) -> None:
        """Somebody came to the window."""
        desk.good(visit.take_ticket(self.office, letter))
        desk.good(visit.call_next(self.office))
        ticket = self.office.read(lambda books: books.open_call_at(self.office.window, self.today))
        assert ticket is not None
        desk.good(visit.arrive(self.office, ticket.id))
        self.presenter.refresh()
        self.settle()

    @property
    def today(self) -> date:
        return self.office.parts.clock.now().date()

    def choose(self, short: str, name: str = "江州春禾餐饮管理有限公司") -> None:
        """An item, and who applies."""
        code = next(item.code for item in self.office.hall.items.values() if item.short == short)
        picker, form, _ = self.page.work.receive.parts()
        picker.choose(code)
        picker.chosen.emit(code)
        form.field("name").set_text(name)
        form.edited.emit()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(hand(), key, modifier)
        self.settle()

    def press(self, name: str) -> None:
        button = self.page.work.bar.button(name)
        assert button is not None, name
        button.click()
        self.settle()

    def reason(self, name: str) -> str:
        button = self.page.work.bar.button(name)
        assert button is not None, name
        return button.reason()

    def write(self, name: str, text: str) -> None:
        """A line of an answer."""
        line = self.page.work.reply.fields.field(name).line
        line.clear()
        commit(line, text)

    @property
    def case(self) -> Case:
        assert self.presenter.state is not None
        assert self.presenter.state.case is not None
        return self.presenter.state.case

    @property
    def papers(self) -> list[str]:
        """What went to the printer, the oldest first."""
        return [job.doc_type for job in reversed(self.office.parts.vault.spool.jobs(20))]


def seat_at(qtbot: QtBot, front: Callable[..., QWidget], folder: Path, window: int, person: str) -> CounterSeat:
    office = desk.sealing_office(folder)
    office.parts = replace(office.parts, settings=replace(office.parts.settings, window=window))
    day = office.parts.clock.now().date()
    for letter in "BC":
        kind = f"ticket-reserve:{letter}:{day.isoformat()}"
        office.parts.vault.keep.add_block(NumberBlock(id=f"b-{letter}", kind=kind, first=901, last=990))
    sit(office, person)
    background, page = Background(), CounterPage()
    page.resize(1290, 690)
    front(page)
    presenter = CounterPresenter(office, desk.running(office), background, page)  # type: ignore[arg-type]
    seat = CounterSeat(office, page, presenter, background, qtbot)
    presenter.said.connect(lambda words, good: seat.said.append((words, good)))
    return seat

"""A presenter with its page over the real office, and hands for it; one store may play two machines, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from pytestqt.qtbot import QtBot

from clerk_app.cases.model import Case
from clerk_app.office.events import LineState
from clerk_app.office.office import Office
from clerk_app.sealing.custody import SeatSeal
from tests.seal_fakes import CARD, FakePagePrinter, with_seals
from tests.ui.sealing import desk
from ui.background import Background
from ui.sealing.page import SealingPage
from ui.sealing.presenter import SealingPresenter
from ui.sealing.view import SealingView

HERE, SEAT = "device-under-test", "device-with-the-seal"
SEAL = "S-SJJ"


@dataclass
class Bench:
    office: Office
    page: SealingPage
    presenter: SealingPresenter
    background: Background
    qtbot: QtBot
    said: list[tuple[str, bool]] = field(default_factory=list)
    counted: list[int] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.idle)

    def refresh(self) -> SealingView:
        self.presenter.refresh()
        self.settle()
        return self.view

    @property
    def view(self) -> SealingView:
        return self.page._view

    @property
    def what(self) -> dict[str, str]:
        return dict(self.view.authority.what)

    @property
    def printed(self) -> list[tuple[str, int]]:
        printer = self.office.parts.page_printer
        assert isinstance(printer, FakePagePrinter)
        return [(title, copies) for _, title, copies in printer.sent]

    def seal(self, pin: str, seal_pin: str = "") -> None:
        foot = self.page.authority.foot
        self.qtbot.keyClicks(foot.pin.line, pin)
        self.qtbot.keyClicks(foot.seal_pin.line, seal_pin)
        foot.act.click()
        self.settle()
        self.settle()

    def cut(self) -> None:
        self.presenter._running.line.state = LineState(connected=False)

    def pass_(self, **span: float) -> None:
        clock = self.office.parts.clock
        clock.set(clock.now() + timedelta(**span))  # type: ignore[attr-defined]

    def lies_elsewhere(self) -> None:
        """The seal's key is in another machine, which has registered it."""
        self.at(SEAT)
        stamp = replace(self.office.stamp(), window=8)
        command = SeatSeal(
            **stamp.fields(self.office.parts.new_id), seal=SEAL, certificate=CARD.serial,
            valid_from=CARD.valid_from, valid_to=CARD.valid_to, issuer=CARD.issuer,
        )  # fmt: skip
        desk.good(self.office.do(command))
        self.at(HERE)
        with_seals(self.office, {})

    def at(self, device: str) -> None:
        """From now on this store is that machine's."""
        self.office.parts.vault._gate.device = device  # type: ignore[attr-defined]

    def sit_at_the_seat(self) -> None:
        self.at(SEAT)
        with_seals(self.office)

    def back_at_the_window(self) -> None:
        self.at(HERE)
        with_seals(self.office, {})

    def case(self, case: Case) -> Case:
        return desk.fresh(self.office, case)

"""打印机 looks after the desk's printers: how each is, its test page and what was read off it, its roll, what stands about."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter.printers_here import (
    PrinterHere,
    answer_test_page,
    change_roll,
    print_test_page,
    printers_here,
)
from clerk_app.office.events import PrinterState
from clerk_app.office.office import Office, Outcome
from clerk_app.ports.devices import Nearby
from ui.background import Background
from ui.language import tr
from ui.receipts import printers_telling as telling
from ui.receipts.printers_page import PrintersPage
from ui.receipts.printers_view import FIND, LATER, ROLL, STOP, TEST, PrinterDetail, PrintersView


class PrintersPresenter(QObject):
    """打印机 from what is kept and what the lanes last learned."""

    said = Signal(str, bool)
    _heard = Signal(int, int)

    def __init__(
        self, office: Office, background: Background, page: PrintersPage, states: Callable[[], Sequence[PrinterState]]
    ) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._states = office, background, page, states
        self._printers: tuple[PrinterHere, ...] = ()
        self._chosen, self._asked_of = "", ""
        self._answers: dict[str, str] = {}
        self._searching, self._found = "", tuple[Nearby, ...]()
        self._looked = False
        self._stop = threading.Event()
        page.row_chosen.connect(self._choose)
        page.act.connect(self._act)
        page.answered.connect(self._answer)
        self._heard.connect(self._on_heard)

    @Slot()
    def refresh(self) -> None:
        """Read and show again."""
        if self._office.session is not None:
            self._background.run(lambda: printers_here(self._office), self._show)

    def _show(self, printers: tuple[PrinterHere, ...]) -> None:
        self._printers = printers
        if printers and all(one.at.name != self._chosen for one in printers):
            self._chosen = printers[0].at.name
        self._render()

    def _render(self) -> None:
        states = {state.printer: state for state in self._states()}
        devices = self._office.parts.devices
        listed = telling.found_of(self._found) if self._looked else telling.makes_of(devices.makes() if devices else ())
        if self._searching:
            listed = telling.searching_of(self._searching)
        self._page.render(
            PrintersView(
                title=tr("打印机 {count} 台", count=len(self._printers)),
                rows=tuple(telling.row_of(one, states.get(one.at.name)) for one in self._printers),
                chosen=self._chosen,
                detail=self._detail(states),
                listed=listed,
                searching=bool(self._searching),
            )
        )

    def _detail(self, states: dict[str, PrinterState]) -> PrinterDetail | None:
        here = next((one for one in self._printers if one.at.name == self._chosen), None)
        if here is None:
            return None
        devices, state = self._office.parts.devices, states.get(here.at.name)
        asking = devices is not None and self._asked_of == here.at.name
        return PrinterDetail(
            title=telling.printer_name(here),
            facts=telling.facts_of(here, state),
            message=telling.message_of(here, state),
            ask=telling.ask_of(devices.questions(), len(self._answers)) if asking and devices is not None else None,
            bar=telling.bar_of(asking=asking, known=devices is not None),
        )

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key != self._chosen:
            self._chosen, self._asked_of, self._answers = key, "", {}
            self.refresh()

    @Slot(str)
    def _act(self, name: str) -> None:
        acts: dict[str, Callable[[], None]] = {
            TEST: self._print_test,
            ROLL: self._change_roll,
            FIND: self._find,
            STOP: self._stop.set,
            LATER: self._later,
        }
        acts[name]()

    def _print_test(self) -> None:
        printer = self._chosen
        self._background.run(
            lambda: print_test_page(self._office, printer), lambda outcome: self._printed(printer, outcome)
        )

    def _printed(self, printer: str, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
            return
        self.said.emit(tr("测试页排上队了，出来了拿着它答。"), True)
        self._asked_of, self._answers = printer, {}
        self.refresh()

    @Slot(str)
    def _answer(self, key: str) -> None:
        devices = self._office.parts.devices
        if devices is None or not self._asked_of:
            return
        questions = devices.questions()
        self._answers[questions[len(self._answers)].key] = key
        if len(self._answers) < len(questions):
            self._render()
            return
        printer, answers = self._asked_of, dict(self._answers)
        self._asked_of, self._answers = "", {}
        self._background.run(lambda: answer_test_page(self._office, printer, answers), self._kept)

    def _kept(self, refusal: Refusal | None) -> None:
        self.said.emit(refusal.sentence if refusal else tr("记成这台打印机的档案了，下一张起照它打。"), refusal is None)
        self.refresh()

    def _later(self) -> None:
        self._asked_of, self._answers = "", {}
        self._render()

    def _change_roll(self) -> None:
        printer = self._chosen
        self._background.run(lambda: change_roll(self._office, printer), lambda _: self._rolled())

    def _rolled(self) -> None:
        self.said.emit(tr("记下了，用纸从现在起重新算。"), True)
        self.refresh()

    def _find(self) -> None:
        devices = self._office.parts.devices
        if devices is None or self._searching:
            return
        self._stop.clear()
        self._searching = tr("正在附近找打印机，不耽误打印。")
        self._render()

        def heard(done: int, of: int) -> bool:
            self._heard.emit(done, of)
            return not self._stop.is_set()

        self._background.run_net(lambda: devices.discover(heard), self._looked_around, self._not_found)

    @Slot(int, int)
    def _on_heard(self, done: int, of: int) -> None:
        if self._searching:
            self._searching = tr("正在附近找打印机，问过 {done} 个地址，共 {of} 个。", done=done, of=of)
            self._render()

    def _looked_around(self, found: tuple[Nearby, ...]) -> None:
        self._searching, self._found, self._looked = "", found, True
        self._render()

    def _not_found(self, error: Exception) -> None:
        self._searching = ""
        self.said.emit(tr("没有找成，打印照常。看看网线再找。"), False)
        self._render()

    def close(self) -> None:
        """The desk closes: nobody waits for a search."""
        self._stop.set()

"""运转 the office at work: one loop keeps the line, one beats, one the printer, one the second copy, one sends attachments; all are nudged after every act."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from clerk_app.cases import pinyin
from clerk_app.office.counter.papers import report_papers
from clerk_app.office.counter.slip_expiry import expire_slips
from clerk_app.office.events import PaperChanged, PrinterState
from clerk_app.office.line.beating import BEAT, Beater
from clerk_app.office.line.copying import CopyKeeper
from clerk_app.office.line.keeper import LineKeeper
from clerk_app.office.line.listening import Listener
from clerk_app.office.line.uploading import Uploader
from clerk_app.office.loop import Loop
from clerk_app.office.office import Office
from clerk_app.ports import PrintLane

LANE_REST = 3.0
STALE = timedelta(seconds=2 * LANE_REST)
"""So long ago waiting slips were looked over for what has expired: then before the next paper, else after it, for somebody waits."""


class LaneKeeper:
    """照管打印 empties the lane, reports what became of papers, and asks the printer how it is while idle."""

    def __init__(self, office: Office, lane: PrintLane, others: frozenset[str] = frozenset()) -> None:
        """`others`: the printers whose papers another keeper reports; what belongs to none of them is reported here."""
        self._office = office
        self._lane = lane
        self._others = others
        self.printer = lane.printer
        self.state = PrinterState(ready=False, said="打印机 还没问", printer=lane.printer)
        self._looked_over: datetime | None = None
        self._quiet_at = -1
        """How often the store was written when a turn found nothing waiting and nothing to tell."""

    def step(self) -> float:
        """One turn; answers how long to rest. While nothing is written the store is not asked again: this goes on all day."""
        written = self._office.parts.vault.written
        if written != self._quiet_at:
            if self._turn():
                return LANE_REST
            if written == self._office.parts.vault.written:
                self._quiet_at = -1 if self._office.parts.vault.spool.waiting() else written
        status = self._lane.status()
        state = PrinterState(status.ready, status.said, self.printer)
        if state != self.state:
            self.state = state
            self._office.bell.ring(state)
        return LANE_REST

    def _turn(self) -> bool:
        """Everything that waits is sent, and what became of it told; whether anything was."""
        printed = False
        now, last = self._office.parts.clock.now(), self._looked_over
        if last is None or not timedelta(0) <= now - last < STALE:
            self._look_over()
        while self._lane.pump():
            printed = True
            self._office.bell.ring(PaperChanged())
            self._report()
            self._look_over()
        if not printed:
            self._look_over()
        self._report()
        return printed

    def _look_over(self) -> None:
        expire_slips(self._office)
        self._looked_over = self._office.parts.clock.now()

    def _report(self) -> None:
        report_papers(self._office, lambda printer: printer not in self._others)


class Running:
    """运转 starts and stops the loops of an office. `more`: the lanes of its other printers, each with a loop of its own."""

    def __init__(self, office: Office, lane: PrintLane, more: Sequence[PrintLane] = ()) -> None:
        self.office = office
        self.line = LineKeeper(office)
        names = frozenset(one.printer for one in (lane, *more)) | {one.name for one in office.parts.settings.printers}
        self.lane = LaneKeeper(office, lane, names - {lane.printer})
        self.lanes = (self.lane, *(LaneKeeper(office, one, names - {one.printer}) for one in more))
        self.copies = CopyKeeper(office)
        self.beat = Beater(office, lambda: self.line.state.connected)
        # Apart from the others: no act wakes it, and a long push does not hold it up.
        self._beating = Loop("beat", self.beat.step, rest_after_fault=BEAT)
        self._deaf: Callable[[], None] = lambda: None
        line = Loop("line", self.line.round)
        self._listening = Loop("listen", Listener(office, self.line, line.wake).step)
        # Woken in this order: the citizen waits for the paper.
        self._loops = (
            *(Loop("lane", keeper.step) for keeper in self.lanes),
            line,
            Loop("copy", self.copies.step),
            Loop("blobs", Uploader(office).step),
        )

    @property
    def printers(self) -> PrinterState:
        """打印机 the one that is not ready, with its name where there are several; else the first."""
        wrong = next((one.state for one in self.lanes if not one.state.ready), None)
        if wrong is None or len(self.lanes) == 1 or wrong.said.startswith("打印机"):
            return wrong or self.lane.state
        return replace(wrong, said=f"{wrong.printer} {wrong.said}")

    def start(self) -> None:
        """Begin."""
        self.office.wake = self.wake
        self.beat.wake = self._beating.wake
        self._deaf = self.office.bell.subscribe(self.beat.hear)
        threading.Thread(target=pinyin.warm, name="readings", daemon=True).start()
        for loop in (*self._loops, self._listening, self._beating):
            loop.start()

    def wake(self) -> None:
        """Something was written: look at once."""
        for loop in self._loops:
            loop.wake()

    def stop(self) -> None:
        """End after the steps in hand."""
        self.office.wake = lambda: None
        self._deaf()
        self._beating.stop()
        self.beat.close()
        # Its question may stay open for long: it is told, and not waited for.
        self._listening.stop(0.0)
        for loop in self._loops:
            loop.stop()

"""照管线路 one round: say hello, take a new hall version, top up numbers, push, pull; and tell the pages how the line is."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from datetime import datetime

from clerk_app.cases.model import case_kind, document_kind
from clerk_app.office.events import LineState, RowsChanged
from clerk_app.office.office import Office
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.queueing.model import ticket_kind
from clerk_app.sync.rounds import Backoff, RoundReport, one_round
from clerk_app.sync.verdicts import not_done, undecided

log = logging.getLogger(__name__)

IDLE = 5.0
CASE_BLOCK, RESERVE_BLOCK, DOCUMENT_BLOCK = 20, 10, 10


class LineKeeper:
    """照管线路 keeps the line state and decides when to try again. `round` is called by one thread only."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._backoff = Backoff(base=0.5, cap=8.0)
        self._greeted = False
        self.state = LineState(connected=False)

    def round(self) -> float:
        """One round; answers how many seconds to rest before the next, unless woken."""
        before = self.state.connected
        report = self._try()
        self._greeted = report.connected
        self._tell(report)
        if report.subjects:
            self._office.bell.ring(RowsChanged(report.subjects))
        if report.connected:
            self._backoff.reset()
            return IDLE
        if before:
            self._backoff.reset()
        return self._backoff.next()

    def _try(self) -> RoundReport:
        parts = self._office.parts
        try:
            if not self._greeted:
                self._greet()
                self._announce()
            report = one_round(parts.vault, parts.centre, time.time())
            if report.connected:
                self._top_up()
        except CentreAway:
            return RoundReport(connected=False)
        except CentreProblem as problem:
            log.warning("centre problem %s", problem.type)
            return RoundReport(connected=True, said=problem.sentence)
        return report

    def _greet(self) -> None:
        parts = self._office.parts
        hello = parts.centre.hello()
        parts.clock.set(hello.time)
        if hello.hall_version != self._office.hall.version:
            parts.vault.keep.put_hall_document(hello.hall_version, parts.centre.hall_document(hello.hall_version))
            self._office.reload_hall()

    def _top_up(self) -> None:
        """Number blocks before they run low: 20 % of a block is the floor."""
        office = self._office
        now = office.parts.clock.now()
        window = office.hall.roster.windows[office.window]
        self._ensure(case_kind(now.year), CASE_BLOCK)
        for department in sorted(self._departments()):
            self._ensure(document_kind(department, now.year), DOCUMENT_BLOCK)
        for letter in window.letters:
            self._ensure(ticket_kind(letter, now.date(), reserve=True), RESERVE_BLOCK)

    def _departments(self) -> set[str]:
        """Whose 文号 this desk may need: those of its window's items, and the signed-in person's."""
        office = self._office
        found = {item.department for item in office.hall.items_at(office.window) if not item.external}
        return found | ({office.session.person.department} if office.session else set())

    def _ensure(self, kind: str, count: int) -> None:
        keep = self._office.parts.vault.keep
        draw = keep.next_serial(kind)
        if draw is None or draw.left < count // 5:
            keep.add_block(self._office.parts.centre.number_block(kind, count))

    def _announce(self) -> None:
        """The line is up and what was made meanwhile is on its way: said before it is sent."""
        waiting = sum(n for s, n in self._office.parts.vault.journal.tally().items() if s in undecided)
        if self.state.since is not None and waiting:
            now = self._office.parts.clock.now()
            self._ring(replace(self.state, connected=True, since=now, waiting=waiting, catching_up=True))

    def _ring(self, state: LineState) -> None:
        if state != self.state:
            self.state = state
            self._office.bell.ring(state)

    def _heads_at(self, report: RoundReport, waiting: int) -> datetime | None:
        """Ask only when something moved and nothing waits: the proof costs one small request."""
        moved = report.pushed > 0 or self.state.heads_at is None
        if not report.connected or waiting or not moved:
            return self.state.heads_at
        try:
            same = self._office.parts.centre.hello().head == self._office.parts.vault.journal.head().hash
        except (CentreAway, CentreProblem):
            return self.state.heads_at
        return self._office.parts.clock.now() if same else None

    def _tell(self, report: RoundReport) -> None:
        tally = self._office.parts.vault.journal.tally()
        waiting = sum(tally.get(s, 0) for s in undecided)
        state = replace(
            self.state,
            connected=report.connected,
            waiting=waiting,
            heads_at=self._heads_at(report, waiting),
            troubled=sum(tally.get(s, 0) for s in not_done),
            catching_up=False,
        )
        if report.connected != self.state.connected or self.state.since is None:
            state = replace(state, since=self._office.parts.clock.now())
        self._ring(state)

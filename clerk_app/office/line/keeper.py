"""照管线路 one round: say hello, take a new hall version, top up numbers, push, pull; and tell the pages how the line is."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from datetime import datetime

from clerk_app.office.events import LineState, RowsChanged
from clerk_app.office.line.blocks import BlockKeeper
from clerk_app.office.line.cuts import CutBook
from clerk_app.office.line.greeting import greet
from clerk_app.office.line.holding import HoldRenewer
from clerk_app.office.line.names import NameCopier
from clerk_app.office.line.session_moves import SessionWatch
from clerk_app.office.office import Office
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.sync.catching_up import NEWS
from clerk_app.sync.rounds import Backoff, Errand, RoundReport, one_round, report_of
from clerk_app.sync.verdicts import undecided

log = logging.getLogger(__name__)

IDLE, PAUSED, AT_ONCE = 5.0, 15.0, 0.05
LONGEST_REST = 600.0
"""Seconds a person may hold the sending off: nobody has to remember to let it go on."""


class LineKeeper:
    """照管线路 keeps the line state and decides when to try again. `round` is called by one thread only."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._backoff = Backoff(base=0.5, cap=8.0)
        self._greeted = False
        self._too_old = False
        self._news: str | None = None
        self._quiet_until = 0.0
        self._held_until = 0.0
        self.cuts = CutBook(office)
        self._sessions = SessionWatch(office)
        self._holds = HoldRenewer(office)
        self._names = NameCopier(office)
        self._blocks = BlockKeeper(office)
        self.rounds = 0
        self.state = LineState(connected=False)

    def round(self) -> float:
        """One round; answers how many seconds to rest before the next, unless woken.

        An act wakes the loop, but it does not shorten what a busy centre asked for.
        """
        if (asked := self._quiet_until - time.monotonic()) > 0:
            return asked
        before = self.state.connected
        report = self._try()
        self._greeted = report.connected and not report.paused and not report.doubt
        self._tell(report)
        self.rounds += 1
        if report.subjects:
            self._office.bell.ring(RowsChanged(report.subjects))
        self._sessions.look(report.subjects)
        if report.connected and not report.retry_after:
            self._backoff.reset()
            return AT_ONCE if report.doubt else PAUSED if report.paused else IDLE
        if before and not report.connected:
            self._backoff.reset()
        rest = self._backoff.next(report.retry_after)
        if report.retry_after:
            self._quiet_until = time.monotonic() + rest
        return rest

    def hold_off(self, wanted: bool) -> None:
        """先停下 (or go on): nothing more is sent after the batch in hand. Any thread."""
        self._held_until = time.monotonic() + LONGEST_REST if wanted else 0.0
        self._ring(replace(self.state, held_off=wanted, catching_up=False))

    def _resting(self) -> bool:
        return self._held_until > time.monotonic()

    def _try(self) -> RoundReport:
        parts = self._office.parts
        try:
            news = parts.vault.keep.meta(NEWS)
            if not self._greeted or news != self._news:
                self._too_old = greet(self._office).update_wanted
                if parts.keys is not None:
                    parts.keys.fetch(parts.vault.keep)
                self._news = news
            if not self._greeted:
                self._announce()
            good = self._office.guard.state.good
            push = good and not self._resting()
            pull = good and not self._too_old
            errand = Errand(push=push, pull=pull, progress=self._progress, stop=self._resting)
            report = one_round(parts.vault, parts.centre, time.time(), errand)
            if report.connected and good and not report.paused and not self._too_old:
                self._blocks.step()
                self._holds.step()
                self._names.step()
            if report.connected and not report.paused and parts.keys is not None:
                parts.keys.send()
        except (CentreAway, CentreProblem) as trouble:
            if isinstance(trouble, CentreProblem):
                log.warning("centre problem %s", trouble.type)
            return report_of(trouble)
        return report

    def _announce(self) -> None:
        """The line is up and what was made meanwhile is on its way: said before it is sent."""
        waiting = sum(n for s, n in self._office.parts.vault.journal.tally().items() if s in undecided)
        if self.state.since is not None and waiting and not self._resting():
            now = self._office.parts.clock.now()
            self._ring(
                replace(
                    self.state, connected=True, since=now, waiting=waiting, catching_up=True, sent=0, to_send=waiting
                )
            )

    def _progress(self, count: int) -> None:
        if self.state.catching_up:
            waiting = max(0, self.state.to_send - count)
            self._ring(replace(self.state, sent=count, waiting=waiting))

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

    def _cut_or_back(self, connected: bool) -> datetime | None:
        """Since when the line is as it is now, if that changed or was never said."""
        if not connected:
            return self.cuts.begin().since
        self.cuts.end()
        self.cuts.record()
        changed = not self.state.connected or self.state.since is None
        return self._office.parts.clock.now() if changed else self.state.since

    def _tell(self, report: RoundReport) -> None:
        since = self._cut_or_back(report.connected)
        tally = self._office.parts.vault.journal.tally()
        waiting = sum(tally.get(s, 0) for s in undecided)
        self._ring(
            replace(
                self.state,
                connected=report.connected,
                since=since,
                waiting=waiting,
                heads_at=self._heads_at(report, waiting),
                troubled=self._office.parts.vault.journal.troubled(),
                catching_up=False,
                sent=0,
                to_send=0,
                paused=report.said if report.paused else "",
                held_off=self._resting(),
                update_wanted=self._too_old,
                store=self._office.guard.state.sentence,
                clock=self._office.parts.clock.word(),
            )
        )

"""听变更 a question that stays open until the hall has news, on a thread of its own: pushing never waits for it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from clerk_app.office.line.keeper import LineKeeper
from clerk_app.office.office import Office
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.sync.catching_up import CURSOR
from clerk_app.sync.protocol import LONGEST_WAIT

LOOK, REST = 0.25, 5.0


class Listener:
    """听变更 pulls nothing itself: it wakes the line's loop, which does. `step` is called by one thread only."""

    def __init__(self, office: Office, keeper: LineKeeper, nudge: Callable[[], None]) -> None:
        self._office = office
        self._keeper = keeper
        self._nudge = nudge
        self._told = ""

    def step(self) -> float:
        """One question; answers how long to rest. A cursor that brought news is not asked with again."""
        state = self._keeper.state
        cursor = self._office.parts.vault.keep.meta(CURSOR)
        if not state.connected or state.paused or state.update_wanted:
            return REST / 2
        if not cursor or cursor == self._told:
            return LOOK
        asked = time.monotonic()
        try:
            page = self._office.parts.centre.changes(cursor, 1, wait=LONGEST_WAIT)
        except CentreAway as away:
            return away.retry_after + random.uniform(REST / 2, REST)
        except CentreProblem as problem:
            return problem.retry_after + random.uniform(REST / 2, REST)
        if page.changes:
            self._told = cursor
            self._nudge()
            return LOOK
        # An older centre answers at once: it is not asked in a circle.
        return 0.0 if time.monotonic() - asked > LONGEST_WAIT / 2 else REST

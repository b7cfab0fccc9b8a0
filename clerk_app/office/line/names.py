"""抄名称库 the window's copy of the centre's register of names: a page at a time while the line is up, and then what changed."""

from __future__ import annotations

import logging
import time

from clerk_app.office.office import Office
from clerk_app.ports import CentreProblem
from clerk_app.ports.names import NameCentre

log = logging.getLogger(__name__)

PAGE, PAGES = 100, 10
"""Small ones: while a page is written, nobody else writes into this file."""
AGAIN, UNWELCOME = 900.0, 3600.0
"""Seconds until it looks for what changed, and until it asks a centre again that gives no names."""


class NameCopier:
    """抄名称库 `step` is called in a round of the line, by its thread; a new session has it look at once."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._next_at = 0.0
        self._sign_in = ""

    def step(self) -> None:
        """A few pages; raises `CentreAway`."""
        centre = self._office.parts.names
        if centre is None or not self._due():
            return
        try:
            whole = any(self._page(centre) for _ in range(PAGES))
        except CentreProblem as problem:
            log.warning("no names: %s", problem.type)
            self._next_at = time.monotonic() + UNWELCOME
            return
        if whole:
            self._next_at = time.monotonic() + AGAIN

    def _due(self) -> bool:
        session = self._office.session
        signed_in = session.id if session else ""
        fresh, self._sign_in = signed_in not in ("", self._sign_in), signed_in
        return fresh or time.monotonic() >= self._next_at

    def _page(self, centre: NameCentre) -> bool:
        """One page; whether the copy went to the end with it."""
        book = self._office.parts.vault.names
        copy = book.copy
        page = centre.page(copy.seq, PAGE)
        if page.epoch != copy.epoch or page.last < copy.seq:
            book.begin(page.epoch)
            if copy.seq:
                return False
        whole = not page.names or page.names[-1].seq >= page.last
        book.take(page, whole=whole)
        return whole

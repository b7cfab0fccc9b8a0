"""改期通知 after another working-day table came in force: who was told a later day on paper than the one that binds now is told.

The open cases are walked a few slices at a look, so that nobody's hello waits for it; what was told once is not told again,
so that a process which begins anew may walk again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from clerk_app.cases.clocks import recounted
from clerk_app.cases.limit_rows import LimitRow
from clerk_app.cases.model import Case
from clerk_app.hall import Hall
from clerk_app.oversight.due_moves import moves_of
from clerk_app.oversight.model import CENTRE
from clerk_app.server.centre import CentreOffice
from clerk_app.server.holds import CentreBooks
from clerk_app.server.notices import tell_moved
from clerk_app.store.cabinet import Cabinet

SLICE = 2000


def tell_due_moves(office: CentreOffice, hall_id: str) -> None:
    """One slice more of this hall version; nothing for a hall without a gateway."""
    now, walked = office.now(), office.ears.walked
    with office.database.reading() as connection:
        hall = office.hall_in_force(connection, hall_id)
        place = walked.get(key := f"{hall_id}/{hall.version}", "")
        if not hall.people.gateway_window or place is None:
            return
        books = CentreBooks(Cabinet(connection, hall_id), hall, CENTRE)
        rows = books.open_limits_after(place, SLICE)
        sooner = [row for row in rows if _sooner(row, hall, now)]
    if sooner:
        with office.database.writing() as connection:
            books = CentreBooks(Cabinet(connection, hall_id), hall, CENTRE)
            for case in _as_they_are(books, sooner, now):
                tell_moved(connection, hall, case, now)
    walked[key] = rows[-1].id if len(rows) == SLICE else None


def _sooner(row: LimitRow, hall: Hall, now: datetime) -> bool:
    """The very day that a notice names: the statutory one after an extension, else the promised one."""
    item, extension = hall.items.get(row.item), row.life.extension
    if item is None:
        return False
    named = "statutory" if extension is not None and extension.granted else "promised"
    found = moves_of(row.as_case(), item, (None, hall.calendar), hall.off_work, now.date())
    return any(move.sooner and move.clock == named for move in found)


def _as_they_are(books: CentreBooks, rows: Iterable[LimitRow], now: datetime) -> Iterable[Case]:
    """With the days as they count now."""
    for row in rows:
        case, item = books.case(row.id), books.item(row.item)
        if case is not None and item is not None:
            yield replace(case, due=recounted(case, item, books.calendar, books.off_work, now.date()))

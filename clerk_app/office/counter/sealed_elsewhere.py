"""别处盖好的 what was authorised here and sealed at the seal's own seat: the case is marked and the paper comes out, by itself.

The register's line comes before the file it speaks of, which the seat sends after its commands: it is waited for a little.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from clerk_app.cases.model import Case
from clerk_app.command import Refusal, case_subject
from clerk_app.office.counter.deciding import mark, stamped_use
from clerk_app.office.counter.seat_queue import print_sealed
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import Books
from clerk_app.sealing.model import SealUse

WAITS = ("granted", "refused")
LOOK_AGAIN = 1.0
FILE_COMES = timedelta(seconds=30)
"""How long after the seal its file may still be on its way; what comes later is printed by hand."""
Pause = Callable[[float], object]


def sealed_elsewhere(books: Books) -> tuple[tuple[Case, SealUse], ...]:
    """Of cases in hand here: sealed by a grant of this machine's at another one, and not marked yet."""
    found = ((case, stamped_use(books, case)) for case in books.cases_in(WAITS))
    return tuple(
        (case, use)
        for case, use in found
        if use is not None and _was_asked(books, use) and books.holder(case_subject(case.id)) == books.device
    )


def _was_asked(books: Books, use: SealUse) -> bool:
    grant = books.seal_grant(use.grant)
    return grant is not None and grant.origin == books.device != grant.device


def take_in(office: Office, pause: Pause = time.sleep) -> tuple[tuple[Case, Outcome], ...]:
    """记办结、打出来 each once: only who has just marked a case prints its paper. Not for the screen's thread."""
    if office.session is None:
        return ()
    marked = [(case, use, mark(office, case.id, use.id)) for case, use in office.read(sealed_elsewhere)]
    return tuple(
        (case, done if isinstance(done, Refusal) else _come_out(office, use, pause)) for case, use, done in marked
    )


def _come_out(office: Office, use: SealUse, pause: Pause) -> Outcome:
    """At once if its file is there; else as soon as it comes."""
    while True:
        printed = print_sealed(office, use.id)
        late = office.parts.clock.now() > use.at + FILE_COMES
        if late or not (isinstance(printed, Refusal) and printed.type == "page-elsewhere"):
            return printed
        pause(LOOK_AGAIN)

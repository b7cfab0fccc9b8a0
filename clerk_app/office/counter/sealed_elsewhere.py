"""别处盖好的 what was authorised here and sealed at the seal's own seat: the case is marked and the paper comes out, by itself."""

from __future__ import annotations

from clerk_app.cases.model import Case
from clerk_app.command import Refusal, case_subject
from clerk_app.office.counter.deciding import mark, stamped_use
from clerk_app.office.counter.seat_queue import print_sealed
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import Books
from clerk_app.sealing.model import SealUse

WAITS = ("granted", "refused")


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


def take_in(office: Office) -> tuple[tuple[Case, Outcome], ...]:
    """记办结、打出来 each once: only who has just marked a case prints its paper. Not for the screen's thread."""
    if office.session is None:
        return ()
    return tuple((case, _one(office, case, use)) for case, use in office.read(sealed_elsewhere))


def _one(office: Office, case: Case, use: SealUse) -> Outcome:
    done = mark(office, case.id, use.id)
    return done if isinstance(done, Refusal) else print_sealed(office, use.id)

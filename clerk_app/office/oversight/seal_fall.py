"""停用与挂失 at once, and at once what it leaves behind: the cases that wait, and the documents nothing earlier vouches for.

What the centre had at that moment is remembered on the machine that stopped the seal: later nobody could tell.
"""

from __future__ import annotations

import json

from clerk_app.command import Refusal
from clerk_app.office.counter import seal_custody
from clerk_app.office.counter.issued import NO_PAGES, print_out
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.ports import Books
from clerk_app.sealing.custody import standing_of_seal
from clerk_app.sealing.loss_report import TITLE, loss_report
from clerk_app.sealing.model import SealEvent, SealUse
from clerk_app.sealing.stopping import (
    FALLS,
    LOOKED_BACK,
    WAIT_FOR_SEAL,
    Fall,
    Reckoning,
    coverable,
    falls_of,
    held_up_by,
    told_by,
    uncovered,
)

_remembered = "seal_fall:{}".format


def stop(office: Office, seal: str, reason: str) -> Outcome:
    """停用 by one key, by anybody signed in; a word why may follow later in the report."""
    return _fall(office, seal, seal_custody.stop(office, seal, reason))


def report_loss(office: Office, seal: str, reason: str) -> Outcome:
    """挂失."""
    return _fall(office, seal, seal_custody.report_loss(office, seal, reason))


def _fall(office: Office, seal: str, done: Outcome) -> Outcome:
    """The seal is down before anything is counted; a stop after a stop leaves what was remembered."""
    if not isinstance(done, Refusal):
        falls = office.read(lambda books: _falls(books, seal))
        if falls and falls[0].id == done.command:
            _remember(office, falls[0])
    return done


def _remember(office: Office, down: SealEvent) -> None:
    unconfirmed = office.parts.vault.seal_register.unconfirmed(down.seal)
    uses = office.read(lambda books: _uses(books, down, unconfirmed))
    kept = {"event": down.id, "had": sorted(coverable(uses, down.at, unconfirmed))}
    office.parts.vault.keep.put_meta(_remembered(down.seal), json.dumps(kept))


def _memory(office: Office, down: SealEvent) -> frozenset[str] | None:
    kept = json.loads(office.parts.vault.keep.meta(_remembered(down.seal)) or "{}")
    return frozenset(kept["had"]) if kept.get("event") == down.id else None


def fallen(office: Office, seal: str) -> Fall | None:
    """What the seal's stop leaves behind, as it is now; None while it is in use."""
    falls = office.read(lambda books: _falls(books, seal))
    if not falls or seal not in office.hall.roster.seals:
        return None
    unconfirmed, covered = office.parts.vault.seal_register.unconfirmed(seal), _memory(office, falls[0])
    return office.read(lambda books: _leaves_behind(office, books, falls, unconfirmed, covered))


def _falls(books: Books, seal: str) -> tuple[SealEvent, ...]:
    """What brought it down; whether it is down its standing says: two machines' clocks may order stop and resume otherwise.

    Of a seal that is down by a stop told after a later resume it is that stop.
    """
    events, standing = books.seal_events_of(seal), books.seal_standing(seal)
    if standing is not None and standing.state == "in_use":
        return ()
    falls = falls_of(events)
    return falls or tuple(event for event in events if event.kind in FALLS and standing is not None)[-1:]


def _leaves_behind(
    office: Office,
    books: Books,
    falls: tuple[SealEvent, ...],
    unconfirmed: frozenset[str],
    covered: frozenset[str] | None,
) -> Fall:
    down, told = falls[0], told_by(falls)
    by = Reckoning(books.calendar, books.off_work, office.parts.clock.now().date())
    uses = _uses(books, down, unconfirmed)
    before = [use for use in uses if use.at <= down.at]
    return Fall(
        event=told,
        first=down,
        held_up=held_up_by(down.seal, books.cases_in(WAIT_FOR_SEAL), office.hall.items, by),
        uncovered=uncovered(uses, down.at, unconfirmed, covered),
        last=before[-1] if before else None,
        here=covered is not None,
    )


def _uses(books: Books, down: SealEvent, unconfirmed: frozenset[str]) -> tuple[SealUse, ...]:
    """Far enough back, and whatever the centre has not confirmed, however old; oldest first."""
    found = {use.id: use for use in books.seal_uses_since(down.at - LOOKED_BACK) if use.seal == down.seal}
    rest = (books.seal_use(key) for key in sorted(unconfirmed - found.keys()))
    found |= {use.id: use for use in rest if use is not None}
    return tuple(sorted(found.values(), key=lambda use: (use.at, use.id)))


def report_page(office: Office, seal: str) -> bytes | Refusal:
    """挂失报告 as an A4 page. Not for the screen's thread."""
    pages, known, fall = office.parts.pages, office.hall.roster.seals.get(seal), fallen(office, seal)
    if pages is None:
        return NO_PAGES
    if known is None or fall is None:
        return Refusal("seal-not-stopped", "这枚印章现在在用，没有报告可打。先停用或挂失。")
    standing = office.read(lambda books: standing_of_seal(known, books))
    training = office.parts.settings.training
    try:
        return pages.official(loss_report(known, standing, fall, office.hall.roster, training=training)).pdf
    except ValueError as error:
        return Refusal("page-not-made", str(error))


def print_report(office: Office, seal: str) -> Outcome:
    """To the A4 printer; the page can be made again at any time."""
    made = report_page(office, seal)
    return made if isinstance(made, Refusal) else print_out(office, made, TITLE, 1, Done(seal))

"""补报 what a kiosk did while nobody answered is told when somebody does: in its order, each until the centre has said what it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from clerk_app.office.kiosk.kept import Kept, KeptTickets
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.ports.kiosk import KioskCentre

_about_the_ticket = frozenset({400, 404, 409, 422})
"""Said of this ticket; anything else is said of this machine or this moment."""


def tell_kept(centre: KioskCentre, kept: KeptTickets, in_hand: Collection[str]) -> int:
    """Answers how many are not told yet. `in_hand` are being given out this moment. Asks the net; never raises for its faults."""
    left = [one for one in kept.rows() if not one.told]
    for row in left:
        if row.id in in_hand:
            continue
        try:
            _tell(centre, kept, row)
        except CentreAway:
            break
        except CentreProblem as problem:
            if problem.status not in _about_the_ticket:
                break
            kept.change(row.id, lambda one, why=problem.sentence: replace(one, refused=why))  # type: ignore[misc]
    return sum(not one.told for one in kept.rows())


def _tell(centre: KioskCentre, kept: KeptTickets, row: Kept) -> None:
    if row.wanted.block:
        centre.issue(row.wanted)
    try:
        centre.say_issued(row.id, out=row.out)
    except CentreProblem as problem:
        if problem.status != 404:  # never heard of there, or known there under another id: nothing is left to say
            raise
    kept.change(row.id, lambda one: replace(one, told=True, refused=""))


def tell_one(centre: KioskCentre | None, kept: KeptTickets, key: str, *, out: bool) -> bool:
    """At once, if the centre answers; else it stays to be told. A reserve ticket goes the longer way, in its turn."""
    row = kept.row(key)
    if centre is None or row is None or row.wanted.block:
        return False
    try:
        centre.say_issued(key, out=out)
    except (CentreAway, CentreProblem):
        return False
    kept.change(key, lambda one: replace(one, told=True))
    return True

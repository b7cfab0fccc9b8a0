"""名称自查 a name held against the centre's register; with the line cut, against this window's copy, and its day is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from clerk_app.office.office import Office
from clerk_app.office.registration.checking import grounds
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.ports.names import NamesMet
from clerk_app.registration.checking.name_check import check_of
from clerk_app.registration.naming import NameCheck, NameParts, alternative, as_document, parts_of

MOST = 20
"""Names asked about at once."""
_longest = {"name": 120, "trade_name": 60, "industry_term": 60, "number": 60, "uscc": 18}


def check_name(office: Office, parts: NameParts, document: Mapping[str, Any] | None = None) -> NameCheck:
    """Asks the centre, so not on the thread of a page; `document` adds what the rules ask beside the name itself."""
    on = office.parts.clock.now().date()
    met = names_met(office, parts, on)
    ground = grounds(on, met.names, region=office.hall.region)
    return check_of(parts, as_document(parts) if document is None else document, ground, met.as_of)


def names_of(office: Office, document: Mapping[str, Any], on: date) -> NamesMet | None:
    """What an application's name meets, for a whole check; None when there is no register at hand."""
    met = names_met(office, parts_of(document), on)
    return met if met.as_of or met.names else None


def names_at_hand(office: Office, document: Mapping[str, Any]) -> NamesMet | None:
    """The same of this window's copy alone: at once, for a thread that must not wait."""
    parts = parts_of(document)
    met = names_copied(office, [parts] if _askable(parts) else [])
    return met if met.as_of or met.names else None


def names_met(office: Office, parts: NameParts, on: date) -> NamesMet:
    """The centre's word, or the copy's."""
    wanted = [one for one in (parts, *(alternative(parts, name) for name in parts.alternatives)) if _askable(one)]
    if not wanted:
        return NamesMet(as_of=office.parts.vault.names.copy.as_of, names=())
    centre = office.parts.names
    if centre is not None:
        try:
            return centre.met(wanted[:MOST], on)
        except (CentreAway, CentreProblem):
            pass
    return names_copied(office, wanted)


def names_copied(office: Office, wanted: Sequence[NameParts]) -> NamesMet:
    """Of this window's copy: at once, and as old as its day says; no day while it never went to the end."""
    book = office.parts.vault.names
    return NamesMet(as_of=book.copy.as_of, names=book.met(wanted))


def _askable(one: NameParts) -> bool:
    """What the centre would not read is not asked about: the rules tell it anyway."""
    fits = all(len(getattr(one, field)) <= most and "\0" not in getattr(one, field) for field, most in _longest.items())
    return bool(one.prefecture and one.trade_name and fits)

"""看这一件 what the page needs of the case at hand, read in one go on the store's lane."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from clerk_app.duty.handing_windows import handing_windows, where_to_fetch
from clerk_app.duty.model import Roster
from clerk_app.office.counter.handing import looking
from clerk_app.office.counter.handing.acts import PROOF, SIGNED_PROOF
from clerk_app.office.counter.handing.looking import ResultLine
from clerk_app.office.office import Office
from clerk_app.ports import Books
from clerk_app.registration.document import get
from clerk_app.registration.model import person_name

LEGAL = "/governance/legal_rep/person"


@dataclass(frozen=True, kw_only=True)
class AtHand:
    """手上的一件 its line, what is owed, and how far its 送达回证 is: printed, signed and kept."""

    line: ResultLine
    owed: str = ""
    own: bool = False
    """Handed out here though it never lay on a shelf: a spot case at its own window."""
    legal: str = ""
    """法定代表人 where its form says."""
    proof: bool = False
    kept: bool = False


@dataclass(frozen=True, kw_only=True)
class Here:
    """在哪个窗口 what the words depend on: the window, where results are fetched, who is called what, the moment."""

    window: int
    where: str
    roster: Roster
    now: datetime
    carrier: str = ""


def at_hand(office: Office, case_id: str) -> AtHand | None:
    """As it stands now."""
    line = looking.line_of(office, case_id)
    if line is None:
        return None

    def look(books: Books) -> AtHand:
        form = books.form(case_id)
        return AtHand(
            line=line,
            own=_own(office, line),
            legal=person_name(form.document, get(form.document, LEGAL)) if form is not None else "",
            proof=any(row.paper == PROOF for row in books.case_documents_of(case_id)),
            kept=any(one.name.startswith(SIGNED_PROOF) for one in books.attachments_of(case_id)),
        )

    found = office.read(look)
    return replace(found, owed=looking.unpaid(office, line.case)[0])


def _own(office: Office, line: ResultLine) -> bool:
    item = office.hall.items.get(line.case.item)
    at_its_window = item is not None and (item.kind == "spot" or not handing_windows(office.hall.roster))
    return at_its_window and line.case.window == office.window


def here(office: Office) -> Here:
    """This window, now."""
    hall = office.hall
    return Here(
        window=office.window,
        where=where_to_fetch(hall.roster),
        roster=hall.roster,
        now=office.parts.clock.now(),
        carrier=hall.handing.carrier,
    )


def person_named(roster: Roster, typed: str) -> str:
    """认人 by number or by whole name; empty when nobody or more than one is called so."""
    text = typed.strip()
    if text.upper() in roster.people:
        return text.upper()
    called = [person.id for person in roster.people.values() if person.name == text]
    return called[0] if len(called) == 1 else ""

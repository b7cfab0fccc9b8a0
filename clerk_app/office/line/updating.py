"""取更新 asked of the centre, fetched piece by piece behind everything else, and when it may be taken. Never on the store's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clerk_app.office.office import Office
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.ports.updates import UpdateState, UpdateTrouble
from clerk_app.updating import next_quiet, not_now

PIECE = 1 << 20
"""So much at once: whoever waits for the line waits no longer than this takes."""


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """更新的眼下 what lies there, why it is not taken now (empty: it may be), and from when on it may."""

    state: UpdateState
    held: str = ""
    quiet: datetime | None = None


def look(office: Office, *, leaving: bool = False) -> Outlook | None:
    """As it stands; None where programs are not replaced."""
    if office.parts.updates is None:
        return None
    clock, hall = office.parts.clock, office.hall
    now, is_workday = clock.now(), hall.calendar.is_workday
    sure, seated = clock.word() != "unknown", office.session is not None and not leaving
    state = office.parts.updates.state()
    held = not_now(now, hall.hours, is_workday, seated=seated, sure=sure)
    if state.resting and not held:
        held = "刚才没有换成，过半天再换。"
    return Outlook(state=state, held=held, quiet=next_quiet(now, hall.hours, is_workday))


def ask(office: Office) -> Outlook | None:
    """What the centre has for us now; with the line cut what it last said goes on."""
    updates, centre = office.parts.updates, office.parts.update_centre
    if updates is not None and centre is not None:
        try:
            updates.hear(centre.offered(updates.state().running, updates.platform))
        except (CentreAway, CentreProblem, UpdateTrouble):
            return look(office)
    return look(office)


def fetch(office: Office) -> bool:
    """One more piece, or judging and unpacking after the last; whether there is more to do. Raises `CentreAway`, `UpdateTrouble`."""
    updates, centre = office.parts.updates, office.parts.update_centre
    if updates is None or centre is None:
        return False
    state = updates.state()
    offer = state.waiting
    if offer is None or state.ready:
        return False
    if state.received < offer.size:
        try:
            updates.keep(state.received, centre.piece(offer.digest, state.received, PIECE))
        except CentreProblem as problem:
            raise UpdateTrouble(problem.sentence) from None
        if updates.state().received == state.received:
            raise CentreAway("答复的样子不对")
        return True
    updates.make_ready()
    return False


def due(office: Office, *, leaving: bool = False) -> bool:
    """Whether what lies ready may be taken at this moment; `leaving`: whoever sits here closes the window."""
    outlook = look(office, leaving=leaving)
    return outlook is not None and outlook.state.ready and not outlook.held

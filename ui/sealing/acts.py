"""授权用印的动作 one act each on what lay on the table; never on the screen's thread."""

from __future__ import annotations

from clerk_app.command import Refusal
from clerk_app.office.counter.deciding import authorise, finish_sealing, seal_again
from clerk_app.office.counter.paper_stamps import authorise_on_paper
from clerk_app.office.counter.seal_seats import Keeper, register_keys
from clerk_app.office.counter.sealed_elsewhere import take_in
from clerk_app.office.counter.seat_queue import seal_waiting
from clerk_app.office.line.holding import take_in_hand
from clerk_app.office.office import Office, Outcome, SignedOut
from ui.language import tr
from ui.sealing.state import OnTable, SeatTable

NO_PAGE = Refusal("no-page", tr("决定书还没排好，没有用印，办件没有变化。等一下再按。"))


def seal_or_authorise(office: Office, table: OnTable, pins: tuple[str, str], *, paper: bool) -> Outcome:
    """授权并用印, 用印 what was authorised before, or 授权 the page that the paper seal goes on."""
    case, (pin, seal_pin) = table.case.id, pins
    person = office.hall.roster.people[table.wish.person]
    if refusal := take_in_hand(office, case):
        return refusal
    keeper = Keeper(person=table.seal.keeper, pin=seal_pin) if table.seal is not None and seal_pin else None
    if table.frozen:
        return seal_again(office, case, person, pin, keeper)
    if table.prepared is None:
        return NO_PAGE
    if paper:
        return authorise_on_paper(office, table.prepared, person, pin)
    return authorise(office, table.prepared, person, pin, keeper)


def seal_at_seat(office: Office, table: SeatTable, pin: str) -> Outcome:
    """用印 one waiting paper with its keeper's PIN."""
    grant, paper = table.waiting.grant, table.waiting.paper
    return seal_waiting(office, grant.id, paper.sha256, Keeper(person=grant.keeper, pin=pin))


def begin_day(office: Office) -> None:
    """What was left in the middle is finished, and the keys in this machine are registered."""
    try:
        take_in(office)
        finish_sealing(office)
        register_keys(office)
    except SignedOut:
        return  # he got up again: the next one begins


def warm(office: Office) -> None:
    """The first stamp of the day is as quick as the others."""
    if office.parts.seal_keys is not None and office.parts.stamper is not None:
        office.parts.stamper.warm()

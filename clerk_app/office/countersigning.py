"""当面签 another person's own signing key, by PIN, at this desk: a countersignature is no sign-in."""

from __future__ import annotations

from clerk_app.command import Refusal, Stamp
from clerk_app.duty.model import Person, Seat
from clerk_app.duty.usecases import RecordPinFailure
from clerk_app.office.office import Office
from clerk_app.office.secrets import Secret, ask_centre, ask_here
from clerk_app.ports import CentreAway, PersonKey


def unlock(office: Office, person: Person, pin: str, cut: Refusal | None) -> PersonKey | Refusal:
    """The person's key; `cut` is what is said with the line cut, unless this desk may judge the PIN itself then.

    A wrong PIN is a recorded fact.
    """
    secret = Secret(pin, office.window, pin=True)
    try:
        key: PersonKey | Refusal = ask_centre(office, person, secret)
    except CentreAway:
        key = cut or ask_here(office, person, secret)
    if isinstance(key, Refusal) and key.type in ("pin-wrong", "account-locked"):
        office.do(RecordPinFailure(**office.stamp().fields(office.parts.new_id), person=person.id))
    return key


def stamp_of(office: Office, person: Person, basis: str) -> Stamp:
    """The countersigner's stamp: his own post, the window he stands at."""
    own = office.hall.roster.chief_post(person.id)
    seat = office.hall.roster.seat_of(person.id, None)
    post = own.id if own else seat.post if seat else ""
    return office.stamp_of(person, Seat(window=office.window, post=post), basis)

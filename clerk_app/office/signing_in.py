"""登录 online against the centre, offline against this machine's own credential; counted, locked, and never silent about why."""

from __future__ import annotations

from clerk_app.command import Refusal
from clerk_app.duty.usecases import RecordSignIn, RecordSignOut
from clerk_app.office.office import Office, Session
from clerk_app.office.secrets import Secret, ask_centre, ask_here
from clerk_app.ports import CentreAway, PersonKey


def sign_in(office: Office, account: str, password: str) -> Session | Refusal:
    """登录 to this window's post (in the training hall: to the person's own window). The sign-in itself is a recorded fact."""
    person = office.hall.roster.find_person(account)
    if person is None:
        return Refusal("unknown-account", "没有这个工号或姓名，没有登录。核对一下再输。")
    anywhere = office.parts.settings.training
    seat = office.hall.roster.seat_of(person.id, office.parts.settings.window)
    seat = seat or (office.hall.roster.seat_of(person.id, None) if anywhere else None)
    seat = seat or office.hall.roster.standby_seat_of(person.id, office.parts.settings.window)
    if seat is None:
        return Refusal("no-seat", f"{person.name} 在本窗口没有岗位，没有登录。到自己的窗口登录，或找值班长安排顶岗。")
    try:
        key: PersonKey | Refusal = ask_centre(office, person, Secret(password, seat.window))
        online = True
    except CentreAway:
        key = ask_here(office, person, Secret(password, seat.window))
        online = False
    if isinstance(key, Refusal):
        return key
    session = Session(id=office.parts.new_id(), person=person, seat=seat, online=online, sign=key.sign)
    office.session = session
    fields = office.stamp().fields(office.parts.new_id)
    office.do(RecordSignIn(**fields, sign_in=session.id, online=online))
    return session


def sign_out(office: Office) -> None:
    """退出 the key leaves memory with the session."""
    session = office.session
    if session is not None:
        fields = office.stamp().fields(office.parts.new_id)
        office.do(RecordSignOut(**fields, sign_in=session.id))
        office.session = None

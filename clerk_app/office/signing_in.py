"""登录 online against the centre, offline against this machine's own credential; counted, locked, and never silent about why."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

from clerk_app.command import Refusal
from clerk_app.duty.model import Person, Seat
from clerk_app.duty.usecases import RecordSignIn, RecordSignOut
from clerk_app.office.office import Office, Session
from clerk_app.ports import CentreAway, CentreProblem, Credential, PersonKey

TRIES, LOCK_SECONDS, OPEN_DAYS = 5, 600, 3


def sign_in(office: Office, account: str, password: str) -> Session | Refusal:
    """登录 to this window's post (in the training hall: to the person's own window). The sign-in itself is a recorded fact."""
    person = office.hall.roster.find_person(account)
    if person is None:
        return Refusal("unknown-account", "没有这个工号或姓名，没有登录。核对一下再输。")
    anywhere = office.parts.settings.training
    seat = office.hall.roster.seat_of(person.id, office.parts.settings.window)
    seat = seat or (office.hall.roster.seat_of(person.id, None) if anywhere else None)
    if seat is None:
        return Refusal("no-seat", f"{person.name} 在本窗口没有岗位，没有登录。到自己的窗口登录，或找值班长安排顶岗。")
    try:
        key: PersonKey | Refusal = _online(office, person, seat, password)
        online = True
    except CentreAway:
        key = _offline(office, person, password)
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
    if office.session is not None:
        fields = office.stamp().fields(office.parts.new_id)
        office.do(RecordSignOut(**fields, sign_in=office.session.id))
        office.session = None


def _online(office: Office, person: Person, seat: Seat, password: str) -> PersonKey | Refusal:
    keep, locksmith = office.parts.vault.keep, office.parts.locksmith
    known = keep.credential(person.id)
    key = (locksmith.unwrap(known.wrapped_key, password) if known else None) or locksmith.make()
    try:
        office.parts.centre.sign_in(person.id, password, seat.window, key.public)
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)
    keep.put_credential(
        Credential(
            person=person.id,
            verifier=locksmith.verifier(password),
            wrapped_key=key.wrap(password),
            online_at=office.parts.clock.now(),
        )
    )
    return key


def _offline(office: Office, person: Person, password: str) -> PersonKey | Refusal:
    known = office.parts.vault.keep.credential(person.id)
    if known is None:
        return Refusal(
            "no-credential", f"线路断着，{person.name} 没在这台机器上登录过，没有登录。等线路恢复，或到登录过的窗口。"
        )
    if known.locked_until > time.time():
        until = office.parts.clock.now() + timedelta(seconds=known.locked_until - time.time())
        return Refusal("account-locked", f"连续输错 {TRIES} 次，已锁到 {until:%H:%M}。急用找值班长。")
    if _expired(office, known.online_at):
        return Refusal(
            "credential-old", f"线路断着，本机凭据过了 {OPEN_DAYS} 个开放日，没有登录。连上中心登录一次就好。"
        )
    key = None
    if office.parts.locksmith.fits(known.verifier, password):
        key = office.parts.locksmith.unwrap(known.wrapped_key, password)
    if key is not None:
        office.parts.vault.keep.put_credential(replace(known, failures=0))
        return key
    return _count_failure(office, known)


def _count_failure(office: Office, known: Credential) -> Refusal:
    failures = known.failures + 1
    locked = failures >= TRIES
    until = time.time() + LOCK_SECONDS if locked else 0.0
    office.parts.vault.keep.put_credential(replace(known, failures=0 if locked else failures, locked_until=until))
    if locked:
        end = office.parts.clock.now() + timedelta(seconds=LOCK_SECONDS)
        return Refusal("account-locked", f"连续输错 {TRIES} 次，已锁到 {end:%H:%M}。急用找值班长。")
    return Refusal("password-wrong", f"密码不对，还可试 {TRIES - failures} 次。办件没有变化。")


def _expired(office: Office, online_at: datetime) -> bool:
    """Counted in the hall's open days, never in hours: Monday morning and the day after a long holiday work."""
    return office.parts.clock.now().date() > office.hall.calendar.due(online_at.date(), OPEN_DAYS, "workday").due

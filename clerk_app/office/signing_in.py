"""登录 online against the centre, offline against this machine's own credential; counted, locked, and never silent about why."""

from __future__ import annotations

from clerk_app.command import Refusal
from clerk_app.duty.model import Person, Seat
from clerk_app.duty.passwords import needs_second_factor
from clerk_app.duty.usecases import RecordSignIn, RecordSignOut
from clerk_app.office import failed_sign_ins
from clerk_app.office.duty.cover import come_back
from clerk_app.office.duty.leaving_desk import sat_down
from clerk_app.office.office import Office, Session
from clerk_app.office.secrets import Secret, ask_centre, ask_here
from clerk_app.ports import NO_PROOF, CentreAway, PersonKey, Proof


def sign_in(office: Office, account: str, password: str, proof: Proof = NO_PROOF) -> Session | Refusal:
    """登录 to this window's post (in the training hall: to the person's own window). The sign-in itself is a recorded fact.

    `proof` is what was asked for: refusals `password-old` and `second-factor-needed` say so.
    """
    person = office.hall.roster.find_person(account)
    if person is None:
        return Refusal("unknown-account", "没有这个工号或姓名，没有登录。核对一下再输。")
    seat = _seat(office, person)
    if seat is None:
        return Refusal("no-seat", f"{person.name} 在本窗口没有岗位，没有登录。到自己的窗口登录，或找值班长安排顶岗。")
    secret = Secret(password, seat.window, proof=proof)
    try:
        key: PersonKey | Refusal = ask_centre(office, person, secret)
        online = True
    except CentreAway:
        key = _ask_with_the_line_cut(office, person, secret)
        online = False
    if isinstance(key, Refusal):
        return key
    session = Session(id=office.parts.new_id(), person=person, seat=seat, online=online, sign=key.sign)
    office.session = session
    fields = office.stamp().fields(office.parts.new_id)
    office.do(RecordSignIn(**fields, sign_in=session.id, online=online))
    failed_sign_ins.tell(office)
    post = office.hall.roster.posts.get(seat.post)
    if post is not None and post.a == person.id:
        come_back(office)
    sat_down(office)
    return session


def _seat(office: Office, person: Person) -> Seat | None:
    roster, here = office.hall.roster, office.parts.settings.window
    anywhere = roster.seat_of(person.id, None) if office.parts.settings.training else None
    seat = roster.seat_of(person.id, here) or anywhere or roster.standby_seat_of(person.id, here)
    return seat or roster.role_seat_of(person.id, here)


def _ask_with_the_line_cut(office: Office, person: Person, secret: Secret) -> PersonKey | Refusal:
    """A code that changes can only be judged at the centre: then a PIN this machine knows, or nobody."""
    if secret.proof.new_password:
        return Refusal("no-line", "线路断着，密码没有换，也没有登录。等线路恢复再换。")
    key = ask_here(office, person, secret)
    if isinstance(key, Refusal) or not needs_second_factor(person, office.hall.roster.rules.second_factor):
        return key
    pin = Secret(secret.proof.code, secret.window, pin=True)
    if office.parts.vault.keep.credential(pin.slot(person.id)) is None:
        sentence = f"线路断着，{person.name} 的第二道验证要中心核对，没有登录。等线路恢复再登录。"
        return Refusal("second-factor-away", sentence)
    if not pin.text:
        sentence = "线路断着，密码对，这个身份还要第二道验证，还没有登录。输您的 PIN。"
        return Refusal("second-factor-needed", sentence)
    second = ask_here(office, person, pin)
    if isinstance(second, Refusal):
        failed_sign_ins.note(office, person)
        return second
    return key


def sign_out(office: Office) -> None:
    """退出 the key leaves memory with the session."""
    session = office.session
    if session is not None:
        fields = office.stamp().fields(office.parts.new_id)
        office.do(RecordSignOut(**fields, sign_in=session.id))
        office.session = None

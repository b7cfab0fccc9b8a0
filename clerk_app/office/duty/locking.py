"""锁屏 the screen is covered, the session stays; only he himself comes back to it, by his password or his PIN."""

from __future__ import annotations

from clerk_app.command import Refusal
from clerk_app.office import failed_sign_ins
from clerk_app.office.office import Office
from clerk_app.office.secrets import Secret, ask_centre, ask_here, record_wrong_pin
from clerk_app.ports import CentreAway

PIN_LENGTH = 6


def ticket_open(office: Office) -> bool:
    """Whether somebody is called to this window or sits at it: then the screen is never covered by itself."""
    day, window = office.parts.clock.now().date(), office.window
    return office.read(lambda books: books.open_call_at(window, day)) is not None


def unlock(office: Office, text: str) -> Refusal | None:
    """None when the one who is signed in here typed it.

    This machine judges it, line or no line: it knew him when he sat down. Only when his secret was changed since then
    is the centre asked.
    """
    session = office.session
    if session is None:
        return Refusal("signed-out", "登录已经结束，没有解锁。登录后接着办，办件都在。")
    person, keep = session.person, office.parts.vault.keep
    pin = Secret(text, session.seat.window, pin=True)
    as_pin = text.isdigit() and len(text) == PIN_LENGTH and keep.credential(pin.slot(person.id)) is not None
    secret = pin if as_pin else Secret(text, session.seat.window)
    if keep.credential(secret.slot(person.id)) is not None:
        answer = ask_here(office, person, secret, again=True)
    else:
        try:
            answer = ask_centre(office, person, secret)
        except CentreAway:
            return Refusal("no-credential", "线路断着，本机没有您的凭据，没有解锁。等线路恢复，或按 Esc 换人登录。")
    if secret.pin:
        record_wrong_pin(office, person, answer)
    if isinstance(answer, Refusal):
        return Refusal(answer.type, _here(answer.sentence))
    failed_sign_ins.tell(office)
    return None


def _here(sentence: str) -> str:
    """The PIN's own words are about seals; here it only opens the screen."""
    return sentence.replace("没有用印，办件没有变化。", "屏幕还锁着，办件没有变化。")

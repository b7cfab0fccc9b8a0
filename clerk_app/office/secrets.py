"""口令 a secret is judged by the centre, or with the line cut by this machine's own credential; it opens the person's key.

Passwords (sign-in) and PINs (countersignature) are two secrets of one person: counted, locked and kept apart. A lock is
counted in hall time: the machine's own clock, set forward or back, opens nothing, and while nobody vouches for the time
it stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from clerk_app.command import Refusal
from clerk_app.duty.model import Person
from clerk_app.duty.usecases import RecordPinFailure
from clerk_app.office import failed_sign_ins
from clerk_app.office.office import Office
from clerk_app.ports import NO_PROOF, CentreProblem, Credential, PersonKey, Proof

LOCK_SECONDS = 600
_LONG_AGO = timedelta(days=400)
"""As old as that no credential signs anybody in."""


@dataclass(frozen=True)
class Secret:
    """口令 what was typed, at which window, which of the two it is, and what goes with it when the centre asks.

    `countersign`: a password given at somebody else's desk for one signature; it signs nobody in and opens no data there.
    """

    text: str = field(repr=False)
    window: int
    pin: bool = False
    proof: Proof = NO_PROOF
    countersign: bool = False

    @property
    def tries(self) -> int:
        """A PIN may be wrong three times, a password five."""
        return 3 if self.pin else 5

    def slot(self, person: str) -> str:
        """The name of its credential on this machine."""
        return f"{person}#pin" if self.pin else person


def ask_centre(office: Office, person: Person, secret: Secret) -> PersonKey | Refusal:
    """Judge online and keep what offline needs. Raises `CentreAway`.

    A new password given with the old one takes its place here too: the same key under another wrapping.
    """
    keep, locksmith = office.parts.vault.keep, office.parts.locksmith
    slot = secret.slot(person.id)
    known = keep.credential(slot)
    own = locksmith.unwrap(known.wrapped_key, secret.text) if known else None
    key = own or locksmith.make()
    try:
        by = "pin" if secret.pin else "countersign" if secret.countersign else "password"
        grant = office.parts.centre.sign_in(person.id, secret.text, secret.window, key.public, by, secret.proof)
    except CentreProblem as problem:
        if problem.type == "password-old" and known is not None:
            keep.put_credential(replace(known, online_at=known.online_at - _LONG_AGO))
        return Refusal(problem.type, problem.sentence)
    text = secret.proof.new_password or secret.text
    if known is not None and own is not None and text == secret.text:
        # What opened the key a moment ago need not be stretched two times more: only that it was right today is new.
        keep.put_credential(replace(known, online_at=office.parts.clock.now(), failures=0, locked_until=0.0))
    else:
        _keep(office, slot, text, key)
    if grant.factor == "pin":
        _keep(office, Secret("", secret.window, pin=True).slot(person.id), secret.proof.code, key)
    if not secret.pin and not secret.countersign:
        office.parts.admit(person.id, text)
    if office.parts.keys is not None and office.parts.keys.note(slot, text, grant):
        office.wake()
    return key


def _keep(office: Office, slot: str, text: str, key: PersonKey) -> None:
    verifier, wrapped = office.parts.locksmith.verifier(text), key.wrap(text)
    fresh = Credential(person=slot, verifier=verifier, wrapped_key=wrapped, online_at=office.parts.clock.now())
    office.parts.vault.keep.put_credential(fresh)


def record_wrong_pin(office: Office, person: Person, answer: PersonKey | Refusal) -> None:
    """A wrong PIN while somebody is signed in here is a recorded fact."""
    if isinstance(answer, Refusal) and answer.type in ("pin-wrong", "account-locked"):
        office.do(RecordPinFailure(**office.stamp().fields(office.parts.new_id), person=person.id))


def ask_here(office: Office, person: Person, secret: Secret, *, again: bool = False) -> PersonKey | Refusal:
    """Judge by the credential this machine kept; `again`: he is signed in here already, so its age does not matter."""
    known = office.parts.vault.keep.credential(secret.slot(person.id))
    done = "授权" if secret.pin else "登录"
    if known is None:
        return Refusal(
            "no-credential",
            f"线路断着，{person.name} 没在这台机器上{done}过，没有{done}。等线路恢复，或到{done}过的窗口。",
        )
    if refusal := _still_locked(office, known, secret):
        return refusal
    if not again and _expired(office, known.online_at):
        days = office.hall.roster.rules.sign_in_open_days
        return Refusal(
            "credential-old", f"线路断着，本机凭据过了 {days} 个开放日，没有{done}。连上中心{done}一次就好。"
        )
    key = None
    if office.parts.locksmith.fits(known.verifier, secret.text):
        key = office.parts.locksmith.unwrap(known.wrapped_key, secret.text)
    if key is not None:
        office.parts.vault.keep.put_credential(replace(known, failures=0, locked_until=0.0))
        return key
    return _count_failure(office, known, secret, person)


def _still_locked(office: Office, known: Credential, secret: Secret) -> Refusal | None:
    if not known.locked_until:
        return None
    now = office.parts.clock.now()
    if known.locked_until > now.timestamp():
        return _locked(secret, datetime.fromtimestamp(known.locked_until, now.tzinfo))
    if office.parts.clock.word() != "unknown":
        return None
    return Refusal(
        "account-locked",
        f"连续输错 {secret.tries} 次锁着，这台电脑的时间又对不上，还不能解锁，没有登录。连上中心就会对准。",
    )


def _count_failure(office: Office, known: Credential, secret: Secret, person: Person) -> Refusal:
    if not secret.pin:
        failed_sign_ins.note(office, person)
    failures, now = known.failures + 1, office.parts.clock.now()
    locked = failures >= secret.tries
    until = now + timedelta(seconds=LOCK_SECONDS)
    counted = replace(known, failures=0 if locked else failures, locked_until=until.timestamp() if locked else 0.0)
    office.parts.vault.keep.put_credential(counted)
    if locked:
        return _locked(secret, until)
    left = secret.tries - failures
    if secret.pin:
        return Refusal("pin-wrong", f"PIN 不对，还可试 {left} 次。没有用印，办件没有变化。")
    return Refusal("password-wrong", f"密码不对，还可试 {left} 次。办件没有变化。")


def _locked(secret: Secret, until: datetime) -> Refusal:
    if secret.pin:
        return Refusal(
            "account-locked", f"PIN 连续输错 {secret.tries} 次，已锁到 {until:%H:%M}。没有用印，办件没有变化。"
        )
    return Refusal("account-locked", f"连续输错 {secret.tries} 次，已锁到 {until:%H:%M}。急用找值班长。")


def _expired(office: Office, online_at: datetime) -> bool:
    """Counted in the hall's open days, never in hours: Monday morning and the day after a long holiday work.

    The journal's newest row is the least it can be: a clock set back buys no days.
    """
    newest = office.parts.vault.history.newest_at()
    latest = max(office.parts.clock.now(), newest) if newest is not None else office.parts.clock.now()
    days = office.hall.roster.rules.sign_in_open_days
    return latest.date() > office.hall.calendar.due(online_at.date(), days, "workday").due

"""口令 a secret is judged by the centre, or with the line cut by this machine's own credential; it opens the person's key.

Passwords (sign-in) and PINs (countersignature) are two secrets of one person: counted, locked and kept apart.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from clerk_app.command import Refusal
from clerk_app.duty.model import Person
from clerk_app.office.office import Office
from clerk_app.ports import CentreProblem, Credential, PersonKey

LOCK_SECONDS, OPEN_DAYS = 600, 3


@dataclass(frozen=True)
class Secret:
    """口令 what was typed, at which window, and which of the two it is."""

    text: str
    window: int
    pin: bool = False

    @property
    def tries(self) -> int:
        """A PIN may be wrong three times, a password five."""
        return 3 if self.pin else 5

    def slot(self, person: str) -> str:
        """The name of its credential on this machine."""
        return f"{person}#pin" if self.pin else person


def ask_centre(office: Office, person: Person, secret: Secret) -> PersonKey | Refusal:
    """Judge online and keep what offline needs. Raises `CentreAway`."""
    keep, locksmith = office.parts.vault.keep, office.parts.locksmith
    slot = secret.slot(person.id)
    known = keep.credential(slot)
    key = (locksmith.unwrap(known.wrapped_key, secret.text) if known else None) or locksmith.make()
    try:
        by = "pin" if secret.pin else "password"
        grant = office.parts.centre.sign_in(person.id, secret.text, secret.window, key.public, by)
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)
    keep.put_credential(
        Credential(
            person=slot,
            verifier=locksmith.verifier(secret.text),
            wrapped_key=key.wrap(secret.text),
            online_at=office.parts.clock.now(),
        )
    )
    if not secret.pin:
        office.parts.admit(person.id, secret.text)
    if office.parts.keys is not None and office.parts.keys.note(slot, secret.text, grant):
        office.wake()
    return key


def ask_here(office: Office, person: Person, secret: Secret) -> PersonKey | Refusal:
    """Judge with the line cut, by the credential this machine kept."""
    known = office.parts.vault.keep.credential(secret.slot(person.id))
    done = "授权" if secret.pin else "登录"
    if known is None:
        return Refusal(
            "no-credential",
            f"线路断着，{person.name} 没在这台机器上{done}过，没有{done}。等线路恢复，或到{done}过的窗口。",
        )
    if known.locked_until > time.time():
        until = office.parts.clock.now() + timedelta(seconds=known.locked_until - time.time())
        return _locked(secret, until)
    if _expired(office, known.online_at):
        return Refusal(
            "credential-old", f"线路断着，本机凭据过了 {OPEN_DAYS} 个开放日，没有{done}。连上中心{done}一次就好。"
        )
    key = None
    if office.parts.locksmith.fits(known.verifier, secret.text):
        key = office.parts.locksmith.unwrap(known.wrapped_key, secret.text)
    if key is not None:
        office.parts.vault.keep.put_credential(replace(known, failures=0))
        return key
    return _count_failure(office, known, secret)


def _count_failure(office: Office, known: Credential, secret: Secret) -> Refusal:
    failures = known.failures + 1
    locked = failures >= secret.tries
    until = time.time() + LOCK_SECONDS if locked else 0.0
    office.parts.vault.keep.put_credential(replace(known, failures=0 if locked else failures, locked_until=until))
    if locked:
        return _locked(secret, office.parts.clock.now() + timedelta(seconds=LOCK_SECONDS))
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
    """Counted in the hall's open days, never in hours: Monday morning and the day after a long holiday work."""
    return office.parts.clock.now().date() > office.hall.calendar.due(online_at.date(), OPEN_DAYS, "workday").due

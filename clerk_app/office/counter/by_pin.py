"""谁的手 an act is done by who is signed in, or by somebody who came to the window and signs it there with his own PIN."""

from __future__ import annotations

from dataclasses import dataclass, field

from clerk_app.command import Refusal, Stamp
from clerk_app.duty.model import Person
from clerk_app.office.countersigning import stamp_of, unlock
from clerk_app.office.duty.cover import step_in_for_chief
from clerk_app.office.office import Beside, Office
from clerk_app.ports import PersonKey


@dataclass(frozen=True, kw_only=True)
class Countersigner:
    """当面签的人 who he is, and the PIN he typed; nothing keeps it."""

    person: Person
    pin: str = field(repr=False)


@dataclass(frozen=True)
class Hand:
    """落款与签名 the stamp an act bears, and whose signature goes with it (None: the session's)."""

    stamp: Stamp
    beside: Beside | None = None
    key: PersonKey | None = None
    """The countersigner's own key, for what he signs beside the act."""


def hand_of(office: Office, by: Countersigner | None, cut: Refusal | None = None) -> Hand | Refusal:
    """The session's own hand, or the countersigner's once his PIN is right; a deputy steps in by it where he may.

    `cut` is what is said with the line cut, where the act is not done then.
    """
    if by is None:
        return Hand(office.stamp())
    key = unlock(office, by.person, by.pin, cut)
    if isinstance(key, Refusal):
        return key
    if refusal := step_in_for_chief(office, by.person, key.sign):
        return refusal
    return Hand(stamp_of(office, by.person, ""), Beside(sign=key.sign), key)

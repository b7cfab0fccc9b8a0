"""寄钥匙 who signed in online may sit, with the line cut, at every window of his posts: his machine sends keys there.

Making them costs Argon2, and sending them the line: both are the line loop's work, never the sign-in's.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from dataclasses import dataclass, field, replace

from clerk_app.ports import CentreProblem, Credential, Keep, Locksmith, SessionGrant
from clerk_app.ports.key_post import KeptKey, KeyPost, SentKey

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Keys made in one round: about half a second, for which a push may have to wait."""
KEPT_FOR = 600.0
"""Seconds a secret may wait here for the line; the centre's grant is over by then too."""


@dataclass(frozen=True)
class Parcel:
    """待寄的钥匙 for which devices, under whose secret, by which grant, and until when by the machine's own clock."""

    slot: str
    secret: str = field(repr=False)
    grant: str = field(repr=False)
    devices: tuple[str, ...]
    until: float


class KeyBook:
    """寄钥匙簿 what waits to be sent, and what was fetched; used by the line loop, filled by sign-ins."""

    def __init__(self, post: KeyPost, locksmith: Locksmith) -> None:
        self._post = post
        self._locksmith = locksmith
        self._parcels: deque[Parcel] = deque()

    def note(self, slot: str, secret: str, grant: SessionGrant) -> bool:
        """A sign-in was granted; answers whether anything is to be sent."""
        if not grant.devices:
            return False
        self._parcels.append(Parcel(slot, secret, grant.grant, grant.devices, time.monotonic() + KEPT_FOR))
        return True

    def send(self) -> int:
        """The next few; answers how many the centre kept. Raises `CentreAway`, and they wait for the next round."""
        while self._parcels and self._parcels[0].until < time.monotonic():
            self._parcels.popleft()
        if not self._parcels:
            return 0
        parcel = self._parcels[0]
        now, later = parcel.devices[:AT_ONCE], parcel.devices[AT_ONCE:]
        try:
            kept = self._post.send(parcel.slot, parcel.grant, self._made(parcel, now))
        except CentreProblem as problem:
            log.warning("keys not sent: %s", problem.type)
            kept, later = 0, ()
        self._parcels.popleft()
        if later:
            self._parcels.appendleft(replace(parcel, devices=later))
        return kept

    def _made(self, parcel: Parcel, devices: tuple[str, ...]) -> list[SentKey]:
        """A key of its own for each device: what one machine loses opens nothing at another."""
        verifier, made = self._locksmith.verifier(parcel.secret), []
        for device in devices:
            key = self._locksmith.make()
            made.append(SentKey(device, verifier, key.wrap(parcel.secret), key.public))
        return made

    def fetch(self, keep: Keep) -> int:
        """What others left for this machine goes among its credentials; answers how many are new."""
        try:
            here = self._post.fetch()
        except CentreProblem as problem:
            log.warning("keys not fetched: %s", problem.type)
            return 0
        for slot in here.gone:
            keep.forget_credential(slot)
        return sum(_take(keep, key) for key in here.keys)


def _take(keep: Keep, key: KeptKey) -> bool:
    """A newer secret takes the old one's place; the same one was used online lately, and is good for as long again."""
    known = keep.credential(key.slot)
    if known is not None and key.at <= known.online_at:
        return False
    if known is not None and key.verifier in ("", known.verifier):
        keep.put_credential(replace(known, online_at=key.at))
        return False
    if not key.verifier:
        return False
    fresh = Credential(person=key.slot, verifier=key.verifier, wrapped_key=key.wrapped_key, online_at=key.at)
    keep.put_credential(fresh)
    return True

"""限量 how much one request may hold and how often one machine may ask: what a runaway or hostile machine can cost.

Slow senders (slow loris) are not handled here: uvicorn's own time limits, or the proxy in front of it, end them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil

from clerk_app.server.problems import too_many_requests

DEEPEST = 64
"""Levels of JSON inside each other; the deepest document of ours has nine."""
MOST_VALUES = 20_000
"""Objects, arrays and their members in one JSON text."""

_square = bytes.maketrans(b"{}", b"[]")
_no_brackets = bytes(set(range(256)) - set(b"[]{}"))


def within_limits(body: bytes) -> bool:
    """Whether this JSON text may be read at all: shallow, small, without NUL. A few passes over bytes, nothing is built."""
    nul = b"\\u0000" in body or b"\x00" in body
    containers = body.count(b"[") + body.count(b"{")
    if not nul and containers <= DEEPEST and body.count(b",") <= MOST_VALUES:
        return True
    plain = body.replace(b"\\\\", b"")
    if nul and (b"\\u0000" in plain or b"\x00" in plain):
        return False
    # What stands in quotes does not count; an escaped quote is none.
    unescaped = plain.replace(b'\\"', b"")
    if unescaped.count(b'"') > 4 * MOST_VALUES:
        return False
    marks = b"".join(unescaped.split(b'"')[::2])
    if marks.count(b",") + marks.count(b"[") + marks.count(b"{") > MOST_VALUES:
        return False
    return _shallow(marks.translate(_square, _no_brackets))


def _shallow(brackets: bytes) -> bool:
    """Taking the innermost pairs away leaves nothing after as many passes as it is deep; what has no pair never goes."""
    for _ in range(DEEPEST):
        left = brackets.replace(b"[]", b"")
        if not left:
            return True
        if len(left) == len(brackets):
            return False
        brackets = left
    return False


@dataclass(frozen=True)
class Rate:
    """频次 so many at once, and so many a second after that."""

    burst: float
    a_second: float


@dataclass
class _Bucket:
    level: float
    at: float


class Meter:
    """计量 one token bucket a key, in the memory of this process."""

    KEYS = 20_000

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[str, _Bucket] = {}

    def take(self, key: str) -> None:
        """One more; raises the problem `too-many-requests` with how long to wait."""
        wait = self._wait(key, spend=True)
        if wait > 0:
            raise too_many_requests(ceil(wait))

    def look(self, key: str) -> None:
        """Raises as `take` would, and counts nothing."""
        wait = self._wait(key, spend=False)
        if wait > 0:
            raise too_many_requests(ceil(wait))

    def _wait(self, key: str, *, spend: bool) -> float:
        now = self._clock()
        with self._lock:
            bucket = self._buckets.get(key) or self._fresh(key, now)
            bucket.level = min(self._rate.burst, bucket.level + (now - bucket.at) * self._rate.a_second)
            bucket.at = now
            if bucket.level < 1:
                return (1 - bucket.level) / self._rate.a_second
            if spend:
                bucket.level -= 1
            return 0.0

    def _fresh(self, key: str, now: float) -> _Bucket:
        if len(self._buckets) >= self.KEYS:
            full = self._rate.burst / self._rate.a_second
            self._buckets = {k: b for k, b in self._buckets.items() if now - b.at < full}
        return self._buckets.setdefault(key, _Bucket(self._rate.burst, now))


@dataclass(frozen=True)
class Limits:
    """限量 of one process; a hall of working windows never meets them."""

    requests: Meter = field(default_factory=lambda: Meter(Rate(1000, 100)))
    """By device: a month offline is sent in some hundred requests."""
    sign_ins: Meter = field(default_factory=lambda: Meter(Rate(30, 0.2)))
    """By device: each costs the centre an Argon2, and a guesser may go from account to account."""
    wrong_codes: Meter = field(default_factory=lambda: Meter(Rate(10, 1 / 30)))
    """By address: only wrong enrolment codes count."""

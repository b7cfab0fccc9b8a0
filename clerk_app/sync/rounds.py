"""一轮同步 push before pull, level-triggered: «is any row due?» is asked of the rows, never of a running coroutine."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from clerk_app.ports import Centre, CentreAway, CentreProblem, ChangePage, Sent, Vault, Verdict
from clerk_app.sync.verdicts import verdict_words
from clerk_app.sync.wire import read_envelope

BATCH = 100
BATCH_BYTES = 1 << 20


@dataclass(frozen=True)
class RoundReport:
    """一轮的结果 whether the line is up, what moved, and why it stopped."""

    connected: bool
    pushed: int = 0
    pulled: int = 0
    subjects: tuple[str, ...] = ()
    said: str = ""


@dataclass
class Backoff:
    """退避 full jitter between 0 and a doubling cap; a Retry-After would be the floor."""

    base: float = 1.0
    cap: float = 60.0
    tries: int = 0
    rng: random.Random = field(default_factory=random.Random)

    def next(self) -> float:
        """Seconds to wait after one more failure."""
        self.tries += 1
        return self.rng.uniform(0, min(self.cap, self.base * 2 ** min(self.tries, 32)))

    def reset(self) -> None:
        """The line is up again."""
        self.tries = 0


def push(vault: Vault, centre: Centre, now: float) -> tuple[int, tuple[str, ...]]:
    """推送 until nothing is due; a batch too large for the centre is halved, a single one too large is quarantined there."""
    pushed, subjects, limit = 0, set[str](), BATCH
    while batch := vault.journal.due(now, limit, BATCH_BYTES):
        try:
            verdicts = centre.push(batch)
        except CentreProblem as problem:
            if problem.status == 413 and len(batch) > 1:
                limit = max(1, len(batch) // 2)
                continue
            vault.journal.postpone([read_envelope(s.envelope).id for s in batch], now + 60, problem.sentence)
            raise
        _only_asked(batch, verdicts)
        subjects.update(vault.journal.settle(verdicts, now))
        pushed += len(verdicts)
        if all(v.state == "held" for v in verdicts):
            break
    return pushed, tuple(subjects)


def _only_asked(batch: tuple[Sent, ...], verdicts: tuple[Verdict, ...]) -> None:
    """Anything but one known word for each command asked is not the centre's answer."""
    asked = sorted(read_envelope(s.envelope).id for s in batch)
    if sorted(v.id for v in verdicts) != asked or not all(v.state in verdict_words for v in verdicts):
        raise CentreAway("答复与送出的对不上")


def pull(vault: Vault, centre: Centre, limit: int = 500) -> tuple[int, tuple[str, ...]]:
    """拉取 until the centre has no more."""
    pulled, subjects = 0, set[str]()
    while True:
        page = _page(vault, centre, limit)
        subjects.update(vault.journal.apply(page))
        pulled += len(page.changes)
        if not page.more:
            return pulled, tuple(subjects)


def _page(vault: Vault, centre: Centre, limit: int) -> ChangePage:
    """The next page; a cursor the centre no longer knows (restored, failed over) begins again at the first."""
    cursor = vault.keep.meta("cursor") or ""
    try:
        return centre.changes(cursor, limit)
    except CentreProblem as problem:
        if problem.status != 410 or not cursor:
            raise
        return centre.changes("", limit)


def one_round(vault: Vault, centre: Centre, now: float) -> RoundReport:
    """Push, then pull. A cut line is a report, not an exception; everything unsent stays where it is.

    A cursor the centre no longer knows (restored, new epoch) is dropped: the next round reads from the beginning.
    """
    try:
        pushed, changed = push(vault, centre, now)
        pulled, seen = pull(vault, centre)
    except CentreAway:
        return RoundReport(connected=False)
    except CentreProblem as problem:
        if problem.type == "cursor-gone":
            vault.keep.put_meta("cursor", "")
        return RoundReport(connected=True, said=problem.sentence)
    return RoundReport(connected=True, pushed=pushed, pulled=pulled, subjects=tuple({*changed, *seen}))

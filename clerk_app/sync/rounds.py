"""一轮同步 push before pull, level-triggered: «is any row due?» is asked of the rows, never of a running coroutine."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from clerk_app.ports import Centre, CentreAway, CentreProblem, Vault
from clerk_app.sync.batching import BATCH_BYTES
from clerk_app.sync.catching_up import EPOCH_COMING, GONE, pull
from clerk_app.sync.pushing import BATCH, PAUSES, push

__all__ = ["BATCH", "BATCH_BYTES", "Backoff", "Errand", "RoundReport", "one_round", "pull", "push", "report_of"]


@dataclass(frozen=True)
class RoundReport:
    """一轮的结果 whether the line is up, what moved, and why it stopped.

    `paused`: the centre answers and lets this machine do nothing. `doubt`: what it has of this journal, or of the feed,
    is not what we thought: hello is said again before anything else.
    """

    connected: bool
    pushed: int = 0
    pulled: int = 0
    subjects: tuple[str, ...] = ()
    said: str = ""
    retry_after: float = 0.0
    paused: bool = False
    doubt: bool = False


@dataclass(frozen=True)
class Errand:
    """一趟的差事 a store that is an old copy does neither; a program that is too old pulls nothing."""

    push: bool = True
    pull: bool = True
    progress: Callable[[int], None] = lambda count: None
    stop: Callable[[], bool] = lambda: False


@dataclass
class Backoff:
    """退避 full jitter between 0 and a doubling cap, on top of what the centre asked for (Retry-After)."""

    base: float = 1.0
    cap: float = 60.0
    tries: int = 0
    rng: random.Random = field(default_factory=random.Random)

    def next(self, floor: float = 0.0) -> float:
        """Seconds to wait after one more failure, never less than `floor`."""
        self.tries += 1
        return floor + self.rng.uniform(0, min(self.cap, self.base * 2 ** min(self.tries, 32)))

    def reset(self) -> None:
        """The line is up again."""
        self.tries = 0


def one_round(vault: Vault, centre: Centre, now: float, errand: Errand | None = None) -> RoundReport:
    """Push, then pull. A cut line is a report, not an exception; everything unsent stays where it is.

    While another epoch is coming, nothing is pulled before everything the centre lost has been sent again.
    """
    errand = errand or Errand()
    pushed, pulled, doubt = 0, 0, False
    subjects: set[str] = set()
    try:
        if errand.push:
            went = push(vault, centre, now, errand.progress, errand.stop)
            pushed, doubt = went.count, went.doubt
            subjects.update(went.subjects)
            if vault.keep.meta(EPOCH_COMING):
                vault.history.turn_epoch()
        if errand.pull and not vault.keep.meta(EPOCH_COMING):
            pulled, seen = pull(vault, centre)
            subjects.update(seen)
    except (CentreAway, CentreProblem) as trouble:
        return report_of(trouble, pushed, tuple(subjects))
    return RoundReport(connected=True, pushed=pushed, pulled=pulled, subjects=tuple(subjects), doubt=doubt)


def report_of(trouble: CentreAway | CentreProblem, pushed: int = 0, subjects: tuple[str, ...] = ()) -> RoundReport:
    """How a round ended that was stopped."""
    if isinstance(trouble, CentreAway):
        return RoundReport(connected=False, pushed=pushed, subjects=subjects, retry_after=trouble.retry_after)
    return RoundReport(
        connected=True,
        pushed=pushed,
        subjects=subjects,
        said=trouble.sentence,
        retry_after=trouble.retry_after,
        paused=trouble.status in PAUSES,
        doubt=trouble.status == GONE,
    )

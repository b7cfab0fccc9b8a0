"""一轮体检 every look on a thread of its own; one that hangs or falls becomes unknown, and holds nobody up."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence

from clerk_app.ports.doctor import Check, Finding

log = logging.getLogger(__name__)

Heard = Callable[[int, int], None]
"""So many looks are done, of so many."""


_TURN = 0.2
"""How soon a word to stop is heard."""


def look_over(
    checks: Sequence[Check], heard: Heard = lambda done, of: None, stop: threading.Event | None = None
) -> tuple[Finding, ...]:
    """All findings in the order of the checks. Threads that hang, or are not waited for, are left behind: they are daemons."""
    answers: queue.Queue[tuple[int, Finding]] = queue.Queue()
    begun = time.monotonic()
    for place, check in enumerate(checks):
        threading.Thread(target=_one, args=(place, check, answers), name="doctor", daemon=True).start()
    found: dict[int, Finding] = {}
    waiting = dict(enumerate(checks))
    told = -1
    while waiting:
        if told != len(found):
            told = len(found)
            heard(told, len(checks))
        left = min(check.patience for check in waiting.values()) - (time.monotonic() - begun)
        try:
            place, finding = answers.get(timeout=min(max(left, 0.0), _TURN))
            if waiting.pop(place, None) is not None:
                found[place] = finding
        except queue.Empty:
            spent = time.monotonic() - begun
            over = stop is not None and stop.is_set()
            for place, check in [pair for pair in waiting.items() if over or pair[1].patience <= spent]:
                del waiting[place]
                found[place] = _hung(check)
    heard(len(checks), len(checks))
    return tuple(found[place] for place in range(len(checks)))


def _one(place: int, check: Check, answers: queue.Queue[tuple[int, Finding]]) -> None:
    try:
        answers.put((place, check.look()))
    except Exception as error:
        log.warning("check fell: %s", type(error).__name__)
        answers.put(
            (place, Finding(check.name, "unknown", "这一项没有查成，别的照查", "再查一遍；还不行找管理员看日志"))
        )


def _hung(check: Check) -> Finding:
    return Finding(check.name, "unknown", f"{check.patience:.0f} 秒没有查出来，没有再等", "再查一遍；还不行找管理员")

"""嗓子 what the speaker asks of one way of speaking, and the ways of this machine in the order they are tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer

from clerk_app.queueing.announcing import Announcement

Done = Callable[[bool], None]


class Voice(Protocol):
    """嗓子 says one call at a time.

    `done(whether it was heard)` comes exactly once a call, never before `say` has returned, and not any more after `stop`.
    """

    @property
    def trouble(self) -> str:
        """Why it cannot speak, as one sentence; empty when it can."""
        ...

    def say(self, call: Announcement, done: Done) -> None:
        """Speak the whole call, as often as the hall says it."""
        ...

    def stop(self) -> None:
        """Be quiet at once: the desk closes."""
        ...


def soon(deed: Callable[[], None]) -> None:
    """On the next turn of the loop."""
    QTimer.singleShot(0, deed)

"""接着的一份 after one list is settled the next that waits for this person comes up, and no second press of the same key settles it unread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer

UNREAD_MS = 600
"""A hand that pressed twice is done within this; nobody has read a list by then."""


class ComingNext:
    """接着的一份 which list comes up, and whether it has stood there long enough to have been seen."""

    def __init__(self) -> None:
        self._since = QElapsedTimer()

    def after(self, done: str, shown: str, rows: Sequence[tuple[str, bool]]) -> str:
        """The list under `done` that waits for this person, else the first. `rows`: id, does it wait.

        Where none does, or another one is `shown` by now, that stays.
        """
        if shown != done:
            return shown
        keys = [key for key, _ in rows]
        place = keys.index(done) if done in keys else 0
        found = next((key for key, waits in (*rows[place:], *rows[:place]) if waits and key != done), done)
        if found != done:
            self.came()
        return found

    def came(self) -> None:
        """A list comes in front now."""
        self._since.start()

    def unread(self) -> bool:
        """It came up just now."""
        return self._since.isValid() and not self._since.hasExpired(UNREAD_MS)

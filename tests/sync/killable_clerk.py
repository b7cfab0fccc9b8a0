"""A client process that stands still at one named point of its work and says so, to be killed there by its parent.

`python -m tests.sync.killable_clerk FOLDER URL POINT`; without a point it works, sends and ends by itself.
"""

from __future__ import annotations

import random
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.faults.clerk import Clerk
from tests.faults.windows import Window


def stand_still(point: str) -> None:
    print(point, flush=True)
    threading.Event().wait()


def before(owner: Any, name: str, point: str) -> None:
    """Stand still when the method is about to run."""
    inner: Callable[..., Any] = getattr(owner, name)

    def held(*words: Any, **more: Any) -> Any:
        stand_still(point)
        return inner(*words, **more)

    setattr(owner, name, held)


def after(owner: Any, name: str, point: str) -> None:
    """Stand still when the method has done its work."""
    inner: Callable[..., Any] = getattr(owner, name)

    def held(*words: Any, **more: Any) -> Any:
        answer = inner(*words, **more)
        stand_still(point)
        return answer

    setattr(owner, name, held)


class BeforeCommit:
    """The last statement before COMMIT of an act has run: state and journal row are written and not yet kept."""

    def __init__(self, window: Window) -> None:
        from sqlalchemy import event

        self.journaled = False
        engine = window.office.parts.vault._gate.engine
        event.listen(engine, "before_cursor_execute", self._saw)
        event.listen(engine, "commit", self._commits)

    def _saw(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self.journaled = self.journaled or statement.lstrip().upper().startswith("INSERT INTO JOURNAL")

    def _commits(self, _connection: Any) -> None:
        if self.journaled:
            stand_still("before-commit")


def arm(window: Window, point: str) -> None:
    """The next time the work comes by the point, it stands still there."""
    vault, centre = window.office.parts.vault, window.office.parts.centre
    arms: dict[str, Callable[[], object]] = {
        "before-commit": lambda: BeforeCommit(window),
        "after-commit": lambda: after(window.office, "do", point),
        "before-send": lambda: before(centre, "push", point),
        "after-send": lambda: after(centre, "push", point),
        "before-verdict": lambda: before(vault.journal, "settle", point),
        "after-verdict": lambda: after(vault.journal, "settle", point),
        "before-pulled": lambda: before(vault.journal, "apply", point),
        "after-pulled": lambda: after(vault.journal, "apply", point),
    }
    arms[point]()


def main() -> None:
    folder, url, point = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    window = Window(folder, url).open().sign_in()
    window.keeper.round()
    clerk = Clerk(window.office, random.Random(len(point)))
    clerk.work(4)
    window.due_now()
    window.keeper.round()
    clerk.work(3)
    for command in clerk.told:
        print(f"told {command}")
    print(f"head {window.office.parts.vault.journal.head().seq}", flush=True)
    arm(window, point)
    clerk.work(1)
    window.due_now()
    window.keeper.round()
    sys.exit(f"never came by {point}")


if __name__ == "__main__":
    main()

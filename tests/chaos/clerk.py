"""One window as a process of its own: `python -m tests.chaos.clerk FOLDER URL WINDOW SEED` works until it is killed.

What the clerk is told of as done is written down beside the store, by this process and not by the store's own hand.
"""

from __future__ import annotations

import random
import sys
import threading
from pathlib import Path

from clerk_app.command import Refusal
from clerk_app.office.counter import given
from clerk_app.office.loop import Loop
from clerk_app.office.office import Office, SignedOut
from clerk_app.office.signing_in import sign_in
from clerk_app.ports import CannotOpen, CentreAway, CentreProblem
from tests.faults.clerk import Clerk
from tests.faults.windows import PEOPLE, Window

PACE = 0.03
TOLD = "told.txt"


def opened(window: Window, pause: threading.Event) -> Window:
    """The first time it needs the centre; whatever the line does meanwhile, it is tried again."""
    while True:
        try:
            return window.open()
        except (CentreAway, CentreProblem, CannotOpen):
            window.close()
            pause.wait(0.2)


def sit_down(office: Office, person: str, pause: threading.Event) -> None:
    """Until somebody lets him in."""
    while isinstance(sign_in(office, person, f"lian-xi-{person[1:].lower()}"), Refusal):
        pause.wait(0.2)


def main() -> None:
    folder, url, number, seed = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    pause, rng = threading.Event(), random.Random(seed)
    window = opened(Window(folder, url, number), pause)
    window.office.parts.vault.spool.recover()
    person = PEOPLE[number]
    sit_down(window.office, person, pause)
    line = Loop("line", window.keeper.round)
    window.office.wake = line.wake
    line.start()
    clerk = Clerk(window.office, rng, given.TOLD_WITHIN)
    print("working", flush=True)
    with (folder / TOLD).open("a", encoding="ascii") as told:
        while True:
            try:
                clerk.act()
            except SignedOut:  # two desks share a window and its clerk: the later sign-in ends the earlier one
                sit_down(window.office, person, pause)
            for command in clerk.told:
                told.write(command + "\n")
            told.flush()
            clerk.told.clear()
            pause.wait(rng.expovariate(1 / PACE))


if __name__ == "__main__":
    main()

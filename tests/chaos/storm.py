"""乱局 one scene: windows as processes, two server processes, one PostgreSQL, a faulty line; something dies every moment."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.clerk import TOLD
from tests.faults.account import Account, account
from tests.faults.proxy import FAULTS, weather
from tests.faults.site import Site
from tests.faults.windows import Window
from tests.nursery import Child, start

WINDOWS = (2, 3, 4, 2)
"""Two machines stand at window 2: what both call there cannot both be taken."""


@dataclass
class Client:
    """One window's process, started again on the same folder whenever it was killed."""

    folder: Path
    url: str
    number: int
    lives: int = 0
    _told_before: int = 0
    _child: Child | None = None

    def start(self) -> None:
        self.lives += 1
        self._told_before = len(self.told())
        self.folder.mkdir(parents=True, exist_ok=True)
        words = [str(self.folder), self.url, str(self.number), str(self.lives)]
        with (self.folder / "said.txt").open("ab") as said:
            self._child = start("tests.chaos.clerk", words, said)

    def kill(self) -> None:
        """SIGKILL; a client that ended by itself is a fault of its own."""
        assert self._child is not None
        ended = self._child.poll()
        self._child.end()
        assert ended is None, (self.folder / "said.txt").read_text("utf-8")[-3000:]

    def end(self) -> None:
        """Whatever came of it, no process is left behind."""
        if self._child is not None:
            self._child.end()

    def worked(self) -> bool:
        """Whether this life has come to something yet."""
        return len(self.told()) >= self._told_before + 5

    def told(self) -> list[str]:
        """A line torn by the kill was no word to the clerk yet."""
        file = self.folder / TOLD
        text = file.read_text("ascii") if file.exists() else ""
        return text[: text.rfind("\n") + 1].split()


@dataclass
class Storm:
    """The scene and what is done to it; `done` counts the blows."""

    site: Site
    rng: random.Random
    clients: list[Client] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    _pause: threading.Event = field(default_factory=threading.Event)

    def run(self, seconds: float) -> Account:
        """Chaos, then everything is healed, drained and accounted for."""
        for place, number in enumerate(WINDOWS):
            self.clients.append(Client(self.site.folder / f"desk-{place}", self.site.proxy.url, number))
            self.clients[-1].start()
        self._settle_in()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._blow()
            self._pause.wait(self.rng.uniform(0.1, 1.2))
        return self._heal()

    def _settle_in(self) -> None:
        """Everyone has met the centre once; before that there is nothing to lose."""
        end = time.monotonic() + 60
        while not all(client.told() for client in self.clients):
            assert time.monotonic() < end, [c.folder for c in self.clients if not c.told()]
            self._pause.wait(0.1)

    def _blow(self) -> None:
        blows: dict[str, tuple[int, Callable[[], None]]] = {
            "client": (6, self._kill_client),
            "server": (2, self._kill_server),
            "database": (1, self._kill_database),
            "weather": (6, self._bad_weather),
            "cut": (2, self._cut),
            "calm": (6, self.site.proxy.heal),
        }
        name = self.rng.choices(list(blows), [weight for weight, _ in blows.values()])[0]
        self.done[name] += 1
        blows[name][1]()

    def _kill_client(self) -> None:
        """As a rule one that has worked: on a slow machine all would die young. Now and then one that is only opening."""
        client = self.rng.choice(self.clients)
        if client.worked() or self.rng.random() < 0.1:
            client.kill()
            client.start()
            self.done["client killed"] += 1

    def _kill_server(self) -> None:
        centre = self.rng.choice(self.site.centres)
        centre.kill()
        centre.launch()

    def _kill_database(self) -> None:
        self.site.postgres.kill()
        self._pause.wait(self.rng.uniform(0, 0.5))
        self.site.postgres.start()

    def _bad_weather(self) -> None:
        faults = self.rng.sample([f for f in FAULTS if f != "pass"], 5)
        draw = random.Random(self.rng.random()).random
        self.site.proxy.plan = weather(draw, faults, self.rng.uniform(0.1, 0.8))

    def _cut(self) -> None:
        self.site.proxy.plan = lambda _: "cut-before"

    def _heal(self) -> Account:
        for client in self.clients:
            client.kill()
        for centre in self.site.centres:
            centre.kill()
            centre.start()
        self.site.proxy.heal()
        windows = [Window(client.folder, client.url, client.number).open() for client in self.clients]
        try:
            for _ in range(2):
                for window in windows:
                    window.drain()
            return account(windows, self.site.database, (c for client in self.clients for c in client.told()))
        finally:
            for window in windows:
                window.close()

"""排队长跑 real windows as processes before two centre processes on one PostgreSQL; some of it is killed; then the books are counted."""

from __future__ import annotations

import random
import statistics
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

from clerk_app.server.database import Database
from clerk_app.server.loading import load_hall
from tests.faults.centres import training_round_the_clock
from tests.faults.site import Site
from tests.faults.windows import Window
from tests.nursery import Child, start
from tests.soak.queue_clerk import CALLS, SERVED, TAKEN

SEATS = {2: "P203", 3: "P204", 4: "P105", 5: "P106", 6: "P303", 7: "P305", 8: "P403", 9: "P503"}
LETTERS = ["A", "B"]


@dataclass(frozen=True)
class Count:
    """数出来的 of numbers given out and people served; all but the first three must be 0."""

    taken: int
    served: int
    calls: int
    numbers_twice: int
    served_twice: int
    open_at_two: int
    finished_at_two: int
    never_served: int
    left: list[str]
    """How those stand at the centre who were never served."""
    p95: float = 0.0
    blows: dict[str, int] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        wrong = (self.numbers_twice, self.served_twice, self.open_at_two, self.finished_at_two, self.never_served)
        return not any(wrong)

    def said(self) -> dict[str, object]:
        return asdict(self)


def every_window_calls(site: Site) -> None:
    """All windows of the run call the same two letters: the more hands, the more they meet."""
    document = training_round_the_clock()
    for window in document["windows"]:
        if window["number"] in SEATS:
            window["letters"] = LETTERS
    with closing(Database(site.database)) as database, database.writing() as connection:
        load_hall(connection, document, training_passwords=True)


@dataclass
class Run:
    """One run: so many windows, so many tickets each, blows in between."""

    site: Site
    windows: int
    tickets: int
    rng: random.Random
    children: dict[int, Child] = field(default_factory=dict)
    blows: Counter[str] = field(default_factory=Counter)
    _pause: threading.Event = field(default_factory=threading.Event)

    def folder(self, number: int) -> Path:
        return self.site.folder / f"desk-{number}"

    def run(self, *, kill: bool, longest: float) -> Count:
        every_window_calls(self.site)
        (self.site.folder / "slips").mkdir()
        for number, person in list(SEATS.items())[: self.windows]:
            self.folder(number).mkdir()
            words = [str(self.folder(number)), self.site.proxy.url, str(number), person, str(self.tickets)]
            words.append(str(self.windows * self.tickets))
            with (self.folder(number) / "said.txt").open("ab") as said:
                self.children[number] = start("tests.soak.queue_clerk", words, said)
        try:
            self._until_done(kill=kill, longest=longest)
        finally:
            for child in self.children.values():
                child.end()
        return self._count()

    def _until_done(self, *, kill: bool, longest: float) -> None:
        """A blow each few seconds, as long as there is something to serve."""
        end = time.monotonic() + longest
        plan = ["centre", "database", "cut"] if kill else []
        wanted = self.windows * self.tickets
        while any(child.poll() is None for child in self.children.values()):
            assert time.monotonic() < end, (self._lines(SERVED), wanted, self._said())
            if plan and len(self._lines(TAKEN)) > wanted * (4 - len(plan)) // 5:
                self._blow(plan.pop(0))
            self._pause.wait(0.2)
        codes = {number: child.returncode for number, child in self.children.items()}
        assert set(codes.values()) == {0}, (codes, self._said())

    def _blow(self, what: str) -> None:
        self.blows[what] += 1
        if what == "centre":
            centre = self.rng.choice(self.site.centres)
            centre.kill()
            self._pause.wait(0.5)
            centre.start()
        elif what == "database":
            self.site.postgres.kill()
            self._pause.wait(1.0)
            self.site.postgres.start()
        else:
            self.site.proxy.plan = lambda _: "cut-before"
            self._pause.wait(14.0)
            self.site.proxy.heal()

    def _said(self) -> str:
        return "\n".join((self.folder(n) / "said.txt").read_text("utf-8")[-1500:] for n in self.children)

    def _lines(self, name: str) -> list[str]:
        files = [self.folder(number) / name for number in self.children]
        return [line for file in files if file.exists() for line in file.read_text("ascii").splitlines()]

    def _count(self) -> Count:
        self.site.proxy.heal()
        opened = [Window(self.folder(n), self.site.proxy.url, n).open() for n in self.children]
        try:
            for _ in range(2):
                for window in opened:
                    window.drain()
        finally:
            for window in opened:
                window.close()
        served, taken = self._lines(SERVED), self._lines(TAKEN)
        unserved = sorted(set(taken) - {line.split()[0] for line in served})
        online = [float(line.split()[0]) for line in self._lines(CALLS) if line.endswith("linked")]
        return Count(
            taken=len(taken),
            served=len(served),
            calls=len(self._lines(CALLS)),
            numbers_twice=len(taken) - len(set(taken)) + self._ask(_NUMBERS_TWICE),
            served_twice=len(served) - len(set(served)),
            open_at_two=self._ask(_OPEN_AT_TWO),
            finished_at_two=self._ask(_FINISHED_AT_TWO),
            never_served=len(unserved),
            left=[self._stands(number) for number in unserved],
            p95=round(statistics.quantiles(online, n=20)[-1], 1) if len(online) > 20 else 0.0,
            blows=dict(self.blows),
        )

    def _stands(self, number: str) -> str:
        return " ".join(str(word) for row in self.site.sql(_STANDS.format(number)) for word in row)

    def _ask(self, statement: str) -> int:
        return int(self.site.sql(statement)[0][0])


_NUMBERS_TWICE = """
SELECT count(*) FROM (SELECT day, number FROM tickets GROUP BY day, number HAVING count(*) > 1) AS twice
"""
_OPEN_AT_TWO = """
SELECT count(*) FROM (
  SELECT day, "window" FROM tickets WHERE state IN ('called', 'serving') GROUP BY day, "window" HAVING count(*) > 1
) AS twice
"""
_FINISHED_AT_TWO = """
SELECT (SELECT count(*) FROM papers_served WHERE known <> '') + (
  SELECT count(*) FROM (
    SELECT subjects FROM envelopes WHERE kind = 'finish_ticket' AND state = 'applied'
    GROUP BY subjects HAVING count(DISTINCT device) > 1
  ) AS twice
)
"""
_STANDS = """
SELECT t.number, t.state, t."window", t.fallback, t.reserve, t.calls, t.by_paper, h.device, h.fence
FROM tickets AS t LEFT JOIN holds AS h ON h.subject = 'ticket:' || t.id WHERE t.number = '{}'
"""

"""Random papers, random faults of the printer, and the sending process killed at any moment."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from tempfile import TemporaryFile

import pytest

from printers.show import show, symbols
from printers.virtual import Faults, VirtualPrinter
from tests.desk import cut_office
from tests.nursery import start
from tests.printers.endless_lane import code_of, foot_of, head_of, payload_of

pytestmark = pytest.mark.process

KEY = bytes(range(32))
ROUNDS, MOST = 16, 120
WANTED = {"done", "sent", "unknown", "blocked"}
"""So many kills, and more on a slow machine, until each of these was met and every fault had its turn."""
CHOICES = (
    Faults(),
    Faults(),
    Faults(near_end=True),
    Faults(refuse=True),
    Faults(paper_end=True),
    Faults(cover_open=True),
    Faults(cutter=True),
    Faults(offline=True),
    Faults(echo="none"),
    Faults(echo="none", fence=False),
    Faults(echo="wrong"),
    Faults(echo="late"),
    Faults(silent=True),
    Faults(deaf=True),
    Faults(rst_after=400),
    Faults(fin_after=400),
    Faults(paper_ends_after=400),
    Faults(cover_opens_after=400),
    Faults(power_off_after=400),
    Faults(stops_reading_after=400),
    Faults(rst_after=400, echo="none", fence=False),
    Faults(fin_after=400, echo="none", fence=False),
    Faults(paper_ends_after=400, echo="none", fence=False),
    Faults(paper_ends_after=400, echo="none"),
    Faults(rst_after=700),
    Faults(power_off_after=900),
    Faults(chatter=b"\x14\x00\x00\x0f"),
)


def turns(moments: random.Random) -> Iterator[Faults]:
    """Every fault comes up before one comes twice."""
    while True:
        yield from moments.sample(CHOICES, len(CHOICES))


def print_until_killed(
    folder, printer: VirtualPrinter, number: int, faults: list[Faults], moments: random.Random
) -> None:
    words = [str(folder), KEY.hex(), printer.url, str(number)]
    with TemporaryFile("w+", encoding="utf-8") as log, start("tests.printers.endless_lane", words, log) as child:
        said = child.stdout.readline()
        for fault in faults:
            printer.faults = fault
            time.sleep(moments.uniform(0, 0.25))  # the random moment itself; nothing is waited for
        ended = child.poll()
        child.kill()
        child.wait(60)
        log.seek(0)
        errors = log.read()
    assert (said, ended) == ("working\n", None), errors


def states(folder) -> dict[str, str]:
    office = cut_office(folder, KEY, fill=False)
    found = {job.id: job.state for job in office.parts.vault.spool.jobs(1_000_000)}
    office.parts.vault.close()
    return found


def read_back(jobs: list[bytes]) -> tuple[str, list[str]]:
    """What stands on the paper, by our own decoder: each connection by itself, for a printer that was torn from one begins anew."""
    return "\n".join(show(job) for job in jobs), [code for job in jobs for code in symbols(job)]


def test_never_done_without_paper_and_never_a_second_original(tmp_path):
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    moments, met, had = random.Random(seed), set[str](), 0
    fault = turns(moments)
    with VirtualPrinter() as printer:
        for number in range(MOST):
            faults = list(islice(fault, moments.randint(1, 4)))
            print_until_killed(tmp_path, printer, number, faults, moments)
            had += len(faults)
            met |= set(states(tmp_path).values())
            if number + 1 >= ROUNDS and had >= len(CHOICES) and met >= WANTED:
                break
    words, codes = read_back(printer.jobs)
    found = states(tmp_path)
    begun = {name: words.count(head_of(name)) for name in found}
    whole = {name for name in found if show(payload_of(name)) in words and code_of(name) in codes}
    ended = {name for name in found if foot_of(name) in words}
    assert met >= WANTED
    assert not [name for name in found if name.startswith("again-")]
    assert not {name: count for name, count in begun.items() if count > 1}
    assert not {code: count for code, count in Counter(codes).items() if count > 1}
    assert {name for name, state in found.items() if state == "done"} <= whole
    assert not {name for name, state in found.items() if state in ("queued", "not_sent", "blocked") and begun[name]}
    # What came out although nobody may say so is asked about, never printed again.
    assert {found[name] for name in whole | ended} <= {"done", "sent", "unknown", "sending"}
    assert whole

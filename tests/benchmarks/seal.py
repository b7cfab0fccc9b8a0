"""seal: a decision that was read is authorised by PIN, sealed, signed and registered; beside it the bare pyHanko call on the same file.

The PIN is stretched on purpose (Argon2), whatever is signed: `seal` is apart from it, `seal with its PIN` beside both bare calls.
`python -m tests.benchmarks.seal` measures the first one after a sign-in, in a process of its own, and says it as JSON.
"""

from __future__ import annotations

import gc
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from clerk_app.command import Refusal
from clerk_app.duty.training import training_pin
from clerk_app.office.counter import deciding, visit
from clerk_app.office.counter.batching import BatchDone, authorise_batch
from clerk_app.office.counter.prepared import Prepared, Wanted, prepare_one
from clerk_app.office.office import Office
from clerk_app.office.registration import saving
from clerk_app.outside.stamping import PdfStamper
from clerk_app.ports import NumberBlock
from clerk_app.training import training_seals
from tests.benchmarks.registry import Row, benchmark
from tests.desk import StandingClock, cut_office
from tests.office.test_deciding import CHIEF, PinCentre, example
from tests.seal_fakes import with_seals
from tests.visits import APPLICANT, accept, done, receive, serve

if TYPE_CHECKING:
    from tests.sealing.forging import Forger

SINGLE, BATCH, FIRST, PROCESSES = 24, 50, 6, 3
RATIO, FIRST_RATIO = 2.0, 1.5


class RunningClock(StandingClock):
    """A morning of the hall that goes by as fast as the machine's own time."""

    def __init__(self) -> None:
        super().__init__()
        self._begun = time.monotonic()

    def now(self) -> datetime:
        return self.moment + timedelta(seconds=time.monotonic() - self._begun)


@benchmark("seal")
def seal() -> Sequence[Row]:
    """Medians, one after the other on the same files; the page was made and read before."""
    with desk() as office:
        forger, pages = bare_forger(office), prepared(office, SINGLE + BATCH)
        authorise(office, pages[0])
        forger.seal(pages[0].page.pdf, datetime.now(UTC))
        gc.collect()
        gc.disable()
        try:
            ours, bare, pins = [], [], []
            for page in pages[1:SINGLE]:
                pins.append(timed(bare_pin(office)))
                ours.append(timed(lambda page=page: authorise(office, page)))
                bare.append(timed(lambda page=page: forger.seal(page.page.pdf, datetime.now(UTC))))
            each = timed(lambda: authorise_all(office, pages[SINGLE:])) / BATCH
            floor, pin, whole = statistics.median(bare), statistics.median(pins), statistics.median(ours)
        finally:
            gc.enable()
    said = [in_a_process_of_its_own() for _ in range(PROCESSES)]
    firsts, others = [one[0] for one in said], [each for one in said for each in one[1:]]
    return [
        Row(name="seal", value=whole - pin, unit="ms", floor=floor, most=RATIO, of_ratio=True),
        Row(name="seal with its PIN", value=whole, unit="ms", floor=floor + pin, most=RATIO, of_ratio=True),
        Row(name="seal batch", value=each, unit="ms", floor=floor, most=RATIO, of_ratio=True),
        Row(
            name="seal first", value=statistics.median(firsts), unit="ms", floor=statistics.median(others), most=FIRST_RATIO, of_ratio=True
        ),
    ]  # fmt: skip


@contextmanager
def desk() -> Iterator[Office]:
    """The real page maker, stamper, store and training keys; the centre judges PINs and nothing else."""
    from PySide6.QtWidgets import QApplication

    from printers.pages import QtPageMaker
    from ui.application import make_application

    _ = QApplication.instance() or make_application(screen=False)
    with tempfile.TemporaryDirectory(prefix="clerk-seal-") as folder:
        clock = RunningClock()
        office = cut_office(Path(folder), clock=clock)
        keys = training_seals(Path(folder), office.hall, clock)
        with_seals(office, seal_keys=keys, stamper=PdfStamper(office.parts.locksmith.genuine), pages=QtPageMaker())
        office.parts = replace(office.parts, centre=PinCentre())  # type: ignore[arg-type]
        year = clock.now().year
        office.parts.vault.keep.add_block(NumberBlock(id="d", kind=f"doc_no:SJJ:{year}", first=1, last=500))
        try:
            yield office
        finally:
            office.parts.vault.close()


def prepared(office: Office, count: int) -> list[Prepared]:
    """So many pages as they are shown, each with the number it will bear."""
    found = []
    for number in range(count):
        case = accept(office, receive(office, serve(office), replace(APPLICANT, name=f"江州{number}号有限公司")))
        done(saving.save_form(office, case.id, example()))
        done(deciding.propose(office, case.id, "grant", "材料齐全，符合法定形式。"))
        done(visit.finish(office, case.ticket))
        found.append(case.id)
    return [page_of(office, case, number) for number, case in enumerate(found)]


def page_of(office: Office, case: str, number: int) -> Prepared:

    draws = office.parts.vault.keep.next_serials(f"doc_no:SJJ:{office.parts.clock.now().year}", number + 1)
    page = prepare_one(office, Wanted(case=case, person=CHIEF, outcome="grant", opinion="同意。", draw=draws[number]))
    assert isinstance(page, Prepared), page
    return page


def authorise(office: Office, page: Prepared) -> None:
    done(deciding.authorise(office, page, office.hall.roster.people[CHIEF], training_pin(CHIEF)))


def authorise_all(office: Office, pages: Sequence[Prepared]) -> None:
    person = office.hall.roster.people[CHIEF]
    said = authorise_batch(office, pages, person, training_pin(CHIEF), None, lambda _: True)
    assert isinstance(said, BatchDone), said
    assert (len(said.sealed), said.refused) == (len(pages), ()), said


def bare_pin(office: Office) -> Callable[[], object]:
    """His key opened by his PIN, and nothing else."""
    known = office.parts.vault.keep.credential(f"{CHIEF}#pin")
    assert known is not None
    return lambda: office.parts.locksmith.unwrap(known.wrapped_key, training_pin(CHIEF))


def bare_forger(office: Office) -> Forger:
    """pyHanko alone: the face imported, one field, one P-256 signature over the same file."""
    from clerk_app.office.counter.seal_seats import face_for
    from tests.sealing.forging import forger

    assert office.parts.pages is not None
    return forger(datetime.now(UTC), office.parts.pages.face(face_for(office, "S-SJJ")))


def timed(step: Callable[[], object]) -> float:
    begun = time.perf_counter()
    step()
    return (time.perf_counter() - begun) * 1000


def in_a_process_of_its_own() -> list[float]:
    said = subprocess.run([sys.executable, "-m", __name__], capture_output=True, check=True, text=True)
    return [float(each) for each in json.loads(said.stdout)]


def first() -> list[float]:
    """Warmed as behind the sign-in, then the first one and some more; his PIN was typed on this machine before."""
    with desk() as office:
        unlocked = deciding.unlock(office, office.hall.roster.people[CHIEF], training_pin(CHIEF), None)
        assert not isinstance(unlocked, Refusal)
        stamper, pages = office.parts.stamper, prepared(office, FIRST)
        assert isinstance(stamper, PdfStamper)
        stamper.warm()
        return [timed(lambda page=page: authorise(office, page)) for page in pages]


if __name__ == "__main__":
    print(json.dumps(first()))

"""calendar-move: what another working-day table moves among 50,000 open cases, read from the store; the floor is reading their rows."""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from clerk_app.canonical import canonical, sm3
from clerk_app.cases.limits import due_dates
from clerk_app.cases.model import Applicant, Case, CaseMaterial
from clerk_app.hall import Hall
from clerk_app.office.office import Office
from clerk_app.office.oversight.calendar_change import Survey, Tables, begin, go_on
from clerk_app.store.vault import LocalVault
from tests.benchmarks.registry import Row, benchmark, p99
from tests.desk import cut_office, training_document

CASES, BATCH = 50_000, 1000
TARGET_MS, SLICE_MS = 2000.0, 100.0


@benchmark("calendar-move")
def calendar_move() -> Sequence[Row]:
    """The whole survey, and the slowest hundredth of its slices: for so long an act at this desk may have to wait."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="clerk-calendar-")))
        office = cut_office(folder)
        vault = office.parts.vault
        stack.callback(vault.close)
        fill(office, CASES)
        another_table(office)
        floor = read_rows(vault)
        gc.collect()
        gc.disable()  # as at the desk
        stack.callback(gc.enable)
        begun = time.perf_counter()
        survey, slices = surveyed(office)
        whole = (time.perf_counter() - begun) * 1000
    assert (survey.done, survey.over) == (CASES, True)
    assert len(survey.cases) > CASES // 10
    return [
        Row(name="calendar-move", value=whole, unit="ms", floor=floor, most=TARGET_MS),
        Row(name="calendar-move slice", value=p99(slices), unit="ms", floor=floor * 500 / CASES, most=SLICE_MS),
    ]


def surveyed(office: Office) -> tuple[Survey, list[float]]:
    survey, tables, slices = begin(office), Tables(office.hall), list[float]()
    while not survey.over:
        start = time.perf_counter()
        survey = go_on(office, survey, tables)
        slices.append((time.perf_counter() - start) * 1000)
    return survey, slices


def fill(office: Office, count: int) -> None:
    """Accepted over the last forty days, under the old table."""
    hall, now = office.hall, office.parts.clock.now()
    for first in range(0, count, BATCH):
        with office.parts.vault.unit(hall) as work:
            for n in range(first, first + BATCH):
                work.books.put_case(one(hall, n, now))


def one(hall: Hall, n: int, now: datetime) -> Case:
    items = [item for item in hall.items.values() if not item.external]
    item = items[n % len(items)]
    at = now - timedelta(days=n % 40)
    papers = tuple(CaseMaterial(name=m.name, essential=m.essential, brought_at=at) for m in item.materials)
    return Case(
        id=f"{n:08d}-0000-7000-8000-000000000000", ticket=f"t{n}", item=item.code, item_name=item.name,
        hall_version=hall.version, department=item.department, applicant=Applicant(name=f"申请人{n}"), materials=papers,
        state="review", received_at=at, window=2, handler="P203", acting_for=None, query_code=f"{n:08d}",
        case_no=f"JZ{at:%Y%m%d}-{n:05d}", serial=n, accepted_at=at,
        due=due_dates(item, at, hall.calendar, hall.off_work),
    )  # fmt: skip


def another_table(office: Office) -> None:
    """Three days more are off."""
    document = training_document()
    days = [{"date": f"2026-12-{day:02d}", "workday": False, "name": "停电"} for day in (1, 2, 3)]
    document["calendar"] = {**document["calendar"], "overrides": [*document["calendar"]["overrides"], *days]}
    office.parts.vault.keep.put_hall_document(sm3(canonical(document)), document)
    office.reload_hall()


def read_rows(vault: LocalVault) -> float:
    """The same rows, as the database gives them."""
    start = time.perf_counter()
    with vault._gate.begin() as connection:
        assert len(connection.execute(text("SELECT * FROM cases")).all()) == CASES
    return (time.perf_counter() - start) * 1000

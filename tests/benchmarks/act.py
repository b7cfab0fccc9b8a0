"""act: one command judged, written, recorded (its paper made) and shown on the page, in a store that holds 10,000 cases already."""

from __future__ import annotations

import dataclasses
import gc
import secrets
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

from clerk_app.cases.model import Applicant, Case, CaseMaterial, DueDates, case_kind, case_number
from clerk_app.cases.usecases import ReceiveCase
from clerk_app.office.counter import visit
from clerk_app.office.office import Office
from clerk_app.ports import NumberBlock, Verdict
from clerk_app.queueing.model import Ticket
from clerk_app.store.engine import open_engine
from clerk_app.sync.wire import body_of
from tests.benchmarks.registry import Row, benchmark, p99
from tests.desk import cut_office
from tests.visits import COMPANY, done, receive, serve

CASES, BATCH, BLOCK = 10_000, 500, 20
MEASURED = 200
FRAME_MS = 16.0


@benchmark("act")
def act() -> Sequence[Row]:
    """p99 over ticks and acceptances; the floor is a bare commit of one row into a file of the same kind."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="clerk-act-")))
        office = full_office(folder / "desk")
        stack.callback(office.parts.vault.close)
        bare_commit = stack.enter_context(BareFile(folder / "floor.db"))
        show = page_of(office)
        cases = [receive(office, ticket) for ticket in [serve(office)] for _ in range(MEASURED)]
        show()
        acts: list[float] = []
        floors: list[float] = []
        gc.collect()
        gc.disable()
        stack.callback(gc.enable)
        for case in cases:
            for step in (
                ticked(office, case, brought=False),
                ticked(office, case, brought=True),
                accepted(office, case),
            ):
                acts.append(timed(lambda step=step: (step(), show())))
                floors.append(timed(bare_commit))
    return [Row(name="act", value=p99(acts), unit="ms", floor=p99(floors), most=FRAME_MS)]


def page_of(office: Office) -> Callable[[], None]:
    """Read again what the counter page speaks of, say it, and paint it, as after every act."""
    from PySide6.QtWidgets import QApplication

    from clerk_app.office.events import LineState, PrinterState
    from ui.application import make_application
    from ui.queueing.page import CounterPage
    from ui.queueing.state import load_state
    from ui.queueing.telling import tell_counter

    app = QApplication.instance() or make_application(screen=False)
    page = CounterPage()
    page.resize(1280, 700)
    page.show()
    line, printer = LineState(connected=True, since=office.parts.clock.now()), PrinterState(ready=True, said="")

    def show() -> None:
        page.render(tell_counter(load_state(office, lambda: line, lambda: printer), office.hall, None, False))
        app.processEvents()

    return show


def timed(step: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    step()
    return (time.perf_counter() - begun) * 1000


def ticked(office: Office, case: Case, *, brought: bool) -> Callable[[], Any]:
    return lambda: done(visit.tick(office, case.id, case.materials[0].name, brought))


def accepted(office: Office, case: Case) -> Callable[[], Any]:
    return lambda: done(visit.accept(office, case))


class BareFile:
    """One row into one table of an encrypted WAL file, synchronous=FULL, and nothing else."""

    def __init__(self, file: Path) -> None:
        self._engine = open_engine(file, secrets.token_bytes(32))
        with self._engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE one (id INTEGER PRIMARY KEY, data BLOB)")

    def __enter__(self) -> Callable[[], None]:
        return self.commit

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    def commit(self) -> None:
        connection = self._engine.raw_connection()
        cursor = connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("INSERT INTO one (data) VALUES (?)", (b"x" * 600,))
        cursor.execute("COMMIT")
        cursor.close()
        connection.close()


def full_office(folder: Path) -> Office:
    """A desk at the end of a long year: tickets, cases, journal, verdicts and numbers of 10,000 visits."""
    from printers.desk import slip_maker

    folder.mkdir()
    office = cut_office(folder)
    office.parts = dataclasses.replace(office.parts, maker=slip_maker(office.parts.settings.paper_columns))
    vault, stamp = office.parts.vault, office.stamp()
    with vault._gate.begin() as connection:
        connection.exec_driver_sql("DELETE FROM number_blocks WHERE kind LIKE 'case_no%'")
    for number in range((CASES + MEASURED) // BLOCK + 1):
        first = number * BLOCK + 1
        vault.keep.add_block(NumberBlock(id=f"b{number}", kind="case_no:2026", first=first, last=first + BLOCK - 1))
    for begin in range(0, CASES, BATCH):
        ids = []
        with vault.unit(office.hall) as work:
            for number in range(begin, begin + BATCH):
                ids.append(past_visit(office, work, stamp, number))
        vault.journal.settle([Verdict(id=key, state="applied") for key in ids], 0.0)
    return office


def past_visit(office: Office, work: Any, stamp: Any, number: int) -> str:
    """One visit of an earlier day, as it stands in the books now."""
    at = stamp.at - timedelta(days=1 + number // 100, minutes=number % 100)
    day, key, applicant = at.date(), office.parts.new_id(), Applicant(name=f"江州市第{number}餐饮管理有限公司")
    item = office.hall.items[COMPANY]
    ticket = Ticket(
        id=key, day=day, letter="A", number=f"A{number % 100:03d}", serial=number % 100, reserve=False, taken_at=at,
        taken_window=2, state="finished", window=2, calls=1, called_at=at, served_at=at, ended_at=at, clerk="P203",
    )  # fmt: skip
    command = ReceiveCase(
        **stamp.fields(office.parts.new_id), case=key, ticket=key, item=COMPANY, applicant=applicant, brought=(),
        query_code=office.parts.new_query_code(),
    )  # fmt: skip
    case = Case(
        id=key, ticket=key, item=COMPANY, item_name=item.name, hall_version=office.hall.version, department=item.department,
        applicant=applicant, materials=tuple(CaseMaterial(name=m.name, essential=m.essential, brought_at=at) for m in item.materials),
        state="accepted", received_at=at, window=2, handler="P203", acting_for=None, query_code=command.query_code,
        case_no=case_number(office.hall.id, day, number + 1), serial=number + 1, accepted_at=at,
        due=DueDates(promised=day, statutory=day, reason="当场办结。"),
    )  # fmt: skip
    work.books.put_ticket(ticket)
    work.books.put_case(case)
    work.books.take_hold(f"case:{key}")
    refusal = work.books.spend_number(case_kind(at.year), f"b{number // BLOCK}", number + 1, command.id)
    assert refusal is None, refusal
    work.record(body_of(command), {"fact": False, "subjects": command.subjects, "at": at}, lambda _: "unsigned")
    return command.id

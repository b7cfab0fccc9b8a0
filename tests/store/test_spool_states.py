"""The spool over every way a day can go: crashes, blocked printers, other printers, a night; no paper twice, none by itself overnight."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from clerk_app.receipts.paper import WAITS, Delivery
from clerk_app.store.spool import RETRY_AFTER
from clerk_app.store.vault import LocalVault
from tests.desk import StandingClock, cut_office
from tests.store.conftest import KEY
from tests.store.test_spool import job

PRINTERS = ("前台", "后台")
OUTCOMES = st.sampled_from(["done", "sent", "not_sent", "blocked", "unknown"])


class SpoolDay(RuleBasedStateMachine):
    """What left, or may have left, is in `gone`; what a printer was handed is in `handed`."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = StandingClock()
        self.office = cut_office(Path(self.folder.name), KEY, clock=self.clock)
        self.vault = self.office.parts.vault
        self.gone: set[str] = set()
        self.good_on: dict[str, date] = {}
        self.sending: dict[str, str] = {}
        self.tries: dict[str, int] = {}
        self.number = 0

    def teardown(self) -> None:
        self.vault.close()
        self.folder.cleanup()

    @property
    def today(self) -> date:
        return self.clock.moment.date()

    def put(self, doc_no: str, copy_no: int, printer: str) -> bool:
        self.number += 1
        made = job(f"j{self.number}", doc_no, copy_no, printer)
        made = type(made)(**{**vars(made), "made_at": self.clock.now()})
        with self.vault.unit(self.office.hall) as work:
            fresh = work.enqueue(made)
        if fresh:
            self.good_on[made.id] = self.today
        return fresh

    @initialize()
    def first(self) -> None:
        assert self.put("0", 1, PRINTERS[0])

    @rule(doc_no=st.sampled_from("0123"), copy_no=st.integers(1, 3), printer=st.sampled_from(PRINTERS))
    def made(self, doc_no: str, copy_no: int, printer: str) -> None:
        stands = self.vault.spool.paper("受理回执", doc_no, copy_no) is not None
        assert self.put(doc_no, copy_no, printer) is not stands

    @rule(printer=st.sampled_from(PRINTERS))
    def taken(self, printer: str) -> None:
        if printer in self.sending:
            return  # a lane has one paper in hand
        found = self.vault.spool.take_next(printer)
        if found is None:
            return
        assert found.printer == printer
        assert found.id not in self.gone
        assert found.id not in self.sending.values()
        assert self.good_on[found.id] >= self.today
        assert self.vault.spool.job(found.id).state == "sending"
        self.sending[printer] = found.id

    @precondition(lambda self: self.sending)
    @rule(state=OUTCOMES)
    def settled(self, state: str) -> None:
        _, key = self.sending.popitem()
        self.vault.spool.settle(key, Delivery(state, paper_mm=100))  # type: ignore[arg-type]
        self.tries[key] = self.tries.get(key, 0) + 1
        if state not in WAITS:
            self.gone.add(key)

    @rule()
    def crashed(self) -> None:
        self.vault.close()
        self.vault = LocalVault(Path(self.folder.name) / "counter.db", KEY, self.clock)
        assert self.vault.spool.recover() == len(self.sending)
        for key in self.sending.values():
            assert self.vault.spool.job(key).state == "unknown"
            self.gone.add(key)
        self.sending.clear()

    @rule()
    def rested(self) -> None:
        self.clock.moment += RETRY_AFTER

    @rule()
    def night(self) -> None:
        self.clock.moment += timedelta(days=1)

    @rule()
    def released(self) -> None:
        late = {one.id for one in self.vault.spool.waiting() if self.good_on[one.id] < self.today}
        assert self.vault.spool.release() == len(late)
        self.good_on.update(dict.fromkeys(late, self.today))

    @rule(doc_no=st.sampled_from("0123"), to=st.sampled_from(PRINTERS))
    def moved(self, doc_no: str, to: str) -> None:
        found = self.vault.spool.paper("受理回执", doc_no, 1)
        if found is None:
            return
        other = type(found)(**{**vars(found), "printer": to, "payload": b"other", "instead_of": found.printer})
        waits = found.id not in self.gone and found.id not in self.sending.values() and found.state != "expired"
        assert self.vault.spool.move(other) is waits
        if waits:
            self.good_on[found.id] = self.today

    @rule(doc_no=st.sampled_from("0123"), state=st.sampled_from(["done", "lost", "half"]))
    def answered(self, doc_no: str, state: str) -> None:
        found = self.vault.spool.paper("受理回执", doc_no, 1)
        if found is not None and found.state == "unknown":
            self.vault.spool.answer(found.id, state, "", "P203")  # type: ignore[arg-type]

    @invariant()
    def what_left_never_waits(self) -> None:
        assert self.gone.isdisjoint(one.id for one in self.vault.spool.waiting())

    @invariant()
    def every_try_is_written(self) -> None:
        for key, many in self.tries.items():
            assert len(self.vault.spool.attempts_of(key)) == many


SpoolDay.TestCase.settings = settings(
    max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestSpoolDay = SpoolDay.TestCase

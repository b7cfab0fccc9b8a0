"""What waited over the end of its day waits for a person; every try and every millimetre is written once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from clerk_app.receipts.paper import Delivery
from tests.desk import ZONE
from tests.store.test_spool import PRINTER, job

EPOCH = datetime(2026, 1, 1, tzinfo=ZONE)


@pytest.fixture
def put(office, vault):
    def queue(*jobs):
        with vault.unit(office.hall) as work:
            return [work.enqueue(one) for one in jobs]

    return queue


@pytest.mark.parametrize("state", ["queued", "not_sent", "blocked"])
def test_nothing_prints_by_itself_overnight(put, vault, office, state):
    put(job("1"))
    if state != "queued":
        vault.spool.take_next(PRINTER)
        vault.spool.settle("1", Delivery(state, "缺纸"))
    office.parts.clock.moment += timedelta(days=1)
    assert vault.spool.take_next(PRINTER) is None
    assert vault.spool.job("1").state == state
    assert vault.spool.release() == 1
    assert vault.spool.take_next(PRINTER).id == "1"
    assert vault.spool.release() == 0


def test_what_is_put_in_today_is_not_held_by_what_is_left_of_yesterday(put, vault, office):
    put(job("1", "1"))
    office.parts.clock.moment += timedelta(days=1)
    put(replace(job("2", "2"), made_at=office.parts.clock.now()))
    assert vault.spool.take_next(PRINTER).id == "2"


def test_a_moved_paper_leaves_the_dead_printers_lane(put, vault):
    put(job("1"))
    waiting = vault.spool.job("1")
    moved = replace(waiting, printer="后台", payload=b"new", sha256="1" * 64, instead_of=PRINTER)
    assert vault.spool.move(moved)
    assert vault.spool.take_next(PRINTER) is None
    taken = vault.spool.take_next("后台")
    assert (taken.payload, taken.instead_of, taken.copy_no) == (b"new", PRINTER, 1)
    assert not vault.spool.move(moved)


def test_every_try_is_kept_with_what_the_printer_said(put, vault, office):
    put(job("1"))
    for delivery in (
        Delivery("blocked", "缺纸。", b"\x12\x1e", paper_mm=90),
        Delivery("sent", "", b"\x12\x12", paper_mm=90),
    ):
        office.parts.clock.moment += timedelta(seconds=5)
        vault.spool.take_next(PRINTER)
        vault.spool.settle("1", delivery)
    first, second = vault.spool.attempts_of("1")
    assert (first.outcome, first.said, first.status, first.paper_mm) == ("blocked", "缺纸。", "121e", 0)
    assert (second.outcome, second.printer, second.size, second.paper_mm) == ("sent", PRINTER, 4, 90)
    assert vault.spool.paper_used(PRINTER, EPOCH) == 90
    assert vault.spool.paper_used(PRINTER, office.parts.clock.now()) == 0
    assert vault.spool.paper_used("后台", EPOCH) == 0


def test_the_prints_of_one_paper_stand_together(put, vault):
    put(job("1", "A"), job("2", "B"), job("3", "A", copy_no=2))
    assert [one.id for one in vault.spool.prints_of("受理回执", "A")] == ["1", "3"]
    assert vault.spool.paper("受理回执", "A", 2).id == "3"
    assert vault.spool.paper("受理回执", "A", 3) is None

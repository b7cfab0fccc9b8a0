from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from clerk_app.receipts.paper import Delivery, PrintJob
from printers.lane import Lane, token_of
from printers.link import TcpLink
from printers.virtual import VirtualPrinter
from tests.printers.fake_link import MemoryLink


class MemorySpool:
    """Keeps ports.Spool without a file; what waits comes again at once."""

    def __init__(self, *jobs):
        self.jobs = {job.id: job for job in jobs}
        self.broke_off = 0

    def take_next(self, printer):
        for job in self.jobs.values():
            if job.printer == printer and job.state in ("queued", "not_sent", "blocked"):
                self.jobs[job.id] = replace(job, state="sending", attempts=job.attempts + 1)
                return self.jobs[job.id]
        return None

    def settle(self, job_id, delivery):
        self.jobs[job_id] = replace(self.jobs[job_id], state=delivery.state, said=delivery.said)

    def recover(self):
        return 0

    def torn(self, printer):
        return self.broke_off


def job(number, printer="号票机", **more):
    values = {"subject": "", "state": "queued", "sha256": "", "window": 2, "operator": "李"}
    values["payload"] = b"A%03d\n" % number
    return PrintJob(
        id=f"job-{number}", doc_type="ticket", doc_no=str(number), copy_no=1, printer=printer,
        made_at=datetime(2026, 11, 21, 9, tzinfo=UTC), **values | more,
    )  # fmt: skip


def test_jobs_go_out_in_order_and_each_once():
    spool, link = MemorySpool(job(1), job(2), job(3, printer="回执机")), MemoryLink()
    lane = Lane(spool, link, "号票机")
    assert [lane.pump(), lane.pump(), lane.pump()] == [True, True, False]
    assert link.papers == [b"A001\n", b"A002\n"]
    assert [one.state for one in spool.jobs.values()] == ["done", "done", "queued"]
    assert spool.jobs["job-1"].said == ""


@pytest.mark.parametrize(("fault", "state"), [("refused", "not_sent"), ("cover_open", "blocked")])
def test_what_did_not_leave_waits_and_comes_again(fault, state):
    spool, link = MemorySpool(job(1)), MemoryLink()
    lane = Lane(spool, link, "号票机")
    link.fault = fault
    assert lane.pump()
    assert spool.jobs["job-1"].state == state
    assert "留在打印队列里" in spool.jobs["job-1"].said
    link.fault = ""
    assert lane.pump()
    assert spool.jobs["job-1"].state == "done"
    assert link.papers == [b"A001\n"]


def test_an_unknown_job_is_never_sent_again():
    spool, link = MemorySpool(job(1)), MemoryLink()
    link.fault = "mute"
    lane = Lane(spool, link, "号票机")
    assert lane.pump()
    assert spool.jobs["job-1"].state == "unknown"
    assert "看一眼" in spool.jobs["job-1"].said
    link.fault = ""
    assert not lane.pump()
    assert len(link.papers) == 1


def test_a_link_that_breaks_its_promise_leaves_the_job_unknown(caplog):
    class Broken(MemoryLink):
        def send(self, payload: bytes, token: str) -> Delivery:
            raise RuntimeError("no")

    spool = MemorySpool(job(1))
    assert Lane(spool, Broken(), "号票机").pump()
    assert spool.jobs["job-1"].state == "unknown"
    assert "job-1" in caplog.text
    assert "A001" not in caplog.text


def test_what_a_stopped_program_left_in_the_printer_is_cleared_before_its_first_paper():
    spool, link = MemorySpool(job(1), job(2)), MemoryLink()
    spool.broke_off, link.fault = 300, "refused"
    lane = Lane(spool, link, "号票机")
    assert lane.pump()
    link.fault = ""
    assert [lane.pump(), lane.pump()] == [True, True]
    assert link.papers == [bytes(300) + b"\x1b@\n\x1dVB\x00A001\n", b"A002\n"]


def test_over_a_real_line():
    with VirtualPrinter() as printer:
        spool = MemorySpool(job(1), job(2))
        lane = Lane(spool, TcpLink("127.0.0.1", printer.port), "号票机")
        assert lane.status().ready
        while lane.pump():
            pass
        assert printer.jobs == [b"A001\n", b"A002\n"]
    assert {one.state for one in spool.jobs.values()} == {"done"}


def test_tokens_are_printable_steady_and_spread():
    tokens = {token_of(f"job-{number}") for number in range(2000)}
    assert len(tokens) == 2000
    assert all(len(token) == 4 and token.isascii() and token.isprintable() for token in tokens)
    assert token_of("job-1") == token_of("job-1")

"""Papers: one original for ever, «sending» before the first byte, and an honest «unknown» after a crash."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from clerk_app.office.counter import visit
from clerk_app.receipts.paper import Delivery, PrintJob
from clerk_app.store.engine import open_engine
from clerk_app.store.spool import RETRY_AFTER
from clerk_app.store.vault import LocalVault
from tests.desk import ZONE, StandingClock
from tests.visits import take, whole_visit

PRINTER = "tcp://127.0.0.1:9"


def job(key: str, doc_no: str = "JZ-1", copy_no: int = 1, printer: str = PRINTER, minute: int = 0) -> PrintJob:
    return PrintJob(
        id=key, doc_type="受理回执", doc_no=doc_no, copy_no=copy_no, subject="case:1", printer=printer, state="queued",
        payload=b"\x1b@\xca\xdc", sha256="0" * 64, made_at=datetime(2026, 11, 20, 10, minute, tzinfo=ZONE), window=2,
        operator="P203",
    )  # fmt: skip


@pytest.fixture
def put(office, vault):
    def queue(*jobs: PrintJob) -> list[bool]:
        with vault.unit(office.hall) as work:
            return [work.enqueue(one) for one in jobs]

    return queue


def test_a_second_original_is_impossible(put, vault, sql):
    assert put(job("1"), job("2")) == [True, False]
    assert put(job("3"), job("4", copy_no=2), job("5", doc_no="JZ-2")) == [False, True, True]
    assert {j.id for j in vault.spool.jobs(10)} == {"1", "4", "5"}
    with pytest.raises(DBAPIError, match="UNIQUE"):
        sql("UPDATE spool SET copy_no = 1 WHERE id = '4'")


def test_a_paper_goes_with_its_act_or_not_at_all(office, put, vault):
    def torn_act() -> None:
        with vault.unit(office.hall) as work:
            work.enqueue(job("1"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        torn_act()
    assert vault.spool.jobs(10) == ()


def test_sending_is_on_the_disk_before_the_job_is_handed_out(put, vault, tmp_path, key):
    put(job("1"))
    taken = vault.spool.take_next(PRINTER)
    assert (taken.state, taken.attempts, taken.payload) == ("sending", 1, b"\x1b@\xca\xdc")
    other = open_engine(tmp_path / "counter.db", key)
    with other.begin() as connection:
        assert connection.exec_driver_sql("SELECT state, attempts FROM spool").one() == ("sending", 1)
    other.dispose()
    assert vault.spool.take_next(PRINTER) is None


def test_oldest_first_and_only_this_printers(put, vault):
    put(job("b", "2", minute=2), job("a", "1", minute=1), job("c", "3", printer="tcp://other:9100"))
    assert [vault.spool.take_next(PRINTER).id for _ in range(2)] == ["a", "b"]
    assert vault.spool.take_next(PRINTER) is None
    assert vault.spool.take_next("tcp://other:9100").id == "c"


@pytest.mark.parametrize("state", ["done", "unknown"])
def test_what_is_done_or_in_doubt_never_comes_again_by_itself(put, vault, office, state):
    put(job("1"))
    vault.spool.take_next(PRINTER)
    vault.spool.settle("1", Delivery(state, "说法"))
    office.parts.clock.moment += timedelta(days=1)
    assert vault.spool.take_next(PRINTER) is None
    assert (vault.spool.job("1").state, vault.spool.job("1").said) == (state, "说法")


@pytest.mark.parametrize("state", ["not_sent", "blocked"])
def test_what_surely_stayed_here_waits_and_comes_again(put, vault, office, state):
    put(job("1"))
    vault.spool.take_next(PRINTER)
    vault.spool.settle("1", Delivery(state, "缺纸"))
    assert vault.spool.take_next(PRINTER) is None
    office.parts.clock.moment += RETRY_AFTER
    again = vault.spool.take_next(PRINTER)
    assert (again.id, again.state, again.attempts) == ("1", "sending", 2)


def test_after_a_crash_sending_is_unknown_and_nothing_else_moves(put, office, vault, tmp_path, key):
    put(job("1", "1"), job("2", "2", minute=1), job("3", "3", minute=2))
    vault.spool.take_next(PRINTER)
    vault.spool.settle("1", Delivery("done"))
    vault.spool.take_next(PRINTER)
    vault.close()
    again = LocalVault(tmp_path / "counter.db", key, StandingClock())
    assert again.spool.recover() == 1
    assert {j.id: j.state for j in again.spool.jobs(10)} == {"1": "done", "2": "unknown", "3": "queued"}
    assert "看一眼出纸口" in again.spool.job("2").said
    assert again.spool.recover() == 0
    assert again.spool.take_next(PRINTER).id == "3"
    again.close()


def test_the_last_paper_tried_is_torn_while_nobody_knows_of_its_end(put, vault, office):
    put(job("1", "1"), job("2", "2", minute=1))
    assert vault.spool.torn(PRINTER) == 0
    vault.spool.take_next(PRINTER)
    vault.spool.recover()
    assert [(one.outcome, one.size) for one in vault.spool.attempts_of("1")] == [("unknown", 4)]
    vault.spool.answer("1", "lost", "看过：没出来")
    assert (vault.spool.torn(PRINTER), vault.spool.torn("tcp://other:9100")) == (4, 0)
    for outcome, left in (("not_sent", 4), ("done", 0)):
        office.parts.clock.moment += RETRY_AFTER
        vault.spool.settle(vault.spool.take_next(PRINTER).id, Delivery(outcome, "说法"))
        assert vault.spool.torn(PRINTER) == left


def test_a_persons_word_settles_an_unknown_paper(put, vault):
    put(job("1"))
    vault.spool.take_next(PRINTER)
    vault.spool.recover()
    vault.spool.answer("1", "lost", "看过：没出来")
    assert (vault.spool.job("1").state, vault.spool.job("1").said) == ("lost", "看过：没出来")
    assert vault.spool.job("nothing") is None


def test_a_whole_visit_leaves_two_papers_with_the_digest_of_their_bytes(office, vault):
    from hashlib import sha256

    whole_visit(office)
    papers = vault.spool.jobs(10)
    assert [p.doc_type for p in papers] == ["受理回执", "号票"]
    for paper in papers:
        assert paper.sha256 == sha256(paper.payload).hexdigest()
        assert (paper.window, paper.operator, paper.copy_no) == (2, "P203", 1)


def test_a_paper_that_cannot_be_made_undoes_the_act(office, vault):
    class TornMaker:
        def make(self, slip):
            raise RuntimeError("no such character")

    ticket = take(office)
    office.parts = dataclasses.replace(office.parts, maker=TornMaker())
    head = vault.journal.head()
    with pytest.raises(RuntimeError):
        visit.take_ticket(office, "A")
    assert vault.journal.head() == head
    assert [t.id for t in office.read(lambda b: visit.waiting_tickets(office, b))] == [ticket.id]

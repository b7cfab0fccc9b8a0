"""The disk says no: one sentence, nothing changed, and the next act goes on where the last good one ended."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.office.counter import visit
from clerk_app.office.office import Done
from clerk_app.ports import StoreTrouble
from clerk_app.store.engine import open_engine
from tests.visits import now, serve, take, whole_visit

TABLES = ("tickets", "cases", "journal", "verdicts", "waiting_subjects", "spool", "holds", "numbers_used", "meta")


def everything(sql) -> dict[str, list]:
    return {name: sql(f"SELECT * FROM {name} ORDER BY 1, 2") for name in TABLES}


def fill_up(office, sql) -> Refusal:
    """Acts until the file may grow no more."""
    sql(f"PRAGMA max_page_count = {sql('PRAGMA page_count')[0]['page_count'] + 2}")
    for _ in range(200):
        before = everything(sql)
        outcome = visit.take_ticket(office, "A")
        if isinstance(outcome, Refusal):
            assert everything(sql) == before
            return outcome
    raise AssertionError("the disk never filled")


def test_a_full_disk_is_one_sentence_and_changes_nothing(office, vault, sql):
    whole_visit(office)
    refused = fill_up(office, sql)
    assert refused.type == "disk-full"
    assert refused.sentence == "磁盘满了，这一步没存下；已办的都在。清出 1 GB 再办一次。"
    rows = vault.journal.check()
    assert rows.ok
    sql("PRAGMA max_page_count = 1000000")
    assert isinstance(visit.take_ticket(office, "A"), Done)
    assert vault.journal.check() == type(rows)(rows.rows + 1, vault.journal.head().hash, True)


def test_nothing_is_told_to_the_pages_about_what_was_not_stored(office, sql):
    whole_visit(office)
    told = []
    leave = office.bell.subscribe(told.append)
    sql(f"PRAGMA max_page_count = {sql('PRAGMA page_count')[0]['page_count']}")
    outcomes = [visit.take_ticket(office, "A") for _ in range(60)]
    leave()
    good = sum(isinstance(o, Done) for o in outcomes)
    assert good < 60
    assert sum(type(event).__name__ == "RowsChanged" for event in told) == good


def test_a_file_that_became_read_only(office, vault, sql):
    ticket = serve(office)
    before = everything(sql)
    sql("PRAGMA query_only = ON")
    refused = visit.finish(office, ticket.id)
    assert isinstance(refused, Refusal)
    assert refused.type == "read-only"
    assert "没存下" in refused.sentence
    raw = vault._gate.engine.raw_connection()
    raw.cursor().execute("PRAGMA query_only = OFF")
    raw.close()
    assert everything(sql) == before
    assert isinstance(visit.finish(office, ticket.id), Done)


def test_a_file_held_by_another_program(office, tmp_path, key, sql):
    ticket = take(office)
    sql("PRAGMA busy_timeout = 20")
    other = open_engine(tmp_path / "counter.db", key)
    with other.begin() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = value")
        refused = visit.call(office, ticket.id)
        assert isinstance(refused, Refusal)
        assert refused.type == "locked"
        with pytest.raises(StoreTrouble, match="locked"):
            office.parts.vault.journal.head()
    other.dispose()
    assert isinstance(visit.call(office, ticket.id), Done)


def test_a_fault_of_our_own_rolls_back_and_is_no_trouble_of_the_disk(office, vault, sql):
    ticket = take(office)
    before = everything(sql)

    def broken_act() -> None:
        with vault.unit(office.hall) as work:
            work.books.put_ticket(type(ticket)(**{**vars(ticket), "state": "called", "window": 2}))
            work.books.take_hold("ticket:x")
            work.books.spend_number("ticket-reserve:A:2026-11-20", "b-a", 950, "c")
            raise KeyError("ours")

    with pytest.raises(KeyError, match="ours"):
        broken_act()
    assert everything(sql) == before
    assert now(office, ticket) == ticket


# A limit on the size of files is a disk that fails in the middle of a write, at COMMIT, on every file system.
FAILING_DISK = """
    import resource, sys
    from pathlib import Path
    from clerk_app.command import Refusal
    from clerk_app.office.counter import visit
    from clerk_app.office.office import Done
    from tests.desk import cut_office
    office = cut_office(Path(sys.argv[1]), bytes(32))
    assert isinstance(visit.take_ticket(office, "A"), Done)
    wal = Path(sys.argv[1]) / "counter.db-wal"
    free = resource.getrlimit(resource.RLIMIT_FSIZE)
    refused = 0
    for spare in (9000, 1, 30000, 4096, 17000):
        rows = office.parts.vault.journal.check().rows
        resource.setrlimit(resource.RLIMIT_FSIZE, (wal.stat().st_size + spare, free[1]))
        outcomes = [visit.take_ticket(office, "A") for _ in range(4)]
        resource.setrlimit(resource.RLIMIT_FSIZE, free)
        kinds = {o.type for o in outcomes if isinstance(o, Refusal)}
        assert kinds <= {"disk-fault", "disk-full"}, kinds
        refused += len([o for o in outcomes if isinstance(o, Refusal)])
        check = office.parts.vault.journal.check()
        assert check.ok and check.rows == rows + sum(isinstance(o, Done) for o in outcomes), (check, outcomes)
        assert len(office.parts.vault.spool.jobs(1000)) == check.rows
        assert isinstance(visit.take_ticket(office, "A"), Done)
    office.parts.vault.close()
    print(refused)
"""


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="没有文件大小限制可设")
def test_a_write_that_fails_at_commit_changes_nothing(tmp_path):
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", textwrap.dedent(FAILING_DISK), str(tmp_path)],
        cwd=Path(__file__).parents[2], env={**os.environ}, capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 3

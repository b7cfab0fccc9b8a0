"""The journal: append-only, chained, and any change to it found."""

from __future__ import annotations

import json

import pytest
from sqlalchemy.exc import DBAPIError

from clerk_app.canonical import sm3
from clerk_app.store.engine import open_engine
from clerk_app.sync.wire import GENESIS, read_envelope
from tests.visits import whole_visit


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET actor = 'P999' WHERE seq = 2",
        "UPDATE journal SET hash = hash",
        "DELETE FROM journal WHERE seq = 6",
        "DELETE FROM journal",
    ],
)
def test_rows_are_never_changed_nor_deleted(office, sql, statement):
    whole_visit(office)
    before = sql("SELECT * FROM journal")
    with pytest.raises(DBAPIError, match="append-only"):
        sql(statement)
    assert sql("SELECT * FROM journal") == before


def test_each_row_names_the_one_before(office, vault):
    whole_visit(office)
    previous = GENESIS
    for number, sent in enumerate(vault.journal.due(0, 100, 1 << 20), start=1):
        envelope = read_envelope(sent.envelope)
        assert (envelope.device, envelope.incarnation, envelope.device_seq) == ("device-under-test", 1, number)
        assert envelope.prev_hash == previous
        previous = sm3(sent.envelope)
    assert vault.journal.head().hash == previous
    assert vault.journal.check().head == previous


def unlocked(vault, tmp_path, key, statement: str, *values) -> None:
    """What someone with the key and another program could do: drop the trigger, change a row, put the trigger back."""
    vault.close()
    engine = open_engine(tmp_path / "counter.db", key)
    with engine.begin() as connection:
        for trigger in ("journal_no_update", "journal_no_delete"):
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        connection.exec_driver_sql(statement, values)
    engine.dispose()


def test_an_untouched_chain_holds_and_an_empty_one_too(office, vault):
    assert vault.journal.check() == type(vault.journal.check())(0, GENESIS, True)
    whole_visit(office)
    check = vault.journal.check()
    assert (check.rows, check.ok) == (6, True)


@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_a_changed_envelope_byte_is_found(office, vault, tmp_path, key, sql, place):
    whole_visit(office)
    seq = {"first": 1, "middle": 4, "last": 6}[place]
    (row,) = sql("SELECT envelope FROM journal WHERE seq = :seq", seq=seq)
    changed = row["envelope"].replace(b"P203", b"P204", 1)
    assert changed != row["envelope"]
    unlocked(vault, tmp_path, key, "UPDATE journal SET envelope = ? WHERE seq = ?", changed, seq)
    assert not vault.journal.check().ok


def test_a_byte_that_makes_a_row_unreadable_is_found_too(office, vault, tmp_path, key):
    whole_visit(office)
    unlocked(vault, tmp_path, key, "UPDATE journal SET envelope = ? WHERE seq = ?", b"\xff{", 3)
    check = vault.journal.check()
    assert (check.rows, check.ok) == (6, False)


def test_a_rewritten_row_with_its_own_hash_breaks_the_next_link(office, vault, tmp_path, key, sql):
    whole_visit(office)
    (row,) = sql("SELECT envelope FROM journal WHERE seq = 4")
    changed = row["envelope"].replace(b"P203", b"P204", 1)
    unlocked(vault, tmp_path, key, "UPDATE journal SET envelope = ?, hash = ? WHERE seq = 4", changed, sm3(changed))
    assert not vault.journal.check().ok


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM journal WHERE seq = 3",
        "UPDATE journal SET seq = 70 WHERE seq = 6",
        "UPDATE journal SET id = 'another' WHERE seq = 6",
    ],
)
def test_a_missing_or_renamed_row_is_found(office, vault, tmp_path, key, statement):
    whole_visit(office)
    unlocked(vault, tmp_path, key, statement)
    assert not vault.journal.check().ok


def test_a_refused_act_leaves_no_row(office, vault):
    whole_visit(office)
    head = vault.journal.head()
    from clerk_app.office.counter import visit

    assert visit.call(office, "no-such-ticket").type == "unknown-ticket"
    assert vault.journal.head() == head
    assert vault.journal.tally() == {"pending": 6}


def test_the_envelope_carries_the_whole_command(office, vault):
    case = whole_visit(office)
    bodies = {
        json.loads(s.envelope)["body"]["kind"]: json.loads(s.envelope)["body"]
        for s in vault.journal.due(0, 100, 1 << 20)
    }
    accepted = bodies["accept_case"]
    assert accepted["case_no"] == case.case_no
    assert accepted["actor"] == "P203"
    assert accepted["basis"] == "a_role:A1"
    assert accepted["hall_version"] == office.hall.version
    assert accepted["due"]["promised"] == case.due.promised.isoformat()

"""The journal over several incarnations: one order in the file, a chain for each, and every tampering found."""

from __future__ import annotations

import json

import pytest

from clerk_app.canonical import canonical, sm3
from clerk_app.ports import NumberBlock, OwnEnvelope, Renewal, Verdict
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.engine import open_engine
from clerk_app.sync.wire import GENESIS, read_envelope
from tests.store.test_journal import unlocked
from tests.visits import take, whole_visit

QUIET = {"fetched": (), "lost": (), "sentence": "没收过。", "paper_said": "看一眼。"}


def renewed(vault, number: int = 2, **more) -> None:
    vault.history.renew(Renewal(**{**QUIET, "number": number, **more}))


def blocks_again(vault) -> None:
    first = 9100 + 100 * vault.journal.head().incarnation
    for kind in ("case_no:2026", "ticket-reserve:A:2026-11-20"):
        vault.keep.add_block(NumberBlock(id=f"{kind}-{first}", kind=kind, first=first, last=first + 90))


def test_each_incarnation_is_a_chain_of_its_own_in_one_order(office, vault):
    whole_visit(office)
    renewed(vault)
    head = vault.journal.head()
    assert (head.incarnation, head.seq, head.hash) == (2, 0, GENESIS)
    blocks_again(vault)
    take(office)
    renewed(vault, 5)
    blocks_again(vault)
    ticket = take(office)
    take(office)
    envelopes = [read_envelope(s.envelope) for s in vault.journal.due(0, 100, 1 << 20)]
    assert [(e.incarnation, e.device_seq) for e in envelopes] == [
        *((1, n) for n in range(1, 7)),
        (2, 1),
        (5, 1),
        (5, 2),
    ]
    assert [e.prev_hash == GENESIS for e in envelopes] == [True] + [False] * 5 + [True, True, False]
    check = vault.journal.check()
    assert (check.rows, check.head, check.ok) == (9, vault.journal.head().hash, True)
    assert [row.seq for row in reversed(vault.journal.rows((), 20))] == list(range(1, 10))
    assert vault.history.hash_at(2, 1)
    assert vault.history.hash_at(2, 2) is None
    assert ticket.number == "A9600", "from the new blocks, never from what is left of the old ones"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET incarnation = 3 WHERE seq = 7",
        "UPDATE journal SET device_seq = 2 WHERE seq = 7",
        "DELETE FROM journal WHERE seq = 7",
        "UPDATE journal SET incarnation = 1 WHERE seq >= 7",
    ],
)
def test_a_row_moved_between_incarnations_is_found(office, vault, tmp_path, key, statement):
    whole_visit(office)
    renewed(vault)
    blocks_again(vault)
    take(office)
    take(office)
    assert vault.journal.check().ok
    unlocked(vault, tmp_path, key, statement)
    assert not vault.journal.check().ok


def test_nothing_of_the_old_copy_goes_on_by_itself(office, vault, sql):
    ticket = take(office)
    before = vault.spool.jobs(10)
    assert [job.state for job in before] == ["queued"]
    assert office.read(lambda books: books.holder(f"ticket:{ticket.id}")) == "device-under-test"
    (one,) = (row.id for row in vault.journal.rows((), 1))
    renewed(vault, lost=(one,))
    assert vault.spool.take_next(before[0].printer) is None, "never printed by itself"
    assert [(job.state, job.said) for job in vault.spool.jobs(10)] == [("unknown", "看一眼。")]
    assert office.read(lambda books: books.holder(f"ticket:{ticket.id}")) is None
    assert vault.keep.next_serial("case_no:2026") is None
    (row,) = vault.journal.rows((), 5)
    assert (row.state, row.type, row.sentence) == ("quarantined", "chain-broken", "没收过。")
    assert vault.journal.due(1e15, 10, 1 << 20) == ()
    assert sql("SELECT * FROM waiting_subjects") == []


def test_a_day_counts_what_was_fetched_back_and_not_what_never_joined(office, vault):
    day = office.parts.clock.now().astimezone(HALL_ZONE).date()
    take(office)
    take(office)
    first, second = (row.id for row in reversed(vault.journal.rows((), 5)))
    assert vault.history.day(day).rows == 2
    sent = vault.journal.due(0, 10, 1 << 20)
    foreign = json.loads(sent[1].envelope)
    foreign["body"]["id"] = foreign["id"] = "another-branch"
    data = canonical(foreign)
    back = OwnEnvelope(
        incarnation=1, device_seq=2, id="another-branch", envelope=data.decode(), state="applied", type="", sentence=""
    )
    vault.journal.settle([Verdict(id=first, state="applied")], 1.0)
    renewed(vault, fetched=(back,), lost=(second,))
    counted = vault.history.day(day)
    assert (counted.rows, counted.head, counted.undecided) == (2, sm3(data), 0)


def test_what_the_centre_lost_is_sent_again_in_order_and_refusals_go_aside(office, vault):
    whole_visit(office)
    ids = [row.id for row in reversed(vault.journal.rows((), 20))]
    settled = [Verdict(id=key, state="applied") for key in ids[:5]]
    vault.journal.settle([*settled, Verdict(id=ids[5], state="refused", type="x", sentence="没收")], 1.0)
    assert vault.journal.due(1e15, 100, 1 << 20) == ()
    assert vault.history.send_again(1, 3, "epoch-2") == 3
    again = vault.journal.due(0.0, 100, 1 << 20)
    assert [(s.id, s.aside) for s in again] == [(ids[3], False), (ids[4], False), (ids[5], True)]
    assert vault.keep.meta("epoch_coming") == "epoch-2"
    vault.journal.settle([Verdict(id=key, state="applied") for key in ids[3:5]], 1.0)
    assert vault.history.turn_epoch()
    assert not vault.history.turn_epoch()
    assert (vault.keep.meta("epoch"), vault.keep.meta("snapshot_page")) == ("epoch-2", "")


def test_an_upgraded_store_knows_its_places(office, vault, tmp_path, key):
    whole_visit(office)
    vault.close()
    engine = open_engine(tmp_path / "counter.db", key)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT seq, device_seq FROM journal ORDER BY seq").all()
    engine.dispose()
    assert rows == [(n, n) for n in range(1, 7)]

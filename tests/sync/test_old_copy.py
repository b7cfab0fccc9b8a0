"""A store that is an old copy, or one of two: found by the mark or at hello, stopped, and given a journal of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.office.counter import visit
from clerk_app.office.line.renewing import renew
from clerk_app.office.office import Done
from clerk_app.office.store_state import StoreState, compare
from clerk_app.ports import CentreAway, Head
from tests.faults.windows import Window
from tests.sync.grounds import Ground, ground, postgres_url
from tests.visits import done, now, take

__all__ = ["ground", "postgres_url"]

pytestmark = pytest.mark.process

STORE = ("counter.db", "counter.db-wal", "counter.db-shm")


def keep_store(window: Window, at: Path) -> None:
    """What a backup program took in the morning, the client closed."""
    window.close()
    at.mkdir()
    for name in STORE:
        if (window.folder / name).exists():
            shutil.copy2(window.folder / name, at / name)
    window.open().sign_in()


def bring_back(window: Window, kept: Path) -> None:
    """The file from the morning over the one of the day; the keyring is the machine's own and stays."""
    window.close()
    for name in STORE:
        (window.folder / name).unlink(missing_ok=True)
        if (kept / name).exists():
            shutil.copy2(kept / name, window.folder / name)


def word(window: Window) -> str:
    return window.office.guard.state.word


def refused(window: Window) -> Refusal:
    outcome = visit.take_ticket(window.office, "A")
    assert isinstance(outcome, Refusal), outcome
    return outcome


def applied_once(ground: Ground) -> None:
    """Every envelope once, every number once, every applied chain without a gap."""
    rows = ground.envelopes()
    assert len({row.id for row in rows}) == len(rows)
    joined = [row for row in rows if row.type != "chain-broken"]
    places = [(row.device, row.incarnation, row.device_seq) for row in joined]
    assert len(set(places)) == len(places)
    numbers = ground.numbers()
    assert len(set(numbers)) == len(numbers)


def everything_is_somewhere(window: Window, ground: Ground) -> None:
    """Each command of this store is applied there, or stands visible here."""
    there = {row.id for row in ground.envelopes() if row.state == "applied"}
    for row in window.office.parts.vault.journal.rows((), 10_000):
        assert row.id in there or row.state in ("quarantined", "set_aside", "refused"), row


def test_a_store_of_the_morning_is_found_stopped_and_made_whole(ground: Ground):
    window = ground.window("two")
    take(window.office)
    window.drain()
    keep_store(window, ground.folder / "morning")
    window.drain()
    lost = [take(window.office) for _ in range(3)]
    done(visit.call(window.office, lost[0].id))
    window.drain()
    window.close()
    window.open().sign_in()  # the mark stands at the end of the day
    window.drain()
    at_centre = len(ground.envelopes())

    bring_back(window, ground.folder / "morning")
    ground.centre.kill()
    window.open()
    assert word(window) == "old_copy", "found with the line cut, by the mark in the keyring"
    assert isinstance(renew(window.office), Refusal), "a new journal needs the line"
    ground.centre.start()
    window.sign_in()
    assert refused(window).type == "store-old-copy"
    assert refused(window).sentence.endswith("。")
    assert len(window.office.read(lambda books: books.tickets_of(lost[0].day, ("A",)))) >= 1, "reading goes on"
    window.keeper.round()
    assert window.keeper.state.store == refused(window).sentence
    assert len(ground.envelopes()) == at_centre, "nothing was pushed"

    before = set(ground.numbers())
    assert renew(window.office) == StoreState("good")
    head = window.office.parts.vault.journal.head()
    assert (head.incarnation, head.seq) == (2, 0)
    window.drain()
    vault = window.office.parts.vault
    with vault._gate.begin() as connection:
        fetched = connection.exec_driver_sql("SELECT id FROM fetched_back").scalars().all()
    assert len(fetched) >= 5, "three tickets, a call and a sign-in came back"
    assert now(window.office, lost[1]).number == lost[1].number, "and what they made"
    fresh = take(window.office)
    window.drain()
    assert fresh.number not in {t.number for t in lost}
    assert before < set(ground.numbers())
    assert vault.journal.check().ok
    assert vault.journal.head().incarnation == 2
    applied_once(ground)
    everything_is_somewhere(window, ground)
    window.close()
    window.open()
    assert word(window) == "good", "and it stays so"


def test_a_cloned_disk_is_found_at_hello_and_both_go_on_apart(ground: Ground):
    first = ground.window("two")
    take(first.office)
    first.drain()
    first.close()
    shutil.copytree(ground.folder / "two", ground.folder / "clone")
    first.open().sign_in()
    second = ground.again("clone").sign_in()
    ground.centre.kill()
    mine, theirs = take(first.office), [take(second.office) for _ in range(2)]
    assert word(second) == "good", "nobody can know yet"
    ground.centre.start()
    first.drain()
    second.keeper.round()
    assert word(second) in ("clone", "old_copy"), "the second one that comes is found"
    assert refused(second).type.startswith("store-")
    pending = second.tally()["pending"]
    assert pending >= 2
    second.keeper.round()
    assert second.tally()["pending"] == pending, "it pushes nothing"
    assert word(first) == "good"

    assert renew(second.office) == StoreState("good")
    second.drain()
    rows = second.office.parts.vault.journal.rows(("quarantined",), 50)
    assert len(rows) == pending
    assert {row.type for row in rows} == {"chain-broken"}
    assert all(row.sentence.endswith("。") for row in rows)
    assert isinstance(visit.take_ticket(second.office, "A"), Done)
    second.drain()
    applied_once(ground)
    everything_is_somewhere(second, ground)
    assert now(second.office, mine).number == mine.number
    assert {t.number for t in theirs} & {t.number for t in [mine]}, "both drew the same number; one stands"

    first.keeper._greeted = False
    first.keeper.round()
    assert word(first) == "old_copy", "the identity has moved on: this one must be enrolled anew, or begin again itself"
    everything_is_somewhere(first, ground)


def test_an_old_copy_that_worked_on_offline_loses_nothing_and_doubles_nothing(ground: Ground):
    """No mark was kept after the copy: only the centre can tell."""
    window = ground.window("two")
    window.drain()
    keep_store(window, ground.folder / "noon")
    kept_keys = (ground.folder / "two" / "keys.json").read_bytes()
    window.drain()
    there = [take(window.office) for _ in range(2)]
    window.drain()
    bring_back(window, ground.folder / "noon")
    (ground.folder / "two" / "keys.json").write_bytes(kept_keys)
    ground.centre.kill()
    window.open()
    window.office.session = None
    assert word(window) == "old_copy" or not isinstance(window.sign_in(), Refusal)
    if word(window) == "good":
        take(window.office)
    ground.centre.start()
    window.keeper.round()
    assert word(window) != "good"
    queued = [job for job in window.office.parts.vault.spool.jobs(50) if job.state == "queued"]
    assert renew(window.office) == StoreState("good")
    assert not [job for job in window.office.parts.vault.spool.jobs(50) if job.state == "queued"]
    asked = {job.id: job for job in window.office.parts.vault.spool.jobs(50)}
    assert all(asked[job.id].state == "unknown" and "看一眼" in asked[job.id].said for job in queued)
    window.drain()
    everything_is_somewhere(window, ground)
    applied_once(ground)
    assert [now(window.office, ticket).number for ticket in there] == [ticket.number for ticket in there]


def test_an_answer_lost_on_the_way_to_a_new_journal_is_asked_for_again(ground: Ground):
    window = ground.window("two")
    window.drain()
    keep_store(window, ground.folder / "noon")
    window.drain()
    take(window.office)
    window.drain()
    bring_back(window, ground.folder / "noon")
    window.open().sign_in()
    window.keeper.round()
    assert word(window) == "old_copy"
    centre = window.office.parts.centre
    begin = centre.new_incarnation

    def lost(number: int) -> int:
        begin(number)
        raise CentreAway("answer lost")

    centre.new_incarnation = lost
    refusal = renew(window.office)
    assert isinstance(refusal, Refusal)
    assert refusal.type == "line-cut"
    assert word(window) == "old_copy"
    del centre.new_incarnation
    assert renew(window.office) == StoreState("good")
    done(visit.take_ticket(window.office, "A"))
    window.drain()
    applied_once(ground)
    everything_is_somewhere(window, ground)
    assert window.office.parts.vault.journal.check().ok


HERE = Head("d", 2, 5, "five")


@pytest.mark.parametrize(
    ("known", "word_"),
    [
        (Head("d", 2, 5, "five"), "good"),
        (Head("d", 2, 3, "three"), "good"),
        (Head("d", 2, 0, "0" * 64), "good"),
        (Head("d", 1, 900, "whatever"), "good"),
        (Head("d", 2, 6, "six"), "old_copy"),
        (Head("d", 3, 1, "one"), "old_copy"),
        (Head("d", 2, 3, "another"), "clone"),
        (Head("d", 2, 5, "another"), "clone"),
    ],
)
def test_how_two_heads_compare(known: Head, word_: str):
    hashes = {(2, 3): "three", (2, 5): "five"}
    assert compare(known, HERE, lambda incarnation, seq: hashes.get((incarnation, seq))) == word_

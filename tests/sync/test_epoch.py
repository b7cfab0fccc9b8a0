"""The centre comes back from a backup: windows send again what it lost, take a snapshot, and nothing comes true twice."""

from __future__ import annotations

import json

import pytest

from clerk_app.office.counter import visit
from clerk_app.ports import Verdict
from clerk_app.sync.catching_up import EPOCH, EPOCH_COMING, SNAPSHOT
from tests.faults.account import account
from tests.faults.windows import Window
from tests.nursery import run
from tests.sync.grounds import Ground, ground, postgres_url
from tests.visits import done, now, take

__all__ = ["ground", "postgres_url"]

pytestmark = pytest.mark.process


def new_epoch(ground: Ground) -> None:
    ran = run("clerk_app.server", ["new-epoch", "--database-url", ground.database])
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["epochs"]


def meta(window: Window, key: str) -> str | None:
    return window.office.parts.vault.keep.meta(key)


def drain_all(*windows: Window) -> None:
    for _ in range(2):
        for window in windows:
            window.drain()


def test_what_was_done_after_the_backup_is_sent_again_and_stands_once(ground: Ground):
    two, three = ground.window("two", 2), ground.window("three", 3)
    early = take(two.office)
    drain_all(two, three)
    ground.backup()

    drain_all(two, three)
    late = [take(two.office) for _ in range(3)]
    done(visit.call(two.office, late[0].id))
    theirs = take(three.office)
    drain_all(two, three)
    first_epoch = meta(two, EPOCH)
    told = [row.id for w in (two, three) for row in w.office.parts.vault.journal.rows((), 100)]
    numbers = ground.numbers()
    ground.restore()
    new_epoch(ground)
    cut = take(two.office)  # done while the centre was away
    ground.centre.start()

    drain_all(two, three)
    for window in (two, three):
        assert meta(window, EPOCH) not in (None, first_epoch)
        assert meta(window, EPOCH_COMING) is None
        assert meta(window, SNAPSHOT) == "-", "the snapshot was taken"
        assert set(window.tally()) == {"applied"}
        note = json.loads(meta(window, "epoch_note") or "{}")
        assert note["again"] >= 1
    sheet = account([two, three], ground.database, told)
    assert sheet.good, sheet
    assert set(numbers) <= set(ground.numbers())
    for ticket in (early, *late[1:], theirs, cut):
        assert now(two.office, ticket).number == ticket.number
        assert now(three.office, ticket).number == ticket.number
    fresh = take(three.office)
    drain_all(two, three)
    assert fresh.number not in {t.number for t in (early, *late, theirs, cut)}
    assert account([two, three], ground.database, told).good


def test_nothing_is_pulled_before_everything_is_sent_again(ground: Ground):
    two = ground.window("two", 2)
    two.drain()
    ground.backup()
    two.drain()
    ticket = take(two.office)
    two.drain()
    ground.restore()
    new_epoch(ground)
    ground.centre.start()
    centre, asked = two.office.parts.centre, []
    for name in ("push", "changes", "snapshot"):
        real = getattr(centre, name)

        def noted(*words, name=name, real=real):
            asked.append(name)
            return real(*words)

        setattr(centre, name, noted)
    two.drain()
    again = asked.index("push")
    assert asked[:again] == ["changes"], "the old cursor is of another book: that is how it is found"
    assert "snapshot" in asked[again:]
    assert "changes" not in asked[again : asked.index("snapshot")]
    assert two.tally() == {"applied": two.tally()["applied"]}
    assert now(two.office, ticket).number == ticket.number


def test_numbers_given_since_the_backup_are_given_to_nobody_else(ground: Ground):
    two, three = ground.window("two", 2), ground.window("three", 3)
    drain_all(two, three)
    ground.backup()
    drain_all(two, three)
    kind = "case_no:2026"
    mine = [two.office.parts.centre.number_block(kind, 500) for _ in range(4)]
    for block in mine:
        two.office.parts.vault.keep.add_block(block)
    ground.restore()
    new_epoch(ground)
    ground.centre.start()
    two.drain()
    assert three.office.parts.centre.number_block(kind, 5).first > max(block.last for block in mine)


def test_what_was_refused_before_is_not_judged_anew(ground: Ground):
    """It stands where it stood: a person has seen it, and may have done it again in another way."""
    two = ground.window("two", 2)
    two.drain()
    ground.backup()
    two.drain()
    ticket = take(two.office)
    two.drain()
    done(visit.call(two.office, ticket.id))
    (call,) = two.office.parts.vault.journal.rows(("pending",), 5)
    vault = two.office.parts.vault
    two.drain()
    refusal = Verdict(id=call.id, state="refused", type="held-elsewhere", sentence="在别的窗口手上。")
    vault.journal.settle([refusal], 1.0)
    ground.restore()
    new_epoch(ground)
    ground.centre.start()
    two.drain()
    (row,) = [row for row in vault.journal.rows((), 50) if row.id == call.id]
    assert row.state == "set_aside"
    there = {row.id: row.state for row in ground.envelopes()}
    assert there[call.id] == "set_aside", "kept in the chain, not applied"
    assert now(two.office, ticket).state == "waiting"

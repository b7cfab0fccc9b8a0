"""A day's close at both ends over a real centre: amber while anything is open, green by itself, red when the two differ."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clerk_app.office.oversight.day_close import close_day, day_rows
from clerk_app.ports import OwnEnvelope, Renewal
from tests.sync.grounds import Ground, ground, postgres_url
from tests.visits import done, take

__all__ = ["ground", "postgres_url"]

pytestmark = pytest.mark.process


def test_green_when_both_ends_agree_amber_while_cut_and_green_again_by_itself(ground: Ground):
    two, three = ground.window("two", 2), ground.window("three", 3)
    office = two.office
    day = office.parts.clock.now().date()
    take(office)
    (own, *_) = day_rows(office, day)
    assert (own.own, own.agreement) == (True, "open"), "on its way"
    two.drain()
    three.drain()
    own, other = day_rows(office, day)
    assert own.agreement == "equal"
    assert (own.here.rows, own.here.head) == (own.there.rows, own.there.head)
    assert own.here.head == office.parts.vault.journal.head().hash
    assert (other.own, other.window, other.here, other.agreement) == (False, 3, None, "equal")

    ground.centre.kill()
    take(office)
    closed = done(close_day(office, day))
    (own,) = day_rows(office, day)
    assert (own.agreement, own.there, own.here.undecided) == ("open", None, 2), "the line is down: nobody waits for it"
    ground.centre.start()
    two.drain()
    own = day_rows(office, day)[0]
    assert own.agreement == "equal", "by itself"
    there = {row.id: row for row in ground.envelopes()}
    assert (there[closed.command].kind, there[closed.command].state) == ("close_day", "applied")
    (fact,) = (r for r in office.parts.vault.journal.rows((), 50) if r.id == closed.command)
    kept = office.read(lambda books: books.day_close(fact.subjects[0].partition(":")[2]))
    assert kept.rows == own.here.rows - 1, "what it closed: everything before itself"


def test_a_row_the_centre_has_and_this_store_has_not_is_red(ground: Ground):
    two = ground.window("two", 2)
    take(two.office)
    two.drain()
    day = two.office.parts.clock.now().date()
    vault = two.office.parts.vault
    assert day_rows(two.office, day)[0].agreement == "equal"
    stranger = OwnEnvelope(
        incarnation=1,
        device_seq=99,
        id="stranger",
        envelope=vault_envelope(vault),
        state="applied",
        type="",
        sentence="",
    )
    vault.history.renew(Renewal(number=2, fetched=(stranger,), lost=(), sentence="。", paper_said="。"))
    assert day_rows(two.office, day)[0].agreement == "unequal"


def vault_envelope(vault) -> str:
    with vault._gate.begin() as connection:
        return connection.exec_driver_sql("SELECT envelope FROM journal WHERE seq = 1").scalar_one().decode()


def test_a_day_on_which_nothing_was_done_is_not_closed(ground: Ground):
    two = ground.window("two", 2)
    day = two.office.parts.clock.now().date() - timedelta(days=400)
    assert close_day(two.office, day).type == "nothing-to-close"
    two.office.session = None
    assert close_day(two.office, day).type == "signed-out"
    assert day_rows(two.office, day)[0].agreement == "equal", "nothing here and nothing there"

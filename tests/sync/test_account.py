"""The account itself is not blind: each way in which something could be lost or doubled is found when it is brought about."""

from __future__ import annotations

import random

import pytest

from tests.faults.account import Account, account
from tests.faults.clerk import Clerk
from tests.faults.site import Site
from tests.faults.windows import Window

pytestmark = pytest.mark.process

A_TICKET = "(SELECT id FROM tickets ORDER BY id LIMIT 1)"
AT_THE_CENTRE = (
    ("doubled", f"UPDATE tickets SET calls = calls + 1 WHERE id = {A_TICKET}"),
    ("doubled", "INSERT INTO sign_ins SELECT hall, 'ghost', person, \"window\", post, online, ended FROM sign_ins LIMIT 1"),
    ("doubled", "INSERT INTO numbers_used SELECT hall, kind, serial + 5000, 'ghost' FROM numbers_used LIMIT 1"),
    ("lost", "DELETE FROM numbers_used WHERE command = (SELECT id FROM envelopes WHERE kind = 'accept_case' LIMIT 1)"),
    ("lost", "DELETE FROM cases WHERE id = (SELECT id FROM cases LIMIT 1)"),
    ("lost", "UPDATE envelopes SET state = 'refused' WHERE id = (SELECT id FROM envelopes WHERE kind = 'take_ticket' LIMIT 1)"),
    ("lost", "DELETE FROM envelopes WHERE id = (SELECT id FROM envelopes WHERE kind = 'arrive_ticket' LIMIT 1)"),
    ("odd", "DELETE FROM changes WHERE seq = 3"),
    ("odd", "UPDATE devices SET head = repeat('0', 64)"),
    ("odd", "UPDATE tickets SET priority = 'elderly' WHERE id = (SELECT max(id) FROM tickets)"),
)  # fmt: skip
HERE = (
    ("lost", "UPDATE verdicts SET state = 'pending' WHERE seq = 30"),
    ("odd", "UPDATE verdicts SET state = 'refused' WHERE seq = 31"),
    ("lost", "DELETE FROM verdicts WHERE seq = 32"),
)


def found(sheet: Account) -> dict[str, int]:
    return {"lost": len(sheet.lost), "doubled": len(sheet.doubled), "odd": len(sheet.odd)}


def at_the_window(window: Window, statement: str) -> None:
    with window.office.parts.vault._gate.begin() as connection:
        connection.exec_driver_sql(statement)


def test_whatever_is_taken_away_or_put_in_is_found(site: Site) -> None:
    window = site.window(2)
    clerk = Clerk(window.office, random.Random(3))
    for _ in range(8):
        # The centre gives the tickets: it has to hear of them first.
        clerk.work(5)
        window.drain()
    assert site.account(clerk.told).good
    before = found(account([window], site.database, [*clerk.told, "told-and-in-no-journal"]))
    assert before == {"lost": 1, "doubled": 0, "odd": 0}
    before = {"lost": 0, "doubled": 0, "odd": 0}
    for kind, statement in AT_THE_CENTRE:
        site.sql(statement)
        now = found(account([window], site.database, clerk.told))
        assert now[kind] > before[kind], statement
        before = now
    for kind, statement in HERE:
        at_the_window(window, statement)
        now = found(account([window], site.database, clerk.told))
        assert now[kind] > before[kind], statement
        before = now

"""Killed at any moment, state and journal agree: what stands in the books is what the journal, replayed, gives."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from clerk_app.office.judge import judge
from clerk_app.office.office import Office
from clerk_app.sync.wire import Codec
from tests.desk import StandingClock, cut_office
from tests.nursery import start
from tests.store.conftest import KEY, rows_of

pytestmark = pytest.mark.process

ROUNDS, MOST = 25, 200
"""So many kills, and more on a slow machine, until each step of a visit was made."""
WANTED = {"take_ticket", "call_ticket", "arrive_ticket", "receive_case", "accept_case", "finish_ticket"}
REPLAYED = ("tickets", "cases", "holds", "numbers_used", "sign_ins", "papers")


def kill_while_working(folder: Path, number: int, delay: float) -> None:
    words = [str(folder), KEY.hex(), str(number)]
    with TemporaryFile("w+", encoding="utf-8") as log, start("tests.store.endless_clerk", words, log) as child:
        said = child.stdout.readline()
        time.sleep(delay)  # the random moment itself; nothing is waited for
        ended = child.poll()
        child.kill()
        child.wait(60)
        log.seek(0)
        errors = log.read()
    assert (said, ended) == ("working\n", None), errors


def envelopes(office: Office, after: int) -> list[dict]:
    with office.parts.vault._gate.begin() as connection:
        rows = rows_of(connection, "SELECT envelope FROM journal WHERE seq > :after ORDER BY seq", {"after": after})
    return [json.loads(row["envelope"]) for row in rows]


def replay(bodies: list[dict], into: Office) -> None:
    """The same use cases over a fresh store, from the commands alone."""
    codec = Codec(into.parts.register)
    with into.parts.vault.unit(into.hall) as work:
        for body in bodies:
            refusal = judge(codec.command(body), work.books, into.parts.register)
            assert refusal is None, (body["kind"], refusal)


def tables(office: Office) -> dict[str, list[dict]]:
    with office.parts.vault._gate.begin() as connection:
        return {name: rows_of(connection, f"SELECT * FROM {name} ORDER BY 1, 2, 3", {}) for name in REPLAYED}


def agree(office: Office, replica: Office, seen: int) -> int:
    """Chain whole, rows equal to the replayed ones, one receipt for every accepted case and none for any other."""
    check = office.parts.vault.journal.check()
    assert check.ok
    fresh = envelopes(office, seen)
    assert [e["device_seq"] for e in fresh] == list(range(seen + 1, check.rows + 1))
    replay([e["body"] for e in fresh], replica)
    found, wanted = tables(office), tables(replica)
    for name in REPLAYED:
        assert found[name] == wanted[name], name
    assert sum(office.parts.vault.journal.tally().values()) == check.rows
    accepted = Counter(row["case_no"] for row in found["cases"] if row["state"] == "accepted")
    receipts = Counter(j.doc_no for j in office.parts.vault.spool.jobs(100_000) if j.doc_type == "受理回执")
    assert receipts == accepted
    assert set(accepted.values()) <= {1}
    tickets = Counter(j.doc_no for j in office.parts.vault.spool.jobs(100_000) if j.doc_type == "号票")
    assert tickets == Counter(row["id"] for row in found["tickets"])
    return check.rows


def test_state_and_journal_agree_after_every_kill(tmp_path):
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    moments = random.Random(seed)
    (tmp_path / "desk").mkdir()
    (tmp_path / "replica").mkdir()
    replica = cut_office(tmp_path / "replica", KEY)
    seen, kinds, longest = 0, set[str](), 0.15
    for number in range(MOST):
        kill_while_working(tmp_path / "desk", number, moments.uniform(0, longest))
        office = cut_office(tmp_path / "desk", KEY, fill=False, clock=StandingClock())
        before, seen = seen, agree(office, replica, seen)
        kinds |= {e["body"]["kind"] for e in envelopes(office, before)}
        office.parts.vault.close()
        if number + 1 >= ROUNDS and kinds >= WANTED:
            break
        if seen < before + 3:
            longest *= 1.3  # so many acts take longer here
    replica.parts.vault.close()
    assert seen > 0, "the clerk did work"
    office = cut_office(tmp_path / "desk", KEY, fill=False)
    (tmp_path / "again").mkdir()
    scratch = cut_office(tmp_path / "again", KEY)
    assert agree(office, scratch, 0) == seen
    for each in (office, scratch):
        each.parts.vault.close()
    assert kinds >= WANTED

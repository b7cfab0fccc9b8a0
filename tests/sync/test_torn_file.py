"""17: the machine loses power in the middle of a write: the file opens at a whole act, and state and journal agree."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.office.counter import visit
from clerk_app.office.office import Done
from tests.desk import StandingClock, cut_office
from tests.store.conftest import KEY
from tests.store.endless_clerk import next_act, print_one
from tests.store.test_kill import agree

WAL_HEADER, FRAME = 32, 24 + 4096


def torn(source: Path, target: Path, length: int, garbage: bytes = b"") -> None:
    """The file as it stood on the disk when the power went: the log ends here, or in what was not yet written over."""
    target.mkdir()
    shutil.copy2(source / "counter.db", target)
    log = (source / "counter.db-wal").read_bytes()
    (target / "counter.db-wal").write_bytes(log[:length] + garbage)


def opens_whole(folder: Path, replica: Path) -> int:
    """Rows in the journal; the chain is whole, every row of every room is what the journal replayed gives."""
    replica.mkdir()
    office = cut_office(folder, KEY, fill=False, clock=StandingClock())
    scratch = cut_office(replica, KEY)
    try:
        rows = agree(office, scratch, 0)
        assert isinstance(visit.take_ticket(office, "A"), Done), "and the next act is taken"
        return rows
    finally:
        office.parts.vault.close()
        scratch.parts.vault.close()


@pytest.fixture
def worked(tmp_path: Path):
    folder = tmp_path / "desk"
    folder.mkdir()
    office = cut_office(folder, KEY)
    raw = office.parts.vault._gate.engine.raw_connection()
    for pragma in ("wal_checkpoint(TRUNCATE)", "wal_autocheckpoint = 0"):  # all that follows stays in the log
        raw.cursor().execute(f"PRAGMA {pragma}").fetchall()
    raw.close()
    lengths = []
    for step in range(24):
        outcome = next_act(office)
        assert not isinstance(outcome, Refusal), outcome
        if step % 4 == 3:
            print_one(office)
        lengths.append((folder / "counter.db-wal").stat().st_size)
    yield folder, office.parts.vault.journal.head().seq, lengths
    office.parts.vault.close()


def test_17_a_log_cut_anywhere_opens_at_a_whole_act(worked, tmp_path: Path):
    folder, made, lengths = worked
    moments = random.Random(17)
    cuts = [lengths[-1], lengths[-1] - 1, lengths[5] + FRAME, WAL_HEADER + 1, 0]
    cuts += [moments.randrange(lengths[0], lengths[-1]) for _ in range(6)]
    found = []
    for number, length in enumerate(cuts):
        torn(folder, tmp_path / f"torn-{number}", length)
        found.append(opens_whole(tmp_path / f"torn-{number}", tmp_path / f"replica-{number}"))
    assert found[0] == made, "nothing was torn: nothing is missing"
    assert found[1] < made
    assert all(
        (short >= long) == (cuts[a] >= cuts[b])
        for a, short in enumerate(found)
        for b, long in enumerate(found)
        if short != long
    ), "the longer the log, the more acts"


def test_17_what_an_older_log_left_behind_is_not_read_as_ours(worked, tmp_path: Path):
    """A torn page: the frame's length is there, its content is not what was written."""
    folder, made, lengths = worked
    noise = random.Random(18)
    for number in range(4):
        length = noise.randrange(lengths[2], lengths[-1] - FRAME)
        torn(folder, tmp_path / f"torn-{number}", length, noise.randbytes(3 * FRAME))
        rows = opens_whole(tmp_path / f"torn-{number}", tmp_path / f"replica-{number}")
        assert 0 < rows < made

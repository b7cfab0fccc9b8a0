"""附件库: what was kept is read back, or nothing is; a row never stands without its file."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.command import Refusal
from clerk_app.office.line import attaching
from clerk_app.ports import Document, StoreTrouble
from clerk_app.store.sealed_file import CHUNK, HEAD, TAG, SealedFile
from tests.desk import cut_office
from tests.nursery import start
from tests.store.conftest import KEY
from tests.visits import accept, receive, serve, whole_visit

SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 5)


def content(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


def file_of(folder: Path, digest: str) -> Path:
    return folder / "blobs" / digest[:2] / digest


@pytest.fixture
def blobs(vault):
    return vault.blobs


@pytest.mark.parametrize("size", SIZES)
def test_what_is_kept_is_read_back(blobs, tmp_path, size):
    data = content(size)
    kept = blobs.keep(io.BytesIO(data) if size % 2 else data)
    assert (kept.digest, kept.size) == (hashlib.sha256(data).hexdigest(), size)
    assert blobs.open(kept.digest) == data
    file = file_of(tmp_path, kept.digest)
    assert file.stat().st_size == HEAD + size + TAG * max(1, -(-size // CHUNK))
    assert file.stat().st_mode & 0o077 == 0
    assert size < 16 or data[:16] not in file.read_bytes()


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """Three chunks and a bit, under a key of their own."""
    data = content(3 * CHUNK + 77, 3)
    digest = hashlib.sha256(data).hexdigest()
    file = SealedFile(tmp_path_factory.mktemp("sealed") / "x", KEY, digest)
    file.write(io.BytesIO(data))
    return data, digest, file


@given(st.integers(0, 3 * CHUNK + 100), st.integers(0, 2 * CHUNK))
@settings(deadline=None, max_examples=60)
def test_any_part_is_that_part(three, start, length):
    data, _, file = three
    assert file.piece(start, length) == data[start : start + length]


def damaged(blobs, digest) -> str:
    """What is said; raises when anything was read."""
    with pytest.raises(StoreTrouble) as caught:
        blobs.open(digest)
    return caught.value.type


@pytest.fixture
def kept(blobs, tmp_path):
    """A blob of three chunks and a bit, its file, and the file's bytes."""
    one = blobs.keep(content(3 * CHUNK + 77))
    file = file_of(tmp_path, one.digest)
    return one, file, file.read_bytes()


def test_one_bit_anywhere_is_noticed(blobs, kept):
    one, file, good = kept
    edges = [0, 3, 4, HEAD - 1, HEAD, HEAD + CHUNK, HEAD + CHUNK + TAG - 1, HEAD + CHUNK + TAG, len(good) - 1]
    for place in edges + random.Random(7).sample(range(len(good)), 12):
        bad = bytearray(good)
        bad[place] ^= 1
        file.write_bytes(bad)
        assert damaged(blobs, one.digest) == "blob-damaged", place
    file.write_bytes(good)
    assert len(blobs.open(one.digest)) == one.size


def test_chunks_cannot_be_left_out_moved_or_borrowed(blobs, kept, tmp_path):
    one, file, good = kept
    step = CHUNK + TAG
    head, chunks = good[:HEAD], [good[HEAD + n * step : HEAD + (n + 1) * step] for n in range(4)]
    other = file_of(tmp_path, blobs.keep(content(3 * CHUNK + 77, 2)).digest).read_bytes()
    wrong = [
        head + b"".join(chunks[:3]),
        head + chunks[0],
        head,
        b"",
        good + bytes(step),
        good + chunks[3],
        head + b"".join([chunks[1], chunks[0], *chunks[2:]]),
        head + b"".join([chunks[0], chunks[0], *chunks[2:]]),
        head + other[HEAD:],
        other,
        other[:HEAD] + good[HEAD:],
    ]
    for number, bad in enumerate(wrong):
        file.write_bytes(bad)
        assert damaged(blobs, one.digest) == "blob-damaged", number


def test_a_part_next_to_the_damage_is_read_and_the_damage_is_not(blobs, kept):
    one, file, good = kept
    bad = bytearray(good)
    bad[HEAD + CHUNK + TAG + 5] ^= 1
    file.write_bytes(bad)
    assert blobs.piece(one.digest, 0, CHUNK) == content(3 * CHUNK + 77)[:CHUNK]
    with pytest.raises(StoreTrouble):
        blobs.piece(one.digest, CHUNK - 1, 2)


def test_another_key_opens_nothing(kept, tmp_path):
    one, _, _ = kept
    (tmp_path / "other").mkdir()
    other = cut_office(tmp_path / "other", bytes(32))
    (tmp_path / "blobs").rename(tmp_path / "other" / "blobs")
    try:
        assert damaged(other.parts.vault.blobs, one.digest) == "blob-damaged"
    finally:
        other.parts.vault.close()


def test_what_is_not_here_is_said(blobs):
    assert damaged(blobs, "ab" * 32) == "blob-missing"


def test_the_same_content_twice_is_one_file(blobs, kept, tmp_path):
    one, file, good = kept
    os.utime(file, (1, 1))
    assert blobs.keep(content(3 * CHUNK + 77)) == one
    assert file.read_bytes() == good
    assert file.stat().st_mtime > 1, "it is young again: a sweep leaves it"
    assert len(list((tmp_path / "blobs").rglob("*.*"))) == 0


def test_a_damaged_file_is_healed_by_keeping_it_again(blobs, kept):
    one, file, good = kept
    file.write_bytes(good[:-1])
    blobs.keep(content(3 * CHUNK + 77))
    assert hashlib.sha256(blobs.open(one.digest)).hexdigest() == one.digest


class Restless(io.BytesIO):
    """A file that another program writes on while it is read."""

    def seek(self, *where: int) -> int:
        if self.tell():
            self.getbuffer()[0] ^= 1
        return super().seek(*where)


def test_a_source_that_changes_is_not_kept(blobs, tmp_path):
    with pytest.raises(StoreTrouble, match="blob-changed"):
        blobs.keep(Restless(content(5000)))
    assert not [f for f in (tmp_path / "blobs").rglob("*") if f.is_file()]


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, "disk-full"), (errno.EROFS, "read-only"), (errno.EACCES, "read-only"), (errno.EIO, "disk-fault")],
)
def test_a_disk_that_will_not_is_one_sentence_and_leaves_nothing(blobs, tmp_path, monkeypatch, number, kind):
    def refuse(_):
        raise OSError(number, "no")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", refuse)
        with pytest.raises(StoreTrouble) as caught:
            blobs.keep(content(5000))
    assert (caught.value.type, "附件" in caught.value.sentence) == (kind, True)
    assert not [f for f in (tmp_path / "blobs").rglob("*") if f.is_file()]
    assert blobs.open(blobs.keep(content(5000)).digest) == content(5000)


# Rows.


def case_of(office) -> str:
    return accept(office, receive(office, serve(office))).id


def scan(tmp_path, seed: int = 1, size: int = 2000) -> Path:
    file = tmp_path / f"scan-{seed}.pdf"
    file.write_bytes(b"%PDF-1.7\n" + content(size, seed))
    return file


def test_the_row_comes_with_the_act_or_not_at_all(office, blobs, tmp_path, sql):
    case = case_of(office)
    office.session, session = None, office.session
    assert isinstance(attaching.attach(office, case, scan(tmp_path)), Refusal)
    office.session = session
    sql("CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END")
    with pytest.raises(Exception, match="full"):
        attaching.attach(office, case, scan(tmp_path))
    assert (sql("SELECT * FROM blobs"), sql("SELECT * FROM attachments")) == ([], [])
    sql("DROP TRIGGER full")
    attaching.attach(office, case, scan(tmp_path))
    (row,) = sql('SELECT digest, size, "case", state FROM blobs')
    (fact,) = sql('SELECT digest, size, "case" FROM attachments')
    assert row == {**fact, "state": "kept"}
    assert fact["digest"] == hashlib.sha256(scan(tmp_path).read_bytes()).hexdigest()


def test_orphans_go_when_they_are_old(office, blobs, tmp_path, sql):
    case = case_of(office)
    attaching.attach(office, case, scan(tmp_path))
    named = sql("SELECT digest FROM blobs")[0]["digest"]
    orphan = blobs.keep(content(100, 9)).digest
    half = file_of(tmp_path, orphan).with_name("tmpx.part")
    half.write_bytes(b"half")
    assert blobs.sweep(time.time() - 3600) == 0
    for file in (file_of(tmp_path, named), file_of(tmp_path, orphan), half):
        os.utime(file, (1, 1))
    assert blobs.sweep(time.time() - 3600) == 2
    assert [f.name for f in (tmp_path / "blobs").rglob("*") if f.is_file()] == [named]


def test_a_finished_page_is_a_blob_too(office, blobs, sql):
    page = b"%PDF-1.7 " + content(3000)
    digest = hashlib.sha256(page).hexdigest()
    now = office.parts.clock.now()
    with office.parts.vault.unit(office.hall) as work:
        work.keep_document(Document(digest=digest, case="c-1", sealed=True, made_at=now, content=page))
    assert (blobs.open(digest), blobs.piece(digest, 100, 50)) == (page, page[100:150])
    (row,) = blobs.due(0.0, 10)
    assert (row.digest, row.size, row.case, row.state) == (digest, len(page), "c-1", "kept")


def test_what_is_due_first_goes_first(office, blobs, sql):
    for number, due in enumerate(["2026-12-04", None, "2026-11-23", "2026-11-23"]):
        case = whole_visit(office)
        changed = "json_set(due, '$.promised', :due)" if due else ":due"
        sql(f"UPDATE cases SET due = {changed} WHERE id = :id", due=due, id=case.id)
        with office.parts.vault.unit(office.hall) as work:
            work.name_blob(blobs.keep(content(50, number)), case.id, office.parts.clock.now())
    digest = [hashlib.sha256(content(50, number)).hexdigest() for number in range(4)]
    assert [row.digest for row in blobs.due(0.0, 9)] == [digest[2], digest[3], digest[0], digest[1]]
    assert [row.digest for row in blobs.due(0.0, 2)] == [digest[2], digest[3]]
    blobs.postpone(digest[2], 50.0, "线断了", counted=False)
    assert [row.digest for row in blobs.due(49.0, 1)] == [digest[3]]
    assert [row.digest for row in blobs.due(50.0, 1)] == [digest[2]]
    blobs.settle(digest[2], "there")
    blobs.settle(digest[3], "stuck", "太大")
    assert [row.digest for row in blobs.due(99.0, 9)] == [digest[0], digest[1]]


def test_a_row_remembers_how_far_it_got(office, blobs):
    one = blobs.keep(content(500))
    with office.parts.vault.unit(office.hall) as work:
        work.name_blob(one, "c-1", office.parts.clock.now())
    assert [blobs.postpone(one.digest, 0.0, "不收", counted=True) for _ in range(2)] == [1, 2]
    assert blobs.postpone(one.digest, 0.0, "不收", counted=False) == 2
    blobs.aim(one.digest, "/v1/uploads/x")
    assert blobs.standings([one.digest])[one.digest].attempts == 2, "a new address is no progress"
    blobs.progress(one.digest, 300)
    row = blobs.standings([one.digest, "ab" * 32])[one.digest]
    assert (row.url, row.sent, row.attempts, row.said) == ("/v1/uploads/x", 300, 0, "")
    blobs.settle(one.digest, "stuck", "不收")
    with office.parts.vault.unit(office.hall) as work:
        work.name_blob(one, "c-2", office.parts.clock.now())
    row = blobs.standings([one.digest])[one.digest]
    assert (row.state, row.url, row.sent, row.case) == ("kept", "", 0, "c-1"), "scanned again, tried again"
    blobs.settle(one.digest, "there")
    with office.parts.vault.unit(office.hall) as work:
        work.name_blob(one, "c-3", office.parts.clock.now())
    assert blobs.standings([one.digest])[one.digest].state == "there"


# Whole processes.

ROOT = Path(__file__).parents[2]
MEASURE = """
import resource, sys
from pathlib import Path
from tests.desk import cut_office
blobs = cut_office(Path(sys.argv[1]), bytes(32)).parts.vault.blobs
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
with open(sys.argv[2], "rb") as small, open(sys.argv[3], "rb") as large:
    for _ in blobs.pieces(blobs.keep(small).digest): pass
    before = peak()
    digest = blobs.keep(large).digest
    read = sum(len(piece) for piece in blobs.pieces(digest))
    read += sum(len(blobs.piece(digest, start, 1 << 20)) for start in range(0, 50 << 20, 1 << 20))
print(read >> 20, peak() - before)
"""


@pytest.mark.process
def test_fifty_megabytes_need_no_more_memory_than_three(tmp_path):
    for name, size in (("small", 3 << 20), ("large", 50 << 20)):
        with (tmp_path / name).open("wb") as file:
            for _ in range(size >> 20):
                file.write(os.urandom(1 << 20))
    words = [sys.executable, "-c", MEASURE, str(tmp_path), str(tmp_path / "small"), str(tmp_path / "large")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    read, grown = map(int, done.stdout.split())
    assert read == 100
    assert grown <= 4, f"{grown} MB more"


@pytest.mark.process
def test_killed_at_any_moment_no_row_stands_without_its_file(tmp_path):
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    moments = random.Random(seed)
    rows, longest = 0, 0.08
    for number in range(100):
        kill_while_scanning(tmp_path, number, moments.uniform(0, longest))
        office = cut_office(tmp_path, KEY, fill=False)
        try:
            before, rows = rows, whole(office)
        finally:
            office.parts.vault.close()
        if number >= 11 and rows > 0:
            break
        if rows == before:
            longest *= 1.3  # a scan takes longer here
    assert rows > 0, "the clerk did scan"


def kill_while_scanning(folder: Path, number: int, delay: float) -> None:
    words = [str(folder), KEY.hex(), str(number)]
    with TemporaryFile("w+", encoding="utf-8") as log, start("tests.store.endless_scanner", words, log) as child:
        said = child.stdout.readline()
        time.sleep(delay)  # the random moment itself; nothing is waited for
        ended = child.poll()
        child.kill()
        child.wait(60)
        log.seek(0)
        errors = log.read()
    assert (said, ended) == ("working\n", None), errors


def whole(office) -> int:
    """Every row has its file, every fact its row, and what is left over goes."""
    blobs = office.parts.vault.blobs
    rows = blobs.due(1e12, 100_000)
    for row in rows:
        assert hashlib.sha256(blobs.open(row.digest)).hexdigest() == row.digest
    with office.parts.vault._gate.begin() as connection:
        facts = connection.exec_driver_sql("SELECT digest FROM attachments").scalars().all()
    assert {row.digest for row in rows} == set(facts)
    assert len(facts) == len(set(facts))
    blobs.sweep(time.time() + 60)
    names = {f.name for f in (office.parts.settings.data_dir / "blobs").rglob("*") if f.is_file()}
    assert names == set(facts)
    assert office.parts.vault.journal.check().ok
    return len(rows)

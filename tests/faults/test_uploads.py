"""Failure item 21 over real sockets: cut at each piece, doubled, late, refused by boxes; killed client, server, database."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import func, select

from clerk_app.office.counter.case_papers import look
from clerk_app.office.line.attaching import attach, attachments_of, content_of
from clerk_app.office.line.uploading import GIVE_WAY, IDLE, Uploader
from clerk_app.office.office import Done
from clerk_app.ports import CentreProblem
from clerk_app.server.database import Database
from clerk_app.server.tables import blobs, upload_chunks, uploads
from clerk_app.sync import protocol
from tests.faults.centres import ROOT, CentreProcess, prepare
from tests.faults.http11 import Message
from tests.faults.postgres import Postgres
from tests.faults.proxy import CUTS, SAID, TWICE, FaultProxy, weather
from tests.faults.uploading_desk import PIECE, UploadingDesk
from tests.faults.waiting import until
from tests.faults.windows import Window
from tests.nursery import start
from tests.visits import receive, serve

pytestmark = pytest.mark.process

SIZE = 2 * PIECE + 70_000


@pytest.fixture(scope="module")
def centre(tmp_path_factory) -> Iterator[CentreProcess]:
    folder = tmp_path_factory.mktemp("centre")
    database = f"sqlite:///{folder / 'centre.db'}"
    prepare(database)
    process = CentreProcess(database, folder / "centre.log").start()
    yield process
    process.kill()


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    server = Postgres().start()
    server.sql("CREATE DATABASE centre")
    prepare(server.url("centre"))
    yield server
    server.close()


@pytest.fixture(scope="module")
def proxy(centre) -> Iterator[FaultProxy]:
    one = FaultProxy(centre.url)
    yield one
    one.close()


@pytest.fixture
def desk(tmp_path, proxy) -> Iterator[UploadingDesk]:
    one = UploadingDesk(tmp_path / "desk", proxy.url)
    yield one
    proxy.heal()
    one.close()


def about_blobs(request: Message) -> bool:
    return request.path.startswith((protocol.BLOBS, protocol.UPLOADS))


def one_fault(place: int, fault: str):
    """The request about blobs at this place, counted from nought, meets the fault."""
    count = iter(range(10_000))
    return lambda request: fault if about_blobs(request) and next(count) == place else "pass"


def stored(database: str, digest: str) -> tuple[int, int]:
    """Rows of this blob, and how many bytes lie there for it."""
    with closing(Database(database)) as opened, opened.reading() as connection:
        rows = connection.execute(select(blobs.c.upload).where(blobs.c.digest == digest)).scalars().all()
        length = select(func.sum(func.length(upload_chunks.c.data))).where(
            upload_chunks.c.upload.in_(select(uploads.c.id).where(uploads.c.digest == digest))
        )
        return len(rows), connection.execute(length).scalar_one() or 0


@pytest.mark.parametrize("fault", [*CUTS, *TWICE, *SAID])
def test_a_fault_at_each_request_of_an_upload(desk, proxy, centre, fault):
    """Question, beginning, three pieces, proof: wherever the fault falls, the bytes are there whole in the end, once."""
    for place in range(6):
        proxy.plan = one_fault(place, fault)
        digest = desk.put(random.Random(f"{fault}{place}").randbytes(SIZE))
        desk.drain()
        assert desk.row(digest).state == "there", (place, desk.row(digest))
        proxy.heal()
        assert desk.at_the_centre(digest), place
        rows, length = stored(centre.database, digest)
        assert rows == 1, place
        assert length >= SIZE, place


def test_a_line_that_loses_half_of_all_requests_still_carries(desk, proxy):
    """Half of them before the centre has them, half after."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    bad = weather(random.Random(seed).random, ("cut-before", "cut-after"), 0.5)
    proxy.plan = lambda request: bad(request) if about_blobs(request) else "pass"
    digest = desk.put(random.Random(5).randbytes(6 * PIECE))
    desk.drain()
    assert desk.row(digest).state == "there"
    proxy.heal()
    assert desk.at_the_centre(digest)


def test_what_arrived_is_not_sent_again(desk, proxy, centre):
    """The server is killed half-way and comes back: it goes on there."""
    offsets: list[int] = []

    def watch(request: Message) -> str:
        if request.method == "PATCH":
            offsets.append(int(request.head.lower().split(b"upload-offset: ")[1].split(b"\r\n")[0]))
        return "pass"

    proxy.plan = watch
    digest = desk.put(random.Random(6).randbytes(4 * PIECE))
    desk.step()
    desk.step()
    centre.kill()
    desk.step()
    assert desk.row(digest).state == "kept"
    centre.start()
    desk.drain()
    assert (desk.row(digest).state, desk.at_the_centre(digest)) == ("there", True)
    assert [offset for offset in offsets if offset < 2 * PIECE] == [0, PIECE]


def test_the_server_killed_again_and_again(desk, centre):
    digest = desk.put(random.Random(7).randbytes(12 << 20))
    moments = random.Random()
    ended = threading.Event()

    def upload() -> None:
        while desk.row(digest).state == "kept":
            desk.step()
        ended.set()

    thread = threading.Thread(target=upload, daemon=True)
    thread.start()
    for _ in range(3):
        sent = desk.row(digest).sent
        until(lambda sent=sent: ended.is_set() or desk.row(digest).sent > sent + moments.randrange(1 << 21), 60)
        centre.kill()
        centre.start()
    thread.join(60)
    assert (desk.row(digest).state, desk.at_the_centre(digest)) == ("there", True)
    assert stored(centre.database, digest)[0] == 1


def test_the_client_killed_again_and_again(tmp_path, centre):
    desk = UploadingDesk(tmp_path / "desk", centre.url)
    digests = [desk.put(random.Random(number).randbytes(5 << 20)) for number in (8, 9)]
    desk.close()
    words = [str(tmp_path / "desk"), centre.url, desk.device, desk.key.hex()]
    moments, ended, kills = random.Random(), False, 0
    while not ended:
        with start("tests.faults.uploading_desk", words) as child:
            assert child.stdout.readline() == "working\n"
            # The random moment itself; after a few it may come to its end.
            watch = threading.Timer(moments.uniform(0, 0.3) if kills < 4 else 60, child.kill)
            watch.start()
            ended = child.stdout.readline() == "done\n"
            watch.cancel()
            child.kill()
            kills += not ended
    again = UploadingDesk(tmp_path / "desk", centre.url, desk.device, desk.key)
    try:
        assert [again.row(digest).state for digest in digests] == ["there", "there"]
        assert all(again.at_the_centre(digest) for digest in digests)
        assert [stored(centre.database, digest)[0] for digest in digests] == [1, 1]
    finally:
        again.close()
    assert kills > 0


def test_one_file_from_two_windows_over_two_servers_while_postgres_dies(tmp_path, postgres):
    """Two server processes, two machines, the same file at once; PostgreSQL is killed in the middle and comes back."""
    servers = [CentreProcess(postgres.url("centre"), tmp_path / f"{n}.log").start() for n in range(2)]
    desks = [UploadingDesk(tmp_path / f"desk-{n}", server.url) for n, server in enumerate(servers)]
    data = random.Random(10).randbytes(6 << 20)
    try:
        (digest,) = {desk.put(data) for desk in desks}
        threads = [threading.Thread(target=desk.drain, args=(100_000,), daemon=True) for desk in desks]
        for thread in threads:
            thread.start()
        until(lambda: all(desk.row(digest).sent > 1 << 20 for desk in desks), 60)
        postgres.kill()
        postgres.start()
        for thread in threads:
            thread.join(90)
        assert [desk.row(digest).state for desk in desks] == ["there", "there"]
        assert all(desk.at_the_centre(digest) for desk in desks)
        seen = "SELECT encode(sha256(string_agg(data, '' ORDER BY start)), 'hex') FROM upload_chunks GROUP BY upload"
        assert postgres.sql(seen, "centre") == [(digest,)], "the second one's pieces are gone, or were never sent"
        assert postgres.sql("SELECT digest, size FROM blobs", "centre") == [(digest, len(data))]
    finally:
        for desk in desks:
            desk.close()
        for server in servers:
            server.kill()


def test_memory_stays_flat_for_sixty_megabytes(tmp_path, centre):
    """The client in a process of its own: its peak while it sends 60 MB over that for 16 MB."""
    words = [sys.executable, "-c", MEASURE, str(tmp_path / "desk"), centre.url]
    began = time.monotonic()
    done = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    print(f"{time.monotonic() - began:.1f} s", done.stdout)
    assert int(done.stdout) <= 12, f"{done.stdout} MB more"


MEASURE = """
import os, resource, sys
from pathlib import Path
from tests.faults.uploading_desk import UploadingDesk
from clerk_app.office.line import uploading
desk = UploadingDesk(Path(sys.argv[1]), sys.argv[2])
desk.uploader.pace = uploading.Pace(256 << 10)
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
def send(megabytes):
    file = Path(sys.argv[1]) / "scan"
    with file.open("wb") as out:
        for _ in range(megabytes):
            out.write(os.urandom(1 << 20))
    with file.open("rb") as scan:
        kept = desk.blobs.keep(scan)
    with desk.office.parts.vault.unit(desk.office.hall) as work:
        work.name_blob(kept, "c-1", desk.office.parts.clock.now())
    desk.uploader.pace.size = 8 << 20
    desk.drain()
    assert desk.row(kept.digest).state == "there"
    return peak()
before = send(32)
print(send(60) - before)
desk.close()
"""


def test_from_the_scanner_to_another_window(tmp_path, centre):
    """The whole way with whole offices: the fact goes with the commands, the bytes after them, another window reads both."""
    one, other = (Window(tmp_path / str(n), centre.url, n).open().sign_in() for n in (2, 3))
    try:
        one.drain()
        case = receive(one.office, serve(one.office))
        scan = tmp_path / "章程.pdf"
        scan.write_bytes(b"%PDF-1.7\n" + random.Random(11).randbytes(700_000))
        assert isinstance(attach(one.office, case.id, scan), Done)
        uploader = Uploader(one.office)
        assert uploader.step() == GIVE_WAY, "commands first"
        one.drain()
        other.drain()
        (seen,) = attachments_of(other.office, case.id)
        assert (seen.where, seen.attachment.name) == ("elsewhere", "章程.pdf")
        with pytest.raises(CentreProblem):
            content_of(other.office, seen.attachment.digest)
        until(lambda: uploader.step() == IDLE)
        assert [mine.where for mine in attachments_of(one.office, case.id)] == ["there"]
        assert content_of(other.office, seen.attachment.digest) == scan.read_bytes()
        told: list[int] = []
        read = look(other.office, case.id, seen.attachment.id, threading.Event(), told.append)
        assert (read, told) == (scan.read_bytes(), [0, 74]), "piece by piece"
        other.drain()
        (noted,) = (row for row in other.office.parts.vault.journal.rows((), 9) if row.kind == "look_at_attachment")
        assert (noted.state, noted.subjects) == ("applied", (f"reveal:{case.id}",))
    finally:
        one.close()
        other.close()

"""tus 1.0.0 at the centre, header by header, on both databases: what is sent lies there whole, or not at all."""

from __future__ import annotations

import random
import subprocess
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from sqlalchemy import make_url, select, text, update

from clerk_app.server import uploads
from clerk_app.server.database import Database
from clerk_app.server.tables import blobs, devices, upload_chunks
from clerk_app.server.tables import uploads as rows
from clerk_app.sync import protocol
from tests.server.desk import Desk
from tests.server.postgres import psql_program
from tests.server.tus import Tus, checksum, digest_of, named

DATABASES = ("postgresql",)

DATA = random.Random(4).randbytes(5_300)


@pytest.fixture
def tus(desk: Desk) -> Tus:
    return Tus(desk)


def counted(office: Any, table: Any) -> int:
    with office.database.reading() as connection:
        return len(connection.execute(select(table)).all())


def test_what_it_can_do_is_told(tus: Tus) -> None:
    answer = tus.ask("OPTIONS", protocol.UPLOADS, Tus_Resumable=None)
    assert answer.status == 204
    told = {name: answer.headers[name] for name in ("tus-resumable", "tus-version", "tus-max-size")}
    assert told == {"tus-resumable": "1.0.0", "tus-version": "1.0.0", "tus-max-size": str(64 << 20)}
    assert set(answer.headers["tus-extension"].split(",")) == {"creation", "checksum", "expiration", "termination"}
    assert set(answer.headers["tus-checksum-algorithm"].split(",")) == {"sha1", "sha256"}


def test_pieces_become_a_blob(tus: Tus, office: Any, clock: Any) -> None:
    digest = digest_of(DATA)
    assert tus.blob(digest, "HEAD").status == 404
    assert tus.blob(digest, "HEAD").headers["x-problem"] == "blob-unknown"
    begun = tus.begin(DATA)
    assert (begun.status, begun.headers["tus-resumable"]) == (201, "1.0.0")
    assert parsedate_to_datetime(begun.headers["upload-expires"]) == (clock() + uploads.LIFE).replace(microsecond=0)
    place = begun.headers["location"]
    for start in range(0, len(DATA), 2000):
        asked = tus.offset(place)
        facts = (asked.headers["upload-offset"], asked.headers["upload-length"], asked.headers["cache-control"])
        assert facts == (str(start), str(len(DATA)), "no-store")
        assert tus.blob(digest).status == 404, "a part is no blob"
        sent = tus.send(place, start, DATA[start : start + 2000])
        assert (sent.status, sent.headers["upload-offset"]) == (204, str(min(start + 2000, len(DATA))))
        assert "upload-expires" in sent.headers
    found = tus.blob(digest, "HEAD")
    assert (found.status, found.headers["content-length"]) == (200, str(len(DATA)))
    assert tus.blob(digest).content == DATA
    assert tus.offset(place).headers["upload-offset"] == str(len(DATA)), "a lost last answer is asked again"


@pytest.mark.parametrize(
    ("wanted", "status", "part"),
    [
        ("bytes=0-99", 206, DATA[:100]),
        ("bytes=1500-4200", 206, DATA[1500:4201]),
        ("bytes=5000-", 206, DATA[5000:]),
        ("bytes=-7", 206, DATA[-7:]),
        ("bytes=5290-99999", 206, DATA[5290:]),
        ("bytes=9-3", 200, DATA),
        ("bytes=-", 200, DATA),
        ("bytes=0-1,5-6", 200, DATA),
        ("lines=1-2", 200, DATA),
    ],
)
def test_one_range_may_be_asked(tus: Tus, wanted: str, status: int, part: bytes) -> None:
    answer = tus.blob(tus.upload(DATA), Range=wanted)
    assert (answer.status, answer.content) == (status, part)
    assert answer.headers["content-length"] == str(len(part))
    if status == 206:
        first = DATA.index(part)
        assert answer.headers["content-range"] == f"bytes {first}-{first + len(part) - 1}/{len(DATA)}"


def test_a_range_behind_the_end_is_none(tus: Tus) -> None:
    assert tus.blob(tus.upload(DATA), Range="bytes=5300-").status == 416


def test_a_wrong_place_is_told_the_right_one(tus: Tus) -> None:
    place = tus.place(DATA)
    assert tus.send(place, 0, DATA[:1000]).status == 204
    for offset in (0, 999, 1001, 5_300):
        wrong = tus.send(place, offset, DATA[:10])
        assert (wrong.status, wrong.type, wrong.headers["upload-offset"]) == (409, "offset-wrong", "1000")
        assert wrong.headers["tus-resumable"] == "1.0.0"
    assert tus.send(place, 1000, DATA[1000:]).status == 204
    assert tus.blob(digest_of(DATA)).content == DATA


def test_a_piece_that_broke_on_the_way_is_not_taken(tus: Tus) -> None:
    place = tus.place(DATA)
    broken = bytes([DATA[0] ^ 1]) + DATA[1:1000]
    for wrong in (checksum(DATA[:1000]), "sha256 ", "sha256 nonsense"):
        answer = tus.send(place, 0, broken, Upload_Checksum=wrong)
        assert (answer.status, answer.type) == (460, "checksum-wrong")
    assert tus.send(place, 0, broken, Upload_Checksum=checksum(broken, "md5")).type == "checksum-unknown"
    assert tus.offset(place).headers["upload-offset"] == "0"
    assert tus.send(place, 0, DATA[:1000], Upload_Checksum=checksum(DATA[:1000], "sha1")).status == 204
    assert tus.send(place, 1000, DATA[1000:], Upload_Checksum=None).status == 204
    assert tus.blob(digest_of(DATA)).content == DATA


def test_other_bytes_than_announced_are_no_blob(tus: Tus, office: Any) -> None:
    begun = tus.begin(DATA, Upload_Metadata=named(digest_of(b"else")))
    place = begun.headers["location"]
    answer = tus.send(place, 0, DATA)
    assert (answer.status, answer.type) == (460, "digest-wrong")
    assert tus.offset(place).status == 404, "the upload is void"
    assert (counted(office, upload_chunks), counted(office, rows), counted(office, blobs)) == (0, 0, 0)
    assert tus.blob(tus.upload(DATA)).content == DATA, "and a new one may be made"


def test_more_than_announced_is_not_taken(tus: Tus) -> None:
    place = tus.place(DATA)
    answer = tus.send(place, 0, DATA + b"x")
    assert (answer.status, answer.type) == (413, "upload-too-long")
    assert tus.offset(place).headers["upload-offset"] == "0"


@pytest.mark.parametrize(
    ("headers", "status", "kind"),
    [
        ({"Upload_Length": str((64 << 20) + 1)}, 413, "blob-too-large"),
        ({"Upload_Length": None}, 400, "upload-unclear"),
        ({"Upload_Length": "0"}, 400, "upload-unclear"),
        ({"Upload_Length": "-5"}, 400, "upload-unclear"),
        ({"Upload_Length": "9" * 30}, 400, "upload-unclear"),
        ({"Upload_Length": "５"}, 400, "upload-unclear"),
        ({"Upload_Metadata": ""}, 400, "upload-unclear"),
        ({"Upload_Metadata": "digest !!"}, 400, "upload-unclear"),
        ({"Upload_Metadata": named("ab")}, 400, "upload-unclear"),
        ({"Upload_Metadata": f"name eA==,{named(digest_of(DATA)).upper()}"}, 400, "upload-unclear"),
        ({"Upload_Metadata": "x" * 3000}, 400, "unreadable-request"),
        ({"Tus_Resumable": None}, 412, "tus-version"),
        ({"Tus_Resumable": "0.2.2"}, 412, "tus-version"),
    ],
)
def test_an_unclear_beginning_begins_nothing(tus: Tus, office: Any, headers: dict, status: int, kind: str) -> None:
    headers = {k: v and v.encode().decode("latin-1") for k, v in headers.items()}
    answer = tus.begin(DATA, **headers)
    assert (answer.status, answer.type, answer.headers["tus-resumable"]) == (status, kind, "1.0.0")
    assert answer.headers["content-type"] == "application/problem+json"
    assert ("tus-version" in answer.headers) == (status == 412)
    assert counted(office, rows) == 0


@pytest.mark.parametrize(
    ("headers", "status", "kind"),
    [
        ({"Content_Type": "application/octet-stream"}, 415, "piece-type-wrong"),
        ({"Content_Type": None}, 415, "piece-type-wrong"),
        ({"Upload_Offset": None}, 400, "upload-unclear"),
        ({"Upload_Offset": "x"}, 400, "upload-unclear"),
        ({"Tus_Resumable": "2.0.0"}, 412, "tus-version"),
    ],
)
def test_an_unclear_piece_is_not_taken(tus: Tus, headers: dict, status: int, kind: str) -> None:
    place = tus.place(DATA)
    answer = tus.send(place, 0, DATA[:5], **headers)
    assert (answer.status, answer.type) == (status, kind)
    assert tus.offset(place).headers["upload-offset"] == "0"


def test_the_same_file_from_two_windows_is_one_row(desk_at: Any, office: Any) -> None:
    """Both begin before either ends; the second one's pieces go, its answer is the same."""
    one, other = Tus(desk_at(2)), Tus(desk_at(3))
    places = [one.place(DATA), other.place(DATA)]
    for tus, place in zip((one, other), places, strict=True):
        assert tus.send(place, 0, DATA[:3000]).status == 204
    for tus, place in zip((one, other), places, strict=True):
        assert tus.send(place, 3000, DATA[3000:]).status == 204
    assert counted(office, blobs) == 1
    with office.database.reading() as connection:
        assert sum(len(row.data) for row in connection.execute(select(upload_chunks))) == len(DATA)
    for tus, place in zip((one, other), places, strict=True):
        assert tus.offset(place).headers["upload-offset"] == str(len(DATA))
        assert tus.blob(digest_of(DATA)).content == DATA
    third = Tus(desk_at(4))
    assert third.blob(digest_of(DATA), "HEAD").status == 200, "a third one finds it and sends nothing"


def test_an_upload_is_its_device_s_own(desk_at: Any) -> None:
    one, other = Tus(desk_at(2)), Tus(desk_at(3))
    place = one.place(DATA)
    assert other.offset(place).status == 404
    assert other.send(place, 0, DATA).type == "upload-unknown"
    assert other.ask("DELETE", place).status == 404
    assert one.offset(place).headers["upload-offset"] == "0"


def test_another_hall_s_blob_is_invisible(desk_at: Any, office: Any) -> None:
    one, other = Tus(desk_at(2)), Tus(desk_at(3))
    place = other.place(DATA)
    digest = one.upload(DATA)
    with office.database.writing() as connection:
        there = update(devices).where(devices.c.id == other.desk.device)
        connection.execute(there.values(hall="JZ02"))
        head = "INSERT INTO hall_head (hall, seq, epoch, hall_version, horizon, token_key)"
        copied = f"{head} SELECT 'JZ02', 0, epoch, hall_version, 0, token_key FROM hall_head"
        connection.execute(text(copied))
    assert [other.blob(digest, method).status for method in ("HEAD", "GET")] == [404, 404]
    assert other.offset(place).status == 404
    assert other.blob(other.upload(DATA)).content == DATA, "it may have the same one of its own"
    assert counted(office, blobs) == 2


def test_what_was_never_finished_goes(tus: Tus, office: Any, clock: Any) -> None:
    kept = tus.upload(DATA)
    half = tus.place(DATA[1:])
    assert tus.send(half, 0, DATA[1:1000]).status == 204
    clock.time += uploads.LIFE + timedelta(minutes=1)
    tus.desk.greet()
    assert (tus.offset(half).status, tus.offset(half).headers["x-problem"]) == (410, "upload-expired")
    assert tus.send(half, 999, DATA[1000:]).type == "upload-expired"
    living = tus.place(DATA[2:])
    assert tus.offset(half).status == 404, "a new one of this device sweeps its old ones"
    assert uploads.sweep(office) == 0
    clock.time += uploads.LIFE + timedelta(minutes=1)
    assert uploads.sweep(office) == 1
    tus.desk.greet()
    assert tus.offset(living).status == 404
    assert (counted(office, rows), tus.blob(kept).content) == (0, DATA)


def test_giving_up_leaves_nothing_but_blobs(tus: Tus, office: Any) -> None:
    half, whole = tus.place(DATA[1:]), tus.place(DATA)
    assert tus.send(half, 0, DATA[1:500]).status == tus.send(whole, 0, DATA).status == 204
    assert [tus.ask("DELETE", place).status for place in (half, whole)] == [204, 204]
    assert [tus.offset(place).status for place in (half, whole)] == [404, 404]
    assert (counted(office, rows), counted(office, upload_chunks)) == (0, 1)
    assert tus.blob(digest_of(DATA)).content == DATA


def test_a_device_opens_only_so_many(tus: Tus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_OPEN", 3)
    for number in range(3):
        tus.place(DATA[number:])
    assert tus.begin(DATA).status == 201, "that one has been begun already"
    answer = tus.begin(DATA[9:])
    assert (answer.status, answer.type) == (429, "too-many-uploads")
    assert int(answer.headers["retry-after"]) > 0


def test_a_piece_too_large_to_read_is_refused(tus: Tus) -> None:
    data = bytes((8 << 20) + 1)
    answer = tus.send(tus.place(data), 0, data)
    assert (answer.status, answer.type) == (413, "too-large")


def test_the_largest_piece_is_taken(tus: Tus) -> None:
    data = random.Random(8).randbytes(8 << 20)
    assert digest_of(tus.blob(tus.upload(data, 8 << 20)).content) == digest_of(data)


@pytest.mark.parametrize("method", ["OPTIONS", "POST", "HEAD", "PATCH", "DELETE"])
def test_nobody_else_may(tus: Tus, method: str) -> None:
    place = protocol.UPLOADS if method in ("OPTIONS", "POST") else tus.place(DATA)
    answer = tus.ask(method, place, X_Device_Signature="AAAA")
    assert (answer.status, answer.headers["x-problem"]) == (401, "device-unknown")
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert tus.blob(digest_of(DATA), X_Device_Signature="AAAA").status == 401


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_two_requests_at_once_on_one_upload(tus: Tus, office: Any) -> None:
    """423 while another transaction has it: nothing waits, nothing is written twice."""
    place = tus.place(DATA)
    with office.database.writing() as connection:
        connection.execute(select(rows).with_for_update())
        busy = tus.send(place, 0, DATA[:1000])
        assert (busy.status, busy.type) == (423, "upload-busy")
        assert int(busy.headers["retry-after"]) > 0
        assert tus.offset(place).headers["upload-offset"] == "0", "it may still be asked"
        assert uploads.sweep(office) == 0
    assert tus.send(place, 0, DATA).status == 204


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_psql_sees_the_same_bytes(tus: Tus, office: Any) -> None:
    psql = psql_program()
    assert psql is not None
    digest = tus.upload(DATA, 700)
    query = "SELECT encode(sha256(string_agg(data, '' ORDER BY start)), 'hex') FROM upload_chunks"
    url = make_url(str(office.database.engine.url.render_as_string(False))).set(drivername="postgresql")
    done = subprocess.run(
        [psql, url.render_as_string(False), "-Atc", query], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == digest


def test_openapi_tells_of_it(app: Any) -> None:
    paths = app.openapi()["paths"]
    assert set(paths[protocol.UPLOADS]) == {"options", "post"}
    assert set(paths[protocol.UPLOADS + "/{key}"]) == {"head", "patch", "delete"}
    assert set(paths[protocol.BLOBS + "/{digest}"]) == {"head", "get"}
    assert protocol.PIECE_TYPE in paths[protocol.UPLOADS + "/{key}"]["patch"]["requestBody"]["content"]


def test_a_database_opened_anew_has_it_still(tus: Tus, url: str) -> None:
    digest = tus.upload(DATA)
    database = Database(url)
    try:
        with database.reading() as connection:
            assert connection.execute(select(blobs.c.size).where(blobs.c.digest == digest)).scalar_one() == len(DATA)
    finally:
        database.close()

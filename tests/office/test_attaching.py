"""加附件: what is taken, what is not and why, and where a case's attachments are."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_app.cases.attachments import Attachment
from clerk_app.command import Refusal
from clerk_app.office.events import RowsChanged
from clerk_app.office.line import attaching
from clerk_app.office.office import Done
from clerk_app.ports import StoreTrouble
from tests.desk import cut_office
from tests.office.pretend_blobs import PretendBlobs
from tests.visits import accept, receive, serve

PDF = b"%PDF-1.7\n" + b"scan " * 400


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def case(office):
    return accept(office, receive(office, serve(office)))


@pytest.fixture
def scanned(tmp_path):
    def make(data: bytes = PDF, name: str = "身份证.pdf") -> Path:
        file = tmp_path / name
        file.write_bytes(data)
        return file

    return make


def refused(outcome: object) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    assert outcome.sentence.endswith("。")
    assert "没" in outcome.sentence
    return outcome


@pytest.mark.parametrize(
    ("start", "media"),
    [
        (b"%PDF-1.4", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"II*\x00", "image/tiff"),
        (b"MM\x00*", "image/tiff"),
    ],
)
def test_a_scan_becomes_a_fact_and_a_sealed_file(office, case, scanned, tmp_path, start, media):
    data = start + os.urandom(5000)
    rung = []
    office.bell.subscribe(rung.append)
    assert isinstance(attaching.attach(office, case.id, scanned(data)), Done)
    (one,) = attaching.attachments_of(office, case.id)
    digest = hashlib.sha256(data).hexdigest()
    assert one.attachment == Attachment(
        id=one.attachment.id, case=case.id, name="身份证.pdf", media=media, size=5000 + len(start), digest=digest,
        by="P203", at=one.attachment.at, window=2,
    )  # fmt: skip
    assert one.where == "here"
    assert attaching.content_of(office, digest) == data
    assert data[:64] not in (tmp_path / "blobs" / digest[:2] / digest).read_bytes()
    assert RowsChanged((f"attachment:{one.attachment.id}",)) in rung
    (row,) = office.parts.vault.journal.rows((), 1)
    assert (row.kind, row.state, row.subjects) == ("attach_scan", "pending", (f"attachment:{one.attachment.id}",))


@pytest.mark.parametrize(
    ("data", "name", "kind", "words"),
    [
        (b"", "空.pdf", "file-empty", "“空.pdf”是空的"),
        (b"PK\x03\x04 word", "章程.docx", "file-kind", "不是 PDF、JPEG、PNG 或 TIFF"),
        (b"MZ\x90", "像.pdf", "file-kind", "“像.pdf”不是 PDF"),
        (b"%PDF-1.7" + bytes(20 << 20), "大.pdf", "file-too-large", "有 20.0 MB，超过 20 MB"),
    ],
)
def test_what_is_not_taken_is_said(office, case, scanned, tmp_path, data, name, kind, words):
    outcome = refused(attaching.attach(office, case.id, scanned(data, name)))
    assert outcome.type == kind
    assert words in outcome.sentence
    assert attaching.attachments_of(office, case.id) == ()
    assert not (tmp_path / "blobs").exists()


def test_exactly_twenty_megabytes_are_taken(office, case, scanned):
    assert isinstance(attaching.attach(office, case.id, scanned(b"%PDF-" + bytes((20 << 20) - 5))), Done)


def test_a_file_that_is_gone_or_a_folder_is_said(office, case, tmp_path):
    assert refused(attaching.attach(office, case.id, tmp_path / "没有.pdf")).type == "file-unreadable"
    assert refused(attaching.attach(office, case.id, tmp_path)).type == "file-unreadable"


def test_nobody_no_case_no_attachment(office, case, scanned):
    assert refused(attaching.attach(office, "none", scanned())).type == "unknown-case"
    office.session = None
    assert refused(attaching.attach(office, case.id, scanned())).type == "signed-out"


def test_the_same_scan_twice_is_one(office, case, scanned):
    attaching.attach(office, case.id, scanned())
    outcome = refused(attaching.attach(office, case.id, scanned(name="又一份.pdf")))
    assert (outcome.type, "身份证.pdf" in outcome.sentence) == ("already-attached", True)
    assert len(attaching.attachments_of(office, case.id)) == 1


def test_the_same_scan_in_two_cases_is_one_file_and_two_facts(office, case, scanned, tmp_path):
    from clerk_app.office.counter import visit

    visit.finish(office, case.ticket)
    other = receive(office, serve(office))
    for one in (case, other):
        assert isinstance(attaching.attach(office, one.id, scanned()), Done)
    assert len([f for f in (tmp_path / "blobs").rglob("*") if f.is_file()]) == 1
    assert [len(attaching.attachments_of(office, one.id)) for one in (case, other)] == [1, 1]


def test_a_long_name_keeps_its_ending(office, case, scanned, tmp_path):
    name = "股" * 70 + "东" * 10 + ".jpeg"
    outcome = attaching.attach(office, case.id, scanned(b"\xff\xd8\xff" + bytes(50), name))
    assert isinstance(outcome, Done)
    (one,) = attaching.attachments_of(office, case.id)
    assert one.attachment.name == name
    assert attaching._short("长" * 300 + ".pdf") == "长" * 115 + "….pdf"


def test_no_name_of_a_file_reaches_the_log(office, case, scanned, caplog):
    with caplog.at_level(logging.DEBUG):
        attaching.attach(office, case.id, scanned())
        attaching.attach(office, case.id, scanned(b"x"))
    assert "身份证" not in caplog.text


def put(office, digest: str, **values) -> None:
    words = ", ".join(f"{name} = :{name}" for name in values)
    with office.parts.vault._gate.begin() as connection:
        connection.exec_driver_sql(f"UPDATE blobs SET {words} WHERE digest = :digest", {"digest": digest, **values})


def test_where_the_bytes_are(office, case, scanned):
    attaching.attach(office, case.id, scanned())

    def now():
        (one,) = attaching.attachments_of(office, case.id)
        return one.where, one.percent, one.said

    digest = attaching.attachments_of(office, case.id)[0].attachment.digest
    assert now() == ("here", 0, "")
    put(office, digest, url="/v1/uploads/x", sent=1206)
    assert now() == ("sending", 60, "")
    put(office, digest, state="stuck", said="中心没收。")
    assert now()[::2] == ("stuck", "中心没收。")
    woken = []
    office.wake = lambda: woken.append(1)
    attaching.send_again(office, digest)
    assert (now(), woken) == (("here", 0, ""), [1])
    put(office, digest, state="there")
    assert now()[0] == "there"


def test_another_window_s_scan_is_known_and_fetched(office, case):
    digest = hashlib.sha256(PDF).hexdigest()
    with office.parts.vault.unit(office.hall) as work:
        elsewhere = Attachment(
            id="a-1", case=case.id, name="x.pdf", media="application/pdf", size=len(PDF), digest=digest,
            by="P204", at=office.parts.clock.now(), window=3,
        )  # fmt: skip
        work.books.put_attachment(elsewhere)
    assert [one.where for one in attaching.attachments_of(office, case.id)] == ["elsewhere"]
    with pytest.raises(StoreTrouble, match="blob-missing"):
        attaching.content_of(office, digest)
    office.parts = replace(office.parts, blob_centre=PretendBlobs(whole={digest: PDF}))
    assert attaching.content_of(office, digest) == PDF


def test_a_reading_that_fails_half_way_is_one_sentence(office, case, scanned, monkeypatch):
    def fail(_):
        raise OSError(5, "io")

    with monkeypatch.context() as broken:
        broken.setattr("clerk_app.store.blobs.measure", fail)
        assert refused(attaching.attach(office, case.id, scanned())).type == "disk-fault"
    assert isinstance(attaching.attach(office, case.id, scanned()), Done)


def test_the_journal_holds_the_digest_not_the_bytes(office, case, scanned):
    attaching.attach(office, case.id, scanned())
    (sent,) = office.parts.vault.journal.due(1e15, 100, 1 << 20)[-1:]
    body = json.loads(sent.envelope)["body"]
    assert body["digest"] == hashlib.sha256(PDF).hexdigest()
    assert len(sent.envelope) < 1500

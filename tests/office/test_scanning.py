"""扫一页: what the scanner gave is what is attached, and what it did not give leaves nothing behind."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from threading import Event
from typing import get_args

import pytest

from clerk_app.command import Refusal
from clerk_app.office.line import attaching
from clerk_app.office.line.scanning import scan_devices, scan_into
from clerk_app.office.office import Done
from clerk_app.ports.scanning import Fault
from tests.desk import cut_office
from tests.office.pretend_scanner import DESK, PAGE, PretendScanner
from tests.visits import accept, receive, serve


@pytest.fixture
def scanner():
    return PretendScanner()


@pytest.fixture
def office(tmp_path, scanner):
    office = cut_office(tmp_path)
    office.parts = replace(office.parts, scanner=scanner)
    yield office
    office.parts.vault.close()


@pytest.fixture
def case(office):
    return accept(office, receive(office, serve(office)))


def refused(office, case, outcome: object) -> str:
    assert isinstance(outcome, Refusal), outcome
    assert outcome.sentence.endswith("。")
    assert "没" in outcome.sentence
    assert attaching.attachments_of(office, case.id) == ()
    return outcome.type


def test_what_was_scanned_is_attached(office, case, tmp_path):
    told = []
    assert isinstance(scan_into(office, case.id, DESK, Event(), told.append), Done)
    (one,) = attaching.attachments_of(office, case.id)
    digest = hashlib.sha256(PAGE).hexdigest()
    assert (one.where, one.attachment.media, one.attachment.digest) == ("here", "image/jpeg", digest)
    assert one.attachment.name == "扫描 2026-11-20 103000.jpg"
    assert attaching.content_of(office, digest) == PAGE
    (row,) = office.parts.vault.journal.rows((), 1)
    assert (row.kind, row.subjects) == ("attach_scan", (f"attachment:{one.attachment.id}",))
    assert told == [50]
    kept = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert not any(PAGE[:64] in data for data in kept), "never on the disk in clear"


def test_a_fault_is_one_sentence_and_nothing_is_attached(office, case, scanner):
    for fault in get_args(Fault):
        scanner.fault = fault
        assert refused(office, case, scan_into(office, case.id, DESK, Event())) == f"scan-{fault}"


def test_a_page_that_came_just_as_it_was_stopped_is_thrown_away(office, case, scanner):
    stop = Event()
    scan = scanner.scan

    def late(device, **asked):
        page = scan(device, **asked)
        stop.set()
        return page

    scanner.scan = late
    assert refused(office, case, scan_into(office, case.id, DESK, stop)) == "scan-stopped"


def test_a_page_too_large_is_said_as_of_a_file(office, case, scanner):
    scanner.data = b"\xff\xd8\xff" + bytes(attaching.LARGEST)
    assert refused(office, case, scan_into(office, case.id, DESK, Event())) == "file-too-large"


def test_nothing_is_scanned_for_nobody_or_no_case(office, case, scanner):
    assert isinstance(scan_into(office, "none", DESK, Event()), Refusal)
    session, office.session = office.session, None
    assert refused(office, case, scan_into(office, case.id, DESK, Event())) == "signed-out"
    office.session = session
    assert scanner.scans == []


def test_who_came_meanwhile_does_not_sign_for_it(office, case, scanner):
    session = office.session

    def change_places() -> None:
        office.session = replace(session, id="another")

    scanner.during = change_places
    assert refused(office, case, scan_into(office, case.id, DESK, Event())) == "signed-out"
    scanner.during = lambda: setattr(office, "session", replace(session, online=not session.online))
    office.session = session
    assert isinstance(scan_into(office, case.id, DESK, Event()), Done), "the same sign-in, heard of by the centre"


def test_a_desk_without_a_scanner_has_no_devices(office, case):
    assert scan_devices(office, Event()) == (DESK,)
    office.parts = replace(office.parts, scanner=None)
    assert scan_devices(office, Event()) == ()
    assert refused(office, case, scan_into(office, case.id, DESK, Event())) == "scan-gone"

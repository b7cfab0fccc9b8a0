"""What of the seal register goes outside: digests, times, the seals' turns and the machines' keys; no case and no person."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from clerk_app.outside.ids import new_id
from clerk_app.sealing.usecases import BEFORE, RecordSealUse
from clerk_app.server.centre import CentreOffice
from clerk_app.server.citizen import rows
from clerk_app.server.citizen.feeder import HEARTBEAT
from clerk_app.server.citizen.feeding import CannotFeedError, read_roots
from clerk_app.server.citizen.form import FileRow, PublicMachine, SealTurn, Trust
from clerk_app.server.citizen.seal_digests import machine_digest, use_digest
from clerk_app.server.citizen.seals import project_files
from clerk_app.server.devices import revoke
from clerk_app.server.loading import new_epoch
from clerk_app.store import tables
from clerk_app.store.tables_sealing import seal_events
from tests.server.citizen.papers import Citizens
from tests.server.citizen.test_feeder import make, outside, settle
from tests.server.desk import HALL, NOW, Desk

__all__ = ["make", "outside"]

FILE, OTHER = "ab" * 32, "cd" * 32


def sealed(desk: Desk, digest: str = FILE, *, electronic: bool = True) -> RecordSealUse:
    return RecordSealUse(
        **desk.stamp(), seal_use=new_id(), seal="S-SJJ", certificate="1f2e", case=new_id(), document_no="江市监准〔2026〕12号",
        title="准予登记通知书", pages=1, copies=1, digest_before="0" * 64, digest_after=digest, electronic=electronic,
        grant=BEFORE,
    )  # fmt: skip


def line(public: Citizens, file: str = FILE) -> FileRow | None:
    with public.database.reading() as connection:
        found = rows.find_file(connection, file)
    return found.row if found else None


def told(public: Citizens) -> Trust:
    with public.database.reading() as connection:
        return rows.trusts(connection)[HALL]


def test_a_use_is_known_outside_by_its_files_digest(desk: Desk, outside: Citizens, make) -> None:
    feeder = make()
    settle(feeder)
    use, paper = sealed(desk), sealed(desk, OTHER, electronic=False)
    for command in (use, paper):
        assert desk.do(command)["state"] == "applied"
    settle(feeder)
    assert line(outside) == FileRow(
        use=use_digest(use.seal_use), file=FILE, before="0" * 64, seal="S-SJJ", certificate="1f2e", at=NOW, doubted=True,
        heard=NOW, seq=1,
    )  # fmt: skip
    assert line(outside, OTHER) is None, "a paper seal has no file"
    with outside.database.reading() as connection:
        kept = json.dumps([list(map(str, row)) for row in connection.execute(select(rows.files))])
    for secret in (use.seal_use, use.case, use.actor, "江市监准", "准予"):
        assert secret not in kept


def test_everything_afresh_brings_the_whole_register_and_when_it_was_heard(
    desk: Desk, office: CentreOffice, outside: Citizens, make
) -> None:
    use = sealed(desk)
    desk.do(use)
    took = desk.took()
    received = desk.received(took.ticket)
    for command in (took, desk.called(took.ticket), desk.arrived(took.ticket), received):
        assert desk.do(command)["state"] == "applied"
    void = {
        "seal_use": use.seal_use, "sealed_at": NOW.isoformat(), "document_no": "x", "reason": "x", "paper": "x",
        "asked_by": "P201", "asked_at": NOW.isoformat(), "agreed_by": "P202", "agreed_at": NOW.isoformat(),
    }  # fmt: skip
    with office.database.writing() as connection:
        here = tables.cases.c.id == received.case
        life = connection.execute(select(tables.cases.c.life).where(here)).scalar_one()
        connection.execute(update(tables.cases).where(here).values(life={**life, "voided": [void]}))
        new_epoch(connection)
    settle(make())
    found = line(outside)
    assert found is not None
    assert (found.file, found.heard, found.voided_at) == (FILE, NOW, NOW)


def test_a_stamp_that_was_only_asked_to_be_voided_is_not_void() -> None:
    asked = {"seal_use": "u", "agreed_at": None, "reason": "张三"}
    agreed = {**asked, "agreed_at": NOW.isoformat()}
    assert list(project_files("case:c", {"life": {"voided": [asked]}}, NOW)) == []
    assert list(project_files("case:c", {"life": {"voided": [agreed]}}, NOW)) == [
        FileRow(use=use_digest("u"), voided_at=NOW)
    ]
    assert list(project_files("case:c", {"life": {}}, NOW)) == []
    assert list(project_files("ticket:t", {}, NOW)) == []


def test_what_is_believed_follows_the_centre(desk: Desk, office: CentreOffice, outside: Citizens, make) -> None:
    feeder = make()
    feeder.roots = "-----BEGIN CERTIFICATE-----\n"
    settle(feeder)
    machine = PublicMachine(device=machine_digest(desk.device), public_key=desk.key.public)
    assert told(outside) == Trust(roots=feeder.roots, machines=(machine,))
    event = {
        "hall": HALL, "id": new_id(), "seal": "S-SJJ", "kind": "stop", "by": "P203", "acting_for": "", "window": 2,
        "device": desk.device, "at": NOW, "clock": "centre", "reason": "张三拿走了", "second": "", "keeper": "",
        "certificate": "", "flags": [],
    }  # fmt: skip
    with office.database.writing() as connection:
        connection.execute(insert(seal_events), [event, {**event, "id": new_id(), "kind": "handover"}])
        assert revoke(connection, HALL, desk.device, NOW + timedelta(minutes=1))
    feeder.monotonic.time += HEARTBEAT
    settle(feeder)
    ended = PublicMachine(device=machine.device, public_key=machine.public_key, until=NOW + timedelta(minutes=1))
    stop = SealTurn(seal="S-SJJ", kind="stop", at=NOW)
    assert told(outside) == Trust(roots=feeder.roots, machines=(ended,), turns=(stop,))


def test_what_is_believed_is_sent_once(desk: Desk, outside: Citizens, make) -> None:
    feeder = make()
    settle(feeder)
    seen: list[bytes] = []
    post = outside.post
    outside.post = lambda path, body, headers: (seen.append(body), post(path, body, headers))[1]  # type: ignore[method-assign]
    desk.do(sealed(desk))
    settle(feeder)
    assert [json.loads(body)["trust"] for body in seen] == [None]


def test_roots_are_certificates_or_nothing(tmp_path: Path) -> None:
    assert read_roots(None) == ""
    wrong = tmp_path / "roots.pem"
    wrong.write_text("no certificate")
    for file in (wrong, tmp_path / "none"):
        with pytest.raises(CannotFeedError, match="--roots"):
            read_roots(file)

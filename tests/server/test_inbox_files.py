"""网上来的原件 at the centre: whole and as named or not at all, before or after their message; what nobody takes goes after its term."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from clerk_app.cases.inbox.acts import DeclineInboxItem, TakeInboxItem
from clerk_app.outside.ids import new_id
from clerk_app.outside.keys import SigningKey
from clerk_app.server.inbox import files, taking_files
from clerk_app.server.inbox.taking_in import take_in
from clerk_app.server.outside_files import find_outside
from clerk_app.server.tables import inbox_files, upload_chunks
from clerk_app.sync import inbox_protocol
from clerk_app.sync.protocol import BLOBS
from tests.cases.inbox.messages import PAPERS, application, digest_of, papers, scan
from tests.server.desk import HALL, NOW, Desk
from tests.server.inbox_platform import PORTAL, Platform, rows

DATABASES = ("postgresql",)
FORM, CHARTER = (scan(name) for name in PAPERS)


@pytest.fixture
def portal(office: Any, app: Any) -> Platform:
    return Platform(office, app)


def awaited(portal: Platform) -> list[list[str]]:
    return [[one.name for one in row.materials if one.awaited] for row in rows(portal.office)]


def kept(portal: Platform) -> tuple[int, int]:
    """Files and chunks in the database."""
    with portal.office.database.reading() as connection:
        return tuple(len(connection.execute(one.select()).all()) for one in (inbox_files, upload_chunks))


def blob(desk: Desk, data: bytes, method: str = "GET") -> Any:
    return desk.send(method, f"{BLOBS}/{digest_of(data)}")


def test_before_or_after_its_message_each_window_hears_that_it_is_here(portal, desk):
    first = portal.put(FORM)
    assert (first.status, first.json["size"]) == (200, len(FORM)), first.json
    portal.send(application())
    assert awaited(portal) == [[PAPERS[1]]], "what came first is found by what names it"
    assert portal.state("WS20261120000001").json["awaited"] == [digest_of(CHARTER)]
    portal.put(CHARTER)
    assert awaited(portal) == [[]]
    (row,) = rows(portal.office)
    assert [(one.size, one.media) for one in row.materials] == [
        (len(FORM), "application/pdf"), (len(CHARTER), "application/pdf"),
    ]  # fmt: skip
    told = [one["row"] for one in desk.changes().json["changes"] if one["subject"] == f"inbox:{row.id}"]
    assert [one["size"] for one in told[-1]["materials"]] == [len(FORM), len(CHARTER)]
    assert blob(desk, CHARTER).content == CHARTER


def test_the_same_again_has_the_same_answer_and_is_kept_once(portal):
    first = portal.put(FORM)
    portal.office.now.time += timedelta(minutes=1)
    again = portal.put(FORM)
    assert (again.status, again.json) == (200, first.json)
    assert kept(portal) == (1, 1)


@pytest.mark.parametrize(
    ("data", "change", "status", "type_"),
    [
        (FORM, {"digest": digest_of(CHARTER)}, 422, "file-digest-wrong"),
        (b"%PDF-" + bytes(inbox_protocol.LARGEST_FILE), {}, 413, "file-too-large"),
        (b"II*\x00" + b"tiff", {}, 415, "file-kind"),
        (b"MZ, called .pdf", {}, 415, "file-kind"),
        (b"", {}, 415, "file-kind"),
        (FORM, {"key": SigningKey(secrets.token_bytes(32))}, 401, "partner-unknown"),
        (FORM, {"moment": (NOW - timedelta(minutes=6)).isoformat()}, 401, "partner-out-of-time"),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence_and_nothing_is_kept(
    portal, data: bytes, change: dict[str, Any], status: int, type_: str
):
    answer = portal.put(data, **change)
    assert (answer.status, answer.type) == (status, type_)
    assert answer.sentence.endswith("。")
    assert kept(portal) == (0, 0)


def test_replayed_of_a_stranger_or_too_many_that_nothing_names_is_refused(portal, monkeypatch):
    nonce = secrets.token_hex(16)
    assert portal.put(FORM, nonce=nonce).status == 200
    assert portal.put(FORM, nonce=nonce).type == "partner-replayed"
    strange = Platform(portal.office, portal.app, "other-portal")
    strange.name = "nobody"
    assert strange.put(CHARTER).type == "partner-unknown"
    monkeypatch.setattr(taking_files, "MOST_UNNAMED", 1)
    assert portal.put(CHARTER).type == "too-many-files"
    portal.send(application())
    assert portal.put(CHARTER).status == 200, "a message names it by now"


def test_a_file_and_its_message_at_once_find_each_other(portal):
    sender, office = portal.sender, portal.office
    jobs = [
        job
        for serial in range(6)
        for job in (
            lambda serial=serial: taking_files.keep(office, sender, digest_of(scan(f"{serial}")), scan(f"{serial}")),
            lambda serial=serial: take_in(
                office, sender, [application(f"WS{serial}001", materials=papers(f"{serial}"))]
            ),
        )
    ]
    with ThreadPoolExecutor(6) as several:
        for job in [several.submit(one) for one in jobs]:
            job.result()
    assert awaited(portal) == [[]] * 6


def test_what_another_platform_sent_is_not_this_ones(portal):
    Platform(portal.office, portal.app, "other-portal").put(FORM)
    portal.send(application())
    assert PAPERS[0] in awaited(portal)[0], "whoever names a digest has to have its bytes"


def test_a_window_makes_it_a_cases_own_with_nothing_sent_twice(portal, desk):
    portal.put(FORM)
    portal.send(application())
    (row,) = rows(portal.office)
    desk.do(TakeInboxItem(**desk.stamp(), item=row.id, case=new_id()))
    chunks = kept(portal)[1]
    assert blob(desk, FORM, "HEAD").headers["content-length"] == str(len(FORM))
    assert kept(portal)[1] == chunks
    portal.office.now.time += timedelta(days=400)
    assert files.sweep(portal.office) == 0, "taken"


def test_what_nobody_takes_goes_after_its_term_and_what_a_case_has_stays(portal, desk):
    shared, other = scan("都要"), scan("别人的")
    portal.put(other)
    portal.office.now.time += timedelta(days=2)
    portal.put(FORM)
    portal.put(shared)
    portal.send(
        application(),
        application("WS02", materials=[*papers("公司章程"), {"name": "住所", "sha256": digest_of(shared)}]),
        application("WS03", materials=[{"name": "住所", "sha256": digest_of(shared)}]),
    )
    assert blob(desk, other, "HEAD").status == 200, "a window keeps it by now"
    for row in rows(portal.office):
        if row.number != "WS03":
            desk.do(DeclineInboxItem(**desk.stamp(), item=row.id, reason="材料不齐", missing=("住所证明",)))
    portal.office.now.time += timedelta(days=29)
    assert files.sweep(portal.office) == 1, "nothing ever named it"
    assert blob(desk, other).content == other, "what is a blob by now stays one"
    portal.office.now.time += timedelta(days=2)
    assert files.sweep(portal.office) == 1
    assert blob(desk, FORM).status == 404
    assert blob(desk, shared).content == shared, "one that waits still names it"
    assert portal.put(FORM).status == 200, "sent again it is there again"


def test_of_one_hall_only(portal, desk):
    assert portal.name == PORTAL
    portal.put(FORM)
    with portal.office.database.reading() as connection:
        assert find_outside(connection, HALL, digest_of(FORM)) is not None
        assert find_outside(connection, "elsewhere", digest_of(FORM)) is None

"""送附件: every step begins with what the rows say; whatever the centre answers, the bytes arrive whole or stand visibly stuck."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace

import pytest

from clerk_app.office.events import RowsChanged
from clerk_app.office.line import uploading
from clerk_app.office.line.uploading import Pace, Uploader
from clerk_app.ports import CentreProblem, Document
from tests.desk import cut_office
from tests.office.pretend_blobs import PretendBlobs, away, problem

KIB = 1 << 10


@pytest.fixture
def centre() -> PretendBlobs:
    return PretendBlobs()


@pytest.fixture
def office(tmp_path, centre):
    office = cut_office(tmp_path)
    office.parts = replace(office.parts, blob_centre=centre)
    yield office
    office.parts.vault.close()


@pytest.fixture
def uploader(office, monkeypatch):
    """Pieces of 256 KiB that do not grow: a test counts them."""
    monkeypatch.setattr(uploading, "QUICK", -1.0)
    one = Uploader(office)
    one.pace = Pace(256 * KIB)
    return one


def put(office, size: int = 600 * KIB, seed: int = 1, case: str = "c-1") -> str:
    data = random.Random(seed).randbytes(size)
    kept = office.parts.vault.blobs.keep(data)
    with office.parts.vault.unit(office.hall) as work:
        work.name_blob(kept, case, office.parts.clock.now())
    return kept.digest


def row(office, digest: str):
    return office.parts.vault.blobs.standings([digest])[digest]


def due_now(office) -> None:
    """What waits for its hour is due: tests do not sleep."""
    with office.parts.vault._gate.begin() as connection:
        connection.exec_driver_sql("UPDATE blobs SET next_at = 0")


def turn(office, uploader: Uploader, steps: int = 60) -> None:
    for _ in range(steps):
        due_now(office)
        uploader.step()
        if not office.parts.vault.blobs.due(1e12, 1):
            return


def whole(office, centre: PretendBlobs, digest: str) -> None:
    assert (row(office, digest).state, hashlib.sha256(centre.whole[digest]).hexdigest()) == ("there", digest)


def test_a_blob_goes_piece_by_piece(office, uploader, centre):
    digest = put(office)
    changed = []
    office.bell.subscribe(changed.append)
    assert [uploader.step() for _ in range(2)] == [0.0, 0.0]
    assert (row(office, digest).sent, row(office, digest).url) == (512 * KIB, "/v1/uploads/1")
    assert uploader.step() == 0.0
    whole(office, centre, digest)
    assert centre.said == ["size", "begin", "send 0", "send 262144", "send 524288", "size"]
    assert changed
    assert set(changed) == {RowsChanged((f"blob:{digest}",))}
    assert uploader.step() == uploading.IDLE
    assert centre.said[6:] == []


def test_what_the_centre_has_is_not_sent(office, uploader, centre):
    digest = put(office)
    centre.whole[digest] = office.parts.vault.blobs.open(digest)
    uploader.step()
    whole(office, centre, digest)
    assert centre.said == ["size"]


def test_commands_go_first(office, uploader, centre):
    digest = put(office)
    uploader.step()
    from tests.visits import take

    take(office)
    assert uploader.step() == uploading.GIVE_WAY
    assert centre.said == ["size", "begin", "send 0"], "not even between two pieces"
    with office.parts.vault._gate.begin() as connection:
        connection.exec_driver_sql("UPDATE verdicts SET state = 'applied', next_at = 1e15")
    turn(office, uploader)
    whole(office, centre, digest)


def test_without_anything_to_send_commands_are_not_asked_for(office, uploader, centre):
    assert uploader.step() == uploading.IDLE
    assert centre.said == []


CUTS = {"size": 0, "begin": 1, "first piece": 2, "second piece": 3, "last piece": 4, "proof": 5}


@pytest.mark.parametrize("place", CUTS.values(), ids=list(CUTS))
@pytest.mark.parametrize("fault", ["away", "busy", "place", "checksum", "gone", "expired", "other", "rate"])
def test_any_fault_at_any_call_costs_nothing(office, uploader, centre, place, fault):
    faults = {
        "away": away,
        "busy": problem("upload-busy", 423, retry_after=1),
        "place": problem("offset-wrong", 409),
        "checksum": problem("checksum-wrong", 460),
        "gone": problem("upload-unknown", 404),
        "expired": problem("upload-expired", 410),
        "other": problem("unreadable-request", 400),
        "rate": problem("too-many-requests", 429, retry_after=3),
    }
    digest = put(office)
    centre.faults = [*[None] * place, faults[fault]]
    turn(office, uploader)
    whole(office, centre, digest)
    assert not centre.faults


def test_after_a_cut_it_goes_on_where_the_centre_says(office, uploader, centre):
    digest = put(office)
    uploader.step()
    url, (_, size, have) = next(iter(centre.parts.items()))
    arrived = office.parts.vault.blobs.piece(digest, 0, 300 * KIB)
    centre.faults = [away]
    assert uploader.step() > 0
    centre.parts[url] = (digest, size, arrived)  # the answer was lost, not the piece
    centre.said.clear()
    turn(office, uploader)
    whole(office, centre, digest)
    assert centre.said == ["offset", f"send {300 * KIB}", f"send {556 * KIB}", "size"]
    assert len(have) == 256 * KIB
    assert uploader.pace.size == 256 * KIB


def test_a_new_process_goes_on_too(office, uploader, centre):
    digest = put(office)
    uploader.step()
    centre.said.clear()
    other = Uploader(office)
    other.pace = Pace(256 * KIB)
    turn(office, other)
    whole(office, centre, digest)
    assert centre.said == ["offset", "send 262144", "send 524288", "size"]


def test_a_lost_last_answer_is_no_second_upload(office, uploader, centre):
    digest = put(office, 100 * KIB)
    centre.faults = [None, None, None, away]
    uploader.step()
    assert row(office, digest).state == "kept"
    turn(office, uploader)
    whole(office, centre, digest)
    assert centre.made == 1


def test_a_gone_upload_is_made_anew(office, uploader, centre):
    digest = put(office)
    uploader.step()
    centre.parts.clear()
    turn(office, uploader)
    whole(office, centre, digest)
    assert centre.made == 2


def test_eight_tries_and_a_person_must_look(office, uploader, centre):
    digest, other = put(office), put(office, seed=2)
    sentence = "附件的一段在路上坏了，中心没收，还在本机。"

    def refuse(url, offset, piece):
        centre.said.append("send")
        raise CentreProblem("checksum-wrong", sentence, 460)

    keep, centre.send = centre.send, refuse
    while row(office, digest).state == "kept":
        assert row(office, digest).attempts < uploading.TRIES
        with office.parts.vault._gate.begin() as connection:
            connection.exec_driver_sql("UPDATE blobs SET next_at = 0 WHERE digest = ?", (digest,))
            connection.exec_driver_sql("UPDATE blobs SET next_at = 1e11 WHERE digest = ?", (other,))
        uploader.step()
    said = row(office, digest).said
    assert row(office, digest).state == "stuck"
    assert said == "送了 8 次都没成，附件还在本机。按“再送”再试；还不行找管理员，报 checksum-wrong。"
    assert centre.said.count("send") == uploading.TRIES
    centre.send = keep
    turn(office, uploader)
    whole(office, centre, other)
    assert row(office, digest).state == "stuck", "it is not tried again by itself"
    office.parts.vault.blobs.settle(digest, "kept")
    turn(office, uploader)
    whole(office, centre, digest)


def test_progress_forgets_what_went_wrong_before(office, uploader, centre):
    digest = put(office)
    wrong = problem("checksum-wrong", 460)
    for _ in range(2):
        for _ in range(7):
            centre.faults = [None, wrong] if row(office, digest).url else [None, None, wrong]
            uploader._place = None
            due_now(office)
            uploader.step()
        assert row(office, digest).attempts == 7
        centre.faults = []
        due_now(office)
        uploader.step()
        assert row(office, digest).attempts == 0
    turn(office, uploader)
    whole(office, centre, digest)


@pytest.mark.parametrize("kind", ["blob-too-large", "digest-wrong"])
def test_what_cannot_be_better_is_not_tried_again(office, uploader, centre, kind):
    digest = put(office)
    centre.faults = [None, problem(kind, 413, "太大")]
    uploader.step()
    assert (row(office, digest).state, row(office, digest).said) == ("stuck", "太大")


def test_a_cut_line_is_nobody_s_fault(office, uploader, centre):
    digest = put(office)
    centre.faults = [away] * 40
    for _ in range(40):
        due_now(office)
        assert uploader.step() >= 0
    assert (row(office, digest).state, row(office, digest).attempts) == ("kept", 0)


def test_retry_after_is_the_floor(office, uploader, centre):
    put(office)
    centre.faults = [problem("too-many-requests", 429, retry_after=17)]
    assert uploader.step() >= 17


def test_one_that_cannot_pass_lets_others_by(office, uploader, centre):
    """A server that falls over one blob looks like a cut line: the next one's turn comes all the same."""
    first, second = put(office), put(office, seed=2)
    centre.faults = [away]
    uploader.step()
    with office.parts.vault._gate.begin() as connection:
        connection.exec_driver_sql("UPDATE blobs SET next_at = 1e11 WHERE next_at > 0")
    for _ in range(3):
        uploader.step()
    whole(office, centre, second)
    assert row(office, first).state == "kept"


def test_a_damaged_file_is_said_and_never_sent(office, uploader, centre, tmp_path):
    digest, good = put(office), put(office, seed=2)
    file = tmp_path / "blobs" / digest[:2] / digest
    file.write_bytes(file.read_bytes()[:-1])
    turn(office, uploader)
    assert row(office, digest).state == "stuck"
    assert "坏了" in row(office, digest).said
    assert digest not in centre.whole
    whole(office, centre, good)


def test_a_shorter_file_is_not_sent_as_a_part(office, uploader, centre):
    digest = put(office)
    with office.parts.vault._gate.begin() as connection:
        connection.exec_driver_sql("UPDATE blobs SET size = size + 1")
    turn(office, uploader)
    assert row(office, digest).state == "stuck"


def test_the_pace_follows_the_line():
    pace = Pace()
    for size in (2, 4, 8, 8):
        pace.took(pace.size, 0.1)
        assert pace.size == size << 20
    pace.took(100, 0.0)
    pace.took(pace.size, 2.0)
    assert pace.size == 8 << 20, "neither quick nor slow"
    for _ in range(9):
        pace.took(pace.size, 9.0)
    assert pace.size == 256 << 10
    pace.took(10, 0.0)
    assert pace.size == 256 << 10, "a short last piece says nothing"


def test_leftovers_are_swept_once_a_day(office, uploader, tmp_path):
    import os

    orphan = office.parts.vault.blobs.keep(b"nobody names it").digest
    file = tmp_path / "blobs" / orphan[:2] / orphan
    uploader.step()
    os.utime(file, (1, 1))
    uploader.step()
    assert file.exists(), "swept today already"
    Uploader(office).step()
    assert not file.exists()


def test_another_epoch_may_have_lost_it(office, uploader, centre):
    """The centre was restored: each is asked for again, and sent again if it is gone."""
    keep = office.parts.vault.keep
    keep.put_meta("epoch", "one")
    uploader.step()
    kept, lost = put(office), put(office, seed=2)
    turn(office, uploader)
    assert uploader.step() == uploading.IDLE
    del centre.whole[lost]
    centre.said.clear()
    keep.put_meta("epoch", "two")
    uploader.step()
    turn(office, uploader)
    assert uploader.step() == uploading.IDLE
    for digest in (kept, lost):
        whole(office, centre, digest)
    assert centre.said.count("begin") == 1
    centre.said.clear()
    assert uploader.step() == uploading.IDLE
    assert centre.said == []


def test_a_finished_page_goes_too(office, uploader, centre):
    page = b"%PDF-1.7 " + random.Random(3).randbytes(300 * KIB)
    digest = hashlib.sha256(page).hexdigest()
    with office.parts.vault.unit(office.hall) as work:
        now = office.parts.clock.now()
        work.keep_document(Document(digest=digest, case="c-1", sealed=True, made_at=now, content=page))
    turn(office, uploader)
    assert (row(office, digest).state, centre.whole[digest]) == ("there", page)

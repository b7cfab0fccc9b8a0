"""看一件的附件: whoever answers for a case reads it, each look is a record without a name, and nothing but the very file is shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.office.counter import case_papers
from clerk_app.office.line import fetching
from clerk_app.office.line.attaching import attach
from clerk_app.office.office import Office
from tests.desk import cut_office, sit
from tests.office.pretend_blobs import PretendBlobs, away, scanned_at_three
from tests.visits import done, receive, serve

HERE, ELSEWHERE = b"%PDF-1.7\n" + b"here " * 300, b"%PDF-1.7\n" + b"elsewhere " * 300
DIGEST = hashlib.sha256(ELSEWHERE).hexdigest()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def case(office: Office, tmp_path: Path) -> Case:
    """With one file scanned here and one that window 3 has scanned."""
    case = receive(office, serve(office))
    (tmp_path / "欧阳明月身份证.pdf").write_bytes(HERE)
    done(attach(office, case.id, tmp_path / "欧阳明月身份证.pdf"))
    scanned_at_three(office, case, "章程.pdf", "application/pdf", ELSEWHERE)
    return case


@pytest.fixture
def centre(office: Office, monkeypatch: pytest.MonkeyPatch) -> PretendBlobs:
    monkeypatch.setattr(fetching, "PIECE", 1000)
    centre = PretendBlobs(whole={DIGEST: ELSEWHERE})
    office.parts = replace(office.parts, blob_centre=centre)
    return centre


def look(office: Office, case: Case, attachment: str, *, noted: bool = False) -> tuple[bytes | Refusal, list[int]]:
    told: list[int] = []
    return case_papers.look(office, case.id, attachment, Event(), told.append, noted=noted), told


def looks(office: Office) -> list[str]:
    """Their envelopes, the newest first."""
    rows = {row.id for row in office.parts.vault.journal.rows((), 50) if row.kind == "look_at_attachment"}
    return [sent.envelope.decode() for sent in office.parts.vault.journal.due(9e15, 100, 1 << 20) if sent.id in rows]


def refused(found: tuple[bytes | Refusal, list[int]]) -> str:
    assert isinstance(found[0], Refusal), "it was opened"
    assert found[0].sentence.endswith("。")
    assert "没有打开" in found[0].sentence
    return found[0].type


def test_what_lies_here_is_opened_and_the_look_recorded_without_its_name(office: Office, case: Case) -> None:
    (one, _) = case_papers.papers_of(office, case.id).papers
    assert look(office, case, one.id) == (HERE, []), "nothing is fetched"
    (envelope,) = looks(office)
    body = json.loads(envelope)["body"]
    assert (body["case"], body["attachment"], body["digest"]) == (case.id, one.id, one.digest)
    assert '"P203"' in envelope
    assert "欧阳" not in envelope
    assert "欧阳" not in json.dumps(body, ensure_ascii=False)
    assert look(office, case, one.id, noted=True)[0] == HERE
    assert len(looks(office)) == 1, "a page turned back is no second look"


def test_another_windows_scan_comes_piece_by_piece_and_is_not_kept(
    office: Office, case: Case, centre: PretendBlobs
) -> None:
    assert look(office, case, "a-3") == (ELSEWHERE, [0, 33, 66, 99])
    assert centre.said == ["piece 0", "piece 1000", "piece 2000", "piece 3000"]
    assert office.parts.vault.blobs.lying({DIGEST}) == frozenset()
    assert len(looks(office)) == 1


def test_what_cannot_be_had_says_why_and_is_no_look(office: Office, case: Case, centre: PretendBlobs) -> None:
    centre.faults = [None, away]
    cut = look(office, case, "a-3")
    assert (refused(cut), "线路断着" in cut[0].sentence) == ("line-cut", True)  # type: ignore[union-attr]
    del centre.whole[DIGEST]
    assert refused(look(office, case, "a-3")) == "blob-unknown"
    assert refused(look(office, case, "unknown")) == "attachment-unknown"
    other = replace(case, id="another")
    assert refused(look(office, other, "a-3")) == "attachment-unknown", "a file is read in its own case"
    assert looks(office) == []


def test_other_bytes_than_were_registered_are_not_shown(office: Office, case: Case, centre: PretendBlobs) -> None:
    for other in (ELSEWHERE[:-1] + b"!", ELSEWHERE[:1500], ELSEWHERE[:1000], b"another file"):
        centre.whole[DIGEST] = other
        assert refused(look(office, case, "a-3")) == "attachment-other-bytes"
    assert looks(office) == []


def test_who_put_it_back_meanwhile_has_not_seen_it(office: Office, case: Case, centre: PretendBlobs) -> None:
    stop = Event()

    def told(percent: int) -> None:
        if percent:
            stop.set()

    found = case_papers.look(office, case.id, "a-3", stop, told)
    assert refused((found, [])) == "fetch-stopped"
    assert centre.said == ["piece 0", "piece 1000"], "what was asked for came, and no more"
    assert looks(office) == []


def test_who_may_see_a_masked_number_may_see_the_papers(office: Office, case: Case) -> None:
    (one, _) = case_papers.papers_of(office, case.id).papers
    for person, may in (("P201", True), ("P108", True), ("P111", False)):
        sit(office, person)
        before = len(looks(office))
        assert (case_papers.papers_of(office, case.id).refusal is None) == may
        opened = look(office, case, one.id)
        assert opened[0] == HERE if may else refused(opened) == "role-missing"
        assert len(looks(office)) - before == may
    office.session = None
    assert refused(look(office, case, one.id)) == "signed-out"

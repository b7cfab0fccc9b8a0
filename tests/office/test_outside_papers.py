"""网上来的原件 at a window: opened once it is here, each look recorded; a case's own with nothing sent; a cut line takes nothing away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from clerk_app.cases.attachments import OUTSIDE
from clerk_app.cases.model import Applicant
from clerk_app.command import Refusal
from clerk_app.office.counter import inbox, intake, outside_papers, visit
from clerk_app.office.line.attaching import attachments_of
from clerk_app.office.line.uploading import Uploader
from clerk_app.office.office import Office
from tests.cases.inbox.messages import ITEM, PAPERS, application, digest_of, papers, precheck, scan, whole
from tests.desk import cut_office
from tests.office.pretend_blobs import PretendBlobs, away
from tests.ui.inbox.came import come
from tests.visits import done, serve

FORM, CHARTER = (digest_of(scan(name)) for name in PAPERS)


@pytest.fixture
def centre() -> PretendBlobs:
    return PretendBlobs(whole={digest_of(scan(name)): scan(name) for name in PAPERS})


@pytest.fixture
def office(tmp_path: Path, centre: PretendBlobs):
    office = cut_office(tmp_path)
    office.parts = replace(office.parts, blob_centre=centre)
    yield office
    office.parts.vault.close()


def look(office: Office, key: str, digest: str) -> None:
    content = outside_papers.look(office, key, digest)
    assert isinstance(content, bytes)
    assert outside_papers.keep(office, content) is None


def kinds(office: Office, most: int = 3) -> list[str]:
    return [row.kind for row in office.parts.vault.journal.rows((), most)]


def refused(outcome: object) -> str:
    assert isinstance(outcome, Refusal), outcome
    assert outcome.sentence.endswith("。")
    return outcome.type


def test_opened_it_is_recorded_and_stays_when_the_line_is_cut(office, centre):
    (key,) = come(office, application(), files=True)
    look(office, key, FORM)
    assert kinds(office, 1) == ["look_at_inbox_paper"]
    centre.faults = [away, away]
    assert outside_papers.look(office, key, FORM, noted=True) == scan(PAPERS[0])
    assert refused(outside_papers.look(office, key, CHARTER)) == "line-cut"
    assert kinds(office).count("look_at_inbox_paper") == 1, "what was not seen is no look"


def test_only_the_window_whose_it_is_may_look(office):
    (key,) = come(office, application(), files=True)
    with office.parts.vault.unit(office.hall) as work:
        row = work.books.inbox_item(key)
        work.books.put_inbox_item(replace(row, state="taken", window=3, by="P204"))
    assert refused(outside_papers.look(office, key, FORM)) == "inbox-taken"
    (other,) = come(office, application("WS02"), files=True)
    with office.parts.vault.unit(office.hall) as work:
        elsewhere = next(one for one in office.hall.items.values() if office.window not in one.windows)
        work.books.put_inbox_item(replace(work.books.inbox_item(other), item=elsewhere.code))
    assert refused(outside_papers.look(office, other, FORM)) == "item-elsewhere"
    assert "look_at_inbox_paper" not in kinds(office)


def test_what_is_not_here_or_is_another_file_is_not_opened(office, centre):
    (key, other) = come(office, application()) + come(office, application("WS02"), files=True)
    assert refused(outside_papers.look(office, key, FORM)) == "paper-awaited"
    assert refused(outside_papers.look(office, key, "ab" * 32)) == "inbox-unknown"
    centre.whole[FORM] = b"%PDF-1.4 another"
    assert refused(outside_papers.look(office, other, FORM)) == "paper-other-bytes"
    del centre.whole[FORM]
    assert refused(outside_papers.look(office, other, FORM)) == "paper-gone"
    assert "look_at_inbox_paper" not in kinds(office)


def test_taken_in_with_nobody_here_only_when_all_was_looked_at(office, centre):
    names = tuple(m.name for m in office.hall.items[ITEM].materials)
    centre.whole |= {digest_of(scan(name)): scan(name) for name in names}
    (key, later) = come(office, whole(names), files=True) + come(office, whole(names, "WS02"))
    assert refused(inbox.receive(office, later)) == "inbox-awaited"
    assert refused(inbox.receive(office, key)) == "inbox-unopened"
    for name in names:
        look(office, key, digest_of(scan(name)))
    done(inbox.receive(office, key))
    case = office.read(lambda books: books.case(books.inbox_item(key).case))
    assert {m.name for m in case.materials if m.brought_as == "electronic"} == set(names)
    attached = attachments_of(office, case.id)
    assert {(one.attachment.digest, one.attachment.by) for one in attached} == {
        (digest_of(scan(name)), OUTSIDE) for name in names
    }
    centre.said.clear()
    uploader = Uploader(office)
    while uploader.step() == 0.0:
        if not office.parts.vault.blobs.due(9e9, 1):
            break
    assert set(centre.said) <= {"size"}, "nothing is sent twice"


def test_on_a_ticket_what_was_opened_is_ticked_and_the_rest_is_refused_with_a_sentence(office):
    form, charter = papers(*PAPERS)
    (key,) = come(office, application(materials=[form]), files=True)
    ticket = serve(office)
    look(office, key, FORM)
    done(inbox.receive(office, key, ticket.id))
    case = office.read(lambda books: books.case_of_ticket(ticket.id))
    assert inbox.came_with(office, case) == PAPERS[:1]
    with office.parts.vault.unit(office.hall) as work:  # one more is named, and its bytes are on the way
        row = work.books.inbox_item(key)
        late = replace(row.materials[0], name=PAPERS[1], file=charter["file"], sha256=CHARTER, size=0)
        work.books.put_inbox_item(replace(row, materials=(*row.materials, late)))
    who, how = Applicant(name="卢桂珍", id_number="429900199001011234"), dict.fromkeys(PAPERS, "electronic")
    brought = intake.Brought(papers=PAPERS, brought_as=how)
    receive = (office, ticket.id, ITEM, who)
    assert refused(intake.receive(*receive, brought, draft=case.id)) == "electronic-awaited"
    done(intake.receive(*receive, intake.Brought(papers=PAPERS[:1], brought_as=how), draft=case.id))
    assert [one.attachment.digest for one in attachments_of(office, case.id)] == [FORM]
    assert refused(visit.tick(office, case.id, PAPERS[1], True, "electronic")) == "electronic-awaited"
    with office.parts.vault.unit(office.hall) as work:
        row = work.books.inbox_item(key)
        came = replace(row.materials[1], size=len(scan(PAPERS[1])), media="application/pdf")
        work.books.put_inbox_item(replace(row, materials=(row.materials[0], came)))
    assert refused(visit.tick(office, case.id, PAPERS[1], True, "electronic")) == "paper-unopened"
    look(office, key, CHARTER)
    done(visit.tick(office, case.id, PAPERS[1], True, "electronic"))
    assert [one.attachment.digest for one in attachments_of(office, case.id)] == [FORM, CHARTER]


def test_of_a_pre_check_nothing_is_ticked_that_he_has_to_bring(office):
    (key,) = come(office, precheck(materials=[{**papers(PAPERS[0])[0], "result": "pass"}]), files=True)
    ticket = serve(office)
    look(office, key, FORM)
    done(inbox.receive(office, key, ticket.id))
    assert inbox.came_with(office, office.read(lambda books: books.case_of_ticket(ticket.id))) == ()


def test_what_was_looked_at_stays_while_it_waits_and_goes_when_it_is_over(office):
    (key,) = come(office, application(), opened=True)
    blobs = office.parts.vault.blobs
    assert blobs.sweep(9e9) == 0
    done(inbox.decline(office, key, "材料不齐", ("住所证明",)))
    assert blobs.sweep(9e9) == 2
    assert blobs.lying([FORM, CHARTER]) == frozenset()

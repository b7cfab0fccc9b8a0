"""A paper in doubt is answered by a person, once; its copy is marked, and a stop in between loses nothing."""

from __future__ import annotations

import pytest

from clerk_app.office.counter.papers import answer_paper, report_papers
from clerk_app.office.office import Done
from clerk_app.receipts.paper import Delivery
from tests.desk import cut_office
from tests.visits import accept, receive, serve


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def doubtful(office):
    accept(office, receive(office, serve(office)))
    spool = office.parts.vault.spool
    while (job := spool.take_next(office.parts.settings.printer)) is not None:
        spool.settle(job.id, Delivery("unknown", "说不清。"))
    return next(j for j in spool.jobs(9) if j.doc_type == "受理回执")


def receipts(office):
    return [(j.copy_no, j.state) for j in office.parts.vault.spool.jobs(9) if j.doc_type == "受理回执"]


def outcome_of(office, job):
    return office.read(lambda books: books.paper(job.id)).outcome


def test_it_came_out(office, doubtful):
    assert isinstance(answer_paper(office, doubtful.id, "out"), Done)
    assert receipts(office) == [(1, "done")]
    assert outcome_of(office, doubtful) == "done"
    assert answer_paper(office, doubtful.id, "lost").type == "paper-settled"


@pytest.mark.parametrize("answer", ["lost", "half"])
def test_it_did_not_and_one_marked_copy_follows(office, doubtful, answer):
    assert isinstance(answer_paper(office, doubtful.id, answer), Done)
    assert receipts(office) == [(2, "queued"), (1, answer)]
    assert office.parts.maker.made[-1].copy_no == 2
    assert office.parts.maker.made[-1].blocks == office.parts.maker.made[-2].blocks
    assert outcome_of(office, doubtful) == answer


def test_a_stop_between_copy_and_answer_asks_again_and_makes_no_second_copy(office, doubtful, monkeypatch):
    with monkeypatch.context() as patch:

        def stopped(*_):
            raise KeyboardInterrupt

        patch.setattr(office.parts.vault.spool, "answer", stopped)
        with pytest.raises(KeyboardInterrupt):
            answer_paper(office, doubtful.id, "lost")
    assert receipts(office) == [(2, "queued"), (1, "unknown")]
    assert isinstance(answer_paper(office, doubtful.id, "lost"), Done)
    assert receipts(office) == [(2, "queued"), (1, "lost")]


def test_what_became_of_papers_is_recorded_once(office, doubtful):
    assert report_papers(office) == 2
    assert report_papers(office) == 0
    assert outcome_of(office, doubtful) == "unknown"

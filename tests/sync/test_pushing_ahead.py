"""The next batch is on its way while the last answer is written down: in order, one at a time, and only after plain answers."""

from __future__ import annotations

import threading

import pytest

from clerk_app.office import visit
from clerk_app.ports import CentreAway, Verdict
from clerk_app.sync import pushing
from clerk_app.sync.rounds import push
from tests.desk import CutCentre, cut_office
from tests.sync.scripted import ScriptedCentre, applied, sent_ids
from tests.visits import done, take, whole_visit


@pytest.fixture
def office(tmp_path, monkeypatch):
    monkeypatch.setattr(pushing, "BATCH", 2)
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def vault(office):
    return office.parts.vault


def order(vault) -> list[str]:
    return [row.id for row in reversed(vault.journal.rows((), 100))]


def batches(centre: ScriptedCentre) -> list[list[str]]:
    return [sent_ids(batch) for batch in centre.asked["push"]]


def run(vault, centre) -> int:
    return push(vault, centre, 1.0).count


def test_batch_follows_batch_in_journal_order_one_at_a_time(office, vault):
    for _ in range(3):
        whole_visit(office)
    inside = threading.Semaphore(1)

    def alone(batch):
        assert inside.acquire(blocking=False), "two requests at once"
        try:
            return applied(batch)
        finally:
            inside.release()

    centre = ScriptedCentre(pushes=[alone] * 20)
    assert run(vault, centre) == 18
    assert [len(ids) for ids in batches(centre)] == [2] * 9
    assert [key for ids in batches(centre) for key in ids] == order(vault)
    assert vault.journal.tally() == {"applied": 18}


def test_the_next_request_does_not_wait_for_the_last_answer_to_be_written(office, vault, monkeypatch):
    """The centre answers the second batch only after the first one's verdicts are in the file, and the other way round:
    the verdicts of the first are written only once the second request is there. Neither could be, one after the other.
    """
    whole_visit(office)
    first, second = order(vault)[:2], order(vault)[2:4]
    second_sent, first_written = threading.Event(), threading.Event()
    settle = vault.journal.settle

    def watched(verdicts, now):
        if [v.id for v in verdicts] == first:
            assert second_sent.wait(20)
        touched = settle(verdicts, now)
        if [v.id for v in verdicts] == first:
            first_written.set()
        return touched

    def answering(batch):
        if sent_ids(batch) == second:
            second_sent.set()
            assert first_written.wait(20)
        return applied(batch)

    monkeypatch.setattr(vault.journal, "settle", watched)
    assert run(vault, ScriptedCentre(pushes=[answering] * 5)) == 6


def test_after_a_refusal_what_rests_on_it_goes_marked_though_it_was_read_ahead(office, vault):
    ticket = take(office)
    take(office)
    done(visit.call(office, ticket.id))
    done(visit.arrive(office, ticket.id))
    first, second, call, arrive = order(vault)

    def refuse_the_first(batch):
        return tuple(
            Verdict(id=s.id, state="refused", type="number-used", sentence="号用过了") if s.id == first
            else Verdict(id=s.id, state="set_aside" if s.aside else "applied")
            for s in batch
        )  # fmt: skip

    centre = ScriptedCentre(pushes=[refuse_the_first] * 5)
    assert run(vault, centre) == 4
    assert [(s.id, s.aside) for batch in centre.asked["push"] for s in batch] == [
        (first, False), (second, False), (call, True), (arrive, True),
    ]  # fmt: skip
    assert [row.state for row in reversed(vault.journal.rows((), 9))] == [
        "refused",
        "applied",
        "set_aside",
        "set_aside",
    ]


def test_a_line_cut_at_the_second_batch_keeps_the_answers_of_the_first(office, vault):
    whole_visit(office)
    centre = ScriptedCentre(pushes=[applied])
    with pytest.raises(CentreAway):
        push(vault, centre, 1.0)
    assert vault.journal.tally() == {"applied": 2, "pending": 4}
    assert batches(centre) == [order(vault)[:2], order(vault)[2:4]]


def test_an_answer_to_another_question_at_the_second_batch_changes_nothing_of_it(office, vault):
    whole_visit(office)
    ids = order(vault)

    def always_the_first(batch):
        return tuple(Verdict(id=key, state="applied") for key in ids[:2])

    with pytest.raises(CentreAway):
        push(vault, ScriptedCentre(pushes=[always_the_first] * 5), 1.0)
    assert [row.state for row in reversed(vault.journal.rows((), 9))] == ["applied"] * 2 + ["pending"] * 4


def test_what_is_done_while_a_batch_is_on_its_way_goes_in_the_same_run(office, vault):
    take(office)

    class Meanwhile(CutCentre):
        def push(self, batch):
            if len(order(vault)) == 1:
                take(office)
            return applied(batch)

    assert run(vault, Meanwhile()) == 2
    assert vault.journal.tally() == {"applied": 2}

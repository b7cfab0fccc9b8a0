"""The next batch is on its way while the last answer is written down, beside the one before it where they share nothing."""

from __future__ import annotations

import threading

import pytest

from clerk_app.office.counter import visit
from clerk_app.ports import CentreAway, Sent, Verdict
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


class Crowded(CutCentre):
    """Answers each batch (but for the very first, with others there); says which met, and in which order they came."""

    def __init__(self, together: int = 1) -> None:
        self.came: list[list[str]] = []
        self.met: list[tuple[tuple[Sent, ...], tuple[Sent, ...]]] = []
        self._inside: list[tuple[Sent, ...]] = []
        self._lock, self._together = threading.Lock(), threading.Barrier(together)

    def push(self, batch):
        with self._lock:
            self.came.append(sent_ids(batch))
            self.met += [(other, tuple(batch)) for other in self._inside]
            self._inside.append(tuple(batch))
        if batch[0].seq > 1:
            self._together.wait(20)
        with self._lock:
            self._inside.remove(tuple(batch))
        return applied(batch)


def test_batch_follows_batch_in_journal_order_and_what_shares_a_subject_never_meets(office, vault):
    for _ in range(3):
        whole_visit(office)
    centre = Crowded()
    assert run(vault, centre) == 18
    assert sorted(centre.came) == sorted(order(vault)[n : n + 2] for n in range(0, 18, 2))
    for one, other in centre.met:
        assert not {s for sent in one for s in sent.subjects} & {s for sent in other for s in sent.subjects}
    assert vault.journal.tally() == {"applied": 18}


def test_two_that_share_nothing_are_at_the_centre_together(office, vault):
    """Each answer waits for the other batch to be there: one after the other, there would be none."""
    for _ in range(6):
        take(office)
    centre = Crowded(together=2)
    assert run(vault, centre) == 6
    assert vault.journal.tally() == {"applied": 6}
    assert centre.came[0] == order(vault)[:2], "the first of all goes alone"
    assert len(centre.met) == 1


def early(batch, word):
    return tuple(Verdict(id=sent.id, state="held", type=word) for sent in batch)


class Chained(CutCentre):
    """Takes what continues the journal; the second batch is slow, so that the third comes in before it.

    `word`: what that one is told, when it came too early to be taken in or too early to be judged.
    """

    def __init__(self, word="chain-gap"):
        self.seq, self.gaps, self.word = 0, 0, word
        self._lock, self._overtaken = threading.Lock(), threading.Event()

    def push(self, batch):
        if batch[0].seq == 3:
            assert self._overtaken.wait(20)
        with self._lock:
            taken = batch[0].seq == self.seq + 1
            self.seq, self.gaps = (batch[-1].seq, self.gaps) if taken else (self.seq, self.gaps + 1)
        if batch[0].seq > 3:
            self._overtaken.set()
        return applied(batch) if taken else early(batch, self.word)


@pytest.mark.parametrize("word", ["chain-gap", "earlier-undecided"])
def test_one_that_overtook_the_other_is_sent_again_behind_it(office, vault, word):
    for _ in range(16):
        take(office)
    centre = Chained(word)
    pushed = push(vault, centre, 1.0)
    assert (pushed.count, pushed.doubt) == (16, False)
    assert (centre.seq, vault.journal.tally()) == (16, {"applied": 16})
    assert 1 <= centre.gaps <= pushing.WINDOW, "and then some go one after the other"


@pytest.mark.parametrize("fault", ["refused", "cut"])
def test_what_was_beside_one_that_ended_badly_counts_all_the_same(office, vault, fault):
    for _ in range(6):
        take(office)
    ids = order(vault)
    second_answered = threading.Event()

    class Trouble(CutCentre):
        def push(self, batch):
            if sent_ids(batch) == ids[:2]:
                return applied(batch)
            if sent_ids(batch) == ids[4:]:
                second_answered.set()
                return applied(batch)
            assert second_answered.wait(20)
            if fault == "cut":
                raise CentreAway("cut")
            return tuple(Verdict(id=sent.id, state="refused", type="x", sentence="没收") for sent in batch)

    if fault == "cut":
        with pytest.raises(CentreAway):
            push(vault, Trouble(), 1.0)
    else:
        assert run(vault, Trouble()) == 6
    states = [row.state for row in reversed(vault.journal.rows((), 9))]
    assert states == ["applied"] * 2 + ["pending" if fault == "cut" else "refused"] * 2 + ["applied"] * 2


def test_one_that_waited_too_long_behind_others_is_asked_again_alone_and_bears_no_blame(office, vault):
    for _ in range(6):
        take(office)
    last, asked = order(vault)[4:], []
    given_up = threading.Event()

    class Slow(CutCentre):
        def push(self, batch):
            if sent_ids(batch) == last:
                asked.append([sent.tries for sent in batch])
                if len(asked) == 1:
                    given_up.set()
                    raise CentreAway("ReadTimeout", reached=True)
            elif batch[0].seq > 1:
                assert given_up.wait(20)
            return applied(batch)

    assert run(vault, Slow()) == 6
    assert asked == [[0, 0], [0, 0]]
    assert vault.journal.tally() == {"applied": 6}


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

"""One round: push before pull, halved when too large, and whatever is not the centre's own answer changes nothing."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.ports import CentreAway, CentreProblem, Change, ChangePage, Verdict
from clerk_app.store.rows import to_json
from clerk_app.sync import rounds
from clerk_app.sync.rounds import Backoff, one_round, pull, push
from tests.desk import cut_office
from tests.sync.scripted import ScriptedCentre, applied, nothing_new, sent_ids
from tests.visits import take, whole_visit

TOO_LARGE = CentreProblem("too-large", "一次送得太多，中心没收，都还在本机。", 413)


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def vault(office):
    return office.parts.vault


def all_sent(centre: ScriptedCentre) -> list[list[str]]:
    return [sent_ids(batch) for batch in centre.asked["push"]]


def order(vault) -> list[str]:
    return [row.id for row in reversed(vault.journal.rows((), 100))]


def test_everything_goes_in_journal_order_then_the_changes_come(office, vault):
    whole_visit(office)
    centre = ScriptedCentre(pushes=[applied], pages=[nothing_new])
    report = one_round(vault, centre, 1.0)
    assert (report.connected, report.pushed, report.pulled, report.said) == (True, 6, 0, "")
    assert all_sent(centre) == [order(vault)]
    assert vault.journal.tally() == {"applied": 6}
    assert one_round(vault, ScriptedCentre(pages=[nothing_new]), 1.0).pushed == 0


@pytest.mark.parametrize("cut", [CentreAway("cut"), CentreAway("HTTP 502")])
def test_a_cut_line_keeps_everything_as_it_was(office, vault, cut):
    whole_visit(office)
    before = vault.journal.rows((), 10)
    report = one_round(vault, ScriptedCentre(pushes=[cut]), 1.0)
    assert report == rounds.RoundReport(connected=False)
    assert vault.journal.rows((), 10) == before
    assert len(vault.journal.due(1.0, 100, 1 << 20)) == 6, "ready to go at once when the line is back"


def test_a_line_cut_after_the_answer_was_lost_is_made_good_by_duplicates(office, vault):
    whole_visit(office)
    one_round(vault, ScriptedCentre(pushes=[CentreAway("answer lost")]), 1.0)
    again = ScriptedCentre(
        pushes=[lambda batch: tuple(Verdict(id=key, state="duplicate") for key in sent_ids(batch))], pages=[nothing_new]
    )
    assert one_round(vault, again, 2.0).pushed == 6
    assert vault.journal.tally() == {"applied": 6}


def test_a_batch_too_large_is_halved_until_it_fits(office, vault):
    whole_visit(office)

    def at_most_two(batch):
        if len(batch) > 2:
            raise TOO_LARGE
        return applied(batch)

    centre = ScriptedCentre(pushes=[at_most_two] * 10)
    assert push(vault, centre, 1.0)[0] == 6
    assert [len(ids) for ids in all_sent(centre)] == [6, 3, 1, 1, 1, 1, 1, 1]
    assert [key for ids in all_sent(centre)[2:] for key in ids] == order(vault)


def test_a_single_one_too_large_waits_and_is_said(office, vault):
    take(office)
    report = one_round(vault, ScriptedCentre(pushes=[TOO_LARGE]), 10.0)
    assert (report.connected, report.said) == (True, TOO_LARGE.sentence)
    assert vault.journal.due(69.0, 10, 1 << 20) == ()
    assert len(vault.journal.due(70.0, 10, 1 << 20)) == 1
    assert vault.journal.rows((), 1)[0].sentence == TOO_LARGE.sentence


def test_a_problem_is_said_and_tried_again_later(office, vault):
    whole_visit(office)
    problem = CentreProblem("device-unknown", "中心不认这台电脑，什么都没动，本机的都留着。", 401)
    assert one_round(vault, ScriptedCentre(pushes=[problem]), 1.0).said == problem.sentence
    assert vault.journal.tally() == {"pending": 6}
    assert vault.journal.due(60.0, 10, 1 << 20) == ()


def foreign(**changes):
    def answer(batch):
        good = list(applied(batch))
        match changes:
            case {"missing": True}:
                return tuple(good[1:])
            case {"extra": key}:
                return (*good, Verdict(id=key, state="applied"))
            case {"twice": True}:
                return (*good, Verdict(id=good[0].id, state="refused"))
            case {"state": word}:
                return (Verdict(id=good[0].id, state=word), *good[1:])
        return ()

    return answer


@pytest.mark.parametrize(
    "changes",
    [{"missing": True}, {"extra": "another"}, {"twice": True}, {"state": "fine"}, {"state": ""}, {}],
    ids=["missing", "extra", "twice", "unknown-word", "empty-word", "nothing"],
)
def test_an_answer_that_does_not_fit_the_question_changes_nothing(office, vault, changes):
    whole_visit(office)
    before = vault.journal.rows((), 10)
    report = one_round(vault, ScriptedCentre(pushes=[foreign(**changes)], pages=[nothing_new]), 1.0)
    assert not report.connected
    assert vault.journal.rows((), 10) == before


def test_held_ones_are_asked_again_after_a_rest(office, vault):
    take(office)
    take(office)

    def first_held(batch):
        return tuple(Verdict(id=key, state="held", type="earlier-undecided") for key in sent_ids(batch))

    centre = ScriptedCentre(pushes=[first_held, applied], pages=[nothing_new, nothing_new])
    assert one_round(vault, centre, 100.0).connected
    assert len(centre.asked["push"]) == 1
    assert one_round(vault, centre, 101.0).pushed == 0
    one_round(vault, centre, 105.0)
    assert vault.journal.tally() == {"applied": 2}


def test_a_refusal_in_the_middle_stops_its_own_subjects_only(office, vault):
    one = take(office)
    from clerk_app.office import visit

    visit.call(office, one.id)
    take(office)
    ids = order(vault)

    def refuse_first(batch):
        return tuple(
            Verdict(id=key, state="refused", type="number-taken", sentence="号已用过") if key == ids[0]
            else Verdict(id=key, state="set_aside") if key == ids[1]
            else Verdict(id=key, state="applied")
            for key in sent_ids(batch)
        )  # fmt: skip

    report = one_round(vault, ScriptedCentre(pushes=[refuse_first], pages=[nothing_new]), 1.0)
    assert report.pushed == 3
    assert [row.state for row in reversed(vault.journal.rows((), 9))] == ["refused", "set_aside", "applied"]


def page_of(ticket, number: int, *, more: bool) -> ChangePage:
    row = {**to_json(ticket), "id": f"t-{number}", "number": f"B{number:03d}", "letter": "B"}
    return ChangePage(
        changes=(Change(seq=number, subject=f"ticket:t-{number}", row=row),), cursor=f"c{number}", more=more
    )


def test_pages_follow_until_there_is_no_more(office, vault):
    ticket = take(office)
    centre = ScriptedCentre(pages=[lambda _, n=n: page_of(ticket, n, more=n < 3) for n in (1, 2, 3)])
    assert pull(vault, centre)[0] == 3
    assert centre.asked["changes"] == ["", "c1", "c2"]
    assert vault.keep.meta("cursor") == "c3"


def test_a_line_cut_between_pages_goes_on_from_the_last_whole_one(office, vault):
    ticket = take(office)
    one_round(vault, ScriptedCentre(pushes=[applied], pages=[lambda _: page_of(ticket, 1, more=True)]), 1.0)
    assert vault.keep.meta("cursor") == "c1"
    later = ScriptedCentre(pages=[lambda _: page_of(ticket, 2, more=False)])
    assert one_round(vault, later, 1.0).pulled == 1
    assert later.asked["changes"] == ["c1"]


def test_a_cursor_the_centre_no_longer_knows_begins_again(office, vault):
    ticket = take(office)
    gone = CentreProblem("cursor-gone", "中心的变更记录已换了一本。", 410)
    vault.keep.put_meta("cursor", "old")
    centre = ScriptedCentre(pages=[gone, lambda _: page_of(ticket, 1, more=False)])
    assert pull(vault, centre)[0] == 1
    assert centre.asked["changes"] == ["old", ""]
    assert vault.keep.meta("cursor") == "c1"
    with pytest.raises(CentreProblem):
        pull(vault, ScriptedCentre(pages=[gone, gone]))


@given(st.floats(0.1, 5), st.floats(1, 120), st.integers(0, 2000), st.integers())
def test_waits_stay_between_nothing_and_the_cap(base, cap, failures, seed):
    backoff = Backoff(base=base, cap=cap, tries=failures, rng=random.Random(seed))
    for _ in range(5):
        assert 0 <= backoff.next() <= cap
    backoff.reset()
    assert 0 <= backoff.next() <= min(cap, base * 2)


def test_waits_grow_and_differ_from_desk_to_desk():
    def waits(seed: int) -> list[float]:
        backoff = Backoff(rng=random.Random(seed))
        return [backoff.next() for _ in range(8)]

    many = [waits(seed) for seed in range(200)]
    means = [sum(column) / len(column) for column in zip(*many, strict=True)]
    assert means[0] < means[2] < means[4]
    assert len({json.dumps(w) for w in many}) == 200

"""One round: push before pull, halved when too large, and whatever is not the centre's own answer changes nothing."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.ports import CentreAway, CentreProblem, Change, ChangePage, SnapshotPage, Verdict
from clerk_app.store.rows import to_json
from clerk_app.sync import rounds
from clerk_app.sync.rounds import Backoff, one_round, pull, push
from tests.desk import cut_office
from tests.sync.scripted import ScriptedCentre, applied, nothing_new, sent_ids
from tests.visits import take, whole_visit

REUSED = CentreProblem("id-reused", "同一个命令号送来了两种内容，中心没收这一批。", 422)
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
    assert push(vault, centre, 1.0).count == 6
    assert [len(ids) for ids in all_sent(centre)] == [6, 3, 1, 1, 1, 1, 1, 1]
    assert [key for ids in all_sent(centre)[2:] for key in ids] == order(vault)


def bare_ids(centre: ScriptedCentre) -> list[str]:
    return [sent.id for batch in centre.asked["push"] for sent in batch if sent.bare]


@pytest.mark.parametrize("problem", [TOO_LARGE, CentreProblem("unreadable-request", "中心读不懂这个请求。", 400)])
def test_a_single_one_the_centre_cannot_take_is_put_away_and_the_others_land(office, vault, problem):
    take(office)
    poison, other = take(office), take(office)
    one, two, three = order(vault)

    def not_the_second(batch):
        if any(sent.id == two and not sent.bare for sent in batch):
            raise problem
        return tuple(
            Verdict(id=s.id, state="quarantined" if s.bare else "applied", type="given-up" if s.bare else "")
            for s in batch
        )

    centre = ScriptedCentre(pushes=[not_the_second] * 20, pages=[nothing_new])
    report = one_round(vault, centre, 10.0)
    assert (report.connected, report.said) == (True, "")
    assert [row.state for row in reversed(vault.journal.rows((), 9))] == ["applied", "quarantined", "applied"]
    assert bare_ids(centre) == [two], "its frame went, so that the chain there has no gap"
    assert vault.journal.due(1e15, 10, 1 << 20) == ()
    del poison, other, one, three


def test_one_that_cannot_even_be_named_to_the_centre_stops_nobody_here(office, vault):
    take(office)
    take(office)
    first, second = order(vault)

    def never_the_first(batch):
        if any(sent.id == first for sent in batch):
            raise REUSED
        return applied(batch)

    centre = ScriptedCentre(pushes=[never_the_first] * 20, pages=[nothing_new])
    one_round(vault, centre, 10.0)
    rows = {row.id: row for row in vault.journal.rows((), 9)}
    assert (rows[first].state, rows[first].type, rows[first].sentence) == (
        "quarantined",
        "id-reused",
        REUSED.sentence,
    )
    assert rows[second].state == "applied"


def test_a_line_on_which_even_a_bare_frame_is_too_large_puts_nothing_away(office, vault):
    """A box between that turns everything away for a while says nothing about any command."""
    take(office)
    take(office)

    def never(batch):
        raise TOO_LARGE

    centre = ScriptedCentre(pushes=[never] * 20, pages=[nothing_new])
    report = one_round(vault, centre, 10.0)
    assert (report.connected, report.said) == (True, TOO_LARGE.sentence)
    assert {row.state for row in vault.journal.rows((), 9)} == {"pending"}


@pytest.mark.parametrize(
    ("status", "kind", "paused"),
    [
        (401, "device-unknown", True),
        (401, "token-of-tomorrow", True),
        (403, "device-revoked", True),
        (429, "too-many-requests", False),
    ],
)
def test_a_problem_that_is_not_of_the_commands_pauses_and_keeps_everything(office, vault, status, kind, paused):
    whole_visit(office)
    problem = CentreProblem(kind, "中心现在不收，什么都没动，本机的都留着。", status, 7.0)
    before = vault.journal.rows((), 10)
    report = one_round(vault, ScriptedCentre(pushes=[problem]), 1.0)
    assert (report.connected, report.said, report.paused, report.retry_after) == (True, problem.sentence, paused, 7.0)
    assert vault.journal.rows((), 10) == before
    assert len(vault.journal.due(1.0, 10, 1 << 20)) == 6


def test_what_stays_without_an_answer_goes_in_smaller_and_smaller_batches(office, vault):
    whole_visit(office)
    silent = CentreAway("ReadTimeout", reached=True)
    centre = ScriptedCentre(pushes=[silent] * 7)
    for _ in range(6):
        assert not one_round(vault, centre, 1.0).connected
    sizes = [len(ids) for ids in all_sent(centre)]
    assert sizes == [6, 6, 6, 6, 6, 3], "100 halved and halved again"
    last = ScriptedCentre(pushes=[silent])
    one_round(vault, last, 1.0)
    assert [len(ids) for ids in all_sent(last)] == [1]


def test_a_single_one_that_never_gets_an_answer_is_put_away_at_the_eighth(office, vault):
    take(office)
    take(office)
    first, second = order(vault)

    def dies_of_the_first(batch):
        if any(sent.id == first and not sent.bare for sent in batch):
            raise CentreAway("HTTP 500", reached=True)
        return tuple(Verdict(id=s.id, state="quarantined" if s.bare else "applied") for s in batch)

    asked = 0
    while vault.journal.tally().get("pending") and asked < 30:
        asked += 1
        one_round(vault, ScriptedCentre(pushes=[dies_of_the_first] * 9, pages=[nothing_new]), 1.0)
    assert [row.state for row in reversed(vault.journal.rows((), 9))] == ["quarantined", "applied"]
    assert 8 <= asked <= 9, "no sooner"
    assert vault.journal.rows(("quarantined",), 1)[0].sentence.startswith("中心接了几次都没有答复")
    assert vault.journal.rows(("quarantined",), 1)[0].id == first
    assert second


def test_a_centre_that_answers_nothing_at_all_gets_nothing_given_up(office, vault):
    take(office)
    for _ in range(30):
        one_round(vault, ScriptedCentre(pushes=[CentreAway("HTTP 500", reached=True)] * 3), 1.0)
    assert vault.journal.tally() == {"pending": 1}


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
    from clerk_app.office.counter import visit

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


def snapshot_of(ticket, number: int, following: str) -> SnapshotPage:
    return SnapshotPage(changes=page_of(ticket, number, more=False).changes, cursor="fresh", next=following)


GONE = CentreProblem("cursor-gone", "中心的变更记录已换了一本。", 410)


def test_a_cursor_the_centre_no_longer_knows_asks_for_hello_and_then_a_snapshot(office, vault):
    ticket = take(office)
    vault.keep.put_meta("cursor", "old")
    report = one_round(vault, ScriptedCentre(pushes=[applied], pages=[GONE]), 1.0)
    assert (report.connected, report.doubt) == (True, True)
    centre = ScriptedCentre(
        snapshots=[lambda _: snapshot_of(ticket, 1, "p2"), lambda _: snapshot_of(ticket, 2, "")], pages=[nothing_new]
    )
    assert pull(vault, centre)[0] == 2
    assert centre.asked["snapshot"] == ["", "p2"]
    assert centre.asked["changes"] == ["fresh"]
    assert (vault.keep.meta("cursor"), vault.keep.meta("snapshot_page")) == ("fresh", "-")


def test_a_snapshot_goes_on_at_the_page_where_it_was_cut(office, vault):
    ticket = take(office)
    vault.keep.put_meta("snapshot_page", "")
    one_round(vault, ScriptedCentre(pushes=[applied], snapshots=[lambda _: snapshot_of(ticket, 1, "p2")]), 1.0)
    assert vault.keep.meta("snapshot_page") == "p2"
    assert vault.keep.meta("cursor") is None, "not before the last page"
    later = ScriptedCentre(snapshots=[GONE, lambda _: snapshot_of(ticket, 2, "")], pages=[nothing_new])
    assert one_round(vault, later, 1.0).pulled == 1
    assert later.asked["snapshot"] == ["p2", ""], "a page of another book: from the first page again"


def test_a_snapshot_leaves_what_is_undecided_alone_and_deletes_nothing(office, vault):
    ticket, other = take(office), take(office)
    vault.keep.put_meta("snapshot_page", "")
    theirs = {**to_json(ticket), "priority": "elderly"}
    page = SnapshotPage(
        changes=(Change(seq=9, subject=f"ticket:{ticket.id}", row=theirs, holder=""),), cursor="c", next=""
    )
    pull(vault, ScriptedCentre(snapshots=[lambda _: page], pages=[nothing_new]))
    assert office.read(lambda books: books.ticket(ticket.id)).priority == ""
    one_round(vault, ScriptedCentre(pushes=[applied], pages=[nothing_new]), 1.0)
    assert office.read(lambda books: books.ticket(ticket.id)).priority == "elderly"
    assert office.read(lambda books: books.holder(f"ticket:{ticket.id}")) is None, (
        "a snapshot says who holds nothing, too"
    )
    assert office.read(lambda books: books.ticket(other.id)) == other


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


def test_a_person_may_stop_the_sending_and_nothing_is_lost_by_it(office, vault):
    for _ in range(40):
        whole_visit(office)
    asked = iter([False, False, True])
    stopped = push(vault, ScriptedCentre(pushes=[applied, applied, applied]), 1.0, stop=lambda: next(asked, True))
    assert 0 < stopped.count < 240
    assert vault.journal.tally() == {"applied": stopped.count, "pending": 240 - stopped.count}
    assert push(vault, ScriptedCentre(pushes=[applied] * 4), 1.0).count == 240 - stopped.count

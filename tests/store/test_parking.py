"""Verdicts and pulls: undecided subjects are left alone, decided ones are replaced whole, facts never wait."""

from __future__ import annotations

import dataclasses
import json
from datetime import timedelta

import pytest

from clerk_app.office.counter import visit
from clerk_app.ports import Change, ChangePage, HoldGrant, SnapshotPage, Verdict
from clerk_app.queueing.model import Ticket
from clerk_app.receipts.usecases import RecordPaper
from clerk_app.store.rows import to_json
from tests.visits import done, now, receive, serve, take


def ids(vault) -> list[str]:
    """Command ids in journal order."""
    return [row.id for row in reversed(vault.journal.rows((), 100))]


def states(vault) -> list[str]:
    return [row.state for row in reversed(vault.journal.rows((), 100))]


def page(*changes: tuple[str, object, str | None], cursor: str = "c1") -> ChangePage:
    rows = tuple(
        Change(seq=n, subject=subject, row=to_json(value), holder=holder)
        for n, (subject, value, holder) in enumerate(changes, start=1)
    )
    return ChangePage(changes=rows, cursor=cursor, more=False)


def elsewhere(ticket: Ticket, **changes: object) -> Ticket:
    return dataclasses.replace(ticket, **changes)


def test_a_pull_leaves_a_waiting_subject_alone_until_its_last_verdict(office, vault):
    ticket = take(office)
    done(visit.call(office, ticket.id))
    subject = f"ticket:{ticket.id}"
    theirs = elsewhere(ticket, state="passed", window=3, clerk="P204")
    vault.journal.apply(page((subject, theirs, "device-b")))
    assert now(office, ticket).state == "called"
    first, second = ids(vault)
    vault.journal.settle([Verdict(id=first, state="applied")], 1.0)
    assert now(office, ticket).state == "called"
    assert vault.journal.settle([Verdict(id=second, state="duplicate")], 1.0) == (subject,)
    assert now(office, ticket) == theirs
    assert office.read(lambda books: books.holder(subject)) == "device-b"
    assert vault.keep.meta("cursor") == "c1"
    assert states(vault) == ["applied", "applied"]


def test_a_free_subject_is_replaced_at_once_and_unknown_ones_arrive(office, vault):
    ticket = take(office)
    vault.journal.settle([Verdict(id=i, state="applied") for i in ids(vault)], 1.0)
    stranger = elsewhere(ticket, id="t-2", number="A002", serial=2)
    touched = vault.journal.apply(
        page((f"ticket:{ticket.id}", elsewhere(ticket, priority="elderly"), None), ("ticket:t-2", stranger, "device-b"))
    )
    assert set(touched) == {f"ticket:{ticket.id}", "ticket:t-2"}
    assert now(office, ticket).priority == "elderly"
    assert now(office, stranger) == stranger
    # The hold we have is not lost to a change that names none.
    assert office.read(lambda books: books.holder(f"ticket:{ticket.id}")) == "device-under-test"


def test_the_newest_of_several_parked_rows_wins(office, vault):
    ticket = take(office)
    subject = f"ticket:{ticket.id}"
    vault.journal.apply(page((subject, elsewhere(ticket, priority="old"), None), cursor="1"))
    vault.journal.apply(
        page(
            (subject, elsewhere(ticket, priority="older"), None),
            (subject, elsewhere(ticket, priority="new"), None),
            cursor="2",
        )
    )
    vault.journal.settle([Verdict(id=ids(vault)[0], state="applied")], 1.0)
    assert now(office, ticket).priority == "new"


def test_a_ticket_ended_and_the_next_called_at_one_window_arrive_in_one_page(office, vault):
    """The local UNIQUE of one open call a window must not trip over the order of a page."""
    first = take(office)
    vault.journal.settle([Verdict(id=ids(vault)[0], state="applied")], 1.0)
    other = elsewhere(first, id="t-2", number="A002", serial=2)
    called = elsewhere(first, state="called", window=3, calls=1)
    vault.journal.apply(page((f"ticket:{first.id}", called, None), ("ticket:t-2", other, None)))
    vault.journal.apply(
        page(
            ("ticket:t-2", other, None),
            (f"ticket:{first.id}", elsewhere(called, state="passed"), None),
            ("ticket:t-2", elsewhere(other, state="called", window=3, calls=1), None),
            (f"ticket:{first.id}", elsewhere(called, state="finished"), None),
        )
    )
    assert now(office, other).window == 3
    assert now(office, first).state == "finished"


def test_refused_rows_replace_ours_and_later_moves_are_set_aside(office, vault):
    ticket = serve(office)
    case = receive(office, ticket)
    done(visit.tick(office, case.id, "公司章程", brought=False))
    done(visit.finish(office, ticket.id))
    take_, call, arrive, receive_, tick, finish = ids(vault)
    vault.journal.settle([Verdict(id=take_, state="applied")], 1.0)
    theirs = elsewhere(ticket, state="waiting", window=None, calls=0, called_at=None, served_at=None, clerk="")
    refused = Verdict(
        id=call, state="refused", type="held-elsewhere", sentence="这张号票在别的窗口手上。",
        rows={f"ticket:{ticket.id}": to_json(theirs), f"case:{case.id}": None},
    )  # fmt: skip
    touched = vault.journal.settle([refused], 1.0)
    # The case was received from the ticket, so what was done to the case alone goes with it.
    assert states(vault) == ["applied", "refused", "set_aside", "set_aside", "set_aside", "set_aside"]
    assert set(touched) == {f"ticket:{ticket.id}", f"case:{case.id}"}
    assert now(office, ticket) == theirs
    rows = {row.id: row for row in vault.journal.rows((), 10)}
    assert (rows[call].type, rows[call].sentence) == ("held-elsewhere", "这张号票在别的窗口手上。")
    for later in (arrive, receive_, tick, finish):
        assert rows[later].type == "earlier-refused"
    assert vault.journal.check().ok


def test_a_later_verdict_of_the_same_answer_does_not_wake_what_was_set_aside(office, vault):
    ticket = take(office)
    done(visit.call(office, ticket.id))
    first, second = ids(vault)
    vault.journal.settle(
        [Verdict(id=first, state="refused", type="x", sentence="没收"), Verdict(id=second, state="held")], 1.0
    )
    assert states(vault) == ["refused", "set_aside"]


def test_what_is_set_aside_still_goes_to_the_centre_once_marked_so(office, vault):
    """The centre takes a device's envelopes without a gap: one left out would hold everything behind it for ever."""
    ticket = take(office)
    done(visit.call(office, ticket.id))
    take(office)
    first, second, third = ids(vault)
    vault.journal.settle([Verdict(id=first, state="refused", type="x", sentence="没收")], 1.0)
    batch = vault.journal.due(1.0, 100, 1 << 20)
    assert [(json.loads(s.envelope)["id"], s.aside) for s in batch] == [(second, True), (third, False)]
    vault.journal.settle([Verdict(id=second, state="set_aside"), Verdict(id=third, state="applied")], 1.0)
    assert states(vault) == ["refused", "set_aside", "applied"]
    assert vault.journal.due(1e12, 100, 1 << 20) == ()


def test_facts_and_other_subjects_go_on(office, vault):
    ticket = take(office)
    other = take(office)
    paper = vault.spool.jobs(1)[0]
    fact = RecordPaper(
        **office.stamp().fields(office.parts.new_id), paper=paper.id, doc_type="号票", doc_no=ticket.id, copy_no=1,
        subject=f"ticket:{ticket.id}", sha256=paper.sha256, outcome="done",
    )  # fmt: skip
    done(office.do(fact))
    done(visit.call(office, ticket.id))
    first, _, _, last = ids(vault)
    vault.journal.settle([Verdict(id=first, state="refused", type="number-used", sentence="号用过")], 1.0)
    assert states(vault) == ["refused", "pending", "pending", "set_aside"]
    assert [json.loads(s.envelope)["id"] for s in vault.journal.due(2.0, 10, 1 << 20) if s.aside] == [last]
    assert now(office, other).state == "waiting"


def test_held_comes_again_later_and_keeps_its_subjects(office, vault):
    ticket = take(office)
    (one,) = ids(vault)
    vault.journal.settle([Verdict(id=one, state="held", sentence="等前一步")], 100.0)
    assert vault.journal.due(100.0, 10, 1 << 20) == ()
    assert len(vault.journal.due(105.0, 10, 1 << 20)) == 1
    vault.journal.apply(page((f"ticket:{ticket.id}", elsewhere(ticket, priority="x"), None)))
    assert now(office, ticket).priority == ""


def test_a_batch_is_cut_by_count_and_by_size_and_never_empty(office, vault):
    for _ in range(4):
        take(office)
    one = len(vault.journal.due(0, 1, 1)[0].envelope)
    assert [len(vault.journal.due(0, n, 1 << 20)) for n in (1, 3, 100)] == [1, 3, 4]
    assert [len(vault.journal.due(0, 100, size)) for size in (1, one, one * 2 + 50, one * 9)] == [1, 1, 2, 4]
    vault.journal.postpone(ids(vault)[:2], 50.0, "太大")
    assert len(vault.journal.due(49.0, 100, 1 << 20)) == 2
    assert len(vault.journal.due(50.0, 100, 1 << 20)) == 4


@pytest.mark.parametrize("fails", [0, 1, 2])
def test_a_page_that_cannot_be_read_moves_nothing(office, vault, fails):
    """Rows and cursor move together: half a page applied would lose the other half for ever."""
    ticket = take(office)
    vault.journal.settle([Verdict(id=ids(vault)[0], state="applied")], 1.0)
    good = [
        Change(seq=n, subject=f"ticket:t-{n}", row=to_json(elsewhere(ticket, id=f"t-{n}", number=f"A{n:03d}")))
        for n in range(3)
    ]
    good[fails] = dataclasses.replace(good[fails], row={"id": "broken"})
    with pytest.raises(Exception, match="required field"):
        vault.journal.apply(ChangePage(changes=tuple(good), cursor="next", more=False))
    assert vault.keep.meta("cursor") is None
    assert office.read(lambda books: [books.ticket(f"t-{n}") for n in range(3)]) == [None] * 3
    assert office.parts.clock.now() - ticket.taken_at < timedelta(minutes=1)


def test_a_page_pulled_before_a_grant_takes_no_hold_away_and_a_snapshot_does(office, vault):
    ticket = take(office)
    subject = f"ticket:{ticket.id}"
    vault.journal.settle([Verdict(id=i, state="applied") for i in ids(vault)], 1.0)
    until = ticket.taken_at + timedelta(hours=1)
    vault.keep.grant_hold(subject, HoldGrant(granted=True, fence=6, until=until, release_code="12345678"))

    def held() -> tuple[str | None, int, object]:
        return office.read(lambda books: (books.holder(subject), books.fence(subject), books.hold_until(subject)))

    def told(holder: str, fence: int) -> Change:
        return Change(seq=1, subject=subject, row=to_json(ticket), holder=holder, fence=fence)

    vault.journal.apply(ChangePage(changes=(told("", 5),), cursor="c", more=False))
    assert held() == ("device-under-test", 6, until), "older than the hold"
    vault.journal.apply(ChangePage(changes=(told("device-under-test", 6),), cursor="c", more=False))
    assert held() == ("device-under-test", 6, until), "the same one: its end is known here only"
    vault.journal.apply(ChangePage(changes=(told("device-b", 7),), cursor="c", more=False))
    assert held() == ("device-b", 7, None)
    vault.journal.take_page(SnapshotPage(changes=(told("", 3),), cursor="c"))
    assert held() == (None, 3, None), "after a restore the centre's word is the truth"
    assert vault.keep.release_code(subject, 6) == "12345678"
    assert vault.keep.release_code(subject, 7) == ""

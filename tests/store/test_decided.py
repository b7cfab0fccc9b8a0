"""What the centre decided is not taken back by an older page of it, whenever that comes; a newer one is taken."""

from __future__ import annotations

import dataclasses

import pytest

from clerk_app.office.counter import visit
from clerk_app.office.office import Office
from clerk_app.ports import Change, ChangePage, SnapshotPage, Vault, Verdict
from clerk_app.queueing.model import Ticket
from clerk_app.store.rows import to_json
from tests.visits import done, now, serve


def told(ticket: Ticket, seq: int) -> ChangePage:
    """A page with the ticket as it stood at the centre then."""
    change = Change(seq=seq, subject=f"ticket:{ticket.id}", row=to_json(ticket))
    return ChangePage(changes=(change,), cursor=f"c{seq}", more=False)


@pytest.fixture
def ticket(office: Office) -> Ticket:
    """Finished here; nothing of it is decided yet."""
    ticket = serve(office)
    done(visit.finish(office, ticket.id))
    return now(office, ticket)


def decided(vault: Vault, seq: int, state: str = "applied") -> None:
    """Everything done here, by one answer."""
    ids = [row.id for row in vault.journal.rows((), 100)]
    vault.journal.settle([Verdict(id=one, state=state, seq=seq) for one in ids], 1.0)


def before(ticket: Ticket) -> Ticket:
    return dataclasses.replace(ticket, state="serving", ended_at=None)


def test_a_page_that_waited_from_before_takes_nothing_back(office: Office, vault: Vault, ticket: Ticket) -> None:
    vault.journal.apply(told(before(ticket), 471))
    decided(vault, 474)
    assert now(office, ticket).state == "finished"
    assert office.read(lambda books: books.open_call_at(2, ticket.day)) is None


def test_a_page_asked_for_before_and_come_after_takes_nothing_back(
    office: Office, vault: Vault, ticket: Ticket
) -> None:
    decided(vault, 474)
    vault.journal.apply(told(before(ticket), 473))
    assert now(office, ticket).state == "finished"
    assert vault.keep.meta("cursor") == "c473"


@pytest.mark.parametrize("seq", [474, 480])
@pytest.mark.parametrize("early", [True, False])
def test_what_became_of_it_later_is_taken_whenever_it_comes(
    office: Office, vault: Vault, ticket: Ticket, seq: int, early: bool
) -> None:
    later = dataclasses.replace(ticket, priority="elderly")
    if early:
        vault.journal.apply(told(later, seq))
        assert now(office, ticket).priority != "elderly", "our own moves are on their way"
    decided(vault, 474)
    if not early:
        vault.journal.apply(told(later, seq))
    assert now(office, ticket).priority == "elderly"


def test_once_the_feed_has_it_nothing_is_remembered(office: Office, vault: Vault, ticket: Ticket) -> None:
    decided(vault, 474)
    vault.journal.apply(told(ticket, 474))
    back = dataclasses.replace(ticket, priority="elderly")
    vault.journal.apply(told(back, 3))
    assert now(office, ticket) == back, "a feed that was begun anew counts from one"


def test_a_snapshot_is_the_whole_truth(office: Office, vault: Vault, ticket: Ticket) -> None:
    decided(vault, 474)
    theirs = before(ticket)
    change = Change(seq=2, subject=f"ticket:{ticket.id}", row=to_json(theirs))
    vault.journal.take_page(SnapshotPage(changes=(change,), cursor="c2", next=""))
    assert now(office, ticket) == theirs


def test_a_centre_that_says_no_number_is_believed_as_before(office: Office, vault: Vault, ticket: Ticket) -> None:
    theirs = before(ticket)
    vault.journal.apply(told(theirs, 471))
    decided(vault, 0)
    assert now(office, ticket) == theirs

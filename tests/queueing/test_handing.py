"""交号: tickets given up by one window and taken by another, judged in the order in which they come to the centre."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk_app.command import Conflict, Refusal, ticket_subject
from clerk_app.duty.pausing import PauseWindow, ResumeWindow, pause_at
from clerk_app.hall import read_hall
from clerk_app.office.hold_rules import under_holds
from clerk_app.office.judge import judge
from clerk_app.office.register import build_register
from clerk_app.outside.ids import new_id
from clerk_app.queueing.handing import HandTickets, TakeHandedTicket, handed_ticket, tickets_in_hand
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.usecases import ArriveTicket, CallTicket
from tests.desk import ZONE, StandingClock, training_document
from tests.memory_books import MemoryBooks

REGISTER = build_register()
PEOPLE = {"four": ("P105", "B1", 4), "five": ("P106", "B2", 5), "two": ("P203", "A1", 2)}
CLOCK = StandingClock()


@pytest.fixture(scope="module")
def hall():
    return read_hall(training_document(), "v1")


@pytest.fixture
def books(hall) -> MemoryBooks:
    return MemoryBooks(hall, "four")


def stamp(device: str, **more):
    person, post, window = PEOPLE[device]
    plain = {
        "id": new_id(), "at": CLOCK.now(), "actor": person, "post": post, "window": window, "basis": f"a_role:{post}",
        "hall_version": "v1",
    }  # fmt: skip
    return {**plain, **more}


def do(books: MemoryBooks, device: str, command) -> Refusal | None:
    books.device = device
    return judge(under_holds(command, books), books, REGISTER)


def waiting(books: MemoryBooks, serial: int, *, minutes: int = 10, holder: str = "four", **more) -> Ticket:
    ticket = Ticket(
        id=new_id(), day=CLOCK.moment.date(), letter="B", number=f"B{serial:03d}", serial=serial, reserve=False,
        taken_at=CLOCK.moment - timedelta(minutes=minutes), taken_window=4, **more,
    )  # fmt: skip
    books.put_ticket(ticket)
    if holder:
        books.holds[ticket_subject(ticket.id)] = holder
    return ticket


def hand(books: MemoryBooks, *tickets: Ticket) -> HandTickets:
    return HandTickets(**stamp("four"), tickets=tuple(ticket.id for ticket in tickets))


def take(books: MemoryBooks, ticket: Ticket, device: str = "five", fence: int = 0) -> TakeHandedTicket:
    handed = replace(handed_ticket(books, ticket), fence=fence)
    return TakeHandedTicket(**stamp(device), ticket=ticket.id, handed=handed, giver="four")


def call(device: str, ticket: Ticket) -> CallTicket:
    return CallTicket(**stamp(device), ticket=ticket.id)


def test_what_is_handed_on_waits_again_first_in_line_and_anybody_may_call_it(books):
    called, later = waiting(books, 1, minutes=20), waiting(books, 2, minutes=5)
    assert do(books, "four", call("four", called)) is None
    books.device = "four"
    assert tickets_in_hand(books, 4, called.day, ["B"])[0].id == called.id
    assert do(books, "four", hand(books, called, later)) is None
    back = books.ticket(called.id)
    assert (back.state, back.window, back.calls, back.clerk) == ("waiting", None, 0, "")
    assert min((books.ticket(t.id) for t in (called, later)), key=lambda t: t.order).id == called.id
    assert {books.holder(ticket_subject(t.id)) for t in (called, later)} == {None}
    assert do(books, "five", call("five", called)) is None


def test_called_alone_under_no_hold_of_the_centres_it_is_handed_on_all_the_same(books):
    """Half cut: the centre had given it to this window, which never heard of that hold."""
    called, other = waiting(books, 1), waiting(books, 2)
    assert do(books, "four", call("four", called)) is None
    for ticket in (called, other):
        books.fences[ticket_subject(ticket.id)] = 7
    word = replace(hand(books, called, other), fences={ticket_subject(t.id): 0 for t in (called, other)})
    books.device = "four"
    assert judge(word, books, REGISTER) is None
    assert (books.ticket(called.id).state, books.holder(ticket_subject(called.id))) == ("waiting", None)
    assert books.holder(ticket_subject(other.id)) == "four", "what only waits is under another hold than was said"


def test_a_ticket_that_is_served_is_finished_first_and_nothing_is_half_handed(books):
    served, other = waiting(books, 1), waiting(books, 2)
    assert do(books, "four", call("four", served)) is None
    assert do(books, "four", ArriveTicket(**stamp("four"), ticket=served.id)) is None
    refused = do(books, "four", hand(books, other, served))
    assert refused.type == "ticket-serving"
    assert "先办结（F8）" in refused.sentence
    assert books.holder(ticket_subject(other.id)) == "four"
    books.device = "four"
    assert [t.id for t in tickets_in_hand(books, 4, other.day, ["B"])] == [other.id]


def test_one_whose_hold_went_elsewhere_is_left_there_and_the_others_go(books):
    lost, own = waiting(books, 1, holder="five"), waiting(books, 2)
    command = replace(hand(books, lost, own), fences={ticket_subject(own.id): 0})
    assert do(books, "four", command) is None
    assert books.holder(ticket_subject(lost.id)) == "five"
    assert books.holder(ticket_subject(own.id)) is None


def test_the_scanner_may_call_what_it_never_heard_of(books, hall):
    ticket = waiting(books, 7, priority="elderly")
    command = take(books, ticket)
    there = MemoryBooks(hall, "five")
    assert do(there, "five", command) is None
    born = there.ticket(ticket.id)
    assert (born.number, born.priority, born.taken_at, born.state) == ("B007", "elderly", ticket.taken_at, "waiting")
    assert do(there, "five", call("five", ticket)) is None
    assert there.ticket(ticket.id).window == 5


def test_the_scanner_knew_it_as_called_at_the_other_window(books):
    ticket = waiting(books, 3)
    assert do(books, "four", call("four", ticket)) is None
    assert do(books, "five", take(books, ticket)) is None, "the signed word says it was given up"
    assert books.holder(ticket_subject(ticket.id)) == "five"
    assert books.ticket(ticket.id).state == "waiting"


def test_two_scanners_the_first_has_it_and_both_names_stand_in_the_conflict(books):
    ticket = waiting(books, 4)
    assert do(books, "four", hand(books, ticket)) is None
    assert do(books, "five", take(books, ticket)) is None
    PEOPLE["six"] = ("P105", "B1", 4)
    again = do(books, "six", replace(take(books, ticket), **{k: v for k, v in stamp("six").items() if k != "id"}))
    assert isinstance(again, Conflict)
    assert "B004 已由申屠宁 接走，罗文静 在4号窗口也接了一次" in again.sentence
    assert books.holder(ticket_subject(ticket.id)) == "five"


def test_scanned_twice_at_one_window(books):
    ticket = waiting(books, 4)
    assert do(books, "four", hand(books, ticket)) is None
    assert do(books, "five", take(books, ticket)) is None
    again = do(books, "five", take(books, ticket))
    assert (again.type, isinstance(again, Conflict)) == ("handed-already", False)


def test_the_giver_scans_his_own_paper_first_and_keeps_it(books):
    """No claim at the centre lies between: the hold he has now is another than the one he gave up."""
    ticket = waiting(books, 4)
    assert do(books, "four", hand(books, ticket)) is None
    word = take(books, ticket)
    assert (
        do(books, "four", TakeHandedTicket(**stamp("four"), ticket=ticket.id, handed=word.handed, giver="four")) is None
    )
    assert do(books, "four", call("four", ticket)) is None
    again = do(books, "five", word)
    assert isinstance(again, Conflict)
    assert "已由4号窗口罗文静 接走，申屠宁 在5号窗口也接了一次" in again.sentence
    assert books.ticket(ticket.id).window == 4


def test_given_up_then_taken_again_by_its_own_window_is_not_taken_from_it(books):
    """The giver came back and claimed it anew: the paper still lies there, and its word is over."""
    ticket = waiting(books, 4)
    assert do(books, "four", hand(books, ticket)) is None
    books.holds[ticket_subject(ticket.id)], books.fences[ticket_subject(ticket.id)] = "four", 9
    assert isinstance(do(books, "five", take(books, ticket, fence=0)), Conflict)
    assert books.holder(ticket_subject(ticket.id)) == "four"


@pytest.mark.parametrize(
    ("device", "changed", "kind"),
    [
        ("two", {}, "letter-elsewhere"),
        ("five", {"day": CLOCK.moment.date() - timedelta(days=1)}, "ticket-of-another-day"),
        ("five", {"number": "B999"}, "unknown-ticket"),
        ("five", {"id": "another"}, "unknown-ticket"),
    ],
)
def test_another_letter_another_day_another_ticket(books, device, changed, kind):
    ticket = waiting(books, 5)
    assert do(books, "four", hand(books, ticket)) is None
    command = take(books, ticket, device)
    refused = do(books, device, replace(command, handed=replace(command.handed, **changed)))
    assert refused.type == kind
    assert books.holder(ticket_subject(ticket.id)) is None


def test_paused_nobody_is_called_until_somebody_is_back(books):
    ticket = waiting(books, 6)
    until = CLOCK.moment + timedelta(minutes=15)
    key = new_id()
    early = call("four", ticket)
    assert do(books, "four", PauseWindow(**stamp("four"), pause=key, until=until, reason="暂离")) is None
    refused = do(books, "four", call("four", ticket))
    assert refused.type == "window-paused"
    assert "4号窗口暂停着" in refused.sentence
    assert pause_at(books, 4, until + timedelta(hours=1)) is not None, "what was said of its end binds nobody"
    books.device = "another-machine"
    assert pause_at(books, 4, CLOCK.moment) is None
    assert do(books, "four", early) is None, "called before the pause, judged after it"


def test_back_it_calls_again_and_the_longer_end_said_later_stands(books):
    key, at = new_id(), CLOCK.now()
    pause = PauseWindow(**stamp("four"), pause=key, until=at + timedelta(minutes=15), reason="暂离")
    assert do(books, "four", pause) is None
    longer = PauseWindow(**stamp("four"), pause=key, until=at + timedelta(hours=2), reason="", tickets=("t",))
    assert do(books, "four", longer) is None
    row = books.pause(key)
    assert (row.until, row.reason, row.tickets, row.start) == (longer.until, "暂离", ("t",), pause.at)
    assert do(books, "four", ResumeWindow(**stamp("four"), pauses=(key, "unknown"))) is None
    assert books.pause(key).back_by == "P105"
    first = books.pause(key).back_at
    assert do(books, "four", ResumeWindow(**stamp("four"), pauses=(key,))) is None
    assert books.pause(key).back_at == first
    assert do(books, "four", call("four", waiting(books, 8))) is None


def test_yesterdays_pause_binds_nobody_today(books):
    yesterday = CLOCK.moment - timedelta(days=1)
    pause = PauseWindow(**stamp("four", at=yesterday), pause=new_id(), until=yesterday, reason="暂离")
    assert do(books, "four", pause) is None
    assert pause_at(books, 4, CLOCK.moment) is None
    assert CLOCK.moment.tzinfo == ZONE

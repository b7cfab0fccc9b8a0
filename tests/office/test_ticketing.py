"""取号: one number for one person, standing in the line when its paper is out; nothing lost, nothing doubled."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from clerk_app.command import Refusal, ticket_subject
from clerk_app.duty.usecases import RecordSignIn
from clerk_app.office.counter import ticketing, visit
from clerk_app.office.counter.ticketing import AlreadyWaiting, Wish
from clerk_app.office.office import Done
from clerk_app.outside.ids import new_id
from clerk_app.ports import NumberBlock, Verdict
from clerk_app.ports.line import Change
from clerk_app.queueing.day_key import check_digits
from clerk_app.queueing.model import LARGE, VISUAL
from clerk_app.queueing.ordering import StopLine
from clerk_app.queueing.ticket_code import read
from clerk_app.store.rows import to_json
from tests.desk import ZONE, sit
from tests.office.ticket_desk import (
    DAY_KEY,
    ITEM,
    OLD,
    YOUNG,
    TicketDesk,
    code_on,
    ticket_desk,
    words_of,
)
from tests.visits import COMPANY, done

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TicketDesk]:
    desk = ticket_desk(tmp_path)
    yield desk
    desk.office.parts.vault.close()


def refused(outcome: object) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome


def test_it_stands_in_the_line_when_its_paper_is_out(desk: TicketDesk) -> None:
    ticket = desk.take()
    assert (ticket.number, ticket.state) == ("A001", "issuing")
    assert refused(visit.call(desk.office, ticket.id)).type == "ticket-issuing"
    assert desk.printed() == 1
    assert desk.ticket(ticket.id).state == "waiting"
    done(visit.call(desk.office, ticket.id))


def test_the_centre_gives_numbers_in_order_of_arrival_and_the_slip_says_who_is_before(desk: TicketDesk) -> None:
    numbers = []
    for _ in range(3):
        numbers.append(desk.take().number)
        desk.printed()
    assert numbers == ["A001", "A002", "A003"]
    assert "您前面还有 2 人在等" in words_of(desk.slips()[-1])


def test_without_a_printer_it_is_told_and_stands_at_once(tmp_path: Path) -> None:
    desk = ticket_desk(tmp_path, printer="")
    assert desk.take().state == "waiting"
    desk.office.parts.vault.close()


def test_a_double_tap_gives_one(desk: TicketDesk) -> None:
    wish = Wish(letter="A", id=new_id())
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda _: ticketing.take(desk.office, wish), range(2)))
    assert sum(isinstance(outcome, Done) for outcome in outcomes) == 1
    (again,) = (outcome for outcome in outcomes if isinstance(outcome, Refusal))
    assert (again.type, "A00" in again.sentence) == ("ticket-exists", True)
    assert desk.printed() == 1
    third = ticketing.take(desk.office, wish)
    assert isinstance(third, AlreadyWaiting)
    assert third.ticket == wish.id
    assert len(desk.office.read(lambda books: books.tickets_of(FRIDAY, ("A",)))) == 1


def test_one_waiting_ticket_for_one_person_and_line(desk: TicketDesk) -> None:
    first = desk.take(id_number=YOUNG)
    drawn = dict(desk.centre.next)
    again = ticketing.take(desk.office, Wish(letter="A", id_number=YOUNG.lower()))
    assert isinstance(again, AlreadyWaiting)
    assert (again.type, again.ticket, "A001" in again.sentence) == ("one-waiting", first.id, True)
    assert dict(desk.centre.next) == drawn, "no number was drawn for nothing"
    assert desk.take(letter="B", id_number=YOUNG).number == "B001", "another line is another matter"
    assert desk.take(id_number=OLD).number == "VA002"


def test_the_use_case_stands_behind_it(desk: TicketDesk) -> None:
    """Two desks may ask at the same instant: what is refused is refused by the rule both ends have."""
    first = desk.take(id_number=YOUNG)
    kind = f"ticket:A:{FRIDAY}"
    desk.office.parts.vault.keep.add_block(NumberBlock(id="b-x", kind=kind, first=50, last=50))
    row = next(r for r in desk.office.parts.vault.journal.rows((), 9) if r.kind == "take_ticket")
    command = ticketing._command(desk.office, desk.office.stamp(), Wish(letter="A", id_number=YOUNG))
    outcome = desk.office.do(replace(command, block="b-x", serial=50))
    assert refused(outcome).type == "one-waiting"
    assert row.subjects == (ticket_subject(first.id),)


def test_of_a_person_nothing_is_kept_but_a_word_of_this_day(desk: TicketDesk) -> None:
    ticket = desk.take(id_number=YOUNG, priority="pregnant")
    assert ticket.priority == "pregnant"
    assert ticket.person
    kept = repr(ticket) + repr(desk.slips()) + repr(Wish(letter="A", id_number=YOUNG))
    journal = [desk.office.parts.vault.journal.envelope(r.id) for r in desk.office.parts.vault.journal.rows((), 9)]
    assert YOUNG not in kept + repr(journal)
    assert "孕" not in words_of(desk.slips()[0]), "the ground is nobody's business"


def test_age_proves_itself(desk: TicketDesk) -> None:
    assert desk.take(id_number=OLD).priority == "elderly"
    assert desk.take(id_number=YOUNG).priority == ""
    assert ticketing.ground_proved(desk.office, OLD) is not None
    assert ticketing.ground_proved(desk.office, YOUNG) is None
    assert refused(ticketing.take(desk.office, Wish(letter="B", id_number=YOUNG, priority="elderly"))).type == (
        "ground-not-proved"
    )
    assert desk.take(letter="B", priority="elderly").priority == "elderly", "a clerk may look at another paper"


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"letter": ""}, "letter-missing"),
        ({"letter": "Z"}, "unknown-letter"),
        ({"item": "x"}, "unknown-item"),
        ({"letter": "B", "item": ITEM}, "item-elsewhere"),
        ({"priority": "friend"}, "unknown-ground"),
        ({"id_number": "429900199001011231"}, "id-wrong"),
    ],
)
def test_what_cannot_be_taken_is_one_sentence_and_draws_no_number(desk: TicketDesk, wish: dict, said: str) -> None:
    outcome = refused(ticketing.take(desk.office, Wish(**{"letter": "A", **wish})))
    assert outcome.type == said
    assert outcome.sentence.endswith("。")
    assert not desk.centre.next


def test_a_stopped_line_says_from_when_it_goes_on(desk: TicketDesk) -> None:
    sit(desk.office, "P101")
    stop = StopLine(
        **desk.office.stamp().fields(new_id), stop=new_id(), letter="A", reason="人多",
        reopens=datetime(2026, 11, 23, 9, 0, tzinfo=ZONE),
    )  # fmt: skip
    done(desk.office.do(stop))
    sit(desk.office, "P203")
    for up in (True, False):
        desk.centre.up = up
        outcome = refused(ticketing.take(desk.office, Wish(letter="A")))
        assert (outcome.type, "11月23日 9:00" in outcome.sentence) == ("line-stopped", True)


def test_an_item_names_its_line_and_the_slip_names_the_item(desk: TicketDesk) -> None:
    ticket = desk.take(letter="", item=COMPANY, aids=(LARGE, VISUAL))
    assert (ticket.letter, ticket.item, ticket.aids) == ("A", COMPANY, (LARGE, VISUAL))
    assert desk.office.hall.items[COMPANY].short in words_of(desk.slips()[0])


def test_an_appointment_stands_at_its_time(desk: TicketDesk) -> None:
    begins = desk.office.parts.clock.now() + timedelta(hours=1)
    ticket = desk.take(appointment=begins)
    assert (ticket.number, ticket.place) == ("YA001", begins)
    assert f"预约 {begins:%H:%M} 起叫号" in words_of(desk.slips()[0])
    assert not ticket.due(begins - timedelta(seconds=1))


def test_the_slip_is_signed_and_its_number_checked(desk: TicketDesk) -> None:
    ticket = desk.take()
    (slip,) = desk.slips()
    code = read(code_on(slip)).code
    assert (code.id, code.number, code.day, code.taken_at) == (
        ticket.id, "A001", FRIDAY, ticket.taken_at.replace(microsecond=0),
    )  # fmt: skip
    assert f"校验 {check_digits(DAY_KEY, 'A001')}" in words_of(slip)


def test_a_machine_without_a_key_prints_neither(desk: TicketDesk) -> None:
    desk.office.parts = replace(desk.office.parts, device_sign=None)
    desk.keys()
    ticket = desk.take()
    (slip,) = desk.slips()
    assert code_on(slip) == f"ticket:{ticket.id}"
    assert "校验" not in words_of(slip)
    assert desk.take(id_number=YOUNG).person == "", "nobody is turned away because the centre told no key"


# With the line cut.


def test_a_cut_desk_takes_from_its_reserve_and_names_its_own_window(desk: TicketDesk) -> None:
    desk.centre.up = False
    ticket = desk.take(item=COMPANY)
    assert (ticket.number, ticket.reserve, ticket.fallback) == ("A901", True, 2)
    said = words_of(desk.slips()[0])
    assert "备用号段" in said
    assert "请到 2号窗口 等" in said
    assert read(code_on(desk.slips()[0])).code.fallback == 2


def test_for_another_line_it_names_a_window_that_is_open(desk: TicketDesk) -> None:
    desk.centre.up = False
    keep = desk.office.parts.vault.keep
    keep.add_block(NumberBlock(id="b-b", kind=f"ticket-reserve:B:{FRIDAY}", first=701, last=705))
    assert desk.take(letter="B").fallback == 4, "nobody is known to be there: the first that serves it"
    _signed_in(desk, "P106", 5)
    taken = [desk.take(letter="B") for _ in range(3)]
    assert {ticket.fallback for ticket in taken} == {5}
    assert "请到 5号窗口 等" in words_of(desk.slips()[-1])
    assert taken[0].number == "B702"


def _signed_in(desk: TicketDesk, person: str, window: int) -> None:
    sit(desk.office, person)
    stamp = desk.office.stamp()
    assert stamp.window == window, "as the hall's posts have it"
    done(desk.office.do(RecordSignIn(**stamp.fields(new_id), sign_in=new_id(), online=False)))
    sit(desk.office, "P203")


def test_it_is_said_before_and_when_the_reserve_is_used_up(desk: TicketDesk) -> None:
    desk.on(MONDAY)
    desk.centre.up = False
    assert "用完了" in ticketing.reserve_words(desk.office)
    keep = desk.office.parts.vault.keep
    keep.add_block(NumberBlock(id="b-m", kind=f"ticket-reserve:A:{MONDAY}", first=701, last=705))
    assert ticketing.reserve_words(desk.office) == ""
    for _ in range(3):
        desk.take()
    assert ticketing.reserve_words(desk.office) == "备用号快用完了：还剩 A 类 2 个。"
    for _ in range(2):
        desk.take()
    assert refused(ticketing.take(desk.office, Wish(letter="A"))).type == "no-number"


# The printer out of paper.


def test_dry_at_issue_it_waits_and_comes_by_itself(desk: TicketDesk) -> None:
    ticket = desk.take()
    desk.printed("blocked")
    assert desk.ticket(ticket.id).state == "issuing"
    assert refused(ticketing.reprint(desk.office, ticket.id)).type == "slip-waiting"
    desk.rest()
    assert desk.printed() == 1
    assert desk.ticket(ticket.id).state == "waiting"
    assert desk.jobs(ticket.id) == [(1, "done")]


def test_dry_at_issue_and_written_by_hand_no_paper_follows(desk: TicketDesk) -> None:
    ticket = desk.take()
    desk.printed("blocked")
    done(ticketing.by_hand(desk.office, ticket.id))
    assert desk.ticket(ticket.id).state == "waiting"
    desk.rest()
    assert desk.printed() == 0
    assert refused(ticketing.by_hand(desk.office, ticket.id)).type == "ticket-issued"
    assert desk.jobs(ticket.id) == [(1, "expired")]


def test_nothing_is_done_while_it_is_being_printed_or_in_doubt(desk: TicketDesk) -> None:
    ticket = desk.take()
    spool = desk.office.parts.vault.spool
    job = spool.take_next(desk.office.parts.settings.printer)
    assert job is not None
    acts = (
        lambda: ticketing.by_hand(desk.office, ticket.id),
        lambda: ticketing.void(desk.office, ticket.id, "走了"),
        lambda: ticketing.reprint(desk.office, ticket.id),
    )
    assert {refused(act()).type for act in acts} == {"slip-printing"}
    spool.recover()
    assert {refused(act()).type for act in acts} == {"slip-unknown"}
    assert desk.ticket(ticket.id).state == "issuing"
    desk.answer(ticket.id, "out")
    assert desk.ticket(ticket.id).state == "waiting"


def test_what_did_not_come_out_is_printed_again_marked_and_once(desk: TicketDesk) -> None:
    ticket = desk.take()
    desk.printed("unknown")
    desk.answer(ticket.id, "lost")
    assert desk.ticket(ticket.id).state == "issuing"
    assert desk.jobs(ticket.id) == [(1, "lost"), (2, "queued")]
    desk.printed()
    assert desk.ticket(ticket.id).state == "waiting"
    assert code_on(desk.slips()[0]) == code_on(desk.slips()[1])


def test_a_lost_ticket_is_printed_again_with_the_same_number_and_code(desk: TicketDesk) -> None:
    ticket = desk.take()
    desk.printed()
    assert isinstance(ticketing.reprint(desk.office, ticket.id), Done)
    assert refused(ticketing.reprint(desk.office, ticket.id)).type == "slip-waiting", "a double tap prints one"
    desk.printed()
    first, again = desk.slips()
    assert (first.copy_no, again.copy_no) == (1, 2)
    assert code_on(first) == code_on(again)
    assert desk.jobs(ticket.id) == [(1, "done"), (2, "done")]
    assert desk.ticket(ticket.id).state == "waiting"


def test_void_takes_it_out_of_the_line_and_its_slip_out_of_the_printer(desk: TicketDesk) -> None:
    ticket = desk.take()
    assert refused(ticketing.void(desk.office, ticket.id, " ")).type == "reason-missing"
    done(ticketing.void(desk.office, ticket.id, "人走了"))
    assert desk.ticket(ticket.id).state == "void"
    assert desk.printed() == 0
    assert refused(ticketing.reprint(desk.office, ticket.id)).type == "ticket-over"
    assert desk.take().number == "A002", "its number is not given again"


@pytest.mark.parametrize("how", ["void elsewhere", "another day"])
def test_a_slip_that_waited_too_long_is_not_printed_any_more(desk: TicketDesk, how: str) -> None:
    """The printer is dry; meanwhile the number became nobody's, and its paper must not come out behind that."""
    ticket, other = desk.take(), desk.take()
    desk.printed("blocked")
    if how == "another day":
        desk.on(MONDAY)
        left = 0
    else:
        row = to_json(replace(ticket, state="void", ended_at=desk.office.parts.clock.now()))
        change = Change(seq=0, subject=ticket_subject(ticket.id), row=row)
        desk.office.parts.vault.journal.settle(
            [Verdict(id=one.id, state="applied") for one in desk.office.parts.vault.journal.rows(("pending",), 99)], 0.0
        )
        desk.office.parts.vault.journal.hear([change])
        left = 1
    desk.rest()
    assert desk.printed() == left
    assert desk.jobs(ticket.id) == [(1, "expired")]
    assert desk.jobs(other.id) == [(1, "done" if left else "expired")]

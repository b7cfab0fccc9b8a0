"""凭旧单取号: a receipt, a notice, an earlier ticket or the slip for the next day opens exactly what it is of; forged or over, it is one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from clerk_app.cases.coming_back import case_in_hand
from clerk_app.cases.endings import WithdrawCase
from clerk_app.command import Refusal
from clerk_app.office.counter import intake, ticketing, visit
from clerk_app.office.counter.ticketing import AlreadyWaiting, Wish
from clerk_app.office.office import Done
from clerk_app.outside.ids import new_id
from clerk_app.ports.line import Machine
from clerk_app.queueing.citizen_token import case_token
from clerk_app.queueing.issuing import CloseTickets
from clerk_app.queueing.model import LARGE
from tests.desk import sit
from tests.office.ticket_desk import (
    DEVICE,
    OTHER,
    TicketDesk,
    code_on,
    ticket_desk,
    words_of,
)
from tests.visits import APPLICANT, COMPANY, done, receive

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TicketDesk]:
    desk = ticket_desk(tmp_path)
    yield desk
    desk.office.parts.vault.close()


def refused(outcome: object) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome


# What he brings.


def earlier(desk: TicketDesk) -> tuple[str, str]:
    """A matter begun on a ticket of today: its case's id and its query code."""
    ticket = desk.take()
    desk.printed()
    done(visit.call(desk.office, ticket.id))
    done(visit.arrive(desk.office, ticket.id))
    case = receive(desk.office, desk.ticket(ticket.id))
    done(visit.finish(desk.office, ticket.id))
    return case.id, case.query_code


@pytest.mark.parametrize("written", ["{code}", "case:{code}", "{bare}", " {low} ", "{number}"])
def test_a_receipt_opens_exactly_its_matter(desk: TicketDesk, written: str) -> None:
    key, code = earlier(desk)
    case = desk.office.read(lambda books: books.case(key))
    assert case is not None
    if written == "{number}":
        done(visit.accept(desk.office, case))
        case = desk.office.read(lambda books: books.case(key))
        assert case is not None
    text = written.format(code=code, bare=code.replace("-", ""), low=code.lower(), number=case.case_no)
    wish = ticketing.from_paper(desk.office, text)
    assert isinstance(wish, Wish), wish
    assert (wish.letter, wish.item, wish.case) == ("A", COMPANY, key)
    ticket = desk.take(**{name: getattr(wish, name) for name in ("letter", "item", "case")})
    assert ticket.case == key


def test_a_receipts_address_does_too(desk: TicketDesk) -> None:
    key, _ = earlier(desk)
    for text in (f"https://cx.example.gov.cn/c/{case_token(key)}", f"HTTPS：//CX.EXAMPLE/C/{case_token(key).upper()}"):
        wish = ticketing.from_paper(desk.office, text)
        assert isinstance(wish, Wish), wish
        assert wish.case == key
    unknown = ticketing.from_paper(desk.office, f"https://cx.example.gov.cn/c/{'a' * 26}")
    assert refused(unknown).type == "case-unknown"


def test_what_is_called_on_it_is_the_case_in_hand_and_may_go_on(desk: TicketDesk) -> None:
    key, _ = earlier(desk)
    ticket = desk.take(item=COMPANY, case=key)
    desk.printed()
    done(visit.call(desk.office, ticket.id))
    done(visit.arrive(desk.office, ticket.id))
    serving = desk.ticket(ticket.id)
    case = desk.office.read(lambda books: case_in_hand(serving, books))
    assert case is not None
    assert case.id == key
    done(visit.accept(desk.office, case))


def test_a_draft_of_another_day_is_received_on_the_ticket_taken_for_it_alone(desk: TicketDesk) -> None:
    first = desk.take(item=COMPANY)
    desk.printed()
    done(visit.call(desk.office, first.id))
    done(visit.arrive(desk.office, first.id))
    done(intake.register(desk.office, first.id, COMPANY, APPLICANT))
    draft = desk.office.read(lambda books: books.case_of_ticket(first.id))
    assert draft is not None
    done(visit.finish(desk.office, first.id))
    code = code_on(desk.slips()[0])
    desk.on(MONDAY)
    wish = ticketing.from_paper(desk.office, code)
    assert isinstance(wish, Wish), wish
    assert (wish.item, wish.case, wish.priority) == (COMPANY, draft.id, "")
    for case, works in (("", False), (draft.id, True)):
        second = desk.take(item=COMPANY, case=case)
        desk.printed()
        done(visit.call(desk.office, second.id))
        done(visit.arrive(desk.office, second.id))
        brought = intake.Brought(papers=tuple(m.name for m in desk.office.hall.items[COMPANY].materials))
        outcome = intake.receive(desk.office, second.id, COMPANY, APPLICANT, brought, draft=draft.id)
        assert isinstance(outcome, Done) == works, outcome
        done(visit.finish(desk.office, second.id))


def test_what_has_ended_gives_its_kind_and_opens_nothing(desk: TicketDesk) -> None:
    key, code = earlier(desk)
    done(desk.office.do(WithdrawCase(**desk.office.stamp().fields(new_id), case=key, reason="撤回申请书")))
    wish = ticketing.from_paper(desk.office, code)
    assert isinstance(wish, Wish), wish
    assert (wish.item, wish.case) == (COMPANY, "")


def test_where_a_returner_stands_is_the_halls_data(desk: TicketDesk) -> None:
    key, _ = earlier(desk)
    ranks = {}
    for rule in ("ordinary", "first", "front"):
        desk.office.hall = replace(desk.office.hall, queue=replace(desk.office.hall.queue, returner=rule))
        ranks[rule] = desk.take(item=COMPANY, case=key).order[0]
    assert ranks == {"ordinary": 3, "first": 2, "front": 1}


def test_a_ticket_of_today_that_waits_gives_no_second_one(desk: TicketDesk) -> None:
    ticket = desk.take()
    desk.printed()
    again = ticketing.from_paper(desk.office, code_on(desk.slips()[0]))
    assert isinstance(again, AlreadyWaiting)
    assert again.ticket == ticket.id


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "nothing-scanned"), ("QT1ABC", "ticket-code-unreadable"), ("你好", "paper-unreadable"),
     ("https://evil.example/x", "paper-unreadable"), ("7K3M-Q9X2", "case-unknown"), ("x" * 5000, "paper-unreadable"),
     ("JZ20261120-99999", "case-unknown"), ("PC1AAAA", "paper-code-unreadable")],
)  # fmt: skip
def test_what_is_no_paper_of_ours_is_one_sentence(desk: TicketDesk, text: str, said: str) -> None:
    outcome = refused(ticketing.from_paper(desk.office, text))
    assert outcome.type == said
    assert outcome.sentence.endswith("。")


# The day is over.


def unserved(desk: TicketDesk) -> tuple[str, str]:
    """Nobody called him: the ticket's id and its slip's code for the next day."""
    ticket = desk.take(item=COMPANY, aids=(LARGE,))
    desk.printed()
    sit(desk.office, "P101")
    close = CloseTickets(**desk.office.stamp().fields(new_id), day=FRIDAY, tickets=(ticket.id,))
    done(desk.office.do(close, ticketing.next_day_slips(desk.office, (ticket.id,))))
    sit(desk.office, "P203")
    (slip,) = desk.slips("次日条")
    return ticket.id, code_on(slip)


def test_who_was_not_called_stands_first_the_next_open_day_and_once(desk: TicketDesk) -> None:
    old, code = unserved(desk)
    assert desk.ticket(old).state == "not_served"
    assert "2026年11月23日（星期一）凭此条取号" in words_of(desk.slips("次日条")[0])
    assert refused(ticketing.from_paper(desk.office, code)).type == "carried-early"
    desk.on(MONDAY)
    before = desk.take()
    wish = ticketing.from_paper(desk.office, code)
    assert isinstance(wish, Wish), wish
    done(ticketing.take(desk.office, wish))
    new = desk.ticket(wish.id)
    assert (new.number, new.priority, new.item, new.aids) == ("VA002", "carried", COMPANY, (LARGE,))
    assert new.order < before.order
    assert "次日条，排在前面" in words_of(desk.slips()[-1])
    again = ticketing.from_paper(desk.office, code)
    assert isinstance(again, AlreadyWaiting)
    assert again.ticket == new.id
    assert refused(ticketing.take(desk.office, wish)).type == "ticket-exists"


def test_shown_at_two_windows_in_a_cut_it_is_one_ticket(desk: TicketDesk, tmp_path: Path) -> None:
    """Both make the same id, and the centre takes one."""
    _, code = unserved(desk)
    desk.on(MONDAY)
    (tmp_path / "other").mkdir()
    other = ticket_desk(tmp_path / "other")
    other.on(MONDAY)
    wishes = [ticketing.from_paper(one.office, code) for one in (desk, other)]
    assert isinstance(wishes[0], Wish)
    assert isinstance(wishes[1], Wish)
    assert wishes[0].id == wishes[1].id
    other.office.parts.vault.close()


def test_it_is_used_up_by_a_ticket_that_came_out_only(desk: TicketDesk) -> None:
    _, code = unserved(desk)
    desk.on(MONDAY)
    wish = ticketing.from_paper(desk.office, code)
    assert isinstance(wish, Wish)
    done(ticketing.take(desk.office, wish))
    done(ticketing.void(desk.office, wish.id, "没打出来"))
    second = ticketing.from_paper(desk.office, code)
    assert isinstance(second, Wish)
    assert second.id != wish.id
    done(ticketing.take(desk.office, second))


def test_a_day_late_it_is_over(desk: TicketDesk) -> None:
    _, code = unserved(desk)
    desk.on(date(2026, 11, 24))
    assert refused(ticketing.from_paper(desk.office, code)).type == "carried-over"


def test_the_ticket_itself_is_good_for_it_where_it_is_known_that_nobody_called(desk: TicketDesk) -> None:
    ticket, _ = unserved(desk)
    slip = code_on(desk.slips()[0])
    desk.on(MONDAY)
    wish = ticketing.from_paper(desk.office, slip)
    assert isinstance(wish, Wish)
    assert wish.priority == "carried"
    assert ticketing.from_paper(desk.office, code_on(desk.slips("次日条")[0])) == wish, "and both are one"
    assert desk.ticket(ticket).day == FRIDAY


def test_a_hall_that_serves_on_prints_none_and_takes_none(desk: TicketDesk) -> None:
    _, code = unserved(desk)
    desk.office.hall = replace(desk.office.hall, queue=replace(desk.office.hall.queue, next_day="serve"))
    desk.on(MONDAY)
    assert refused(ticketing.from_paper(desk.office, code)).type == "carried-none"
    made = len(desk.slips("次日条"))
    papers = ticketing.next_day_slips(desk.office, ())
    assert desk.office.read(lambda books: list(papers(books))) == []
    assert len(desk.slips("次日条")) == made


def test_a_slip_for_the_next_day_may_be_printed_again(desk: TicketDesk) -> None:
    ticket, _ = unserved(desk)
    assert refused(ticketing.print_next_day(desk.office, ticket)).type == "slip-waiting"
    desk.printed()
    done(ticketing.print_next_day(desk.office, ticket))
    first, again = desk.slips("次日条")
    assert (again.copy_no, code_on(first) == code_on(again)) == (2, True)
    assert refused(ticketing.print_next_day(desk.office, desk.take().id)).type == "no-next-day"


def test_a_forged_code_is_refused_and_kept(desk: TicketDesk) -> None:
    _, code = unserved(desk)
    desk.on(MONDAY)
    desk.machines({DEVICE: Machine(public_key=OTHER.public)})
    assert refused(ticketing.from_paper(desk.office, code)).type == "ticket-code-not-genuine"
    desk.machines({"another": Machine(public_key=OTHER.public)})
    assert refused(ticketing.from_paper(desk.office, code)).type == "ticket-code-unknown-machine"

"""A visit with the line cut: every act stands in the books and in the journal, and nothing is given twice."""

from __future__ import annotations

import dataclasses

import pytest

from clerk_app.cases.model import Applicant
from clerk_app.command import Refusal
from clerk_app.office.counter import visit
from clerk_app.office.office import Done, Office
from tests.desk import cut_office

COMPANY = "11429900MBX002022C4000131001001"


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


def serve_one(office: Office) -> str:
    assert isinstance(visit.take_ticket(office, "A"), Done)
    assert isinstance(visit.call_next(office), Done)
    ticket = current(office)
    assert isinstance(visit.arrive(office, ticket.id), Done)
    return ticket.id


def current(office: Office):
    day = office.parts.clock.now().date()
    ticket = office.read(lambda books: books.open_call_at(2, day))
    assert ticket is not None
    return ticket


def receive_all(office: Office, ticket: str):
    item = office.hall.items[COMPANY]
    outcome = visit.receive(
        office, ticket, COMPANY, Applicant(name="江州春禾餐饮管理有限公司"), tuple(m.name for m in item.materials)
    )
    assert isinstance(outcome, Done)
    return office.read(lambda books: books.case_of_ticket(ticket))


def test_a_whole_visit_leaves_every_act_in_the_journal(office):
    ticket = serve_one(office)
    case = receive_all(office, ticket)
    assert isinstance(visit.accept(office, case), Done)
    assert isinstance(visit.finish(office, ticket), Done)
    kinds = [row.kind for row in reversed(office.parts.vault.journal.rows((), 50))]
    assert kinds == ["take_ticket", "call_ticket", "arrive_ticket", "receive_case", "accept_case", "finish_ticket"]
    check = office.parts.vault.journal.check()
    assert (check.rows, check.ok) == (6, True)
    accepted = office.read(lambda books: books.case(case.id))
    assert accepted.state == "accepted"
    assert accepted.case_no == "JZ20261120-00001"
    assert str(accepted.due.promised) == "2026-11-20"
    assert str(accepted.due.statutory) == "2026-11-25"


def test_a_reserve_number_says_so_on_its_slip(office):
    visit.take_ticket(office, "A")
    (slip,) = office.parts.maker.made
    words = [block.text for block in slip.blocks if hasattr(block, "text")]
    assert "A901" in words
    assert any("备用号段" in word for word in words)


def test_acceptance_waits_for_essential_papers_and_spends_no_number(office):
    ticket = serve_one(office)
    visit.receive(office, ticket, COMPANY, Applicant(name="某公司筹备组"), ("公司章程",))
    case = office.read(lambda books: books.case_of_ticket(ticket))
    before = office.parts.vault.keep.next_serial("case_no:2026")
    refused = visit.accept(office, case)
    assert isinstance(refused, Refusal)
    assert refused.type == "materials-missing"
    assert "住所相关文件" in refused.sentence
    assert office.parts.vault.keep.next_serial("case_no:2026") == before
    assert [r.kind for r in office.parts.vault.journal.rows((), 1)] == ["receive_case"]


def test_next_is_blocked_while_one_is_in_hand(office):
    visit.take_ticket(office, "A")
    visit.take_ticket(office, "A")
    visit.call_next(office)
    refused = visit.call_next(office)
    assert isinstance(refused, Refusal)
    assert refused.type == "window-busy"
    assert "A901" in refused.sentence


def test_unknown_ticket_is_one_sentence(office):
    refused = visit.call(office, "no-such-ticket")
    assert isinstance(refused, Refusal)
    assert refused.type == "unknown-ticket"


def test_a_ticket_of_another_device_is_not_called_while_the_line_is_cut(office):
    visit.take_ticket(office, "A")
    (ticket,) = office.read(lambda books: visit.waiting_tickets(office, books))
    with office.parts.vault.unit(office.hall) as work:
        work.books.cabinet.hold(f"ticket:{ticket.id}", "another-device")
    refused = visit.call_next(office)
    assert isinstance(refused, Refusal)
    assert refused.type == "nobody-waiting"
    assert visit.call(office, ticket.id).type == "held-elsewhere"


def test_passed_after_three_calls(office):
    visit.take_ticket(office, "A")
    visit.call_next(office)
    ticket = current(office)
    visit.call(office, ticket.id)
    visit.call(office, ticket.id)
    assert visit.call(office, ticket.id).type == "calls-used-up"
    assert isinstance(visit.pass_over(office, ticket.id, "叫号未到"), Done)
    assert office.read(lambda books: books.ticket(ticket.id)).state == "passed"
    assert visit.call(office, ticket.id).type == "ticket-over"


def test_nobody_acts_without_a_sign_in_or_on_another_post(office):
    session = office.session
    stamp = office.stamp()
    office.session = None
    assert visit.take_ticket.__name__ == "take_ticket"
    with pytest.raises(LookupError):
        visit.take_ticket(office, "A")
    office.session = dataclasses.replace(session, person=office.hall.roster.people["P204"])
    refused = visit.take_ticket(office, "A")
    assert refused.type == "not-on-post"
    assert stamp.actor == "P203"


def test_two_originals_of_one_paper_are_impossible(office):
    ticket = serve_one(office)
    case = receive_all(office, ticket)
    done = visit.accept(office, case)
    assert len(done.papers) == 1
    again = visit.accept(office, case)
    assert again.type == "already-accepted"
    assert [j.doc_type for j in office.parts.vault.spool.jobs(10)] == ["受理回执", "号票"]

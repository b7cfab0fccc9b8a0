"""收件箱的几步: once, by who may, at a window of the item; and what nobody took in waits again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clerk_app.cases.inbox.acts import (
    CheckInBooking,
    DeclineInboxItem,
    LayBackInboxItem,
    LookAtInboxPaper,
    TakeInboxItem,
)
from clerk_app.cases.inbox.message import OutsideMessage, item_of, read_message
from clerk_app.cases.inbox.model import ticket_id
from clerk_app.cases.intake import RegisterCase
from clerk_app.cases.model import Applicant
from clerk_app.cases.usecases import ReceiveCase, TickMaterial
from clerk_app.outside.ids import new_id
from clerk_app.queueing.model import Ticket
from tests.cases.counter import Counter
from tests.cases.inbox.messages import PAPERS, application, arrived, booking, precheck

HERE, MANAGER, LEARNER_FREE = "P203", "P102", "P204"


@pytest.fixture
def desk() -> Counter:
    return Counter()


def come(desk: Counter, raw: dict[str, object]) -> str:
    message = read_message(raw)
    assert isinstance(message, OutsideMessage), message
    row = item_of(message, desk.books.hall.items[message.item], "JZ01", "portal", desk.now)
    desk.books.put_inbox_item(row)
    return row.id


def received(desk: Counter, key: str, case: str) -> dict[str, object]:
    row = desk.books.inbox_item(key)
    assert row is not None
    return {
        "case": case, "ticket": "", "item": row.item, "applicant": Applicant(name="卢桂珍", id_number="429900199001011234"),
        "brought": PAPERS, "brought_as": dict.fromkeys(PAPERS, "electronic"), "query_code": "7K3M-Q9X2",
    }  # fmt: skip


def test_an_application_becomes_a_case_with_nobody_at_the_window(desk):
    key, case = come(desk, application()), new_id()
    assert desk.refused(ReceiveCase, HERE, **received(desk, key, case)) == "ticket-not-serving"
    desk.good(TakeInboxItem, HERE, item=key, case=case)
    desk.books.put_inbox_item(arrived(desk.books.inbox_item(key)))
    desk.good(ReceiveCase, HERE, **received(desk, key, case))
    row = desk.books.inbox_item(key)
    assert (desk.case(case).state, row.state, row.case, row.window) == ("received", "taken", case, 2)
    assert (row.applicant.id_number, row.applicant.phone) == ("", ""), "the case has them now"
    assert desk.books.inbox_item_of(case) == row
    assert desk.refused(LayBackInboxItem, HERE, item=key) == "inbox-received"


def test_what_has_not_come_is_no_electronic_paper(desk):
    key, case = come(desk, application()), new_id()
    desk.good(TakeInboxItem, HERE, item=key, case=case)
    desk.books.put_inbox_item(arrived(desk.books.inbox_item(key), PAPERS[0]))
    words = received(desk, key, case)
    refusal = desk.act(ReceiveCase, HERE, **words)
    assert refusal is not None
    assert (refusal.type, PAPERS[1] in refusal.sentence) == ("electronic-awaited", True)
    desk.good(ReceiveCase, HERE, **{**words, "brought_as": {PAPERS[0]: "electronic"}, "brought": PAPERS[:1]})
    tick = {"case": case, "material": PAPERS[1], "brought": True}
    assert desk.refused(TickMaterial, HERE, **tick, brought_as="electronic") == "electronic-awaited"
    desk.good(TickMaterial, HERE, **tick, brought_as="original")
    desk.good(LookAtInboxPaper, HERE, item=key, digest="ab" * 32)


def test_who_is_first_stands_and_the_second_is_told_by_whom(desk):
    key = come(desk, application())
    desk.good(TakeInboxItem, HERE, item=key, case=new_id())
    refusal = desk.act(TakeInboxItem, "P204", item=key, case=new_id())
    assert refusal is not None
    assert refusal.type == "inbox-taken"
    assert "2号窗口" in refusal.sentence
    case = new_id()
    assert desk.refused(ReceiveCase, "P204", **received(desk, key, case)) == "ticket-not-serving"
    assert desk.refused(DeclineInboxItem, "P204", item=key, reason="重复", missing=("x",)) == "inbox-taken"


def test_another_window_or_another_role_cannot_take_it(desk):
    key = come(desk, application())
    assert desk.refused(TakeInboxItem, "P105", item=key, case=new_id()) == "item-elsewhere"
    assert desk.refused(TakeInboxItem, MANAGER, item=key, case=new_id()) not in ("", "inbox-taken")
    assert desk.refused(TakeInboxItem, HERE, item="nothing", case=new_id()) == "inbox-unknown"
    assert desk.books.inbox_item(key).waiting


def test_what_was_only_taken_is_laid_back_with_its_person(desk):
    key, case = come(desk, application()), new_id()
    who = desk.books.inbox_item(key).applicant
    desk.good(TakeInboxItem, HERE, item=key, case=case)
    words = received(desk, key, case)
    register = {name: words[name] for name in ("case", "ticket", "item", "query_code")}
    desk.good(RegisterCase, HERE, **register, applicant=who)
    assert desk.refused(LayBackInboxItem, "P204", item=key) == "inbox-not-here"
    desk.good(LayBackInboxItem, HERE, item=key)
    row = desk.books.inbox_item(key)
    assert (row.state, row.case, row.applicant, row.fields[0].label) == ("waiting", "", who, "公司名称")
    desk.good(TakeInboxItem, "P204", item=key, case=new_id())


def test_not_taken_says_everything_that_lacks_and_forgets_the_person(desk):
    key = come(desk, precheck())
    assert desk.refused(DeclineInboxItem, HERE, item=key, reason="") == "reason-missing"
    assert desk.refused(DeclineInboxItem, HERE, item=key, reason="材料不齐", missing=(" ",)) == "gaps-missing"
    desk.good(DeclineInboxItem, HERE, item=key, reason="材料不齐", missing=("章程第五条写经营期限", "住所证明"))
    row = desk.books.inbox_item(key)
    assert row.told_reason == "材料不齐。缺：章程第五条写经营期限；住所证明。"
    assert (row.applicant.id_number, row.fields, row.words) == ("", (), "")
    assert desk.refused(TakeInboxItem, HERE, item=key, case=new_id()) == "inbox-over"


def test_a_booking_becomes_one_ticket_on_its_day(desk):
    key, early = come(desk, booking()), come(desk, booking("YY02", day="2026-11-21"))
    ticket = ticket_id(key)
    assert desk.refused(CheckInBooking, HERE, item=key, ticket=ticket) == "ticket-of-another", "no ticket was drawn"
    for one in (ticket, ticket_id(early)):
        desk.books.put_ticket(
            Ticket(id=one, day=desk.now.date(), letter="A", number="YA001", serial=1, reserve=False, taken_at=desk.now, taken_window=2)
        )  # fmt: skip
    assert desk.refused(CheckInBooking, HERE, item=key, ticket=ticket_id(early)) == "ticket-of-another"
    assert desk.refused(CheckInBooking, HERE, item=early, ticket=ticket_id(early)) == "booked-another-day"
    assert desk.refused(TakeInboxItem, HERE, item=key, case=new_id()) == "inbox-booking"
    desk.good(CheckInBooking, HERE, item=key, ticket=ticket)
    assert desk.refused(CheckInBooking, HERE, item=key, ticket=ticket) == "inbox-taken"
    row = desk.books.inbox_item(key)
    assert (row.ticket, row.applicant.phone, row.id_end) == (ticket, "", "")
    assert row.over + timedelta(days=1) == desk.books.inbox_item(early).over

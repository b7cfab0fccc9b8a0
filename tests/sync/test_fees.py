"""收费 before the real centre: set at one window, taken at another, once; voided by two, asked back of finance, the day closed by two."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.office.counter import external, fees, money_day, visit
from clerk_app.ports import CentreAway
from clerk_app.receipts.fees.closing import Counted
from clerk_app.receipts.fees.drawer import money_day_key
from clerk_app.receipts.fees.model import Bill
from clerk_app.receipts.fees.setting import Asked
from clerk_app.receipts.fees.taking import BillNumber
from tests.server.conftest import Cluster
from tests.server.postgres import PACKAGE, postgres_url
from tests.sync.life_hall import LifeHall, good, life_hall

__all__ = ["postgres_url"]
pytestmark = pytest.mark.process

CLERKS, TILL = 6, 11
CLERK, CASHIER, MANAGER = "P303", "P111", "P102"


@pytest.fixture(scope="module")
def cluster(postgres_url: str) -> Cluster:
    return Cluster(postgres_url)


@pytest.fixture
def hall(need_program: Callable[[str, str], str], cluster: Cluster, tmp_path: Path) -> Iterator[LifeHall]:
    need_program("initdb", PACKAGE)
    with life_hall(cluster.loaded(), tmp_path) as hall:
        hall.open(w6=CLERK, w11=CASHIER)
        yield hall


def billed(hall: LifeHall) -> Bill:
    """An identity card taken in the police's system; the citizen walks to the till with his notice."""
    office, ticket = hall.office(CLERKS), hall.ticket(CLERKS)
    good(external.record_external(office, ticket.id, hall.item("身份证换领").code, "taken", "GA-20261120-7"))
    (one,) = fees.chargeable(office, ticket.id)
    assert [charge.amount for charge in one.charges] == [2000]
    good(fees.set_bill(office, [Asked(matter=one.matter)], "卢*珍"))
    (bill,) = office.read(lambda books: books.bills_of(one.matter))
    good(visit.finish(office, ticket.id))
    hall.sync()
    return bill


def state_bill(bill: Bill, number: int = 1) -> BillNumber:
    return BillNumber(unit=bill.lines[0].unit, code="42010126", number=f"{number:010d}", check="a1b2c3")


def at_the_till(hall: LifeHall, bill: Bill) -> Bill:
    return good(fees.find_bill(hall.office(TILL), bill.no))


def refused(outcome: object, kind: str) -> None:
    assert isinstance(outcome, Refusal), outcome
    assert outcome.type == kind, outcome


def papers_of(hall: LifeHall, window: int, bill: Bill) -> list[str]:
    jobs = hall.office(window).parts.vault.spool.jobs(50)
    return [job.doc_type for job in reversed(jobs) if job.doc_no == bill.no]


def test_set_at_one_window_and_taken_at_another_once(hall: LifeHall):
    bill = billed(hall)
    till = hall.office(TILL)
    assert good(fees.find_bill(till, f"bill:{bill.id}")).id == at_the_till(hall, bill).id == bill.id
    refused(fees.find_bill(till, "JK19990101-00001"), "unknown-bill")
    good(fees.take_payment(till, bill.id, "scan", bill.due, [state_bill(bill)]))
    refused(fees.take_payment(till, bill.id, "scan", bill.due), "bill-not-open")
    rows = hall.agree()
    assert rows["bill"][bill.id]["state"] == "paid"
    assert papers_of(hall, CLERKS, bill) == ["缴款通知"]
    assert papers_of(hall, TILL, bill) == ["缴费凭条"]
    refused(fees.withdraw_bill(hall.office(CLERKS), bill.id, "不要了"), "held-elsewhere")


def test_two_tills_never_take_the_same_money(hall: LifeHall):
    bill = billed(hall)
    assert fees.take_up(hall.office(TILL), bill.id) is None
    refused(fees.withdraw_bill(hall.office(CLERKS), bill.id, "不要了"), "held-elsewhere")
    good(fees.take_payment(hall.office(TILL), bill.id, "card", bill.due))
    hall.sync()
    assert good(fees.find_bill(hall.office(CLERKS), bill.no)).state == "paid"


def away(*_: object) -> None:
    raise CentreAway("cut")


def test_with_the_line_cut_no_money_is_taken_for_what_is_not_in_hand(hall: LifeHall, monkeypatch: pytest.MonkeyPatch):
    first, second = billed(hall), billed(hall)
    assert fees.take_up(hall.office(TILL), first.id) is None
    with monkeypatch.context() as cut:
        cut.setattr(hall.office(TILL).parts.centre, "claim", away)
        refused(fees.take_payment(hall.office(TILL), second.id, "scan", second.due), "line-cut")
        good(fees.take_payment(hall.office(TILL), first.id, "scan", first.due))
    assert {row["state"] for row in hall.agree()["bill"].values()} == {"open", "paid"}


def test_voided_by_two_and_the_day_closed_by_two(hall: LifeHall):
    wrong, right = billed(hall), billed(hall)
    till, day = hall.office(TILL), hall.office(TILL).parts.clock.now().date()
    good(fees.take_payment(till, wrong.id, "scan", wrong.due, [state_bill(wrong)]))
    good(fees.take_payment(till, right.id, "scan", right.due))
    good(money_day.ask_void(till, wrong.id, "金额选错"))
    refused(money_day.agree_void(till, wrong.id, hall.by(TILL, CASHIER)), "same-person")
    good(money_day.agree_void(till, wrong.id, hall.by(TILL, MANAGER)))
    today = money_day.money_today(till)
    assert [(line.means, line.booked) for line in today.lines] == [("scan", right.due)]
    assert [bill.no for bill in today.without_ebill] == [right.no]
    good(fees.record_ebill(till, right.id, state_bill(right, 2)))
    counted = [Counted(unit=right.lines[0].unit, means="scan", amount=right.due)]
    good(money_day.close_day(till, day, counted))
    key = money_day_key(day, TILL)
    refused(money_day.sign_day(till, key, hall.by(TILL, CASHIER)), "same-person")
    good(money_day.sign_day(till, key, hall.by(TILL, MANAGER)))
    rows = hall.agree()
    assert (rows["money_day"][key]["state"], rows["money_day"][key]["second"]) == ("closed", MANAGER)
    assert [job.doc_type for job in till.parts.vault.spool.jobs(50)].count("收费日结单") == 1
    assert papers_of(hall, TILL, wrong) == ["缴费凭条", "更正凭条"]

"""收费: what a window head reads, played by the use cases themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from clerk_app.command import Refusal
from clerk_app.receipts.fees.closing import CloseMoneyDay, Counted, SignMoneyDay
from clerk_app.receipts.fees.day_sheet import day_sheet
from clerk_app.receipts.fees.drawer import money_day_key
from clerk_app.receipts.fees.giving_back import AgreeBillVoid, AnswerRefund, AskBillVoid, AskRefund
from clerk_app.receipts.fees.model import Bill, yuan
from clerk_app.receipts.fees.setting import Asked
from clerk_app.receipts.fees.slips import payment_notice, payment_receipt
from tests.duty.everyone import HALL
from tests.receipts.fees.cashier import CASHIER, CLERK, HOUSE, ID_CARD, MANAGER, Counter
from tests.receipts.test_slips import HEAD, words

scenarios("收费.feature")
EXTRA = "每增一本证书"


def fen(text: str) -> int:
    return int(Decimal(text) * 100)


def unit(code: str) -> str:
    return HALL.roster.departments[code].name


@dataclass
class Scene:
    """大厅的一天 what was asked for, the bill in hand, and the last answer."""

    counter: Counter = field(default_factory=Counter)
    asked: list[Asked] = field(default_factory=list)
    key: str = ""
    answer: object = None

    @property
    def bill(self) -> Bill:
        return self.counter.bill(self.key)

    def sets(self, *asked: Asked) -> None:
        self.answer = self.counter.sets(*asked)
        if isinstance(self.answer, Bill):
            self.key = self.answer.id

    def refused(self, said: str) -> None:
        assert isinstance(self.answer, Refusal), self.answer
        assert said in self.answer.sentence


@pytest.fixture
def scene() -> Scene:
    return Scene()


@given("群众办了身份证换领，20 元")
def id_card(scene: Scene) -> None:
    scene.asked.append(Asked(matter=scene.counter.matter(ID_CARD)))


@given("群众办了房屋转移登记，住宅类 80 元")
def house(scene: Scene) -> None:
    scene.asked.append(Asked(matter=scene.counter.matter(HOUSE), charge="住宅类"))


@when("窗口开缴款单")
def sets(scene: Scene) -> None:
    scene.sets(*scene.asked)


@when(parsers.parse('窗口要收"{charge}"'))
def sets_unpublished(scene: Scene, charge: str) -> None:
    scene.sets(Asked(matter=scene.asked[0].matter, charge=charge))


@when(parsers.parse('窗口给"{name}"减免，再收一份{extra}'))
def sets_reduced(scene: Scene, name: str, extra: str) -> None:
    (reduction,) = [one for one in HALL.items[HOUSE].fee_reductions if one.name == name]
    first = scene.asked[0]
    scene.sets(
        Asked(matter=first.matter, charge=first.charge, reduction=reduction.key),
        Asked(matter=first.matter, charge=extra),
    )


@then(parsers.parse("缴款单上应缴 {due} 元，分{units}家"))
def stands(scene: Scene, due: str, units: str) -> None:
    assert yuan(scene.bill.due) == due
    assert len([one for one, _ in scene.bill.by_unit() if scene.bill.due_to(one)]) == {"一": 1, "两": 2}[units]


@then(parsers.parse('缴款通知写着"{said}"，没有别的号码'))
def noticed(scene: Scene, said: str) -> None:
    notice = words(payment_notice(scene.bill, unit, HEAD, "11号窗口"))
    assert said in notice
    assert "校验" not in notice


@when("定的人自己来收款")
def takes_own(scene: Scene) -> None:
    scene.answer = scene.counter.takes(scene.bill, (CLERK[0], CASHIER[1], CASHIER[2]))


@when(parsers.re(r"收费员收 (?P<amount>[\d.]+) 元(?P<read>，记了财政票据)?"))
def takes(scene: Scene, amount: str, read: str | None) -> None:
    ebills = scene.counter.numbers(scene.bill) if read else ()
    scene.answer = scene.counter.takes(scene.bill, amount=fen(amount), ebills=ebills)


@then(parsers.parse('收了款，凭条写着"{said}"'))
def taken(scene: Scene, said: str) -> None:
    assert isinstance(scene.answer, Bill), scene.answer
    assert said in words(payment_receipt(scene.bill, unit, "翁玉兰", HEAD))


@then(parsers.re(r'没有(?:开|收|作废|日结)，说的是"(?P<said>.+)"'))
def not_done(scene: Scene, said: str) -> None:
    scene.refused(said)


@when(parsers.parse('收费员请更正，因为"{why}"'))
def asks_void(scene: Scene, why: str) -> None:
    scene.answer = scene.counter.does(CASHIER, AskBillVoid, bill=scene.key, reason=why)


@when(parsers.re("(?P<who>收费员自己|值班长)同意更正"))
def agrees(scene: Scene, who: str) -> None:
    scene.answer = scene.counter.does(MANAGER if who == "值班长" else CASHIER, AgreeBillVoid, bill=scene.key)


@then("缴款单作废了，这一项能再开一张")
def voided(scene: Scene) -> None:
    assert scene.answer is None
    before = scene.bill
    assert before.state == "void"
    scene.sets(*scene.asked)
    assert scene.bill.no != before.no


@when("到了第二天")
def next_day(scene: Scene) -> None:
    scene.counter.at += timedelta(days=1)


@when(parsers.parse("收费员记退付申请 {amount} 元"))
def asks_refund(scene: Scene, amount: str) -> None:
    scene.answer = scene.counter.does(CASHIER, AskRefund, bill=scene.key, amount=fen(amount), reason="没有办成")
    assert scene.answer is None


@when(parsers.parse('财政答复同意，文号"{number}"'))
def answers(scene: Scene, number: str) -> None:
    said = {"answer": "granted", "answer_no": number, "answered_on": scene.counter.at.date()}
    scene.answer = scene.counter.does(CASHIER, AnswerRefund, bill=scene.key, **said)


@then("缴款单已退付")
def refunded(scene: Scene) -> None:
    assert scene.answer is None
    assert scene.bill.state == "refunded"


@when(parsers.re(r'收费员点出 (?P<amount>[\d.]+) 元(?:，写明"(?P<why>.+)")?，日结'))
def closes(scene: Scene, amount: str, why: str | None) -> None:
    ((code, _),) = scene.bill.by_unit()
    counted = (Counted(unit=code, means="scan", amount=fen(amount)),)
    scene.answer = scene.counter.does(
        CASHIER, CloseMoneyDay, day=scene.counter.at.date(), counted=counted, why=why or ""
    )


def the_key(scene: Scene) -> str:
    return money_day_key(scene.counter.at.date(), CASHIER[2])


@then("日结等第二人复核")
def waits(scene: Scene) -> None:
    assert scene.answer is None
    day = scene.counter.books.money_day(the_key(scene))
    assert day is not None
    assert day.state == "counted"


@when("值班长复核")
def signs(scene: Scene) -> None:
    scene.answer = scene.counter.does(MANAGER, SignMoneyDay, money_day=the_key(scene))


@then(parsers.parse('日结单写着"{first}"和"{second}"'))
def sheet(scene: Scene, first: str, second: str) -> None:
    assert scene.answer is None
    day = scene.counter.books.money_day(the_key(scene))
    assert day is not None
    said = words(day_sheet(day, (), unit, HALL.roster.name_of, HEAD))
    assert first in said
    assert second in said

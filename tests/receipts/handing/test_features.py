"""出件: what a window head reads, played by the use cases themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from clerk_app.command import Refusal
from clerk_app.receipts.handing.choosing import ChooseDelivery
from clerk_app.receipts.handing.giving import HandOverCase
from clerk_app.receipts.handing.posting import PostResult
from clerk_app.receipts.handing.slips import address_slip, transfer_slip
from clerk_app.receipts.handing.taking_in import TakeInResult
from clerk_app.receipts.slip import Slip
from clerk_app.receipts.slips import handover_slip
from tests.receipts.handing.shelves import DISPATCHER, LETTER, PROMISED, Shelves, taker
from tests.receipts.test_slips import HEAD, words

scenarios("出件.feature")


@dataclass
class Scene:
    """出件的一天 the cases in their order, and the last answer."""

    desk: Shelves = field(default_factory=Shelves)
    cases: list[str] = field(default_factory=list)
    old_number: str = ""
    answer: Refusal | None = None

    @property
    def case(self) -> str:
        return self.cases[0]

    def tries(self, act: Callable[[], Refusal | None]) -> None:
        self.answer = act()

    def hands_out(self, **said: object) -> None:
        self.tries(lambda: self.desk.does(HandOverCase, self.case, **taker(**said)))

    def brings(self, case: str, shelf: str, **said: str) -> None:
        self.tries(lambda: self.desk.does(TakeInResult, case, **self.desk.brought(case, shelf, **said)))

    def posts(self, waybill: str) -> None:
        self.tries(lambda: self.desk.does(PostResult, self.case, waybill=waybill))

    def slip(self) -> Slip:
        return handover_slip(self.desk.case(self.case), self.desk.item(PROMISED), "顾长青", HEAD)


@pytest.fixture
def scene() -> Scene:
    return Scene()


@given("窗口办完两件，文书盖了章")
def two_sealed(scene: Scene) -> None:
    scene.cases += [scene.desk.sealed(), scene.desk.sealed()]


@given("一件在出件窗口的架上")
def one_shelved(scene: Scene) -> None:
    scene.cases.append(scene.desk.taken_in())


@when(parsers.parse("罗文静把两件交到出件窗口，放上 {first} 和 {second}"))
def both_brought(scene: Scene, first: str, second: str) -> None:
    for case, shelf in zip(scene.cases, (first, second), strict=True):
        scene.brings(case, shelf)
        assert scene.answer is None


@then(parsers.parse('交接单写着"{said}"'))
def handover_says(scene: Scene, said: str) -> None:
    rows = scene.desk.books.results_of_transfer("t-1")
    assert said in words(transfer_slip(rows, scene.desk.books.roster.name_of, HEAD))


@then(parsers.parse("第一件在 {shelf}"))
def lies_there(scene: Scene, shelf: str) -> None:
    assert scene.answer is None
    row = scene.desk.result(scene.case)
    assert (row.state, row.shelf) == ("shelved", shelf)


@when("出件窗口的人自己交给自己")
def to_himself(scene: Scene) -> None:
    scene.brings(scene.desk.sealed(), "019", giver=DISPATCHER)


@when(parsers.parse("第三件也要放上 {shelf}"))
def third(scene: Scene, shelf: str) -> None:
    scene.brings(scene.desk.sealed(), shelf)


@then(parsers.parse('没有办，说的是"{said}"'))
def not_done(scene: Scene, said: str) -> None:
    assert isinstance(scene.answer, Refusal), "it was done"
    assert said in scene.answer.sentence


@when(parsers.parse('申请人没带回执，凭"{proof}"来领'))
def without_slip(scene: Scene, proof: str) -> None:
    scene.hands_out(proof=proof, without_slip=True)


@when("申请人自己来领")
def himself(scene: Scene) -> None:
    scene.hands_out()


@when(parsers.re('代理人来领，(?:没有委托书|带着"(?P<letter>.+)")'))
def agent(scene: Scene, letter: str | None) -> None:
    scene.hands_out(as_who="agent", letter=letter or "")


@when(parsers.re('领件人拒签，(?:没有见证人|见证人是"(?P<witness>.+)")'))
def refuses(scene: Scene, witness: str | None) -> None:
    scene.hands_out(signed="refused", witness=witness or "")


@then(parsers.parse('领走了，取件凭证写着"{said}"'))
def handed_out(scene: Scene, said: str) -> None:
    assert scene.answer is None, scene.answer
    assert said in words(scene.slip())
    assert "卢小珍" not in words(scene.slip())


@then("记下了没带回执")
def slip_lost(scene: Scene) -> None:
    assert scene.desk.case(scene.case).handed_over.without_slip


@then("办件是已送达")
def delivered(scene: Scene) -> None:
    assert scene.answer is None, scene.answer
    assert (scene.desk.case(scene.case).state, scene.desk.result(scene.case).state) == ("delivered", "out")


@when("没选邮寄就交寄")
def posts_unasked(scene: Scene) -> None:
    scene.posts("SF1234567890")


@when("申请人选了邮寄")
def chooses(scene: Scene) -> None:
    scene.tries(lambda: scene.desk.does(ChooseDelivery, scene.case, **LETTER))
    assert scene.answer is None


@when(parsers.re(r"(?:交寄，|还用)运单 (?P<waybill>\w+)(?: 再寄)?"))
def posts(scene: Scene, waybill: str) -> None:
    scene.posts(waybill)


@then(parsers.parse('在路上，地址条写着"{said}"'))
def on_its_way(scene: Scene, said: str) -> None:
    assert scene.answer is None, scene.answer
    row = scene.desk.result(scene.case)
    assert row.state == "posted"
    assert said in words(address_slip(row, row.posting, HEAD))


@when(parsers.parse('过了 {days:d} 天，邮件退回，因为"{why}"，放上 {shelf}'))
def comes_back(scene: Scene, days: int, why: str, shelf: str) -> None:
    scene.desk.later(days=days)
    scene.tries(lambda: scene.desk.came_back(scene.case, shelf, reason=why))


@when(parsers.parse("过了 {days:d} 天，记昨天签收"))
def signed_for(scene: Scene, days: int) -> None:
    scene.desk.later(days=days)
    yesterday = scene.desk.now.date() - timedelta(days=1)
    scene.tries(lambda: scene.desk.signed_for(scene.case, signed_on=yesterday))


@then("送达算在签收那天")
def on_that_day(scene: Scene) -> None:
    handed = scene.desk.case(scene.case).handed_over
    assert handed.moment.date() == scene.desk.now.date() - timedelta(days=1)
    assert handed.at.date() == scene.desk.now.date(), "and it was written down today"


@when("印盖错了，退回窗口作废，另盖一张")
def done_over(scene: Scene) -> None:
    scene.old_number = scene.desk.number(scene.case)
    assert scene.desk.send_back(scene.case) is None
    scene.desk.resealed(scene.case)
    assert scene.desk.number(scene.case) != scene.old_number


@when("旧的那张又送到出件窗口")
def old_brought(scene: Scene) -> None:
    scene.brings(scene.case, "001", document_no=scene.old_number)


@when(parsers.re("新的那张送到出件窗口|有人又拿一张来交"))
def new_brought(scene: Scene) -> None:
    scene.brings(scene.case, "001")


@then("领走了，取件凭证写的是新文号")
def new_number(scene: Scene) -> None:
    assert scene.answer is None, scene.answer
    said = words(scene.slip())
    assert scene.desk.number(scene.case) in said
    assert scene.old_number not in said


@when("有人想再寄一份")
def posts_a_copy(scene: Scene) -> None:
    scene.posts("SF0000000009")

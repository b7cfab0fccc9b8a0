"""Receiving: from a ticket in hand, for an item of this window, with the list's papers and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clerk_app.cases.model import Applicant
from clerk_app.cases.usecases import AcceptCase, ReceiveCase, TickMaterial
from clerk_app.hall import read_hall
from clerk_app.office.judge import judge
from clerk_app.office.register import build_register
from clerk_app.ports import NumberBlock
from clerk_app.queueing.usecases import ArriveTicket, CallTicket, TakeTicket
from tests.cases.test_case import DUE
from tests.desk import StandingClock, training_document
from tests.memory_books import MemoryBooks
from tests.visits import COMPANY

HALL = read_hall(training_document(), "v1")
REGISTER = build_register()
EXTERNAL = next(code for code, item in HALL.items.items() if item.external)
ELSEWHERE = next(code for code, item in HALL.items.items() if 2 not in item.windows and not item.external)
ALL = tuple(m.name for m in HALL.items[COMPANY].materials)


class Desk:
    """Window 2 with one ticket in hand."""

    def __init__(self) -> None:
        self.books = MemoryBooks(HALL)
        self.clock = StandingClock()
        self.books.give_block(NumberBlock(id="b", kind="ticket-reserve:A:2026-11-20", first=901, last=910))
        self.books.give_block(NumberBlock(id="n", kind="case_no:2026", first=1, last=2))
        day = self.clock.moment.date()
        assert self.act(TakeTicket, ticket="t", day=day, letter="A", block="b", serial=901, reserve=True) is None

    def act(self, command, **fields):
        stamp = {"actor": "P203", "post": "A1", "window": 2, "basis": "a_role:A1", "hall_version": "v1"}
        return judge(command(**{"id": "c", "at": self.clock.now(), **stamp, **fields}), self.books, REGISTER)

    def receive(self, **fields):
        usual = {"case": "k", "ticket": "t", "item": COMPANY, "applicant": Applicant(name="某公司"), "brought": ALL}
        return self.act(ReceiveCase, query_code="7K3M-Q9X2", **{**usual, **fields})


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def serving(desk):
    assert desk.act(CallTicket, ticket="t") is None
    assert desk.act(ArriveTicket, ticket="t") is None
    return desk


def test_not_before_the_citizen_stands_here(desk):
    assert desk.receive().type == "ticket-not-serving"
    desk.act(CallTicket, ticket="t")
    assert desk.receive().type == "ticket-not-serving"
    assert desk.books.cases == {}


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"item": "nothing"}, "unknown-item"), ({"item": EXTERNAL}, "item-external"), ({"item": ELSEWHERE}, "item-elsewhere"),
        ({"applicant": Applicant(name=" 　")}, "applicant-missing"), ({"brought": (*ALL, "居委会证明")}, "unknown-material"),
        ({"ticket": "another"}, "ticket-not-serving"),
    ],
)  # fmt: skip
def test_what_is_not_received(serving, fields, kind):
    refusal = serving.receive(**fields)
    assert refusal.type == kind
    assert refusal.sentence.endswith("。")
    assert serving.books.cases == {}
    assert "case:k" not in serving.books.holds


def test_received_with_the_items_list_and_held_here(serving):
    assert serving.receive(brought=ALL[:2]) is None
    case = serving.books.cases["k"]
    assert tuple(m.name for m in case.materials) == ALL
    assert case.brought == 2
    assert (case.handler, case.department, case.hall_version) == ("P203", "SJJ", "v1")
    assert serving.books.holder("case:k") == "device-a"
    assert serving.receive().type == "case-exists"


def test_a_refused_acceptance_spends_no_number(serving):
    serving.receive(brought=())
    number = {"case": "k", "block": "n", "serial": 1, "case_no": "JZ20261120-00001", "due": DUE}
    assert serving.act(AcceptCase, **number).type == "materials-missing"
    assert ("case_no:2026", 1) not in serving.books.used
    for name in ALL:
        assert serving.act(TickMaterial, case="k", material=name, brought=True) is None
    assert serving.act(AcceptCase, **{**number, "serial": 3, "case_no": "JZ20261120-00003"}).type == "number-not-given"
    assert serving.books.cases["k"].state == "received"
    assert serving.act(AcceptCase, **number) is None
    assert serving.act(AcceptCase, **{**number, "serial": 2, "case_no": "JZ-2"}).type == "already-accepted"
    assert serving.books.cases["k"].case_no == "JZ20261120-00001"


def test_a_case_another_device_holds_is_not_moved_here(serving):
    serving.receive()
    serving.books.holds["case:k"] = "device-b"
    assert serving.act(TickMaterial, case="k", material=ALL[0], brought=False).type == "held-elsewhere"


@pytest.mark.parametrize("command", [TickMaterial, AcceptCase])
def test_an_unknown_case_is_said(desk, command):
    fields = {"material": "x", "brought": True} if command is TickMaterial else {
        "block": "n", "serial": 1, "case_no": "JZ20261120-00001", "due": DUE
    }  # fmt: skip
    assert desk.act(command, case="nothing", **fields).type == "unknown-case"


def with_skill(desk, skill, *, mine=()):
    item, roster = replace(HALL.items[COMPANY], skills=(skill,)), HALL.roster
    people = roster.people | {"P203": replace(roster.people["P203"], skills=mine)}
    desk.books.hall = replace(HALL, items=HALL.items | {COMPANY: item}, roster=replace(roster, people=people))


def test_an_item_that_asks_for_a_qualification_is_taken_in_only_by_who_has_it(serving):
    with_skill(serving, "企业登记员")
    refusal = serving.receive()
    assert refusal.type == "skill-missing"
    assert "企业登记员" in refusal.sentence
    assert "许可心" in refusal.sentence
    assert serving.books.cases == {}
    with_skill(serving, "企业登记员", mine=("企业登记员",))
    assert serving.receive() is None


def test_who_lost_the_qualification_accepts_no_more(serving):
    with_skill(serving, "企业登记员", mine=("企业登记员",))
    assert serving.receive() is None
    with_skill(serving, "企业登记员")
    fields = {"case": "k", "case_no": "JZ20261120-00001", "block": "n", "serial": 1, "due": DUE}
    assert serving.act(AcceptCase, **fields).type == "skill-missing"
    assert serving.books.case("k").state == "received"
    assert serving.books.used == {("ticket-reserve:A:2026-11-20", 901): "c"}

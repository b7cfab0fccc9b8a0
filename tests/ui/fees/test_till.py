"""收款 at the paying window, by keys alone: scanned, paid, the state's bill read in, corrected by two, the day closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from clerk_app.command import Refusal
from clerk_app.office.counter import fees
from clerk_app.office.office import Office
from clerk_app.ports.line import Change
from clerk_app.receipts.fees.model import Bill, Taken
from clerk_app.receipts.paper import Delivery
from clerk_app.store.rows import to_json
from tests.ui.fees.till import CARD, CASHIER, HOUSE, bill_of, till_office
from ui.background import Background
from ui.fees.house import MONEY_DAY, FeesHouse, FeesViews
from ui.fees.room import FeesRoom
from ui.fees.telling_till import VOID_FORM

EBILL = "01,01,42010126,0000000001,a1b2c3,20261120"


@pytest.fixture
def office(tmp_path: Path):
    office = till_office(tmp_path, printer="tcp://127.0.0.1:9")
    yield office
    office.parts.vault.close()


@pytest.fixture
def desk(qtbot, office: Office, front: Callable[..., QWidget]) -> SimpleNamespace:
    house, background = FeesHouse(FeesViews()), Background()
    room = FeesRoom(office, background, house)
    said: list[tuple[str, bool]] = []
    waiting: list[int] = []
    room.said.connect(lambda text, good: said.append((text, good)))
    room.waiting.connect(waiting.append)
    house.resize(1290, 640)
    front(house)

    def settle() -> None:
        qtbot.waitUntil(lambda: background.idle)

    def scan(text: str) -> None:
        house.till.scan.set_text(text)
        qtbot.keyClick(house.till.scan.line, Qt.Key.Key_Return)
        settle()

    def act(name: str, *typed: str) -> None:
        for field, text in zip(house.till.detail.fields(), typed, strict=False):
            field.set_text(text)
        house.till.detail.act.emit(name, [field.line.text() for field in house.till.detail.fields()])
        settle()

    def start() -> None:
        room.start()
        settle()

    yield SimpleNamespace(
        house=house, room=room, said=said, waiting=waiting, scan=scan, act=act, settle=settle, start=start
    )
    background.close()


def now(office: Office, bill: Bill) -> Bill:
    found = office.read(lambda books: books.bill(bill.id))
    assert found is not None
    return found


def shown(desk: SimpleNamespace) -> list[str]:
    return [row.id for row in desk.house.till.table().rows()]


def test_scanned_and_paid_with_its_slip(desk, office):
    first, second = bill_of(office), bill_of(office, 2)
    desk.start()
    assert (shown(desk), desk.waiting[-1]) == ([first.id, second.id], 2)
    desk.scan(f"bill:{second.id}")
    assert desk.house.till.table().selected_id() == second.id
    desk.act("scan")
    assert desk.said[-1] == ("收款 20.00 元，凭条在打。", True)
    assert (now(office, second).state, now(office, first).state) == ("paid", "open")
    assert [job.doc_type for job in office.parts.vault.spool.jobs(5)] == ["缴费凭条"]
    assert desk.waiting[-1] == 1
    assert desk.house.till.scan.text() == "", "the next one can be scanned at once"


def test_what_is_not_here_is_said_under_the_field_and_nothing_is_taken(desk, office):
    bill = bill_of(office)
    desk.start()
    desk.scan("JK20990101-00001")
    assert "没有这张缴款单" in desk.house.till.scan.finding()
    assert now(office, bill).state == "open"
    desk.scan("jk20261120-00001")
    assert desk.house.till.scan.finding() == ""
    assert desk.house.till.table().selected_id() == bill.id


def test_who_set_it_is_told_why_he_cannot_take_it(desk, office):
    bill = bill_of(office, set_by=CASHIER)
    desk.start()
    button = desk.house.till.detail.bar.button("scan")
    assert "你定的" in button.reason()
    desk.act("scan")
    assert not desk.said[-1][1]
    assert now(office, bill).state == "open"


def test_cash_is_counted_and_the_change_is_said(desk, office):
    bill = bill_of(office)
    desk.start()
    desk.act("cash_form")
    desk.act("cash", "十元")
    assert desk.said[-1] == ("金额没看懂，没有记。只写数字，如 20 或 20.50。", False)
    desk.act("cash", "10")
    assert "不够" in desk.said[-1][0]
    desk.act("cash", "50")
    assert desk.said[-1] == ("收款 20.00 元，凭条在打。找零 30.00 元。", True)
    assert now(office, bill).taken.means == "cash"


def test_the_states_bills_are_read_in_a_line_for_each_unit(desk, office):
    bill = bill_of(office, units=(CARD, HOUSE))
    desk.start()
    desk.act("scan")
    assert [field.label.text() for field in desk.house.till.detail.fields()] == [
        f"财政票据：{office.hall.roster.departments[unit].name}" for unit in (CARD, HOUSE)
    ]
    desk.act("ebill", "随便写的")
    assert not desk.said[-1][1]
    desk.act("ebill", EBILL)
    assert now(office, bill).without_ebill() == (HOUSE,)
    desk.act("ebill", "42010126 0000000002 d4e5f6")
    assert now(office, bill).without_ebill() == ()


def test_a_form_is_left_by_esc_and_nothing_was_done(desk, office, qtbot):
    bill = bill_of(office)
    desk.start()
    desk.act("scan")
    desk.act(VOID_FORM)
    assert [field.label.text() for field in desk.house.till.detail.fields()] == ["为什么更正"]
    qtbot.keyClick(desk.house.till, Qt.Key.Key_Escape)
    assert [field.label.text() for field in desk.house.till.detail.fields()] != ["为什么更正"]
    desk.act(VOID_FORM)
    desk.act("void", "金额选错")
    assert now(office, bill).asked_void.reason == "金额选错"
    desk.act("agree", "P999", "1234")
    assert desk.said[-1] == ("没有这个工号，没有办。看他的工牌再写。", False)
    assert now(office, bill).state == "paid"


def printed(office: Office) -> list[tuple[str, int, str]]:
    """Every paper, the oldest first: kind, which print, why again."""
    return [(job.doc_type, job.copy_no, job.reason) for job in reversed(office.parts.vault.spool.jobs(9))]


def out(office: Office) -> None:
    spool = office.parts.vault.spool
    while (job := spool.take_next(office.parts.settings.printer)) is not None:
        spool.settle(job.id, Delivery("done"))


def test_a_receipt_is_printed_once_more_with_its_reason_and_never_of_what_is_void(desk, office):
    bill = bill_of(office)
    desk.start()
    desk.act("scan")
    out(office)
    desk.act("again_form")
    desk.act("again", "")
    assert "还没写为什么" in desk.said[-1][0]
    desk.act("again", "凭条丢了")
    assert printed(office) == [("缴费凭条", 1, ""), ("缴费凭条", 2, "凭条丢了")]
    out(office)
    void = replace(now(office, bill), state="void")
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_bill(void)
    outcome = fees.print_receipt(office, void, "要一张")
    assert isinstance(outcome, Refusal)
    assert outcome.type == "paper-not-so"
    assert len(printed(office)) == 2


def test_paid_at_another_machine_it_is_a_copy_all_the_same(desk, office):
    bill = bill_of(office)
    desk.start()
    paid = bill.pay(Taken(means="scan", amount=bill.due, by=CASHIER, at=bill.set_at, window=11))
    assert isinstance(paid, Bill)
    office.parts.vault.journal.hear([Change(seq=0, subject=f"bill:{bill.id}", row=to_json(paid))])
    desk.room.till.refresh()
    desk.settle()
    desk.act("again_form")
    desk.act("again", "凭条丢了")
    assert printed(office) == [("缴费凭条", 2, "凭条丢了")]


def test_the_day_is_closed_by_what_was_counted(desk, office):
    bill_of(office)
    desk.start()
    desk.act("scan")
    desk.act("ebill", EBILL)
    desk.house.show_view(MONEY_DAY)
    desk.room.day.refresh()
    desk.settle()
    page = desk.house.day
    assert [row.cell(2).text for row in page.table().rows()] == ["20.00"]

    def act(name: str, *typed: str) -> None:
        for field, text in zip(page.detail.fields(), typed, strict=False):
            field.set_text(text)
        page.detail.act.emit(name, [field.line.text() for field in page.detail.fields()])
        desk.settle()

    act("close", "", "")
    assert not desk.said[-1][1]
    act("close", "19.50", "")
    assert "相差" in desk.said[-1][0] or "差 0.50" in desk.said[-1][0]
    act("close", "19.50", "少收五角")
    assert desk.said[-1] == ("点的数记下了。", True)
    day = office.read(lambda books: books.money_day("2026-11-20-11"))
    assert (day.state, day.difference, day.why) == ("counted", -50, "少收五角")


def test_what_was_asked_for_is_dropped_by_one_press(desk, office):
    bill = bill_of(office)
    desk.start()
    desk.act("scan")
    desk.act(VOID_FORM)
    desk.act("void", "看错了")
    assert now(office, bill).asked_void is not None
    desk.act("drop")
    assert desk.said[-1] == (f"{bill.no} 不更正了，照原来的算。", True)
    assert (now(office, bill).asked_void, now(office, bill).state) == (None, "paid")


def test_a_day_nobody_closed_comes_before_today(desk, office):
    bill_of(office)
    desk.start()
    desk.act("scan")
    desk.act("ebill", EBILL)
    clock = office.parts.clock
    clock.set(clock.now() + timedelta(days=3))
    desk.house.show_view(MONEY_DAY)
    desk.room.day.refresh()
    desk.settle()
    page = desk.house.day
    assert page.list_pane.accessibleName() == "11月20日（星期五）的钱，还没日结"
    page.detail.act.emit("close", ["20.00", ""])
    desk.settle()
    day = office.read(lambda books: books.money_day("2026-11-20-11"))
    assert (day.state, day.difference) == ("counted", 0)

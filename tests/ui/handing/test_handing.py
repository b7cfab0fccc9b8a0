"""出件 by keys and scans: fetched once, taken in, told, sent back, posted; each grey button says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from clerk_app.cases.model import Case
from clerk_app.office.counter.handing import acts
from clerk_app.office.duty.pages import first_page, pages_for
from clerk_app.office.office import Office
from clerk_app.office.running import Running
from clerk_app.ports import HoldGrant, NumberBlock
from clerk_app.receipts.handing.model import Result
from clerk_app.receipts.paper import Delivery as Out
from printers.lane import Lane
from printers.pages import QtPageMaker
from tests.ui.fees.till import GivingCentre
from tests.ui.handing.results import (
    DISPATCHER,
    HANDLER,
    PASSPORT,
    by_post,
    handing_office,
    sealed_case,
    shelved,
)
from tests.ui.test_desk import DoubtfulLink, paper
from ui.background import Background
from ui.desk import Desk
from ui.front_door import FrontDoor
from ui.handing.house import POST, SHELVES, TAKING, HandingHouse, HandingViews
from ui.handing.room import HandingRoom
from ui.rooms import Hands

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(tmp_path: Path):
    office = handing_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def desk(qtbot, office: Office, front: Callable[..., QWidget]) -> SimpleNamespace:
    house, background = HandingHouse(HandingViews()), Background()
    room = HandingRoom(office, background, house)
    said: list[tuple[str, bool]] = []
    waiting: list[int] = []
    room.said.connect(lambda text, good: said.append((text, good)))
    room.waiting.connect(waiting.append)
    house.resize(1290, 640)
    front(house)

    def settle() -> None:
        qtbot.waitUntil(lambda: background.idle)

    def start(view: str = "") -> None:
        room.start()
        room.refresh()
        settle()
        if view:
            house.show_view(view)

    def scan(text: str) -> None:
        field = house.taking.scan if house.view() == TAKING else house.pick.scan
        field.set_text(text)
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
        settle()

    def next_step() -> None:
        qtbot.keyClick(house, Qt.Key.Key_Return, CTRL)
        settle()

    yield SimpleNamespace(
        house=house, room=room, said=said, waiting=waiting, settle=settle, start=start, scan=scan, next_step=next_step
    )
    room.close()
    background.close()


def case_now(office: Office, case: Case) -> Case:
    found = office.read(lambda books: books.case(case.id))
    assert found is not None
    return found


def result_now(office: Office, case: Case) -> Result:
    found = office.read(lambda books: books.result(case.id))
    assert found is not None
    return found


def printed(office: Office) -> list[tuple[str, int, str]]:
    return [(job.doc_type, job.copy_no, job.reason) for job in reversed(office.parts.vault.spool.jobs(9))]


def out(office: Office) -> None:
    spool = office.parts.vault.spool
    while (job := spool.take_next(office.parts.settings.printer)) is not None:
        spool.settle(job.id, Out("done"))


def words_of(pane) -> str:
    view = pane._view
    facts = "".join(f"{label}{words}" for label, words in view.facts)
    return f"{view.title}{view.words}{facts}"


def ids(table) -> list[str]:
    return [row.id for row in table.rows()]


def test_scanned_and_handed_out_once_by_keys(desk, office):
    other, case = shelved(office, sealed_case(office, 1), "001"), shelved(office, sealed_case(office, 2), "017")
    desk.start()
    assert desk.house.pick.scan.line.hasFocus()
    desk.scan(f"case:{case.query_code}")
    page = desk.house.pick
    assert page.table().selected_id() == case.id
    assert "架 017" in words_of(page.detail)
    assert "欧*月" in words_of(page.detail)
    assert page.detail.typed() == {
        "who": "applicant", "name": "欧阳明月", "seen": "居民身份证", "signed": "paper", "slip": "with",
    }  # fmt: skip
    desk.next_step()
    assert desk.said[-1] == (f"{case.case_no} 交给他了，取件凭证在打。", True)
    handed = case_now(office, case).handed_over
    assert handed is not None
    assert (handed.receiver, handed.proof, handed.by) == ("欧阳明月", "居民身份证", DISPATCHER)
    assert [doc for doc, _, _ in printed(office)] == ["取件凭证"]
    assert case_now(office, other).state == "sealed"
    desk.scan(case.case_no)
    assert "已领" in words_of(page.detail)
    assert "顾长青" in words_of(page.detail)
    assert (page.detail.fields(), page.detail.button("give")) == ((), None), "a second original is never handed out"


def test_an_agent_brings_a_letter_and_a_refusal_keeps_what_was_typed(desk, office):
    case = shelved(office, sealed_case(office, name="江州春禾餐饮管理有限公司", agent="司马青山"))
    desk.start()
    desk.scan(case.case_no)
    pane = desk.house.pick.detail
    assert pane.typed()["who"] == "agent"
    assert pane.field("name").text() == "司马青山"
    pane.pick("slip").segment("without").click()
    pane.pick("signed").segment("refused").click()
    pane.field("letter").set_text("委托书原件")
    desk.next_step()
    assert "见证人" in desk.said[-1][0]
    assert not desk.said[-1][1]
    assert pane.field("letter").text() == "委托书原件"
    pane.field("witness").set_text("周小满，社区")
    desk.next_step()
    handed = case_now(office, case).handed_over
    assert handed is not None
    assert (handed.as_who, handed.letter, handed.signed, handed.witness, handed.without_slip) == (
        "agent", "委托书原件", "refused", "周小满，社区", True,
    )  # fmt: skip


def test_the_proof_is_printed_signed_and_scanned_back(desk, office, tmp_path):
    office.parts = replace(office.parts, pages=QtPageMaker())
    office.parts.vault.keep.add_block(NumberBlock(id="b", kind="paper_no:SJJ:delivered:2026", first=7, last=9))
    case = shelved(office, sealed_case(office))
    desk.start()
    desk.scan(case.case_no)
    desk.next_step()
    bar = desk.house.pick.detail.bar
    assert bar.filled().words() == "打送达回证"
    desk.next_step()
    assert bar.filled().words() == "扫回回证"
    assert [row.paper for row in office.read(lambda books: books.case_documents_of(case.id))] == ["送达回证"]
    desk.house.pick.file_chosen.emit(case.id, str(tmp_path / "没有.pdf"))
    desk.settle()
    assert "打不开" in desk.said[-1][0]
    scanned = tmp_path / "扫描.PDF"
    scanned.write_bytes(b"%PDF-1.7 signed")
    desk.house.pick.file_chosen.emit(case.id, str(scanned))
    desk.settle()
    assert [one.name for one in office.read(lambda books: books.attachments_of(case.id))] == ["送达回证（已签）.pdf"]
    assert bar.filled() is None


def test_each_grey_button_says_why(desk, office):
    not_brought = sealed_case(office, 1)
    owing = shelved(office, sealed_case(office, 2, item=PASSPORT), "002")
    posted = by_post(office, shelved(office, sealed_case(office, 3), "003"))
    acts.post(office, posted.id, "SF1234567890")
    desk.start()
    reasons = []
    for text in (not_brought.case_no, owing.case_no, "SF1234567890"):
        desk.scan(text)
        reasons.append(desk.house.pick.detail.button("give").reason())
    assert reasons == ["纸还没收进来", "还没定收费项", "已经寄出，等签收"]
    desk.next_step()
    assert desk.said[-1] == ("已经寄出，等签收，没有办。", False)
    assert case_now(office, posted).state == "sealed"


def test_what_is_not_found_is_said_under_the_field_and_several_are_listed(desk, office):
    cases = [shelved(office, sealed_case(office, number), f"00{number}") for number in (1, 2)]
    desk.start()
    desk.scan("张三丰")
    assert "没有找到" in desk.house.pick.scan.finding()
    assert desk.house.pick.scan.line.selectedText() == "张三丰"
    desk.scan("欧阳明月")
    assert desk.house.pick.scan.finding() == ""
    assert sorted(ids(desk.house.pick.table())) == sorted(case.id for case in cases)
    assert desk.house.pick.table().hasFocus()


def test_signed_on_the_pad_before_it_is_handed_out(desk, office, qtbot):
    case = shelved(office, sealed_case(office))
    desk.start()
    desk.scan(case.case_no)
    pane, pad = desk.house.pick.detail, desk.room.pick.pad
    pane.pick("signed").segment("pad").click()
    assert pane.button("give").reason() == "手写屏上还没签"
    qtbot.keyClick(desk.house, Qt.Key.Key_J, CTRL)
    qtbot.waitExposed(pad)
    assert pad.done.reason() == "还没签"
    qtbot.mousePress(pad.sheet, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    pad.sheet.go_on(QPointF(200, 90))
    qtbot.mouseRelease(pad.sheet, Qt.MouseButton.LeftButton, pos=QPoint(200, 90))
    with qtbot.waitActive(desk.house):
        pad.done.click()
    desk.settle()
    assert not pad.isVisible()
    assert pane.button("give").reason() == ""
    pane.field("name").set_text("卢明珍")
    desk.next_step()
    assert "重签" in desk.said[-1][0]
    pane.field("name").set_text("欧阳明月")
    desk.next_step()
    (kept,) = office.read(lambda books: books.attachments_of(case.id))
    handed = case_now(office, case).handed_over
    assert handed is not None
    assert (handed.signed, handed.signature) == ("pad", kept.digest)
    picture = QImage.fromData(office.parts.vault.blobs.open(kept.digest), "PNG")
    assert picture.width() == 900
    assert picture.pixelColor(0, 0).lightness() == 255
    dark = [x for x in range(900) for y in range(picture.height()) if picture.pixelColor(x, y).lightness() < 128]
    assert len(dark) > 100


def test_the_pad_shows_nobody_else_and_goes_with_the_clerk(desk, office):
    shelved(office, sealed_case(office, 1, name="卢明珍"), "001")
    case = shelved(office, sealed_case(office, 2), "002")
    desk.start()
    desk.scan(case.case_no)
    desk.house.pick.detail.pick("signed").segment("pad").click()
    desk.house.pick.detail.button("pad").click()
    pad = desk.room.pick.pad
    shown = "".join(label.text() for label in (pad._hall, pad._paper, pad._who))
    assert "欧阳明月" in shown
    assert case_now(office, case).decision.document_no in shown
    for other in ("卢", case.case_no, case.applicant.id_number, case.applicant.phone):
        assert other not in shown
    desk.room.leave()
    assert not pad.isVisible()
    assert "欧阳" not in pad._who.text() + pad.accessibleName()


def test_paper_after_paper_goes_on_the_next_shelf(desk, office):
    first, second, third = (sealed_case(office, number) for number in (1, 2, 3))
    shelved(office, sealed_case(office, 9), "001")
    desk.start(TAKING)
    page = desk.house.taking
    assert sorted(ids(page.awaited.table)) == sorted(case.id for case in (first, second, third))
    for case in (first, second):  # the second is scanned while the first is under way
        page.scan.set_text(case.case_no)
        page.scan.entered.emit()
    desk.settle()
    assert [result_now(office, case).shelf for case in (first, second)] == ["002", "003"]
    assert result_now(office, first).taken_in.giver == HANDLER
    assert page.shelf.text() == "004"
    assert ids(page.awaited.table) == [third.id]
    page.giver.set_text("没有的人")
    desk.scan(third.case_no)
    assert page.giver.finding() != ""
    page.giver.set_text("梁建业")
    page.shelf.set_text("B-7")
    desk.scan(third.case_no)
    row = result_now(office, third)
    assert (row.shelf, office.hall.roster.name_of(row.taken_in.giver)) == ("B-7", "梁建业")
    assert {result_now(office, case).transfer for case in (first, second, third)} == {row.transfer}


def test_what_was_not_taken_stays_on_screen(desk, office):
    case, taken = sealed_case(office, 1), shelved(office, sealed_case(office, 2), "001")
    desk.start(TAKING)
    desk.scan("写错的")
    assert "写错的" in desk.house.taking.scan.finding()
    desk.scan(taken.case_no)
    desk.scan(case.case_no)
    strip = desk.house.taking.strip.text()
    assert "有 2 张没有收" in strip
    assert "写错的" in strip
    assert taken.case_no in strip


def test_one_list_a_handover_and_a_copy_says_why(desk, office, qtbot):
    desk.start(TAKING)
    assert desk.house.taking.bar.filled().reason() == "这一次还没有收"
    desk.scan(sealed_case(office, 1).case_no)
    desk.next_step()
    out(office)
    desk.next_step()
    assert desk.house.taking.reason.isVisible()
    desk.house.taking.reason.set_text("没打清楚")
    desk.next_step()
    assert printed(office) == [("出件交接单", 1, ""), ("出件交接单", 2, "没打清楚")]
    qtbot.keyClick(desk.house, Qt.Key.Key_N, CTRL)
    desk.settle()
    assert ids(desk.house.taking.taken.table) == []


def test_who_does_not_come_is_told_and_the_telephone_is_shown_with_a_record(desk, office, qtbot):
    old = shelved(office, sealed_case(office, 1, days=12), "001", days=12)
    shelved(office, sealed_case(office, 2), "002")
    desk.start(SHELVES)
    page = desk.house.shelves
    assert desk.waiting[-1] == 1
    page.filters.segment("remind").click()
    assert ids(page.table()) == [old.id]
    assert "138****0421" in words_of(page.detail)
    qtbot.keyClick(desk.house, Qt.Key.Key_R, CTRL)
    desk.settle()
    assert "13800000421" in words_of(page.detail)
    assert "record_reveal" in [row.kind for row in office.parts.vault.journal.rows((), 3)]
    desk.room.leave()
    assert "138****0421" in words_of(page.detail), "who gets up leaves no telephone on the screen"
    page.detail.pick("how").segment("message").click()
    page.detail.field("said").set_text("星期五来")
    desk.next_step()
    (reminder,) = result_now(office, old).reminders
    assert (reminder.how, reminder.said) == ("message", "星期五来")
    assert desk.waiting[-1] == 0
    assert ids(page.table()) == []


def test_back_to_its_window_and_the_wish_is_changed(desk, office, qtbot):
    first, second = shelved(office, sealed_case(office, 1), "001"), shelved(office, sealed_case(office, 2), "002")
    desk.start(SHELVES)
    page = desk.house.shelves
    qtbot.keyClick(desk.house, Qt.Key.Key_B, CTRL)
    page.detail.field("why").set_text("印错了")
    desk.next_step()
    assert "谁拿走" in desk.said[-1][0]
    assert page.detail.field("why").text() == "印错了"
    page.detail.field("taker").set_text("许可心")
    desk.next_step()
    assert (result_now(office, first).state, result_now(office, first).back_to) == ("back", HANDLER)
    assert page.table().selected_id() == second.id
    qtbot.keyClick(desk.house, Qt.Key.Key_J, CTRL)
    page.detail.pick("delivery").segment("post").click()
    for key, text in (("to", "欧阳明月"), ("phone", "13800000421"), ("address", "江州市滨湖区和平路12号")):
        page.detail.field(key).set_text(text)
    desk.next_step()
    assert result_now(office, second).by_post
    assert desk.waiting[-1] == 1


def test_a_letter_goes_out_comes_back_and_is_signed_for(desk, office, qtbot):
    case = by_post(office, shelved(office, sealed_case(office), "005"))
    desk.start(POST)
    pane = desk.house.post.detail
    assert "和平路12号" in words_of(pane)
    pane.field("waybill").set_text("SF12")
    desk.next_step()
    assert "运单号" in desk.said[-1][0]
    pane.field("waybill").set_text("SF1234567890")
    desk.next_step()
    assert (result_now(office, case).state, printed(office)[-1][0]) == ("posted", "邮寄地址条")
    qtbot.keyClick(desk.house, Qt.Key.Key_B, CTRL)
    desk.settle()
    pane.field("why").set_text("查无此人")
    desk.next_step()
    assert (result_now(office, case).state, result_now(office, case).shelf) == ("shelved", "001")
    pane.field("waybill").set_text("SF1234567891")
    desk.next_step()
    pane.field("on").set_text("昨天")
    desk.next_step()
    assert desk.said[-1] == ("日期没看懂，没有记。照 2026-11-22 这样写。", False)
    pane.field("on").set_text("2026-11-20")
    desk.next_step()
    assert case_now(office, case).state == "delivered"
    out(office)
    qtbot.keyClick(desk.house, Qt.Key.Key_P, CTRL)
    desk.settle()
    assert printed(office)[-1][0] == "邮寄清单"


class KeptCentre(GivingCentre):
    def claim(self, subject: str, release_code: str = "") -> HoldGrant:
        del subject, release_code
        return HoldGrant(granted=False)


def test_a_case_that_another_window_holds_is_left_there(desk, office):
    office.parts = replace(office.parts, centre=KeptCentre())
    case = sealed_case(office)
    desk.start(TAKING)
    desk.scan(case.case_no)
    assert "2号窗口" in desk.said[-1][0]
    assert not desk.said[-1][1]
    assert office.read(lambda books: books.result(case.id)) is None


def test_the_page_is_the_dispatchers(office):
    people = office.hall.roster.people
    assert first_page(people[DISPATCHER]) == "handing"
    assert "handing" not in pages_for(people[HANDLER])


def test_the_dispatcher_sits_down_with_the_scanner_in_hand(qtbot, office):
    running = Running(office, Lane(office.parts.vault.spool, DoubtfulLink(), office.parts.settings.printer))
    door = FrontDoor({}, training=True)
    qtbot.addWidget(door.window)
    desk = Desk(office, Hands(running, paper), door)
    shelved(office, sealed_case(office, days=12), days=12)
    with qtbot.waitActive(door.window):
        door.window.show()
        door.window.activateWindow()
    desk._enter(office.session)
    qtbot.waitUntil(lambda: desk.background.idle)
    assert desk.shell.current_page() == "handing"
    qtbot.waitUntil(lambda: desk.rooms.handing.built)
    qtbot.waitUntil(desk.rooms.handing.house.pick.scan.line.hasFocus)
    desk.rooms.handing.room.refresh()
    qtbot.waitUntil(
        lambda: desk.shell.findChild(QWidget, "rail-handing").accessibleName() == "出件，1 件等您，快捷键 Alt+C"
    )
    desk.close()

"""打印任务 and 打印机 on a whole desk: real store, real lanes over real sockets to two printers, one of them with faults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.duty.training import training_pin
from clerk_app.office.counter.paper_copies import print_again
from clerk_app.office.office import Office
from clerk_app.office.running import Running
from clerk_app.ports.devices import Heard, Nearby
from clerk_app.receipts.paper import Delivery
from clerk_app.settings import PrinterAt
from printers.desk import desk_devices, desk_lanes
from printers.desk_devices import DeskDevices
from printers.virtual import Faults, VirtualPrinter
from tests.desk import cut_office
from tests.office.test_deciding import PinCentre
from tests.ui.one_desk import gets_up, one_desk, other_books, sits_down
from tests.ui.parts import hand
from tests.visits import accept, receive, serve
from ui.desk import Desk
from ui.receipts import house
from ui.receipts.printers_view import FIND, ROLL, TEST

GOOD = Faults()


class NoSystem:
    """The system has no printer."""

    def send(self, pdf: bytes, title: str, copies: int) -> Delivery:
        return Delivery("not_sent", "没有系统打印机")

    def trouble(self) -> str:
        return "没有系统打印机。"


@pytest.fixture
def front_printer() -> Iterator[VirtualPrinter]:
    with VirtualPrinter() as printer:
        yield printer


@pytest.fixture
def back_printer() -> Iterator[VirtualPrinter]:
    with VirtualPrinter() as printer:
        yield printer


@pytest.fixture(scope="module")
def one(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with one_desk(qapp, tmp_path_factory.mktemp("printers")) as desk:
        desk.window.resize(1366, 768)
        yield desk


@pytest.fixture
def office(one: Desk, tmp_path: Path, front_printer: VirtualPrinter, back_printer: VirtualPrinter) -> Office:
    office = other_books(one, cut_office(tmp_path))
    printers = (
        PrinterAt(name="前台", url=front_printer.url, backup="后台", roll_metres=50),
        PrinterAt(name="后台", url=back_printer.url, windows=frozenset({9}), columns=32),
    )
    settings = replace(office.parts.settings, printers=printers)
    devices = desk_devices(settings, office.parts.vault, lambda name: NoSystem())
    office.parts = replace(office.parts, settings=settings, devices=devices)
    return office


@pytest.fixture
def desk(qtbot: QtBot, one: Desk, office: Office) -> Iterator[Desk]:
    devices = office.parts.devices
    assert isinstance(devices, DeskDevices)
    lane, *more = desk_lanes(devices, office.parts.vault.spool)
    sits_down(one, Running(office, lane, more), qtbot)
    one.rooms.printing_house.printers.row_chosen.emit("前台")
    one.rooms.printing_house.show_view(house.JOBS)
    one.shell.show_page("printing")
    yield one
    gets_up(one, qtbot)


def turn(desk: Desk, qtbot: QtBot) -> None:
    """Every lane has its turn, and the page has been read again."""
    for keeper in desk.hands.running.lanes:
        keeper.step()
        keeper.step()
    desk.rooms.printing.refresh()
    desk.rooms.printing.printers.refresh()
    qtbot.waitUntil(lambda: desk.background.idle)


def settled(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.background.idle)


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def receipt(office: Office) -> None:
    accept(office, receive(office, serve(office)))


def prints(office: Office) -> list[tuple[str, int, str, str]]:
    jobs = office.parts.vault.spool.jobs(20)
    return [(one.doc_type, one.copy_no, one.printer, one.state) for one in reversed(jobs)]


def choose(desk: Desk, qtbot: QtBot, doc_type: str) -> None:
    jobs = desk.office.parts.vault.spool.jobs(20)
    desk.rooms.printing_page.job_chosen.emit(next(one.id for one in jobs if one.doc_type == doc_type))
    settled(desk, qtbot)


def test_a_dead_printer_is_left_by_one_key_and_the_other_says_for_whom_it_stands(
    qtbot: QtBot, desk: Desk, front_printer: VirtualPrinter, back_printer: VirtualPrinter
) -> None:
    front_printer.faults = Faults(paper_end=True)
    receipt(desk.office)
    turn(desk, qtbot)
    choose(desk, qtbot, "受理回执")
    page = desk.rooms.printing_page
    assert "打印机好了自动打" in words(page)
    page.table().setFocus()
    with qtbot.waitSignal(page.acted, timeout=1000) as acted:
        qtbot.keyClick(hand(), Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert acted.args == ["move:后台", ""]
    settled(desk, qtbot)
    turn(desk, qtbot)
    assert ("受理回执", 1, "后台", "done") in prints(desk.office)
    (paper,) = back_printer.jobs
    assert "【备用机　代 前台】" in paper.decode("gb18030", "ignore")
    assert front_printer.jobs == []


def test_a_paper_that_is_taken_for_out_is_counted_apart_and_one_key_says_it_is_not(
    qtbot: QtBot, desk: Desk, office: Office
) -> None:
    receipt(office)
    spool = office.parts.vault.spool
    while (job := spool.take_next("前台")) is not None:
        spool.settle(job.id, Delivery("sent"))
    desk.rooms.printing.refresh()
    settled(desk, qtbot)
    page = desk.rooms.printing_page
    assert "推定已出 2 张" in words(page)
    assert not page.question.isVisible()
    choose(desk, qtbot, "受理回执")
    qtbot.keyClick(page.table(), Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    settled(desk, qtbot)
    assert ("受理回执", 1, "前台", "lost") in prints(office)
    assert ("受理回执", 2, "前台", "queued") in prints(office)


def test_a_further_print_asks_why_and_the_page_tells_who_when_and_why(qtbot: QtBot, desk: Desk, office: Office) -> None:
    receipt(office)
    turn(desk, qtbot)
    choose(desk, qtbot, "受理回执")
    page = desk.rooms.printing_page
    spoken: list[tuple[str, bool]] = []
    desk.rooms.printing.said.connect(lambda text, good: spoken.append((text, good)))
    qtbot.keyClick(page.table(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settled(desk, qtbot)
    assert spoken == [("还没写为什么补打，没有打。写一句再补打。", False)]
    page.foot.reason.line.setFocus()
    qtbot.keyClicks(page.foot.reason.line, "fei le")
    qtbot.keyClick(page.foot.reason.line, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settled(desk, qtbot)
    turn(desk, qtbot)
    assert ("受理回执", 2, "前台", "done") in prints(office)
    choose(desk, qtbot, "受理回执")
    qtbot.waitUntil(lambda: "补打第1次：fei le" in words(page))
    assert "许可心" in words(page)


def test_the_third_further_print_asks_for_the_duty_manager_and_keeps_no_pin(
    qtbot: QtBot, desk: Desk, office: Office
) -> None:
    office.parts = replace(office.parts, centre=PinCentre())
    receipt(office)
    first = next(one for one in office.parts.vault.spool.jobs(20) if one.doc_type == "受理回执")
    turn(desk, qtbot)
    for further in (2, 3):
        print_again(office, first.id, further, "废了")
        turn(desk, qtbot)
    choose(desk, qtbot, "受理回执")
    page = desk.rooms.printing_page
    foot = page.foot
    assert "已补打 2 次，须值班长同意" in words(page)
    foot.pin.set_text("123456")
    desk.shell.show_page("counter")
    assert foot.pin.text() == ""
    desk.shell.show_page("printing")
    settled(desk, qtbot)
    spoken: list[tuple[str, bool]] = []
    desk.rooms.printing.said.connect(lambda text, good: spoken.append((text, good)))
    foot.reason.set_text("又废了")
    foot.agrees.set_text("P102")
    for pin, good in (("000001", False), (training_pin("P102"), True)):
        foot.pin.set_text(pin)
        qtbot.keyClick(page.table(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        settled(desk, qtbot)
        assert (spoken[-1][1], foot.pin.text()) == (good, "")
    assert ("受理回执", 4, "前台", "queued") in prints(office)


def test_what_is_left_of_yesterday_waits_for_one_press(qtbot: QtBot, desk: Desk, office: Office) -> None:
    receipt(office)
    spool = office.parts.vault.spool
    slip = next(one for one in spool.waiting() if one.doc_type == "号票")
    spool.withdraw(slip.id, "")
    office.parts.clock.set(office.parts.clock.now().replace(day=21))
    turn(desk, qtbot)
    page = desk.rooms.printing_page
    assert "前几天有 1 张没打出来" in words(page)
    assert "隔夜，等人" in [row.cells[1].text for row in page.table().rows()]
    page.table().setFocus()
    qtbot.keyClick(page.table(), Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    settled(desk, qtbot)
    turn(desk, qtbot)
    assert ("受理回执", 1, "前台", "done") in prints(office)
    assert "前几天" not in words(page)


def test_shown_on_the_screen_it_is_large_and_is_not_printed(
    qtbot: QtBot, desk: Desk, office: Office, front_printer: VirtualPrinter
) -> None:
    front_printer.faults = Faults(paper_end=True)
    receipt(office)
    turn(desk, qtbot)
    choose(desk, qtbot, "受理回执")
    page = desk.rooms.printing_page
    page.foot.bar.button("show").click()
    settled(desk, qtbot)
    assert page.large.isVisible()
    assert not page.large.sheet.empty()
    assert page.large.code.isVisible()
    page.large.reject()
    assert ("受理回执", 1, "前台", "expired") in prints(office)


def test_the_month_goes_into_a_table(qtbot: QtBot, desk: Desk, office: Office, tmp_path: Path) -> None:
    receipt(office)
    spool = office.parts.vault.spool
    spool.settle(spool.take_next("前台").id, Delivery("unknown", "线断了。"))
    file = tmp_path / "month.csv"
    desk.rooms.printing_page.month_to.emit(str(file))
    settled(desk, qtbot)
    assert "说不清" in file.read_text("utf-8-sig")
    assert len(file.read_text("utf-8-sig").splitlines()) == 2


def test_the_printers_page_says_what_each_is_for_and_how_it_is(
    qtbot: QtBot, desk: Desk, office: Office, back_printer: VirtualPrinter
) -> None:
    back_printer.faults = Faults(cover_open=True)
    desk.rooms.printing_house.show_view(house.PRINTERS)
    turn(desk, qtbot)
    page = desk.rooms.printing_house.printers
    rows = {row.id: (row.cells[0].note, row.cells[1].text) for row in page.table().rows()}
    assert rows == {"前台": ("其他小票", "就绪"), "后台": ("9号窗口的其他小票", "要看一眼")}
    assert "认得的机型" in words(page)
    page.row_chosen.emit("后台")
    settled(desk, qtbot)
    qtbot.waitUntil(lambda: "一行 32 列" in words(page))


def test_three_answers_become_the_printers_profile(
    qtbot: QtBot, desk: Desk, office: Office, front_printer: VirtualPrinter
) -> None:
    desk.rooms.printing_house.show_view(house.PRINTERS)
    turn(desk, qtbot)
    page = desk.rooms.printing_house.printers
    page.act.emit(TEST)
    settled(desk, qtbot)
    turn(desk, qtbot)
    assert "打印测试页" in front_printer.jobs[-1].decode("gb18030", "ignore")
    assert "第 1 问" in words(page)
    assert not any(answer.hasFocus() or answer.isChecked() for answer in page.pane.ask.answers.answers())
    page.table().setFocus()
    for key in (Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_2):
        qtbot.keyClick(page.table(), key)
    settled(desk, qtbot)
    devices = office.parts.devices
    assert devices is not None
    facts = devices.facts("前台")
    assert (facts.columns, dict(facts.answers)) == (42, {"ruler": "wraps", "letters": "right", "code": "not_cut"})
    qtbot.waitUntil(lambda: "一行 42 列" in words(page))
    page_job = office.parts.vault.spool.jobs(1)[0]
    assert office.read(lambda books: books.paper(page_job.id)) is None
    again = desk_devices(office.parts.settings, office.parts.vault, lambda name: NoSystem())
    assert again.facts("前台") == facts


def test_a_new_roll_is_one_key(qtbot: QtBot, desk: Desk, office: Office) -> None:
    receipt(office)
    desk.rooms.printing_house.show_view(house.PRINTERS)
    turn(desk, qtbot)
    page = desk.rooms.printing_house.printers
    qtbot.waitUntil(lambda: "记得的共用了 0." in words(page))
    page.act.emit(ROLL)
    settled(desk, qtbot)
    qtbot.waitUntil(lambda: "换的纸卷，用了 0.0 米，约剩 50.0 米" in words(page))


def test_looking_round_tells_how_far_it_is_and_stops_when_told(
    qtbot: QtBot, desk: Desk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.rooms.printing_house.show_view(house.PRINTERS)
    turn(desk, qtbot)
    page = desk.rooms.printing_house.printers

    def until_stopped(heard: Heard) -> tuple[Nearby, ...]:
        heard(3, 254)
        qtbot_stop.wait(10)
        assert not heard(4, 254)
        return (Nearby("tcp://10.0.0.9:9100", "二楼小票机"),)

    import threading

    qtbot_stop = threading.Event()
    monkeypatch.setattr(office.parts.devices, "discover", until_stopped)
    page.act.emit(FIND)
    qtbot.waitUntil(lambda: "问过 3 个地址" in words(page))
    page.table().setFocus()
    qtbot.keyClick(page.table(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot_stop.set()
    settled(desk, qtbot)
    assert "找到 1 台" in words(page)
    assert page.pane.listed.rows()[0].cells[0].text == "tcp://10.0.0.9:9100"

"""补录 by keys and scans: typed off a sheet, scanned, compared by somebody else; kits printed, handed out, counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from clerk_app.office.counter.back_entry import entering
from clerk_app.office.counter.case_file import case_file
from clerk_app.office.office import Office
from tests.desk import sit
from tests.ui.back_entry.paper import CHECKER, TYPIST, entered, line_of, numbers, paper_office, scanned, stub, words
from ui.back_entry.house import ENTRY, KITS, BackEntryHouse
from ui.back_entry.room import BackEntryRoom
from ui.background import Background
from ui.cases.page import CasesPage
from ui.cases.presenter import CasesPresenter
from ui.cases.whole.telling import tell_file

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(tmp_path: Path):
    office = paper_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def desk(qtbot, office: Office, tmp_path: Path, front: Callable[..., QWidget]):
    house, background = BackEntryHouse(), Background()
    files = SimpleNamespace(scan="", kit="")
    room = BackEntryRoom(office, background, house, lambda: files.scan, lambda _: files.kit)
    said: list[tuple[str, bool]] = []
    waiting: list[int] = []
    room.said.connect(lambda text, good: said.append((text, good)))
    room.waiting.connect(waiting.append)
    house.resize(1290, 700)
    front(house)

    def settle() -> None:
        qtbot.waitUntil(lambda: background.idle)

    def start(person: str = TYPIST, view: str = ENTRY) -> None:
        sit(office, person)
        room.start()
        settle()
        house.show_view(view)

    def scan(text: str) -> None:
        house.entry.number.set_text(text)
        qtbot.keyClick(house.entry.number.line, Qt.Key.Key_Return)
        settle()

    def press(key: Qt.Key) -> None:
        qtbot.keyClick(house, key, CTRL)
        settle()

    def fill(**typed: str) -> None:
        for key, text in typed.items():
            house.entry.detail.field(key).set_text(text)

    yield SimpleNamespace(
        house=house, room=room, said=said, waiting=waiting, files=files, settle=settle, start=start, scan=scan,
        press=press, fill=fill, next_step=lambda: press(Qt.Key.Key_Return), detail=house.entry.detail,
        background=background,
    )  # fmt: skip
    room.close()
    background.close()


def typed_of(office: Office, **change: str) -> dict[str, str]:
    plain = vars(words(office, **change))
    return {
        key: plain[key]
        for key in ("item", "applicant", "id_number", "phone", "received_at", "said_at", "taken_by", "reason")
    }


def facts(pane) -> str:
    return " ".join(f"{label}={words}" for label, words in pane._view.facts)


def test_a_sheet_is_scanned_and_typed_in(desk, office):
    one = numbers(office)[0]
    desk.start()
    desk.scan(one.lower())
    assert one in desk.detail._view.title
    desk.fill(**typed_of(office))
    desk.next_step()
    assert desk.said[-1] == (f"{one} 录好了，补录待核。扫这份纸，请另一个人核对。", True)
    line = line_of(office, one)
    assert line.sheet.state == "entered"
    assert (line.case.item_name, line.case.handler) == ("个体工商户设立登记", TYPIST)
    assert line.case.case_no in desk.detail._view.title
    assert [row.id for row in desk.house.entry.table().rows()] == [one]


def test_what_is_wrong_is_said_and_what_was_typed_stays(desk, office):
    one = numbers(office)[0]
    desk.start()
    desk.scan("BL2026-99999")
    assert "没有印过" in desk.house.entry.number.finding()
    desk.scan(one)
    assert desk.house.entry.number.finding() == ""
    desk.fill(**{**typed_of(office), "received_at": "早上"})
    desk.next_step()
    assert desk.said[-1] == ("收件时间没看懂，没有录，填的都在。照纸上写成 2026-11-20 10:12。", False)
    assert desk.detail.field("applicant").text() == "卢小珍"
    assert line_of(office, one).sheet.state == "blank"


def test_what_the_paper_says_decides_what_is_asked(desk, office):
    desk.start()
    desk.scan(numbers(office)[0])
    desk.fill(**typed_of(office))
    assert {"said_at", "missing"} <= set(desk.detail.typed())
    desk.detail.pick("outcome").choose("noticed")
    desk.detail.picked.emit("outcome", "noticed")
    assert {"gaps", "bring_by"} <= set(desk.detail.typed())
    desk.detail.picked.emit("outcome", "received")
    assert not {"gaps", "bring_by", "said_at"} & set(desk.detail.typed())
    assert desk.detail.field("applicant").text() == "卢小珍", "what was typed is not lost by it"


def test_the_paper_comes_first_then_another_person(desk, office, tmp_path):
    one = numbers(office)[0]
    entered(office, one)
    desk.start()
    desk.house.entry.row_chosen.emit(one)
    desk.settle()
    assert desk.house.entry.scan.isVisibleTo(desk.house)
    assert not desk.house.entry.scan.has_image()
    desk.files.scan = str(stub(tmp_path, one))
    desk.next_step()
    assert desk.said[-1][1], desk.said
    assert desk.house.entry.scan.has_image()
    assert desk.detail.bar.filled() is None, "who typed it has nothing to say yes to"
    desk.start(CHECKER)
    assert desk.waiting[-1] == 1
    desk.house.entry.row_chosen.emit(one)
    desk.settle()
    assert "证件号=429***********1234" in facts(desk.detail)
    desk.press(Qt.Key.Key_R)
    assert "证件号=429900199001011234" in facts(desk.detail)
    desk.room.leave()
    assert "证件号=429***********1234" in facts(desk.detail)
    desk.next_step()
    assert desk.said[-1] == (f"{one} 核对过了，照常往下办。", True)
    assert line_of(office, one).sheet.checked_by == CHECKER
    assert desk.waiting[-1] == 0


def test_sent_back_and_mended(desk, office, tmp_path):
    one = numbers(office)[0]
    entered(office, one, missing="", agent="")
    scanned(office, one, tmp_path)
    desk.start(CHECKER)
    desk.house.entry.row_chosen.emit(one)
    desk.settle()
    desk.press(Qt.Key.Key_B)
    desk.detail.field("words").set_text("纸上是卢晓珍")
    desk.next_step()
    assert line_of(office, one).sheet.note == "纸上是卢晓珍"
    desk.start(TYPIST)
    assert desk.waiting[-1] == 1
    desk.house.entry.row_chosen.emit(one)
    desk.settle()
    desk.next_step()
    assert desk.detail.field("applicant").text() == "卢小珍"
    desk.fill(applicant="卢晓珍")
    desk.next_step()
    line = line_of(office, one)
    assert (line.case.applicant.name, line.sheet.state, line.sheet.revision) == ("卢晓珍", "entered", 2)
    assert line.sheet.entry.fees[0].receipt == "00123456", "what was not touched is as it was"


def test_a_sheet_that_was_spoiled(desk, office):
    one = numbers(office)[0]
    desk.start()
    desk.scan(one)
    desk.press(Qt.Key.Key_B)
    desk.detail.field("words").set_text("写坏")
    desk.next_step()
    assert line_of(office, one).sheet.state == "spoiled"
    desk.scan(one)
    assert "已经作废（写坏）" in desk.house.entry.number.finding()


def test_a_kit_without_a_printer_is_saved_once(desk, office, tmp_path):
    office.parts = replace(office.parts, page_printer=None)
    desk.start(view=KITS)
    kits = desk.house.kits
    desk.press(Qt.Key.Key_N)
    kits.detail.field("count").set_text("3")
    kits.detail.field("reason").set_text("机房检修")
    desk.next_step()
    assert desk.said[-1][1], desk.said
    assert "没有接 A4 打印机" in kits.detail._view.message.head
    desk.files.kit = str(tmp_path / "kit.pdf")
    desk.press(Qt.Key.Key_P)
    assert (tmp_path / "kit.pdf").read_bytes().startswith(b"%PDF-")
    assert kits.detail._view.message is None, "a second time there is none"
    kits.detail.field("window").set_text("3")
    kits.detail.field("taker").set_text("P203")
    desk.next_step()
    assert "3号窗口" in facts(kits.detail)


@pytest.mark.parametrize(
    ("count", "reason", "said"), [("0", "备用", "1 到 50 份"), ("三", "备用", "1 到 50 份"), ("2", " ", "原因没写")]
)
def test_a_kit_that_cannot_be(desk, office, count, reason, said):
    desk.start(view=KITS)
    kits = desk.house.kits
    desk.press(Qt.Key.Key_N)
    kits.detail.field("count").set_text(count)
    kits.detail.field("reason").set_text(reason)
    before = office.parts.vault.keep.next_serial(f"case_no:{office.parts.clock.now().year}")
    desk.next_step()
    assert said in desk.said[-1][0]
    assert office.parts.vault.keep.next_serial(f"case_no:{office.parts.clock.now().year}") == before
    assert kits.detail.field("count").text() == count


def test_what_came_back_is_counted(desk, office):
    one, two, *rest = numbers(office)
    entered(office, one)
    desk.start(view=KITS)
    desk.next_step()
    field = desk.house.kits.detail.field("blank")
    assert one not in field.text()
    field.set_text("、".join(rest))
    desk.next_step()
    assert "还有 1 份" in desk.said[-1][0]
    assert two in facts(desk.house.kits.detail)
    desk.house.show_view(ENTRY)
    assert two in [row.id for row in desk.house.entry.table().rows()]


def test_one_sheet_is_entered_once(office):
    one = numbers(office)[0]
    line = entered(office, one)
    refused = entering.enter(office, one, words(office))
    assert refused.sentence.startswith(f"{one} 已经补录过，办件编号 {line.case.case_no}")


def test_a_case_that_waits_says_so_where_cases_are(desk, office, tmp_path, front):
    one = numbers(office)[0]
    case = entered(office, one).case.id
    scanned(office, one, tmp_path)
    page = CasesPage()
    front(page)
    cases = CasesPresenter(office, desk.background, page)

    def told() -> tuple[str, bool, set[str]]:
        cases.lists.take("all")
        desk.settle()
        (row,) = page._view.rows
        file = case_file(office, case)
        tags = {tag.text for tag in tell_file(file, office.hall, None, None).tags}
        return row.state, "补录待核" in tags, {act.refusal for act in file.acts}

    state, tagged, refusals = told()
    assert (state, tagged) == ("补录待核", True)
    assert refusals == {f"照 {one} 补录，还没有第二个人核对。在补录页核对了再办。"}
    sit(office, CHECKER)
    entering.confirm(office, line_of(office, one), line_of(office, one).scans[-1].digest)
    sit(office, TYPIST)
    state, tagged, refusals = told()
    assert (state, tagged) == ("已受理", False)
    assert "" in refusals


def test_a_case_entered_twice_is_voided_with_its_number(desk, office):
    one = numbers(office)[0]
    entered(office, one)
    desk.start()
    desk.house.entry.row_chosen.emit(one)
    desk.settle()
    desk.press(Qt.Key.Key_T)
    desk.detail.field("words").set_text("录重了")
    desk.next_step()
    assert line_of(office, one).case.state == "void"
    assert not desk.house.entry.table().rows()
    desk.scan(one)
    assert "已作废" in desk.detail._view.title
    assert desk.detail.bar.filled() is None

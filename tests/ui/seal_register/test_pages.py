"""用印登记页 and 印章页 over a real store: the strip that leads to an answer, filters, the acts on a seal, and what is exported."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from clerk_app.canonical import sha256
from clerk_app.duty.training import training_pin
from clerk_app.ports import CentreAway, CentreProblem, SessionGrant
from printers.pages import QtPageMaker
from tests.desk import CutCentre, cut_office, sit
from tests.seal_fakes import FakePagePrinter
from tests.sealing.cases import accepted, decided, item_of
from tests.sealing.register import AT, GRANT, INTENT, NO_SEAL, OPEN, PRESSED, SEAL, USE
from tests.ui.parts import part
from ui.background import Background
from ui.registration.choosing import TickBox
from ui.seal_register.book_view import BookView
from ui.seal_register.house import REGISTER, SEALS, SealRegisterHouse
from ui.seal_register.room import SealRegisterRoom
from ui.widgets.key_button import KeyButton
from ui.widgets.strip import Strip


class Pins(CutCentre):
    """It knows PINs and nothing else."""

    def sign_in(self, account: str, secret: str, *_: object, **__: object) -> SessionGrant:
        if secret != training_pin(account):
            raise CentreProblem("pin-wrong", "PIN 不对，还可试 2 次。", 401)
        return SessionGrant(person=account)

    def claim(self, subject: str, release_code: str = "") -> None:  # type: ignore[override]
        raise CentreAway("cut")


@pytest.fixture
def desk(qtbot, tmp_path):
    office = cut_office(tmp_path)
    sit(office, "P201")
    office.parts = replace(office.parts, centre=Pins(), pages=QtPageMaker())
    office.parts.clock.set(AT + timedelta(minutes=20))
    item = item_of(office.hall)
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_case(replace(decided(item), id="c1", case_no="JZ01-20261120-00042-7"))
        work.books.put_case(replace(accepted(item), id="w1", state="to_authorise"))
        work.books.put_seal_grant(GRANT)
        for use in (USE, PRESSED, replace(USE, id="flagged", flags=("授权已经用过",), grant="")):
            work.books.put_seal_use(use)
        for intent in (INTENT, OPEN, replace(OPEN, id="older", at=AT - timedelta(days=3))):
            work.books.put_seal_intent(intent)
        work.books.put_certificate(NO_SEAL)
    house, background = SealRegisterHouse(), Background()
    room = SealRegisterRoom(office, background, house, lambda: True)
    said, counted, cases = list[tuple[str, bool]](), list[int](), list[str]()
    room.said.connect(lambda text, good: said.append((text, good)))
    room.waiting.connect(counted.append)
    room.case_wanted.connect(cases.append)
    house.resize(1290, 610)
    qtbot.addWidget(house)
    with qtbot.waitActive(house):
        house.show()
        house.activateWindow()

    def settle() -> None:
        qtbot.waitUntil(lambda: background.idle)

    room.start()
    settle()
    yield SimpleNamespace(
        house=house, room=room, office=office, said=said, counted=counted, cases=cases, settle=settle, qtbot=qtbot
    )
    background.close()
    office.parts.vault.close()


def ids(desk) -> list[str]:
    return [row.id for row in desk.house.book.table().rows()]


def press(desk, name: str) -> None:
    part(desk.house, KeyButton, name).click()
    desk.settle()


def type_in(desk, *texts: str) -> None:
    for field, text in zip(desk.house.seals.detail.fields(), texts, strict=True):
        field.set_text(text)


def test_what_has_no_result_stands_on_top_and_is_answered(desk) -> None:
    book = desk.house.book
    assert ids(desk) == ["u2", "m2", "i2", "flagged", "u1"], "the newest entry first"
    strip = part(book, Strip)
    assert strip.text().startswith("2 次用印开始了没有结果：看看出纸口和文书")
    assert desk.counted[-1] == 3, "two open, one flagged today"
    assert desk.house.segments.segment(REGISTER).words() == "登记簿 3"
    part(strip, KeyButton, "stripLink").click()
    assert dict(book.detail.facts())["登记编号"] == "older", "of three days ago, and answered from today's page"
    assert book.detail.note.line.hasFocus()
    press(desk, "not_used")
    assert desk.said[-1][1] is False, "what was seen is asked first"
    book.detail.note.set_text("出纸口没有纸")
    press(desk, "not_used")
    assert desk.said[-1] == ("记下了：没有盖成。这份授权用过了，要盖请重新授权。", True)
    assert strip.text().startswith("1 次")
    part(strip, KeyButton, "stripLink").click()
    press(desk, "seal_again")
    assert desk.cases == ["c1"]


def test_the_doubtful_ones_alone_and_the_whole_line_beside(desk) -> None:
    book = desk.house.book
    part(book, TickBox, "registerDoubtful").click()
    desk.settle()
    assert set(ids(desk)) == {"i2", "flagged", "m2"}
    book.table().select("flagged")
    desk.room.book._choose("flagged")
    facts = dict(book.detail.facts())
    assert (facts["结果"], facts["为什么"]) == ("用印，有疑", "授权已经用过")
    assert facts["用印后摘要"].replace("\n", "") == USE.digest_after
    asked: list[str] = []
    desk.room.one_wanted.connect(asked.append)
    press(desk, "one_seal")
    assert asked == ["flagged"]
    part(book, TickBox, "registerDoubtful").click()
    book.days_moved.emit(-3)
    desk.settle()
    assert ids(desk) == ["older"]
    book.seal.setCurrentIndex(book.seal.findData(SEAL))
    book.kind.setCurrentIndex(book.kind.findData("paper"))
    book.kind.activated.emit(book.kind.currentIndex())
    desk.settle()
    assert ids(desk) == []
    assert "共有 1 条" in book._empty.text()


def test_the_book_goes_out_as_a_table_and_as_pages(desk, tmp_path) -> None:
    desk.house.book.table_to.emit(str(tmp_path / "b.csv"))
    desk.settle()
    desk.house.book.paper_to.emit(str(tmp_path / "b.pdf"))
    desk.settle()
    assert desk.said[-1] == ("用印登记簿 5 条，存好了：b.pdf。导出已记在流水里。", True)
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "b.csv").stat().st_size > 500


def test_a_seal_is_stopped_by_one_confirming_key_and_what_waits_is_shown(desk) -> None:
    seals = desk.house.seals
    desk.house.show_view(SEALS)
    press(desk, "stop")
    assert [field.label.text() for field in seals.detail.fields()] == ["为什么停（可以后补）"]
    desk.qtbot.keyClick(seals.detail.fields()[0].line, Qt.Key.Key_Escape)
    assert seals.detail.fields() == (), "nothing was done"
    press(desk, "stop")
    press(desk, "confirm")
    assert desk.said[-1][1] is True
    assert [row.id for row in seals.detail.held_up.rows()] == ["w1"]
    assert "停用" in part(seals.detail, Strip).text()
    seals.detail.held_up.row_opened.emit("w1")
    assert desk.cases == ["w1"]


def test_lost_reported_resumed_by_the_chief_and_a_second_person(desk, tmp_path) -> None:
    seals = desk.house.seals
    desk.house.show_view(SEALS)
    press(desk, "loss")
    press(desk, "confirm")
    assert desk.said[-1][1] is False, "when, where and how is asked first"
    type_in(desk, "8:30 开门发现抽屉锁被撬")
    desk.qtbot.keyClick(seals.detail.fields()[0].line, Qt.Key.Key_Escape)
    assert seals.detail.fields() == ()
    press(desk, "loss")
    assert seals.detail.fields()[0].text() == "8:30 开门发现抽屉锁被撬", "what was typed is there again"
    press(desk, "confirm")
    seals.report_to.emit(str(tmp_path / "报告.pdf"))
    desk.settle()
    assert (tmp_path / "报告.pdf").read_bytes().startswith(b"%PDF-")
    press(desk, "ask")
    type_in(desk, "找到了，封条没动")
    press(desk, "confirm")
    press(desk, "agree")
    type_in(desk, "P201", training_pin("P201"))
    press(desk, "confirm")
    assert "第二个人" in desk.said[-1][0], "not the one who asked"
    assert seals.detail.fields()[1].text() == "", "no PIN stays on the page"
    type_in(desk, "P101", training_pin("P101"))
    press(desk, "confirm")
    assert desk.said[-1] == ("印章恢复了，现在能盖。", True)
    press(desk, "hand")
    type_in(desk, "P202", "换班", training_pin("P202"))
    press(desk, "confirm")
    assert desk.said[-1] == ("交接记下了，从现在起由接的人保管。", True)
    standing = desk.office.read(lambda books: books.seal_standing(SEAL))
    assert (standing.state, standing.keeper) == ("in_use", "P202")


def test_before_anything_is_read_the_page_says_so(qtbot) -> None:
    house = SealRegisterHouse()
    qtbot.addWidget(house)
    house.book.render(BookView())
    assert "没有这样的登记" in house.book._empty.text()


class Away:
    """The centre's blobs: this one sealed file."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf

    def fetch(self, digest: str) -> bytes:
        return self.pdf


def test_the_sealed_paper_comes_out_once_more_and_only_its_own_bytes(desk) -> None:
    printer, sealed = FakePagePrinter(), b"%PDF sealed"
    desk.office.parts = replace(desk.office.parts, page_printer=printer, blob_centre=Away(sealed))
    with desk.office.parts.vault.unit(desk.office.hall) as work:
        work.books.put_seal_use(replace(USE, digest_after=sha256(sealed)))
    desk.room.book.refresh()
    desk.settle()
    desk.house.book.table().select("u1")
    desk.room.book._choose("u1")
    press(desk, "sealed")
    assert desk.said[-1] == ("盖好的文书又打了一份，和盖章时一字不差。", True)
    assert [(pdf, title) for pdf, title, _ in printer.sent] == [(sealed, USE.title)]
    desk.office.parts = replace(desk.office.parts, blob_centre=Away(b"%PDF other"))
    press(desk, "sealed")
    assert desk.said[-1][1] is False
    assert len(printer.sent) == 1


def test_the_filled_button_is_the_next_step_and_no_filter_is_cut_when_there_is_little_room(desk) -> None:
    filled = desk.house.book.bar.filled()
    assert (filled.words(), filled.objectName()) == ("存成 A4", "paper")
    assert "Ctrl+Enter" in filled.accessibleName()
    desk.house.resize(900, 480)
    doubtful = desk.house.book.doubtful
    desk.qtbot.waitUntil(lambda: doubtful.width() >= doubtful.sizeHint().width(), timeout=1000)
    assert doubtful.y() > desk.house.book.span.y()

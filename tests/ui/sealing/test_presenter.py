"""授权用印 over the real office: the page shown is the page sealed, and every refusal leaves the case as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.office.office import Office
from tests.seal_fakes import stamper_of
from tests.ui.sealing import desk
from ui.background import Background
from ui.sealing.page import SealingPage
from ui.sealing.presenter import SealingPresenter
from ui.sealing.view import AuthorityView


@dataclass
class Seat:
    """The presenter with its page, and all it said."""

    office: Office
    page: SealingPage
    presenter: SealingPresenter
    background: Background
    qtbot: QtBot
    said: list[str] = field(default_factory=list)
    counted: list[int] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.idle, timeout=20_000)

    def refresh(self) -> None:
        self.presenter.refresh()
        self.settle()

    @property
    def authority(self) -> AuthorityView:
        return self.page._view.authority

    def seal(self, pin: str, seal_pin: str = "") -> None:
        foot = self.page.authority.foot
        foot.pin.line.setFocus()
        self.qtbot.keyClicks(foot.pin.line, pin)
        self.qtbot.keyClicks(foot.seal_pin.line, seal_pin)
        foot.act.click()
        self.settle()
        self.settle()


@pytest.fixture
def seat(qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path) -> Iterator[Seat]:
    office = desk.sealing_office(tmp_path)
    background, page = Background(), SealingPage()
    page.resize(1290, 640)
    front(page)
    presenter = SealingPresenter(office, desk.running(office), background, page)  # type: ignore[arg-type]
    seat = Seat(office, page, presenter, background, qtbot)
    presenter.said.connect(lambda text, good: seat.said.append(text))
    presenter.waiting.connect(seat.counted.append)
    presenter.page_wanted.connect(seat.wanted.append)
    yield seat
    background.close()
    office.parts.vault.close()


def test_a_proposed_case_waits_with_its_page_and_its_numbers(seat: Seat) -> None:
    case = desk.proposed(seat.office)
    seat.presenter.start()
    seat.settle()
    seat.settle()
    facts = dict(seat.authority.what)
    assert seat.counted[-1] == 1
    assert facts["文号"] == "江市监准〔2026〕47号"
    assert facts["依据"] == "江市监授〔2026〕1号，含本事项"
    assert facts["有效"] == "至 2026年12月31日"
    assert seat.authority.chosen == desk.CHIEF
    assert seat.authority.pin_note == "练习 PIN：201201"
    table = seat.presenter.state.table
    assert table is not None
    assert table.case.id == case.id
    assert facts["指纹"].replace(" ", "").startswith(f"SHA-256{table.digest[:12].upper()}")
    assert seat.page.sheet.showing().ring is not None


def test_what_is_shown_is_what_is_sealed(seat: Seat) -> None:
    case = desk.proposed(seat.office)
    seat.refresh()
    shown = seat.presenter.state.table.digest
    seat.seal(desk.CHIEF_PIN)
    done = desk.fresh(seat.office, case)
    assert done.state == "sealed"
    assert done.decision.digest == shown
    assert seat.authority.sealed
    assert seat.authority.head == "已用印，期限停表"
    assert dict(seat.authority.what)["授权"] == "梁建业，江市监授〔2026〕1号"
    assert seat.page.sheet.showing().ring is None
    assert seat.counted[-1] == 0
    assert "已用印" in seat.said[-1]
    seat.page.authority.foot.back.click()
    assert seat.wanted == ["counter"]


def test_a_wrong_pin_changes_nothing_and_is_said_under_the_field(seat: Seat) -> None:
    case = desk.proposed(seat.office)
    seat.refresh()
    seat.seal("111111")
    assert desk.fresh(seat.office, case).state == "to_authorise"
    assert seat.authority.pin_finding == "PIN 不对，还可试 2 次。没有用印，办件没有变化。"
    assert seat.page.authority.foot.pin.text() == ""
    seat.seal(desk.CHIEF_PIN)
    assert desk.fresh(seat.office, case).state == "sealed"


def test_the_line_cut_is_one_sentence_in_a_strip(seat: Seat) -> None:
    case = desk.proposed(seat.office)
    seat.refresh()
    seat.office.parts.centre.away = True
    seat.seal(desk.CHIEF_PIN)
    assert desk.fresh(seat.office, case).state == "to_authorise"
    assert seat.authority.strip is not None
    assert seat.authority.strip.head.startswith("线路断着，电子印章不能用")


def test_the_deputy_may_only_while_the_chief_is_away(seat: Seat) -> None:
    case = desk.proposed(seat.office)
    seat.refresh()
    seat.presenter.choose_person(desk.DEPUTY)
    seat.settle()
    assert seat.authority.absent == "梁建业"
    assert "没有登记离岗" in seat.authority.reason
    assert seat.page.sheet.showing().png
    seat.presenter.record_absence("去省局开会")
    seat.settle()
    seat.settle()
    assert seat.authority.absent == ""
    assert seat.authority.reason == ""
    seat.seal(desk.DEPUTY_PIN)
    assert desk.fresh(seat.office, case).decision.by == desk.DEPUTY


def test_turning_down_prints_the_reason_into_the_page(seat: Seat) -> None:
    case = desk.proposed(seat.office)
    seat.refresh()
    seat.presenter.turn_down(refusing=True)
    seat.settle()
    assert seat.page.sheet.showing().title == "不予行政许可决定书"
    assert seat.authority.reason == "还没写不予的理由"
    seat.presenter.write_reason("住所证明与登记住所不一致")
    assert seat.authority.reason == "正按新的理由排页"
    seat.qtbot.waitUntil(lambda: seat.authority.reason == "", timeout=5000)
    assert "住所证明" in seat.presenter.state.table.paper.paragraphs[1]
    seat.seal(desk.CHIEF_PIN)
    done = desk.fresh(seat.office, case)
    assert (done.state, done.decision.outcome) == ("sealed", "refuse")


def test_every_page_of_a_long_decision_is_on_screen_before_it_is_signed(seat: Seat) -> None:
    desk.proposed(seat.office)
    seat.refresh()
    seat.presenter.turn_down(refusing=True)
    seat.settle()
    seat.presenter.write_reason("住所使用证明与申请书所写不符，依照条例第十九条应当补正。" * 30)
    seat.qtbot.waitUntil(lambda: seat.authority.reason == "")
    sheet, foot = seat.page.sheet, seat.page.authority.foot
    pages = len(sheet.showing().earlier) + 1
    assert sheet.showing().note == f"共 {pages} 页，看到底再授权"
    assert pages > 1
    seat.qtbot.keyClicks(foot.pin.line, desk.CHIEF_PIN)
    assert foot.act.reason() == "还没看到最后一页"
    for _ in range(6 * pages):
        seat.qtbot.keyClick(sheet, Qt.Key.Key_PageDown)
    assert foot.act.reason() == ""


def test_a_page_asked_for_but_not_on_screen_is_not_sealed(seat: Seat) -> None:
    case = desk.proposed(seat.office)
    seat.refresh()
    seat.presenter.turn_down(refusing=True)
    seat.presenter.authorise(desk.CHIEF_PIN)
    seat.settle()
    assert desk.fresh(seat.office, case).state == "to_authorise"


def test_authorised_and_not_sealed_is_sealed_on_the_same_bytes(seat: Seat) -> None:
    case = desk.proposed(seat.office)
    seat.refresh()

    def stop() -> None:
        raise OSError("stopped in between")

    stamper_of(seat.office).first = stop
    seat.seal(desk.CHIEF_PIN)
    stamper_of(seat.office).first = lambda: None
    assert desk.fresh(seat.office, case).state == "granted"
    assert seat.authority.strip is not None
    seat.presenter.start()
    seat.settle()
    seat.settle()
    assert seat.authority.act == "用印"
    assert not seat.authority.may_refuse
    frozen = desk.fresh(seat.office, case).decision.digest
    seat.seal(desk.CHIEF_PIN)
    done = desk.fresh(seat.office, case)
    assert (done.state, done.decision.digest) == ("sealed", frozen)


def test_a_one_signature_item_waits_for_its_named_decider(seat: Seat) -> None:
    case = desk.accepted(seat.office, "欧阳敏", desk.TRADER)
    seat.refresh()
    assert [person.name for person in seat.authority.people] == ["段明远"]
    words = seat.page.authority.foot.reason
    assert (seat.authority.asking, words.label.text(), words.isVisible()) == ("words", "审查意见", True)
    assert seat.authority.reason == "还没写审查意见"
    seat.seal("204204", desk.CHIEF_PIN)
    assert desk.fresh(seat.office, case).state == "accepted", "a name alone signs nothing"
    seat.qtbot.keyClicks(words.line, "wrong")
    seat.presenter.turn_down(refusing=True)
    seat.settle()
    assert (words.label.text(), words.text(), seat.authority.reason) == ("不予的理由", "", "还没写不予的理由")
    seat.presenter.turn_down(refusing=False)
    seat.settle()
    assert (words.text(), seat.authority.reason) == ("", "还没写审查意见")
    seat.qtbot.keyClicks(words.line, "ok, all there")
    seat.qtbot.waitUntil(lambda: seat.authority.reason == "", timeout=5000)
    seat.presenter.choose(case.id)
    seat.settle()
    assert seat.authority.reason == "", "the same case again keeps what was typed"
    seat.seal("204204", desk.CHIEF_PIN)
    done = desk.fresh(seat.office, case)
    assert (done.state, done.decision.opinion) == ("sealed", "ok, all there")


def test_a_letter_that_ended_leaves_nothing_but_the_way_to_the_department(seat: Seat) -> None:
    desk.proposed(seat.office)
    seat.office.parts.clock.set(seat.office.parts.clock.now().replace(year=2027, month=1, day=5))
    seat.refresh()
    assert "已到期" in seat.authority.why[0]
    assert seat.authority.send_out is not None
    assert not seat.page.authority.foot.isVisible()
    assert not seat.page.sheet.showing().png


def test_open_case_brings_its_page_to_the_front(seat: Seat) -> None:
    desk.proposed(seat.office, "江州听雨轩文化传播有限公司")
    second = desk.proposed(seat.office, "江州砚溪人力资源有限公司")
    seat.refresh()
    seat.presenter.open_case(second.id)
    seat.settle()
    assert seat.wanted == ["sealing"]
    assert seat.authority.case == second.id


def test_signed_out_nothing_is_shown(seat: Seat) -> None:
    desk.proposed(seat.office)
    seat.office.session = None
    seat.refresh()
    seat.presenter.count()
    seat.settle()
    assert seat.presenter.state is None
    assert seat.counted == []


def test_what_could_not_be_read_is_not_called_nothing(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("gone")

    monkeypatch.setattr("ui.sealing.table.load_state", broken)
    seat.refresh()
    assert seat.page._view.empty.head == "等授权的件没读出来"
    assert seat.said

"""首席代表的单子: who sits at a window first, what is outside his letter apart, what he authorised today, and the way to the department."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.cases.model import Applicant
from clerk_app.duty.records import RecordedLetter
from clerk_app.duty.training import training_pin
from clerk_app.office.counter.department import DepartmentPaper, record_department_decision
from clerk_app.office.counter.sending_out import send_out
from clerk_app.office.line.attaching import attach
from clerk_app.office.office import Office
from tests.desk import sit
from tests.ui.sealing import desk
from ui.background import Background
from ui.sealing.page import SealingPage
from ui.sealing.presenter import SealingPresenter
from ui.sealing.view import SealingView


@dataclass
class Seat:
    office: Office
    page: SealingPage
    presenter: SealingPresenter
    background: Background
    qtbot: QtBot
    said: list[str] = field(default_factory=list)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.idle, timeout=20_000)

    def refresh(self) -> SealingView:
        self.presenter.refresh()
        self.settle()
        return self.view

    @property
    def view(self) -> SealingView:
        return self.page._view


@pytest.fixture
def seat(qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path) -> Iterator[Seat]:
    office = desk.sealing_office(tmp_path)
    background, page = Background(), SealingPage()
    page.resize(1290, 640)
    front(page)
    presenter = SealingPresenter(office, desk.running(office), background, page)  # type: ignore[arg-type]
    seat = Seat(office, page, presenter, background, qtbot)
    presenter.said.connect(lambda text, good: seat.said.append(text))
    yield seat
    background.close()
    office.parts.vault.close()


def beyond(office: Office, item: str = desk.COMPANY) -> None:
    """The letter in force does not list this item."""
    letters = office.hall.roster.letters
    short = replace(letters[0], items=tuple(code for code in letters[0].items if code != item))
    office.hall = replace(office.hall, roster=replace(office.hall.roster, letters=(short, *letters[1:])))


def test_who_sits_at_a_window_stands_first_with_his_minutes(seat: Seat) -> None:
    gone = desk.proposed(seat.office, "江州听雨轩文化传播有限公司")
    here = desk.proposed(seat.office, "江州砚溪人力资源有限公司", done=False)
    seat.office.parts.clock.set(seat.office.parts.clock.now() + timedelta(minutes=6))
    sit(seat.office, desk.CHIEF)
    view = seat.refresh()
    assert view.title == "等您授权 2 件"
    assert [row.id for row in view.rows] == [here.id, gone.id]
    assert view.rows[0].what.startswith("公司设立·2号窗口等 6 分")
    assert "窗口" not in view.rows[1].what


def test_another_departments_chief_sees_none_of_it(seat: Seat) -> None:
    desk.proposed(seat.office)
    sit(seat.office, "P401")
    view = seat.refresh()
    assert not view.rows
    assert view.empty.head == "没有等您授权的件"


def test_an_empty_list_says_when_the_next_is_due(seat: Seat) -> None:
    case = desk.accepted(seat.office)
    assert case.due is not None
    sit(seat.office, desk.CHIEF)
    view = seat.refresh()
    assert f"{case.due.promised.month}月{case.due.promised.day}日" in view.empty.note


def test_what_is_outside_is_apart_with_its_reason_and_goes_to_the_department(seat: Seat) -> None:
    case = desk.proposed(seat.office)
    beyond(seat.office)
    sit(seat.office, desk.CHIEF)
    view = seat.refresh()
    assert (view.listing, view.title) == ("outside", "不在您授权内 1 件")
    assert view.rows[0].what.endswith("授权书没列")
    assert view.authority.why[0] == "这个事项不在首席代表的授权书里。"
    out = seat.page.authority.way_out
    assert out.isVisible()
    assert out.taker.text() == "市场监督管理局 游广川"
    out.taker.set_text("")
    out.taker.edited.emit("")
    out.act.click()
    seat.settle()
    assert desk.fresh(seat.office, case).state == "to_authorise", "nothing goes to nobody"
    out.taker.set_text("登记注册科 伍先生")
    out.taker.edited.emit("登记注册科 伍先生")
    out.act.click()
    seat.settle()
    seat.settle()
    sent = desk.fresh(seat.office, case)
    assert sent.state == "with_department"
    assert sent.sent_out is not None
    assert (sent.sent_out.taker, sent.sent_out.by) == ("登记注册科 伍先生", desk.CHIEF)
    slip = seat.office.parts.maker.made[-1]  # type: ignore[attr-defined]
    assert (slip.doc_type, slip.doc_no) == ("送审单", case.case_no)
    assert not seat.view.rows


def test_today_lists_time_number_seal_and_window(seat: Seat) -> None:
    case = desk.sealed(seat.office, desk.proposed(seat.office))
    seat.refresh()
    link = next(link for link in seat.view.links if link.name == "today")
    assert link.words == "今天授权的 1 件"
    seat.page._list.links()[[one.name for one in seat.view.links].index("today")].click()
    seat.settle()
    row = seat.view.rows[0]
    assert row.id == case.id
    assert row.what == "江市监准〔2026〕47号·2号窗口·市场监督管理局审批章"
    assert row.who.startswith("10:")
    assert seat.view.authority.sealed


def test_the_deputy_is_shown_with_whom_he_stands_for(seat: Seat) -> None:
    case = desk.proposed(seat.office)
    seat.refresh()
    seat.presenter.record_absence("到局里开会")
    seat.settle()
    seat.settle()
    deputy = next(one for one in seat.view.authority.people if one.id == desk.DEPUTY)
    assert deputy.note == "副代表，代 梁建业"
    desk.sealed(seat.office, case, desk.DEPUTY)
    seat.refresh()
    facts = dict(seat.view.authority.what)
    assert facts["授权"] == "尹秋实 代 梁建业，江市监授〔2026〕1号"


def test_a_locked_key_says_until_when_and_whom_to_ask(seat: Seat) -> None:
    desk.proposed(seat.office)
    seat.refresh()
    centre = seat.office.parts.centre
    centre.locked = "PIN 连续输错 3 次，已锁到 10:52。没有用印，办件没有变化。"  # type: ignore[attr-defined]
    foot = seat.page.authority.foot
    seat.qtbot.keyClicks(foot.pin.line, "000000")
    foot.act.click()
    seat.settle()
    seat.settle()
    strip = seat.view.authority.strip
    assert strip is not None
    assert "已锁到 10:52" in strip.head
    assert "副代表尹秋实" in strip.rest
    assert foot.pin.text() == ""


def test_the_pin_is_gone_when_the_page_is_left(seat: Seat) -> None:
    desk.proposed(seat.office)
    seat.refresh()
    foot = seat.page.authority.foot
    seat.qtbot.keyClicks(foot.pin.line, "1234")
    assert foot.pin.text() == "1234"
    seat.page.hide()
    assert foot.pin.text() == ""


def test_persons_stay_masked_in_every_list(seat: Seat) -> None:
    case = desk.proposed(seat.office, "欧阳晓峰")
    assert isinstance(case.applicant, Applicant)
    sit(seat.office, desk.CHIEF)
    view = seat.refresh()
    assert view.rows[0].who == "欧*峰"


def test_a_leader_with_a_letter_for_the_day_stands_among_those_who_may(seat: Seat) -> None:
    case = desk.proposed(seat.office)
    now = seat.office.parts.clock.now()
    row = RecordedLetter(
        id="l", number="江市监授〔2026〕9号", department="SJJ", person="P104", deputy="", start=now.date(), end=now.date(),
        items=(desk.COMPANY,), powers=("decide",), scan="0" * 64, recorded_by="P101", recorded_at=now,
        confirmed_by="P102", confirmed_at=now,
    )  # fmt: skip
    with seat.office.parts.vault.unit(seat.office.hall) as work:
        work.books.put_recorded_letter(row)
    leader = next(one for one in seat.refresh().authority.people if one.id == "P104")
    assert (leader.name, leader.note) == ("贺知远", "带班授权")
    seat.presenter.choose_person("P104")
    seat.settle()
    assert dict(seat.view.authority.what)["依据"] == "江市监授〔2026〕9号，含本事项"
    desk.sealed(seat.office, case, "P104")
    seat.refresh()
    assert dict(seat.view.authority.what)["授权"] == "贺知远，江市监授〔2026〕9号"


def test_what_the_department_decided_only_waits_for_its_seal(seat: Seat, tmp_path: Path) -> None:
    office, case = seat.office, desk.proposed(seat.office)
    sit(office, desk.CHIEF)
    desk.good(send_out(office, case.id, "局里要看", "登记科"))
    sit(office, "P203")
    paper = tmp_path / "批复.pdf"
    paper.write_bytes(b"%PDF-1.4 what the department decided")
    desk.good(attach(office, case.id, paper))
    said = DepartmentPaper(
        outcome="grant", decided_by="游广川", rank="局长", document_no="江市监许〔2026〕88号",
        decided_on=office.parts.clock.now().date(), words="经局务会研究，同意。",
        scan=office.read(lambda books: books.attachments_of(case.id))[0].digest,
    )  # fmt: skip
    desk.good(record_department_decision(office, case.id, said))
    beyond(office)
    view = seat.refresh()
    authority = view.authority
    assert (authority.head, authority.act, authority.may_refuse) == ("部门已经决定", "授权并用印", False)
    assert authority.why[0] == "局长游广川 2026-11-20 决定，江市监许〔2026〕88号。"
    assert ("文号", "江市监许〔2026〕88号") in authority.what
    assert "依据" not in dict(authority.what)
    assert [one.name for one in authority.people] == ["梁建业", "尹秋实"]
    assert authority.reason == ""
    seat.presenter.authorise(training_pin(desk.CHIEF))
    seat.settle()
    assert desk.fresh(office, case).state == "sealed"
    assert dict(seat.view.authority.what)["授权"] == "梁建业，部门决定，只授权用印"

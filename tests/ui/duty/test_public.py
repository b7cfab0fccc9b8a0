"""公示: who is on, who decides by which letter, hours and the hotline; staff only, on the screen and on A4."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.office.duty import cover
from clerk_app.office.office import Office
from printers.pages import QtPageMaker
from tests.desk import cut_office, sit
from tests.visits import APPLICANT, accept, receive, serve
from ui.background import Background
from ui.duty.public.page import PublicPage
from ui.duty.public.presenter import PublicPresenter
from ui.duty.public.view import PublicFaceView


@dataclass
class Seat:
    office: Office
    page: PublicPage
    presenter: PublicPresenter
    background: Background
    qtbot: QtBot
    said: list[tuple[str, bool]] = field(default_factory=list)

    def refresh(self) -> PublicFaceView:
        self.presenter.refresh()
        self.settle()
        return self.page._view.face

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.idle, timeout=20_000)


@pytest.fixture
def seat(qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path) -> Iterator[Seat]:
    office = cut_office(tmp_path)
    office.parts = replace(office.parts, pages=QtPageMaker())
    background, page = Background(), PublicPage()
    page.resize(1290, 642)
    front(page)
    seat = Seat(office, page, PublicPresenter(office, background, page), background, qtbot)
    seat.presenter.said.connect(lambda text, good: seat.said.append((text, good)))
    yield seat
    page.window_.close()
    background.close()
    office.parts.vault.close()


def test_who_sits_here_and_who_decides_what(seat: Seat) -> None:
    face = seat.refresh()
    assert (face.number, face.name) == ("2", "企业开办专窗（一表制）")
    (person,) = face.seats
    assert (person.post, person.on) == ("企业开办岗", "许可心")
    assert person.under == "工号 P203　A角 许可心　B角 段明远"
    (part,) = face.parts
    assert part.head == "市场监督管理局"
    assert part.lines[:2] == ("首席代表 梁建业，副代表 尹秋实", "江市监授〔2026〕1号，至2026年12月31日")
    assert part.lines[2].startswith("窗口决定：有限责任公司设立登记")
    assert "12345" in face.foot
    assert "13:30" in face.foot


def test_a_substitute_is_shown_for_whom_he_stands(seat: Seat) -> None:
    assert not seat.refresh().seats[0].on.startswith("段明远")
    sit(seat.office, "P204")
    cover.record_absence(seat.office, "P203", "去医院")
    cover.step_in(seat.office, "A1", "许可心不在", provisional=False)
    sit(seat.office, "P203")
    assert seat.refresh().seats[0].on == "段明远 代 许可心"


def test_an_ended_letter_and_items_outside_it_go_to_the_department(seat: Seat) -> None:
    sit(seat.office, "P105")
    parts = {part.head: part.lines for part in seat.refresh().parts}
    assert parts["住房和城乡建设局"][-1].startswith("送部门决定：建筑工程施工许可证核发")
    assert not any("江住建授" in line for line in parts["住房和城乡建设局"]), "its letter is over"
    assert seat.page.face.letters() >= 16, "all of it is on the screen"


def test_nothing_of_a_citizen_is_on_it(seat: Seat) -> None:
    accept(seat.office, receive(seat.office, serve(seat.office)))
    words = repr(seat.refresh())
    for secret in (APPLICANT.name, APPLICANT.id_number, APPLICANT.phone, APPLICANT.agent):
        assert secret not in words


def test_the_citizens_screen_follows_and_is_shut_by_its_key(seat: Seat) -> None:
    seat.refresh()
    button = seat.page.bar.button("show")
    assert button is not None
    button.click()
    seat.qtbot.waitUntil(seat.page.window_.isVisible)
    assert seat.page._view.shown
    assert seat.page.window_._view == seat.page.face._view
    seat.qtbot.keyClick(seat.page.window_, Qt.Key.Key_Escape)
    seat.qtbot.waitUntil(lambda: not seat.page._view.shown)
    assert not seat.page.window_.isVisible()


def test_the_a4_says_the_same(seat: Seat, tmp_path: Path) -> None:
    seat.refresh()
    seat.page.place_chosen.emit(str(tmp_path / "公示.pdf"))
    seat.settle()
    assert seat.said[-1][1]
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "公示.pdf"), "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    for words in ("2号窗口公示", "许可心（工号 P203）", "江市监授〔2026〕1号", "12345", "演练公示"):
        assert words in text


def test_a_folder_that_cannot_be_written_is_said(seat: Seat, tmp_path: Path) -> None:
    seat.refresh()
    seat.page.place_chosen.emit(str(tmp_path / "没有这个夹" / "公示.pdf"))
    seat.settle()
    words, good = seat.said[-1]
    assert not good
    assert words.startswith("公示没有存下")

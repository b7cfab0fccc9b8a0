"""首问与投诉: one house, a new one by its key, the phone masked till it is asked for, and nothing for who may not see."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.office.counter.asking import Told, open_first_asked, record_complaint
from tests.desk import cut_office, rows_of, sit
from tests.ui.parts import hand, part
from ui.background import Background
from ui.oversight.asked_matters import AskedMatters
from ui.oversight.complaint_matters import ComplaintMatters
from ui.oversight.follow_matters import FollowMatters
from ui.oversight.matter_page import MatterPage
from ui.oversight.matter_presenter import MatterPresenter, Matters
from ui.oversight.matter_view import MatterView
from ui.oversight.watch_house import ASKED, COMPLAINTS, WatchHouse
from ui.widgets.empty_card import EmptyCard

PHONE = "13900000421"


class Recorder(MatterPage):
    """The page, remembering what it was last told to show."""

    shown: MatterView

    def render(self, view: MatterView) -> None:  # type: ignore[override]
        self.shown = view
        super().render(view)


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def desk_of(qtbot, office):
    background = Background()

    def made(matters: Matters) -> SimpleNamespace:
        page = Recorder("page", "事", "等了")
        qtbot.addWidget(page)
        presenter = MatterPresenter(office, background, page, matters)
        said: list[tuple[str, bool]] = []
        counts: list[int] = []
        presenter.said.connect(lambda text, good: said.append((text, good)))
        presenter.waiting.connect(counts.append)

        def settle() -> MatterView:
            qtbot.waitUntil(lambda: background.idle)
            return page.shown

        presenter.refresh()
        settle()
        return SimpleNamespace(page=page, presenter=presenter, said=said, counts=counts, settle=settle)

    yield made
    background.close()


def facts(view: MatterView) -> str:
    assert view.detail is not None
    return str(view.detail.facts)


def test_a_phone_is_masked_until_it_is_asked_for_and_that_is_recorded(office, desk_of) -> None:
    open_first_asked(office, "8", "税的事", phone=PHONE)
    desk = desk_of(AskedMatters())
    assert PHONE not in facts(desk.page.shown)
    assert "139****0421" in facts(desk.page.shown)
    part(desk.page, QLineEdit, "taskNote").setText("正要打")
    desk.page.act.emit("reveal", ["", ""])
    assert PHONE in facts(desk.settle())
    assert part(desk.page, QLineEdit, "taskNote").text() == "正要打", "what was typed stays"
    assert "record_phone_seen" in [row["kind"] for row in rows_of(office)]
    desk.presenter._revealed.timeout.emit()
    assert PHONE not in facts(desk.page.shown)
    desk.page.act.emit("called_back", ["", "说清了"])
    assert desk.settle().rows == ()
    assert desk.said[-1][1], desk.said


def test_a_lead_to_a_place_closes_it_and_a_lead_to_nowhere_says_why(office, desk_of) -> None:
    open_first_asked(office, "2", "社保的事")
    desk = desk_of(AskedMatters())
    desk.page.act.emit("led", [" ", ""])
    desk.settle()
    assert not desk.said[-1][1]
    assert "带到哪里" in desk.said[-1][0]
    desk.page.act.emit("led", ["8号窗口", ""])
    assert desk.settle().rows == ()
    (row,) = office.read(lambda books: books.asked_between(row_start(office), office.parts.clock.now()))
    assert row.led_to == "8号窗口"


def row_start(office):
    return office.parts.clock.now().replace(hour=0)


def test_the_duty_manager_takes_one_down_and_goes_on_with_it(office, desk_of) -> None:
    sit(office, "P101")
    desk = desk_of(ComplaintMatters())
    assert desk.page.shown.rows == ()
    desk.presenter.begin_new()
    assert desk.page.detail.isVisibleTo(desk.page)
    desk.page.act.emit("complaint", ["等了一上午", "", "卢玉珍", PHONE])
    view = desk.settle()
    assert view.title == "投诉 1 件没答复"
    assert desk.counts[-1] == 1
    assert "卢*珍，139****0421" in facts(view)
    assert view.rows[0].age == "11月27日"
    for act in ("investigate", "dispose", "reply"):
        assert view.detail is not None
        assert view.detail.bar.step is not None
        assert view.detail.bar.step.name == act
        desk.page.act.emit(act, ["写一句"])
        view = desk.settle()
        assert desk.said[-1][1], desk.said
    assert (view.rows[0].lamp, view.title, desk.counts[-1]) == ("done", "投诉 0 件没答复", 0)


def test_a_clerk_sees_an_empty_page_and_it_says_why(office, desk_of) -> None:
    sit(office, "P101")
    record_complaint(office, Told(matter="complaint", words="态度差", against=("P203",), windows=(2,)), "manager")
    sit(office, "P203")
    desk = desk_of(ComplaintMatters())
    assert desk.page.shown.rows == ()
    assert "这里不显示" in part(desk.page, EmptyCard).text()
    assert desk.counts[-1] == 0
    assert desk_of(FollowMatters()).page.shown.rows == ()


def test_the_hands_first_place_and_the_key_for_a_new_one(qtbot: QtBot, front: Callable[..., QWidget], office) -> None:
    open_first_asked(office, "2", "社保的事")
    house, background = WatchHouse(), Background()
    try:
        presenters = [
            MatterPresenter(office, background, house.asked, AskedMatters()),
            MatterPresenter(office, background, house.complaints, ComplaintMatters()),
        ]
        for presenter in presenters:
            presenter.refresh()
        qtbot.waitUntil(lambda: background.idle)
        house.resize(1290, 640)
        front(house)
        house.show_view(ASKED)
        assert hand() is house.asked.table()
        qtbot.keyClick(hand(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        assert hand() in [field.line for field in house.asked.detail.fields()]
        house.show_view(COMPLAINTS)
        qtbot.keyClick(hand(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        assert len(house.complaints.detail.fields()) == 4
    finally:
        background.close()

"""管理 on the whole desk: whose page it is, its key, and next year's days brought into use by two people and no file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clerk_app.office.duty import rostering
from clerk_app.office.duty.roster_document import changed_document
from clerk_app.office.office import Done
from clerk_app.workdays import Calendar
from tests.desk import sit, training_document
from tests.office.test_audit import as_role
from tests.ui.one_desk import one_desk
from ui.desk import Desk
from ui.managing.house import YEARS
from ui.managing.years_presenter import announced, spans
from ui.managing_rooms import ROUTING

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
NOTICE = (
    ("2027-01-01", "2027-01-03", "放假", "元旦"),
    ("2027-02-05", "2027-02-11", "放假", "春节"),
    ("2027-02-14", "", "上班", "春节调休上班"),
    ("2027-04-03", "2027-04-05", "放假", "清明节"),
    ("2027-05-01", "2027-05-05", "放假", "劳动节"),
    ("2027-05-08", "", "上班", "劳动节调休上班"),
    ("2027-06-09", "", "放假", "端午节"),
    ("2027-09-15", "2027-09-17", "放假", "中秋节"),
    ("2027-10-01", "2027-10-07", "放假", "国庆节"),
)


@pytest.fixture(scope="module")
def made(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with one_desk(qapp, tmp_path_factory.mktemp("managing")) as desk:
        desk.window.resize(1366, 768)
        desk.window.show()
        yield desk


@pytest.fixture
def desk(made: Desk, qtbot: QtBot) -> Iterator[Desk]:
    qtbot.waitActive(made.window)
    yield made
    settle(made, qtbot)


def settle(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.background.idle)


def came(desk: Desk, qtbot: QtBot, person: str) -> None:
    as_role(desk.office, person) if person in ("P109", "P110") else sit(desk.office, person)
    session: Any = desk.office.session
    desk._enter(session)
    settle(desk, qtbot)


def page(desk: Desk) -> str:
    return next(key for key, one in desk.shell._pages.items() if one.widget.isVisible())


@pytest.mark.parametrize(("person", "has"), [("P110", True), ("P101", True), ("P109", True), ("P203", False)])
def test_whose_page_it_is(desk: Desk, qtbot: QtBot, person: str, has: bool) -> None:
    came(desk, qtbot, person)
    qtbot.keyClick(desk.window, Qt.Key.Key_G, ALT)
    settle(desk, qtbot)
    assert (page(desk) == "managing") is has
    assert ("managing" in {key for key, _, _ in desk.shell.rail.shown()}) is has


def test_the_head_of_windows_that_are_given_cases_has_that_view_alone(desk: Desk, qtbot: QtBot) -> None:
    came(desk, qtbot, "P105")
    qtbot.keyClick(desk.window, Qt.Key.Key_G, ALT)
    settle(desk, qtbot)
    assert page(desk) == "managing"
    house = desk.managing.house
    assert [one.key for one in house.segments.all() if one.isVisible()] == [ROUTING]
    assert house.view() == ROUTING
    came(desk, qtbot, "P101")
    qtbot.keyClick(desk.window, Qt.Key.Key_G, ALT)
    settle(desk, qtbot)
    assert all(one.isVisible() for one in house.segments.all())
    assert house.view() != ROUTING


def test_next_years_days_are_brought_into_use_without_a_file(desk: Desk, qtbot: QtBot) -> None:
    came(desk, qtbot, "P110")
    qtbot.keyClick(desk.window, Qt.Key.Key_G, ALT)
    desk.managing.house.show_view(YEARS)
    qtbot.waitUntil(lambda: bool(desk.managing.house.years.both.table().rows()))
    settle(desk, qtbot)
    qtbot.keyClick(desk.managing.house, Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    assert page(desk) == "audit"
    draft = desk.rooms.audit.house.roster.draft
    assert draft.isVisible()
    for first, last, kind, name in NOTICE:
        for field, word in (("day", first), ("until", last), ("kind", kind), ("name", name)):
            draft.field(field).set_text(word)
        qtbot.keyClick(draft, Qt.Key.Key_J, CTRL)
        settle(desk, qtbot)
    draft.what_chosen.emit("year")
    draft.field("year").set_text("2027")
    qtbot.keyClick(draft, Qt.Key.Key_J, CTRL)
    draft._paper.set_text("国办发明电〔2026〕8号")
    qtbot.keyClick(draft, Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    office = desk.office
    (row,) = rostering.roster_desk(office).rows
    assert len(row.change.lines) == len(NOTICE) + 1
    sit(office, "P101")
    answer = rostering.confirm(office, row.change.id)
    assert isinstance(answer, rostering.Confirmed | Done)
    fresh = changed_document(training_document(), row.change.lines, row.change.basis)
    calendar = Calendar.of(fresh["calendar"])
    assert announced(calendar, 2027)
    assert (calendar.is_workday(date(2027, 2, 14)), calendar.is_workday(date(2027, 5, 5))) == (True, False)
    told = tuple(spans(calendar, 2027))
    assert "2月5日 周五 到 2月11日 周四 春节，放假" in told
    assert "2月14日 周日 春节调休上班，上班" in told

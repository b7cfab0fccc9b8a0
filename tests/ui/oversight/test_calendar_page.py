"""日历换表: slices behind the page with a bar and 停; a year without its notice is one sentence; the table is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.hall import Hall, read_hall
from clerk_app.office.office import Office
from clerk_app.office.oversight import calendar_change
from clerk_app.office.oversight.calendar_change import Survey
from clerk_app.oversight.due_moves import DueMove, MovedCase
from tests.desk import cut_office, training_document
from tests.office.test_calendar_change import another_table, put
from ui.background import Background
from ui.oversight.calendar_page import CalendarPage
from ui.oversight.calendar_presenter import CalendarPresenter
from ui.oversight.calendar_view import AGAIN, SAVE, STOP, tell_survey
from ui.sync.line_bar import Progress

TODAY, PRINTED = date(2026, 11, 20), date(2026, 11, 25)
LATER = DueMove(clock="statutory", before=PRINTED, after=date(2026, 11, 26), printed=PRINTED)
SOONER = DueMove(clock="statutory", before=PRINTED, after=date(2026, 11, 24), printed=PRINTED)


@pytest.fixture(scope="module")
def hall() -> Hall:
    return read_hall(training_document(), "v1")


def survey(*moves: DueMove, **more: Any) -> Survey:
    case = MovedCase("c1", "JZ1", "设立", 2, "P203", moves)
    plain = {"version": "v1", "total": 10, "done": 10, "after": None, "cases": (case,) if moves else ()}
    return Survey(**{**plain, **more})


def test_each_row_says_four_days_and_the_earlier_binds(hall: Hall) -> None:
    told = tell_survey(survey(LATER, SOONER), hall, TODAY, running=False)
    later, sooner = told.rows
    assert (later.before, later.after, later.printed, later.binds) == (
        "11月25日",
        "11月26日",
        "11月25日",
        "11月25日",
    )
    assert (sooner.binds, sooner.lamp, later.lamp) == ("11月24日", "soon", "ok")
    assert told.message is not None
    assert told.message.head == "有 1 个期限比告诉过人家的早。"
    assert told.bar.step is not None
    assert told.bar.step.name == SAVE
    late = tell_survey(survey(SOONER), hall, date(2026, 12, 1), running=False)
    assert late.rows[0].lamp == "overdue"


def test_nothing_moved_stopped_and_another_version_are_said(hall: Hall) -> None:
    assert tell_survey(survey(), hall, TODAY, running=False).empty.head == "没有期限要动"
    half = tell_survey(survey(LATER, after="c1", done=4), hall, TODAY, running=False)
    assert "还有 6 件没比" in half.bar.note
    running = tell_survey(survey(LATER, after="c1", done=4), hall, TODAY, running=True)
    assert (running.done, running.total, len(running.rows)) == (4, 10, 1)
    assert running.bar.step is not None
    assert running.bar.step.name == STOP
    other = tell_survey(survey(LATER, version="v0"), hall, TODAY, running=False)
    assert other.message is not None
    assert "又换了一版" in other.message.head
    year = tell_survey(survey(LATER, unannounced=(2027,)), hall, TODAY, running=False)
    assert year.message is not None
    assert year.message.head == "2027 年放假安排还没发。"
    gone = tell_survey(survey(LATER, uncounted=3), hall, TODAY, running=False)
    assert "有 3 件的事项不在目录里" in gone.bar.note


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


def test_it_walks_by_itself_can_be_stopped_and_saves_its_table(
    qtbot: QtBot,
    front: Callable[..., QWidget],
    office: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(calendar_change, "SLICE", 2)
    for key in "abcde":
        put(office, key)
    another_table(office, d2026_11_24=False)
    background, page, file = Background(), CalendarPage(), tmp_path / "改期.csv"
    page.resize(1290, 640)
    front(page)
    presenter = CalendarPresenter(office, background, page, lambda: str(file))
    said: list[tuple[str, bool]] = []
    presenter.said.connect(lambda words, good: said.append((words, good)))
    with qtbot.waitSignal(presenter.moved, timeout=5000) as moved:
        presenter.refresh()
        page.act.emit(STOP)
    assert moved.args == [0]
    assert page.bar.button(STOP) is None
    qtbot.waitUntil(lambda: background.idle)
    with qtbot.waitSignal(presenter.moved, timeout=5000):
        page.act.emit(AGAIN)
    assert not page.findChild(Progress).isVisible()
    assert page.bar.button(SAVE) is not None
    page.act.emit(SAVE)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0][1]
    assert len(file.read_text("utf-8-sig").splitlines()) == 1 + 5
    presenter.refresh()
    assert background.idle, "the same version is not walked again"
    background.close()

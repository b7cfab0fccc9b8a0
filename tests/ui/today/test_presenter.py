"""开门前 and 收工前 over a real office: the page opens before the first ticket only, goes on to the counter, and names the open ticket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from clerk_app.office.events import LineState, PrinterState
from clerk_app.office.office import Office
from tests.desk import cut_office
from tests.ui.parts import part
from tests.visits import serve
from ui.background import Background
from ui.sync.day_page import DayPage
from ui.sync.day_presenter import DayPresenter
from ui.today.page import TodayPage
from ui.today.presenter import TodayPresenter
from ui.widgets.row_table import RowTable


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def background() -> Iterator[Background]:
    background = Background()
    yield background
    background.close()


def running() -> Any:
    line, lane = LineState(connected=True), PrinterState(ready=True, said="就绪")
    return cast(
        "Any", SimpleNamespace(line=SimpleNamespace(state=line), lane=SimpleNamespace(state=lane), printers=lane)
    )


def test_it_opens_before_the_first_ticket_and_goes_on_to_the_counter(
    qtbot: QtBot, office: Office, background: Background
) -> None:
    page = TodayPage()
    qtbot.addWidget(page)
    presenter = TodayPresenter(office, running(), background, page)
    with qtbot.waitSignal(presenter.wanted, timeout=5000):
        presenter.start()
    qtbot.waitUntil(lambda: background.idle)
    assert page.bar.button("begin") is not None
    with qtbot.waitSignal(presenter.page_wanted, timeout=1000) as wanted:
        page.bar.chosen.emit("begin")
    assert wanted.args == ["counter"]
    serve(office)
    with qtbot.assertNotEmitted(presenter.wanted):
        presenter.start()
        qtbot.waitUntil(lambda: background.idle)


def test_the_day_close_names_the_ticket_left_open_and_leads_to_it(
    qtbot: QtBot, office: Office, background: Background
) -> None:
    ticket = serve(office)
    page = DayPage()
    qtbot.addWidget(page)
    presenter = DayPresenter(office, background, page)
    presenter.refresh()
    table = part(page, RowTable, "findingsTable")
    qtbot.waitUntil(lambda: bool(table.rows()))
    open_ = next(row for row in table.rows() if ticket.number in row.cell(0).text)
    with qtbot.waitSignal(presenter.page_wanted, timeout=1000) as wanted:
        page.opened.emit(open_.id)
    assert wanted.args == ["counter"]

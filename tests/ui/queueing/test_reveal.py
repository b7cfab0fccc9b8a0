"""显示证件号: recorded before it is shown, one row a visit and person, however often it is masked and shown again."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from clerk_app.office.counter import visit
from clerk_app.office.events import LineState, PrinterState
from clerk_app.office.line.beating import Beater
from clerk_app.office.office import Office
from tests.desk import cut_office, sit
from tests.visits import done, receive, serve
from ui.background import Background
from ui.queueing.page import CounterPage
from ui.queueing.presenter import CounterPresenter


@pytest.fixture
def desk(qtbot, tmp_path):
    office, background, page = cut_office(tmp_path), Background(), CounterPage()
    qtbot.addWidget(page)
    running = SimpleNamespace(
        line=SimpleNamespace(state=LineState(connected=False)),
        lane=SimpleNamespace(state=PrinterState(ready=True, said="打印机 好")),
        beat=Beater(office),
    )
    counter = CounterPresenter(office, running, background, page)

    def settle() -> None:
        qtbot.waitUntil(lambda: background.idle)

    yield SimpleNamespace(office=office, counter=counter, settle=settle, page=page)
    background.close()
    office.parts.vault.close()


def reveals(office: Office) -> int:
    return sum(row.kind == "record_reveal" for row in office.parts.vault.journal.rows((), 100))


def reveal(desk) -> None:
    desk.page.reveal_wanted.emit()
    desk.settle()


def test_shown_masked_and_shown_again_it_is_one_row(desk) -> None:
    receive(desk.office, serve(desk.office))
    desk.counter.refresh()
    desk.settle()
    for _ in range(3):
        reveal(desk)  # shown
        reveal(desk)  # masked
    assert reveals(desk.office) == 1


def test_the_next_visit_is_another_row(desk) -> None:
    first = serve(desk.office)
    receive(desk.office, first)
    desk.counter.refresh()
    desk.settle()
    reveal(desk)
    done(visit.finish(desk.office, first.id))
    receive(desk.office, serve(desk.office))
    desk.counter.refresh()
    desk.settle()
    reveal(desk)
    assert reveals(desk.office) == 2


def test_another_person_at_the_same_case_is_another_row(desk) -> None:
    receive(desk.office, serve(desk.office))
    desk.counter.refresh()
    desk.settle()
    reveal(desk)
    reveal(desk)
    sit(desk.office, "P203")
    reveal(desk)
    assert reveals(desk.office) == 2

"""送审之后 the counter says where the case is, and never that the result was handed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from clerk_app.cases.finding import line_of
from clerk_app.office.counter.sending_out import send_out
from clerk_app.office.events import LineState, PrinterState
from clerk_app.office.office import Done, Office
from tests.ui.sealing import desk
from ui.cases.telling import tell_detail, tell_row
from ui.queueing.state import load_state
from ui.queueing.telling_course import tell_course
from ui.queueing.telling_step import tell_next


@pytest.fixture
def office(qapp: QApplication, tmp_path: Path) -> Iterator[Office]:
    office = desk.sealing_office(tmp_path)
    yield office
    office.parts.vault.close()


def test_the_counter_and_the_list_of_cases_say_where_it_is(office: Office) -> None:
    case = desk.proposed(office, done=False)
    letters = office.hall.roster.letters
    over = replace(letters[0], end=office.parts.clock.now().date() - timedelta(days=1))
    office.hall = replace(office.hall, roster=replace(office.hall.roster, letters=(over, *letters[1:])))
    assert isinstance(send_out(office, case.id, "授权书到期", "登记注册科"), Done)
    state = load_state(office, lambda: LineState(connected=True), lambda: PrinterState(ready=True, said=""))
    assert state.case is not None
    assert state.item is not None
    step = tell_next(state, state.case, state.item, office.hall)
    assert step.sentence == "已送审，等登记注册科决定。办结本号。"
    assert step.step is not None
    assert step.step.text == "办结本号"
    assert tell_course(state, state.case, office.hall)[-1][1] == "许可心送审，送给登记注册科"
    today = state.now.date()
    assert tell_row(line_of(state.case), office.hall, today).state == "送审中"
    assert "许可心送给登记注册科：授权书到期。" in dict(tell_detail(state.case, office.hall, today).facts)["送审"]
    assert desk.fresh(office, case).state == "with_department"

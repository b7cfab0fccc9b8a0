"""One notice for a company: the papers that lack, every department's points and what the check finds stand on it at once."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.office.counter import visit
from clerk_app.office.registration import acts
from clerk_app.office.registration.saving import save_form
from clerk_app.registration.document import put
from tests.registration.test_form import EXAMPLE
from tests.ui.queueing.counter_seat import CTRL, CounterSeat, seat_at
from tests.ui.sealing import desk
from tests.visits import APPLICANT, COMPANY
from ui.widgets.strip import Strip

PICTURES = os.environ.get("CLERK_PICTURES", "")


@pytest.fixture
def seat(qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path) -> Iterator[CounterSeat]:
    """A company's papers are here but for one, its form is filled in with a slip of the pen."""
    seat = seat_at(qtbot, front, tmp_path, 2, "P203")
    seat.serve("A")
    office = seat.office
    ticket = office.read(lambda books: books.open_call_at(2, seat.today))
    names = [m.name for m in office.hall.items[COMPANY].materials]
    desk.good(visit.receive(office, ticket.id, COMPANY, APPLICANT, tuple(names[1:])))  # type: ignore[union-attr]
    case = office.read(lambda books: books.case_of_ticket(ticket.id))  # type: ignore[union-attr]
    document = put(copy.deepcopy(EXAMPLE), "/persons/1/mobile", "138")
    desk.good(save_form(office, case.id, document))  # type: ignore[union-attr]
    seat.presenter.refresh()
    seat.settle()
    yield seat
    seat.background.close()
    office.parts.vault.close()


def gaps(seat: CounterSeat) -> list[tuple[str, str]]:
    return [(gap.what, gap.note) for gap in seat.page.work.reply._view.gaps if gap.ticked]


def test_what_the_form_lacks_and_the_departments_want_is_on_the_one_notice(seat: CounterSeat) -> None:
    seat.key(Qt.Key.Key_G, CTRL)
    seat.key(Qt.Key.Key_1)
    missing, wrong = gaps(seat)
    assert missing == (seat.case.missing[0], "没带")
    assert "移动电话写法不对" in wrong[0]
    assert wrong[1] == "登记表"
    seat.press("shutReply")
    desk.good(
        acts.make_point(seat.office, seat.case.id, "税务", "/company/phone", label="联系电话", opinion="打不通。")
    )
    seat.presenter.refresh()
    seat.settle()
    seat.key(Qt.Key.Key_G, CTRL)
    seat.key(Qt.Key.Key_1)
    point = ("登记表“联系电话”：打不通。（税务）", "登记表")
    assert gaps(seat) == [missing, wrong, point], "what was said meanwhile is on it too"
    if PICTURES:
        seat.page.grab().save(f"{PICTURES}/notice.png")
    pane = seat.page.work.reply
    pane.gaps.ticked.emit(point[0], False)
    seat.press("reply")
    assert not seat.case.life.notices
    assert any("还有部门提的没写进告知里" in strip.text() for strip in seat.page.findChildren(Strip))
    pane.gaps.added.emit(point[0])
    seat.press("reply")
    (notice,) = seat.case.life.notices
    assert [gap.what for gap in notice.gaps] == [missing[0], wrong[0], point[0]]
    (told,) = seat.office.read(lambda books: books.points_of(seat.case.id))
    assert told.round(seat.case) == 1
    assert seat.papers[-1] == "一次性告知单"

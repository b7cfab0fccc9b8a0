"""领取方式 over the counter: fetched or by post, what is missing said while one types; whoever does not wait leaves it for the shelf."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from clerk_app.office.counter import visit
from clerk_app.office.counter.handing import acts, looking
from clerk_app.office.office import Office
from tests.desk import cut_office
from tests.visits import done, receive, serve
from ui.background import Background
from ui.handing.delivery_presenter import NO_CASE, NO_POST, SPOT, DeliveryPresenter
from ui.queueing.page import CounterPage

FOOD = "食品经营新办"
ADDRESS = "江州市临江区滨河路18号3栋502"


class Counter(QObject):
    """What the counter's presenter says of whom it has in hand."""

    state: SimpleNamespace | None = None


@pytest.fixture
def desk(qtbot, tmp_path: Path, front: Callable[..., QWidget]):
    office = cut_office(tmp_path)
    page, background, counter = CounterPage(), Background(), Counter()
    page.resize(1290, 700)
    front(page)
    presenter = DeliveryPresenter(office, background, counter, page)  # type: ignore[arg-type]
    said: list[tuple[str, bool]] = []
    presenter.said.connect(lambda text, good: said.append((text, good)))

    def settle() -> None:
        qtbot.waitUntil(lambda: background.idle)

    def open_for(short: str) -> str:
        session = office.session
        assert session is not None
        if counter.state is not None:
            done(visit.finish(office, counter.state.current.id))
        ticket = serve(office)
        case = receive(office, ticket)
        item = next(one for one in office.hall.items.values() if one.short == short)
        promised = replace(case, item=item.code, item_name=item.name)
        counter.state = SimpleNamespace(current=ticket, case=promised)
        with office.parts.vault.unit(office.hall) as work:
            work.books.put_case(promised)
        presenter.open()
        settle()
        return case.id

    yield SimpleNamespace(
        office=office, page=page, counter=counter, presenter=presenter, pane=presenter.pane, said=said, settle=settle,
        open_for=open_for,
    )  # fmt: skip
    office.parts.vault.close()


def wish(office: Office, case: str):
    line = looking.line_of(office, case)
    assert line is not None
    return line.result.delivery if line.result else None


def test_by_post_what_is_missing_is_said_while_one_types_and_then_written_down(desk):
    case = desk.open_for(FOOD)
    pane = desk.pane
    assert pane.isVisible()
    assert "12号窗口" in pane._said.text()
    pane.how.segment("post").click()
    assert pane.name.text() == "欧阳明月"
    assert pane.save.reason()
    assert "地址" in pane._said.text()
    pane.address.set_text(ADDRESS)
    desk.presenter._on_change()
    assert not pane.save.reason(), pane._said.text()
    QTest.keyClick(pane.address.line, Qt.Key.Key_Return)
    desk.settle()
    found = wish(desk.office, case)
    assert (found.how, found.name, found.phone, found.address) == ("post", "欧阳明月", "13800000421", ADDRESS)
    assert desk.said[-1] == ("记下了：邮寄。", True)
    assert not pane.isVisible()
    desk.presenter.open()
    desk.settle()
    assert (pane.how.current(), pane.address.text()) == ("post", ADDRESS), "asked again, what was said stands there"


def test_a_telephone_that_is_none_keeps_the_button_off_with_its_reason(desk):
    desk.open_for(FOOD)
    pane = desk.pane
    pane.how.segment("post").click()
    pane.address.set_text(ADDRESS)
    pane.phone.set_text("12")
    desk.presenter._on_change()
    assert "电话" in pane._said.text()
    pane.save.click()
    assert desk.said[-1] == ("还没写全。", False)


def test_nothing_is_asked_without_a_case_for_a_spot_case_or_in_a_hall_without_post(desk):
    desk.presenter.open()
    assert desk.said[-1] == (NO_CASE, False)
    desk.open_for("公司设立")
    assert desk.said[-1] == (SPOT, True)
    desk.office.hall = replace(desk.office.hall, handing=replace(desk.office.hall.handing, carrier=""))
    desk.open_for(FOOD)
    assert desk.said[-1] == (NO_POST, True)
    assert not desk.pane.isVisible()


def test_who_does_not_wait_leaves_it_for_the_shelf_and_the_window_lets_the_case_go(desk):
    office = desk.office
    case = receive(office, serve(office))
    done(acts.leave_for_shelf(office, case.id))
    assert wish(office, case.id).how == "pick_up"
    assert office.read(lambda books: books.holder(f"case:{case.id}")) is None

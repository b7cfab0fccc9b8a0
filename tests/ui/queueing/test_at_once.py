"""One page, one confirmation: the on-the-spot case; and what another system carries, noted once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.office.counter import visit
from clerk_app.office.line.cuts import CutBook
from tests.ui.queueing import views
from tests.ui.queueing.counter_seat import CTRL, CounterSeat, seat_at
from tests.ui.sealing.desk import good
from ui.queueing.receive_step import receive_step
from ui.queueing.view import ReceiveForm, ReceiveView


@pytest.fixture
def sit_at(qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path) -> Iterator[Callable[[int, str], CounterSeat]]:
    seats: list[CounterSeat] = []

    def make(window: int, person: str) -> CounterSeat:
        seats.append(seat_at(qtbot, front, tmp_path, window, person))
        return seats[-1]

    yield make
    for seat in seats:
        seat.background.close()
        seat.office.parts.vault.close()


def test_received_accepted_and_proposed_by_one_key_without_a_paper(sit_at: Callable[[int, str], CounterSeat]) -> None:
    seat = sit_at(3, "P204")
    seat.serve("A")
    seat.choose("执照补领")
    assert seat.reason("spot") == "还缺必备材料：公司登记（备案）申请书等"
    seat.page.work.receive.parts()[2].all_button().click()
    assert seat.page.work.ask.text() == "材料齐全，符合法定形式。"
    before = seat.papers
    seat.key(Qt.Key.Key_Return, CTRL)
    case = seat.case
    assert (case.state, case.proposal.opinion) == ("to_authorise", "材料齐全，符合法定形式。")  # type: ignore[union-attr]
    assert seat.papers == before
    seat.press("leave")
    assert seat.papers[-1] == "受理回执"


def test_who_learns_takes_nothing_at_once() -> None:
    item = replace(views.NURSE, one_sitting=True)
    form = ReceiveForm(item="N1", name="卢小珍", brought=("注册申请审核表",), opinion="可以")
    alone = receive_step(views.RECEIVE, item, form).step
    learning = receive_step(replace(views.RECEIVE, learning="田雨润"), item, form).step
    assert (alone.name, alone.reason, learning.name) == ("spot", "", "receive")  # type: ignore[union-attr]


def test_an_empty_opinion_is_no_signature(sit_at: Callable[[int, str], CounterSeat]) -> None:
    seat = sit_at(3, "P204")
    seat.serve("A")
    seat.choose("执照补领")
    seat.page.work.receive.parts()[2].all_button().click()
    seat.page.work.ask.field.set_text("")
    seat.page.work.ask.changed.emit()
    assert seat.reason("spot") == "还没写审查意见"


def test_in_a_cut_the_page_names_the_second_limit(
    sit_at: Callable[[int, str], CounterSeat], monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = sit_at(3, "P204")
    monkeypatch.setattr(CutBook, "open_cut", property(lambda self: object()))
    seat.serve("A")
    seat.choose("执照补领")
    seat.page.work.receive.parts()[2].all_button().click()
    assert seat.page.work.receive.next_step("可以").note == "断线期间收的，按第二时限 3 个工作日承诺，回执上写明。"
    seat.press("spot")
    assert seat.case.life.second_limit


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # a menu's window, offscreen
def test_one_more_of_the_same_person_without_typing(sit_at: Callable[[int, str], CounterSeat]) -> None:
    seat = sit_at(3, "P204")
    seat.serve("A")
    seat.choose("执照补领", "卢小珍")
    seat.page.work.receive.parts()[2].all_button().click()
    seat.press("spot")
    seat.press("giveBack")
    first = seat.case.id
    seat.press("another")
    form = seat.page.work.receive.parts()[1]
    assert form.value("name") == ""
    form.same_button().click()
    actions = form.persons_menu().actions()
    assert [action.text() for action in actions] == ["申请人同上一件的申请人 卢*珍", "经办人就是申请人"]
    actions[0].trigger()
    actions[1].trigger()
    form.persons_menu().close()
    assert (form.value("name"), form.value("agent")) == ("卢小珍", "卢小珍")
    seat.press("backToCase")
    assert seat.case.id == first


def test_what_another_system_carries_is_noted_once_with_its_slip(sit_at: Callable[[int, str], CounterSeat]) -> None:
    seat = sit_at(6, "P303")
    seat.serve("C")
    seat.choose("身份证换领", "")
    assert seat.reason("external") == "先说办得怎么样"
    pane = seat.page.work.receive.external_pane
    pane.answers()[0].click()
    assert seat.reason("external") == "还没写部门系统的编号"
    number, promised = pane.fields()
    seat.qtbot.keyClicks(number.line, "GA20261120001")
    seat.qtbot.keyClicks(promised.line, "12-40")
    assert seat.reason("external") == "日期写成 12-04"
    promised.line.clear()
    seat.qtbot.keyClicks(promised.line, "12-10")
    seat.press("external")
    state = seat.presenter.state
    assert state is not None
    assert [(one.other_number, one.promised_on) for one in state.external] == [("GA20261120001", date(2026, 12, 10))]
    assert state.case is None
    assert seat.papers[-1] == "外部系统办件单"
    work = seat.page._view.work
    assert isinstance(work, ReceiveView)
    assert seat.page.work.bar.button("finish") is not None


def test_what_was_read_earlier_and_lands_later_does_not_stay(sit_at: Callable[[int, str], CounterSeat]) -> None:
    """An act reads on the net's threads while a refresh reads on the store's: nothing would ever ask again."""
    seat = sit_at(3, "P204")
    before = seat.presenter._load()
    seat.serve("A")
    assert seat.presenter.state is not None
    number = seat.presenter.state.current
    assert number is not None
    seat.presenter._done(good(visit.finish(seat.office, number.id)), before, lambda _: "")
    seat.settle()
    assert seat.presenter.state.current is None
    assert seat.presenter.state.served == 1
    assert seat.presenter.state.reading > before.reading


def test_the_next_step_is_not_seen_before_its_key_is_heard(sit_at: Callable[[int, str], CounterSeat]) -> None:
    """Told of by a change while the act is under way, a key pressed on it would be dropped as a second one."""
    seat = sit_at(3, "P204")
    seat.serve("A")
    ticket = seat.presenter.state.current  # type: ignore[union-attr]
    seat.presenter._busy = True
    good(visit.finish(seat.office, ticket.id))  # type: ignore[union-attr]
    seat.presenter.refresh()
    seat.settle()
    assert seat.presenter.state.current == ticket  # type: ignore[union-attr]
    seat.presenter._busy = False
    seat.presenter._act(lambda: visit.take_ticket(seat.office, "A"), lambda _: "取了")
    seat.settle()
    assert seat.presenter.state.current is None  # type: ignore[union-attr]
    assert len(seat.presenter.state.waiting) == 1  # type: ignore[union-attr]

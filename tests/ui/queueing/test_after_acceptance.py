"""The second half of a visit at the counter: proposed, taken to be authorised or given back, handed over; F8 works all along."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.cases.model import Case
from clerk_app.office.line import holding
from clerk_app.office.office import Office
from clerk_app.office.registration import saving
from tests.office.test_holding import applied
from tests.ui.parts import commit, hand
from tests.ui.sealing import desk
from ui.background import Background
from ui.queueing.page import CounterPage
from ui.queueing.presenter import CounterPresenter
from ui.queueing.view import CaseView

CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Seat:
    """The counter over the real office, and all it said."""

    office: Office
    page: CounterPage
    presenter: CounterPresenter
    background: Background
    qtbot: QtBot
    heard: list[tuple[str, ...]] = field(default_factory=list)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.idle, timeout=20_000)

    def refresh(self) -> CaseView:
        self.presenter.refresh()
        self.settle()
        return self.view

    @property
    def view(self) -> CaseView:
        work = self.page._view.work
        assert isinstance(work, CaseView)
        return work

    def press(self, name: str) -> None:
        button = self.page.work.bar.button(name)
        assert button is not None, name
        button.click()
        self.settle()

    def write(self, text: str) -> None:
        commit(self.page.work.ask.field.line, text)


@pytest.fixture
def seat(qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path) -> Iterator[Seat]:
    office = desk.sealing_office(tmp_path)
    background, page = Background(), CounterPage()
    page.resize(1290, 640)
    front(page)
    presenter = CounterPresenter(office, desk.running(office), background, page)  # type: ignore[arg-type]
    seat = Seat(office, page, presenter, background, qtbot)
    presenter.authorise_wanted.connect(lambda case: seat.heard.append(("authorise", case)))
    presenter.page_wanted.connect(lambda name: seat.heard.append(("page", name)))
    presenter.finished.connect(lambda number, ticket: seat.heard.append(("finished", number, ticket)))
    presenter.called.connect(lambda: seat.heard.append(("called",)))
    yield seat
    background.close()
    office.parts.vault.close()


def words(view: CaseView) -> list[str]:
    return [f"{step.word}{step.note}" for step in view.steps]


def fresh(seat: Seat, case: Case) -> Case:
    return desk.fresh(seat.office, case)


def test_after_acceptance_the_hand_is_at_the_opinion(seat: Seat) -> None:
    desk.accepted(seat.office, done=False)
    view = seat.refresh()
    assert [step.word for step in view.steps] == ["收件", "受理", "授权", "用印", "送达"]
    assert [step.state for step in view.steps] == ["done", "done", "now", "todo", "todo"]
    assert hand() is seat.page.work.ask.field.line
    assert seat.page.work.bar.button("propose").reason() == "还没写审查意见"  # type: ignore[union-attr]
    assert seat.page.work.bar.button("registration") is not None


def test_what_was_typed_survives_a_refresh_and_goes_with_the_case(seat: Seat) -> None:
    case = desk.accepted(seat.office, done=False)
    seat.refresh()
    seat.write("材料齐全")
    seat.refresh()
    assert seat.page.work.ask.text() == "材料齐全"
    seat.qtbot.keyClick(hand(), Qt.Key.Key_Return, CTRL)
    seat.settle()
    proposed = fresh(seat, case)
    assert (proposed.state, proposed.proposal.opinion) == ("to_authorise", "材料齐全")
    assert not seat.page.work.ask.isVisible()
    assert hand().objectName() == "authorise"


def test_going_to_have_it_authorised_names_the_case(seat: Seat) -> None:
    case = desk.proposed(seat.office, done=False)
    assert "已提" in seat.refresh().steps[2].note
    seat.press("authorise")
    assert seat.heard == [("authorise", case.id)]


def test_given_back_the_citizen_may_leave_with_the_receipt(seat: Seat) -> None:
    case = desk.proposed(seat.office, done=False)
    seat.refresh()
    seat.press("giveBack")
    assert seat.view.next.sentence.startswith("已交到首席代表席")
    assert seat.page.work.bar.button("giveBack") is None
    seat.press("finish")
    assert seat.heard[0][0] == "finished"
    assert fresh(seat, case).state == "to_authorise"


def test_after_the_seal_the_clock_stands_still_and_it_is_handed_over(seat: Seat) -> None:
    case = desk.sealed(seat.office, desk.proposed(seat.office, done=False))
    view = seat.refresh()
    assert view.due is not None
    assert view.due.left == f"已用印 {case.sealed_at:%H:%M}，期限停表"
    assert view.due.lamp == "done"
    assert seat.page.work.bar.button("handOver").reason() == "还没填领件人"  # type: ignore[union-attr]
    seat.write("卢小珍")
    seat.page.work.ask.choices()[1].click()
    seat.press("handOver")
    handed = fresh(seat, case).handed_over
    assert handed is not None
    assert (handed.receiver, handed.proof) == ("卢小珍", "授权委托书")
    assert all(step.state == "done" for step in seat.view.steps)
    assert seat.view.next.step is not None
    assert seat.view.next.step.name == "finish"


def test_sealed_at_the_chiefs_seat_it_is_taken_in_hand_first(seat: Seat) -> None:
    case = desk.sealed(seat.office, desk.proposed(seat.office, done=False))
    desk.good(holding.give_back(seat.office, case.id))
    applied(seat.office)
    seat.refresh()
    seat.write("卢小珍")
    seat.press("handOver")
    assert fresh(seat, case).state == "delivered"


@pytest.mark.parametrize("until", [desk.accepted, desk.proposed])
def test_f8_works_any_time_after_acceptance(seat: Seat, until: Callable[..., Case]) -> None:
    until(seat.office, done=False)
    seat.refresh()
    seat.qtbot.keyClick(hand(), Qt.Key.Key_F8)
    seat.settle()
    assert seat.heard[0][0] == "finished"


def test_the_form_has_its_own_page(seat: Seat) -> None:
    desk.accepted(seat.office, done=False, filled=False)
    view = seat.refresh()
    assert view.next.sentence == "下一步：填登记表，还没开始填。填好再提给首席代表。"
    assert view.ask is None
    assert seat.page.work.bar.button("propose") is None
    seat.press("registration")
    assert seat.heard == [("page", "registration")]


def test_a_form_with_gaps_says_how_many(seat: Seat) -> None:
    case = desk.accepted(seat.office, done=False)
    draft = seat.office.read(lambda books: books.form(case.id))
    assert draft is not None
    draft.document["company"]["name"] = ""
    desk.good(saving.save_form(seat.office, case.id, draft.document))
    assert "还有 1 处没填" in seat.refresh().next.sentence


def test_a_one_signature_item_goes_straight_to_its_decider(seat: Seat) -> None:
    desk.accepted(seat.office, "欧阳敏", desk.TRADER, done=False)
    view = seat.refresh()
    assert view.ask is None
    assert view.next.sentence == "下一步：段明远一个人签，到授权用印。"
    seat.press("authorise")
    assert seat.heard[0][0] == "authorise"


def test_a_call_is_told(seat: Seat) -> None:
    from clerk_app.office.counter import visit

    desk.good(visit.take_ticket(seat.office, "A"))
    seat.presenter.refresh()
    seat.settle()
    seat.presenter.call_next()
    seat.settle()
    assert ("called",) in seat.heard

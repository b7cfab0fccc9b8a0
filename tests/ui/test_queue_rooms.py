"""排队的几间 over a whole desk with the line cut: the keys a hand presses, what is asked, what is said, and what F10 takes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.office.events import LineState
from clerk_app.office.office import Office
from clerk_app.office.running import Running
from clerk_app.queueing.model import Ticket
from printers.lane import Lane
from tests.desk import cut_office
from tests.ui.one_desk import gets_up, one_desk, other_books, sits_down
from tests.ui.parts import hand, part
from tests.ui.test_desk import DoubtfulLink
from tests.visits import now as as_it_stands
from tests.visits import serve, take
from ui.desk import Desk
from ui.queueing.choice_pane import ChoicePane
from ui.queueing.lists_pane import ListsPane
from ui.widgets.key_button import KeyButton
from ui.widgets.strip import Strip

CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Sitting:
    """A clerk at the counter of a whole desk."""

    desk: Desk
    office: Office
    qtbot: QtBot

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.desk.background.idle)

    def key(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self.qtbot.keyClick(hand(), key, held)
            self.settle()

    def look(self) -> None:
        self.desk.rooms.counter.refresh()
        self.settle()

    @property
    def page(self) -> QWidget:
        return self.desk.rooms.counter_page

    @property
    def said(self) -> str:
        return self.desk.shell.status.text()

    @property
    def undo(self) -> KeyButton:
        return part(self.desk.shell, KeyButton, "undo")

    @property
    def asked(self) -> ChoicePane:
        pane = part(self.page, ChoicePane)
        assert pane.isVisible()
        return pane

    @property
    def lists(self) -> ListsPane:
        return part(self.page, ListsPane)

    def strips(self) -> str:
        return " ".join(strip.text() for strip in self.page.findChildren(Strip) if strip.isVisible())

    def now(self, ticket: Ticket) -> Ticket:
        return as_it_stands(self.office, ticket)


@pytest.fixture(scope="module")
def counter(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with one_desk(qapp, tmp_path_factory.mktemp("counter")) as desk:
        yield desk


@pytest.fixture
def sitting(qtbot: QtBot, counter: Desk, tmp_path: Path) -> Iterator[Sitting]:
    office, lane = other_books(counter, cut_office(tmp_path)), DoubtfulLink()
    spool, printer = office.parts.vault.spool, office.parts.settings.printer
    sits_down(counter, Running(office, Lane(spool, lane, printer)), qtbot)
    sitting = Sitting(counter, office, qtbot)
    counter.rooms.today_page.begin.emit()
    qtbot.waitUntil(lambda: counter.rooms.counter_page.isVisible())
    sitting.lists.list_wanted.emit("waiting")
    sitting.look()
    yield sitting
    gets_up(counter, qtbot)


@pytest.fixture
def served(sitting: Sitting) -> Ticket:
    """Somebody at the window, without a case."""
    ticket = serve(sitting.office)
    sitting.look()
    return ticket


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (Qt.Key.Key_F3, "没有叫"),
        (Qt.Key.Key_F4, "没有过号"),
        (Qt.Key.Key_F6, "没有挂起"),
        (Qt.Key.Key_F7, "没有转"),
        (Qt.Key.Key_F8, "没有办结"),
        (Qt.Key.Key_F10, "没有能撤销的"),
    ],
)
def test_a_key_without_a_ticket_says_why_nothing_was_done(sitting: Sitting, key: Qt.Key, words: str) -> None:
    sitting.key(key)
    assert words in sitting.said


def test_a_key_for_another_moment_names_the_ticket(sitting: Sitting, served: Ticket) -> None:
    sitting.key(Qt.Key.Key_F4)
    assert sitting.said == f"{served.number} 已到窗，没有过号。"


@pytest.mark.parametrize(
    ("keys", "held", "before"),
    [
        ((Qt.Key.Key_F6, Qt.Key.Key_1), Qt.KeyboardModifier.NoModifier, "held"),
        ((Qt.Key.Key_F8, Qt.Key.Key_1), Qt.KeyboardModifier.NoModifier, "finished"),
        ((Qt.Key.Key_F7, Qt.Key.Key_1), Qt.KeyboardModifier.NoModifier, "waiting"),
        ((Qt.Key.Key_B, Qt.Key.Key_1), CTRL, "waiting"),
    ],
    ids=["hold", "finish", "forward", "back"],
)
def test_what_was_done_is_offered_back_and_taken_back(
    sitting: Sitting, served: Ticket, keys: tuple[Qt.Key, ...], held: Qt.KeyboardModifier, before: str
) -> None:
    sitting.key(keys[0], held=held)
    sitting.key(keys[1])
    assert sitting.now(served).state == before
    assert served.number in sitting.said
    assert sitting.undo.isVisible()
    sitting.key(Qt.Key.Key_F10)
    assert sitting.now(served).state == "serving"
    assert "撤销了" in sitting.said


def test_taken_back_too_late_is_one_sentence(sitting: Sitting, served: Ticket) -> None:
    sitting.key(Qt.Key.Key_F6, Qt.Key.Key_1)
    clock: Any = sitting.office.parts.clock
    clock.moment += timedelta(minutes=1)
    for _ in range(10):
        sitting.desk.shell.status._count_down()
    sitting.key(Qt.Key.Key_F10)
    assert sitting.now(served).state == "held"
    assert sitting.said.startswith("过了 10 秒")


def test_nobody_rates_a_visit_that_is_not_over_after_all(sitting: Sitting, served: Ticket) -> None:
    rating = sitting.desk.rooms.rating
    sitting.key(Qt.Key.Key_F8, Qt.Key.Key_1)
    assert rating.window.isVisible()
    sitting.key(Qt.Key.Key_F10)
    assert not rating.window.isVisible()
    sitting.key(Qt.Key.Key_F8, Qt.Key.Key_2)
    assert rating.window.isVisible()


def test_a_cut_line_that_goes_on_leaves_the_undo_in_sight(sitting: Sitting, served: Ticket) -> None:
    at = sitting.office.parts.clock.now()
    sitting.office.bell.ring(LineState(connected=False, since=at))
    sitting.qtbot.waitUntil(lambda: "中断" in sitting.said)
    sitting.key(Qt.Key.Key_F6, Qt.Key.Key_1)
    sitting.office.bell.ring(LineState(connected=False, since=at, waiting=3))
    sitting.qtbot.waitUntil(lambda: sitting.desk._line.waiting == 3)
    assert "挂起" in sitting.said
    assert sitting.undo.isVisible()


def test_what_was_refused_is_over_when_it_was_done_another_way(sitting: Sitting) -> None:
    ticket = take(sitting.office)
    sitting.look()
    sitting.key(Qt.Key.Key_F2, Qt.Key.Key_F4)
    assert "还没过号" in sitting.strips()
    assert "还没过号" in sitting.asked.accessibleName()
    sitting.key(Qt.Key.Key_2)
    assert sitting.now(ticket).state == "passed"
    assert sitting.strips() == ""


def test_esc_gives_the_hand_back(sitting: Sitting) -> None:
    take(sitting.office)
    sitting.look()
    sitting.key(Qt.Key.Key_F2)
    assert hand().objectName() == "arrived"
    sitting.key(Qt.Key.Key_F6)
    assert sitting.asked.isAncestorOf(hand())
    sitting.key(Qt.Key.Key_Escape)
    assert hand().objectName() == "arrived"


def test_the_lists_are_walked_by_the_arrows_and_enter_goes_on_with_who_was_held(
    sitting: Sitting, served: Ticket
) -> None:
    sitting.key(Qt.Key.Key_F6, Qt.Key.Key_1, Qt.Key.Key_F5)
    assert sitting.lists.isVisible()
    assert sitting.lists.view().shown == "waiting"
    sitting.key(Qt.Key.Key_Right)
    assert (sitting.lists.view().shown, sitting.lists.table().selected_id()) == ("held", served.id)
    sitting.key(Qt.Key.Key_Return)
    assert sitting.now(served).state == "serving"
    assert not sitting.lists.isVisible()


def test_who_was_wronged_comes_next_by_his_own_key(sitting: Sitting) -> None:
    first, second = take(sitting.office), take(sitting.office)
    sitting.look()
    sitting.key(Qt.Key.Key_F5, Qt.Key.Key_Down)
    sitting.key(Qt.Key.Key_N, held=CTRL)
    assert second.number in sitting.asked.accessibleName()
    sitting.key(Qt.Key.Key_1)
    state = sitting.desk.rooms.counter.state
    assert state is not None
    assert [ticket.number for ticket in state.waiting] == [second.number, first.number]


def test_the_lists_and_the_forward_open_from_another_page(sitting: Sitting, served: Ticket) -> None:
    for key in (Qt.Key.Key_F5, Qt.Key.Key_F7):
        sitting.desk.shell.show_page("cases")
        sitting.key(key)
        assert sitting.desk.shell.current_page() == "counter"
        assert sitting.page.isAncestorOf(hand())
        sitting.key(Qt.Key.Key_Escape)


def test_a_grey_act_says_why(sitting: Sitting, served: Ticket) -> None:
    take(sitting.office)
    sitting.key(Qt.Key.Key_F5, Qt.Key.Key_Return)
    assert sitting.said == f"先办结 {served.number}（F8）或挂起（F6）。"

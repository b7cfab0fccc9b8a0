"""替人取号 over a whole desk: what he brought, who he is, the number, and its slip until it is out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.office.counter import visit
from clerk_app.office.line.holding import give_back
from clerk_app.ports.line import Machine
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.ticket_code import read
from tests.desk import sit
from tests.office.test_holding import applied
from tests.office.ticket_desk import DEVICE, KEY, OLD, OTHER, YOUNG, TicketDesk, code_on, ticket_desk, words_of
from tests.ui.parts import commit, gun, hand, part
from tests.ui.sealing import desk as sealing
from tests.visits import COMPANY, done, receive
from ui.background import Background
from ui.changes import Changes
from ui.queueing.page import CounterPage
from ui.queueing.presenter import CounterPresenter
from ui.widgets.answer import Answer
from ui.widgets.key_button import KeyButton

CTRL = Qt.KeyboardModifier.ControlModifier


class Panel:
    """A clerk with the panel open, and all that was said."""

    def __init__(self, qtbot: QtBot, desk: TicketDesk, page: CounterPage) -> None:
        self.qtbot, self.desk, self.page = qtbot, desk, page
        self.background = Background()
        self.presenter = CounterPresenter(desk.office, sealing.running(desk.office), self.background, page)  # type: ignore[arg-type]
        self.said: list[tuple[str, bool]] = []
        self.presenter.said.connect(lambda words, good: self.said.append((words, good)))
        self.changes = Changes(desk.office.bell.subscribe)
        self.changes.refresh(page, self.presenter.refresh)
        self.changes.refresh(page.panel, self.presenter.taking.refresh)
        assert desk.office.session is not None
        self.presenter.start(desk.office.session)
        self.settle()
        self.open()

    def open(self) -> None:
        self.page.press("Ctrl+T")

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.idle, timeout=20_000)

    def key(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.qtbot.keyClick(hand(), key)
        self.settle()

    def gun(self, line: str) -> None:
        gun(line)
        self.settle()

    @property
    def tickets(self) -> list[Ticket]:
        day = self.desk.office.parts.clock.now().date()
        rows = self.desk.office.read(lambda books: books.tickets_of(day, tuple(self.desk.office.hall.queue.letters)))
        return sorted(rows, key=lambda ticket: ticket.taken_at)

    @property
    def words(self) -> str:
        """Everything legible on the panel."""

        return " ".join(label.text() for label in self.page.panel.findChildren(QLabel) if label.isVisible())

    def out(self, state: str = "done") -> None:
        """The printer's turn."""
        self.desk.printed(state)
        self.qtbot.wait(0)
        self.settle()


@pytest.fixture
def panel(qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path) -> Iterator[Panel]:
    desk = ticket_desk(tmp_path)
    page = CounterPage()
    page.resize(1290, 690)
    front(page)
    made = Panel(qtbot, desk, page)
    yield made
    made.settle()
    made.changes.close()
    made.background.close()
    desk.office.parts.vault.close()


def test_two_keys_take_a_number_and_the_panel_goes_when_the_slip_is_out(panel: Panel) -> None:
    panel.key(Qt.Key.Key_1, Qt.Key.Key_Return)
    (ticket,) = panel.tickets
    assert (ticket.number, ticket.state) == ("A001", "issuing")
    assert "A001" in panel.words
    assert panel.page.panel.isVisible()
    panel.out()
    panel.qtbot.waitUntil(lambda: not panel.page.panel.isVisible())
    assert panel.said[-1] == ("已取号 A001，排上了。", True)


def test_what_is_read_late_does_not_stand_before_the_next_person(panel: Panel) -> None:
    panel.key(Qt.Key.Key_1, Qt.Key.Key_Return)
    taking = panel.presenter.taking
    panel.desk.printed()
    taking.refresh()
    taking.refresh()
    panel.qtbot.waitUntil(lambda: not panel.page.panel.isVisible())
    panel.open()
    panel.settle()
    assert "A001" not in panel.words
    assert hand().objectName() == "letter-A"


def test_a_dry_printer_is_said_and_the_number_is_written_by_hand(panel: Panel) -> None:
    panel.key(Qt.Key.Key_1, Qt.Key.Key_Return)
    panel.out("blocked")
    panel.qtbot.waitUntil(lambda: "换纸自动打；急用按 手写" in panel.words)
    panel.key(Qt.Key.Key_1)
    panel.qtbot.waitUntil(lambda: not panel.page.panel.isVisible())
    (ticket,) = panel.tickets
    assert ticket.state == "waiting"
    panel.desk.rest()
    assert panel.desk.printed() == 0, "no second paper follows"


def test_or_it_comes_by_itself_when_there_is_paper(panel: Panel) -> None:
    panel.key(Qt.Key.Key_1, Qt.Key.Key_Return)
    panel.out("blocked")
    panel.desk.rest()
    panel.out()
    panel.qtbot.waitUntil(lambda: not panel.page.panel.isVisible())
    assert [ticket.state for ticket in panel.tickets] == ["waiting"]


def test_or_it_is_void_when_nobody_waits_for_it(panel: Panel) -> None:
    panel.key(Qt.Key.Key_1, Qt.Key.Key_Return)
    panel.out("blocked")
    panel.qtbot.waitUntil(lambda: part(panel.page.panel, Answer, "taken-void").isVisible())
    part(panel.page.panel, Answer, "taken-void").click()
    panel.qtbot.waitUntil(lambda: not panel.page.panel.isVisible())
    assert [ticket.state for ticket in panel.tickets] == ["void"]
    assert panel.said[-1] == ("A001 已作废，没有排上。", True)


def test_enter_held_down_takes_one(panel: Panel) -> None:
    panel.qtbot.keyClick(hand(), Qt.Key.Key_1)
    go = part(panel.page.panel, KeyButton, "takeTicketGo")
    go.click()
    go.click()
    panel.settle()
    assert len(panel.tickets) == 1


def test_a_card_is_read_wherever_the_hand_is_and_takes_nothing_by_itself(panel: Panel) -> None:
    panel.gun(OLD)
    assert panel.tickets == []
    assert panel.page.panel.list.chosen() is None, "its first digit chose nothing"
    assert "老年人，自动优先" in panel.words
    assert OLD not in panel.words
    panel.key(Qt.Key.Key_1, Qt.Key.Key_Return)
    (ticket,) = panel.tickets
    assert (ticket.number, ticket.priority) == ("VA001", "elderly")
    assert ticket.person


def test_a_typed_number_of_a_person_is_checked_and_stays(panel: Panel) -> None:
    scan = part(panel.page.panel, QLineEdit, "takeScan")
    scan.setFocus()
    panel.gun(YOUNG[:-1] + ("1" if YOUNG[-1] != "1" else "2"))
    assert "身份证号不对" in panel.words
    assert scan.text().startswith(YOUNG[:-1])
    scan.clear()
    panel.gun(YOUNG)
    assert "已读身份证" in panel.words


def test_who_has_one_is_told_its_number_and_may_have_it_again(panel: Panel) -> None:
    first = panel.desk.take(id_number=YOUNG)
    panel.desk.printed()
    panel.settle()
    panel.gun(YOUNG)
    panel.key(Qt.Key.Key_1, Qt.Key.Key_Return)
    panel.qtbot.waitUntil(lambda: "A001" in panel.words)
    assert len(panel.tickets) == 1
    panel.presenter.taking.refresh()
    panel.settle()
    assert "A001" in panel.words, "something else in the hall has changed"
    panel.key(Qt.Key.Key_1)
    panel.out()
    panel.qtbot.waitUntil(lambda: panel.desk.jobs(first.id) == [(1, "done"), (2, "done")])


def test_an_item_is_found_by_typing_and_names_its_line(panel: Panel) -> None:
    find = part(panel.page.panel, QLineEdit, "takeFind")
    find.setFocus()
    commit(find, "食品经营")
    panel.key(Qt.Key.Key_Return)
    chosen = panel.page.panel.list.chosen()
    assert chosen is not None
    assert "食品经营" in chosen.name
    panel.key(Qt.Key.Key_Return)
    (ticket,) = panel.tickets
    assert (ticket.item, ticket.letter) == (chosen.item, chosen.letter)


def test_a_hand_that_types_on_the_answers_begins_a_search(panel: Panel) -> None:
    panel.qtbot.keyClick(hand(), Qt.Key.Key_S)
    panel.qtbot.waitUntil(lambda: hand().objectName() == "takeFind")
    assert part(panel.page.panel, QLineEdit, "takeFind").text() == "s"


def test_an_appointment_and_aids(panel: Panel) -> None:
    begins = panel.desk.office.parts.clock.now() + timedelta(hours=2)
    panel.qtbot.keyClick(hand(), Qt.Key.Key_1)
    time = part(panel.page.panel, QLineEdit, "takeTime")
    time.setText("25:99")
    part(panel.page.panel, Answer, "aid-large").click()
    part(panel.page.panel, Answer, "aid-visual").click()
    part(panel.page.panel, KeyButton, "takeTicketGo").click()
    panel.settle()
    assert "写成 9:30" in panel.words
    assert panel.tickets == []
    time.setText(f"{begins:%H%M}")
    part(panel.page.panel, KeyButton, "takeTicketGo").click()
    panel.settle()
    (ticket,) = panel.tickets
    assert ticket.appointment == begins.replace(second=0, microsecond=0)
    assert ticket.aids == ("large", "visual")


def test_a_receipt_opens_exactly_its_case_when_it_is_called(panel: Panel) -> None:
    office = panel.desk.office
    first = panel.desk.take()
    panel.desk.printed()
    done(visit.call(office, first.id))
    done(visit.arrive(office, first.id))
    case = receive(office, panel.desk.ticket(first.id))
    done(visit.finish(office, first.id))
    panel.settle()
    part(panel.page.panel, QLineEdit, "takeScan").setFocus()
    panel.gun(case.query_code)
    assert "叫到就打开原来那件" in panel.words
    part(panel.page.panel, KeyButton, "takeTicketGo").click()
    panel.settle()
    panel.out()
    (second,) = (ticket for ticket in panel.tickets if ticket.id != first.id)
    assert second.case == case.id
    done(visit.call(office, second.id))
    done(visit.arrive(office, second.id))
    panel.presenter.refresh()
    panel.settle()
    assert panel.presenter.state is not None
    assert panel.presenter.state.case is not None
    assert panel.presenter.state.case.id == case.id
    assert panel.presenter.state.held


def test_its_case_is_claimed_when_he_is_called_or_it_is_said_who_has_it(panel: Panel) -> None:
    office = panel.desk.office
    first = panel.desk.take()
    panel.desk.printed()
    done(visit.call(office, first.id))
    done(visit.arrive(office, first.id))
    case = receive(office, panel.desk.ticket(first.id))
    done(visit.finish(office, first.id))
    second = panel.desk.take(item=COMPANY, case=case.id)
    panel.desk.printed()
    done(visit.call(office, second.id))
    office.parts = replace(office.parts, centre=sealing.PinCentre())

    done(give_back(office, case.id))
    subject = f"case:{case.id}"
    assert office.read(lambda books: books.holder(subject)) is None
    applied(office)
    panel.presenter.taking.open_case()
    panel.settle()
    assert office.read(lambda books: books.holder(subject)) == DEVICE
    done(give_back(office, case.id))
    office.parts.centre.away = True  # type: ignore[attr-defined]
    panel.presenter.taking.open_case()
    panel.settle()
    assert panel.said[-1][1] is False


def test_a_scan_gun_anywhere_on_the_panel_says_what_he_brought(panel: Panel) -> None:
    slip = panel.desk
    panel.key(Qt.Key.Key_1, Qt.Key.Key_Return)
    panel.out()
    panel.qtbot.waitUntil(lambda: not panel.page.panel.isVisible())
    panel.open()
    panel.gun(code_on(slip.slips()[0]))
    panel.qtbot.waitUntil(lambda: "A001" in panel.words)
    assert read(code_on(slip.slips()[0])).code.number == "A001"
    assert len(panel.tickets) == 1


def test_a_forged_code_is_one_sentence_and_stays(panel: Panel) -> None:

    panel.desk.take()
    code = code_on(panel.desk.slips()[0])
    panel.desk.machines({DEVICE: Machine(public_key=OTHER.public)})
    part(panel.page.panel, QLineEdit, "takeScan").setFocus()
    panel.gun(code)
    assert "码是假的" in panel.words
    assert part(panel.page.panel, QLineEdit, "takeScan").text()
    assert KEY.public != OTHER.public


def test_the_words_stay_with_the_person_and_go_with_the_panel(panel: Panel) -> None:
    panel.gun(YOUNG)
    panel.key(Qt.Key.Key_Escape)
    assert not panel.page.panel.isVisible()
    panel.open()
    assert "已读身份证" not in panel.words
    panel.key(Qt.Key.Key_1, Qt.Key.Key_Return)
    (ticket,) = panel.tickets
    assert ticket.person == "", "the next one is another person"


def test_with_the_line_cut_it_says_where_to_wait(panel: Panel) -> None:
    panel.desk.centre.up = False
    panel.key(Qt.Key.Key_1, Qt.Key.Key_Return)
    panel.out()
    panel.qtbot.waitUntil(lambda: not panel.page.panel.isVisible())
    assert panel.said[-1][0].startswith("已取号 A901，排上了，请他到 2号窗口 等。")
    assert "备用号段" in words_of(panel.desk.slips()[0])


def test_nobody_signed_in_takes_nothing(panel: Panel) -> None:
    sit(panel.desk.office, "P203")
    panel.desk.office.session = None
    panel.key(Qt.Key.Key_1, Qt.Key.Key_Return)
    assert panel.tickets == []

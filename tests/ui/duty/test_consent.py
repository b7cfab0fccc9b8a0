"""The strip of a learner's question: one key at the mentor's, his secret at the learner's; and the counter's grey step says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.canonical import canonical, sm3
from clerk_app.cases.model import Case
from clerk_app.office.counter import visit
from clerk_app.office.duty import consenting
from clerk_app.office.events import LineState, PrinterState, RowsChanged
from clerk_app.office.office import Done, Office
from tests.desk import cut_office, sit
from tests.office.test_consenting import LEARNER, MENTOR, WORD, known_here, learning
from tests.ui.parts import commit, part
from tests.visits import receive, serve
from ui.background import Background
from ui.duty.consent.presenter import ConsentPresenter
from ui.duty.consent.strip import NOTE_MISSING, SECRET_MISSING, ConsentStrip
from ui.duty.consent.view import ConsentView
from ui.queueing.state import CounterState, load_state
from ui.queueing.telling_course import tell_course
from ui.queueing.telling_step import tell_next
from ui.shortcuts import Key
from ui.widgets.key_button import KeyButton


class House:
    """The strip over a page with a line of its own, as the shell holds it."""

    def __init__(self, office: Office) -> None:
        self.office, self.background = office, Background()
        self.strip, self.elsewhere = ConsentStrip(), QLineEdit()
        self.presenter = ConsentPresenter(office, self.background, self.strip)
        self.said: list[tuple[str, bool]] = []
        self.presenter.said.connect(lambda words, good: self.said.append((words, good)))
        self.looked: list[str] = []
        self.presenter.case_wanted.connect(self.looked.append)

    def words(self) -> str:
        return " ".join(label.text() for label in self.strip.findChildren(QLabel) if label.isVisible())

    def button(self, name: str) -> KeyButton:
        return part(self.strip, KeyButton, name)

    def line(self, name: str) -> QLineEdit:
        return part(self.strip, QLineEdit, name)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    document = learning()
    office.parts.vault.keep.put_hall_document(sm3(canonical(document)), document)
    office.reload_hall()
    sit(office, LEARNER)
    yield office
    office.parts.vault.close()


@pytest.fixture
def case(office: Office) -> Case:
    return receive(office, serve(office))


@pytest.fixture
def house(qtbot: QtBot, office: Office, front: Callable[..., QWidget]) -> Iterator[House]:
    house = House(office)
    front(house.strip, house.elsewhere).resize(1366, 200)
    house.elsewhere.setFocus()
    yield house
    house.background.close()


def shown(qtbot: QtBot, house: House, visible: bool = True) -> None:
    house.presenter.refresh()
    qtbot.waitUntil(lambda: house.background.idle)
    assert house.strip.isVisible() is visible


def agreed(office: Office, case: Case) -> bool:
    found = office.read(lambda books: consenting.need_of(office, books, case))
    return found is not None and found.given


def test_nothing_is_asked_nothing_is_shown(qtbot: QtBot, house: House, case: Case) -> None:
    shown(qtbot, house, visible=False)


def test_the_mentor_agrees_by_one_key_from_wherever_his_hand_is(
    qtbot: QtBot, house: House, office: Office, case: Case
) -> None:
    consenting.ask(office, case.id)
    sit(office, MENTOR)
    with qtbot.waitSignal(house.presenter.waiting) as waiting:
        house.presenter.note(RowsChanged(("consent:x",)))
    assert waiting.args == [1]
    qtbot.waitUntil(house.strip.isVisible)
    assert house.elsewhere.hasFocus(), "it takes nobody's hand"
    assert "许可心 请您看：" in house.words()
    assert case.applicant.masked_name in house.words()
    assert case.applicant.name not in house.words()
    qtbot.keyClick(house.elsewhere, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not house.strip.isVisible())
    assert house.said[0][0].startswith("已同意许可心 受理")
    sit(office, LEARNER)
    assert agreed(office, case)


def test_a_no_needs_a_word(qtbot: QtBot, house: House, office: Office, case: Case) -> None:
    consenting.ask(office, case.id)
    sit(office, MENTOR)
    shown(qtbot, house)
    house.button("consentBack").click()
    assert NOTE_MISSING in house.words()
    commit(house.line("consentNote"), "章程少一页")
    qtbot.keyClick(house.line("consentNote"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not house.strip.isVisible())
    sit(office, LEARNER)
    found = office.read(lambda books: consenting.need_of(office, books, case))
    assert found is not None
    assert (found.state, found.note) == ("refused", "章程少一页")


def test_the_mentor_may_look_at_it_first(qtbot: QtBot, house: House, office: Office, case: Case) -> None:
    consenting.ask(office, case.id)
    sit(office, MENTOR)
    shown(qtbot, house)
    house.button("consentLook").click()
    assert house.looked == [case.id]


def test_at_the_learners_desk_the_mentor_types_his_secret(
    qtbot: QtBot, house: House, office: Office, case: Case
) -> None:
    known_here(office)
    consenting.ask(office, case.id)
    shown(qtbot, house)
    assert "等段明远 同意" in house.words()
    assert not house.button("consentAgree").isVisible()
    house.button("consentHere").click()
    assert SECRET_MISSING in house.words()
    secret = house.line("consentSecret")
    assert secret.echoMode() == QLineEdit.EchoMode.Password
    qtbot.keyClicks(secret, "guess")
    qtbot.keyClick(secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "密码不对，还可试 4 次" in house.words())
    assert secret.selectedText() != ""
    qtbot.keyClicks(secret, WORD)
    qtbot.keyClick(secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not house.strip.isVisible())
    assert secret.text() == ""
    assert agreed(office, case)


def test_another_question_starts_with_an_empty_line(qtbot: QtBot, house: House) -> None:
    view = ConsentView(id="a", head="一件", at_mentor=False, mentor="段明远")
    house.strip.render(view)
    qtbot.keyClicks(house.line("consentSecret"), "half")
    house.strip.render(replace(view, rest="还是它"))
    assert house.line("consentSecret").text() == "half"
    house.strip.render(replace(view, id="b"))
    assert house.line("consentSecret").text() == ""


def test_while_it_is_judged_nothing_goes_twice(qtbot: QtBot, house: House) -> None:
    sent: list[str] = []
    house.strip.agreed.disconnect()
    house.strip.agreed.connect(sent.append)
    house.strip.render(ConsentView(id="a", head="一件", busy=True))
    house.button("consentAgree").click()
    assert sent == []


# The counter's next step.


def state_of(office: Office) -> CounterState:
    return load_state(office, lambda: LineState(connected=False), lambda: PrinterState("ready", ""))


def step(office: Office) -> tuple[str, str, list[str], str]:
    state = state_of(office)
    assert state.case is not None
    assert state.item is not None
    view = tell_next(state, state.case, state.item, office.hall)
    assert view.step is not None
    return view.sentence, view.step.reason, [f"{act.text} {act.key}" for act in view.seconds], view.note


def test_the_learners_step_is_grey_with_the_reason_and_a_key_to_ask(office: Office, case: Case) -> None:
    sentence, reason, seconds, _ = step(office)
    assert sentence.startswith("下一步：段明远 同意后受理。")
    answer, ask = f"不受理怎么答 {Key.NOTICE}", f"请段明远 看 {Key.CONSENT}"
    assert (reason, seconds) == ("学习期，先请段明远 看", [answer, ask])
    consenting.ask(office, case.id)
    _, reason, seconds, note = step(office)
    assert (reason, seconds) == ("等段明远 同意", [answer])
    assert note.startswith("10:30 已请段明远 看")
    (mine,) = consenting.waiting_of_mine(office)
    sit(office, MENTOR)
    assert isinstance(consenting.give(office, mine.consent.id, agreed=False, note="章程少一页"), Done)
    sit(office, LEARNER)
    _, reason, seconds, note = step(office)
    assert (reason, seconds) == ("学习期，先请段明远 看", [answer, ask])
    assert note == "10:30 段明远 没有同意：章程少一页。改好了再请他看。"


def test_agreed_the_step_is_as_for_everyone_and_the_record_has_both_names(office: Office, case: Case) -> None:
    known_here(office)
    consenting.ask(office, case.id)
    (mine,) = consenting.waiting_of_mine(office)
    assert isinstance(consenting.give_here(office, mine, WORD), Done)
    sentence, reason, seconds, _ = step(office)
    assert sentence.startswith("下一步：受理。")
    assert (reason, seconds) == ("", [f"不受理怎么答 {Key.NOTICE}"])
    assert isinstance(visit.accept(office, case), Done)
    state = state_of(office)
    assert state.case is not None
    course = " ".join(words for _, words in tell_course(state, state.case, office.hall))
    assert f"受理，编号 {state.case.case_no}，许可心（学习期，段明远 同意）" in course

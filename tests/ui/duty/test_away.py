"""暂离 at the desk: one key pauses and covers, digits answer, the session ends, and the same person's password comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.office.counter import visit
from clerk_app.office.duty.handing_on import newest_code
from clerk_app.office.events import LineState
from clerk_app.office.office import Done, Office, Session
from clerk_app.office.signing_in import sign_in
from clerk_app.outside.keys import SigningKey
from clerk_app.ports import SessionGrant
from clerk_app.sync.handed_code import read_code
from tests.desk import CutCentre, cut_office
from tests.sync.scripted import ScriptedCentre
from tests.ui.parts import part
from tests.visits import take
from ui import theme
from ui.background import Background
from ui.duty.away import presenter as away_presenter
from ui.duty.away.code import CodeFace, modules_of
from ui.duty.away.page import NOTHING_TYPED, AwayPage
from ui.duty.away.presenter import AwayPresenter
from ui.duty.away.telling import numbers_words
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.strip import Strip

WORD = "lian-xi-203"


@dataclass
class House:
    bot: QtBot
    office: Office
    background: Background
    page: AwayPage
    presenter: AwayPresenter
    line: SimpleNamespace
    back: list[Session]
    others: list[bool]
    said: list[str]

    def settle(self) -> None:
        self.bot.waitUntil(lambda: self.background.idle, timeout=20_000)

    def leave(self) -> None:
        self.presenter.leave()
        self.settle()

    def answer(self, key: Qt.Key) -> None:
        QTest.keyClick(self.page, key)
        self.settle()

    @property
    def title(self) -> str:
        return next(label.text() for label in self.page.findChildren(QLabel) if label.property("role") == "question")

    @property
    def secret(self) -> QLineEdit:
        return part(self.page, QLineEdit, "returnSecret")

    def strips(self) -> str:
        return " ".join(strip.text() for strip in self.page.findChildren(Strip) if strip.isVisible())

    def notes(self) -> list[str]:
        return [answer.accessibleDescription() for answer in self.page.answers()]

    def kinds(self) -> list[str]:
        return [row.kind for row in self.office.parts.vault.journal.rows((), 20)]


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path, front: Callable[..., QWidget]) -> Iterator[House]:
    office = cut_office(tmp_path)
    office.session = None
    grant = lambda asked: SessionGrant(person=asked[0])  # noqa: E731
    office.parts = replace(
        office.parts, centre=ScriptedCentre(sessions=[grant]), device_sign=SigningKey(bytes(32)).sign
    )
    assert isinstance(sign_in(office, "P203", WORD), Session)
    office.parts = replace(office.parts, centre=CutCentre())
    line = SimpleNamespace(state=LineState(connected=False))
    background, page = Background(), AwayPage()
    page.resize(1366, 690)
    presenter = AwayPresenter(office, SimpleNamespace(line=line), background, page)
    house = House(qtbot, office, background, page, presenter, line, [], [], [])
    presenter.returned.connect(house.back.append)
    presenter.other_wanted.connect(lambda: house.others.append(True))
    presenter.said.connect(lambda text, good: house.said.append(text))
    front(page)
    yield house
    background.close()
    office.parts.vault.close()


def call(office: Office) -> None:
    assert isinstance(visit.call_next(office), Done)


def test_the_window_is_paused_before_anything_is_asked(house: House) -> None:
    take(house.office)
    house.leave()
    assert house.title == "窗口已暂停，屏幕已锁。去多久？"
    assert [answer.key for answer in house.page.answers()] == ["1", "2", "3"]
    assert "15 分钟内，只登记" in house.notes()[0]
    assert "须首席代表准假，由 段明远 顶" in house.notes()[1]
    assert house.kinds()[0] == "pause_window"
    assert visit.call_next(house.office).type == "window-paused"
    assert not house.secret.isVisible()


def test_a_short_one_by_one_digit_the_session_ends_and_a_password_comes_back(qtbot: QtBot, house: House) -> None:
    take(house.office)
    house.leave()
    house.answer(Qt.Key.Key_1)
    assert house.office.session is None
    assert house.title == "暂离到 10:45"
    assert house.kinds()[:2] == ["record_sign_out", "record_absence"]
    assert not part(house.page, CodeFace).isVisible(), "with the line cut a short leave keeps its numbers"
    qtbot.waitUntil(house.secret.hasFocus)
    qtbot.keyClick(house.secret, Qt.Key.Key_Return)
    assert house.page.findChild(Field).finding() == NOTHING_TYPED
    qtbot.keyClicks(house.secret, "wrong")
    qtbot.keyClick(house.secret, Qt.Key.Key_Return)
    house.settle()
    assert "密码不对，还可试 4 次" in house.page.findChild(Field).finding()
    qtbot.keyClicks(house.secret, WORD)
    with qtbot.waitSignal(house.presenter.returned):
        qtbot.keyClick(house.secret, Qt.Key.Key_Return)
    house.settle()
    assert house.back[0] is house.office.session
    assert house.secret.text() == ""
    assert "许可心 已返回 2号窗口" in house.said[-1]
    call(house.office)


def test_with_the_line_cut_a_long_one_shows_the_code_that_the_slip_bears(house: House) -> None:
    numbers = [take(house.office).number for _ in range(2)]
    house.leave()
    assert "选 2、3 打一张交号单" in " ".join(label.text() for label in house.page.findChildren(QLabel))
    house.answer(Qt.Key.Key_3)
    assert house.title == "今天不回来"
    assert f"{'、'.join(numbers)} 交出，交号单在打。" in house.strips()
    assert "离岗报上去了，等首席代表批。" in house.strips()
    assert part(house.page, CodeFace).isVisible()
    said = read_code(house.page._view.code).code
    assert [one.number for one in said.tickets] == numbers
    job = house.office.parts.vault.spool.job(newest_code(house.office, house.office.parts.clock.now()))
    assert house.page._view.code in job.payload.decode()
    assert house.office.session is None


def test_with_the_line_up_the_numbers_go_back_to_the_line_without_a_slip(house: House) -> None:
    ticket = take(house.office)
    call(house.office)
    house.line.state = LineState(connected=True)
    house.leave()
    house.answer(Qt.Key.Key_2)
    assert f"{ticket.number} 已交出。" in house.strips()
    assert not part(house.page, CodeFace).isVisible()
    assert house.office.read(lambda books: books.ticket(ticket.id)).state == "waiting"
    assert newest_code(house.office, house.office.parts.clock.now()) == ""


def test_a_number_being_served_stays_and_only_a_short_leave_is_open(house: House) -> None:
    ticket = take(house.office)
    call(house.office)
    assert isinstance(visit.arrive(house.office, ticket.id), Done)
    house.leave()
    assert house.notes()[1:] == [f"{ticket.number} 还在办，先办结（F8）"] * 2
    house.answer(Qt.Key.Key_3)
    assert f"{ticket.number} 还在办，先办结（F8）" in house.strips()
    assert house.office.session is not None, "the question stays"
    house.answer(Qt.Key.Key_1)
    assert house.office.session is None
    assert house.office.read(lambda books: books.ticket(ticket.id)).state == "serving"


def test_left_unanswered_it_locks_and_nobody_answers_for_him(
    qtbot: QtBot, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.presenter._unanswered.setInterval(1)
    house.leave()
    qtbot.waitUntil(lambda: house.office.session is None, timeout=5000)
    house.settle()
    assert house.page.answers() == ()
    assert "record_absence" not in house.kinds()
    assert away_presenter.UNANSWERED_MS == 60_000


def test_esc_only_locks_and_somebody_else_may_sign_in(qtbot: QtBot, house: House) -> None:
    house.leave()
    house.answer(Qt.Key.Key_Escape)
    assert house.office.session is None
    assert "record_absence" not in house.kinds()
    part(house.page, KeyButton, "otherPerson").click()
    assert house.others == [True]
    house.presenter.leave()
    assert house.office.session is None, "nobody is signed in: nothing is paused again"


def test_arrows_and_enter_answer_too(qtbot: QtBot, house: House) -> None:
    house.leave()
    qtbot.keyClick(house.page, Qt.Key.Key_Down)
    assert house.page.answers()[0].hasFocus()
    qtbot.keyClick(house.page.answers()[0], Qt.Key.Key_Return)
    house.settle()
    assert house.title == "暂离到 10:45"


@pytest.mark.parametrize(("size", "scale"), [((1366, 690), 1.0), ((1366, 690), 1.5), ((1920, 1080), 1.0)])
def test_the_code_is_whole_on_the_screen(
    qtbot: QtBot, qapp: QApplication, front: Callable[..., QWidget], size: tuple[int, int], scale: float
) -> None:
    theme.apply(qapp, scale=scale)
    page = AwayPage()
    page.resize(*size)
    front(page)
    code = "HD1" + "ABCDEFGH" * 140
    page.render(replace(page._view, phase="away", title="今天不回来", code=code, code_words="扫过请说一声。"))
    face = part(page, CodeFace)
    side = (len(modules_of(code)) + 8) * face.module()
    qtbot.waitUntil(lambda: face.isVisible() and face.width() == face.height() == side)
    assert face.module() >= 3
    assert face.mapTo(page, face.rect().bottomRight()).x() <= page.width()


def test_many_numbers_are_counted_not_listed() -> None:
    assert numbers_words(("B1", "B2")) == "B1、B2"
    assert numbers_words(tuple(f"B{n}" for n in range(9))) == "B0、B1、B2、B3、B4、B5 等 9 个号"

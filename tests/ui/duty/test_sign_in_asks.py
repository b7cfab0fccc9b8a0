"""A right password that is not enough: the fields that are asked for appear on the same page, and what was typed is gone after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.duty.training import training_code, training_totp
from clerk_app.office.office import Office, Session
from clerk_app.office.running import Running
from clerk_app.ports import CentreProblem, Proof, SessionGrant
from printers.lane import Lane
from tests.desk import cut_office
from tests.sync.scripted import ScriptedCentre
from tests.ui.duty.test_sign_in_page import VIEW, Desk
from tests.ui.parts import part
from tests.ui.test_desk import DoubtfulLink
from ui.background import Background
from ui.duty.sign_in.page import SignInPage
from ui.duty.sign_in.presenter import SignInPresenter
from ui.duty.sign_in.proof_fields import NO_CODE, NO_NEW, NOT_THE_SAME
from ui.duty.sign_in.view import AsksView
from ui.widgets.field import Field
from ui.widgets.strip import Strip

Front = Callable[..., QWidget]
OLD = CentreProblem("password-old", "密码对，但这是初始密码或已经到期，还没有登录。换一个新密码再登录。", 403)
NEEDED = CentreProblem("second-factor-needed", "密码对，还要第二道验证，还没有登录。输手机上的 6 位动态码。", 403)
ASKS = AsksView(sentence="换一个新密码再登录。", new=True, new_hint="至少 8 位。", code=True, code_hint="练习")
BOTH = replace(VIEW, account_text="P203", asks=ASKS)


def line(page: QWidget, name: str) -> QLineEdit:
    return part(page, QLineEdit, name)


def under(page: QWidget, name: str) -> str:
    found = next(field for field in page.findChildren(Field) if field.line.objectName() == name)
    return found.finding()


def test_without_asking_the_page_is_as_before(qtbot: QtBot, front: Front) -> None:
    page = Desk(front).page
    assert not any(line(page, name).isVisible() for name in ("newPassword", "newPasswordAgain", "code"))


def test_enter_walks_through_the_new_fields_and_sends_all(qtbot: QtBot, front: Front) -> None:
    desk = Desk(front, replace(VIEW, account_text="P203"))
    given: list[tuple[str, ...]] = []
    desk.page.proof_given.connect(lambda *typed: given.append(typed))
    qtbot.keyClicks(desk.password, "lian-xi-203")
    desk.page.render(BOTH)
    assert desk.button.words() == "换密码并登录"
    new, again, code = (line(desk.page, name) for name in ("newPassword", "newPasswordAgain", "code"))
    assert new.hasFocus()
    for field, text in ((new, "Xin-de-2026"), (again, "Xin-de-2026"), (code, "123456")):
        assert field.hasFocus()
        assert field.echoMode() == QLineEdit.EchoMode.Password
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert given == [("P203", "lian-xi-203", "123456", "Xin-de-2026")]
    assert desk.asked == []


def test_what_is_missing_or_not_the_same_is_said_not_sent(qtbot: QtBot, front: Front) -> None:
    desk = Desk(front, replace(VIEW, account_text="P203"))
    given: list[tuple[str, ...]] = []
    desk.page.proof_given.connect(lambda *typed: given.append(typed))
    qtbot.keyClicks(desk.password, "lian-xi-203")
    desk.page.render(BOTH)
    desk.button.click()
    assert under(desk.page, "newPassword") == NO_NEW
    line(desk.page, "newPassword").setText("Xin-de-2026")
    line(desk.page, "newPasswordAgain").setText("Xin-de-2025")
    desk.button.click()
    assert under(desk.page, "code") == NO_CODE
    line(desk.page, "code").setText("123456")
    desk.button.click()
    assert under(desk.page, "newPasswordAgain") == NOT_THE_SAME
    assert line(desk.page, "newPasswordAgain").hasSelectedText()
    assert given == []


def test_a_wrong_code_is_said_at_the_code(qtbot: QtBot, front: Front) -> None:
    desk = Desk(front, replace(BOTH, asks=replace(ASKS, new=False)))
    line(desk.page, "code").setText("000000")
    wrong = replace(BOTH, asks=replace(ASKS, new=False), finding="动态码不对，还可试 4 次。", finding_at="code")
    desk.page.render(wrong)
    assert under(desk.page, "code") == "动态码不对，还可试 4 次。"
    assert under(desk.page, "password") == ""
    assert line(desk.page, "code").selectedText() != ""


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_everything_is_in_reach_at_the_smallest_screen(
    qtbot: QtBot, front: Front, qapp: QApplication, scale: float
) -> None:
    from ui import theme

    theme.apply(qapp, scale=scale)
    desk = Desk(front, replace(BOTH, offline_sentence="线路断着，可凭本机凭据登录。"))
    QApplication.processEvents()
    assert desk.page.minimumSizeHint().height() <= 690
    for name in ("newPassword", "code"):
        corner = line(desk.page, name)
        assert corner.mapTo(desk.page, corner.rect().bottomRight()).x() < 1366
    assert not desk.people.isVisible(), "the list gives way"
    code = line(desk.page, "code")
    line(desk.page, "newPasswordAgain").setFocus()
    qtbot.keyClick(line(desk.page, "newPasswordAgain"), Qt.Key.Key_Return)
    assert code.hasFocus()
    qtbot.waitUntil(lambda: code.visibleRegion().boundingRect().height() == code.height())


# With the presenter over a real office.


class House:
    def __init__(self, office: Office, centre: ScriptedCentre, front: Front) -> None:
        self.office, self.centre = office, centre
        office.parts = replace(office.parts, centre=centre)
        self.page, self.background = SignInPage(), Background()
        lane = Lane(office.parts.vault.spool, DoubtfulLink(), "")
        self.entered: list[Session] = []
        self.presenter = SignInPresenter(
            office, Running(office, lane), self.background, self.page, self.entered.append
        )  # fmt: skip
        self.page.resize(1366, 690)
        front(self.page)

    def fill(self, account: str, password: str) -> None:
        line(self.page, "account").setText(account)
        line(self.page, "password").setText(password)
        self.page._try()


@pytest.fixture
def house(tmp_path: Path, front: Front) -> Iterator[Callable[..., House]]:
    office = cut_office(tmp_path)
    office.session = None
    made: list[House] = []

    def make(*answers: object) -> House:
        made.append(House(office, ScriptedCentre(sessions=answers), front))
        return made[-1]

    yield make
    for one in made:
        one.background.close()
    office.parts.vault.close()


def granted(asked: tuple[str, ...]) -> SessionGrant:
    return SessionGrant(person=asked[0])


def test_an_old_password_is_changed_on_the_spot(qtbot: QtBot, house: Callable[..., House]) -> None:
    desk = house(OLD, granted)
    desk.fill("P203", "lian-xi-203")
    qtbot.waitUntil(lambda: line(desk.page, "newPassword").isVisible())
    assert any(OLD.sentence in strip.text() for strip in desk.page.findChildren(Strip) if strip.isVisible())
    assert not line(desk.page, "code").isVisible()
    for name in ("newPassword", "newPasswordAgain"):
        line(desk.page, name).setText("abcdefgh")
    desk.page._try()
    assert under(desk.page, "newPassword").startswith("新密码太简单")
    assert desk.centre.proofs == [Proof()], "the centre was not asked"
    for name in ("newPassword", "newPasswordAgain"):
        line(desk.page, name).setText("Xin-de-2026")
    desk.page._try()
    qtbot.waitUntil(lambda: len(desk.entered) == 1)
    assert desk.centre.proofs[1] == Proof(new_password="Xin-de-2026")


def test_a_second_factor_is_a_third_field(qtbot: QtBot, house: Callable[..., House]) -> None:
    wrong = CentreProblem("second-factor-wrong", "动态码不对或已经用过，还可试 4 次。等下一个码再输。", 401)
    desk = house(NEEDED, wrong, granted)
    desk.fill("P203", "lian-xi-203")
    qtbot.waitUntil(lambda: line(desk.page, "code").isVisible())
    assert not line(desk.page, "newPassword").isVisible()
    line(desk.page, "code").setText("000000")
    desk.page._try()
    qtbot.waitUntil(lambda: under(desk.page, "code") == wrong.sentence)
    line(desk.page, "code").setText("123456")
    desk.page._try()
    qtbot.waitUntil(lambda: len(desk.entered) == 1)
    assert [proof.code for proof in desk.centre.proofs] == ["", "000000", "123456"]


def test_both_are_asked_for_one_after_the_other(qtbot: QtBot, house: Callable[..., House]) -> None:
    desk = house(OLD, NEEDED, granted)
    desk.fill("P203", "lian-xi-203")
    qtbot.waitUntil(lambda: line(desk.page, "newPassword").isVisible())
    for name in ("newPassword", "newPasswordAgain"):
        line(desk.page, name).setText("Xin-de-2026")
    desk.page._try()
    qtbot.waitUntil(lambda: line(desk.page, "code").isVisible())
    assert line(desk.page, "newPassword").text() == "Xin-de-2026", "what was typed stays"
    line(desk.page, "code").setText("123456")
    desk.page._try()
    qtbot.waitUntil(lambda: len(desk.entered) == 1)
    assert desk.centre.proofs[2] == Proof(code="123456", new_password="Xin-de-2026")


def test_another_account_is_asked_for_nothing(qtbot: QtBot, house: Callable[..., House]) -> None:
    desk = house(NEEDED, granted)
    desk.fill("P203", "lian-xi-203")
    qtbot.waitUntil(lambda: line(desk.page, "code").isVisible())
    line(desk.page, "account").selectAll()
    qtbot.keyClicks(line(desk.page, "account"), "P204")
    assert not line(desk.page, "code").isVisible()
    line(desk.page, "password").setText("lian-xi-204")
    desk.page._try()
    qtbot.waitUntil(lambda: len(desk.entered) == 1)


def test_practice_shows_the_secret_beside_the_field(qtbot: QtBot, house: Callable[..., House]) -> None:
    desk = house(NEEDED, NEEDED)
    desk.fill("P110", "lian-xi-110")
    qtbot.waitUntil(lambda: line(desk.page, "code").isVisible())
    field = next(one for one in desk.page.findChildren(Field) if one.line.objectName() == "code")
    assert training_totp("P110") in field._under.text()
    assert training_code("P110", desk.office.parts.clock.moment) in field._under.text()
    desk.office.parts.clock.moment += timedelta(minutes=1)
    desk.presenter.refresh()
    assert training_code("P110", desk.office.parts.clock.moment) in field._under.text()
    desk.presenter._on_person_changed()
    desk.fill("P201", "lian-xi-201")
    qtbot.waitUntil(lambda: "201201" in field._under.text())


def test_what_was_typed_is_not_for_the_next(qtbot: QtBot, house: Callable[..., House]) -> None:
    desk = house(NEEDED, granted)
    desk.fill("P203", "lian-xi-203")
    qtbot.waitUntil(lambda: line(desk.page, "code").isVisible())
    line(desk.page, "code").setText("123456")
    desk.page._try()
    qtbot.waitUntil(lambda: len(desk.entered) == 1)
    assert [line(desk.page, name).text() for name in ("password", "newPassword", "newPasswordAgain", "code")] == [
        ""
    ] * 4
    assert line(desk.page, "account").text() == "P203"
    assert not line(desk.page, "code").isVisible()


def test_who_has_no_seat_is_told_so(qtbot: QtBot, house: Callable[..., House]) -> None:
    desk = house(granted)
    desk.fill("P202", "lian-xi-202")
    qtbot.waitUntil(lambda: under(desk.page, "password") != "")
    assert under(desk.page, "password") == "尹秋实 在本窗口没有岗位，没有登录。到自己的窗口登录，或找值班长安排顶岗。"
    assert desk.entered == []

"""授权用印 as a page: what is grey says why, a PIN never stays, and typed reasons survive every refresh."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.parts import commit, hand
from tests.ui.receipts.test_page import png
from ui import theme
from ui.sealing.page import SealingPage
from ui.sealing.view import Authoriser, AuthorityView, Ring, SealingView, SheetView, WaitingRow
from ui.widgets.key_button import KeyButton
from ui.widgets.strip import StripView

CTRL = Qt.KeyboardModifier.ControlModifier
PEOPLE = (
    Authoriser(id="P201", name="梁建业", note="首席代表"),
    Authoriser(id="P202", name="尹秋实", note="副代表，梁建业没登记离岗"),
)
AUTHORITY = AuthorityView(
    case="c1",
    head="为什么可以准",
    why=("材料齐全，符合法定形式。",),
    why_note="签名一：许可心 10:37，拟准予。",
    what=(("文书", "准予登记通知书，1 页"), ("文号", "江市监准〔2026〕47号")),
    people=PEOPLE,
    chosen="P201",
    pin_label="梁建业的 PIN",
    pin_note="练习 PIN：201201",
)
VIEW = SealingView(
    title="等授权 2 件",
    rows=(
        WaitingRow(id="c1", who="卢*珍", what="公司设立·今天到期"),
        WaitingRow(id="c2", who="欧*敏", what="公司设立·剩 1 天"),
    ),
    chosen="c1",
    sheet=SheetView(title="准予登记通知书", note="第 1 页，共 1 页", png=png(400, 566), ring=Ring(0.6, 0.7, 0.1)),
    authority=AUTHORITY,
)


@pytest.fixture
def page(qtbot: QtBot, front: Callable[..., QWidget]) -> SealingPage:
    page = SealingPage()
    page.resize(1290, 606)
    front(page)
    page.render(VIEW)
    return page


def shown(page: SealingPage) -> set[str]:
    return {one.objectName() for one in page.findChildren(KeyButton) if one.isVisible()}


def type_pin(qtbot: QtBot, page: SealingPage, pin: str = "201201") -> None:
    page.authority.foot.pin.line.setFocus()
    qtbot.keyClicks(page.authority.foot.pin.line, pin)


def show(page: SealingPage, **changes: object) -> None:
    page.render(replace(VIEW, authority=replace(AUTHORITY, **changes)))  # type: ignore[arg-type]


def test_nothing_waits(page: SealingPage) -> None:
    page.render(SealingView())
    assert shown(page) == set()
    assert not page.authority.isVisible()


def test_it_opens_on_the_page_and_a_digit_is_the_pins_first(qtbot: QtBot, page: SealingPage) -> None:
    assert hand() is page.sheet
    qtbot.keyClick(page.sheet, Qt.Key.Key_2)
    assert hand() is page.authority.foot.pin.line
    assert page.authority.foot.pin.text() == "2"


def test_the_button_wakes_when_the_pin_has_its_length(qtbot: QtBot, page: SealingPage) -> None:
    with qtbot.assertNotEmitted(page.authorise_wanted), qtbot.waitSignal(page.refused, timeout=1000) as refused:
        qtbot.keyClick(hand(), Qt.Key.Key_Return, CTRL)
    assert refused.args == ["还没输 PIN，6 位"]
    type_pin(qtbot, page)
    with qtbot.waitSignal(page.authorise_wanted, timeout=1000) as asked:
        qtbot.keyClick(hand(), Qt.Key.Key_Return, CTRL)
    assert asked.args == ["201201", ""]


def test_the_pin_is_hidden_short_and_only_digits(qtbot: QtBot, page: SealingPage) -> None:
    line = page.authority.foot.pin.line
    assert line.echoMode() == QLineEdit.EchoMode.Password
    assert not line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    type_pin(qtbot, page, "20a1201999")
    assert page.authority.foot.pin.text() == "201201"
    page.authority.foot.clear_pin()
    QApplication.clipboard().setText("２０１２０１")
    line.paste()
    assert page.authority.foot.pin.text() == "201201"


def test_enter_in_the_pin_seals_nothing_yet(qtbot: QtBot, page: SealingPage) -> None:
    type_pin(qtbot, page)
    with qtbot.assertNotEmitted(page.authorise_wanted):
        qtbot.keyClick(page.authority.foot.pin.line, Qt.Key.Key_Return)
    assert hand() is page.authority.foot.act


@pytest.mark.parametrize("change", [{"chosen": "P202"}, {"case": "c2"}, {"tries": 1}])
def test_the_pin_does_not_outlive_its_moment(qtbot: QtBot, page: SealingPage, change: dict[str, object]) -> None:
    type_pin(qtbot, page)
    show(page)
    assert page.authority.foot.pin.text() == "201201"
    show(page, **change)
    assert page.authority.foot.pin.text() == ""


def test_the_pin_is_gone_when_the_page_is_left(qtbot: QtBot, page: SealingPage) -> None:
    type_pin(qtbot, page)
    page.hide()
    page.show()
    assert page.authority.foot.pin.text() == ""


def test_a_wrong_pin_says_so_under_the_field(qtbot: QtBot, page: SealingPage) -> None:
    type_pin(qtbot, page)
    show(page, tries=1, pin_finding="PIN 不对，还可试 2 次。没有用印，办件没有变化。")
    foot = page.authority.foot
    assert foot.pin.finding().startswith("PIN 不对")
    assert hand() is foot.pin.line
    qtbot.keyClicks(foot.pin.line, "2")
    assert foot.pin.finding() == ""


def test_busy_the_button_says_so_and_takes_no_second_press(qtbot: QtBot, page: SealingPage) -> None:
    type_pin(qtbot, page)
    show(page, busy=True, act="正在用印…")
    assert page.authority.foot.act.words() == "正在用印…"
    with qtbot.assertNotEmitted(page.authorise_wanted):
        qtbot.keyClick(page.authority.foot.pin.line, Qt.Key.Key_Return, CTRL)


def test_who_authorises_is_asked_and_not_taken_for_granted(qtbot: QtBot, page: SealingPage) -> None:
    chief, deputy = page.authority.foot.people()
    assert chief.isChecked()
    assert deputy.accessibleDescription() == "副代表，梁建业没登记离岗"
    with qtbot.waitSignal(page.person_chosen, timeout=1000) as chosen:
        qtbot.mouseClick(deputy, Qt.MouseButton.LeftButton)
    assert chosen.args == ["P202"]
    assert chief.isChecked()


def test_the_deputy_needs_the_chiefs_absence_with_a_reason(qtbot: QtBot, page: SealingPage) -> None:
    show(page, chosen="P202", absent="梁建业", reason="梁建业 没有登记离岗，副代表不能授权")
    foot = page.authority.foot
    assert shown(page) == {"askAbsence", "authorise"}
    assert foot.away.words() == "登记梁建业离岗"
    assert "没有登记离岗" in foot.act.reason()
    foot.away.click()
    assert shown(page) == {"recordAbsence", "authorise"}
    assert foot.absent.reason() == "还没写离岗原因"
    commit(foot.absence.line, "开会")
    with qtbot.waitSignal(page.absence_wanted, timeout=1000) as asked:
        qtbot.keyClick(foot.absence.line, Qt.Key.Key_Return)
    assert asked.args == ["开会"]


def test_turning_down_asks_for_the_reason_and_keeps_it(qtbot: QtBot, page: SealingPage) -> None:
    with qtbot.waitSignal(page.refusal_toggled, timeout=1000) as asked:
        qtbot.keyClick(hand(), Qt.Key.Key_B, CTRL)
    assert asked.args == [True]
    show(page, asking="refuse", reason="还没写不予的理由", act="不予并用印")
    reason = page.authority.foot.reason
    assert hand() is reason.line
    with qtbot.waitSignal(page.reason_edited, timeout=1000):
        commit(reason.line, "住所不一致")
    show(page, asking="refuse", act="不予并用印", strip=None)
    assert reason.text() == "住所不一致"
    assert page.authority.foot.act.words() == "不予并用印"
    show(page, case="c2")
    assert reason.text() == ""


def test_arrows_on_the_page_change_the_case(qtbot: QtBot, page: SealingPage) -> None:
    with qtbot.waitSignal(page.case_chosen, timeout=1000) as chosen:
        qtbot.keyClick(page.sheet, Qt.Key.Key_Down)
    assert chosen.args == ["c2"]
    with qtbot.assertNotEmitted(page.case_chosen):
        qtbot.keyClick(page.sheet, Qt.Key.Key_Up)


def test_a_paper_of_several_pages_is_read_to_its_end_before_it_is_signed(qtbot: QtBot, page: SealingPage) -> None:
    page.render(replace(VIEW, sheet=replace(VIEW.sheet, earlier=(png(400, 566), png(400, 566)))))
    type_pin(qtbot, page)
    assert page.authority.foot.act.reason() == "还没看到最后一页"
    page.sheet.setFocus()
    for _ in range(20):
        qtbot.keyClick(page.sheet, Qt.Key.Key_PageDown)
    assert page.authority.foot.act.reason() == ""
    page.render(replace(VIEW, sheet=replace(VIEW.sheet, earlier=(png(400, 560),))))
    assert page.authority.foot.act.reason() == "还没看到最后一页", "another paper"


def test_at_the_seal_seat_only_the_keepers_pin_is_asked_and_enter_seals(qtbot: QtBot, page: SealingPage) -> None:
    show(page, people=(), asks_pin=False, seal_pin_label="印章 PIN·保管人 梁建业", act="用印", may_refuse=False)
    foot = page.authority.foot
    assert shown(page) == {"authorise"}
    assert (foot.pin.isVisible(), foot.seal_pin.isVisible()) == (False, True)
    qtbot.keyClick(page.sheet, Qt.Key.Key_9)
    assert hand() is foot.seal_pin.line
    with qtbot.assertNotEmitted(page.authorise_wanted):
        qtbot.keyClick(hand(), Qt.Key.Key_Return)
    qtbot.keyClicks(foot.seal_pin.line, "abc")
    with qtbot.waitSignal(page.authorise_wanted, timeout=1000) as asked:
        qtbot.keyClick(hand(), Qt.Key.Key_Return)
    assert asked.args == ["", "9abc"]


def test_after_the_seal_only_the_way_back_is_left(qtbot: QtBot, page: SealingPage) -> None:
    type_pin(qtbot, page)
    page.authority.foot.act.setFocus()
    done = AuthorityView(case="c1", head="已用印，期限停表", what=(("登记", "本机流水第 23 条"),), sealed=True, tries=1)
    page.render(replace(VIEW, sheet=replace(VIEW.sheet, ring=None), authority=done))
    assert shown(page) == {"backToCounter"}
    assert hand() is page.authority.foot.back
    assert any("本机流水第 23 条" in label.text() for label in page.findChildren(QLabel))
    with qtbot.waitSignal(page.back_wanted, timeout=1000):
        qtbot.keyClick(hand(), Qt.Key.Key_Return, CTRL)


def test_every_control_is_named_with_its_key(page: SealingPage) -> None:
    for one in page.findChildren(KeyButton):
        if one.isVisible():
            assert one.objectName()
            assert one.accessibleName()
    assert "快捷键 Ctrl+Enter" in page.authority.foot.act.accessibleName()
    assert page.authority.foot.pin.line.accessibleName() == "梁建业的 PIN，6 位数字"
    assert page.sheet.accessibleName() == "准予登记通知书，第 1 页，共 1 页"


@pytest.mark.parametrize(("width", "height"), [(1290, 606), (1844, 990), (936, 606)])
def test_it_fits(page: SealingPage, width: int, height: int) -> None:
    show(page, asking="refuse", tries=1, pin_finding="PIN 不对，还可试 2 次。没有用印，办件没有变化。")
    page.resize(width, height)
    assert page.minimumSizeHint().height() <= 606
    assert page.authority.geometry().right() < width
    assert page.authority.foot.geometry().bottom() <= page.authority.height()


def test_tab_goes_round_the_whole_page_and_never_stays_at_the_pin(qtbot: QtBot, page: SealingPage) -> None:
    page.authority.foot.pin.line.setFocus()
    reached = set()
    for _ in range(12):
        qtbot.keyClick(hand(), Qt.Key.Key_Tab)
        reached.add(hand().objectName())
    assert {"pin", "authorise", "waitingCases", "pageSheet"} <= reached


def test_a_strip_takes_no_room_from_the_pin_and_what_is_wrong_with_it(qtbot: QtBot, page: SealingPage) -> None:
    strip = StripView("PIN 连续输错 3 次，已锁到 14:11。", "这件还在等待里。急用请副代表授权，或找管理员换 PIN。" * 3)
    page.resize(1290, 580)
    show(page, strip=strip, pin_finding="PIN 不对，还可试 1 次。没有用印，办件没有变化。", asking="refuse")
    pin = page.authority.foot.pin
    qtbot.waitUntil(lambda: pin.height() >= pin.heightForWidth(pin.width()), timeout=1000)
    assert page.authority.foot.rect().contains(page.authority.foot.act.geometry())


def test_at_one_and_a_half_the_page_still_fits_the_desks_window(page: SealingPage) -> None:
    theme.apply(QApplication.instance(), scale=1.5)
    for side in ("authority", "press"):
        page.render(replace(VIEW, side=side))
        assert page.minimumSizeHint().height() <= 690 - 100, "without the top line and the status line"

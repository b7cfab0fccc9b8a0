"""自助机首页 and 取号: by finger, by keyboard, by a card reader; one ticket, and of nobody who leaves does anything stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from clerk_app.ports.kiosk import KioskMatter, PaperNamed
from printers.virtual import Faults
from tests.office.kiosk_place import OLD, YOUNG, Place, kiosk_place
from ui import theme
from ui.background import Background
from ui.kiosk.front import KioskFront
from ui.kiosk.handing import KioskParts
from ui.kiosk.presenter import Kiosk
from ui.kiosk.ticket_words import ANY_ITEM, CUT
from ui.kiosk.tiles import LEAST, Tile
from ui.kiosk.window import KioskWindow
from ui.tokens import DARK, LIGHT, contrast
from ui.widgets.key_button import KeyButton

SIZES = [(1366, 768, 1.25), (1366, 768, 1.5), (1920, 1080, 1.45), (1080, 1920, 1.45), (1080, 1920, 2.0)]


def patience(hall: Hall, ask: int, clear: int) -> None:
    """How many milliseconds nobody moves before it asks, and then before it clears."""
    for timer, span in zip(hall.front.idle.findChildren(QTimer), (ask, clear), strict=True):
        timer.setInterval(span)
    hall.front.idle.start()


class Hall:
    """A kiosk's window over a real office, centre and printer."""

    def __init__(self, qtbot: QtBot, place: Place, size: tuple[int, int] = (1366, 768)) -> None:
        self.qtbot, self.place = qtbot, place
        self.background, self.window = Background(), KioskWindow()
        self.said: list[str] = []
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        qtbot.waitExposed(self.window)
        parts = KioskParts(place.office, place.machine, self.background, self.window, self.said.append)
        self.kiosk = Kiosk(place.office, self.background, self.window)
        self.front = KioskFront(parts, self.kiosk)
        self.wait()

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.idle, timeout=30_000)

    @property
    def page(self) -> QObject | None:
        return self.window.pages.currentWidget()

    def touch(self, button: QPushButton) -> None:
        assert button.isVisible(), button.accessibleName()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.wait()

    def tile(self, key: str) -> Tile:
        assert self.window.pages.currentWidget() is not None
        return next(one for one in self.shown(Tile) if one.view().key == key)

    def shown(self, kind: type) -> list:
        page = self.window.pages.currentWidget()
        assert page is not None
        return [one for one in page.findChildren(kind) if one.isVisible()]

    def to_person(self, letter: str = "B") -> None:
        self.touch(self.tile("take"))
        self.touch(self.tile(letter))
        self.touch(self.tile(ANY_ITEM))
        assert self.page is self.front.taking.person

    def scan(self, text: str) -> None:
        """As a reader types it into whatever has the focus."""
        target = QApplication.focusWidget() or self.window
        self.qtbot.keyClicks(target, text)
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_Return)
        self.wait()

    def texts(self) -> str:
        return " ".join(one.text() for one in QApplication.allWidgets() if isinstance(one, QLineEdit))

    def close(self) -> None:
        self.front.close()
        self.kiosk.close()
        self.background.close()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with kiosk_place(tmp_path) as place:
        yield place


@pytest.fixture
def hall(qtbot: QtBot, place: Place) -> Iterator[Hall]:
    hall = Hall(qtbot, place)
    yield hall
    hall.close()


def test_by_finger_to_a_printed_ticket(hall: Hall) -> None:
    assert hall.page is hall.front.home
    for words in ("取号", "我有预约", "自助填表", "补打"):
        assert words in hall.front.home.words()
    hall.touch(hall.tile("take"))
    assert "综合受理 现在没有人等" in hall.front.taking.services.words()
    hall.touch(hall.tile("A"))
    assert "企业开办与登记：办什么事？" in hall.front.taking.items.words()
    item = hall.place.office.hall.items_at(2)[0]
    hall.touch(hall.tile(item.code))
    keypad = hall.front.taking.person.keypad
    for digit in YOUNG:
        hall.touch(keypad.keys[digit])
    assert hall.front.taking.person.field.text() == YOUNG
    hall.touch(hall.front.taking.person.go)
    assert "已读身份证 4201**********1237" in hall.front.taking.person.words()
    assert YOUNG not in hall.texts(), "what was read does not stay on the screen"
    hall.touch(hall.tile("large"))
    hall.touch(hall.front.taking.person.go)
    assert hall.page is hall.front.handing.number
    told = hall.front.handing.number.words()
    assert "A001" in told
    assert "前面还有 0 人" in told
    assert "市场准入区 2、3号窗口" in told
    assert "请取走号票" in told
    (ticket,) = hall.place.tickets()
    assert (ticket.number, ticket.state, ticket.item, ticket.aids) == ("A001", "waiting", item.code, ("large",))
    assert ticket.person
    assert len(hall.place.printer.jobs) == 1
    assert hall.said[-1].startswith("您的号是 A001")
    hall.touch(hall.front.handing.number.button)
    assert hall.page is hall.front.home
    assert hall.front.taking.known is None


def test_by_keyboard_alone(hall: Hall) -> None:
    for _ in range(3):
        focus = QApplication.focusWidget()
        assert isinstance(focus, Tile), focus
        hall.qtbot.keyClick(focus, Qt.Key.Key_Return)
        hall.wait()
    assert hall.page is hall.front.taking.person
    hall.qtbot.keyClicks(QApplication.focusWidget(), OLD)
    hall.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert "老年人，优先办理" in hall.front.taking.person.words()
    hall.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    hall.wait()
    assert hall.place.tickets()[0].number == "VA001"
    hall.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert hall.page is hall.front.home


def test_a_card_on_the_reader_begins_by_itself(hall: Hall) -> None:
    hall.scan("3")
    assert hall.page is hall.front.home or hall.page is hall.front.taking.services, (
        "one digit is a person at a keyboard"
    )
    hall.front.clear()
    hall.scan(OLD)
    assert hall.page is hall.front.taking.services
    hall.touch(hall.tile("K"))
    hall.touch(hall.tile(ANY_ITEM))
    assert "老年人，优先办理" in hall.front.taking.person.words()
    assert not hall.front.taking.person.skip.isVisible()
    hall.touch(hall.front.taking.person.go)
    assert hall.place.tickets()[0].number == "VK001"
    hall.front.clear()
    hall.scan(OLD[:-1] + "0")
    assert hall.page is hall.front.home
    assert "身份证号不对" in hall.window.said()


def test_a_card_laid_there_on_the_way_is_read_and_presses_nothing(hall: Hall) -> None:
    hall.touch(hall.tile("take"))
    hall.scan(OLD)
    assert hall.page is hall.front.taking.services, "its Enter chose nothing"
    hall.touch(hall.tile("B"))
    hall.touch(hall.tile(ANY_ITEM))
    assert "老年人" in hall.front.taking.person.words()
    hall.touch(hall.tile("large"))
    hall.scan(YOUNG)
    assert "4201**********1237" in hall.front.taking.person.words(), "whatever has the focus there"


def test_a_notice_of_his_matter_says_what_for(hall: Hall) -> None:
    item = hall.place.office.hall.items_at(2)[0]
    real = hall.place.line.real

    class Knowing:
        def __getattr__(self, name: str) -> object:
            return getattr(real, name)

        def matter(self, named: PaperNamed) -> KioskMatter:
            assert named.query_code == "7K3M-Q9X2"
            return KioskMatter(letter="A", item=item.code, case="", name=item.name)

    hall.place.line.real = Knowing()  # type: ignore[assignment]
    hall.scan("case:7K3M-Q9X2")
    assert hall.page is hall.front.taking.person
    assert item.short in hall.front.taking.person.words()
    hall.touch(hall.front.taking.person.skip)
    assert hall.place.tickets()[0].item == item.code
    hall.place.line.cut = True
    hall.front.clear()
    hall.scan("case:7K3M-Q9X2")
    assert "线路断着" in hall.window.said()
    hall.front._on_turn()
    assert "线路断着，认不了这张单子" in hall.window.said(), "it stays until he goes on"


def test_a_slips_code_begins_the_form_and_rubbish_says_so(hall: Hall) -> None:
    hall.scan("https://example.invalid/no-ticket")
    assert hall.page is hall.front.home
    assert "认不出来" in hall.window.said()
    hall.to_person("A")
    hall.touch(hall.front.taking.person.skip)
    (ticket,) = hall.place.tickets()
    hall.front.clear()
    hall.scan(f"ticket:{ticket.id}")
    hall.qtbot.waitUntil(lambda: hall.window.form is not None, timeout=10_000)
    assert hall.kiosk.begun is not None
    assert hall.kiosk.begun.number == ticket.number
    assert not hall.front.wedge.listens, "the form's fields take their keys themselves"
    hall.kiosk.clear()
    assert hall.page is hall.front.home, "after each person it begins anew"
    assert hall.window.form is None


def test_the_form_is_reached_and_left_by_finger(hall: Hall) -> None:
    hall.touch(hall.tile("fill"))
    assert hall.page is hall.window.welcome
    for sign in ("B", "0", "2", "退格", "1"):
        hall.touch(hall.window.welcome.keys.keys[sign])
    assert hall.window.welcome.field.text() == "B01"
    hall.touch(hall.window.welcome.home)
    assert hall.page is hall.front.home
    assert hall.window.welcome.field.text() == ""


def test_two_taps_give_one(hall: Hall) -> None:
    hall.to_person()
    skip = hall.front.taking.person.skip
    for _ in range(3):
        hall.qtbot.mouseClick(skip, Qt.MouseButton.LeftButton)
    hall.front.taking.take()
    hall.wait()
    assert len(hall.place.tickets()) == len(hall.place.printer.jobs) == 1


def test_an_appointment_of_this_afternoon(hall: Hall) -> None:
    hall.touch(hall.tile("appointment"))
    hall.touch(hall.tile("B"))
    hall.touch(hall.tile(ANY_ITEM))
    assert hall.page is hall.front.taking.times
    at = next(one for one in hall.shown(Tile) if one.view().words == "14:30")
    hall.touch(at)
    assert "预约 14:30" in hall.front.taking.person.words()
    hall.touch(hall.front.taking.person.back_button)
    assert hall.page is hall.front.taking.times
    hall.touch(at)
    hall.touch(hall.front.taking.person.skip)
    (ticket,) = hall.place.tickets()
    assert ticket.number == "YB001"
    assert ticket.appointment is not None
    assert f"{ticket.appointment:%H:%M}" == "14:30"


def test_he_has_one_already_and_is_offered_another_print(hall: Hall) -> None:
    for _ in range(2):
        hall.to_person()
        hall.scan(YOUNG)
        hall.touch(hall.front.taking.person.go)
        if hall.page is hall.front.handing.number:
            hall.touch(hall.front.handing.number.button)
    assert hall.page is hall.front.handing.sorry
    assert "今天已有 B001" in hall.front.handing.sorry.words()
    hall.touch(hall.front.handing.sorry.yes)
    hall.wait()
    assert "补打好了" in hall.front.handing.number.words()
    assert len(hall.place.tickets()) == 1
    assert [slip.copy_no for slip in hall.place.maker.made] == [1, 2]
    hall.front.clear()
    hall.touch(hall.tile("again"))
    hall.scan(OLD)
    assert "没有用这张身份证登记的号" in hall.front.again.person.words()
    hall.scan(YOUNG)
    hall.wait()
    assert "补打好了" in hall.front.handing.number.words()
    assert hall.place.maker.made[-1].copy_no == 3


def test_of_several_he_says_which(hall: Hall) -> None:
    for letter in ("A", "B"):
        hall.to_person(letter)
        hall.scan(YOUNG)
        hall.touch(hall.front.taking.person.go)
        hall.front.clear()
    hall.touch(hall.tile("again"))
    hall.scan(YOUNG)
    assert hall.page is hall.front.again.choice
    second = next(one for one in hall.shown(Tile) if one.view().words == "B001")
    hall.touch(second)
    assert "B001" in hall.front.handing.number.words()


@pytest.mark.parametrize(("out", "state"), [(True, "waiting"), (False, "void")])
def test_nobody_knows_whether_it_came_out(hall: Hall, out: bool, state: str) -> None:
    hall.place.printer.faults = Faults(echo="none", fence=False)
    hall.to_person()
    hall.touch(hall.front.taking.person.skip)
    unsure = hall.front.handing.unsure
    assert "号票出来了吗" in unsure.words()
    assert [one.view().filled for one in (unsure.yes, unsure.no)] == [False, False], "nobody knows better than he"
    hall.touch(hall.front.handing.unsure.yes if out else hall.front.handing.unsure.no)
    hall.wait()
    assert hall.place.tickets()[0].state == state
    if out:
        assert "B001" in hall.front.handing.number.words()
    else:
        assert "作废了" in hall.front.handing.sorry.words()
        assert "B001 不再叫" in hall.front.handing.sorry.words()


def test_no_paper_no_choice(hall: Hall) -> None:
    hall.place.printer.faults = Faults(paper_end=True)
    hall.place.machine.turn()
    hall.front.clear()
    assert "打印机缺纸，取不了号" in hall.tile("take").view().reason
    hall.touch(hall.tile("take"))
    assert hall.page is hall.front.home
    hall.scan(YOUNG)
    assert "缺纸" in hall.window.said()
    assert hall.tile("fill").view().reason == ""


def test_with_the_line_cut_the_window_to_wait_at(hall: Hall) -> None:
    hall.place.line.cut = True
    hall.front._turn()
    hall.wait()
    assert hall.window.said() == CUT
    hall.to_person()
    hall.touch(hall.front.taking.person.skip)
    told = hall.front.handing.number.words()
    assert "请到 综合区 " in told
    assert "凭这张号票办理" in told
    assert hall.place.tickets() == []
    hall.place.line.cut = False
    hall.front._turn()
    hall.wait()
    assert [one.state for one in hall.place.tickets()] == ["waiting"]
    hall.front.clear()
    hall.front._on_turn()
    assert hall.window.said() == ""


def test_a_stopped_line_says_from_when_it_goes_on(hall: Hall) -> None:
    hall.place.stop("B")
    hall.place.machine.turn()
    hall.touch(hall.tile("take"))
    assert "11月23日 10:30 接着发" in hall.tile("B").view().reason
    hall.touch(hall.tile("B"))
    assert hall.page is hall.front.taking.services


def test_who_goes_away_leaves_nothing(hall: Hall) -> None:
    hall.to_person()
    hall.front.taking.person.field.line.setText(YOUNG)
    patience(hall, 50, 20_000)
    hall.qtbot.waitUntil(lambda: hall.page is hall.front.still, timeout=3000)
    hall.qtbot.mouseClick(hall.front.still.on, Qt.MouseButton.LeftButton)
    assert hall.page is hall.front.taking.person, "a touch goes on where he was"
    patience(hall, 50, 50)
    hall.qtbot.waitUntil(lambda: hall.page is hall.front.home, timeout=5000)
    assert YOUNG not in hall.texts()
    assert hall.place.tickets() == []


def test_who_goes_away_without_an_answer_has_taken_it_along(hall: Hall) -> None:
    hall.place.printer.faults = Faults(echo="none", fence=False)
    hall.to_person()
    patience(hall, 50, 50)
    hall.touch(hall.front.taking.person.skip)
    hall.qtbot.waitUntil(lambda: hall.page is hall.front.home, timeout=30_000)
    hall.wait()
    assert [one.state for one in hall.place.tickets()] == ["waiting"]


def test_larger_letters_are_for_one_person(hall: Hall) -> None:
    hall.window.set_small(small=True)
    before = theme.current().scale
    hall.touch(hall.window.larger)
    assert theme.current().scale > before
    hall.touch(hall.tile("fill"))
    assert theme.current().scale == before, "the form has no room for them on a small screen"
    assert not hall.window.larger.isVisible()
    hall.front.clear()
    assert hall.window.larger.isVisible()


def test_what_the_centre_refuses_is_shown_to_the_halls_people(hall: Hall) -> None:
    hall.place.line.cut = True
    hall.to_person()
    hall.touch(hall.front.taking.person.skip)
    number = hall.front.handing.number.number.text()
    (row,) = (one for one in hall.place.machine.kept.rows() if one.given is not None)
    hall.place.machine.kept.change(row.id, lambda one: type(one)(**{**_fields(one), "refused": "这个号已经用过。"}))
    hall.front.clear()
    assert f"断线时给出的 {number} 中心没收" in hall.window.said()


def _fields(row: object) -> dict[str, object]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}  # type: ignore[attr-defined]


def too_small(hall: Hall) -> list[tuple[str, int, int]]:
    """Targets no finger would hit."""
    found = [one for one in hall.shown(QPushButton) if min(one.width(), one.height()) < LEAST]
    return [(one.accessibleName(), one.width(), one.height()) for one in found]


@pytest.mark.parametrize(("wide", "tall", "scale"), SIZES)
def test_every_target_is_large_and_nothing_is_cut_off(qtbot: QtBot, place: Place, wide, tall, scale) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, scale=scale)
    hall = Hall(qtbot, place, size=(wide, tall))
    try:
        steps = [
            lambda: None,
            lambda: hall.touch(hall.tile("take")),
            lambda: hall.touch(hall.tile("A")),
            lambda: hall.touch(hall.tile(ANY_ITEM)),
            lambda: hall.touch(hall.front.taking.person.skip),
            lambda: (hall.front.clear(), hall.touch(hall.tile("again"))),
            lambda: (hall.front.clear(), hall.touch(hall.tile("fill"))),
        ]
        for at, step in enumerate(steps):
            step()
            assert (hall.window.width(), hall.window.height()) == (wide, tall), (at, "the page asks for more room")
            qtbot.waitUntil(lambda: not too_small(hall))
            head = [one for one in (hall.window.larger, hall.window.quit) if one.isVisible()]
            assert all(min(one.width(), one.height()) >= LEAST for one in head)
            if hall.page is not hall.window.welcome:
                page = hall.window.pages.currentWidget()
                assert page is not None
                outside = [
                    one.accessibleName()
                    for one in hall.shown(QPushButton)
                    if not page.rect().contains(one.rect().translated(one.mapTo(page, one.rect().topLeft())))
                ]
                assert outside == [], at
    finally:
        hall.close()
        theme.apply(app, scale=1.0)


def test_the_colours_of_a_tile_can_be_read() -> None:
    for tokens in (LIGHT, DARK):
        pairs = [
            (tokens.ink, tokens.surface), (tokens.ink2, tokens.surface), (tokens.ink, tokens.asoft),
            (tokens.ink2, tokens.asoft), (tokens.on_fill, tokens.fill), (tokens.warn, tokens.disabled_ground),
            (tokens.ink2, tokens.disabled_ground), (tokens.accent, tokens.surface), (tokens.ink2, tokens.line),
        ]  # fmt: skip
        assert all(contrast(one, other) >= 4.5 for one, other in pairs), tokens.name


def test_a_screen_reader_hears_what_a_tile_says(hall: Hall) -> None:
    hall.place.stop("B")
    hall.place.machine.turn()
    assert hall.tile("take").accessibleName() == "取号，选要办的事，取一张号票"
    hall.touch(hall.tile("take"))
    assert "接着发" in hall.tile("B").accessibleName()
    assert all(one.accessibleName() for one in hall.shown(KeyButton))

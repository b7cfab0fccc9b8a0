"""授权书页 over the real office: recorded with its scan, confirmed by another, counted in force only then, ended with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.duty.letters import letter_to_decide
from clerk_app.duty.model import Letter
from clerk_app.duty.recorded_letters import letter_id
from clerk_app.office.office import Office, Session
from clerk_app.outside.ids import new_id
from tests.desk import cut_office, sit
from ui.background import Background
from ui.duty.letters.page import LettersPage
from ui.duty.letters.presenter import LettersPresenter
from ui.duty.letters.view import LettersView

COMPANY = "11429900MBX002022C4000131001001"
MANAGER, OTHER, LEADER = "P101", "P102", "P104"
NUMBER = "江市监授〔2026〕9号"


@dataclass
class Seat:
    office: Office
    page: LettersPage
    presenter: LettersPresenter
    background: Background
    qtbot: QtBot
    said: list[str] = field(default_factory=list)

    def settle(self) -> None:
        for _ in range(3):
            self.qtbot.waitUntil(lambda: self.background.idle, timeout=20_000)

    def sits(self, person: str) -> None:
        standby = self.office.hall.roster.standby_seat_of(person, 21)
        if standby is None:
            sit(self.office, person)
        else:
            someone = self.office.hall.roster.people[person]
            self.office.session = Session(
                id=new_id(), person=someone, seat=standby, online=True, sign=lambda _: "unsigned"
            )
        self.presenter.refresh()
        self.settle()

    def begin(self, *, day: bool) -> None:
        (self.page.day if day else self.page.new).click()
        self.settle()

    def press(self, name: str) -> None:
        button = self.page.form.bar.button(name) if self.view.form else self.page.detail.bar.button(name)
        assert button is not None, name
        button.click()
        self.settle()

    @property
    def view(self) -> LettersView:
        return self.views[-1]

    views: list[LettersView] = field(default_factory=list)

    def letter_of(self, person: str) -> object:
        now = self.office.parts.clock.now()
        return self.office.read(lambda books: letter_to_decide(COMPANY, "SJJ", person, now, books))


@pytest.fixture
def seat(qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path) -> Iterator[Seat]:
    office = cut_office(tmp_path)
    background, page = Background(), LettersPage()
    page.resize(1290, 642)
    front(page)
    seat = Seat(office, page, LettersPresenter(office, background, page), background, qtbot)
    plain = page.render
    page.render = lambda view: (seat.views.append(view), plain(view))  # type: ignore[method-assign,assignment,func-returns-value]
    seat.presenter.said.connect(lambda text, good: seat.said.append(text))
    yield seat
    background.close()
    office.parts.vault.close()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    image = QImage(60, 80, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    assert image.save(str(tmp_path / "paper.png"))
    return tmp_path / "paper.png"


def fill(seat: Seat, scan: Path, **texts: str) -> None:
    form = seat.page.form
    for name, text in {"number": NUMBER, "person": "贺知远", **texts}.items():
        form.fields[name].set_text(text)
        form.fields[name].edited.emit(text)
    form.take_scan(str(scan))


def choose_sjj(seat: Seat) -> None:
    """The market supervision's letter at the side, so that its day letter is prefilled."""
    seat.page.row_chosen.emit("江市监授〔2026〕1号")
    seat.settle()


def test_every_letter_is_listed_with_its_end(seat: Seat) -> None:
    seat.sits(MANAGER)
    rows = {row.id: row for row in seat.view.rows}
    assert len(rows) == len(seat.office.hall.roster.letters)
    over, good = rows["江住建授〔2026〕1号"], rows["江市监授〔2026〕1号"]
    assert (over.lamp, over.until, over.left) == ("paused", "2026年6月30日", "已到期")
    assert (good.lamp, good.until, good.left) == ("ok", "12月31日", "还有 41 天")
    choose_sjj(seat)
    detail = seat.view.detail
    assert detail is not None
    assert detail.items[0] == "有限责任公司设立登记"
    assert dict(detail.facts)["授的权"] == "审批决定、受理审查"


def test_thirty_days_before_its_end_it_warns(seat: Seat) -> None:
    seat.office.parts.clock.set(seat.office.parts.clock.now().replace(month=12, day=1))
    seat.sits(MANAGER)
    choose_sjj(seat)
    detail = seat.view.detail
    assert detail is not None
    assert detail.message is not None
    assert detail.message.head == "还有 30 天到期。"
    assert "30 天内到期" in seat.view.note


def test_a_clerk_sees_all_and_records_nothing(seat: Seat) -> None:
    seat.sits("P203")
    assert seat.view.rows
    assert seat.view.locked
    assert not seat.page.new.isVisible()
    assert not seat.page.day.isVisible()
    seat.presenter.begin(False)
    seat.settle()
    assert seat.view.form is None


def test_a_day_letter_is_prefilled_and_counts_only_when_another_has_confirmed_it(seat: Seat, scan: Path) -> None:
    seat.sits(MANAGER)
    choose_sjj(seat)
    seat.begin(day=True)
    form = seat.view.form
    assert form is not None
    assert (form.start, form.end, form.department) == ("2026-11-20", "2026-11-20", "SJJ")
    assert sum(box.isChecked() for box in seat.page.form.boxes().values()) == 7
    fill(seat, scan)
    seat.press("record")
    assert seat.view.form is None
    assert not isinstance(seat.letter_of(LEADER), Letter), "nobody has confirmed it"
    seat.press("confirm")
    assert "复核须另一人" in seat.said[-1]
    seat.sits(OTHER)
    seat.page.row_chosen.emit(NUMBER)
    seat.press("confirm")
    found = seat.letter_of(LEADER)
    assert isinstance(found, Letter)
    assert found.document_no == NUMBER
    seat.press("end")
    assert "还没写停用原因" in seat.said[-1]
    seat.page.detail.reason.set_text("带班的人换了")
    seat.press("end")
    assert not isinstance(seat.letter_of(LEADER), Letter)
    row = next(row for row in seat.view.rows if row.id == NUMBER)
    assert (row.until, row.left) == ("11月20日", "停用"), "it stays in the list"


def test_what_is_missing_stands_in_the_button_and_what_is_wrong_over_the_form(seat: Seat, scan: Path) -> None:
    seat.sits(MANAGER)
    choose_sjj(seat)
    seat.begin(day=False)
    button = seat.page.form.bar.button("record")
    assert button is not None
    assert button.reason() == "还没选扫描件"
    fill(seat, scan, person="没有这人", start="2026-11-20", end="2026-12-40")
    next(iter(seat.page.form.boxes().values())).setChecked(True)
    seat.press("record")
    assert seat.view.form is not None
    assert seat.view.form.message is not None
    assert "没有“没有这人”" in seat.view.form.message.head
    fill(seat, scan, start="2026-11-20", end="2026-12-40")
    seat.press("record")
    assert "2026-11-21 这样" in seat.view.form.message.head
    fill(seat, scan, number="江市监授〔2026〕1号", start="2026-11-20", end="2026-12-30")
    seat.press("record")
    assert "已登记过" in seat.view.form.message.head
    assert seat.page.form.fields["person"].text() == "贺知远", "nothing typed is thrown away"


def test_a_file_that_is_no_scan_is_not_taken(seat: Seat, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("授权书", encoding="utf-8")
    seat.sits(MANAGER)
    choose_sjj(seat)
    seat.begin(day=True)
    fill(seat, tmp_path / "letter.txt")
    seat.press("record")
    assert seat.view.form is not None
    assert seat.view.form.message is not None
    assert "不是 PDF、JPEG、PNG 或 TIFF，没有登记" in seat.view.form.message.head


def test_the_scan_is_shown_as_it_was_kept(seat: Seat, scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[str, int]] = []
    monkeypatch.setattr(seat.page, "show_scan", lambda title, image: shown.append((title, image.width())))
    seat.sits(MANAGER)
    choose_sjj(seat)
    seat.begin(day=True)
    fill(seat, scan)
    seat.press("record")
    assert seat.page.detail.scan.isVisible()
    seat.page.detail.scan.click()
    seat.settle()
    assert shown == [(NUMBER, 60)]
    row = next(iter(seat.office.parts.vault.blobs.due(1e12, 9)))
    assert row.digest == seat.office.read(lambda books: books.recorded_letter(letter_id(NUMBER))).scan  # type: ignore[union-attr]

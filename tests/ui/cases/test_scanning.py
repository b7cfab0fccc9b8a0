"""扫一页 at the desk: offered where a scanner answers, how far it is, stopped, and a fault in words; over the real office."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.cases.model import Case
from clerk_app.office.line import attaching
from clerk_app.office.office import Office
from clerk_app.ports.scanning import ScanDevice
from tests.desk import cut_office
from tests.office.pretend_scanner import DESK, PAGE, PretendScanner
from tests.ui.parts import part
from tests.visits import whole_visit
from ui.background import Background
from ui.cases.page import CasesPage
from ui.cases.presenter import CasesPresenter
from ui.cases.scan_foot import STOPPING
from ui.cases.view import AttachmentsView
from ui.widgets.key_button import KeyButton

CAMERA = ScanDevice("v4l:0", "高拍仪 & 二")


@dataclass
class Seat:
    """The page with its presenter, a scanner on the desk, two cases in the books."""

    office: Office
    page: CasesPage
    presenter: CasesPresenter
    background: Background
    qtbot: QtBot
    cases: tuple[Case, ...]
    scanner: PretendScanner
    said: list[tuple[str, bool]] = field(default_factory=list)

    def come(self) -> None:
        """To the page, again."""
        self.page.came.emit()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.idle, timeout=20_000)
        self.qtbot.waitUntil(lambda: self.background.idle, timeout=20_000)

    @property
    def shown(self) -> AttachmentsView:
        detail = self.page._view.detail
        assert detail is not None
        return detail.attachments

    def button(self, name: str) -> KeyButton | None:
        found = part(self.page, KeyButton, name)
        return found if found.isVisible() else None

    def press(self, name: str) -> None:
        button = self.button(name)
        assert button is not None
        button.click()

    def choose(self, case: Case) -> None:
        self.page.table().select(case.id)
        self.page.row_chosen.emit(case.id)

    def attached(self, case: Case) -> list[bytes]:
        found = attaching.attachments_of(self.office, case.id)
        return [attaching.content_of(self.office, one.attachment.digest) for one in found]


@pytest.fixture
def seat(qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path) -> Iterator[Seat]:
    office, scanner = cut_office(tmp_path), PretendScanner()
    office.parts = replace(office.parts, scanner=scanner)
    cases = (whole_visit(office), whole_visit(office))
    background, page = Background(), CasesPage()
    page.resize(1290, 700)
    presenter = CasesPresenter(office, background, page)
    front(page)
    seat = Seat(office, page, presenter, background, qtbot, cases, scanner)
    presenter.said.connect(lambda text, good: seat.said.append((text, good)))
    presenter.refresh()
    seat.settle()
    yield seat
    presenter.side.scan.close()
    background.close()
    office.parts.vault.close()


def test_a_page_is_scanned_by_one_press(seat: Seat) -> None:
    seat.press("scanPage")
    seat.qtbot.waitUntil(lambda: len(seat.said) > 0, timeout=20_000)
    seat.settle()
    assert seat.said == [(f"{seat.cases[0].case_no} 加了 1 份附件，会自动送到中心。", True)]
    assert seat.attached(seat.cases[0]) == [PAGE]
    assert [line.name[:3] for line in seat.shown.lines] == ["扫描 "]
    assert seat.button("scanPage") is not None
    assert seat.button("scanStop") is None


def test_how_far_it_is_and_stopped(seat: Seat) -> None:
    seat.scanner.slow = Event()
    seat.press("scanPage")
    assert seat.button("scanPage") is None, "one at a time"
    seat.qtbot.waitUntil(lambda: seat.shown.scanning == "正在扫，50%", timeout=20_000)
    seat.choose(seat.cases[1])
    seat.qtbot.waitUntil(lambda: seat.shown.scanning == "正在给另一件扫，50%", timeout=20_000)
    stop = seat.button("scanStop")
    assert stop is not None
    stop.click()
    assert stop.reason() == STOPPING
    seat.qtbot.waitUntil(lambda: len(seat.said) > 0, timeout=20_000)
    seat.settle()
    assert seat.said == [("停了，这一页没有加，别的都在。要的话再扫一次。", False)]
    assert [seat.attached(case) for case in seat.cases] == [[], []]
    assert seat.button("scanPage") is not None


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_it_belongs_to_the_case_whose_button_was_pressed(seat: Seat) -> None:
    seat.scanner.here = (DESK, CAMERA)
    seat.presenter.side.scan._looked_at = None
    seat.come()
    seat.press("scanPage")
    foot = seat.page.detail.attachments.scan
    assert [action.text() for action in foot.menu.actions()] == ["Pretend One", "高拍仪 && 二"]
    seat.choose(seat.cases[1])
    foot.menu.actions()[1].trigger()
    foot.menu.close()
    seat.qtbot.waitUntil(lambda: len(seat.said) > 0, timeout=20_000)
    assert seat.scanner.scans == [CAMERA]
    assert [seat.attached(case) for case in seat.cases] == [[PAGE], []]


def test_one_that_does_not_answer_is_said_and_looked_for_again(seat: Seat) -> None:
    seat.scanner.fault, seat.scanner.here = "gone", ()
    seat.press("scanPage")
    seat.qtbot.waitUntil(lambda: seat.button("scanPage") is None and not seat.shown.scanning, timeout=20_000)
    ((text, good),) = seat.said
    assert text.startswith("扫描仪没有答应，这一页没有加，别的都在。")
    assert not good
    seat.scanner.fault, seat.scanner.here = None, (DESK,)
    seat.come()
    assert seat.button("scanPage") is None, "not looked for at every coming"
    seat.office.parts.clock.set(seat.office.parts.clock.now().replace(hour=11))
    seat.come()
    assert seat.button("scanPage") is not None


def test_without_a_scanner_files_alone(seat: Seat) -> None:
    seat.office.parts = replace(seat.office.parts, scanner=None)
    seat.presenter.side.scan._on_devices(())
    assert seat.button("scanPage") is None
    assert seat.button("attach") is not None

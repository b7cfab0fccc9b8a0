"""附件 at the desk: added by key or button, each says where it is, a bad file says why; over the real office."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.cases.model import Case
from clerk_app.office.line import attaching
from clerk_app.office.office import Office
from tests.desk import cut_office
from tests.ui.parts import part
from tests.visits import whole_visit
from ui.background import Background
from ui.cases.attachments_pane import AttachmentsPane
from ui.cases.page import CasesPage
from ui.cases.presenter import CasesPresenter
from ui.cases.telling_attachments import ADDING, size_words
from ui.cases.view import AttachmentsView
from ui.widgets.key_button import KeyButton
from ui.widgets.lamp import Lamp

CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Seat:
    """The page with its presenter over a real office, two cases in the books."""

    office: Office
    page: CasesPage
    presenter: CasesPresenter
    background: Background
    qtbot: QtBot
    cases: tuple[Case, Case]
    said: list[tuple[str, bool]] = field(default_factory=list)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.idle, timeout=20_000)

    def refresh(self) -> None:
        self.presenter.refresh()
        self.settle()
        self.settle()

    @property
    def pane(self) -> AttachmentsPane:
        return self.page.detail.attachments

    @property
    def shown(self) -> AttachmentsView:
        detail = self.page._view.detail
        assert detail is not None
        return detail.attachments

    def add(self, *paths: Path) -> None:
        """As after choosing in the dialog."""
        part(self.page, KeyButton, "attach").click()
        dialog = part(self.page, QFileDialog)
        dialog.filesSelected.emit([str(path) for path in paths])
        dialog.close()
        self.qtbot.waitUntil(lambda: len(self.said) > 0, timeout=20_000)
        self.settle()
        self.settle()

    def words(self) -> list[str]:
        QApplication.processEvents()
        found = [label.text() for label in self.pane.findChildren(QLabel) if label.isVisible() and label.text()]
        return found + [lamp.sentence() for lamp in self.pane.findChildren(Lamp) if lamp.isVisible()]


@pytest.fixture
def seat(qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path) -> Iterator[Seat]:
    office = cut_office(tmp_path)
    cases = (whole_visit(office), whole_visit(office))
    background, page = Background(), CasesPage()
    page.resize(1290, 700)
    front(page)
    presenter = CasesPresenter(office, background, page)
    seat = Seat(office, page, presenter, background, qtbot, cases)
    presenter.said.connect(lambda text, good: seat.said.append((text, good)))
    seat.refresh()
    yield seat
    background.close()
    office.parts.vault.close()


def scan(folder: Path, name: str, size: int = 400_000) -> Path:
    file = folder / name
    file.write_bytes(b"%PDF-1.7\n" + os.urandom(size))
    return file


def test_a_case_without_any_says_so_and_what_is_taken(seat: Seat) -> None:
    assert seat.words() == ["附件", "还没有附件。PDF、JPEG、PNG、TIFF，每份不超过 20 MB。"]
    assert part(seat.page, KeyButton, "attach").reason() == ""


def test_the_key_opens_the_dialog_for_several_files(seat: Seat) -> None:
    seat.qtbot.keyClick(seat.page.table(), Qt.Key.Key_M, CTRL)
    dialog = part(seat.page, QFileDialog)
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFiles
    assert "*.pdf" in dialog.nameFilters()[0]
    dialog.reject()
    assert seat.said == []


def test_what_is_added_stands_in_the_list(seat: Seat, tmp_path: Path) -> None:
    case = seat.cases[0]
    seat.add(scan(tmp_path, "公司章程.pdf"), scan(tmp_path, "住所证明.pdf", 3 << 20))
    assert seat.said == [(f"{case.case_no} 加了 2 份附件，会自动送到中心。", True)]
    assert seat.words() == [
        "附件 2 份", "公司章程.pdf", "住所证明.pdf", "391 KB·只在本机，排着送", "3.0 MB·只在本机，排着送",
    ]  # fmt: skip
    assert [one.attachment.name for one in attaching.attachments_of(seat.office, case.id)] == [
        "公司章程.pdf",
        "住所证明.pdf",
    ]
    assert attaching.attachments_of(seat.office, seat.cases[1].id) == ()


def test_they_belong_to_the_case_the_dialog_was_opened_for(seat: Seat, tmp_path: Path) -> None:
    part(seat.page, KeyButton, "attach").click()
    seat.page.table().select(seat.cases[1].id)
    seat.page.row_chosen.emit(seat.cases[1].id)
    seat.settle()
    dialog = part(seat.page, QFileDialog)
    dialog.filesSelected.emit([str(scan(tmp_path, "一份.pdf"))])
    dialog.close()
    seat.qtbot.waitUntil(lambda: len(seat.said) > 0, timeout=20_000)
    assert seat.cases[0].case_no in seat.said[0][0]
    assert len(attaching.attachments_of(seat.office, seat.cases[0].id)) == 1


def test_each_case_shows_its_own(seat: Seat, tmp_path: Path) -> None:
    seat.add(scan(tmp_path, "一份.pdf"))
    seat.page.row_chosen.emit(seat.cases[1].id)
    assert "一份.pdf" not in seat.words(), "not even while its own are being read"
    seat.settle()
    assert seat.words()[0] == "附件"
    seat.page.row_chosen.emit(seat.cases[0].id)
    seat.settle()
    assert "一份.pdf" in seat.words()


def test_a_bad_file_is_said_and_the_good_ones_stay(seat: Seat, tmp_path: Path) -> None:
    empty, word = tmp_path / "空.pdf", tmp_path / "章程.docx"
    empty.write_bytes(b"")
    word.write_bytes(b"PK\x03\x04")
    seat.add(scan(tmp_path, "好.pdf"), empty, word)
    ((text, good),) = seat.said
    assert not good
    assert text.startswith("“空.pdf”是空的，没有加。重新扫一份再加。还有 1 份也没加上。")
    assert text.endswith("加了 1 份附件，会自动送到中心。")
    assert len(seat.shown.lines) == 1


def test_while_one_is_being_kept_the_button_says_so(seat: Seat, tmp_path: Path) -> None:
    seat.page.files_chosen.emit(seat.cases[0].id, (str(scan(tmp_path, "大.pdf", 10 << 20)),))
    assert part(seat.page, KeyButton, "attach").reason() == ADDING
    seat.qtbot.waitUntil(lambda: len(seat.said) > 0, timeout=20_000)
    seat.settle()
    seat.settle()
    assert part(seat.page, KeyButton, "attach").reason() == ""


def put(office: Office, **values: object) -> None:
    words = ", ".join(f"{name} = :{name}" for name in values)
    with office.parts.vault._gate.begin() as connection:
        connection.exec_driver_sql(f"UPDATE blobs SET {words}", values)


@pytest.mark.parametrize(
    ("values", "lamp", "state"),
    [
        ({"attempts": 0}, "waiting", "只在本机，排着送"),
        ({"url": "/v1/uploads/x", "sent": 240_010}, "waiting", "正在送 60%"),
        ({"state": "there"}, "done", "中心已有"),
        ({"state": "stuck", "said": "中心没收，附件还在本机。"}, "unknown", "送不上去"),
    ],
)
def test_where_it_is(seat: Seat, tmp_path: Path, values: dict[str, object], lamp: str, state: str) -> None:
    seat.add(scan(tmp_path, "一份.pdf"))
    put(seat.office, **values)
    seat.refresh()
    (line,) = seat.shown.lines
    assert (line.lamp, line.state) == (lamp, f"391 KB·{state}")
    assert line.again == (lamp == "unknown")
    assert (str(values.get("said", "")) in seat.words()) == bool(values.get("said"))


def test_what_would_not_go_is_sent_again_by_its_link(seat: Seat, tmp_path: Path) -> None:
    seat.add(scan(tmp_path, "一份.pdf"))
    put(seat.office, state="stuck", attempts=8, said="中心没收。")
    seat.refresh()
    part(seat.page, KeyButton, "sendAgain").click()
    seat.qtbot.waitUntil(lambda: seat.shown.lines[0].lamp == "waiting", timeout=5000)
    (row,) = seat.office.parts.vault.blobs.due(1e12, 5)
    assert (row.state, row.attempts) == ("kept", 0)


def test_a_refresh_makes_no_line_anew(seat: Seat, tmp_path: Path) -> None:
    seat.add(scan(tmp_path, "一份.pdf"))
    before = part(seat.pane, Lamp)
    put(seat.office, url="/v1/uploads/x", sent=40_000)
    seat.refresh()
    assert part(seat.pane, Lamp) is before
    assert before.sentence() == "391 KB·正在送 9%"


def test_sizes_in_the_clerk_s_words() -> None:
    assert [size_words(size) for size in (1, 1500, 1 << 20, 19_500_000)] == ["1 KB", "1 KB", "1.0 MB", "18.6 MB"]

"""看附件 where a case is looked at: by keys, page after page, fetched where it lies elsewhere, and gone when the screen is covered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.cases.model import Case
from clerk_app.office.line import fetching
from clerk_app.office.line.attaching import attach
from clerk_app.office.office import Office
from tests.desk import cut_office, sit
from tests.office.pretend_blobs import PretendBlobs, away, scanned_at_three
from tests.ui.inbox.papers import page as jpeg
from tests.ui.inbox.papers import scanned
from tests.ui.parts import hand, part
from tests.visits import done, receive, serve
from ui.background import Background
from ui.cases.house import CasesHouse
from ui.cases.room import CasesRoom
from ui.papers.stage import PaperStage
from ui.widgets.key_button import KeyButton

CTRL = Qt.KeyboardModifier.ControlModifier
ELSEWHERE = b"P5 60 40 255\n" + bytes(2400)
"""A picture that needs no window system to be made."""
DIGEST = hashlib.sha256(ELSEWHERE).hexdigest()


@dataclass
class Seat:
    office: Office
    case: Case
    house: CasesHouse
    room: CasesRoom
    background: Background
    qtbot: QtBot
    said: list[tuple[str, bool]]

    def settle(self) -> None:
        for _ in range(3):
            self.qtbot.waitUntil(lambda: self.background.idle)

    def press(self, key: Qt.Key, mods: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(hand(), key, mods)
        self.settle()

    def open(self) -> PaperStage:
        self.room.open_whole(self.case.id)
        self.settle()
        return self.house.whole.stage

    @property
    def looks(self) -> int:
        return [row.kind for row in self.office.parts.vault.journal.rows((), 50)].count("look_at_attachment")


@pytest.fixture
def centre(monkeypatch: pytest.MonkeyPatch) -> PretendBlobs:
    monkeypatch.setattr(fetching, "PIECE", 1000)
    return PretendBlobs(whole={DIGEST: ELSEWHERE})


@pytest.fixture
def seat(qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path, centre: PretendBlobs) -> Iterator[Seat]:
    office = cut_office(tmp_path)
    office.parts = replace(office.parts, blob_centre=centre)
    case = receive(office, serve(office))
    for name, content in (("章程.pdf", scanned("章程", "第二页")), ("住所证明.jpg", jpeg("住所证明"))):
        (tmp_path / name).write_bytes(content)
        done(attach(office, case.id, tmp_path / name))
    scanned_at_three(office, case, "身份证.jpg", "image/jpeg", ELSEWHERE)
    background, house, said = Background(), CasesHouse(), list[tuple[str, bool]]()
    house.resize(1290, 700)
    front(house)
    room = CasesRoom(office, background, house, lambda: True)
    room.said.connect(lambda text, good: said.append((text, good)))
    yield Seat(office, case, house, room, background, qtbot, said)
    background.close()
    office.parts.vault.close()


def test_read_by_keys_page_after_page_and_each_file_is_one_record(seat: Seat) -> None:
    stage = seat.open()
    scan, bar = stage.pane.scan, stage.pane.bar
    before = hand()
    seat.press(Qt.Key.Key_M, CTRL)
    assert (stage.reading(), scan.has_image(), bar.sentence()) == (True, True, "第 1 页，共 2 页。")
    seat.press(Qt.Key.Key_Right)
    assert (bar.sentence(), seat.looks) == ("第 2 页，共 2 页。", 1)
    seat.press(Qt.Key.Key_Right)
    assert (bar.sentence(), seat.looks) == ("第 1 页，共 1 页。", 2)
    seat.press(Qt.Key.Key_Right)
    seat.press(Qt.Key.Key_Right)
    assert (scan.has_image(), stage.pane.bar.button("paperNextPaper")) == (True, None), (
        "fetched; nothing after the last"
    )
    seat.press(Qt.Key.Key_Left)
    assert (scan.has_image(), seat.looks) == (True, 3), "turned back to: the same look"
    seat.press(Qt.Key.Key_Escape)
    assert (stage.reading(), scan.has_image(), hand() is before) == (False, False, True)
    table = seat.house.whole.attached.table
    table.setFocus()
    table.select(table.rows()[1].id)
    seat.press(Qt.Key.Key_Return)
    assert stage.pane.scan.name.whole() == "第 2/3 份　住所证明.jpg"
    assert seat.looks == 4, "opened again it is another look"


def test_nothing_of_it_stays_when_the_screen_is_covered(seat: Seat) -> None:
    stage = seat.open()
    seat.press(Qt.Key.Key_M, CTRL)
    seat.house.hide()
    assert (stage.reading(), stage.pane.scan.has_image(), seat.room.whole.papers.reader._paper) == (False, False, None)
    seat.room.whole.papers.open(seat.case.id)
    seat.settle()
    assert not stage.reading(), "nor does it come up behind the cover"


def test_it_says_how_far_it_is_and_can_be_stopped(seat: Seat, centre: PretendBlobs) -> None:
    stage, wait = seat.open(), Event()
    centre.faults = [None, lambda: wait.wait(60) and None]  # type: ignore[list-item, return-value]
    seat.house.whole.attachment_wanted.emit("a-3")
    percent = 1000 * 100 // len(ELSEWHERE)
    seat.qtbot.waitUntil(lambda: stage.pane.bar.sentence() == f"正在取，{percent}%。")
    stage.pane.act.emit("paperStop")
    wait.set()
    seat.settle()
    assert "停下了" in stage.pane.scan.words()
    assert (stage.pane.scan.has_image(), seat.looks) == (False, 0)
    centre.faults = [away]
    seat.house.whole.attachment_wanted.emit("a-3")
    seat.settle()
    assert stage.pane.scan.words().startswith("线路断着，“身份证.jpg”是3号窗口的")
    centre.whole[DIGEST] = jpeg("别的", 300, 200)
    seat.house.whole.attachment_wanted.emit("a-3")
    seat.settle()
    assert "不是同一份" in stage.pane.scan.words()
    assert (stage.pane.scan.has_image(), seat.looks) == (False, 0)


def test_beside_the_list_by_its_own_button_and_not_for_everybody(seat: Seat) -> None:
    page = seat.house.list
    seat.room.refresh()
    seat.settle()
    seat.settle()
    part(page.detail, KeyButton, "lookAtAttachment").click()
    seat.settle()
    assert (page.stage.reading(), page.stage.pane.scan.has_image()) == (True, True)
    page.typed.emit("公司")
    seat.settle()
    assert not page.stage.reading(), "another list lies there now"
    sit(seat.office, "P111")
    seat.room.open_at_side(seat.case.id)
    seat.settle()
    seat.settle()
    assert not any(one.isVisible() for one in page.detail.findChildren(KeyButton, "lookAtAttachment"))
    stage = seat.open()
    assert not seat.house.whole.attached.look.isVisible()
    seat.room.whole.papers.open(seat.case.id)
    seat.settle()
    assert (seat.said[-1][0][:14], stage.reading()) == ("您的身份不看办件的附件，没有", False)

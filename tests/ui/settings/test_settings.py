"""设置 on a whole desk: a real store and log, a real round of looks, a real file for the support desk."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.backing_up.making import DeskBackups
from clerk_app.office.office import Office
from clerk_app.office.running import Running
from clerk_app.outside.log_file import logging_to
from clerk_app.outside.secrets import ForgetfulBox
from clerk_app.ports.doctor import Check, Finding
from clerk_app.probing.desk import DeskDoctor
from clerk_app.probing.place import Place
from clerk_app.settings import PrinterAt
from printers.desk import desk_lane
from tests.desk import cut_office
from tests.ui.one_desk import gets_up, one_desk, other_books, sits_down
from tests.ui.parts import part
from ui.desk import Desk
from ui.settings.pages import LogPage
from ui.widgets.field import Field

KEY = bytes(range(32))


class ShortDoctor(DeskDoctor):
    """The real looks but those that ask this very machine's drivers, and one fault by order."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.rounds, self.wrong = 0, True

    def checks(self) -> tuple[Check, ...]:
        self.rounds += 1
        fault = Finding("第二份", "bad", "第二份的地方找不到或写不进", "查网线或把盘插好，会自动接着存")
        real = [
            one for one in super().checks() if one.name not in ("扫描仪", "密钥环", "A4 打印机", "第二份", "数据夹")
        ]
        return (*real, Check("第二份", lambda: fault)) if self.wrong else tuple(real)


@pytest.fixture(scope="module")
def one(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with one_desk(qapp, tmp_path_factory.mktemp("settings")) as desk:
        desk.window.resize(1366, 768)
        yield desk


@pytest.fixture
def office(one: Desk, tmp_path: Path) -> Iterator[Office]:
    office = other_books(one, cut_office(tmp_path, KEY))
    box = ForgetfulBox()
    box.put("store-key", KEY)
    printers = (PrinterAt(name="前台", url="tcp://127.0.0.1:1"),)
    settings = replace(office.parts.settings, printers=printers, centre="http://127.0.0.1:1")
    doctor = ShortDoctor(Place(folder=tmp_path, settings=settings, box=box))
    backups = DeskBackups(settings, box, office.parts.clock.now)
    office.parts = replace(office.parts, settings=settings, doctor=doctor, backups=backups)
    with logging_to(tmp_path):
        yield office


@pytest.fixture
def desk(qtbot: QtBot, one: Desk, office: Office) -> Iterator[Desk]:
    sits_down(one, Running(office, desk_lane(office.parts.vault.spool, "")), qtbot)
    yield one
    gets_up(one, qtbot)


def settled(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.background.idle)


def words_on(page: QWidget) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def sentence(desk: Desk) -> str:
    return part(desk.settings.house.checkup, QLabel, "nextStepSentence").text()


def test_the_looks_run_once_at_opening_the_worst_on_top_and_again_by_key(qtbot: QtBot, desk: Desk) -> None:
    doctor = desk.office.parts.doctor
    assert isinstance(doctor, ShortDoctor)
    assert doctor.rounds == 0
    qtbot.keyClick(desk.window, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    assert desk.shell.current_page() == "settings"
    assert sentence(desk).startswith("正在查")
    settled(desk, qtbot)
    rows = desk.settings.house.checkup.table.rows()
    told = {row.id: (row.cell(1).text, row.cell(2).text, row.cell(2).note) for row in rows}
    assert told["第二份"] == ("要修", "第二份的地方找不到或写不进", "查网线或把盘插好，会自动接着存")
    assert told["中心"][0] == "要修"
    assert told["流水"][:2] == ("好", "0 条一条接一条，都对得上")
    assert told["打印机"][0] == "查不出"
    words = [row.cell(1).text for row in rows]
    assert words == sorted(words, key=["要修", "留意", "查不出", "好"].index)
    assert {row.cell(1).tone for row in rows} <= {"warn", "ink2", "ok"}
    desk.shell.show_page("counter")
    desk.shell.show_page("settings")
    settled(desk, qtbot)
    assert doctor.rounds == 1
    doctor.wrong = False
    qtbot.keyClick(desk.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled(desk, qtbot)
    assert doctor.rounds == 2
    assert "第二份" not in {row.id for row in desk.settings.house.checkup.table.rows()}


def test_the_sheet_goes_to_a_file_without_anybody_in_it(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "sheet.txt"
    monkeypatch.setattr("ui.settings_rooms.QFileDialog.getSaveFileName", lambda *_: (str(file), ""))
    desk.shell.show_page("settings")
    settled(desk, qtbot)
    part(desk.settings.house.checkup, QPushButton, "save").click()
    settled(desk, qtbot)
    text = file.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].startswith("江州市政务服务中心 2号窗口 体检 2026-11-20")
    assert text.index("✗ 第二份") < text.index("✓ 流水")
    assert str(tmp_path) not in text
    assert "许可心" not in text
    monkeypatch.setattr("ui.settings_rooms.QFileDialog.getSaveFileName", lambda *_: (str(tmp_path / "no" / "x"), ""))
    part(desk.settings.house.checkup, QPushButton, "save").click()
    settled(desk, qtbot)
    assert desk.shell.status.text() == "没有存成，那里写不进。换个地方再存。"


def test_the_log_is_shown_newest_first_and_filtered(qtbot: QtBot, desk: Desk) -> None:
    log = logging.getLogger("clerk_app.test_settings")
    log.warning("no line to %s", "一个地方")
    log.error("print job stopped")
    desk.shell.show_page("settings")
    desk.settings.house.show_view("log")
    settled(desk, qtbot)
    page = part(desk.settings.house, LogPage)
    lines = page.lines.toPlainText().splitlines()
    assert lines[0].endswith("print job stopped")
    assert any(line.endswith("no line to …") for line in lines)
    part(page, Field).set_text("PRINT job")
    assert [line for line in page.lines.toPlainText().splitlines() if "no line" in line] == []
    part(page, Field).set_text("没有这个字")
    assert page.lines.toPlainText() == "日志里没有“没有这个字”，换个字再找。"
    settled(desk, qtbot)


def test_a_backup_is_made_by_key_beside_the_work(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = tmp_path / "share"
    monkeypatch.setattr("ui.settings_rooms.QFileDialog.getExistingDirectory", lambda *_: str(share))
    desk.shell.show_page("settings")
    desk.settings.house.show_view("backup")
    settled(desk, qtbot)
    assert "还没有做过" in words_on(desk.settings.house.backup)
    button = desk.settings.house.backup.bar.filled()
    assert button is not None
    button.click()
    settled(desk, qtbot)
    assert desk.shell.status.text().startswith("备份没有做成")
    share.mkdir()
    qtbot.keyClick(desk.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled(desk, qtbot)
    (file,) = share.iterdir()
    assert file.name.startswith("JZ01-2号窗口-20261120-")
    assert (
        desk.shell.status.text() == f"备份好了：0 条流水、0 份附件，{file.stat().st_size / (1 << 20):.1f} MB，已核对。"
    )
    qtbot.waitUntil(lambda: file.name in words_on(desk.settings.house.backup))


def test_this_machine_is_told_and_everybody_has_the_page(qtbot: QtBot, desk: Desk, office: Office) -> None:
    desk.shell.show_page("settings")
    desk.settings.house.show_view("machine")
    qtbot.waitUntil(lambda: "没有 desk.toml" in words_on(desk.settings.house.machine))
    for words in ("江州市政务服务中心", "2号窗口", "http://127.0.0.1:1", "前台"):
        assert words in words_on(desk.settings.house.machine)
    settled(desk, qtbot)
    assert office.session is not None
    office.session = replace(office.session, person=office.hall.roster.people["P110"])
    desk._enter(office.session)
    settled(desk, qtbot)
    shown = [key for key, _, _ in desk.shell.rail.shown()]
    assert shown[-1] == "settings"
    assert "counter" not in shown
    desk.shell.show_page("settings")
    qtbot.keyClick(desk.window, Qt.Key.Key_F2)
    assert desk.shell.current_page() == "settings"
    settled(desk, qtbot)

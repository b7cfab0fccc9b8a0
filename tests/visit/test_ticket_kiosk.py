"""`main.py --kiosk` as a program of its own on a real screen: a finger takes a ticket, the line is cut and comes back, nothing is lost or doubled."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from printers.desk import slip_picture
from printers.virtual import VirtualPrinter
from tests.faults.centres import CODE, CentreProcess, prepare
from tests.visit.conftest import ROOT

pytestmark = pytest.mark.process

TAP = """
import json, os, sys, traceback
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
import main as program
import clerk_app.starting as starting
import ui.kiosk.opening as opening
from clerk_app.outside.secrets import ForgetfulBox
from ui.kiosk.ticket_words import ANY_ITEM
from ui.tour.hands import until

folder = Path(sys.argv[1])
box = ForgetfulBox()
starting.desk_box = lambda *_: box
made = []
class Seen(opening.KioskFront):
    def __init__(self, *parts, **more):
        super().__init__(*parts, **more)
        made.append(self)
opening.KioskFront = Seen
real = program.make_application

def tap(button):
    until(lambda: button.isVisible(), button.accessibleName())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

def shown(front, page):
    until(lambda: front.window.pages.currentWidget() is page, page.objectName())

def take(front, name):
    shown(front, front.home)
    tap(front.home.grid.tile("take"))
    shown(front, front.taking.services)
    tap(front.taking.services.grid.tile("B"))
    shown(front, front.taking.items)
    front.taking.items.grid.chosen.emit(ANY_ITEM)
    shown(front, front.taking.person)
    tap(front.taking.person.skip)
    for _ in range(2):
        QTest.mouseClick(front.taking.person.skip, Qt.MouseButton.LeftButton)
    shown(front, front.handing.number)
    front.window.grab().save(str(folder / f"{name}.png"))
    words = front.handing.number.words()
    tap(front.handing.number.button)
    return words

def ask(what):
    print(what, flush=True)
    assert sys.stdin.readline().strip() == "done"

def visit():
    try:
        tell()
    except BaseException:
        traceback.print_exc()
        os._exit(3)

def tell():
    front = made[0]
    machine = front.machine
    seen = {"screen": [front.window.width(), front.window.height()], "full": front.window.isFullScreen()}
    until(lambda: machine.lines is not None and front._background.idle, "first turn", 90)
    seen["platform"] = program.QtName()
    seen["home"] = front.home.words()
    seen["first"] = take(front, "first")
    ask("cut")
    seen["cut"] = take(front, "cut")
    seen["second_cut"] = take(front, "second_cut")
    ask("join")
    front._turn()
    until(lambda: all(row.told for row in machine.kept.rows()), "told", 60)
    seen["last"] = take(front, "last")
    until(lambda: all(row.told for row in machine.kept.rows()), "all told", 60)
    (folder / "seen.json").write_text(json.dumps(seen, ensure_ascii=False), encoding="utf-8")
    front.window.close()

def make(**words):
    app = real(**words)
    program.QtName = app.platformName
    QTimer.singleShot(0, visit)
    return app

program.make_application = make
sys.exit(program.main(["--kiosk", "--data-dir", str(folder / "kiosk")]))
"""


@pytest.fixture
def display(need_program: Callable[[str, str], str]) -> Iterator[str]:
    """A standing screen."""
    xvfb = need_program("Xvfb", "xvfb")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [xvfb, "-displayfd", str(writing), "-screen", "0", "1080x1920x24", "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as line:
            yield f":{line.readline().strip()}"
    finally:
        server.terminate()
        server.wait(20)


def tickets(database: Path) -> dict[str, tuple[str, bool]]:
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT number, state, reserve FROM tickets").fetchall()
    assert len({row[0] for row in rows}) == len(rows)
    return {number: (state, bool(reserve)) for number, state, reserve in rows}


def test_a_ticket_a_cut_and_its_end(tmp_path: Path, display: str) -> None:
    database, folder = tmp_path / "centre.db", tmp_path / "kiosk"
    prepare(f"sqlite:///{database}")
    centre = CentreProcess(f"sqlite:///{database}", tmp_path / "centre.log").start()
    folder.mkdir()
    with VirtualPrinter() as printer:
        lines = ("window = 1", f'centre = "{centre.url}"', f'printer = "{printer.url}"')
        (folder / "desk.toml").write_text("\n".join(lines), encoding="utf-8")
        surroundings = {
            **os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "CLERK_ENROLMENT_CODE": CODE,
        }  # fmt: skip
        child = subprocess.Popen(
            [sys.executable, "-c", TAP, str(tmp_path)],
            cwd=ROOT, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            for order, act in (("cut", centre.kill), ("join", centre.start)):
                said = child.stdout.readline().strip()
                assert said == order, (said, child.communicate(timeout=20)[1][-3000:])
                act()
                child.stdin.write("done\n")
                child.stdin.flush()
            _, errors = child.communicate(timeout=180)
        finally:
            child.kill()
            centre.kill()
        assert child.returncode == 0, errors[-3000:]
        jobs = list(printer.jobs)
    seen = json.loads((tmp_path / "seen.json").read_text("utf-8"))
    assert (seen["platform"], seen["screen"], seen["full"]) == ("xcb", [1080, 1920], True)
    assert all(words in seen["home"] for words in ("取号", "我有预约", "自助填表", "补打"))
    found = tickets(database)
    assert len(jobs) == 4, "one paper a ticket, however often it was tapped"
    assert all(slip_picture(job).startswith(b"\x89PNG") for job in jobs)
    assert seen["first"].startswith("B001 ")
    assert seen["last"].startswith("B002 ")
    cut = [seen["cut"].split()[0], seen["second_cut"].split()[0]]
    assert all("号窗口 等" in seen[name] for name in ("cut", "second_cut"))
    assert all(int(number[1:]) > 700 for number in cut)
    assert {number: found[number] for number in ("B001", "B002", *cut)} == {
        "B001": ("waiting", False), "B002": ("waiting", False), **dict.fromkeys(cut, ("waiting", True)),
    }  # fmt: skip
    assert all(state == "void" for number, (state, _) in found.items() if number not in ("B001", "B002", *cut))

"""The real window under Xvfb: a picture that is not blank, and its words as a screen reader finds them."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.visit.conftest import ROOT

pytestmark = pytest.mark.process

LOOK = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
import main as program
import ui.starting as starting
from ui.tour.hands import until, write, press

def words(node, found):
    if node is None or not node.isValid():
        return
    found.append(node.text(QAccessible.Text.Name))
    for index in range(node.childCount()):
        words(node.child(index), found)

def look(opening, folder):
    QAccessible.setActive(True)
    until(lambda: opening.desk is not None, "desk", 60)
    desk = opening.desk
    seen = {}
    found = []
    words(QAccessible.queryAccessibleInterface(desk.window), found)
    seen["sign_in"] = found
    write(desk.sign_in_page, "工号", "P203")
    write(desk.sign_in_page, "密码", "lian-xi-203")
    press(desk.sign_in_page, "登录")
    until(lambda: desk.shell.isVisible() and desk.rooms.counter.state is not None and desk.background.idle, "shell")
    found = []
    words(QAccessible.queryAccessibleInterface(desk.window), found)
    seen["shell"] = found
    seen["title"] = desk.window.windowTitle()
    seen["platform"] = QApplication.platformName()
    shot = QApplication.primaryScreen().grabWindow(desk.window.winId())
    shot.save(str(folder / "window.png"))
    image = shot.toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    seen["colours"] = len(colours)
    seen["size"] = [image.width(), image.height()]
    (folder / "seen.json").write_text(json.dumps(seen, ensure_ascii=False))
    return 0

from pathlib import Path
folder = Path(sys.argv[1])
def run(app, opening, tour, *, quit_when_ready):
    opening.start()
    try:
        return look(opening, folder)
    finally:
        opening.close()
program.run = run
sys.exit(program.main(["--demo", "--data-dir", str(folder / "data")]))
"""


def test_a_real_window_shows_its_pages(tmp_path, need_program):
    xvfb = need_program("Xvfb", "xvfb")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [xvfb, "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as line:
            display = f":{line.readline().strip()}"
        surroundings = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        done = subprocess.run(
            [sys.executable, "-c", LOOK, str(tmp_path)],
            cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
    finally:
        server.terminate()
        server.wait(20)
    assert done.returncode == 0, done.stderr
    seen = json.loads((tmp_path / "seen.json").read_text(encoding="utf-8"))
    assert seen["platform"] == "xcb"
    assert "演练" in seen["title"]
    assert "2号窗口" in seen["title"]
    assert seen["size"][0] >= 1200
    assert seen["colours"] > 50
    sign_in, shell = " ".join(seen["sign_in"]), " ".join(seen["shell"])
    assert "登录" in sign_in
    for page in ("叫号", "办件", "打印", "同步"):
        assert page in shell

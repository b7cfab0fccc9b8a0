"""`main.py --kiosk --demo` as a program of its own: it opens without anybody signing in, and what is filled in reaches its centre."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.visit.conftest import ROOT

pytestmark = pytest.mark.process

FILL = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
import main as program
import ui.kiosk.opening as opening
from ui.tour.hands import until

folder = Path(sys.argv[1])
made = []
class Seen(opening.Kiosk):
    def __init__(self, *parts, **more):
        super().__init__(*parts, **more)
        made.append(self)
opening.Kiosk = Seen
real = program.make_application

def fill():
    kiosk = made[0]
    window = kiosk.window
    seen = {"session": kiosk._office.session is not None, "full": window.isFullScreen(), "title": window.windowTitle()}
    window.welcome.practice.click()
    until(lambda: window.form is not None, "form")
    window.form.changed.emit("/company/trade_name", "岚栎舟")
    kiosk.form.go_to("review")
    window.form.sheet.bar.button("formNext").click()
    until(lambda: window.pages.currentWidget() is window.end, "end")
    seen["end"] = window.end.words()
    (folder / "seen.json").write_text(json.dumps(seen, ensure_ascii=False), encoding="utf-8")
    window.close()

def make(**words):
    app = real(**words)
    QTimer.singleShot(0, fill)
    return app

program.make_application = make
sys.exit(program.main(["--kiosk", "--demo", "--data-dir", str(folder / "data")]))
"""


def test_the_self_fill_place_opens_and_hands_in(tmp_path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.run(
        [sys.executable, "-c", FILL, str(tmp_path)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr[-3000:]
    seen = json.loads((tmp_path / "seen.json").read_text("utf-8"))
    assert (seen["session"], seen["full"], seen["title"]) == (False, True, "演练 · 自助机")
    assert "交上去了" in seen["end"]
    assert "9 步里填了 1 步" in seen["end"]

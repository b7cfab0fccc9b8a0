from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

SCRIPT = """
import json, logging, os, sys, tempfile
import printers.render, printers.transports, printers.lane, printers.discovery, printers.test_page
printers.render.SlipRenderer(48)
printers.transports.link_of('usb://04b8:0202'), printers.transports.link_of('serial://COM3')
cold = [name for name in ("escpos", "qrcode", "serial", "usb", "zeroconf", "PySide6") if name in sys.modules]
before = dict(os.environ)
from printers.render import SlipRenderer
from tests.printers.papers import RECEIPT
size = len(SlipRenderer(48).make(RECEIPT))
print(json.dumps({
    "cold": cold, "size": size, "handlers": len(logging.root.handlers),
    "temp": os.listdir(tempfile.gettempdir()), "environ": before == dict(os.environ),
}))
"""


def run(tmp_path, cache):
    (tmp_path / "temp").mkdir(exist_ok=True)
    environ = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    environ |= {"TMPDIR": str(tmp_path / "temp"), "XDG_CACHE_HOME": str(cache)}
    command = [sys.executable, "-W", "error", "-c", SCRIPT]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_escpos_is_loaded_late_quietly_and_leaves_nothing_in_the_temp_folder(tmp_path):
    seen = run(tmp_path, tmp_path / "cache")
    assert seen["cold"] == []
    assert seen["size"] > 1000
    assert seen["handlers"] == 0
    assert seen["temp"] == []
    assert seen["environ"]
    assert not (tmp_path / "cache").exists()

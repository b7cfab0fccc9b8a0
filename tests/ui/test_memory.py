"""What keeps the program small: PySide reads no sources, and one heap serves all threads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READS = """
import linecache
from ui.application import make_application
app = make_application(screen=False)
import ui.queueing.page
print([name for name in linecache.cache if "queueing" in name])
"""
RARE = """
import sys
import ui.desk, clerk_app.starting, printers.desk, printers.pages
print([name for name in ("pyhanko", "lxml", "aiohttp", "escpos", "zeroconf", "pkcs11", "holidays") if name in sys.modules])
"""


@pytest.mark.process
@pytest.mark.parametrize("program", [READS, RARE], ids=["no source is kept", "what is rarely needed waits"])
def test_nothing_is_kept_that_no_desk_needs(program: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120
    )
    assert ended.stdout == "[]\n", ended.stderr

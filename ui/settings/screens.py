"""看屏幕和字 how many screens, whether our faces came, whether a rare name can be drawn: `python -m ui.settings.screens`.

A display that does not answer takes a Qt program down with it; so a look without a desk is a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QTextLayout

from clerk_app.office.doctor.machine import ScreenFacts
from ui import fonts

RARE = "𠮷"
"""Of the second plane (U+20BB7): people are called so, and few faces have it."""
_SECONDS = 12.0
_OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def screen_facts(*, shown: bool = True) -> ScreenFacts:
    """On the GUI thread of a running application."""
    bundled = fonts.load_bundled()
    return ScreenFacts(
        screens=len(QGuiApplication.screens()) if shown else None,
        bundled=len(bundled) >= len(fonts.BUNDLED),
        rare=_drawn(RARE),
    )


def facts_apart(*, shown: bool) -> ScreenFacts:
    """By a process of its own; a display that takes it down is as none."""
    facts = _ask({}) if shown else None
    return facts or _ask(_OFFSCREEN) or ScreenFacts(screens=None, bundled=False, rare=False)


def _ask(more: dict[str, str]) -> ScreenFacts | None:
    command = [sys.executable, "-m", "ui.settings.screens"]
    root = Path(__file__).resolve().parents[2]
    try:
        done = subprocess.run(
            command, cwd=root, env={**os.environ, **more}, capture_output=True, timeout=_SECONDS / 2, check=False
        )
        said = json.loads(done.stdout) if done.returncode == 0 else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return None if said is None else ScreenFacts(None if more else said["screens"], said["bundled"], said["rare"])


def _drawn(text: str) -> bool:
    layout = QTextLayout(text, fonts.make(16))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    return bool(runs) and all(index for run in runs for index in run.glyphIndexes())


def main() -> int:
    """Says it as JSON."""
    app = QGuiApplication(sys.argv[:1])
    facts = screen_facts()
    print(json.dumps({"screens": facts.screens, "bundled": facts.bundled, "rare": facts.rare}))  # noqa: T201
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main())

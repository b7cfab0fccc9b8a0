"""The program as it is started, with a screen reader beside it: what is on screen is written down whenever it changes.

python -m tests.ui.spoken_desk FOLDER: `FOLDER/data` is its data, `FOLDER/said.jsonl` what was seen, `FOLDER/slips` what was printed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QTableView

import main as program
from ui import starting
from ui.starting import Opening
from ui.widgets.key_button import KeyButton

EVERY_MS = 60


def nodes(node: QAccessibleInterface | None) -> Iterator[QAccessibleInterface]:
    """All that is on screen below it."""
    if node is None or not node.isValid() or node.state().invisible:
        return
    yield node
    if not isinstance(node.object(), QTableView):
        for place in range(node.childCount()):
            yield from nodes(node.child(place))


class Reader:
    """Looks, and writes a line when it sees something else than before."""

    def __init__(self, opening: Opening, folder: Path) -> None:
        self._opening, self._folder = opening, folder
        self._before: dict[str, Any] = {}
        self._timer = QTimer()
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY_MS)

    def look(self) -> None:
        window, hand = QApplication.activeWindow(), QApplication.focusWidget()
        spoken = QAccessible.queryAccessibleInterface(hand) if hand is not None else None
        seen: dict[str, Any] = {
            "window": window.windowTitle() if window is not None else "",
            "hand": spoken.text(QAccessible.Text.Name) if spoken is not None else "", "kind": type(hand).__name__,
            "page": self._opening.desk.shell.current_page() if self._opening.desk is not None else "",
            "words": [], "typed": {}, "steps": [],
        }  # fmt: skip
        for node in nodes(QAccessible.queryAccessibleInterface(window)) if window is not None else ():
            name, what = node.text(QAccessible.Text.Name), node.object()
            if node.role() == QAccessible.Role.EditableText and "密码" not in name:
                seen["typed"][name] = node.text(QAccessible.Text.Value)
            if isinstance(what, KeyButton) and what.kind() == "next":
                seen["steps"].append(name)
            if name:
                seen["words"].append(name)
        seen["slips"] = self._slips()
        if seen != self._before:
            self._before = seen
            with (self._folder / "said.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(seen, ensure_ascii=False) + "\n")

    def _slips(self) -> int:
        if self._opening.showing is None:
            return 0
        slips = self._opening.showing.slips()
        (self._folder / "slips").mkdir(exist_ok=True)
        for number, slip in enumerate(slips):
            paper = self._folder / "slips" / f"{number}.bin"
            if not paper.exists():
                paper.write_bytes(slip)
        return len(slips)


def main(folder: Path) -> int:
    def run(app: QApplication, opening: Opening, *rest: Any, **more: Any) -> int:
        QAccessible.setActive(True)
        reader = Reader(opening, folder)
        ended = starting.run(app, opening, *rest, **more)
        del reader
        return ended

    program.run = run
    return program.main(["--demo", "--data-dir", str(folder / "data")])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

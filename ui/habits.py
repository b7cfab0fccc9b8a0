"""本机习惯 what a machine remembers of its own screen (where the bar stood, which keys it takes): one small file, no secret in it."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from pathlib import Path

FILE = "habits.json"
Memory = tuple[Callable[[], str], Callable[[str], None]]
"""How one part is read, and kept, as text."""


class Habits:
    """本机习惯 by name; an unreadable file is an empty one, and a full disk costs a habit, nothing else."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def part(self, name: str) -> Memory:
        """One part's own reading and keeping."""
        return lambda: self._read().get(name, ""), lambda text: self._keep(name, text)

    def _read(self) -> dict[str, str]:
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(name): str(text) for name, text in kept.items()} if isinstance(kept, dict) else {}

    def _keep(self, name: str, text: str) -> None:
        whole = self._read() | {name: text}
        beside = self._file.with_suffix(".new")
        with contextlib.suppress(OSError):
            beside.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
            os.replace(beside, self._file)

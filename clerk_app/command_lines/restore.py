"""恢复 `main.py --restore FILE [--older]`: with this desk's own keys, the client closed; a sentence and an exit code."""

from __future__ import annotations

import sys
from pathlib import Path

from clerk_app.backing_up.restoring import Desk, restore
from clerk_app.command_lines.desk_keys import DeskKeys
from clerk_app.command_lines.spoken import UnreadableError
from clerk_app.office.store_state import MARK
from clerk_app.ports.backup import BackupTrouble


def run_restore(file: Path, folder: Path, window: int, *, older: bool) -> int:
    """0 done, 1 refused, 2 without keys."""
    keys = DeskKeys(folder)

    def mark() -> bytes | None:
        try:
            return keys.secret(MARK)
        except UnreadableError:
            return None

    try:
        desk = Desk(folder=folder, window=window, key=keys.secret("store-key"), mark=mark)
        print(restore(file, desk, older=older).sentence, file=sys.stderr)  # noqa: T201
    except UnreadableError as trouble:
        print(trouble, file=sys.stderr)  # noqa: T201
        return 2
    except BackupTrouble as trouble:
        print(trouble, file=sys.stderr)  # noqa: T201
        return 1
    return 0

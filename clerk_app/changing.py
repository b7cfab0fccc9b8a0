"""改换 what is done to the program itself once the office is closed: take what waits, go back, start again."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from clerk_app.backing_up.making import DeskBackups
from clerk_app.backing_up.switching import Switch
from clerk_app.command_lines.desk_keys import DeskKeys
from clerk_app.command_lines.spoken import UnreadableError
from clerk_app.office.office import Office
from clerk_app.outside.program_here import LAUNCHED, LAUNCHER, RUNNING
from clerk_app.ports.updates import UpdateTrouble
from clerk_app.settings import Settings
from clerk_app.starting import desk_switch, update_place


def switch_of(office: Office) -> Switch | None:
    """For when this office is closed; None where programs are not replaced."""
    parts = office.parts
    return None if parts.updates is None else desk_switch(parts.settings, parts.box, parts.clock.now)


def mark_up(folder: Path, *, asks: bool) -> None:
    """起来了 raises OSError."""
    update_place(Settings(data_dir=folder, centre="", window=0)).mark_up(asks=asks)


def taken(act: Callable[[], str], words: Sequence[str], *, again: bool) -> int:
    """Done or not, the window opens again where somebody waits for it: the page says what came of it."""
    try:
        print(act(), file=sys.stderr)  # noqa: T201
    except UpdateTrouble as trouble:
        print(trouble, file=sys.stderr)  # noqa: T201
    if again:
        start_again(words)
    return 0


def go_back_by_hand(folder: Path) -> int:
    """退回 by `--return`, the window closed: 0 done, 1 refused. A password is asked for only where the store is to be looked at."""
    keys, settings = DeskKeys(folder), Settings(data_dir=folder, centre="", window=0)

    def key() -> bytes | None:
        try:
            return keys.secret("store-key")
        except UnreadableError as trouble:
            raise UpdateTrouble(str(trouble)) from None

    backups = DeskBackups(settings, None, lambda: datetime.now(UTC))
    try:
        said = Switch(settings=settings, place=update_place(settings), key=key, backups=backups).go_back()
    except UpdateTrouble as trouble:
        print(trouble, file=sys.stderr)  # noqa: T201
        return 1
    print(said, file=sys.stderr)  # noqa: T201
    return 0


def start_again(words: Sequence[str]) -> NoReturn:
    """By the launcher, which reads the pointer anew; run from source, the same program once more."""
    launcher = os.environ.get(LAUNCHER, "")
    for name in (LAUNCHED, RUNNING):
        os.environ.pop(name, None)
    command = [launcher, *words] if launcher else [sys.executable, sys.argv[0], *words]
    os.execv(command[0], command)

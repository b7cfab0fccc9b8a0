"""SIGKILL while a clerk types: what stands on the disk is all but the last keystroke, and the page takes it up again."""

from __future__ import annotations

import random
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.office.office import Office
from clerk_app.registration.document import get
from tests.desk import StandingClock, cut_office
from tests.ui.registration.endless_typist import LETTERS, PLACE
from ui.background import Background
from ui.registration.page import FormPage
from ui.registration.presenter import FormPresenter

pytestmark = pytest.mark.process


def typed_until_killed(folder: Path, key: bytes, least: int) -> tuple[str, int]:
    """The case, and how many keystrokes were said to be on the disk."""
    command = [sys.executable, "-m", "tests.ui.registration.endless_typist", str(folder), key.hex()]
    root = Path(__file__).parents[3]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        case = child.stdout.readline().removeprefix("case ").strip()
        while case and int(child.stdout.readline() or least) < least:
            pass
        ended = child.poll()
        child.kill()
        rest = child.stdout.read().split()
        assert (bool(case), ended) == (True, None), child.stderr.read()
    return case, max([least, *(int(line) for line in rest if line.isdecimal())])


@pytest.fixture
def killed(tmp_path: Path) -> tuple[Office, str, int]:
    key = secrets.token_bytes(32)
    case, typed = typed_until_killed(tmp_path, key, random.randrange(5, 40))
    return cut_office(tmp_path, key, fill=False, clock=StandingClock()), case, typed


def test_a_kill_loses_at_most_the_last_keystroke(
    qtbot: QtBot, front: Callable[..., QWidget], killed: tuple[Office, str, int]
) -> None:
    office, case, typed = killed
    background, page = Background(), FormPage()
    presenter = FormPresenter(office, background, page)
    front(page)
    presenter.open_case(case)
    qtbot.waitUntil(lambda: background.idle, timeout=10_000)
    wanted = "".join(LETTERS[number % 26] for number in range(1, typed + 2))
    assert get(presenter.document, PLACE) in (wanted, wanted[:-1])
    presenter.save_now()
    qtbot.waitUntil(lambda: background.idle, timeout=10_000)
    assert office.parts.vault.typed.left(case) == (), "saved by a command, it is nothing left over any more"
    draft = office.read(lambda books: books.form(case))
    assert draft is not None
    assert get(draft.document, PLACE) in (wanted, wanted[:-1])
    background.close()
    office.parts.vault.close()

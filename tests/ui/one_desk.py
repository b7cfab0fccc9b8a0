"""一张桌 one desk for a whole file of tests, because its pages take seconds to make: clerk after clerk, each over books of his own."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clerk_app.office.events import LineState
from clerk_app.office.office import Office
from clerk_app.office.running import Running
from printers.desk import desk_lane
from tests.desk import cut_office
from ui import theme
from ui.desk import Desk
from ui.front_door import FrontDoor
from ui.rooms import Hands


def paper(_: bytes) -> bytes:
    """Of no slip in particular."""
    out = io.BytesIO()
    Image.new("L", (40, 60), 255).save(out, format="PNG")
    return out.getvalue()


@contextmanager
def one_desk(app: QApplication, folder: Path) -> Iterator[Desk]:
    """Nobody has sat down at it yet. For a fixture of the module: what dresses the tests has not begun."""
    if app.property("desk_fonts") is None:
        theme.apply(app)
    office = cut_office(folder)
    running = Running(office, desk_lane(office.parts.vault.spool, ""))
    desk = Desk(office, Hands(running, paper), FrontDoor({}, training=True))
    try:
        yield desk
    finally:
        desk.close()
        desk.window.deleteLater()
        office.parts.vault.close()


def other_books(desk: Desk, fresh: Office) -> Office:
    """The desk's own office, with everything another one has; the store it had is closed."""
    before = desk.office.parts.vault
    desk.office.parts, desk.office.session = fresh.parts, fresh.session
    before.close()
    return desk.office


def sits_down(desk: Desk, running: Running, qtbot: QtBot) -> None:
    """As after a sign-in, at a desk that has said nothing yet."""
    vars(desk.hands.running).update(vars(running))
    desk._line = LineState(connected=False)
    desk.shell.say("")
    with qtbot.waitActive(desk.window):
        desk.window.show()
        desk.window.activateWindow()
    assert desk.office.session is not None
    desk._enter(desk.office.session)
    qtbot.waitUntil(lambda: desk.rooms.counter.state is not None and desk.background.idle)


def gets_up(desk: Desk, qtbot: QtBot) -> None:
    """And everything that was begun has ended."""
    qtbot.waitUntil(lambda: desk.background.idle)
    desk.leave()
    qtbot.waitUntil(lambda: desk.office.session is None and desk.background.idle)

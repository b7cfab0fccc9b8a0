"""A machine that was given up comes alive again after its work was brought in: nothing is done twice, and an old disk acts no more."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.office.counter.visit import take_ticket
from clerk_app.ports.recovery import Signatory
from clerk_app.store.engine import open_for_reading
from clerk_app.store.gate import Gate
from clerk_app.store.unsent import UnsentBook
from tests.faults.centres import CentreProcess, prepare
from tests.faults.windows import FileBox, Window
from tests.visits import whole_visit

pytestmark = pytest.mark.process
PEOPLE = (Signatory("P101", "lian-xi-101"), Signatory("P204", "lian-xi-204"))


class Revival:
    """Window 2 made two visits in a cut; its disk was copied after the first; window 3 brought both in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        database = f"sqlite:///{folder / 'centre.db'}"
        prepare(database)
        self.centre = CentreProcess(database, folder / "centre.log").start()
        window2 = Window(folder / "window2", self.centre.url, 2).open().sign_in()
        window2.drain()
        self.centre.kill()
        whole_visit(window2.office)
        window2.close()
        shutil.copytree(folder / "window2", folder / "early")
        window2 = Window(folder / "window2", self.centre.url, 2).open().sign_in()
        whole_visit(window2.office)
        window2.close()
        self.centre.start()
        self.states = self.bring_in()

    def bring_in(self) -> set[str]:
        key = FileBox(self.folder / "window2" / "keys.json").get("store-key")
        assert key is not None
        book = UnsentBook(Gate(open_for_reading(self.folder / "window2" / "counter.db", key)))
        heading, rows = book.heading(), book.unsent()
        book.close()
        window3 = Window(self.folder / "window3", self.centre.url, 3).open()
        recovery = window3.office.parts.recovery
        assert recovery is not None
        word = recovery.admit(heading.head.device, *PEOPLE).recovery
        verdicts = recovery.bring_in(heading.head.device, word, [row.sent for row in rows])
        window3.close()
        return {verdict.state for verdict in verdicts}

    def close(self) -> None:
        self.centre.kill()


@pytest.fixture
def revival(tmp_path: Path) -> Iterator[Revival]:
    with closing(Revival(tmp_path)) as revival:
        yield revival


def test_the_whole_disk_finds_everything_known_and_an_old_one_stands_still(revival: Revival) -> None:
    assert revival.states == {"applied"}
    old = Window(revival.folder / "early", revival.centre.url, 2).open()
    old.keeper.round()
    old.sign_in()
    refused = take_ticket(old.office, "A")
    assert isinstance(refused, Refusal)
    assert refused.type == "store-old-copy"
    old.close()
    whole = Window(revival.folder / "window2", revival.centre.url, 2).open()
    whole.drain()
    whole.sign_in()
    whole_visit(whole.office)
    whole.drain()
    assert set(whole.tally()) == {"applied"}
    whole.close()

"""Opening: the door first, the office behind it, then the desk; from then on only what is new is swept."""

from __future__ import annotations

import gc

from printers.lane import Lane
from printers.pages import QtPageMaker
from tests.desk import cut_office
from tests.ui.test_desk import DoubtfulLink, paper
from ui.front_door import FrontDoor
from ui.starting import Opening, Showing


def test_what_was_opened_is_not_swept_while_the_desk_stands(qtbot, tmp_path):
    office = cut_office(tmp_path)
    lane = Lane(office.parts.vault.spool, DoubtfulLink(), office.parts.settings.printer)
    showing = Showing(office=office, lane=lane, draw=paper, pages=QtPageMaker)
    door = FrontDoor({}, training=True)
    qtbot.addWidget(door.window)
    opening = Opening(door, lambda password: showing)
    opening.start()
    try:
        assert not gc.isenabled()
        qtbot.waitUntil(lambda: opening.desk is not None, timeout=20_000)
        assert id(opening.desk) not in {id(each) for each in gc.get_objects()}
    finally:
        opening.close()
        office.parts.vault.close()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0

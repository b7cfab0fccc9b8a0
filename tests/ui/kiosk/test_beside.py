"""演练自助机 beside the desk: over the desk's own line, and its slips come out of the training printer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.queueing.rules import PriorityGround
from printers.desk import direct_lane
from tests.office.kiosk_place import kiosk_place
from ui.background import Background
from ui.kiosk.front import KioskFront
from ui.kiosk.opening import TrainingKiosk
from ui.kiosk.ticket_words import ANY_ITEM, GROUND
from ui.practice_band import PracticeBand


def test_the_training_desks_kiosk_gives_tickets_too(qtbot: QtBot, tmp_path: Path) -> None:
    with kiosk_place(tmp_path) as place:
        office = place.office
        office.parts = replace(office.parts, settings=replace(office.parts.settings, training=True))
        desk, background, parent = QWidget(), Background(), QObject()
        qtbot.addWidget(desk)
        desk.show()
        kiosks = TrainingKiosk(office, background, desk, parent, direct_lane(place.printer.url))
        kiosks.open()
        assert kiosks.kiosk is not None
        window = kiosks.kiosk.window
        front = window.findChild(KioskFront)
        assert isinstance(front, KioskFront)
        assert window.findChild(PracticeBand).isVisible()
        assert window.windowTitle() == "演练 · 自助机"
        qtbot.waitUntil(lambda: background.idle, timeout=20_000)
        front.home.chosen.emit("take")
        front.taking.services.chosen.emit("A")
        front.taking.items.chosen.emit(ANY_ITEM)
        front.taking.take()
        qtbot.waitUntil(lambda: len(place.printer.jobs) == 1, timeout=20_000)
        qtbot.waitUntil(lambda: window.pages.currentWidget() is front.handing.number, timeout=20_000)
        assert "A001" in front.handing.number.words()
        kiosks.close()
        background.close()


def test_without_a_printer_it_is_the_self_fill_place_it_was(qtbot: QtBot, tmp_path: Path) -> None:
    with kiosk_place(tmp_path) as place:
        desk, background, parent = QWidget(), Background(), QObject()
        qtbot.addWidget(desk)
        kiosks = TrainingKiosk(place.office, background, desk, parent)
        kiosks.open()
        assert kiosks.kiosk is not None
        assert kiosks.kiosk.window.pages.currentWidget() is kiosks.kiosk.window.welcome
        qtbot.waitUntil(lambda: background.idle, timeout=20_000)
        kiosks.close()
        background.close()


def test_a_ground_the_hall_takes_his_word_for(qtbot: QtBot, tmp_path: Path) -> None:
    with kiosk_place(tmp_path) as place:
        hall = place.office.hall
        veteran = PriorityGround(key="veteran", name="退役军人", basis="hall rule", kiosk=True)
        others = tuple(one for one in hall.queue.priorities if one.key != "veteran")
        place.office.hall = replace(hall, queue=replace(hall.queue, priorities=(*others, veteran)))
        desk, background, parent = QWidget(), Background(), QObject()
        qtbot.addWidget(desk)
        kiosks = TrainingKiosk(place.office, background, desk, parent, direct_lane(place.printer.url))
        kiosks.open()
        assert kiosks.kiosk is not None
        window = kiosks.kiosk.window
        front = window.findChild(KioskFront)
        assert isinstance(front, KioskFront)
        front.home.chosen.emit("take")
        front.taking.services.chosen.emit("B")
        front.taking.items.chosen.emit(ANY_ITEM)
        keys = [one.key for one in front.taking.person.aids.views()]
        assert keys == ["large", "visual", f"{GROUND}veteran"], "of the others nobody's word is taken"
        assert "总服务台" in front.taking.person.words()
        front.taking.person.aid.emit(f"{GROUND}veteran")
        front.taking.take()
        qtbot.waitUntil(lambda: window.pages.currentWidget() is front.handing.number, timeout=20_000)
        assert front.handing.number.number.text() == "VB001"
        assert place.tickets()[0].priority == "veteran"
        kiosks.close()
        background.close()

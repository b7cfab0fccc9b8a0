"""来练习的人: each fits the catalogue; one press and he waits in this window's line, with his card beside the papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QWidget

from clerk_app.duty.model import Seat
from clerk_app.hall import read_hall
from clerk_app.office.counter import visit
from tests.desk import cut_office, training_document
from ui.background import Background
from ui.training.citizens import citizens, comes_to, told
from ui.training.citizens_presenter import NOBODY, SIGN_IN, Citizens
from ui.training.printer_window import PrinterWindow

HALL = read_hall(training_document(), "v")


@pytest.mark.parametrize("citizen", citizens(), ids=lambda one: one.name)
def test_each_fits_the_catalogue(citizen):
    item = next(item for item in HALL.items.values() if item.short == citizen.item)
    assert set(citizen.lacks) <= {material.name for material in item.materials}
    assert citizen.priority in ("", *(ground.key for ground in HALL.queue.priorities))
    lines = told(citizen, item)
    assert lines[-1].startswith("练：")
    assert all(name in lines[3] for name in citizen.lacks)
    assert not any(name in lines[2] for name in citizen.lacks)
    assert all(not line.endswith("。。") for line in lines)


def test_somebody_comes_to_every_window_that_takes_anything_in_and_no_name_is_twice():
    taking_in = {window for item in HALL.items.values() for window in item.windows}
    assert {window for window in taking_in if not comes_to(HALL, window)} == set()
    assert len({one.name for one in citizens()}) == len(citizens())


@pytest.fixture
def desk(qtbot, tmp_path: Path, front: Callable[..., QWidget]):
    office, background, window = cut_office(tmp_path), Background(), PrinterWindow()
    front(window)
    presenter = Citizens(office, background, window)
    said: list[tuple[str, bool]] = []
    presenter.said.connect(lambda text, good: said.append((text, good)))

    def press() -> None:
        window.citizen.click()
        qtbot.waitUntil(lambda: background.idle)

    yield SimpleNamespace(office=office, window=window, said=said, press=press)
    office.parts.vault.close()


def test_he_takes_a_ticket_for_his_matter_and_his_card_is_read(desk):
    desk.press()
    first, item = comes_to(desk.office.hall, 2)[0]
    (ticket,) = desk.office.read(lambda books: visit.waiting_tickets(desk.office, books))
    assert (ticket.item, ticket.letter) == (item.code, "A")
    card = desk.window.findChild(QWidget, "citizenCard")
    assert card.isVisible()
    assert card.accessibleName() == "。".join(told(first, item))
    assert desk.said == [(f"{first.name}取了号，在等。按 F2 叫他。", True)]
    desk.press()
    second = comes_to(desk.office.hall, 2)[1][0]
    assert second.name in card.accessibleName()
    assert first.name not in card.accessibleName()
    assert len(desk.office.read(lambda books: visit.waiting_tickets(desk.office, books))) == 2


def test_nobody_comes_to_a_window_that_takes_nothing_in_or_before_somebody_signed_in(desk):
    session = desk.office.session
    person = desk.office.hall.roster.people["P111"]
    desk.office.session = replace(session, person=person, seat=Seat(window=11, post="H1"))
    desk.press()
    assert desk.said[-1] == (NOBODY, False)
    desk.office.session = None
    desk.press()
    assert desk.said[-1] == (SIGN_IN, False)

"""A window with a kit of five sheets in the drawer since nine, and a stub that was scanned; it is half past eleven now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPainter

from clerk_app.command import Refusal
from clerk_app.office.counter.back_entry import entering, kits
from clerk_app.office.counter.back_entry.looking import SheetLine, sheet_line
from clerk_app.office.counter.back_entry.reading import SheetWords
from clerk_app.office.line.attaching import attach
from clerk_app.office.office import Office
from tests.ui.sealing.desk import good, sealing_office

TYPIST, CHECKER = "P203", "P201"


def paper_office(folder: Path, count: int = 5) -> Office:
    """Window 2; the kit is printed and handed out."""
    office = sealing_office(folder)
    made = kits.print_kit(office, count, "国庆长假备用")
    assert not isinstance(made, Refusal), made
    good(kits.hand_kit(office, made.kit, 2, TYPIST))
    office.parts.clock.set(office.parts.clock.now() + timedelta(hours=2))
    return office


def kit_in_use(office: Office, folder: Path) -> None:
    """Three sheets: one entered and scanned, one only entered, one blank."""
    made = kits.print_kit(office, 3, "国庆长假备用")
    assert not isinstance(made, Refusal), made
    good(kits.hand_kit(office, made.kit, 2, TYPIST))
    now = f"{office.parts.clock.now() + timedelta(minutes=1):%Y-%m-%d %H:%M}"
    office.parts.clock.set(office.parts.clock.now() + timedelta(minutes=2))
    one, two, _ = numbers(office)
    for number in (one, two):
        entered(office, number, received_at=now, said_at=now)
    scanned(office, one, folder)


def numbers(office: Office) -> tuple[str, ...]:
    (kit,) = office.read(lambda books: books.latest_paper_kits(1))
    return tuple(row.id for row in office.read(lambda books: books.sheets_of_kit(kit.id)))


def words(office: Office, **change: str) -> SheetWords:
    """A sheet as it would be typed: an individual's shop, all brought, an hour ago."""
    at = office.parts.clock.now() - timedelta(hours=1)
    plain = SheetWords(
        item="个体户设立", applicant="卢小珍", id_number="429900199001011234", phone="13800000421",
        received_at=f"{at:%Y-%m-%d %H:%M}", outcome="accepted", said_at=f"{at:%Y-%m-%d %H:%M}", taken_by=TYPIST,
        missing="", gaps="", bring_by="", fees="工本费 10.00 00123456", stamps="S-SJ-2 受理回执 P203", reason="停电两小时",
    )  # fmt: skip
    return replace(plain, **change)


def stub(folder: Path, text: str) -> Path:
    """A scan: a white page with the number written on it."""
    image = QImage(620, 877, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    for line in range(18):
        painter.drawText(60, 80 + line * 40, f"{text}　存根　第 {line + 1} 行　卢小珍　个体户设立")
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    file = folder / f"{text}.png"
    file.write_bytes(bytes(buffer.data().data()))
    return file


def line_of(office: Office, number: str) -> SheetLine:
    found = sheet_line(office, number)
    assert found is not None
    return found


def entered(office: Office, number: str, **change: str) -> SheetLine:
    outcome = entering.enter(office, number, words(office, **change))
    assert not isinstance(outcome, Refusal), outcome
    return line_of(office, number)


def scanned(office: Office, number: str, folder: Path) -> SheetLine:
    line = line_of(office, number)
    assert line.case is not None
    good(attach(office, line.case.id, stub(folder, number)))
    return line_of(office, number)

"""打印机 the desk's slip printers for a person to look after: their paper, their test page, what they are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from clerk_app.command import Refusal
from clerk_app.office.office import Office, Outcome
from clerk_app.ports.devices import DeviceFacts
from clerk_app.settings import PrinterAt

FEW = 10
"""A roll is near its end when less than this part of it (one in so many) is left."""
NO_DEVICES = Refusal("no-devices", "这台机器上没有小票打印机，没有打。找管理员在 desk.toml 里写上。")


@dataclass(frozen=True, kw_only=True)
class Roll:
    """纸卷 what was used of it since it was put in; `left_mm` None where its length is not told."""

    since: datetime | None
    used_mm: int
    left_mm: int | None

    @property
    def few(self) -> bool:
        """Whether it ends soon."""
        return self.left_mm is not None and self.left_mm * (FEW - 1) < self.used_mm


@dataclass(frozen=True, kw_only=True)
class PrinterHere:
    """一台打印机 as the desk file names it, what is kept of it, its roll, and how many papers wait for it."""

    at: PrinterAt
    facts: DeviceFacts
    roll: Roll
    waiting: int


def printers_here(office: Office) -> tuple[PrinterHere, ...]:
    """Every one, in the desk file's order. Not for the screen's thread."""
    devices, spool = office.parts.devices, office.parts.vault.spool
    waiting = [job.printer for job in spool.waiting()]
    return tuple(
        PrinterHere(
            at=at,
            facts=devices.facts(at.name) if devices is not None else DeviceFacts(columns=at.columns, answers={}),
            roll=roll_of(office, at),
            waiting=waiting.count(at.name),
        )
        for at in office.parts.settings.all_printers
    )


def roll_of(office: Office, at: PrinterAt) -> Roll:
    """用纸 since the roll was put in; before anybody said so, since ever."""
    said = office.parts.vault.keep.meta(_key(at.name))
    since = datetime.fromisoformat(said) if said else None
    begin = since or datetime.fromtimestamp(0, office.parts.clock.now().tzinfo)
    used = office.parts.vault.spool.paper_used(at.name, begin)
    left = max(at.roll_metres * 1000 - used, 0) if at.roll_metres else None
    return Roll(since=since, used_mm=used, left_mm=left)


def change_roll(office: Office, printer: str) -> None:
    """换了纸卷: reckoned anew from now on."""
    office.parts.vault.keep.put_meta(_key(printer), office.parts.clock.now().isoformat())


def print_test_page(office: Office, printer: str) -> Outcome:
    """测试页 through the queue like any paper, so that it never cuts into another."""
    devices = office.parts.devices
    if devices is None or office.parts.settings.printer_named(printer) is None:
        return NO_DEVICES
    slip = devices.test_page(printer, office.hall.name)
    return office.print_out([replace(slip, doc_no=office.parts.new_id(), to=printer)])


def answer_test_page(office: Office, printer: str, answers: Mapping[str, str]) -> Refusal | None:
    """What was read off the test page becomes the device's profile."""
    devices = office.parts.devices
    if devices is None:
        return NO_DEVICES
    try:
        devices.keep_answers(printer, answers)
    except ValueError as error:
        return Refusal("profile-wrong", str(error))
    return None


def others_for(office: Office, printer: str) -> tuple[str, ...]:
    """Where a paper of this printer may be moved to: its backup, then those after it in the desk file, and round again."""
    at = office.parts.settings.printer_named(printer)
    names = [one.name for one in office.parts.settings.all_printers]
    place = names.index(printer) if at is not None else -1
    after = [*names[place + 1 :], *names[: max(place, 0)]]
    backup = at.backup if at is not None else ""
    return tuple(sorted(after, key=lambda name: name != backup))


def left_from_before(office: Office) -> int:
    """隔夜的 how many papers wait for a person, because the day they were made on is over."""
    today = office.parts.clock.now().date()
    return sum(job.good_on is not None and job.good_on < today for job in office.parts.vault.spool.waiting())


def _key(printer: str) -> str:
    return "roll:" + hashlib.sha256(printer.encode()).hexdigest()[:24]

"""台面上的体检 looks at what only the program around the office can ask: its printers, its screens, its letters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from clerk_app.office.doctor import machine, outward
from clerk_app.office.doctor.machine import ScreenFacts
from clerk_app.ports.doctor import Check, Finding
from clerk_app.receipts.paper import PrinterStatus
from clerk_app.settings import PrinterAt, Settings

SCREEN_SECONDS = 15.0
"""Where a program of its own has to be started to look at the screens."""


def printer_checks(settings: Settings | None, ask: Callable[[PrinterAt], PrinterStatus]) -> tuple[Check, ...]:
    """Each slip printer of the desk file."""
    if settings is None:
        return ()
    printers = settings.all_printers
    if not printers:
        return (Check("打印机", outward.no_printer),)
    several = len(printers) > 1
    return tuple(Check(_title(at, several=several), partial(_printer, at, ask, several=several)) for at in printers)


def screen_checks(
    look: Callable[[], ScreenFacts], settings: Settings | None, seconds: float = SCREEN_SECONDS
) -> tuple[Check, ...]:
    """Second screen and letters, by one look."""
    wanted = settings is not None and settings.second_screen
    return (
        Check("第二屏", lambda: machine.second_screen(look(), wanted=wanted), seconds),
        Check("字体", lambda: machine.letters(look()), seconds),
    )


def _title(at: PrinterAt, *, several: bool) -> str:
    return f"打印机 {at.name}" if several else "打印机"


def _printer(at: PrinterAt, ask: Callable[[PrinterAt], PrinterStatus], *, several: bool) -> Finding:
    status = ask(at)
    return outward.printer(at.name if several else "", ready=status.ready, known=status.known, said=status.said)

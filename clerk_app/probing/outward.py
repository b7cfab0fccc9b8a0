"""看外面 the centre, the second copy, the system's printer, the scanner, the tokens."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from threading import Event

from clerk_app.office.doctor import outward
from clerk_app.office.doctor.outward import CentreFacts
from clerk_app.outside.centre_look import look_at_centre
from clerk_app.outside.page_printer import SystemPrinter
from clerk_app.outside.scanning import SaneScanner, installed_scanner
from clerk_app.ports.doctor import Finding
from clerk_app.probing.place import Once, Place
from clerk_app.settings import Settings

SCANNER_SECONDS = 6.0


class CentreProbe:
    """看中心 one question for line, certificate and clock."""

    def __init__(self, settings: Settings | None) -> None:
        self._settings = settings
        self._facts = Once(self._look)

    def line(self) -> Finding:
        """中心."""
        return outward.line(self._facts())

    def certificate(self) -> Finding:
        """中心的证书."""
        return outward.certificate(self._facts(), datetime.now(UTC))

    def clock(self) -> Finding:
        """时钟."""
        return outward.clock(self._facts())

    def _look(self) -> CentreFacts | None:
        if self._settings is None:
            return None
        seen = look_at_centre(self._settings.centre, self._settings.ca)
        return CentreFacts(
            answered=not seen.why, why=seen.why, seconds=seen.seconds, apart=seen.apart, tls=seen.tls, until=seen.until
        )


def look_at_second_copy(place: Place) -> Finding:
    """第二份."""
    folder = place.settings.second_copy if place.settings else None
    there = folder is not None and folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    return outward.second_copy(folder, there=there)


def look_at_a4() -> Finding:
    """A4 打印机."""
    return outward.a4_printer(SystemPrinter().trouble())


def look_at_scanner() -> Finding:
    """扫描仪: the drivers are asked what is there, and told to stop in good time."""
    if installed_scanner() is None:
        return outward.scanner(None)
    found = SaneScanner(listing=SCANNER_SECONDS).devices(stop=Event())
    return outward.scanner(tuple(device.label for device in found))


def look_at_seals(place: Place) -> Finding:
    """印章钥匙: the certificate in each token, without a PIN."""
    named = place.settings.seals.tokens if place.settings and place.settings.seals else {}
    cards = [place.card(seal) for seal in named]
    return outward.seals(tuple(card.valid_to if card else None for card in cards), datetime.now(UTC))

"""本窗的打印机们 the desk's printers by name: a lane for each, its profile kept in the store, its test page, who is about."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from clerk_app.ports import Keep, PagePrinter, PrintLane, SlipLink, SlipMaker, Spool
from clerk_app.ports.devices import DeviceFacts, Heard, MakeRow, Nearby, PageQuestion
from clerk_app.receipts.paper import TEST_PAGE, Delivery, PrinterStatus
from clerk_app.receipts.slip import Slip
from clerk_app.settings import PrinterAt, Settings
from printers.discovery import discover
from printers.lane import Lane
from printers.pdf_link import PdfLink
from printers.profiles import Profile, makes
from printers.render import maker_of
from printers.test_page import QUESTIONS, learned, test_page
from printers.transports import DeviceLink, link_of

SYSTEM = "system:"
"""An address that is the system's own printer: the slip goes there as an 80 mm PDF."""


class ProfileShelf:
    """档案柜 each printer's profile, as text in the store; read once, for a slip is made inside the store's own transaction."""

    def __init__(self, keep: Keep, printers: Iterable[PrinterAt]) -> None:
        self._keep = keep
        self._known = {at.name: _kept(keep, at) for at in printers}

    def profile(self, printer: str) -> Profile:
        """What is kept."""
        return self._known[printer]

    def put(self, printer: str, profile: Profile) -> None:
        """Keep it."""
        self._keep.put_meta(_key(printer), profile.to_json())
        self._known[printer] = profile


class KeptLink:
    """记着档案的线路 keeps what the line learns of its device, and is opened anew when a person says otherwise."""

    def __init__(self, at: PrinterAt, shelf: ProfileShelf, open_link: Callable[[str, Profile], DeviceLink]) -> None:
        """Raises ValueError with one sentence for an address that is none."""
        self._at, self._shelf, self._open = at, shelf, open_link
        self._profile = shelf.profile(at.name)
        self._link = open_link(at.url, self._profile)

    def send(self, payload: bytes, token: str) -> Delivery:
        """Once; what was learned by it is kept."""
        link = self._current()
        delivery = link.send(payload, token)
        if link.profile != self._profile:
            self._profile = link.profile
            self._shelf.put(self._at.name, self._profile)
        return delivery

    def status(self) -> PrinterStatus:
        """The lamp."""
        return self._link.status()

    def _current(self) -> DeviceLink:
        kept = self._shelf.profile(self._at.name)
        if kept != self._profile:
            self._profile, self._link = kept, self._open(self._at.url, kept)
        return self._link


class DeskDevices:
    """本窗打印机 what `ports.devices.Devices` asks for, and the lanes."""

    def __init__(self, settings: Settings, spool: Spool, keep: Keep, system: Callable[[str], PagePrinter]) -> None:
        """`system` opens the system's printer of a name (empty: the default). Raises ValueError for an address that is none."""
        printers = {at.name: at for at in settings.all_printers}
        self._shelf = ProfileShelf(keep, printers.values())
        self._links = {at.name: self._link(at, system) for at in printers.values()}
        self._lanes = tuple(Lane(spool, link, name) for name, link in self._links.items())

    def _link(self, at: PrinterAt, system: Callable[[str], PagePrinter]) -> SlipLink:
        if at.url.startswith(SYSTEM):
            return PdfLink(system(at.url.removeprefix(SYSTEM)), at.columns)
        return KeptLink(at, self._shelf, link_of)

    @property
    def lanes(self) -> tuple[PrintLane, ...]:
        """One for each printer, in the desk file's order."""
        return self._lanes

    def maker(self, printer: str) -> SlipMaker:
        """For this printer's paper and letters."""
        return maker_of(self._shelf.profile(printer))

    def status(self, printer: str) -> PrinterStatus:
        """Ask it."""
        return self._links[printer].status()

    def facts(self, printer: str) -> DeviceFacts:
        """What is kept."""
        known = self._shelf.profile(printer)
        return DeviceFacts(
            columns=known.columns,
            rom=known.rom,
            completion=known.completion,
            status=known.status,
            answers=known.answers,
        )

    def keep_answers(self, printer: str, answers: Mapping[str, str]) -> None:
        """The answers, and what follows from them."""
        self._shelf.put(printer, learned(self._shelf.profile(printer), answers))

    def test_page(self, printer: str, hall: str) -> Slip:
        """Its test page."""
        head = hall if "://" in printer else f"{hall}　{printer}"
        return replace(test_page(self._shelf.profile(printer), head), doc_type=TEST_PAGE)

    def questions(self) -> tuple[PageQuestion, ...]:
        """The three."""
        return tuple(PageQuestion(key=one.key, text=one.text, answers=one.answers) for one in QUESTIONS)

    def makes(self) -> tuple[MakeRow, ...]:
        """Known makes."""
        return tuple(
            MakeRow(name=one.name, columns=one.columns, rom=one.rom, note=one.note, sure=one.verified)
            for one in makes()
        )

    def discover(self, heard: Heard) -> tuple[Nearby, ...]:
        """Look around."""
        return tuple(Nearby(one.url, one.words) for one in discover(heard=heard))


def _kept(keep: Keep, at: PrinterAt) -> Profile:
    """One that cannot be read is as none: the desk file says how wide its paper is, the rest is asked."""
    first = Profile.from_json(f'{{"columns": {at.columns}}}')
    try:
        text = keep.meta(_key(at.name))
        return Profile.from_json(text) if text else first
    except ValueError:
        return first


def _key(printer: str) -> str:
    return "printer:" + hashlib.sha256(printer.encode()).hexdigest()[:24]

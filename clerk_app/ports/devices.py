"""打印机接口 devices: the desk's slip printers as pages see them: what is known of each, its test page, its paper, what is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from clerk_app.ports.paper import SlipMaker
from clerk_app.receipts.paper import PrinterStatus
from clerk_app.receipts.slip import Slip


@dataclass(frozen=True, kw_only=True)
class DeviceFacts:
    """档案所知 what is kept of one printer. `completion` and `status` are empty while nobody asked it."""

    columns: int = 48
    rom: str = ""
    completion: str = ""
    status: str = ""
    answers: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class PageQuestion:
    """测试页的一问 asked of who holds the test page; `answers` are (key, words)."""

    key: str
    text: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class MakeRow:
    """机型 one make of the table; `sure` when a source was found for it."""

    name: str
    columns: int
    rom: str
    note: str
    sure: bool


@dataclass(frozen=True)
class Nearby:
    """找到的打印机 one that answered in the neighbourhood."""

    url: str
    words: str


Heard = Callable[[int, int], bool]
"""Told how far the search is (done, of); False ends it."""


class Devices(Protocol):
    """本窗打印机 the slip printers the desk file names, each by its name."""

    def maker(self, printer: str) -> SlipMaker:
        """Slips for this printer's paper and letters."""
        ...

    def status(self, printer: str) -> PrinterStatus:
        """Ask it now; not for the screen's thread."""
        ...

    def facts(self, printer: str) -> DeviceFacts:
        """What is kept of it."""
        ...

    def keep_answers(self, printer: str, answers: Mapping[str, str]) -> None:
        """What a person read off its test page becomes its profile. Raises ValueError with a sentence for what is no answer."""
        ...

    def test_page(self, printer: str, hall: str) -> Slip:
        """Its test page."""
        ...

    def questions(self) -> tuple[PageQuestion, ...]:
        """The questions of the test page."""
        ...

    def makes(self) -> tuple[MakeRow, ...]:
        """The table of known makes."""
        ...

    def discover(self, heard: Heard) -> tuple[Nearby, ...]:
        """Look around once, because a person asked. Not for the screen's thread."""
        ...

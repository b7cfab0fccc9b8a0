"""扫描接口 scanning: one page at a time from whatever stands on the desk; slow, never for the screen's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Literal, Protocol

Fault = Literal["no-paper", "jammed", "cover-open", "busy", "denied", "gone", "stopped", "too-long", "broken"]
"""`gone`: it does not answer; `too-long`: it never came to an end; `broken`: it ended without a whole page."""


@dataclass(frozen=True)
class ScanDevice:
    """扫描仪 what it is asked by, and what a person calls it."""

    id: str
    label: str


@dataclass(frozen=True)
class Scanned:
    """扫到的一页 whole, in the form its media type says."""

    data: bytes
    media: Literal["image/jpeg", "image/png", "application/pdf"]


@dataclass(frozen=True)
class ScanTrouble:
    """没扫成 not one byte is to be kept."""

    fault: Fault


def untold(percent: int) -> None:
    """Nobody wants to know how far it is."""


class Scanner(Protocol):
    """扫描 never raises for a device's faults; `stop` ends it within seconds, and what was read is thrown away."""

    def devices(self, *, stop: Event) -> tuple[ScanDevice, ...]:
        """Those that answer now, none when there are none; may take half a minute."""
        ...

    def scan(
        self, device: ScanDevice, *, stop: Event, progress: Callable[[int], None] = untold
    ) -> Scanned | ScanTrouble:
        """One page; `progress` gets rising per cent on the caller's thread, where the device can tell."""
        ...

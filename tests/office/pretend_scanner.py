"""扫描仪 in memory: what `ports.scanning.Scanner` asks for, with faults on order; its contract is SANE's too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from clerk_app.ports.scanning import Fault, ScanDevice, Scanned, ScanTrouble, untold

DESK = ScanDevice("pretend:0", "Pretend One")
PAGE = b"\xff\xd8\xff\xe0" + b"page " * 400 + b"\xff\xd9"


@dataclass
class PretendScanner:
    """`fault` is met by every scan; `during` is done in the middle of one (while it says 50 per cent)."""

    here: tuple[ScanDevice, ...] = (DESK,)
    data: bytes = PAGE
    fault: Fault | None = None
    during: Callable[[], None] = lambda: None
    scans: list[ScanDevice] = field(default_factory=list)
    slow: Event | None = None
    """Set, it never ends before it is stopped; it is set once the middle was reached."""

    def devices(self, *, stop: Event) -> tuple[ScanDevice, ...]:
        return () if stop.is_set() else self.here

    def scan(
        self, device: ScanDevice, *, stop: Event, progress: Callable[[int], None] = untold
    ) -> Scanned | ScanTrouble:
        if stop.is_set():
            return ScanTrouble("stopped")
        if device not in self.here:
            return ScanTrouble("gone")
        if self.fault is not None:
            return ScanTrouble(self.fault)
        self.scans.append(device)
        progress(50)
        self.during()
        if self.slow is not None:
            self.slow.set()
            stop.wait(20)
        return ScanTrouble("stopped") if stop.is_set() else Scanned(self.data, "image/jpeg")

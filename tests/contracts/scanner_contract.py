"""What every `ports.scanning.Scanner` does. A test class inherits this and gives the fixture `scanner_with`."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from clerk_app.ports.scanning import Fault, ScanDevice, Scanned, Scanner, ScanTrouble

HEADS = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n", "application/pdf": b"%PDF-"}
ScannerWith = Callable[..., Scanner]


def first(scanner: Scanner) -> ScanDevice:
    return scanner.devices(stop=Event())[0]


class ScannerContract:
    """`scanner_with(fault=…)` meets that fault, `scanner_with(slow=True)` takes its time over a page."""

    def test_its_devices_have_a_name_each(self, scanner_with: ScannerWith) -> None:
        found = scanner_with().devices(stop=Event())
        assert found
        assert len({one.id for one in found}) == len(found)
        assert all(one.label.strip() for one in found)

    def test_a_page_is_what_its_media_type_says(self, scanner_with: ScannerWith) -> None:
        scanner = scanner_with()
        told: list[int] = []
        page = scanner.scan(first(scanner), stop=Event(), progress=told.append)
        assert isinstance(page, Scanned), page
        assert page.data.startswith(HEADS[page.media])
        assert told == sorted(set(told))
        assert all(0 <= percent <= 100 for percent in told)

    @pytest.mark.parametrize("fault", ["no-paper", "jammed", "cover-open", "busy", "denied", "gone"])
    def test_a_device_s_fault_is_an_answer(self, scanner_with: ScannerWith, fault: Fault) -> None:
        scanner = scanner_with(fault=fault)
        assert scanner.scan(first(scanner), stop=Event()) == ScanTrouble(fault)

    def test_a_device_that_is_not_there_any_more(self, scanner_with: ScannerWith) -> None:
        assert scanner_with().scan(ScanDevice("test:9", "gone"), stop=Event()) == ScanTrouble("gone")

    def test_stopped_in_the_middle_there_is_no_page(self, scanner_with: ScannerWith) -> None:
        scanner, stop = scanner_with(slow=True), Event()
        told: list[int] = []

        def press(percent: int) -> None:
            told.append(percent)
            stop.set()

        assert scanner.scan(first(scanner), stop=stop, progress=press) == ScanTrouble("stopped")
        assert len(told) == 1
        assert told[0] < 100

    def test_stopped_before_nothing_is_begun(self, scanner_with: ScannerWith) -> None:
        scanner, stop = scanner_with(), Event()
        device = first(scanner)
        stop.set()
        assert scanner.devices(stop=stop) == ()
        told: list[int] = []
        assert scanner.scan(device, stop=stop, progress=told.append) == ScanTrouble("stopped")
        assert told == []

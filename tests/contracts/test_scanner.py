"""`SaneScanner` over the real program and SANE's own test devices, its stand-in, and programs that misbehave."""

from __future__ import annotations

import logging
import os
import stat
from pathlib import Path
from threading import Event

import psutil
import pytest
from PySide6.QtGui import QImage

from clerk_app.outside.scanning import PROGRAM, SaneScanner, installed_scanner
from clerk_app.ports.scanning import ScanDevice, Scanned, Scanner, ScanTrouble
from tests.contracts.scanner_contract import ScannerContract, ScannerWith, first
from tests.office.pretend_scanner import PretendScanner

STATUS = {
    "no-paper": "SANE_STATUS_NO_DOCS",
    "jammed": "SANE_STATUS_JAMMED",
    "cover-open": "SANE_STATUS_COVER_OPEN",
    "busy": "SANE_STATUS_DEVICE_BUSY",
    "denied": "SANE_STATUS_ACCESS_DENIED",
    "gone": "SANE_STATUS_IO_ERROR",
    "": "Default",
}
SLOW = "read-delay true\nread-delay-duration 200000\nread-limit true\nread-limit-size 512\n"


@pytest.fixture
def configure(need_program, tmp_path, monkeypatch):
    """SANE with nothing but its own test devices; drivers of this machine are not asked."""
    need_program(PROGRAM, "sane-utils")
    folder = tmp_path / "sane"
    folder.mkdir()
    monkeypatch.setenv("SANE_CONFIG_DIR", str(folder))

    def write(*, fault: str = "", slow: bool = False, devices: int = 2) -> None:
        (folder / "dll.conf").write_text("test\n")
        lines = [f"number_of_devices {devices}", 'test-picture "Color pattern"', f'read-status-code "{STATUS[fault]}"']
        (folder / "test.conf").write_text("\n".join(lines) + "\n" + (SLOW if slow else ""))

    write()
    return write


def children() -> list[psutil.Process]:
    return [one for one in psutil.Process().children(recursive=True) if one.name() == PROGRAM]


class TestPretendScanner(ScannerContract):
    @pytest.fixture
    def scanner_with(self) -> ScannerWith:
        def make(*, fault: str = "", slow: bool = False) -> Scanner:
            return PretendScanner(fault=fault or None, slow=Event() if slow else None)

        return make


@pytest.mark.process
class TestSaneScanner(ScannerContract):
    @pytest.fixture
    def scanner_with(self, configure) -> ScannerWith:
        def make(*, fault: str = "", slow: bool = False) -> Scanner:
            configure(fault=fault, slow=slow)
            return SaneScanner(grace=0.5)

        yield make
        assert children() == [], "nothing is left at the device"

    def test_the_page_is_a_picture_of_300_dots_an_inch(self, scanner_with):
        scanner = scanner_with()
        page = scanner.scan(first(scanner), stop=Event())
        assert isinstance(page, Scanned)
        picture = QImage.fromData(page.data)
        assert (picture.width(), picture.height()) == (944, 1181), "80 × 100 mm"
        assert not picture.isGrayscale(), "in colour"

    def test_maker_and_model_are_its_name(self, scanner_with):
        assert scanner_with().devices(stop=Event()) == (
            ScanDevice("test:0", "Noname frontend-tester"),
            ScanDevice("test:1", "Noname frontend-tester"),
        )

    def test_no_device_is_no_error(self, configure):
        configure(devices=0)
        assert SaneScanner().devices(stop=Event()) == ()

    def test_one_that_never_ends_is_ended(self, configure):
        configure(slow=True)
        scanner = SaneScanner(page=0.3)
        assert scanner.scan(first(scanner), stop=Event()) == ScanTrouble("too-long")
        assert children() == []

    def test_whoever_watches_and_falls_leaves_no_program_behind(self, configure):
        configure(slow=True)
        scanner = SaneScanner()

        def fall(_: int) -> None:
            raise RuntimeError("page is gone")

        with pytest.raises(RuntimeError):
            scanner.scan(first(scanner), stop=Event(), progress=fall)
        assert children() == []

    def test_no_device_s_name_reaches_the_log(self, scanner_with, caplog):
        scanner = scanner_with(fault="jammed")
        with caplog.at_level(logging.DEBUG):
            scanner.scan(first(scanner), stop=Event())
        assert "jammed" in caplog.text
        assert "test:0" not in caplog.text


# Other programs of that name.


@pytest.fixture
def program(tmp_path, monkeypatch):
    def write(script: str) -> Path:
        folder = tmp_path / "programs"
        folder.mkdir(exist_ok=True)
        file = folder / PROGRAM
        file.write_text("#!/bin/sh\n" + script)
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        return file

    return write


DEVICE = ScanDevice("x:0", "X")


def test_without_the_program_there_is_no_scanner(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installed_scanner() is None
    assert SaneScanner().devices(stop=Event()) == ()
    assert SaneScanner().scan(DEVICE, stop=Event()) == ScanTrouble("gone")


@pytest.mark.process
@pytest.mark.parametrize(
    "script",
    [
        r"printf '\377\330\377\340 half a page'",
        "exit 0",
        "exit 5",
        "kill -SEGV $$",
        "echo 'scanimage: out of luck' >&2; exit 1",
    ],
)
def test_what_is_no_whole_page_is_not_taken(program, script):
    program(script)
    assert SaneScanner().scan(DEVICE, stop=Event()) == ScanTrouble("broken")


def test_a_program_that_cannot_be_started_is_an_answer(program):
    program("").write_bytes(b"\x7fELF no program")
    assert SaneScanner().devices(stop=Event()) == ()
    assert SaneScanner().scan(DEVICE, stop=Event()) == ScanTrouble("broken")


@pytest.mark.process
@pytest.mark.parametrize("end", ["exit 7", "exit 0", "sleep 60"])
def test_its_words_count_however_it_ends(program, end):
    """SANE's own test device ends with 0 or stands still, now and then, after it has said its trouble."""
    program(f"printf 'Progress: 0.0%%\\rscanimage: sane_read: Document feeder out of documents\\n' >&2; {end}")
    assert SaneScanner(grace=0.2).scan(DEVICE, stop=Event()) == ScanTrouble("no-paper")


@pytest.mark.process
@pytest.mark.parametrize(("words", "fault"), [("Device busy", "busy"), ("Invalid argument", "gone")])
def test_one_that_could_not_be_opened_says_why(program, words, fault):
    program(f"echo 'scanimage: open of device x:0 failed: {words}' >&2; exit 1")
    assert SaneScanner().scan(DEVICE, stop=Event()) == ScanTrouble(fault)


@pytest.mark.process
def test_a_device_without_our_wishes_scans_by_its_own(program, tmp_path):
    asked = tmp_path / "asked"
    program(
        f'echo "$*" >> {asked}\n'
        """case "$*" in
        *--mode=*) echo "scanimage: setting of option --mode failed (Invalid argument)" >&2; exit 1;;
        *--resolution=*) echo "scanimage: unrecognized option '--resolution=300'" >&2; exit 1;;
        esac
        printf '\\377\\330\\377\\340page\\377\\331'"""
    )
    assert SaneScanner().scan(DEVICE, stop=Event()) == Scanned(b"\xff\xd8\xff\xe0page\xff\xd9", "image/jpeg")
    assert [line.split("-p ")[-1] for line in asked.read_text().splitlines()] == [
        "--resolution=300 --mode=Color",
        "--resolution=300",
        "-d x:0 --format=jpeg -p",
    ]


@pytest.mark.process
def test_one_that_will_not_stop_is_killed_with_what_it_began(program):
    program("trap '' TERM\nsleep 60 &\nsleep 60 &\necho 'Progress: 12%' >&2\nwhile :; do wait; done")
    stop = Event()
    scanner = SaneScanner(grace=0.2)
    assert scanner.scan(DEVICE, stop=stop, progress=lambda _: stop.set()) == ScanTrouble("stopped")
    left = [one for one in psutil.Process().children(recursive=True) if one.name() in ("sleep", "sh", PROGRAM)]
    assert left == []

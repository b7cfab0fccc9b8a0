"""Lines without a way back: a file or pipe, `lp` by programs of that name, Windows by a module of that shape."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from printers.drivers import driver_class
from printers.link import Timeouts
from printers.profiles import Profile
from printers.render import SlipRenderer
from printers.transports import link_of
from tests.printers.papers import RECEIPT
from tests.printers.slip_link_contract import PAPER, SlipLinkContract

SEEN = Profile(completion="none", status="none", answers={"ruler": "yes"})
"""A person saw the test page come out of this line."""
PICTURES = SlipRenderer(48, rom="ascii").make(RECEIPT)
IMPATIENT = Timeouts(send=0.3, printed=0.3)


def link_to(url, profile=SEEN, timeouts=Timeouts()):
    link = link_of(url, profile)
    link._timeouts = timeouts
    return link


class Pipe:
    """A device file somebody reads from."""

    def __init__(self, file: Path):
        self.file = file
        os.mkfifo(file)
        self.read = b""
        self._reader = os.open(file, os.O_RDONLY | os.O_NONBLOCK)

    def drain(self) -> bytes:
        while True:
            try:
                chunk = os.read(self._reader, 1 << 16)
            except BlockingIOError:
                break
            if not chunk:
                break
            self.read += chunk
        return self.read

    def close(self):
        os.close(self._reader)

    def begin(self) -> None:
        """Read a little, as a device that is about to go away."""
        while True:
            select.select([self._reader], [], [], 20)
            try:
                if os.read(self._reader, 100):
                    return
            except BlockingIOError:
                pass


class FileBench:
    def __init__(self, folder):
        self.pipe = Pipe(folder / "lp0")
        self.url = f"file://{self.pipe.file}"
        self.link = link_to(self.url)

    def break_by(self, fault):
        assert fault == "refused"
        self.pipe.file.unlink()

    def without_proof(self, known):
        return link_to(self.url, SEEN if known else Profile())

    def printed(self):
        return self.pipe.drain()


class TestFileKeepsTheContract(SlipLinkContract):
    best = "sent"
    stays = {"refused": "not_sent"}
    test_doubt_is_unknown = None  # a pipe takes a small paper whole or not at all; larger ones are torn below
    seen_by_the_lamp = "refused"

    @pytest.fixture
    def bench(self, tmp_path):
        bench = FileBench(tmp_path)
        yield bench
        bench.pipe.close()


def test_a_missing_device_does_not_become_a_file(tmp_path):
    assert link_to(f"file://{tmp_path}/lp0").send(PAPER, "abcd").state == "not_sent"
    assert list(tmp_path.iterdir()) == []
    assert link_to(f"file://{tmp_path}").send(PAPER, "abcd").state == "not_sent"


def test_a_pipe_nobody_reads_does_not_hold_the_lane(tmp_path):
    os.mkfifo(tmp_path / "lp0")
    assert link_to(f"file://{tmp_path}/lp0").send(PAPER, "abcd").state == "not_sent"


def test_a_device_that_stops_taking_is_unknown_and_one_that_takes_nothing_got_nothing(tmp_path):
    pipe = Pipe(tmp_path / "lp0")
    link = link_to(f"file://{pipe.file}", timeouts=IMPATIENT)
    assert link.send(PICTURES * 2, "abcd").state == "unknown"  # more than a pipe holds
    assert link.send(PAPER, "abcd").state == "not_sent"
    assert (PICTURES * 2).startswith(pipe.drain())
    pipe.close()


def test_a_device_that_goes_away_in_the_middle_is_unknown(tmp_path):
    pipe = Pipe(tmp_path / "lp0")
    said = []
    link = link_to(f"file://{pipe.file}")
    sending = threading.Thread(target=lambda: said.append(link.send(PICTURES * 20, "abcd")))
    sending.start()
    pipe.begin()
    pipe.close()
    sending.join(20)
    assert [one.state for one in said] == ["unknown"]


def test_a_device_without_room_got_nothing():
    assert link_to("file:///dev/full").send(PAPER, "abcd").state == "not_sent"


def test_a_reader_that_ends_with_the_first_end_of_file_gets_the_whole_job(tmp_path):
    os.mkfifo(tmp_path / "lp0")
    with (tmp_path / "out").open("wb") as out, subprocess.Popen(["cat", tmp_path / "lp0"], stdout=out) as cat:
        link = link_to(f"file://{tmp_path}/lp0")
        while link.send(PICTURES, "abcd").state == "not_sent":
            assert cat.poll() is None  # it has not opened its end yet
        assert cat.wait(20) == 0
    assert (tmp_path / "out").read_bytes() == PICTURES


def test_a_plain_file_gets_one_finished_job(tmp_path):
    (tmp_path / "out").write_bytes(b"")
    assert link_to(f"file://{tmp_path}/out").send(PICTURES, "abcd").state == "sent"
    assert (tmp_path / "out").read_bytes() == PICTURES


LP = """
case "$(cat "$HALL/fault" 2>/dev/null)" in
  refused) echo "lp: The printer or class does not exist." >&2; exit 1 ;;
  slow) exec sleep 60 ;;
  nameless) cat >/dev/null; exit 0 ;;
esac
echo "$@" >>"$HALL/asked"
cat >>"$HALL/jobs"
echo "request id is slips-7 (0 file(s))"
"""
LPSTAT = """
fault=$(cat "$HALL/fault" 2>/dev/null)
case "$*" in
  "-p slips") [ "$fault" != gone ] || exit 1 ;;
  "-l -p slips")
    case "$fault" in
      paused) printf 'printer slips disabled since Sun Nov 22 12:00:00 2026 -\\n\\treason unknown\\n' ;;
      holding) echo 'printer slips is holding new jobs.  enabled since Sun Nov 22 12:00:00 2026' ;;
      *) echo 'printer slips is idle.  enabled since Sun Nov 22 12:00:00 2026' ;;
    esac
    printf '\\tDescription: counter two\\n\\tAlerts: '
    case "$fault" in
      paper_end) echo 'media-empty-error' ;; cover_open) echo 'job-incoming cover-open' ;;
      offline) echo 'offline' ;; report) echo 'offline-report media-low-warning' ;; *) echo none ;;
    esac ;;
  "-W not-completed -o slips")
    case "$fault" in
      torn) [ -e "$HALL/cancelled" ] || echo 'slips-7  clerk  1024  Sun Nov 22 12:00:00 2026' ;;
      lost) exit 1 ;;
      *) echo 'slips-70  clerk  1024  Sun Nov 22 12:00:00 2026' ;;
    esac ;;
esac
"""


class LpBench:
    def __init__(self, folder: Path, monkeypatch):
        self.folder = folder
        programs = folder / "bin"
        programs.mkdir()
        for name, body in {"lp": LP, "lpstat": LPSTAT, "cancel": 'echo "$@" >"$HALL/cancelled"\n'}.items():
            file = programs / name
            file.write_text("#!/bin/sh\n" + body)
            file.chmod(0o755)
        monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
        monkeypatch.setenv("HALL", str(folder))
        self.programs = programs
        self.link = link_to("lp://slips", timeouts=Timeouts(printed=0.3))

    def break_by(self, fault):
        (self.folder / "fault").write_text(fault)

    def without_proof(self, known):
        return link_to("lp://slips", SEEN if known else Profile())

    def printed(self):
        jobs = self.folder / "jobs"
        return jobs.read_bytes() if jobs.exists() else b""


@pytest.fixture
def lp(tmp_path, monkeypatch):
    return LpBench(tmp_path, monkeypatch)


class TestLpKeepsTheContract(SlipLinkContract):
    best = "sent"
    stays = {
        "refused": "not_sent",
        "gone": "not_sent",
        "cover_open": "blocked",
        "paper_end": "blocked",
        "offline": "blocked",
        "paused": "blocked",
        "holding": "blocked",
    }
    doubts = ("torn", "lost", "nameless")

    @pytest.fixture
    def bench(self, lp):
        return lp


def test_the_exit_code_of_lp_is_heard_and_the_job_goes_in_raw(lp):
    assert lp.link.send(PAPER, "abcd").state == "sent"
    assert (lp.folder / "asked").read_text() == "-d slips -o raw -t slip\n"
    lp.break_by("refused")
    assert lp.link.send(PAPER, "abcd").state == "not_sent"


def test_a_job_that_stays_in_the_queue_is_taken_back_and_does_not_print_one_day(lp):
    lp.break_by("torn")
    delivery = lp.link.send(PAPER, "abcd")
    assert delivery.state == "unknown"
    assert "已经撤掉" in delivery.said
    assert (lp.folder / "cancelled").read_text() == "slips-7\n"


def test_a_report_hinders_nothing(lp):
    lp.break_by("report")
    assert lp.link.send(PAPER, "abcd").state == "sent"


def test_a_program_that_never_answers_is_unknown(lp, monkeypatch):
    monkeypatch.setattr("printers.cups_queue._LONGEST", 0.3)
    lp.break_by("slow")
    assert lp.link.send(PAPER, "abcd").state == "unknown"


def test_a_machine_without_cups_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("lp") is None
    link = link_to("lp://slips")
    assert link.send(PAPER, "abcd").state == "not_sent"
    assert not link.status().ready


class Handle:
    """As pywin32's: dropped is closed."""

    def __init__(self, system):
        self._system, self._open = system, True
        system.handles += 1

    def close(self):
        self._system.handles -= self._open
        self._open = False

    __del__ = close


class FakeWindows:
    """pywin32's `win32print` as far as a raw job needs it."""

    PRINTER_ENUM_NAME = 8

    def __init__(self):
        self.status, self.stays, self.fails = 0, 0, ""
        self.present = ["XP-80 C"]
        self.documents: dict[int, bytes] = {}
        self.ended: list[int] = []
        self.deleted: list[int] = []
        self.handles = 0

    def EnumPrinters(self, *_):
        return [{"pPrinterName": name} for name in self.present]

    def OpenPrinter(self, name):
        if name not in self.present:
            raise WindowsError_(1801, "OpenPrinter", "name")
        return Handle(self)

    def ClosePrinter(self, handle):
        handle.close()

    def GetPrinter(self, _handle, level):
        assert level == 2
        return {"Status": self.status}

    def StartDocPrinter(self, _handle, level, job):
        assert (level, job[2]) == (1, "RAW")
        if self.fails == "start":
            raise WindowsError_(5, "StartDocPrinter", "denied")
        self.documents[len(self.documents) + 1] = b""
        return len(self.documents)

    def StartPagePrinter(self, _handle):
        pass

    def WritePrinter(self, _handle, data):
        if self.fails == "write":
            raise WindowsError_(112, "WritePrinter", "disk full")
        self.documents[len(self.documents)] += data

    def EndPagePrinter(self, _handle):
        pass

    def EndDocPrinter(self, _handle):
        self.ended.append(len(self.documents))

    def EnumJobs(self, _handle, first, count, level):
        assert (first, level) == (0, 1)
        if self.fails == "enum":
            raise WindowsError_(1722, "EnumJobs", "gone")
        return [{"JobId": job, "Status": self.stays} for job in self.ended] if self.stays else []

    def SetJob(self, _handle, job, level, info, command):
        assert (level, info, command) == (0, None, 5)
        self.deleted.append(job)


class WindowsError_(Exception):
    """pywintypes.error is no OSError."""


class WindowsBench:
    def __init__(self, monkeypatch):
        driver_class("Dummy")
        win32raw = sys.modules["escpos.printer.win32raw"]
        self.system = FakeWindows()
        for name, value in {
            "win32print": self.system,
            "pywintypes": SimpleNamespace(error=WindowsError_),
            "_DEP_WIN32PRINT": True,
        }.items():
            monkeypatch.setattr(win32raw, name, value, raising=False)
        self.link = link_to("win32://XP-80%20C", timeouts=Timeouts(printed=0.3))

    def break_by(self, fault):
        match fault:
            case "refused":
                self.system.present = []
            case "cover_open" | "paper_end" | "offline" | "paused":
                self.system.status = {"cover_open": 0x400000, "paper_end": 0x10, "offline": 0x80, "paused": 1}[fault]
            case "torn":
                self.system.stays = 0x10
            case _:
                self.system.fails = fault

    def without_proof(self, known):
        return link_to("win32://XP-80%20C", SEEN if known else Profile())

    def printed(self):
        assert self.system.handles == 0
        return b"".join(self.system.documents[job] for job in self.system.ended)


class TestWindowsKeepsTheContract(SlipLinkContract):
    best = "sent"
    stays = {
        "refused": "not_sent",
        "start": "not_sent",
        "cover_open": "blocked",
        "paper_end": "blocked",
        "offline": "blocked",
        "paused": "blocked",
    }
    doubts = ("torn", "write", "enum")

    @pytest.fixture
    def bench(self, monkeypatch):
        return WindowsBench(monkeypatch)


def test_a_windows_job_that_stays_is_taken_back(monkeypatch):
    bench = WindowsBench(monkeypatch)
    bench.break_by("torn")
    assert bench.link.send(PAPER, "abcd").state == "unknown"
    assert bench.system.deleted == [1]


def test_a_windows_job_marked_as_printed_is_not_waiting(monkeypatch):
    bench = WindowsBench(monkeypatch)
    bench.system.stays = 0x80
    assert bench.link.send(PAPER, "abcd").state == "sent"


def test_a_machine_without_pywin32_says_so():
    link = link_to("win32://XP-80")
    assert link.send(PAPER, "abcd").state == "not_sent"
    assert not link.status().ready


@pytest.mark.parametrize("url", ["lp://slips", "file:///dev/null", "win32://x"])
def test_the_probe_of_a_line_without_a_way_back_sends_nothing_and_is_kept(url, lp):
    learned = link_of(url, Profile(name="一号机", columns=32)).learn()
    assert learned == Profile(name="一号机", columns=32, completion="none", status="none")
    assert lp.printed() == b""


def test_an_object_of_the_library_that_is_dropped_prints_nothing(tmp_path):
    (tmp_path / "out").write_bytes(b"before")
    half_built = driver_class("File")(str(tmp_path / "out"), auto_flush=False)
    half_built.open()
    device = half_built.device
    del half_built
    assert not device.closed  # the library's own destructor would have closed it, which sends what was built
    device.close()


GOOD = (
    "tcp://10.0.0.5 usb://04b8:0202 usb://04b8:0e15/SN1?in=81&out=03 serial:///dev/ttyUSB0 serial://COM3?baud=19200 "
    "file:///dev/usb/lp0 lp://XP-80 win32://XP-80%20C tcp://[::1]:9101"
)
BAD = (
    "lpt1 usb://04b8 usb://04b8:020 usb://xyzw:0202 usb://04b8:0202?in=81 serial://ttyS0 serial:///dev/ttyS0?baud=7 "
    "serial:///dev/ttyS0?speed=9600 file://lp0 file:/// lp:// lp://-d lp://a%20b win32:// http://x tcp:// LP0"
)


@pytest.mark.parametrize("url", GOOD.split())
def test_addresses(url):
    profile = Profile(name="二号机", columns=32, completion="fence", status="full")
    assert link_of(url, profile).profile.columns == 32
    if not url.startswith(("file", "lp", "win32")):
        assert link_of(url, profile).profile == profile


@pytest.mark.parametrize("url", ["", *BAD.split()])
def test_a_bad_address_is_one_sentence(url):
    with pytest.raises(ValueError, match=r"看不懂：写成 .*。$"):
        link_of(url)

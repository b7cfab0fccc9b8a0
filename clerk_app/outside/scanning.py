"""SANE 扫描 pages through the program `scanimage`: a driver that hangs or falls takes a child process with it, not the desk."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread
from typing import IO

from clerk_app.ports.scanning import Fault, ScanDevice, Scanned, ScanTrouble, untold

log = logging.getLogger(__name__)

PROGRAM = "scanimage"
LISTING, PAGE, GRACE = 30.0, 180.0, 3.0
"""Seconds: the drivers look for devices on the network too; a warming lamp is slow; the carriage goes home."""
_LOOK = 0.05
_LAST_WORDS = 400
_WISHES = {"resolution": "300", "mode": "Color"}
_SEPARATOR = "\x1f"

_PERCENT = re.compile(rb"Progress: (\d+)")
_NOT_ITS_OPTION = re.compile(r"option\W+(\w+)")

# SANE's own words: the program's code is no word to go by, it may end with 0 after any of these.
_TROUBLE = re.compile(rb"(?:sane_start|sane_read|open of device)\b.*: [^\r\n]+[\r\n]")
_BY_WORDS: tuple[tuple[str, Fault], ...] = (
    ("out of documents", "no-paper"),
    ("feeder jammed", "jammed"),
    ("cover is open", "cover-open"),
    ("Device busy", "busy"),
    ("has been denied", "denied"),
    ("Operation was cancel", "stopped"),
    ("Error during device I/O", "gone"),
    ("open of device", "gone"),
)


def installed_scanner() -> SaneScanner | None:
    """扫描程序 only where the program is."""
    return SaneScanner() if shutil.which(PROGRAM) else None


class SaneScanner:
    """扫描程序 every device SANE knows; 300 dpi and colour where the device has them, else its own."""

    def __init__(self, listing: float = LISTING, page: float = PAGE, grace: float = GRACE) -> None:
        self._listing, self._page, self._grace = listing, page, grace

    def devices(self, *, stop: Event) -> tuple[ScanDevice, ...]:
        """Each with its maker and model."""
        asked = ["-f", _SEPARATOR.join(("%d", "%v", "%m")) + "%n"]
        ended = self._run(asked, stop, self._listing, untold)
        if ended.code != 0:
            return ()
        lines = (line.split(_SEPARATOR) for line in ended.out.decode(errors="replace").splitlines())
        return tuple(ScanDevice(line[0], _label(line)) for line in lines if len(line) == 3 and line[0])

    def scan(
        self, device: ScanDevice, *, stop: Event, progress: Callable[[int], None] = untold
    ) -> Scanned | ScanTrouble:
        """A device that does not know a wish is asked again without it: no paper has moved by then."""
        wishes = dict(_WISHES)
        while True:
            options = [f"--{name}={value}" for name, value in wishes.items()]
            asked = ["-d", device.id, "--format=jpeg", "-p", *options]
            ended = self._run(asked, stop, self._page, progress)
            unknown = _NOT_ITS_OPTION.search(ended.said) if ended.code == 1 else None
            if unknown is None or wishes.pop(unknown[1], None) is None:
                break
        fault = _fault(ended)
        if fault is None:
            return Scanned(ended.out, "image/jpeg")
        log.warning("no page from the scanner: %s, program's code %s", fault, ended.code)
        return ScanTrouble(fault)

    def _run(self, asked: list[str], stop: Event, longest: float, progress: Callable[[int], None]) -> _Ended:
        program = shutil.which(PROGRAM)
        if program is None:
            return _Ended(None, "gone")
        if stop.is_set():
            return _Ended(None, "stopped")
        try:
            process = subprocess.Popen(
                [program, *asked],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**os.environ, "LC_ALL": "C"},
                start_new_session=True,
            )
        except OSError:
            return _Ended(None, "broken")
        out, said = _Drain(process.stdout), _Drain(process.stderr)
        cut: Fault | None = None
        try:
            cut = self._watch(process, said, stop, longest, progress)
        finally:
            self._end(process, asked_first=cut != "broken")
            out.finish(self._grace)
            said.finish(self._grace)
        return _Ended(process.returncode, cut, bytes(out.read), said.read.decode(errors="replace"))

    def _watch(
        self,
        process: subprocess.Popen[bytes],
        said: _Drain,
        stop: Event,
        longest: float,
        progress: Callable[[int], None],
    ) -> Fault | None:
        """Until it ends; one that has said its trouble has little time left: drivers stand still after it at times."""
        end, told = time.monotonic() + longest, -1
        late: Fault = "too-long"
        while process.poll() is None:
            words = bytes(said.read[-_LAST_WORDS:])
            found = _PERCENT.findall(words)
            if found and (percent := min(100, int(found[-1]))) > told:
                told = percent
                progress(percent)
            if late != "broken" and _TROUBLE.search(words):
                late, end = "broken", time.monotonic() + self._grace
            if stop.wait(_LOOK):
                return "stopped"
            if time.monotonic() > end:
                return late
        return None

    def _end(self, process: subprocess.Popen[bytes], *, asked_first: bool) -> None:
        """Asked first, so that the carriage goes home; then it and what its driver began are killed."""
        if asked_first and process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(self._grace)
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@dataclass(frozen=True)
class _Ended:
    """How the program ended; `cut` when it was not let to its end, or never begun."""

    code: int | None
    cut: Fault | None = None
    out: bytes = b""
    said: str = ""


class _Drain:
    """Empties one pipe, so that the program never waits for us."""

    def __init__(self, pipe: IO[bytes] | None) -> None:
        self.read = bytearray()
        self._pipe = pipe
        self._thread = Thread(target=self._empty, name="scan-pipe", daemon=True)
        self._thread.start()

    def _empty(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            while self._pipe is not None and (part := os.read(self._pipe.fileno(), 1 << 16)):
                self.read += part

    def finish(self, longest: float) -> None:
        self._thread.join(longest)
        if self._pipe is not None and not self._thread.is_alive():
            self._pipe.close()


def _fault(ended: _Ended) -> Fault | None:
    """None only for a page that is whole: a driver that gives up in the middle may still end well."""
    if ended.cut in ("stopped", "gone"):
        return ended.cut
    whole = ended.out.startswith(b"\xff\xd8\xff") and ended.out.endswith(b"\xff\xd9")
    if ended.code == 0 and ended.cut is None and whole:
        return None
    return next((fault for words, fault in _BY_WORDS if words in ended.said), ended.cut or "broken")


def _label(line: list[str]) -> str:
    """Maker and model; the maker once, where the model begins with it."""
    _, maker, model = (word.strip() for word in line)
    return model if not maker or model.casefold().startswith(maker.casefold()) else f"{maker} {model}".strip()

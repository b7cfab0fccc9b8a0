"""A real X display, with or without a window manager, and hands that press its keys and buttons."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NeedProgram = Callable[[str, str], str]
PATIENCE = 60.0


@dataclass(frozen=True)
class Display:
    """One display; `surroundings` are for the programs that are to be shown on it."""

    name: str
    xdotool: str

    @property
    def surroundings(self) -> dict[str, str]:
        gone = ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        here = {key: value for key, value in os.environ.items() if key not in gone}
        return {**here, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}

    def hand(self, *act: str) -> str:
        """xdotool: press, type, move, ask."""
        done = subprocess.run(
            [self.xdotool, *act], env=self.surroundings, capture_output=True, text=True, timeout=30, check=False
        )
        return done.stdout.strip()


def until(true: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.02)


@contextmanager
def display(need_program: NeedProgram, *, windows: bool = False) -> Iterator[Display]:
    xvfb, xdotool = need_program("Xvfb", "xvfb"), need_program("xdotool", "xdotool")
    manager = need_program("openbox", "openbox") if windows else ""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        # It would begin anew when the last program leaves, and not answer meanwhile.
        [xvfb, "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    others: list[subprocess.Popen[bytes]] = []
    try:
        with os.fdopen(reading) as line:
            here = Display(f":{line.readline().strip()}", xdotool)
        if manager:
            others.append(
                subprocess.Popen([manager], env=here.surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            )
            until(lambda: here.hand("get_num_desktops").isdigit(), "the window manager has not come")
        yield here
    finally:
        for process in (*others, server):
            process.terminate()
            process.wait(20)


@dataclass
class Program:
    """A program shown on a display, and the file it writes its lines to."""

    process: subprocess.Popen[bytes]
    told: Path

    def lines(self) -> list[str]:
        return self.told.read_text(encoding="utf-8").splitlines() if self.told.exists() else []

    def waited(self, line: str) -> bool:
        """Whether it has said so; a program that has died fails the test with its own words."""
        assert self.process.poll() is None, self.lines()
        return line in self.lines()

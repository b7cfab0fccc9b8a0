"""日志 the program's own log as a file a day beside its data, six months of it, and nothing personal in it.

What a line may carry is decided here, not by who logs: the words of the program's own source, places, types, and of values
only those without Chinese characters and long numbers. An exception's message never stands in it; of other libraries,
only that they warned.
"""

from __future__ import annotations

import logging
import re
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

LOG = "log"
KEPT = timedelta(days=186)
MOST = 8 << 20
"""Bytes a day: a fault that repeats must not fill the disk."""
OWN = ("clerk_app", "ui", "printers", "desk", "resources", "__main__")
_personal = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·]+|\d(?:[\d *-]{4,}[\dXx])|\S+@\S+|\S*[?&]\S+"
)
HIDDEN = "…"
_OTHERS = "said something"


def line_of(record: logging.LogRecord) -> str:
    """One line: moment, level, who, words."""
    moment = datetime.fromtimestamp(record.created, UTC).astimezone()
    words = f"{moment:%Y-%m-%d %H:%M:%S} {record.levelname} {record.name} {_words(record)}"
    return words.replace("\r", " ").replace("\n", " ")


def _words(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] not in OWN:
        return _OTHERS
    try:
        said = str(record.msg) % _plain(record.args) if record.args else _scrub(str(record.msg))
    except (TypeError, ValueError):
        said = _OTHERS
    error = record.exc_info[1] if record.exc_info else None
    return f"{said} ({_place(error)})" if error is not None else said


def _plain(args: object) -> object:
    """Values as they may stand in a line; numbers stay."""
    if isinstance(args, dict):
        return {key: _value(one) for key, one in args.items()}
    return tuple(_value(one) for one in args) if isinstance(args, tuple) else _value(args)


def _value(one: object) -> object:
    if isinstance(one, bool | float) or (isinstance(one, int) and abs(one) < 1_000_000):
        return one
    return _scrub(str(one))


def _scrub(text: str) -> str:
    return _personal.sub(HIDDEN, text)


def _place(error: BaseException) -> str:
    """Type and place, never a message."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-6:])
    return f"{type(error).__name__} at {where}"


class DayFiles(logging.Handler):
    """日志夹 a file a day; a disk that takes nothing costs the line, and nobody's work."""

    def __init__(self, folder: Path) -> None:
        super().__init__(logging.INFO)
        self._folder = folder
        self._day = ""
        self._file_lock = threading.Lock()

    def emit(self, record: logging.LogRecord) -> None:
        """One line more."""
        try:
            with self._file_lock:
                self._write(line_of(record))
        except OSError:
            return

    def _write(self, line: str) -> None:
        day = line[:10]
        file = self._folder / f"{day}.log"
        if day != self._day:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._sweep(day)
            self._day = day
        if file.exists() and file.stat().st_size > MOST:
            return
        with file.open("a", encoding="utf-8") as out:
            out.write(line + "\n")

    def _sweep(self, day: str) -> None:
        last = f"{datetime.fromisoformat(day) - KEPT:%Y-%m-%d}"
        for old in self._folder.glob("????-??-??.log"):
            if old.stem < last:
                old.unlink(missing_ok=True)


@contextmanager
def logging_to(folder: Path) -> Iterator[None]:
    """While the program runs; our own from INFO on, others' warnings."""
    handler = DayFiles(folder / LOG)
    handler.addFilter(lambda record: record.levelno >= logging.WARNING or record.name.partition(".")[0] in OWN)
    root = logging.getLogger()
    before = {name: logging.getLogger(name).level for name in OWN}
    for name in OWN:
        logging.getLogger(name).setLevel(logging.INFO)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


def last_lines(folder: Path, most: int) -> tuple[str, ...]:
    """The newest first, as many as asked for; raises OSError."""
    found: list[str] = []
    for file in sorted((folder / LOG).glob("????-??-??.log"), reverse=True):
        found += reversed(file.read_text(encoding="utf-8", errors="replace").splitlines())
        if len(found) >= most:
            break
    return tuple(found[:most])

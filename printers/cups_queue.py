"""CUPS 队列 `lp`, `lpstat` and `cancel`; tried with programs of these names, on no real CUPS and no real device.

python-escpos' LP is not used: it throws away what `lp` says and its exit code, so a job nobody took counts as printed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess

from printers.spooler_link import NotTakenError

_LONGEST = 20.0
_REQUEST = re.compile(r"request id is (\S+)")
_REASONS = {
    "media-empty": "缺纸：换上纸卷，合上上盖",
    "media-needed": "缺纸：换上纸卷，合上上盖",
    "media-jam": "卡纸：打开上盖，取出纸再合上",
    "cover-open": "上盖开着：合上上盖",
    "door-open": "上盖开着：合上上盖",
    "offline": "脱机：看电源和线",
    "shutdown": "脱机：看电源和线",
    "paused": "系统打印队列停用了：找管理员启用",
}
_STOPPED = re.compile(r"^printer \S+ (disabled since|is holding new jobs)", re.MULTILINE)


class CupsQueue:
    """系统队列 one queue of CUPS by its name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def missing(self) -> bool:
        """No CUPS here, or no queue of this name."""
        if any(shutil.which(program) is None for program in ("lp", "lpstat", "cancel")):
            return True
        return self._run("lpstat", "-p", self.name).returncode != 0

    def trouble(self) -> str:
        """By the queue's state and its alerts."""
        said = self._run("lpstat", "-l", "-p", self.name).stdout.decode("utf-8", "replace")
        alerts = " ".join(line for line in said.splitlines() if line.strip().startswith("Alerts:"))
        for reason, sentence in _REASONS.items():
            # A report or a warning («-report», «-warning») hinders nothing.
            if re.search(rf"\b{reason}(?:-error)?(?!-)\b", alerts):
                return sentence
        return _REASONS["paused"] if _STOPPED.search(said) else ""

    def submit(self, payload: bytes) -> str:
        """Raw, from standard input, so that nothing of the slip stands in a file."""
        done = self._run("lp", "-d", self.name, "-o", "raw", "-t", "slip", given=payload)
        if done.returncode != 0:
            raise NotTakenError
        found = _REQUEST.search(done.stdout.decode("utf-8", "replace"))
        if found is None:
            raise OSError("lp named no job")
        return found[1]

    def holds(self, job: str) -> bool:
        """Jobs that are not completed stand in the list; a list nobody can read is an OSError."""
        done = self._run("lpstat", "-W", "not-completed", "-o", self.name)
        if done.returncode != 0:
            raise OSError("lpstat did not answer")
        return any(line.split()[:1] == [job] for line in done.stdout.decode("utf-8", "replace").splitlines())

    def cancel(self, job: str) -> None:
        """If it is being printed this stops it."""
        self._run("cancel", job)

    def _run(self, *command: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        program = shutil.which(command[0])
        if program is None:
            raise FileNotFoundError(command[0])
        environment = {**os.environ, "LC_ALL": "C"}
        try:
            return subprocess.run(
                [program, *command[1:]],
                input=given,
                capture_output=True,
                timeout=_LONGEST,
                check=False,
                env=environment,
            )
        except subprocess.TimeoutExpired as error:
            raise TimeoutError(command[0]) from error

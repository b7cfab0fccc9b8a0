"""Centre processes without waiting for their imports: one child imports the centre once and forks for each that is asked for.

What comes of it is a process of its own like any other: its own pid, pipes, signals and memory. It saves the second and a
half that `python -m clerk_app.server` spends on importing; `tests/server/test_process.py` starts it the plain way.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 1 << 16


class Child:
    """One forked process, with as much of `subprocess.Popen` as the tests use."""

    def __init__(self, nursery: Nursery, pid: int, ended: int, stdin: int, stdout: int) -> None:
        self._nursery, self.pid, self._ended = nursery, pid, ended
        self.returncode: int | None = None
        self.stdin: IO[str] = os.fdopen(stdin, "w", encoding="utf-8")
        self.stdout: IO[str] = os.fdopen(stdout, "r", encoding="utf-8")

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            ready, _, _ = select.select([self._ended], [], [], timeout)
            if not ready:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            os.close(self._ended)
            self.returncode = self._nursery.reap(self.pid)
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, None]:
        """Lets go of it, and hears what it still says."""
        self.stdin.close()
        said = self.stdout.read()
        self.wait(timeout)
        self.stdout.close()
        return said, None

    def __enter__(self) -> Child:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stdin.close()
        self.wait()
        self.stdout.close()


class Nursery:
    """The parent's end: asks for a fork, asks how one ended."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        self._line = ours
        self._process = subprocess.Popen([sys.executable, "-m", "tests.nursery"], cwd=ROOT, stdin=theirs)
        theirs.close()
        atexit.register(self.close)

    def start(self, words: Sequence[str], stderr: int, environment: dict[str, str] | None = None) -> Child:
        """`clerk_app.server` with these words, from the repository's root."""
        in_read, in_write = os.pipe()
        out_read, out_write = os.pipe()
        end_read, end_write = os.pipe()
        wanted = {"words": list(words), "environment": environment or dict(os.environ)}
        given = [in_read, out_write, stderr, end_write]
        socket.send_fds(self._line, [json.dumps(wanted).encode()], given)
        pid = int(self._line.recv(LONGEST))
        for one in (in_read, out_write, end_write):
            os.close(one)
        return Child(self, pid, end_read, in_write, out_read)

    def reap(self, pid: int) -> int:
        self._line.send(json.dumps({"reap": pid}).encode())
        return int(self._line.recv(LONGEST))

    def close(self) -> None:
        self._line.close()
        self._process.wait(20)


_nursery: list[Nursery] = []


def centre_process(words: Sequence[str], stderr: IO[Any] | None = None) -> Child:
    """A centre process; its stdin and stdout are pipes, its stderr goes to the file or nowhere."""
    if not _nursery:
        _nursery.append(Nursery())
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        return _nursery[0].start(words, (stderr or nowhere).fileno())


def _serve() -> None:
    """The child: imports first, then forks whenever it is asked to."""
    from clerk_app.server import __main__, chores, serving  # noqa: F401

    line = socket.socket(fileno=os.dup(0))
    while True:
        message, given, _, _ = socket.recv_fds(line, LONGEST, 4)
        if not message:
            return
        wanted = json.loads(message)
        if "reap" in wanted:
            line.send(str(os.waitstatus_to_exitcode(os.waitpid(wanted["reap"], 0)[1])).encode())
            continue
        pid = os.fork()
        if pid == 0:
            line.close()
            _become(wanted, given)
        for one in given:
            os.close(one)
        line.send(str(pid).encode())


def _become(wanted: dict[str, Any], given: list[int]) -> None:
    """The forked one: its own pipes and surroundings; its end is seen by the last pipe closing with it."""
    from clerk_app.server.__main__ import main

    code = 1
    try:
        for number, one in enumerate(given[:3]):
            os.dup2(one, number)
            os.close(one)
        sys.stdin, sys.stdout = (
            os.fdopen(0, encoding="utf-8", closefd=False),
            os.fdopen(1, "w", encoding="utf-8", closefd=False),
        )
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        os.environ.clear()
        os.environ.update(wanted["environment"])
        code = main(wanted["words"])
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()

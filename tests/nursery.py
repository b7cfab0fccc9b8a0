"""Processes without waiting for their imports: a child imports a stack once and forks for each process that is asked for.

What comes of it is a process of its own like any other: its own pid, pipes, signals and memory. It saves the second and a
half that `python -m clerk_app.server` or a desk of the tests spends on importing; `tests/server/test_process.py`,
`tests/visit/test_setup_process.py` and `tests/test_command_lines.py` start some of theirs the plain way too.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Mapping, Sequence
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

    def end(self) -> None:
        """Killed, if it has not ended; nothing is left open."""
        self.kill()
        self.__exit__(None, None, None)

    def poll(self) -> int | None:
        """Its code if it has ended."""
        ended = self.returncode is not None or select.select([self._ended], [], [], 0)[0]
        return self.wait() if ended else None

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
        with contextlib.suppress(BrokenPipeError):
            self.stdin.close()
        self.wait()
        self.stdout.close()


class Nursery:
    """The parent's end: asks for a fork, asks how one ended."""

    def __init__(self, stack: str) -> None:
        ours, theirs = socket.socketpair()
        self._line = ours
        self._process = subprocess.Popen([sys.executable, "-m", "tests.nursery", stack], cwd=ROOT, stdin=theirs)
        theirs.close()
        atexit.register(self.close)

    def start(self, module: str, words: Sequence[str], stderr: int, environment: Mapping[str, str] | None) -> Child:
        """`python -m MODULE` with these words, from the repository's root."""
        in_read, in_write = os.pipe()
        out_read, out_write = os.pipe()
        end_read, end_write = os.pipe()
        wanted = {"module": module, "words": list(words), "environment": dict(environment or os.environ)}
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


CENTRE, DESK, MAIN = "centre", "desk", "main"
_stacks = {
    # All that a centre asks for up to its first answer.
    CENTRE: (
        "alembic.command", "alembic.config", "psycopg", "sqlalchemy.dialects.postgresql.psycopg", "sqlalchemy.dialects.sqlite",
        "uvicorn.loops.auto", "uvicorn.protocols.http.auto", "uvicorn.protocols.websockets.auto",
        "clerk_app.server.app", "clerk_app.server.centre", "clerk_app.server.chores", "clerk_app.server.serving",
        "clerk_app.server.citizen.app", "clerk_app.server.citizen.feeding", "clerk_app.server.__main__",
    ),
    # An office without a screen, and the command lines of its machine.
    DESK: (
        "requests.adapters", "sqlcipher3", "clerk_app.bootstrap", "clerk_app.office.running", "clerk_app.__main__",
        "tests.faults.clerk", "tests.faults.windows", "tests.visits",
    ),
    # What `main.py` does without a window: setting a desk up, looking at it, putting a backup back.
    MAIN: (
        "requests.adapters", "sqlcipher3", "PySide6.QtWidgets", "clerk_app.bootstrap", "clerk_app.setting_up", "clerk_app.backing_up",
        "clerk_app.probing", "ui.application", "ui.starting",
    ),
}  # fmt: skip
_nurseries: dict[str, Nursery] = {}


def start(
    module: str, words: Sequence[str], stderr: IO[Any] | None = None, environment: Mapping[str, str] | None = None
) -> Child:
    """A process; its stdin and stdout are pipes, its stderr goes to the file or nowhere."""
    stack = MAIN if module == "main" else CENTRE if module.startswith("clerk_app.server") else DESK
    if stack not in _nurseries:
        _nurseries[stack] = Nursery(stack)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        return _nurseries[stack].start(module, words, (stderr or nowhere).fileno(), environment)


def centre_process(words: Sequence[str], stderr: IO[Any] | None = None) -> Child:
    """`python -m clerk_app.server`."""
    return start("clerk_app.server", words, stderr)


def run(
    module: str, words: Sequence[str], typed: str = "", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """From its start to its end, with everything it said."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        child = start(module, words, errors, environment)
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(typed)
            child.stdin.flush()
        said, _ = child.communicate(120)
        errors.seek(0)
        return subprocess.CompletedProcess([module, *words], child.wait(), said, errors.read())


def _serve(stack: str) -> None:
    """The child: imports first, then forks whenever it is asked to."""
    for name in _stacks[stack]:
        importlib.import_module(name)
    for name in ("clerk_app.__main__", "clerk_app.server.__main__"):
        sys.modules.pop(name, None)  # each runs its own
    # What stands now stays: no child's collector goes through it again, or copies its pages by looking.
    gc.freeze()
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
    code = 1
    try:
        for number, one in enumerate(given[:3]):
            os.dup2(one, number)
            os.close(one)
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
        sys.stdout, sys.stderr = (os.fdopen(n, "w", encoding="utf-8", closefd=False) for n in (1, 2))
        os.environ.clear()
        os.environ.update(wanted["environment"])
        if os.environ.get("PYTHONWARNINGS") == "error":
            warnings.simplefilter("error")
        sys.argv = [wanted["module"], *wanted["words"]]
        runpy.run_module(wanted["module"], run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve(sys.argv[1])

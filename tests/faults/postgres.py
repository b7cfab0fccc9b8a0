"""A PostgreSQL of one's own that may be killed and started again: what it acknowledged must still be there."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil
import psycopg

from tests.faults.waiting import until
from tests.server.postgres import _as_user, _free_port, _programs, _run, _user

# Its shared memory lies in its own folder: what is killed leaves nothing in the machine's.
OPTIONS = (
    "-c fsync=off", "-c synchronous_commit=on", "-c max_connections=150", "-c deadlock_timeout=1s",
    "-c dynamic_shared_memory_type=mmap",
)  # fmt: skip


class Postgres:
    """One server on a free loopback port.

    Killed or not, what a process has handed to the kernel is there: only a machine that loses its power would miss fsync.
    """

    def __init__(self, options: Sequence[str] = OPTIONS) -> None:
        home = _programs()
        assert home is not None
        self._home, self._user, self._options = home, _user(), options
        self._folder = Path(tempfile.mkdtemp(prefix="clerk-faults-"))
        if self._user:
            shutil.chown(self._folder, self._user)
        self.data, self.port = self._folder / "data", _free_port()
        self._do("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def start(self) -> Postgres:
        words = [f"-p {self.port}", "-c listen_addresses=127.0.0.1", "-c unix_socket_directories=", *self._options]
        start = ("-D", self.data, "-l", self._folder / "log", "-o", " ".join(words), "-w", "-t", "60", "start")
        until(lambda: self._tried("pg_ctl", *start), 60, every=0.2)
        return self

    def stop(self, mode: str = "fast") -> None:
        self._do("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop")

    def kill(self) -> None:
        """SIGKILL for all of it at once, as when the power goes."""
        processes = self.processes()
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(processes, timeout=20)

    def processes(self) -> list[psutil.Process]:
        try:
            master = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
            return [master, *master.children(recursive=True)]
        except (OSError, psutil.NoSuchProcess):
            return []

    def close(self) -> None:
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def sql(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def _do(self, program: str, *words: str | Path) -> None:
        _run(self._user, self._home / program, *words)

    def _tried(self, program: str, *words: str | Path) -> bool:
        """Killed processes may hold the shared memory for a moment."""
        command = [str(self._home / program), *map(str, words)]
        if self._user:
            command = _as_user(self._user, command)
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False, cwd="/")
        return done.returncode == 0

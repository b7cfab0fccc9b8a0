"""A real PostgreSQL for tests: made in a temporary folder, on a free loopback port, gone at the end.

Other tests take it with `from tests.server.postgres import postgres_url`.
"""

from __future__ import annotations

import glob
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PACKAGE = "postgresql"
_QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """`postgresql://postgres@127.0.0.1:PORT/postgres`; skipped without the programs, failed when CI=true."""
    home = _programs()
    if home is None:
        reason = f"缺少程序 initdb、pg_ctl，装上软件包 {PACKAGE} 再跑"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="clerk-pg-"))
    try:
        yield from _running(home, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def a_postgres() -> Iterator[str]:
    """The same outside of pytest; raises FileNotFoundError without the programs."""
    home = _programs()
    if home is None:
        raise FileNotFoundError(f"缺少程序 initdb、pg_ctl，装上软件包 {PACKAGE} 再跑")
    with tempfile.TemporaryDirectory(prefix="clerk-pg-") as folder:
        yield from _running(home, Path(folder))


def _running(home: Path, folder: Path) -> Iterator[str]:
    user = _user()
    if user:
        shutil.chown(folder, user)
    data, port = folder / "data", _free_port()
    _run(user, home / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= {_QUICK}"
    _run(user, home / "pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "-t", "60", "start")
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        _run(user, home / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def psql_program() -> str | None:
    """psql, for tests that look from outside."""
    home = _programs()
    return str(home / "psql") if home and (home / "psql").exists() else shutil.which("psql")


def _programs() -> Path | None:
    found = shutil.which("pg_ctl")
    places = [Path(found).parent] if found else []
    places += [Path(p) for p in sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=_version, reverse=True)]
    return next((p for p in places if (p / "initdb").exists() and (p / "pg_ctl").exists()), None)


def _version(place: str) -> float:
    try:
        return float(Path(place).parent.name)
    except ValueError:
        return 0.0


def _user() -> str:
    """PostgreSQL refuses to run as root."""
    return "postgres" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""


def _run(user: str, *command: str | Path) -> None:
    words = [str(word) for word in command]
    if user:
        words = _as_user(user, words)
    # Not a pipe: the server would keep its other end, and reading it would never end.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False, cwd="/")
        if done.returncode:
            said.seek(0)
            raise RuntimeError(f"{words[-1]}: {said.read().decode(errors='replace')[-2000:]}")


def _as_user(user: str, words: list[str]) -> list[str]:
    if setpriv := shutil.which("setpriv"):
        return [setpriv, f"--reuid={user}", f"--regid={user}", "--clear-groups", "--", *words]
    if runuser := shutil.which("runuser"):
        return [runuser, "-u", user, "--", *words]
    pytest.skip("缺少程序 setpriv，装上软件包 util-linux 再跑")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

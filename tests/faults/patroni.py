"""Three PostgreSQL nodes under Patroni with synchronous replication, and the etcd they vote in; nodes may be killed."""

from __future__ import annotations

import contextlib
import json
import shutil
import signal
import subprocess
import tempfile
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import yaml

from tests.faults.waiting import until
from tests.server.postgres import _as_user, _free_port, _programs, _user

TIMES = {"ttl": 8, "loop_wait": 1, "retry_timeout": 3}
"""As short as Patroni takes them; a newer one that wants more only makes the test longer."""

_quick = {
    "fsync": "off",
    "full_page_writes": "on",
    "max_connections": 60,
    "wal_sender_timeout": "3s",
    "wal_keep_size": "256MB",
}


def trees(*pids: int) -> list[psutil.Process]:
    """These processes and all below them."""
    found: list[psutil.Process] = []
    for pid in pids:
        with contextlib.suppress(psutil.NoSuchProcess):
            top = psutil.Process(pid)
            found += [top, *top.children(recursive=True)]
    return found


def killed_at_once(processes: list[psutil.Process]) -> None:
    """Their machine is gone: nobody tidies up after the other."""
    for blow in (signal.SIGSTOP, signal.SIGKILL):
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(blow)
    psutil.wait_procs(processes, timeout=20)


def ask(url: str) -> Any:
    """JSON from one of their doors, or None."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=2) as answer:
            return json.load(answer)
    except (OSError, ValueError):
        return None


@dataclass
class Node:
    """One machine: Patroni and its PostgreSQL."""

    name: str
    folder: Path
    etcd: int
    port: int = field(default_factory=_free_port)
    door: int = field(default_factory=_free_port)
    _child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        file = self.folder / f"{self.name}.yml"
        file.write_text(yaml.safe_dump(self._settings()), "utf-8")
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self._child = subprocess.Popen(
                _as(["patroni", str(file)]), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/"
            )

    def kill(self) -> None:
        """Patroni and PostgreSQL, which is not its child: it outlives it on purpose."""
        if self._child is not None:
            with contextlib.suppress(OSError, ValueError):
                master = int((self._data / "postmaster.pid").read_text().split()[0])
                killed_at_once(trees(self._child.pid, master))
            killed_at_once(trees(self._child.pid))
            self._child.wait(20)
            self._child = None

    @property
    def _data(self) -> Path:
        return self.folder / self.name

    def _settings(self) -> dict[str, Any]:
        place = _programs()
        assert place is not None
        here = f"127.0.0.1:{self.port}"
        people = {who: {"username": "postgres"} for who in ("superuser", "replication", "rewind")}
        shared = {"use_pg_rewind": True, "use_slots": True, "parameters": _quick}
        return {
            "scope": "hall",
            "name": self.name,
            "restapi": {"listen": f"127.0.0.1:{self.door}", "connect_address": f"127.0.0.1:{self.door}"},
            "etcd3": {"host": f"127.0.0.1:{self.etcd}"},
            "bootstrap": {
                "dcs": {**TIMES, "synchronous_mode": True, "failsafe_mode": True, "postgresql": shared},
                "initdb": [{"encoding": "UTF8"}, {"auth": "trust"}, "no-sync", {"locale": "C"}],
            },
            "postgresql": {
                "listen": here,
                "connect_address": here,
                "data_dir": str(self._data),
                "bin_dir": str((place / "pg_ctl").resolve().parent),
                "pgpass": str(self.folder / f"{self.name}.pass"),
                "authentication": people,
                "pg_hba": ["host all all 127.0.0.1/32 trust", "host replication all 127.0.0.1/32 trust"],
                "parameters": {"unix_socket_directories": ""},
                "remove_data_directory_on_rewind_failure": True,
                "remove_data_directory_on_diverged_timelines": True,
                "basebackup": [{"checkpoint": "fast"}, "no-sync"],
            },
        }


def _as(words: Sequence[str]) -> list[str]:
    user = _user()
    return _as_user(user, list(words)) if user else list(words)


class Cluster:
    """Three nodes and one etcd on loopback."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="clerk-failover-"))
        if _user():
            shutil.chown(self.folder, _user())
        self._etcd: subprocess.Popen[bytes] | None = None
        self.nodes: list[Node] = []

    def start(self) -> Cluster:
        client, peer = _free_port(), _free_port()
        mine, others = f"http://127.0.0.1:{client}", f"http://127.0.0.1:{peer}"
        words = ["etcd", "--data-dir", str(self.folder / "etcd"), "--listen-client-urls", mine]
        words += ["--advertise-client-urls", mine, "--listen-peer-urls", others]
        words += ["--initial-advertise-peer-urls", others, "--initial-cluster", f"default={others}"]
        with (self.folder / "etcd.log").open("ab") as log:
            self._etcd = subprocess.Popen(_as(words), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/")
        until(lambda: (ask(f"{mine}/health") or {}).get("health") == "true")
        self.nodes = [Node(f"node{n}", self.folder, client) for n in (1, 2, 3)]
        self.nodes[0].start()
        until(lambda: self.leader(), 15, every=0.2)
        for node in self.nodes[1:]:
            node.start()
        until(self.synchronous, 60, every=0.2)
        return self

    def members(self) -> list[dict[str, Any]]:
        """As any of them sees it."""
        for node in self.nodes:
            seen = ask(f"http://127.0.0.1:{node.door}/cluster")
            if seen:
                members: list[dict[str, Any]] = seen["members"]
                return members
        return []

    def leader(self) -> Node | None:
        """The node that takes writes now."""
        for node in self.nodes:
            seen = ask(f"http://127.0.0.1:{node.door}/leader")
            if seen and seen.get("state") == "running":
                return node
        return None

    def synchronous(self) -> bool:
        """All three are there and one of them is waited for by every commit."""
        roles = sorted(m["role"] for m in self.members() if m["state"] in ("running", "streaming"))
        return roles == ["leader", "replica", "sync_standby"]

    def url(self, database: str) -> str:
        """All three, of which the one that takes writes is meant; as the centre's --database-url takes it."""
        hosts = ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)
        return f"postgresql://postgres@{hosts}/{database}?target_session_attrs=read-write"

    def log(self) -> str:
        return "\n".join(f.read_text("utf-8", "replace")[-5000:] for f in sorted(self.folder.glob("*.log")))

    def close(self) -> None:
        for node in self.nodes:
            node.kill()
        if self._etcd is not None:
            killed_at_once(trees(self._etcd.pid))
            self._etcd.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)

"""A hall's own queue machine as an example: HTTP over SQLite, in the wire format of `clerk_app/outside/queue_machine_http.py`.

`POST /tickets {"service", "priority", "taken_at"}` is its kiosk and no part of that format.
`python -m tests.contracts.queue_machine_server FILE` says its address in one line of JSON, and ends with its standard input.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

ZONE = timezone(timedelta(hours=8))
SERVICES = {"01": "K", "02": "M"}
SHOWN, LARGEST = 20, 1 << 16

_tables = """
CREATE TABLE IF NOT EXISTS tickets (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL, service TEXT NOT NULL, number TEXT NOT NULL, taken_at TEXT NOT NULL,
  priority TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'waiting', window INTEGER, press TEXT, called_at TEXT,
  calls INTEGER NOT NULL DEFAULT 0, word TEXT NOT NULL DEFAULT '', UNIQUE (day, number)
);
CREATE UNIQUE INDEX IF NOT EXISTS one_open_call ON tickets (day, window) WHERE state = 'called';
CREATE TABLE IF NOT EXISTS presses (press TEXT PRIMARY KEY, asked TEXT NOT NULL, status INTEGER NOT NULL, answer TEXT NOT NULL);
"""


class RefusedError(Exception):
    """What it will not do, by its type."""


class Machine:
    """Each question is one transaction that writes from its beginning."""

    def __init__(self, file: Path) -> None:
        self._file = file
        with closing(sqlite3.connect(file)) as rows:
            rows.execute("PRAGMA journal_mode=WAL")
            rows.executescript(_tables)

    def issue(self, asked: dict[str, Any]) -> dict[str, Any]:
        taken = datetime.fromisoformat(asked["taken_at"]) if asked.get("taken_at") else datetime.now(ZONE)
        day, prefix = taken.astimezone(ZONE).date().isoformat(), SERVICES[asked["service"]]
        with self._turn() as rows:
            (count,) = rows.execute(
                "SELECT count(*) FROM tickets WHERE day = ? AND service = ?", (day, asked["service"])
            ).fetchone()
            number = f"{prefix}{count + 1:03d}"
            rows.execute(
                "INSERT INTO tickets (day, service, number, taken_at, priority) VALUES (?, ?, ?, ?, ?)",
                (day, asked["service"], number, taken.isoformat(), asked.get("priority", "")),
            )
        return {"number": number}

    def press(self, act: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Done once; the same press again gets the first answer, with the window's open call as it stands now."""
        words = json.dumps([act, asked], sort_keys=True)
        acts: dict[str, Callable[..., dict[str, Any] | None]] = {
            "next": self._next, "recall": self._recall, "pass": self._end, "finish": self._end,
        }  # fmt: skip
        with self._turn() as rows:
            kept = rows.execute("SELECT * FROM presses WHERE press = ?", (asked["press"],)).fetchone()
            if kept is None:
                try:
                    status, answer = 200, {"ticket": acts[act](rows, asked)}
                except RefusedError as refused:
                    status, answer = 409, {"refused": str(refused), "sentence": "没有办，什么都没改。"}
                rows.execute(
                    "INSERT INTO presses VALUES (?, ?, ?, ?)", (asked["press"], words, status, json.dumps(answer))
                )
            elif kept["asked"] == words:
                status, answer = kept["status"], json.loads(kept["answer"])
            else:
                status, answer = 409, {"refused": "press-reused", "sentence": "这一次按键已经用过。"}
            return status, {**answer, "open": self._open(rows, asked["window"])}

    def waiting(self, window: int, services: list[str]) -> tuple[int, dict[str, Any]]:
        with self._turn() as rows:
            if not services or set(services) - set(SERVICES):
                return 409, {"refused": "unknown-service", "open": self._open(rows, window)}
            line = self._line(rows, services)
            counts = {service: sum(row["service"] == service for row in line) for service in services}
            return 200, {"counts": counts, "next": [_told(r) for r in line[:SHOWN]], "open": self._open(rows, window)}

    def _next(self, rows: sqlite3.Connection, asked: dict[str, Any]) -> dict[str, Any] | None:
        if not asked["services"] or set(asked["services"]) - set(SERVICES):
            raise RefusedError("unknown-service")
        if self._open(rows, asked["window"]):
            raise RefusedError("window-busy")
        line = self._line(rows, asked["services"])
        if not line:
            return None
        rows.execute(
            "UPDATE tickets SET state = 'called', window = ?, press = ?, called_at = ?, calls = 1 WHERE id = ?",
            (asked["window"], asked["press"], datetime.now(ZONE).isoformat(), line[0]["id"]),
        )
        return _told(line[0])

    def _recall(self, rows: sqlite3.Connection, asked: dict[str, Any]) -> dict[str, Any]:
        row = self._open_here(rows, asked)
        rows.execute("UPDATE tickets SET calls = calls + 1 WHERE id = ?", (row["id"],))
        return _told(row)

    def _end(self, rows: sqlite3.Connection, asked: dict[str, Any]) -> dict[str, Any]:
        row = self._open_here(rows, asked)
        word = asked["reason"] if "reason" in asked else asked["outcome"]
        rows.execute("UPDATE tickets SET state = 'ended', word = ? WHERE id = ?", (word, row["id"]))
        return _told(row)

    def _open_here(self, rows: sqlite3.Connection, asked: dict[str, Any]) -> sqlite3.Row:
        row = rows.execute("SELECT * FROM tickets WHERE day = ? AND number = ?", (_today(), asked["number"])).fetchone()
        if row is None:
            raise RefusedError("unknown-number")
        if (row["state"], row["window"]) != ("called", asked["window"]):
            raise RefusedError("not-open-here")
        return row  # type: ignore[no-any-return]

    def _open(self, rows: sqlite3.Connection, window: int) -> dict[str, Any] | None:
        row = rows.execute(
            "SELECT * FROM tickets WHERE day = ? AND window = ? AND state = 'called'", (_today(), window)
        ).fetchone()
        if row is None:
            return None
        return {"ticket": _told(row), "press": row["press"], "called_at": row["called_at"], "calls": row["calls"]}

    def _line(self, rows: sqlite3.Connection, services: list[str]) -> list[sqlite3.Row]:
        among = ", ".join("?" * len(services))
        return rows.execute(
            f"SELECT * FROM tickets WHERE day = ? AND state = 'waiting' AND service IN ({among}) ORDER BY priority = '', id",
            (_today(), *services),
        ).fetchall()

    @contextmanager
    def _turn(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._file, isolation_level=None, timeout=20)) as rows:
            rows.row_factory = sqlite3.Row
            rows.execute("PRAGMA synchronous=FULL")
            rows.execute("BEGIN IMMEDIATE")
            yield rows
            rows.execute("COMMIT")


def _told(row: sqlite3.Row) -> dict[str, Any]:
    return {key: row[key] for key in ("number", "service", "taken_at", "priority")}


def _today() -> str:
    return datetime.now(ZONE).date().isoformat()


class Door(BaseHTTPRequestHandler):
    """One request after another of one connection."""

    protocol_version = "HTTP/1.1"
    machine: Machine

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = parse_qs(parts.query)
        if parts.path != "/waiting":
            return self._answer(404, {})
        try:
            window = int(asked["window"][0])
        except (KeyError, ValueError):
            return self._answer(400, {})
        return self._answer(*self.machine.waiting(window, asked.get("service", [])))

    def do_POST(self) -> None:
        room, _, act = self.path.strip("/").partition("/")
        try:
            asked = json.loads(self.rfile.read(min(int(self.headers["Content-Length"]), LARGEST)))
            if self.path == "/tickets":
                return self._answer(200, self.machine.issue(asked))
            if room == "calls":
                return self._answer(*self.machine.press(act, asked))
        except (KeyError, TypeError, ValueError):
            return self._answer(400, {})
        return self._answer(404, {})

    def _answer(self, status: int, answer: dict[str, Any]) -> None:
        body = json.dumps(answer, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Numbers and windows are nobody's log."""


def serve(file: Path, port: int = 0) -> None:
    Door.machine = Machine(file)
    server = ThreadingHTTPServer(("127.0.0.1", port), Door)
    print(json.dumps({"url": f"http://127.0.0.1:{server.server_port}"}), flush=True)
    threading.Thread(target=server.serve_forever, name="machine", daemon=True).start()
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)

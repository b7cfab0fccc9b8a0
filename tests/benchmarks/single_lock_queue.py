"""A queue as most are built: Flask's own threaded server, one process, one lock, SQLite. What our calling is measured beside.

It is as SQLite and Flask come: the rollback journal, `synchronous=FULL`, a connection a request, the whole line in the
answer. Nothing is done to make it slow: an index on what is asked, no templates, no ORM, no log. It has no signatures, no
journal, no holds, no second process, and an answer lost on its way is lost.

    POST /tickets {"letter": "A", "count": 1}     200 {"numbers": ["A001"]}
    POST /next    {"window": 2, "letters": ["A"]} 200 {"ticket": {…} | null, "waiting": […]}

A call reads the next waiting, marks it called, ends what the window had, commits, and reads the line again.
`python -m tests.benchmarks.single_lock_queue FILE` says its address in one line of JSON, and ends with its standard input.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

_tables = """
CREATE TABLE IF NOT EXISTS tickets (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL, letter TEXT NOT NULL, serial INTEGER NOT NULL, state TEXT NOT NULL,
  taken_at TEXT NOT NULL, window INTEGER, called_at TEXT, UNIQUE (day, letter, serial)
);
CREATE INDEX IF NOT EXISTS of_state ON tickets (day, state, letter);
"""


class SingleLockQueue:
    """One lock around every question; a connection for each, as Flask's own pages advise."""

    def __init__(self, file: Path) -> None:
        self._file, self._lock = file, threading.Lock()
        with self._rows() as rows:
            rows.executescript(_tables)

    def issue(self, letter: str, count: int) -> dict[str, Any]:
        """The next numbers of the letter."""
        now = datetime.now(UTC)
        day = now.date().isoformat()
        with self._lock, self._rows() as rows:
            rows.execute("BEGIN IMMEDIATE")
            (last,) = rows.execute(
                "SELECT coalesce(max(serial), 0) FROM tickets WHERE day = ? AND letter = ?", (day, letter)
            ).fetchone()
            serials = range(last + 1, last + 1 + count)
            rows.executemany(
                "INSERT INTO tickets (day, letter, serial, state, taken_at) VALUES (?, ?, ?, 'waiting', ?)",
                [(day, letter, serial, now.isoformat()) for serial in serials],
            )
            rows.execute("COMMIT")
        return {"numbers": [f"{letter}{serial:03d}" for serial in serials]}

    def call(self, window: int, letters: list[str]) -> dict[str, Any]:
        """The next one waiting, and the line after it."""
        now = datetime.now(UTC)
        day, among = now.date().isoformat(), ", ".join("?" * len(letters))
        line = f"SELECT id, letter, serial, taken_at FROM tickets WHERE day = ? AND state = 'waiting' AND letter IN ({among}) ORDER BY id"
        with self._lock, self._rows() as rows:
            rows.execute("BEGIN IMMEDIATE")
            rows.execute("UPDATE tickets SET state = 'done' WHERE state = 'called' AND window = ?", (window,))
            found = rows.execute(f"{line} LIMIT 1", (day, *letters)).fetchone()
            if found is not None:
                rows.execute(
                    "UPDATE tickets SET state = 'called', window = ?, called_at = ? WHERE id = ?",
                    (window, now.isoformat(), found[0]),
                )
            rows.execute("COMMIT")
            waiting = rows.execute(line, (day, *letters)).fetchall()
        return {"ticket": _told(found) if found else None, "waiting": [_told(row) for row in waiting]}

    @contextmanager
    def _rows(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._file, isolation_level=None)) as rows:
            rows.execute("PRAGMA synchronous=FULL")
            yield rows


def _told(row: tuple[Any, ...]) -> dict[str, Any]:
    return {"id": row[0], "number": f"{row[1]}{row[2]:03d}", "taken_at": row[3]}


def make_app(queue: SingleLockQueue) -> Flask:
    """Its two doors."""
    from flask import Flask, jsonify, request

    app = Flask("single_lock_queue")

    @app.post("/tickets")
    def issue() -> Any:
        asked = request.get_json()
        return jsonify(queue.issue(asked["letter"], asked.get("count", 1)))

    @app.post("/next")
    def call() -> Any:
        asked = request.get_json()
        return jsonify(queue.call(asked["window"], asked["letters"]))

    return app


def serve(file: Path) -> None:
    """As `app.run(threaded=True)`, on a free port; without a line of log a request."""
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, make_app(SingleLockQueue(file)), threaded=True)
    print(json.dumps({"url": f"http://127.0.0.1:{server.port}"}), flush=True)
    threading.Thread(target=server.serve_forever, name="serving", daemon=True).start()
    sys.stdin.read()
    os._exit(0)


@contextmanager
def single_lock_queue(folder: Path) -> Iterator[str]:
    """The address of one in a process of its own."""
    words = [sys.executable, "-m", __name__, str(folder / "queue.db")]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            line = child.stdout.readline()
            assert line, "the single-lock queue did not start"
            yield json.loads(line)["url"]
        finally:
            child.stdin.close()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))

"""The centre's processes over one database: each on a port it keeps, so that it may be killed and started again."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from clerk_app.server.database import Database
from clerk_app.server.loading import load_hall, read_document
from clerk_app.store.columns import HALL_ZONE
from resources import path
from tests.contracts.running_centre import CODE
from tests.nursery import Child, centre_process
from tests.server.postgres import _free_port

__all__ = ["CODE", "ROOT", "CentreProcess", "prepare", "training_round_the_clock"]

ROOT = Path(__file__).parents[2]


def prepare(url: str) -> None:
    """Migrated, with the training hall, its letters alive today, and its passwords."""
    with closing(Database(url)) as database:
        database.migrate()
        with database.writing() as connection:
            load_hall(connection, training_round_the_clock(), training_passwords=True)


def training_round_the_clock() -> dict[str, Any]:
    """The training hall as of today, open all day: a centre on a real clock must not close while it is tried."""
    today = datetime.now(HALL_ZONE).date()
    document = read_document(path("halls", "training.yaml").read_text("utf-8"), today)
    document["hall"]["hours"]["weekday"] = [["00:00", "23:59"]]
    return document


class CentreProcess:
    """One server process; `kill` is SIGKILL, `start` comes back at the same address."""

    def __init__(self, database: str, log: Path) -> None:
        self.database, self._log = database, log
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._child: Child | None = None

    def start(self) -> CentreProcess:
        """Returns when it answers."""
        self.launch()
        return self.ready()

    def launch(self) -> None:
        words = [
            "serve",
            "--port",
            str(self.port),
            "--enrolment-code",
            CODE,
            "--with-parent",
            "--database-url",
            self.database,
        ]
        with self._log.open("a", encoding="utf-8") as log:
            self._child = centre_process(words, log)

    def ready(self) -> CentreProcess:
        """Raises when it ended instead."""
        assert self._child is not None
        line = self._child.stdout.readline()
        assert line, self._log.read_text("utf-8")[-3000:]
        assert json.loads(line)["url"] == self.url
        return self

    @property
    def pid(self) -> int:
        assert self._child is not None
        return self._child.pid

    def kill(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None

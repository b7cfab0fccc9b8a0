"""A real centre process over SQLite or PostgreSQL whose database can be copied away and brought back, and windows before it."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, make_url, select

from clerk_app.server.database import Database
from clerk_app.server.tables import envelopes
from clerk_app.store.tables import numbers_used
from tests.faults.centres import CentreProcess, prepare
from tests.faults.windows import Window
from tests.server.postgres import postgres_url

__all__ = ["Ground", "ground", "postgres_url"]

_numbers = itertools.count(1)


class Ground:
    """`backup` and `restore` are what an administrator does with the database while the centre stands still."""

    def __init__(self, folder: Path, server: str) -> None:
        self.folder, self._server = folder, server
        self._name = f"ground_{next(_numbers)}"
        if server:
            self._run(f"CREATE DATABASE {self._name}")
            self.database = make_url(server).set(database=self._name).render_as_string(False)
        else:
            self.database = f"sqlite:///{folder / 'centre.db'}"
        prepare(self.database)
        self.centre = CentreProcess(self.database, folder / "centre.log").start()
        self.windows: list[Window] = []

    def _run(self, *statements: str) -> None:
        url = make_url(self._server).set(drivername="postgresql+psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()

    def _copy(self, source: str, target: str) -> None:
        """The whole database, as PostgreSQL's own template copy or SQLite's file."""
        self.centre.kill()
        if self._server:
            self._run(f"DROP DATABASE IF EXISTS {target}", f"CREATE DATABASE {target} TEMPLATE {source}")
            return
        for file in self.folder.glob(f"{target}.db*"):
            file.unlink()
        for file in self.folder.glob(f"{source}.db*"):
            shutil.copy2(file, self.folder / file.name.replace(source, target))

    def backup(self) -> None:
        self._copy(self._here, "kept" if not self._server else f"{self._name}_kept")
        self.centre.start()

    def restore(self) -> None:
        """The centre stays down."""
        self._copy("kept" if not self._server else f"{self._name}_kept", self._here)

    @property
    def _here(self) -> str:
        return self._name if self._server else "centre"

    def window(self, name: str, number: int = 2) -> Window:
        self.windows.append(Window(self.folder / name, self.centre.url, number).open().sign_in())
        self.windows[-1].keeper.round()
        return self.windows[-1]

    def again(self, name: str, number: int = 2) -> Window:
        """A folder that is there already."""
        self.windows.append(Window(self.folder / name, self.centre.url, number).open())
        return self.windows[-1]

    def envelopes(self) -> list:
        with closing(Database(self.database)) as database, database.reading() as connection:
            return connection.execute(select(envelopes).order_by(envelopes.c.incarnation, envelopes.c.device_seq)).all()

    def numbers(self) -> list[tuple[str, int]]:
        with closing(Database(self.database)) as database, database.reading() as connection:
            return [tuple(row) for row in connection.execute(select(numbers_used.c.kind, numbers_used.c.serial))]

    def close(self) -> None:
        for window in self.windows:
            window.close()
        self.centre.kill()


@pytest.fixture(params=["sqlite", "postgresql"])
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ground]:
    server = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    made = Ground(tmp_path, server)
    yield made
    made.close()

"""Every test of the centre runs on SQLite and on PostgreSQL, each on its own copy of a loaded database.

Whole windows before a whole centre say little about SQL that the centre's own tests do not: their modules name one database
(`DATABASES = ("postgresql",)`), the one a hall has.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import NullPool, create_engine, make_url

from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.loading import load_hall, read_document
from clerk_app.server.tables import own
from clerk_app.store.tables import shared
from resources import path
from tests.server.desk import CODE, DAY, NOW, Desk
from tests.server.one_app import app_over
from tests.server.postgres import postgres_url

__all__ = ["postgres_url"]

_numbers = itertools.count(1)
_as_loaded = ("hall_versions", "hall_head", "accounts")
# Few tables have rows, and few rows: TRUNCATE would make new files for every table and index.
_put_back = f"""
    BEGIN;
    SET LOCAL session_replication_role = replica;
    {"".join(f"DELETE FROM public.{name};" for name in (*shared.tables, *own.tables))}
    {"".join(f"INSERT INTO public.{name} TABLE kept.{name};" for name in _as_loaded)}
    COMMIT
"""


def prepare(url: str) -> None:
    """Migrated, with the training hall and its accounts."""
    document = read_document(path("halls", "training.yaml").read_text("utf-8"), DAY)
    with closing(Database(url)) as database:
        database.migrate()
        with database.writing() as connection:
            load_hall(connection, document, training_passwords=True)


class Cluster:
    """Databases on one PostgreSQL: empty ones, and one that is put back to how it was loaded."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._loaded = ""

    def fresh(self) -> str:
        name = f"clerk_{next(_numbers)}"
        self._run("postgres", [f"CREATE DATABASE {name}"])
        return self._named(name)

    def loaded(self) -> str:
        if not self._loaded:
            self._loaded = self.fresh()
            prepare(self._loaded)
            copies = [f"CREATE TABLE kept.{name} AS TABLE public.{name}" for name in _as_loaded]
            self._run(self._loaded, ["CREATE SCHEMA kept", *copies])
        with psycopg.connect(self._loaded.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(_put_back)
        return self._loaded

    def _run(self, database: str, statements: list[str]) -> None:
        url = database if "://" in database else self._named(database)
        engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def _named(self, name: str) -> str:
        return make_url(self._url).set(drivername="postgresql+psycopg", database=name).render_as_string(False)


@pytest.fixture(scope="session")
def cluster(postgres_url: str) -> Cluster:
    return Cluster(postgres_url)


@pytest.fixture(scope="session")
def loaded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("loaded") / "centre.db"
    prepare(f"sqlite:///{file}")
    return file


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Both databases, or those the module names."""
    said = any("url" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "url" in metafunc.fixturenames and not said:
        named = getattr(metafunc.module, "DATABASES", ("sqlite", "postgresql"))
        metafunc.parametrize("url", named, indirect=True)


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A loaded database of one's own."""
    if request.param == "postgresql":
        return request.getfixturevalue("cluster").loaded()
    loaded: Path = request.getfixturevalue("loaded_file")
    file = loaded.with_name("used.db")
    for old in loaded.parent.glob("used.db*"):
        old.unlink()
    shutil.copy2(loaded, file)
    return f"sqlite:///{file}"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return request.getfixturevalue("cluster").fresh()
    return f"sqlite:///{tmp_path / 'empty.db'}"


class Clock:
    """Hall time that tests move."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> Any:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


_opened: dict[str, Database] = {}


@pytest.fixture
def office(url: str, clock: Clock) -> Iterator[CentreOffice]:
    """Over an engine that knows its statements from the tests before; its connections end with the test."""
    if url not in _opened:
        _opened[url] = Database(url)
    database = _opened[url]
    try:
        yield CentreOffice(database, enrolment_code=CODE, now=clock)
    finally:
        database.close()


@pytest.fixture
def app(office: CentreOffice) -> Any:
    return app_over(office)


@pytest.fixture
def desk(app: Any) -> Desk:
    """Window 2, enrolled and signed in."""
    return Desk(app).open()


@pytest.fixture
def desk_at(app: Any) -> Callable[[int], Desk]:
    return lambda window: Desk(app, window=window).open()

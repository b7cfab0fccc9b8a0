"""The centre's connections: one that died while it rested is replaced; a single question needs no transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from clerk_app.server import database as module
from clerk_app.server.database import Database
from tests.server.conftest import Cluster

ME = text("SELECT pg_backend_pid()")


@pytest.fixture
def postgres(cluster: Cluster) -> Iterator[Database]:
    with closing(Database(cluster.fresh())) as database:
        yield database


def backend(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.execute(ME).scalar_one())


def end(database: Database, process: int) -> None:
    """From another connection of the same server."""
    with closing(Database(database.engine.url.render_as_string(False))) as other, other.reading() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": process})


def test_one_that_died_while_it_rested_is_replaced_unnoticed(
    postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "REST", 0.0)
    first = backend(postgres)
    assert backend(postgres) == first, "a living one stays"
    end(postgres, first)
    assert backend(postgres) != first


def test_one_that_died_just_now_is_an_error_once(postgres: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REST", 3600.0)
    first = backend(postgres)
    end(postgres, first)
    with pytest.raises(OperationalError):
        backend(postgres)
    assert backend(postgres) != first


def test_a_single_question_leaves_the_connection_as_it_was(url: str) -> None:
    with closing(Database(url)) as database:
        with database.asking() as connection:
            assert connection.execute(text("SELECT count(*) FROM hall_head")).scalar_one() == 1
        with pytest.raises(KeyError), database.writing() as connection:  # noqa: PT012
            connection.execute(text("DELETE FROM accounts"))
            raise KeyError
        with database.asking() as connection:
            assert connection.execute(text("SELECT count(*) FROM accounts")).scalar_one() > 0

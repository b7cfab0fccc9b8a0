"""A real store with a known key, filled for the training hall, and the steps of one visit on it."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from clerk_app.office.office import Office
from tests.desk import cut_office

KEY = bytes(range(32))


@pytest.fixture
def key() -> bytes:
    return KEY


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path, KEY)
    yield office
    office.parts.vault.close()


@pytest.fixture
def vault(office: Office):
    return office.parts.vault


@pytest.fixture
def sql(vault):
    """Run one statement on the store's own connection, in its own transaction; answers the rows as dicts."""

    def run(statement: str, **values):
        with vault._gate.begin() as connection:
            return rows_of(connection, statement, values)

    return run


def rows_of(connection: Connection, statement: str, values: dict) -> list[dict]:
    result = connection.exec_driver_sql(statement, values)
    return [dict(row) for row in result.mappings()] if result.returns_rows else []

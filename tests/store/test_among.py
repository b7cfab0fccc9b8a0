"""«Is one of these» looks keys up by their index at both databases, and reads right."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Select, column, literal_column, not_, select, table
from sqlalchemy.dialects import postgresql, sqlite

from clerk_app.store import tables
from clerk_app.store.among import among
from tests.desk import cut_office

_c = tables.cases.c
BY_ID = select(_c.id).where(_c.hall == literal_column("'JZ01'"), among(_c.id, "ids"))


def plan(connection: Connection, query: Select[tuple[str]]) -> str:
    text = str(query.compile(dialect=sqlite.dialect()))
    return " ".join(row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", ('["a"]',)))


def test_keys_are_looked_up_not_searched_for(tmp_path: Path) -> None:
    office = cut_office(tmp_path)
    with office.parts.vault.unit(office.hall) as work:
        said = plan(work.books.cabinet.connection, BY_ID)  # type: ignore[attr-defined]
    office.parts.vault.close()
    assert "(hall=? AND id=?)" in said
    assert "SCAN cases" not in said


def test_nothing_stands_behind_the_condition() -> None:
    """A comparison with a number behind it hides the index from SQLite."""
    for dialect in (sqlite.dialect(), postgresql.dialect()):  # type: ignore[no-untyped-call]
        text = str(BY_ID.compile(dialect=dialect))
        assert text.rstrip().endswith("))"), text


def test_it_reads_right_and_the_other_way_round(tmp_path: Path) -> None:
    office = cut_office(tmp_path)
    keys = table("numbers", column("n"))
    numbers = select(keys.c.n).select_from(keys)

    def found(condition: ColumnElement[bool], wanted: list[int]) -> list[int]:
        query = numbers.where(condition).order_by(keys.c.n)
        return list(connection.execute(query, {"wanted": wanted}).scalars())

    with office.parts.vault.unit(office.hall) as work:
        connection = work.books.cabinet.connection  # type: ignore[attr-defined]
        connection.exec_driver_sql("CREATE TEMP TABLE numbers (n INTEGER)")
        connection.exec_driver_sql("INSERT INTO numbers VALUES (1), (2), (3)")
        assert found(among(keys.c.n, "wanted"), [1, 3]) == [1, 3]
        assert found(not_(among(keys.c.n, "wanted")), [1, 3]) == [2]
        assert found(among(keys.c.n, "wanted"), []) == []
    office.parts.vault.close()

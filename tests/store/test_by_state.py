"""What is asked by state goes through the rows of that state alone: an order by an indexed column once made SQLite read every case."""

from __future__ import annotations

import pytest
from sqlalchemy import Select, event
from sqlalchemy.dialects import sqlite

from clerk_app.store.cases import _in_states, _in_states_of
from clerk_app.store.routing import _in_hand, _in_hand_of
from tests.desk import cut_office

ASKED = {"hall": "JZ01", "states": ["to_authorise", "granted"], "items": ["x"], "person": "P203"}


@pytest.mark.parametrize(
    "statement", [_in_states, _in_states_of, _in_hand, _in_hand_of], ids=["states", "of items", "in hand", "his"]
)
def test_the_way_to_it_is_not_by_its_order(tmp_path, statement: Select[tuple[object]]) -> None:
    office = cut_office(tmp_path)
    known = statement.compile(dialect=sqlite.dialect()).params
    words = statement.params({key: value for key, value in ASKED.items() if key in known}).compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True, "render_postcompile": True}
    )
    with office.parts.vault._gate.begin() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}").fetchall()
    office.parts.vault.close()
    said = " ".join(row[3] for row in plan)
    assert "ix_cases_received" not in said
    assert "ix_cases_accepted" not in said


@pytest.mark.parametrize(
    "asked", [lambda spool: spool.jobs(50), lambda spool: spool.waiting()], ids=["newest", "waiting"]
)
def test_papers_are_found_without_their_bytes(tmp_path, asked) -> None:
    office = cut_office(tmp_path)
    vault, plans = office.parts.vault, []

    def explain(connection, _cursor, statement, parameters, *_more) -> None:
        if statement.startswith("SELECT spool."):
            plans.extend(connection.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall())

    with vault._gate.begin() as connection:
        event.listen(connection.engine, "before_cursor_execute", explain)
    asked(vault.spool)
    vault.close()
    said = [row[3] for row in plans]
    assert any("COVERING INDEX ix_spool_state" in one for one in said), said
    assert not any(one == "SCAN spool" for one in said), said

"""备用号段 701–999: apart from the line's own numbers, also on the day the range grew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import update

from clerk_app.server.centre import CentreOffice
from clerk_app.server.tables import counters
from tests.server.desk import DAY, HALL, Desk

LINE, RESERVE = f"ticket:A:{DAY}", f"ticket-reserve:A:{DAY}"


def given(desk: Desk, kind: str, count: int) -> tuple[int, int]:
    block = desk.block(kind, count)
    return block["first"], block["last"]


def test_every_desk_has_its_own(desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    assert [given(one, RESERVE, 10) for one in (desk, desk_at(3))] == [(701, 710), (711, 720)]


def test_where_an_older_centre_let_the_line_run_there_the_reserve_begins_behind_it(
    desk: Desk, office: CentreOffice
) -> None:
    assert given(desk, LINE, 1) == (1, 1)
    with office.database.writing() as connection:
        here: Any = (counters.c.hall == HALL, counters.c.kind == LINE)
        connection.execute(update(counters).where(*here).values(next=751))
    assert given(desk, RESERVE, 10) == (751, 760)
    assert given(desk, LINE, 1) == (1000, 1000), "and the line leaves the rest to it"
    assert given(desk, RESERVE, 5) == (761, 765)

"""结果的通知 where a result is to be fetched, that it went out by post, and that it still lies here when somebody asked to be reminded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, Select, select

from clerk_app.cases.model import Case
from clerk_app.duty.handing_windows import handing_windows, where_to_fetch
from clerk_app.hall import Hall
from clerk_app.receipts.handing.model import Result
from clerk_app.store.rows import shelves, to_value
from clerk_app.store.tables import cases
from clerk_app.store.tables_handing import results

ResultNews = tuple[Literal["result_posted", "fetch_reminder"], Case, str, str]
"""Kind, case, the mark that tells one happening from the next, and what is said behind the case's name."""
_r = results.c
LOOKED_BACK = timedelta(days=7)
"""A look finds what happened since the one before; the centre was never away for longer."""


def where_words(hall: Hall, case: Case) -> str:
    """到哪里领 a spot case where it was taken in, any other at the handing-over window."""
    item = hall.items.get(case.item)
    own = item is not None and item.kind == "spot"
    if not own and handing_windows(hall.roster):
        return f"请到{where_to_fetch(hall.roster)}领取"
    return f"请到{case.window}号窗口领取" if case.window else "请到大厅领取"


def ready_words(connection: Connection, hall: Hall, case: Case) -> str:
    """办好了 and how it reaches him."""
    row = next(_results(connection, _one(hall.id, case.id)), None)
    if row is not None and row.by_post:
        return "的文书办好了，按您选的邮寄，寄出再告诉您运单号。"
    return f"的文书办好了，{where_words(hall, case)}，带上身份证。"


def result_news(connection: Connection, hall: Hall, now: datetime) -> Iterator[ResultNews]:
    """What went out by post, and what somebody asked to have told again by message."""
    moving = select(results).where(
        _r.hall == hall.id, _r.state.in_(("posted", "shelved")), _r.moved_at >= now - LOOKED_BACK
    )
    for row in _results(connection, moving.order_by(_r.moved_at, _r.id)):
        case = _case(connection, hall.id, row.id)
        if case is None or case.state != "sealed":
            continue
        if row.posting is not None:
            carrier = f"{row.posting.carrier} {row.posting.waybill}"
            yield "result_posted", case, row.posting.waybill, f"的文书已经寄出，{carrier}。"
        elif row.reminders and row.reminders[-1].how == "message":
            words = f"的文书还没有领，{where_words(hall, case)}，带上身份证。"
            yield "fetch_reminder", case, row.reminders[-1].at.isoformat(), words


def _one(hall: str, case: str) -> Select[tuple[object, ...]]:
    return select(results).where(_r.hall == hall, _r.id == case)


def _results(connection: Connection, query: Select[tuple[object, ...]]) -> Iterator[Result]:
    for row in connection.execute(query).mappings():
        yield to_value(shelves["result"], dict(row))


def _case(connection: Connection, hall: str, key: str) -> Case | None:
    found = connection.execute(select(cases).where(cases.c.hall == hall, cases.c.id == key)).mappings().first()
    return to_value(shelves["case"], dict(found)) if found is not None else None

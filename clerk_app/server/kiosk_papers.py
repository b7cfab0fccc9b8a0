"""凭旧单取号 what a paper somebody brings to a kiosk is about: its item and, while it is under way, the case his ticket opens.

Nothing else of the case is told to a place where nobody is signed in. The paper's own word (its code) was checked there.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from clerk_app.cases.states import OPEN
from clerk_app.hall import Hall
from clerk_app.ports.kiosk import KioskMatter, PaperNamed
from clerk_app.queueing.citizen_token import case_token
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device
from clerk_app.server.problems import ProblemError
from clerk_app.store.tables import cases

_under_way = (*OPEN, "sealed")
_c = cases.c
_what: Select[Any] = select(_c.id, _c.item, _c.item_name, _c.state)


def matter(office: CentreOffice, device: Device, named: PaperNamed) -> KioskMatter:
    """By query code, case number, or the token of a receipt's code. Raises `case-unknown` and `item-no-line`."""
    with office.database.reading() as connection:
        row = _found(connection, device.hall, named)
        if row is None:
            raise ProblemError(
                404, "case-unknown", "没有找到这张单子说的那件事，可能是别的大厅的。选业务取号，到窗口凭单子接着办。"
            )
        hall = office.hall_in_force(connection, device.hall)
    letter = _letter(hall, row.item)
    if not letter:
        raise ProblemError(409, "item-no-line", f"{row.item_name}现在没有排队的窗口，号没有取。请到总服务台问。")
    case = row.id if row.state in _under_way else ""
    return KioskMatter(letter=letter, item=row.item, case=case, name=row.item_name)


def _found(connection: Connection, hall: str, named: PaperNamed) -> Row[Any] | None:
    if named.token:
        # Only what is under way is looked through: a token leads back to no id.
        ids = select(_c.id).where(_c.hall == hall, _c.state.in_(_under_way))
        key = next((key for key in connection.execute(ids).scalars() if case_token(key) == named.token), None)
        return _row(connection, hall, _c.id == key) if key is not None else None
    if named.query_code:
        return _row(connection, hall, _c.query_code == named.query_code)
    return _row(connection, hall, _c.case_no == named.case_no) if named.case_no else None


def _row(connection: Connection, hall: str, which: ColumnElement[bool]) -> Row[Any] | None:
    return connection.execute(_what.where(_c.hall == hall, which).limit(1)).first()


def _letter(hall: Hall, code: str) -> str:
    item = hall.items.get(code)
    called = {letter for window in hall.roster.windows.values() for letter in window.letters}
    return next((letter for letter in item.letters if letter in called), "") if item is not None else ""

"""改期通知: who was told a later day than the one that binds now is told once; a hall without a gateway tells nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from clerk_app.cases.model import DueDates
from clerk_app.server import due_moves
from clerk_app.server.centre import CentreOffice
from clerk_app.server.due_moves import tell_due_moves
from clerk_app.server.tables import notices
from tests.server.desk import HALL, Desk
from tests.server.test_deeming import received, received_again, rewritten
from tests.server.test_people_side import with_gateway

__all__ = ["with_gateway"]


def told(office: CentreOffice) -> dict[str, str]:
    with office.database.reading() as connection:
        query = select(notices.c.subject, notices.c.words).where(notices.c.kind == "due_moved")
        return {row.subject: row.words for row in connection.execute(query)}


def printed(office: CentreOffice, case: str, day: date) -> None:
    rewritten(office, case, due=DueDates(promised=day, statutory=day))


def test_without_a_gateway_nobody_is_walked(office: CentreOffice, desk: Desk) -> None:
    case = received(desk)
    assert desk.do(desk.accepted(case))["state"] == "applied"
    printed(office, case, date(2026, 12, 1))
    tell_due_moves(office, HALL)
    assert told(office) == {}


def test_only_what_binds_sooner_is_told_slice_by_slice_and_once(
    with_gateway: None, office: CentreOffice, desk: Desk, monkeypatch
) -> None:
    monkeypatch.setattr(due_moves, "SLICE", 1)
    late = received(desk)
    assert desk.do(desk.accepted(late))["state"] == "applied"
    same = received_again(desk)
    assert desk.do(desk.accepted(same))["state"] == "applied"
    printed(office, late, date(2026, 12, 1))
    office.ears.walked.clear()
    for _ in range(3):
        tell_due_moves(office, HALL)
    assert told(office).keys() == {f"case:{late}"}
    assert "11月20日" in told(office)[f"case:{late}"]
    assert set(office.ears.walked.values()) == {None}
    office.ears = replace(office.ears, walked={})
    for _ in range(3):
        tell_due_moves(office, HALL)
    assert len(told(office)) == 1

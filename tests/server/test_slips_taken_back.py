"""A slip that is out and says what the centre did not take: whoever holds it is named by the slip's number, sent or seen alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clerk_app.cases.model import case_number
from tests.server.desk import DAY, HALL, Desk
from tests.server.test_documents import received
from tests.server.test_holds import printed, tasks


@pytest.mark.parametrize(("outcome", "many"), [("done", 1), ("sent", 1), ("unknown", 1), ("lost", 0), ("half", 0)])
def test_only_what_is_out_or_may_be_is_taken_back(desk: Desk, outcome: str, many: int) -> None:
    case = received(desk)
    wrong = desk.accepted(case)
    number = case_number(HALL, DAY, wrong.serial + 1)
    slip = replace(printed(desk, case, number), outcome=outcome)
    verdicts = desk.verdicts(desk.record(wrong, case_no=number), desk.record(slip))
    assert [verdict["state"] for verdict in verdicts] == ["refused", "applied"]
    found = tasks(desk, "take_back")
    assert len(found) == many
    assert all(number in task["words"] and "受理回执" in task["words"] for task in found)

"""What the centre hears of a seal too late: a second grant, a case that went another way, a stop, a dead machine's queue, an old program's line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from clerk_app.cases.afterwards import VoidCase
from clerk_app.outside.ids import new_id
from clerk_app.oversight.settling import RatifyConflict
from clerk_app.sealing.custody import AgreeResumeSeal, AskResumeSeal, StopSeal
from clerk_app.sealing.usecases import MarkSealed
from clerk_app.sync.wire import body_of
from tests.server.desk import NOW, Desk
from tests.server.sealing import CHIEF, SEAL, case_of, grant_of, seal_by_grant, used
from tests.server.test_conflicts import duty
from tests.server.test_holds import accepted, decide, latest, proposed, tasks
from tests.server.test_recovered import admit, bring

__all__ = ["duty"]
MANAGER = "P101"


@pytest.fixture
def authorised(desk: Desk) -> str:
    case = accepted(desk)
    assert desk.do(proposed(desk, case))["state"] == "applied"
    assert decide(desk, case)["state"] == "applied"
    return case


def minute(number: int) -> datetime:
    return NOW + timedelta(minutes=number)


def row(desk: Desk, subject: str) -> dict[str, Any]:
    found: dict[str, Any] = latest(desk)[subject]["row"]
    return found


def test_two_grants_for_one_page_leave_one_clean_use(
    desk: Desk, desk_at: Callable[[int], Desk], authorised: str
) -> None:
    """Authorised again in a hurry, while the seal's own seat was still at the first: the paper is sealed once."""
    seat = desk_at(3)
    grants = [grant_of(desk, authorised, device=one.device) for one in (desk, seat)]
    assert desk.states(*map(desk.record, grants)) == ["applied", "applied"]
    assert seat.sign_in("lian-xi-201", account=CHIEF).status == 200
    uses = (new_id(), new_id())
    first, second = used(desk, grants[0], uses[0]), used(seat, grants[1], uses[1])
    assert desk.states(*map(desk.record, first)) == ["applied", "applied"]
    verdicts = seat.verdicts(*map(seat.record, second))
    assert [(v["state"], v["type"]) for v in verdicts] == [("refused", "sealed-already"), ("applied", "")]
    assert [row(desk, f"seal_use:{use}")["flags"] for use in uses] == [[], ["这份已经盖过章"]]
    (task,) = tasks(desk, "conflict")
    assert (task["command"], "这份已经盖过章" in task["words"]) == (verdicts[1]["id"], True)
    marks = [MarkSealed(**desk.stamp(), case=authorised, seal_use=use) for use in reversed(uses)]
    assert [desk.do(mark)["state"] for mark in marks] == ["refused", "applied"]
    assert case_of(desk, authorised)["seal_use"] == uses[0]


def test_sealed_at_the_seat_while_the_case_was_ended_elsewhere(
    desk: Desk, desk_at: Callable[[int], Desk], authorised: str
) -> None:
    seat, use = desk_at(3), new_id()
    grant = grant_of(desk, authorised, device=seat.device)
    void = VoidCase(**desk.stamp(), case=authorised, reason="收错了")
    assert desk.states(desk.record(grant), desk.record(void)) == ["applied", "applied"]
    assert seat.sign_in("lian-xi-201", account=CHIEF).status == 200
    assert seat.states(*map(seat.record, used(seat, grant, use))) == ["refused", "applied"]
    assert row(desk, f"seal_use:{use}")["flags"] == ["盖的时候这件已经不等用印"]
    assert len(tasks(desk, "conflict")) == 1


def test_a_stop_told_after_a_later_resume_outlasts_it(desk: Desk, duty: Desk, authorised: str) -> None:
    """Somebody stopped it again with the line cut; those who resumed it spoke of the stop before."""
    assert duty.do(StopSeal(**duty.stamp(at=minute(1)), seal=SEAL, reason="清点"))["state"] == "applied"
    assert desk.sign_in("lian-xi-201", account=CHIEF).status == 200
    ask = AskResumeSeal(**desk.stamp(actor=CHIEF, post="R-SJJ", at=minute(2)), seal=SEAL, reason="在")
    agree = AgreeResumeSeal(**duty.stamp(at=minute(4)), seal=SEAL)
    assert (desk.do(ask)["state"], duty.do(agree)["state"]) == ("applied", "applied")
    before, _ = seal_by_grant(desk, authorised, minute(5))
    late = StopSeal(**duty.stamp(at=minute(3)), seal=SEAL, reason="钥匙找不到了")
    assert duty.do(late)["state"] == "applied"
    standing = row(desk, f"seal:{SEAL}")
    assert (standing["state"], datetime.fromisoformat(standing["since"])) == ("stopped", minute(3))
    assert row(desk, f"seal_use:{before}")["flags"] == [], "what was put on in good faith stands"
    said = [task["words"] for task in tasks(desk, "seal") if "钥匙找不到了" in task["words"]]
    assert ["还收到 1 份" in words for words in said] == [True]


def test_who_had_not_heard_of_that_stop_is_heard_and_a_person_says_whether_it_counts(
    desk: Desk, duty: Desk, authorised: str
) -> None:
    assert duty.do(StopSeal(**duty.stamp(at=minute(1)), seal=SEAL, reason="清点"))["state"] == "applied"
    assert desk.sign_in("lian-xi-201", account=CHIEF).status == 200
    ask = AskResumeSeal(**desk.stamp(actor=CHIEF, post="R-SJJ", at=minute(2)), seal=SEAL, reason="在")
    assert desk.do(ask)["state"] == "applied"
    agree, late = AgreeResumeSeal(**duty.stamp(at=minute(4)), seal=SEAL), duty.stamp(at=minute(3))
    assert duty.do(agree)["state"] == "applied"
    assert duty.do(StopSeal(**late, seal=SEAL, reason="钥匙找不到了"))["state"] == "applied"
    use, verdicts = seal_by_grant(desk, authorised, minute(5))
    assert [(v["state"], v["type"]) for v in verdicts] == [
        ("applied", ""), ("conflict", "seal-stopped"), ("applied", ""), ("conflict", "seal-stopped"),
    ]  # fmt: skip
    ratified = RatifyConflict(**duty.stamp(at=minute(9)), ratified=verdicts[3]["id"], note="章在手上，看过文书")
    assert duty.do(ratified)["state"] == "applied"
    assert (case_of(desk, authorised)["seal_use"], row(desk, f"seal_use:{use}")["flags"]) == (use, [])


def test_the_line_of_a_program_from_before_there_were_grants(desk: Desk, authorised: str) -> None:
    """It lay in the queue while both ends were upgraded: as it was signed then, judged as it was then."""
    decision, use = case_of(desk, authorised)["decision"], new_id()
    stamp = desk.stamp(actor=CHIEF, post="R-SJJ")
    _, record = used(desk, grant_of(desk, authorised), use)
    old = {key: value for key, value in body_of(record).items() if key not in NEWER} | {"schema": 1, "id": stamp["id"]}
    mark = MarkSealed(**desk.stamp(), case=authorised, seal_use=use)
    assert desk.states(desk.record_body(old), desk.record(mark)) == ["applied", "applied"]
    line = row(desk, f"seal_use:{use}")
    assert (line["flags"], line["grant"], line["digest_before"]) == ([], "-", decision["digest"])
    assert case_of(desk, authorised)["state"] == "sealed"


NEWER = ("grant", "keeper", "document", "said_at", "page", "seam")


def test_a_dead_machine_s_sealings_are_brought_in_by_two(desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    """Intent, line, mark and a stop: everything counts as the machine's own, and nothing twice."""
    case, other = accepted(desk), desk_at(3)
    assert desk.do(proposed(desk, case))["state"] == "applied"
    assert decide(desk, case)["state"] == "applied"
    grant, use = grant_of(desk, case), new_id()
    begin, record = used(desk, grant, use)
    mark = MarkSealed(**desk.stamp(), case=case, seal_use=use)
    stop = StopSeal(**desk.stamp(at=minute(1)), seal=SEAL, reason="机器坏了，先停")
    sent = [desk.record(act) for act in (grant, begin, record, mark, stop)]
    recovery = admit(other, desk.device, other.actor, MANAGER).json["recovery"]
    for expected in ("applied", "duplicate"):
        assert [v["state"] for v in bring(other, desk.device, recovery, *sent).json["verdicts"]] == [expected] * 5
    line = row(other, f"seal_use:{use}")
    assert (line["flags"], line["device"], case_of(other, case)["state"]) == ([], desk.device, "sealed")
    assert row(other, f"seal_intent:{use}")["state"] == "done"
    assert row(other, f"seal:{SEAL}")["state"] == "stopped"


def test_the_centre_says_once_when_it_took_a_line_in(desk: Desk, authorised: str) -> None:
    """By its own clock: a window that says an hour of its own proves nothing by it."""
    grant = grant_of(desk, authorised)
    begun, line = used(desk, grant, use := new_id())
    assert desk.states(*map(desk.record, (grant, begun, line))) == ["applied"] * 3
    heard = row(desk, f"seal_use:{use}")["heard_at"]
    assert heard is not None
    stop = StopSeal(**desk.stamp(at=minute(30)), seal=SEAL, reason="停")
    assert desk.states(desk.record(stop)) == ["applied"]
    assert row(desk, f"seal_event:{stop.id}")["heard_at"] is not None
    assert row(desk, f"seal_use:{use}")["heard_at"] == heard

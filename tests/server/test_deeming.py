"""视为受理 at the centre: firm with a number where the holding machine talks, provisional while it is silent, put back by its papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from clerk_app.cases.life import Gap, OneTimeNotice, PartnerOpinion
from clerk_app.oversight.tasks import CloseTask
from clerk_app.server import feed
from clerk_app.server.centre import CentreOffice
from clerk_app.server.holds import CentreBooks
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.tables import number_blocks, numbers_used
from tests.server.conftest import Clock
from tests.server.desk import HALL, NOW, Desk
from tests.server.test_holds import DUTY, given_back, latest, tasks
from tests.server.test_replay import serving

LAST = datetime(2026, 11, 27, 16, 0, tzinfo=HALL_ZONE)
"""Friday: the fifth working day after the 20th."""
AFTER = datetime(2026, 11, 30, 9, 0, tzinfo=HALL_ZONE)
RENEWAL = "11429900MBX002022C4000131016002"
JOINT = "11429900MBX00707754000117009001"


def received(desk: Desk) -> str:
    command = desk.received(serving(desk))
    assert desk.do(command)["state"] == "applied"
    return command.case


def hello_at(clock: Clock, desk: Desk, moment: datetime) -> None:
    clock.time = moment
    desk.greet()


def row(desk: Desk, case: str) -> dict[str, Any]:
    return latest(desk)[f"case:{case}"]["row"]


def talking(clock: Clock, desk: Desk, moment: datetime, minutes: int) -> None:
    """Heard every four minutes."""
    for passed in range(0, minutes + 1, 4):
        hello_at(clock, desk, moment + timedelta(minutes=passed))


def test_what_a_talking_machine_never_answered_is_accepted_back_dated_with_a_number(
    office: CentreOffice, clock: Clock, desk: Desk
) -> None:
    case = received(desk)
    fence = latest(desk)[f"case:{case}"]["fence"]
    talking(clock, desk, LAST, 8)
    assert row(desk, case)["state"] == "received", "the last day is not over"
    talking(clock, desk, AFTER, 0)
    assert row(desk, case)["state"] == "received", "it may still be sending what it did"
    talking(clock, desk, AFTER, 12)
    found, told = row(desk, case), latest(desk)[f"case:{case}"]
    assert (found["state"], found["case_no"]) == ("accepted", "JZ20261120-00001")
    assert found["life"]["deemed"]["on"] == "2026-11-20"
    assert found["life"]["deemed"]["provisional"] is False
    assert found["due"]["statutory"] == "2026-11-25"
    assert (told["holder"], told["fence"]) == (desk.device, fence), "it stays in the window's hands"
    (task,) = tasks(desk, "deemed")
    assert (task["subject"], task["closed_by"]) == (f"case:{case}", "")
    assert "编号 JZ20261120-00001" in task["words"]
    assert "卢" not in task["words"]
    with office.database.reading() as connection:
        block = connection.execute(select(number_blocks).where(number_blocks.c.device == "centre")).one()
        assert (block.kind, block.first, block.last) == ("case_no:2026", 1, 1)
        assert connection.execute(select(numbers_used.c.serial).where(numbers_used.c.kind == block.kind)).all() == [
            (1,)
        ]
    seen = len(desk.changes().json["changes"])
    talking(clock, desk, AFTER + timedelta(minutes=16), 4)
    assert len(desk.changes().json["changes"]) == seen, "nothing is written twice"


def test_while_its_machine_is_silent_it_is_provisional_without_a_number_and_firm_when_it_has_spoken(
    clock: Clock, desk: Desk, desk_at: Callable[[int], Desk]
) -> None:
    case, other = received(desk), desk_at(3)
    talking(clock, other, AFTER - timedelta(minutes=30), 8)
    assert row(other, case)["state"] == "received", "the hall has only opened: every machine is silent in the morning"
    talking(clock, other, AFTER + timedelta(minutes=30), 4)
    found = row(other, case)
    assert (found["state"], found["case_no"]) == ("accepted", "")
    assert found["life"]["deemed"]["provisional"] is True
    assert "暂定" in tasks(other, "deemed")[0]["words"]
    back = AFTER + timedelta(minutes=60)
    talking(clock, desk, back, 4)
    assert row(desk, case)["life"]["deemed"]["provisional"] is True, "what it did is perhaps still on its way"
    talking(clock, desk, back + timedelta(minutes=4), 8)
    found = row(desk, case)
    assert found["life"]["deemed"]["provisional"] is False
    assert found["case_no"] == "JZ20261120-00001"
    assert "编号 JZ20261120-00001" in tasks(desk, "deemed")[0]["words"]


def test_the_papers_of_a_machine_heard_of_late_put_it_back(
    clock: Clock, desk: Desk, desk_at: Callable[[int], Desk]
) -> None:
    case, other = received(desk), desk_at(3)
    talking(clock, other, AFTER + timedelta(minutes=30), 4)
    assert row(other, case)["life"]["deemed"]["provisional"] is True
    clock.time = AFTER + timedelta(minutes=50)
    assert desk.do(desk.accepted(case))["state"] == "applied", "accepted on the 20th, with the line cut"
    found = row(desk, case)
    assert (found["state"], found["life"].get("deemed")) == ("accepted", None)
    assert found["accepted_at"].startswith("2026-11-20")
    talking(clock, other, clock.time, 4)
    (task,) = tasks(desk, "deemed")
    assert task["closed_by"] == "centre"


def test_nobody_holds_it_and_what_a_person_closed_stays_closed(
    clock: Clock, desk: Desk, desk_at: Callable[[int], Desk]
) -> None:
    case, duty = received(desk), desk_at(DUTY)
    assert desk.do(given_back(desk, case))["state"] == "applied"
    talking(clock, duty, AFTER, 0)
    assert row(duty, case)["case_no"] == "JZ20261120-00001", "no machine can have anything more of it"
    (task,) = tasks(duty, "deemed")
    assert duty.do(CloseTask(**duty.stamp(at=clock.time), task=task["id"], note="通知书已补"))["state"] == "applied"
    talking(clock, duty, AFTER + timedelta(minutes=4), 4)
    assert tasks(duty, "deemed")[0]["closed_by"] == "P101"


def rewritten(office: CentreOffice, case: str, **changed: Any) -> None:
    """The case as another item, as if it had gone that way."""
    with office.database.writing() as connection:
        hall = office.hall_in_force(connection, HALL)
        cabinet = Cabinet(connection, HALL)
        books = CentreBooks(cabinet, hall, "")
        found = books.case(case)
        assert found is not None
        books.put_case(replace(found, **changed))
        cabinet.flush()
        entries = [feed.Entry(s, cabinet.dump(s), *cabinet.hold_of(s)[:2]) for s in cabinet.touched()]
        feed.append(connection, HALL, entries)


def test_silence_on_a_renewal_or_of_a_partner_is_told_and_never_granted(
    office: CentreOffice, clock: Clock, desk: Desk
) -> None:
    renewal, joint = received(desk), received_again(desk)
    for case, item in ((renewal, RENEWAL), (joint, JOINT)):
        assert desk.do(desk.accepted(case))["state"] == "applied"
        rewritten(office, case, item=item, due=None)
    asked = PartnerOpinion(department="ZGJ", asked_at=NOW, due=LAST.date())
    life = case_at(office, joint).life
    rewritten(office, joint, life=replace(life, partners=(asked,)))
    hello_at(clock, desk, AFTER)
    (told,) = tasks(desk, "silence")
    assert told["subject"] == f"case:{joint}"
    assert "11月27日" in told["words"]
    hello_at(clock, desk, datetime(2026, 12, 15, 9, 0, tzinfo=HALL_ZONE))
    both = {task["subject"]: task for task in tasks(desk, "silence")}
    assert "行政许可法 50" in both[f"case:{renewal}"]["words"]
    assert {row(desk, case)["state"] for case in (renewal, joint)} == {"accepted"}, "nobody granted anything"
    said = replace(asked, outcome="agree", words="同意。", by="某人", at=clock.time)
    rewritten(office, joint, life=replace(life, partners=(said,)))
    hello_at(clock, desk, clock.time + timedelta(minutes=31))
    both = {task["subject"]: task for task in tasks(desk, "silence")}
    assert (both[f"case:{joint}"]["closed_by"], both[f"case:{renewal}"]["closed_by"]) == ("centre", "")


def test_a_full_correction_nobody_accepted_is_named_and_never_accepted_by_itself(
    office: CentreOffice, clock: Clock, desk: Desk
) -> None:
    case = received(desk)
    gap = OneTimeNotice(gaps=(Gap(what="章程"),), bring_by=None, by=desk.actor, at=NOW, window=2)
    told = replace(case_at(office, case).life, notices=(gap,), completed_on=NOW.date())
    rewritten(office, case, life=told)
    hello_at(clock, desk, LAST)
    assert tasks(desk, "silence") == [], "the last day is not over"
    hello_at(clock, desk, AFTER)
    (task,) = tasks(desk, "silence")
    assert (task["subject"], task["closed_by"]) == (f"case:{case}", "")
    assert "补齐了还没受理" in task["words"]
    assert "卢" not in task["words"]
    assert row(desk, case)["state"] == "received", "nobody accepted anything"
    assert desk.do(desk.accepted(case))["state"] == "applied"
    hello_at(clock, desk, AFTER + timedelta(minutes=31))
    (task,) = tasks(desk, "silence")
    assert task["closed_by"] == "centre"


def received_again(desk: Desk) -> str:
    """A second visit: the window has one open call at a time."""
    first = desk.changes().json["changes"]
    ticket = next(
        c["row"]["id"] for c in first if c["subject"].startswith("ticket:") and c["row"]["state"] == "serving"
    )
    assert desk.do(desk.finished(ticket))["state"] == "applied"
    return received(desk)


def case_at(office: CentreOffice, case: str) -> Any:
    with office.database.reading() as connection:
        return CentreBooks(Cabinet(connection, HALL), office.hall_in_force(connection, HALL), "").case(case)

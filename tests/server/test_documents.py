"""出文书 at the centre: the fact with its seal line, what is not so is to be taken back, and what was returned is given again once."""

from __future__ import annotations

from collections.abc import Callable

from clerk_app.cases.model import case_number
from clerk_app.outside.ids import new_id
from clerk_app.sealing.gaps import ExplainGaps, ReturnNumbers
from clerk_app.sealing.issuing import IssueDocument
from tests.server.desk import DAY, HALL, Desk
from tests.server.test_holds import tasks

KIND = "paper_no:SJJ:accepted:2026"


def received(desk: Desk) -> str:
    ticket, case = new_id(), new_id()
    acts = (desk.took(ticket=ticket), desk.called(ticket), desk.arrived(ticket), desk.received(ticket, case))
    assert [desk.do(act)["state"] for act in acts] == ["applied"] * 4
    return case


def issued(desk: Desk, case: str, block: dict, serial: int, **fields) -> IssueDocument:
    plain = {
        "document": new_id(), "case": case, "paper": "受理通知书", "digest": "a" * 64, "pages": 1, "copies": 2,
        "document_no": f"江市监受〔2026〕{serial}号", "number_kind": KIND, "block": block["id"], "serial": serial, "seal": "S-SJ-2",
    }  # fmt: skip
    return IssueDocument(**desk.stamp(), **{**plain, **fields})


def rows(desk: Desk, word: str) -> list[dict]:
    found = {c["subject"]: c["row"] for c in desk.changes().json["changes"] if c["subject"].startswith(f"{word}:")}
    return list(found.values())


def test_the_paper_and_its_seal_line_stand_in_one(desk: Desk) -> None:
    case, block = received(desk), desk.block(KIND, 3)
    assert desk.do(desk.accepted(case))["state"] == "applied"
    command = issued(desk, case, block, block["first"])
    assert desk.do(command)["state"] == "applied"
    (document,), (use,) = rows(desk, "document"), rows(desk, "seal_use")
    assert (document["id"], document["sort"], document["flags"]) == (command.document, "procedure", [])
    assert (use["id"], use["document"], use["seal"], use["approver"]) == (
        command.document,
        command.document,
        "S-SJ-2",
        "",
    )
    assert tasks(desk, "take_back") == []
    again = issued(desk, case, block, block["first"])
    assert desk.do(again)["state"] == "applied", "a paper that is out is recorded"
    (task,) = tasks(desk, "conflict")
    assert "文号用过" in task["words"]


def test_a_notice_of_an_acceptance_that_was_refused_is_taken_back(desk: Desk) -> None:
    case, block = received(desk), desk.block(KIND, 3)
    wrong = desk.accepted(case)
    refused = desk.record(wrong, case_no=case_number(HALL, DAY, wrong.serial + 1))
    command = issued(desk, case, block, block["first"])
    verdicts = desk.verdicts(refused, desk.record(command))
    assert [verdict["state"] for verdict in verdicts] == ["refused", "applied"]
    (task,) = tasks(desk, "take_back")
    assert command.document_no in task["words"]
    assert task["command"] == verdicts[0]["id"]


def test_it_is_taken_back_too_when_the_paper_came_first(desk: Desk) -> None:
    case, block = received(desk), desk.block(KIND, 3)
    assert desk.do(issued(desk, case, block, block["first"]))["state"] == "applied"
    assert len(tasks(desk, "take_back")) == 1
    wrong = desk.accepted(case)
    assert desk.verdicts(desk.record(wrong, case_no="X"))[0]["state"] == "refused"
    assert len(tasks(desk, "take_back")) == 1, "the same matter is one task"


def test_returned_numbers_are_given_again_the_lowest_first_and_never_twice(
    desk: Desk, desk_at: Callable[[int], Desk]
) -> None:
    other, case = desk_at(3), received(desk)
    block, later = desk.block(KIND, 6), other.block(KIND, 2)
    assert desk.do(desk.accepted(case))["state"] == "applied"
    assert desk.do(issued(desk, case, block, block["first"]))["state"] == "applied"
    given = ReturnNumbers(**desk.stamp(), blocks=((block["id"], block["first"] - 5), (later["id"], later["first"])))
    assert desk.do(given)["state"] == "applied"
    fresh = [other.block(KIND, 3) for _ in range(3)]
    spans = [(one["first"], one["last"]) for one in fresh]
    assert spans == [(2, 4), (5, 6), (9, 11)], "behind what was used; another device's own block is not touched"
    assert desk.do(issued(desk, case, block, 3))["state"] == "applied"
    assert any("文号用过或者不是本机的" in task["words"] for task in tasks(desk, "conflict"))


def test_a_gap_is_explained_once(desk: Desk) -> None:
    said = {"number_kind": KIND, "serials": (2, 3), "reason": "卡纸，作废"}
    assert desk.do(ExplainGaps(**desk.stamp(), note=new_id(), **said))["state"] == "applied"
    assert desk.do(ExplainGaps(**desk.stamp(), note=new_id(), **said))["type"] == "gap-explained"
    assert [row["serials"] for row in rows(desk, "gap_note")] == [[2, 3]]

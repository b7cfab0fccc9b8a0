"""授权书 at the centre: recorded by one, confirmed by another, and what was decided by it after its end is for a person to say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from clerk_app.cases.decisions import AuthoriseDecision
from clerk_app.cases.sending_out import SendOut
from clerk_app.duty.recorded_letters import ConfirmLetter, EndLetter, RecordLetter, letter_id
from clerk_app.oversight.settling import RatifyConflict
from tests.server.desk import DAY, ITEM, NOW, Desk
from tests.server.test_holds import DUTY, accepted, latest, proposed, tasks

NUMBER, LEADER, SECOND = "江市监授〔2026〕9号", "P104", "P102"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def duty(desk_at: Callable[[int], Desk]) -> Desk:
    """P101 at the chiefs' seat, and P102 beside him."""
    desk = desk_at(DUTY)
    assert desk.sign_in("lian-xi-102", account=SECOND).status == 200
    return desk


@pytest.fixture
def ready(desk: Desk) -> str:
    """A case that waits for signature 2, at a window where the leader has a key."""
    case = accepted(desk)
    assert desk.do(proposed(desk, case))["state"] == "applied"
    assert desk.sign_in("lian-xi-104", account=LEADER).status == 200
    return case


def recorded(duty: Desk, **more: Any) -> RecordLetter:
    plain = {
        "letter": NUMBER, "department": "SJJ", "person": LEADER, "deputy": "", "start": DAY, "end": DAY, "items": (ITEM,),
        "powers": ("decide", "accept"), "scan": "0" * 64,
    }  # fmt: skip
    return RecordLetter(**duty.stamp(), **{**plain, **more})


def decide(desk: Desk, case: str, at: Any) -> dict[str, Any]:
    """The leader's countersignature at this desk, from no post of his own."""
    block = desk.block("doc_no:SJJ:2026", 1)
    stamp = desk.stamp(actor=LEADER, post="", at=at, basis=f"letter:{NUMBER}")
    return desk.do(
        AuthoriseDecision(
            **stamp, case=case, outcome="grant", opinion="同意。", block=block["id"], serial=block["first"],
            document_no=f"江市监准〔2026〕{block['first']}号", digest="0" * 64, pages=1, session="s",
        )
    )  # fmt: skip


def letter_row(desk: Desk) -> dict[str, Any]:
    row: dict[str, Any] = latest(desk)[f"letter:{letter_id(NUMBER)}"]["row"]
    return row


def test_it_counts_from_a_second_persons_word_on(desk: Desk, duty: Desk, ready: str) -> None:
    assert duty.do(recorded(duty))["state"] == "applied"
    assert decide(desk, ready, NOW)["state"] == "refused", "nobody has confirmed it"
    own = ConfirmLetter(**duty.stamp(), letter=NUMBER)
    assert duty.do(own)["type"] == "second-person"
    word = ConfirmLetter(**duty.stamp(actor=SECOND), letter=NUMBER)
    assert duty.do(word)["state"] == "applied"
    assert (letter_row(desk)["number"], letter_row(desk)["confirmed_by"]) == (NUMBER, SECOND)


def test_decided_by_it_while_it_stands(desk: Desk, duty: Desk, ready: str) -> None:
    confirm = ConfirmLetter(**duty.stamp(actor=SECOND), letter=NUMBER)
    assert duty.states(duty.record(recorded(duty)), duty.record(confirm)) == ["applied"] * 2
    assert decide(desk, ready, NOW + MINUTE)["state"] == "applied"
    decision = latest(desk)[f"case:{ready}"]["row"]["decision"]
    assert (decision["by"], decision["letter"], decision["acting_for"]) == (LEADER, NUMBER, "")


def test_decided_after_its_end_by_a_window_that_did_not_know(desk: Desk, duty: Desk, ready: str) -> None:
    confirm = ConfirmLetter(**duty.stamp(actor=SECOND), letter=NUMBER)
    end = EndLetter(**duty.stamp(at=NOW + 2 * MINUTE), letter=NUMBER, reason="带班的人换了")
    sent = [duty.record(one) for one in (recorded(duty), confirm, end)]
    assert duty.states(*sent) == ["applied"] * 3
    verdict = decide(desk, ready, NOW + 3 * MINUTE)
    assert (verdict["state"], verdict["type"]) == ("conflict", "letter-ended")
    assert verdict["rows"][f"case:{ready}"]["state"] == "to_authorise"
    (task,) = tasks(desk, "conflict")
    assert task["command"] == verdict["id"]
    word = RatifyConflict(**duty.stamp(), ratified=verdict["id"], note="停用前已经看过")
    assert duty.do(word)["state"] == "applied"
    decision = latest(desk)[f"case:{ready}"]["row"]["decision"]
    assert (decision["by"], decision["letter"]) == (LEADER, NUMBER)
    assert letter_row(desk)["ended_by"] == "P101", "it stays ended"


@pytest.mark.parametrize(
    ("change", "type_"),
    [
        ({"letter": "江市监授〔2026〕1号"}, "letter-taken"),
        ({"letter": "江市监授 〔2026〕9号"}, "letter-number"),
        ({"scan": ""}, "letter-scan"),
        ({"items": ()}, "letter-empty"),
        ({"powers": ()}, "letter-empty"),
        ({"person": "P999"}, "letter-person"),
        ({"end": DAY - timedelta(days=1)}, "letter-dates"),
    ],
)
def test_what_is_wrong_on_it_is_refused(duty: Desk, change: dict[str, Any], type_: str) -> None:
    assert duty.do(recorded(duty, **change))["type"] == type_


def test_a_clerk_records_none(desk: Desk) -> None:
    assert desk.do(recorded(desk))["type"] == "role-missing"


def test_sent_out_only_by_the_chief_while_the_letter_lists_it(desk: Desk, ready: str) -> None:
    words = {"case": ready, "why": "集体研究", "taker": "登记注册科"}
    assert desk.do(SendOut(**desk.stamp(), **words))["type"] == "within-letter"
    assert desk.sign_in("lian-xi-201", account="P201").status == 200
    assert desk.do(SendOut(**desk.stamp(actor="P201", post="R-SJJ"), **words))["state"] == "applied"
    case = latest(desk)[f"case:{ready}"]["row"]
    assert (case["state"], case["sent_out"]["taker"], case["sent_out"]["by"]) == (
        "with_department", "登记注册科", "P201",
    )  # fmt: skip

"""占用 at the centre: given once, under a fence, to the end of the office day; ended by its holder, by a code, or by two persons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from clerk_app.cases.decisions import AuthoriseDecision, GiveBackCase, ProposeDecision, ReleaseCase
from clerk_app.cases.usecases import TickMaterial
from clerk_app.command import Command
from clerk_app.outside.ids import new_id
from clerk_app.oversight.breaking import AgreeHoldBreak, AskHoldBreak
from clerk_app.receipts.usecases import RecordPaper
from clerk_app.registration.checks import CheckForm, digest_of
from clerk_app.server.centre import CentreOffice
from clerk_app.sync import protocol
from tests.registration.test_form import EXAMPLE
from tests.server.conftest import Clock
from tests.server.desk import DAY, NOW, SEATS, Desk
from tests.server.test_forms import saving
from tests.server.test_replay import serving

DUTY = 21
SEATS.setdefault(DUTY, ("P101", "R-ZWJ"))


def claim(desk: Desk, subject: str, code: str = "") -> dict[str, Any]:
    answer = desk.send("POST", protocol.HOLDS, {"subject": subject, "release_code": code})
    return answer.json if answer.status == 200 else {"granted": False, "type": answer.type, "status": answer.status}


def accepted(desk: Desk) -> str:
    """With its form filled in and checked: nothing but the acts of the test stands in the way of a grant."""
    received = desk.received(serving(desk))
    case = received.case
    acts = [received, desk.accepted(case), saving(desk, case, EXAMPLE), checked(desk, case)]
    assert desk.states(*[desk.record(act) for act in acts]) == ["applied"] * len(acts)
    return case


def checked(desk: Desk, case: str, document: dict[str, Any] = EXAMPLE, **more: Any) -> CheckForm:
    return CheckForm(
        **desk.stamp(**more), case=case, digest=digest_of(document), as_of=DAY, law="1", errors=(), warnings=()
    )


def given_back(desk: Desk, case: str, **more: Any) -> GiveBackCase:
    return GiveBackCase(**desk.stamp(**more), case=case)


def proposed(desk: Desk, case: str, **more: Any) -> ProposeDecision:
    return ProposeDecision(**desk.stamp(**more), case=case, outcome="grant", opinion="可以。")


def printed(desk: Desk, case: str, number: str, **more: Any) -> RecordPaper:
    return RecordPaper(
        **desk.stamp(**more), paper=new_id(), doc_type="受理回执", doc_no=number, copy_no=0, subject=f"case:{case}",
        sha256="0" * 64, outcome="done",
    )  # fmt: skip


def latest(desk: Desk) -> dict[str, Any]:
    """Everything as the feed last told it, with holder and fence."""
    found, cursor = {}, ""
    while True:
        page = desk.changes(cursor).json
        found.update({c["subject"]: c for c in page["changes"]})
        cursor = page["cursor"]
        if not page["more"]:
            return found


def tasks(desk: Desk, kind: str) -> list[dict[str, Any]]:
    rows = (c["row"] for s, c in latest(desk).items() if s.startswith("task:"))
    return [row for row in rows if row["kind"] == kind]


def by(desk: Desk, kind: type[Command], actor: str, post: str, **fields: Any) -> dict[str, Any]:
    """A countersignature at this desk: signed with a key the centre knows as that person's here."""
    assert desk.sign_in(f"lian-xi-{actor[-3:].lower()}", account=actor).status == 200
    return desk.do(kind(**desk.stamp(actor=actor, post=post), **fields))


def break_hold(duty: Desk, subject: str) -> None:
    key = new_id()
    ask = AskHoldBreak(**duty.stamp(), break_=key, subject=subject, reason="断线，人在等")
    assert duty.do(ask)["state"] == "applied"
    agreed = by(duty, AgreeHoldBreak, "P201", "R-SJJ", break_=key, subject=subject)
    assert agreed["state"] == "applied", agreed


def test_a_hold_has_a_fence_an_end_and_a_code_and_asked_again_the_same(desk: Desk, clock: Clock) -> None:
    case = accepted(desk)
    subject = f"case:{case}"
    first = claim(desk, subject)
    assert (first["granted"], first["fence"]) == (True, 0), "it came with the birth"
    assert first["until"].startswith("2026-11-20T17:")
    assert len(first["release_code"]) == 8
    assert first["release_code"].isdecimal()
    assert claim(desk, subject) == first
    clock.time = NOW.replace(hour=20)
    later = claim(desk, subject)
    assert later["until"].startswith("2026-11-20T21:05"), "at least an hour"
    assert {**later, "until": first["until"]} == first


def test_every_new_hold_has_a_larger_fence_and_an_older_one_is_refused(
    desk: Desk, desk_at: Callable[[int], Desk]
) -> None:
    case, other = accepted(desk), desk_at(3)
    subject = f"case:{case}"
    assert desk.do(given_back(desk, case))["state"] == "applied"
    theirs = claim(other, subject)
    assert theirs["fence"] > 0
    assert latest(desk)[subject]["holder"] == other.device
    assert latest(desk)[subject]["fence"] == theirs["fence"]
    assert claim(desk, subject)["granted"] is False
    assert other.do(given_back(other, case, fences={subject: theirs["fence"]}))["state"] == "applied"
    mine = claim(desk, subject)
    assert mine["fence"] > theirs["fence"]
    for fences in ({subject: 0}, {subject: theirs["fence"]}, {subject: mine["fence"] + 1}):
        refused = desk.do(proposed(desk, case, fences=fences))
        assert refused["state"] == "refused"
        assert refused["type"] in ("hold-lost", "not-held", "held-elsewhere")
    assert desk.do(proposed(desk, case, fences={subject: mine["fence"]}))["state"] == "applied"


def test_the_code_read_out_takes_it_over_and_five_wrong_tries_spoil_it(
    desk: Desk, desk_at: Callable[[int], Desk]
) -> None:
    case, other = accepted(desk), desk_at(3)
    subject = f"case:{case}"
    assert claim(other, subject, "00000000")["type"] == "release-code-none", "the centre never told one"
    code = claim(desk, subject)["release_code"]
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    refusals = [claim(other, subject, wrong) for _ in range(4)]
    assert [r["type"] for r in refusals] == ["release-code-wrong"] * 4
    taken = claim(other, subject, code)
    assert taken["granted"]
    assert taken["fence"] > 0
    assert taken["release_code"] != code
    assert desk.do(ReleaseCase(**desk.stamp(), case=case))["state"] == "applied", "a fact, and the case stays there"
    assert latest(desk)[subject]["holder"] == other.device
    assert desk.do(proposed(desk, case))["type"] == "hold-lost"
    third = desk_at(4)
    said = [claim(third, subject, wrong)["type"] for _ in range(6)]
    assert said == ["release-code-wrong"] * 4 + ["release-code-spoiled"] * 2
    assert claim(third, subject, taken["release_code"])["type"] == "release-code-spoiled"


def test_held_cut_broken_and_back(office: CentreOffice, desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    """Window 2 has a case and is cut; two persons break the hold, window 3 works on it; window 2 comes back."""
    received = desk.received(serving(desk))
    case, subject = received.case, f"case:{received.case}"
    assert desk.do(received)["state"] == "applied"
    acceptance = desk.accepted(case)
    cut = [
        desk.record(acceptance),
        desk.record(printed(desk, case, acceptance.case_no)),
        desk.record(proposed(desk, case)),
        desk.record(given_back(desk, case)),
    ]
    duty, other = desk_at(DUTY), desk_at(3)
    assert claim(other, subject)["granted"] is False
    break_hold(duty, subject)
    theirs = claim(other, subject)
    assert theirs["granted"]
    tick = TickMaterial(**other.stamp(fences={subject: theirs["fence"]}), case=case, material="公司章程", brought=False)
    assert other.do(tick)["state"] == "applied"
    assert other.do(given_back(other, case, fences={subject: theirs["fence"]}))["state"] == "applied"
    back = desk.verdicts(*cut)
    assert [(v["state"], v["type"]) for v in back] == [
        ("refused", "hold-lost"), ("applied", ""), ("set_aside", "earlier-refused"), ("set_aside", "earlier-refused"),
    ]  # fmt: skip
    assert "解除" in back[0]["sentence"]
    assert back[0]["rows"][subject]["state"] == "received"
    assert back[0]["rows"][subject]["materials"][1]["brought_at"] is None, "as window 3 left it"
    (lapse,) = tasks(desk, "lapse")
    assert (lapse["subject"], lapse["window"], lapse["made_by"]) == (subject, 2, "centre")
    (paper,) = tasks(desk, "take_back")
    assert acceptance.case_no in paper["words"]
    assert (paper["subject"], paper["command"], paper["window"]) == (subject, acceptance.id, 2)
    again = [{**v, "state": "applied"} if v["state"] == "duplicate" else v for v in desk.verdicts(*cut)]
    assert again == [{**v, "seq": 0} for v in back], "sent again, the same answers; where it stands was told once"
    assert len(tasks(desk, "lapse") + tasks(desk, "take_back")) == 2, "and no task twice"


def test_a_ticket_whose_hold_was_broken_is_not_moved_by_who_had_it(desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    took, duty, other = desk.took(), desk_at(DUTY), desk_at(3)
    subject = f"ticket:{took.ticket}"
    assert desk.do(took)["state"] == "applied"
    mine = claim(desk, subject)["fence"]
    stale = desk.record(desk.called(took.ticket, fences={subject: mine}))
    break_hold(duty, subject)
    verdict = desk.verdicts(stale)[0]
    assert (verdict["state"], verdict["type"]) == ("refused", "hold-lost")
    fence = claim(other, subject)["fence"]
    assert fence > mine
    assert other.do(other.called(took.ticket, fences={subject: fence}))["state"] == "applied"


def test_giving_back_what_was_broken_meanwhile_is_no_trouble(desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    case, duty, other = accepted(desk), desk_at(DUTY), desk_at(3)
    break_hold(duty, f"case:{case}")
    theirs = claim(other, f"case:{case}")
    assert desk.do(given_back(desk, case))["state"] == "applied"
    assert latest(desk)[f"case:{case}"]["holder"] == other.device
    assert latest(desk)[f"case:{case}"]["fence"] == theirs["fence"]


def test_two_persons_or_nothing(desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    case, duty = accepted(desk), desk_at(DUTY)
    subject, key = f"case:{case}", new_id()
    early = by(duty, AgreeHoldBreak, "P201", "R-SJJ", break_=key, subject=subject)
    assert early["type"] == "break-not-asked"
    assert duty.do(AskHoldBreak(**duty.stamp(), break_=key, subject=subject, reason="断线"))["state"] == "applied"
    assert [t["closed_by"] for t in tasks(desk, "break")] == [""]
    assert by(duty, AgreeHoldBreak, "P101", "R-ZWJ", break_=key, subject=subject)["type"] == "second-person"
    assert by(duty, AgreeHoldBreak, "P301", "R-GAJ", break_=key, subject=subject)["type"] == "other-department"
    assert latest(desk)[subject]["holder"] == desk.device
    assert by(duty, AgreeHoldBreak, "P201", "R-SJJ", break_=key, subject=subject)["state"] == "applied"
    assert latest(desk)[subject]["holder"] == ""
    assert [t["closed_by"] for t in tasks(desk, "break")] == ["P201"]


def test_a_lapsed_hold_of_a_silent_machine_stays(
    office: CentreOffice, clock: Clock, desk: Desk, desk_at: Callable[[int], Desk]
) -> None:
    case, other = accepted(desk), desk_at(3)
    subject = f"case:{case}"
    clock.time = NOW + timedelta(days=1)
    other.send("GET", protocol.HELLO)
    assert claim(other, subject)["granted"] is False, "window 2 was not heard of since"
    assert desk.do(desk.present(at=clock.time))["state"] == "applied"
    taken = claim(other, subject)
    assert taken["granted"], "it was, and did not ask for the case again"
    assert desk.do(proposed(desk, case, at=clock.time))["type"] == "hold-lost"


@pytest.mark.parametrize(("late", "state"), [(4, "applied"), (6, "hold-lapsed")])
def test_the_centre_waits_five_minutes_longer_before_a_decision_is_too_late(desk: Desk, late: int, state: str) -> None:
    case = accepted(desk)
    assert desk.do(proposed(desk, case))["state"] == "applied"
    end = datetime.fromisoformat(claim(desk, f"case:{case}")["until"])
    decided = decide(desk, case, at=end + timedelta(minutes=late))
    assert (decided["type"] or decided["state"]) == state


def decide(desk: Desk, case: str, **more: Any) -> dict[str, Any]:
    """The chief's countersignature at this desk."""
    block = desk.block("doc_no:SJJ:2026", 1)
    number = f"江市监准〔2026〕{block['first']}号"
    assert desk.sign_in("lian-xi-201", account="P201").status == 200
    return desk.do(
        AuthoriseDecision(
            **desk.stamp(actor="P201", post="R-SJJ", **more), case=case, outcome="grant", opinion="同意。", block=block["id"],
            serial=block["first"], document_no=number, digest="0" * 64, pages=1, session="s",
        )
    )  # fmt: skip

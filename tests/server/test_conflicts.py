"""两个说法 at the centre: what had ended without the window knowing, the same field changed twice, and a person's word on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from clerk_app.cases.afterwards import CorrectCase, VoidCase, applicant_fields
from clerk_app.cases.decisions import AuthoriseDecision
from clerk_app.cases.model import Applicant
from clerk_app.duty.usecases import RecordSignIn
from clerk_app.outside.ids import new_id
from clerk_app.oversight.settling import RatifyConflict, SettleCommand
from clerk_app.patching import diff
from clerk_app.sealing.custody import ReportSealLoss, StopSeal
from clerk_app.sealing.usecases import MarkSealed, RecordSealUse
from clerk_app.server import accounts
from clerk_app.server.centre import CentreOffice
from clerk_app.server.loading import load_hall, read_document
from clerk_app.server.tables import envelopes
from clerk_app.store.rows import from_json
from resources import path
from tests.registration.test_form import EXAMPLE
from tests.server.conftest import Clock
from tests.server.desk import DAY, NOW, Desk
from tests.server.sealing import seal_by_grant
from tests.server.test_forms import saving
from tests.server.test_holds import (
    DUTY,
    accepted,
    break_hold,
    checked,
    claim,
    decide,
    given_back,
    latest,
    printed,
    proposed,
    tasks,
)

HALL = "JZ01"


def reload(office: CentreOffice, change: Callable[[dict[str, Any]], None], at: Any) -> None:
    """Another hall version is in force from that moment."""
    document = read_document(path("halls", "training.yaml").read_text("utf-8"), DAY)
    change(document)
    with office.database.writing() as connection:
        load_hall(connection, document, training_passwords=False, at=at)


def without_letter(document: dict[str, Any]) -> None:
    document["authorisations"] = [a for a in document["authorisations"] if a["department"] != "SJJ"]


def without_seal(document: dict[str, Any]) -> None:
    for seal in document["seals"]:
        if seal["id"] == "S-SJJ":
            seal["electronic"] = False


def settlements(desk: Desk) -> dict[str, dict[str, Any]]:
    return {s.split(":")[1]: c["row"] for s, c in latest(desk).items() if s.startswith("settlement:")}


def case_row(desk: Desk, case: str) -> dict[str, Any]:
    return latest(desk)[f"case:{case}"]["row"]


@pytest.fixture
def duty(desk_at: Callable[[int], Desk]) -> Desk:
    return desk_at(DUTY)


@pytest.fixture
def ready(desk: Desk) -> str:
    """A case that waits for signature 2."""
    case = accepted(desk)
    assert desk.do(proposed(desk, case))["state"] == "applied"
    return case


def test_a_letter_revoked_meanwhile_is_a_conflict_and_a_person_ratifies(
    office: CentreOffice, clock: Clock, desk: Desk, duty: Desk, ready: str
) -> None:
    reload(office, without_letter, NOW + timedelta(minutes=1))
    act = NOW + timedelta(minutes=2)
    verdict = decide(desk, ready, at=act)
    assert (verdict["state"], verdict["type"]) == ("conflict", "letter-ended")
    assert "等值班长或首席代表定" in verdict["sentence"]
    assert verdict["rows"][f"case:{ready}"]["state"] == "to_authorise"
    (task,) = tasks(desk, "conflict")
    assert (task["command"], task["subject"], task["closed_by"]) == (verdict["id"], f"case:{ready}", "")
    word = RatifyConflict(**duty.stamp(), ratified=verdict["id"], note="授权书当天下午才收回，上午的决定有效。")
    assert duty.do(word)["state"] == "applied"
    case = case_row(desk, ready)
    assert (case["state"], case["decision"]["by"]) == ("granted", "P201")
    assert settlements(desk)[verdict["id"]]["how"] == "ratified"
    assert tasks(desk, "conflict")[0]["closed_by"] == "P101"
    again = RatifyConflict(**duty.stamp(), ratified=verdict["id"], note="再来")
    assert duty.do(again)["type"] == "already-settled"
    assert claim(desk, f"case:{ready}")["granted"], "and its window goes on with it"


def test_a_letter_that_ended_after_the_act_was_good(office: CentreOffice, desk: Desk, ready: str) -> None:
    reload(office, without_letter, NOW + timedelta(minutes=5))
    assert decide(desk, ready, at=NOW + timedelta(minutes=2))["state"] == "applied"


def test_a_letter_that_never_was_is_refused(office: CentreOffice, desk: Desk) -> None:
    reload(office, without_letter, NOW - timedelta(hours=1))
    desk.version = desk.send("GET", "/v1/hello").json["hall_version"]
    case = accepted(desk)
    assert desk.do(proposed(desk, case))["state"] == "applied"
    verdict = decide(desk, case)
    assert (verdict["state"], verdict["type"]) == ("refused", "beyond-letter")


def test_what_was_set_aside_behind_a_conflict_and_the_seal_used_meanwhile(
    office: CentreOffice, desk: Desk, duty: Desk, ready: str
) -> None:
    """The seal was put on with the line cut; its use stands flagged, and is clean once the decision counts."""
    reload(office, without_letter, NOW + timedelta(minutes=1))
    assert desk.sign_in("lian-xi-201", account="P201").status == 200
    chief = desk.stamp(actor="P201", post="R-SJJ", at=NOW + timedelta(minutes=2))
    block, digest = desk.block("doc_no:SJJ:2026", 1), "a" * 64
    number = f"江市监准〔2026〕{block['first']}号"
    decision = AuthoriseDecision(
        **{**chief, "id": new_id()}, case=ready, outcome="grant", opinion="同意。", block=block["id"], serial=block["first"],
        document_no=number, digest=digest, pages=1, session="s",
    )  # fmt: skip
    use = RecordSealUse(
        **{**chief, "id": new_id()}, seal_use=new_id(), seal="S-SJJ", certificate="2a", case=ready, document_no=number,
        title="准予决定书", pages=1, copies=1, digest_before=digest, digest_after="b" * 64, electronic=False,
        keeper="P201",
    )  # fmt: skip
    mark = MarkSealed(**desk.stamp(at=NOW + timedelta(minutes=3)), case=ready, seal_use=use.seal_use)
    verdicts = desk.verdicts(*[desk.record(act) for act in (decision, use, mark)])
    assert [v["state"] for v in verdicts] == ["conflict", "applied", "set_aside"]
    assert latest(desk)[f"seal_use:{use.seal_use}"]["row"]["flags"] == ["没有授权的用印"]
    assert duty.do(RatifyConflict(**duty.stamp(), ratified=decision.id, note="属实"))["state"] == "applied"
    row = latest(desk)[f"seal_use:{use.seal_use}"]["row"]
    assert (row["flags"], row["approver"]) == ([], "P201")
    marked = desk.do(MarkSealed(**desk.stamp(at=NOW + timedelta(minutes=9)), case=ready, seal_use=use.seal_use))
    assert marked["state"] == "applied"


def test_a_seal_stopped_meanwhile_leaves_its_use_and_stops_the_mark(
    office: CentreOffice, desk: Desk, duty: Desk, ready: str
) -> None:
    """By another list of the hall: the window sealed by the old one."""
    assert decide(desk, ready)["state"] == "applied"
    reload(office, without_seal, NOW + timedelta(minutes=1))
    use, verdicts = seal_by_grant(desk, ready, NOW + timedelta(minutes=2))
    assert [v["state"] for v in verdicts] == ["applied", "applied", "applied", "conflict"]
    assert verdicts[3]["type"] == "seal-stopped"
    assert sorted(t["command"] for t in tasks(desk, "conflict")) == sorted(v["id"] for v in verdicts[2:])
    assert case_row(desk, ready)["state"] == "granted"
    ratified = RatifyConflict(**duty.stamp(), ratified=verdicts[3]["id"], note="停用通知晚到")
    assert duty.do(ratified)["state"] == "applied"
    assert (case_row(desk, ready)["state"], case_row(desk, ready)["seal_use"]) == ("sealed", use)


def test_a_seal_lost_elsewhere_leaves_its_use_and_a_person_says_whether_it_counts(
    desk: Desk, duty: Desk, ready: str
) -> None:
    """Reported at another desk; the window had not heard of it."""
    assert decide(desk, ready)["state"] == "applied"
    lost = ReportSealLoss(**duty.stamp(at=NOW + timedelta(minutes=1)), seal="S-SJJ", reason="清点没看见")
    assert duty.do(lost)["state"] == "applied"
    (task,) = tasks(desk, "seal")
    assert "已挂失" in task["words"]
    use, verdicts = seal_by_grant(desk, ready, NOW + timedelta(minutes=2))
    assert [(v["state"], v["type"]) for v in verdicts] == [
        ("applied", ""), ("conflict", "seal-stopped"), ("applied", ""), ("conflict", "seal-stopped"),
    ]  # fmt: skip
    assert latest(desk)[f"seal_use:{use}"]["row"]["flags"] == ["印章停用了还盖"]
    begun = duty.do(RatifyConflict(**duty.stamp(), ratified=verdicts[1]["id"], note="属实"))
    assert (begun["type"], latest(desk)[f"seal_use:{use}"]["row"]["flags"]) == ("ratify-impossible", ["印章停用了还盖"])
    said = duty.do(RatifyConflict(**duty.stamp(), ratified=verdicts[3]["id"], note="盖的时候章在手上，看过文书"))
    assert said["state"] == "applied"
    assert case_row(desk, ready)["state"] == "sealed"
    assert latest(desk)[f"seal_use:{use}"]["row"]["flags"] == []
    assert latest(desk)["seal:S-SJJ"]["row"]["state"] == "lost", "the seal itself stays where it is"


def test_what_was_sealed_before_the_stop_and_sent_after_it_was_good(desk: Desk, duty: Desk, ready: str) -> None:
    assert decide(desk, ready)["state"] == "applied"
    stop = StopSeal(**duty.stamp(at=NOW + timedelta(minutes=9)), seal="S-SJJ", reason="换章")
    assert duty.do(stop)["state"] == "applied"
    use, verdicts = seal_by_grant(desk, ready, NOW + timedelta(minutes=2))
    assert [v["state"] for v in verdicts] == ["applied"] * 4
    assert (case_row(desk, ready)["state"], latest(desk)[f"seal_use:{use}"]["row"]["flags"]) == ("sealed", [])


def test_a_person_gone_meanwhile(office: CentreOffice, desk: Desk, duty: Desk) -> None:
    case = accepted(desk)
    with office.database.writing() as connection:
        accounts.disable(connection, HALL, desk.actor, NOW + timedelta(minutes=1))
    late = desk.do(proposed(desk, case, at=NOW + timedelta(minutes=2)))
    assert (late["state"], late["type"]) == ("conflict", "account-ended")
    taken_back = SettleCommand(**duty.stamp(), settled=late["id"], how="taken_back", note="人已离职，件另派")
    assert duty.do(taken_back)["state"] == "applied"
    assert case_row(desk, case)["state"] == "accepted"
    assert duty.do(RatifyConflict(**duty.stamp(), ratified=late["id"], note="补"))["type"] == "already-settled"


def test_no_grant_is_ratified_on_a_form_that_changed_after_its_check(
    office: CentreOffice, desk: Desk, duty: Desk, desk_at: Callable[[int], Desk]
) -> None:
    """The gate is asked again: a person's word stands for the right to act, and not for the form."""
    case = accepted(desk)
    with office.database.writing() as connection:
        accounts.disable(connection, HALL, desk.actor, NOW + timedelta(minutes=1))
    late = desk.do(proposed(desk, case, at=NOW + timedelta(minutes=2)))
    assert late["state"] == "conflict"
    typed = saving(desk, case, changed(phone="071600000000"), EXAMPLE, at=NOW)
    assert desk.do(typed)["state"] == "applied"
    word = {"ratified": late["id"], "note": "人虽已离职，当时有权。"}
    refused = duty.do(RatifyConflict(**duty.stamp(), **word))
    assert (refused["type"], case_row(desk, case)["state"]) == ("ratify-impossible", "accepted")
    assert "自检" in refused["sentence"]
    assert desk.do(checked(desk, case, changed(phone="071600000000"), at=NOW))["state"] == "applied"
    assert duty.do(RatifyConflict(**duty.stamp(), **word))["state"] == "applied"
    assert case_row(desk, case)["state"] == "to_authorise"


def test_only_what_waits_is_ratified_and_only_while_nobody_else_works_on_it(
    office: CentreOffice, desk: Desk, duty: Desk, desk_at: Callable[[int], Desk]
) -> None:
    case = accepted(desk)
    fine = desk.do(proposed(desk, case))
    assert duty.do(RatifyConflict(**duty.stamp(), ratified=fine["id"], note="属实"))["type"] == "not-a-conflict"
    assert duty.do(RatifyConflict(**duty.stamp(), ratified=new_id(), note="属实"))["type"] == "not-a-conflict"
    reload(office, without_letter, NOW + timedelta(minutes=1))
    verdict = decide(desk, case, at=NOW + timedelta(minutes=2))
    assert verdict["state"] == "conflict"
    assert desk.do(given_back(desk, case))["state"] == "applied"
    other = desk_at(3)
    fence = claim(other, f"case:{case}")["fence"]
    word = RatifyConflict(**duty.stamp(), ratified=verdict["id"], note="属实")
    assert duty.do(word)["type"] == "held-elsewhere"
    assert settlements(desk) == {}, "nothing of it is written"
    assert other.do(given_back(other, case, fences={f"case:{case}": fence}))["state"] == "applied"
    assert duty.do(RatifyConflict(**duty.stamp(), ratified=verdict["id"], note="属实"))["state"] == "applied"
    clerk = desk.do(RatifyConflict(**desk.stamp(), ratified=verdict["id"], note="我来"))
    assert clerk["type"] == "role-missing"


def test_what_cannot_be_applied_any_more_is_not_ratified(
    office: CentreOffice, desk: Desk, duty: Desk, ready: str
) -> None:
    reload(office, without_letter, NOW + timedelta(minutes=1))
    verdict = decide(desk, ready, at=NOW + timedelta(minutes=2))
    assert desk.do(VoidCase(**desk.stamp(), case=ready, reason="申请人撤回"))["state"] == "applied"
    refused = duty.do(RatifyConflict(**duty.stamp(), ratified=verdict["id"], note="属实"))
    assert refused["type"] == "ratify-impossible"
    assert (settlements(desk), case_row(desk, ready)["state"]) == ({}, "void")


# The same case at two windows: the table of the five kinds.


@pytest.fixture
def crossed(desk: Desk, duty: Desk, desk_at: Callable[[int], Desk]) -> tuple[str, Desk, dict[str, int]]:
    """Window 2 has unsent work on the case, its hold was broken, and window 3 has it."""
    case, other = accepted(desk), desk_at(3)
    assert desk.do(saving(desk, case, EXAMPLE))["state"] == "applied"
    break_hold(duty, f"case:{case}")
    return case, other, {f"case:{case}": claim(other, f"case:{case}")["fence"]}


def changed(**company: Any) -> dict[str, Any]:
    return {**EXAMPLE, "company": {**EXAMPLE["company"], **company}}


def form_row(desk: Desk, case: str) -> dict[str, Any]:
    return latest(desk)[f"form:{case}"]["row"]["document"]


def test_other_fields_go_together(desk: Desk, crossed: tuple[str, Desk, dict[str, int]]) -> None:
    case, other, fences = crossed
    theirs = saving(other, case, changed(phone="071600000000"), EXAMPLE, fences=fences)
    assert other.do(theirs)["state"] == "applied"
    mine = desk.do(saving(desk, case, changed(name="江州岚公司"), EXAMPLE))
    assert (mine["state"], mine["type"]) == ("applied", "merged")
    assert "两边的改动都在" in mine["sentence"]
    assert form_row(desk, case) == changed(phone="071600000000", name="江州岚公司")


def test_a_check_before_the_other_windows_change_counts_for_nothing(
    desk: Desk, crossed: tuple[str, Desk, dict[str, int]]
) -> None:
    case, other, fences = crossed
    late = changed(name="江州岚公司")
    assert desk.do(saving(desk, case, late, EXAMPLE))["type"] == "merged", "though the hold was lost"
    assert other.do(proposed(other, case, fences=fences))["type"] == "form-unchecked"
    assert other.do(checked(other, case, EXAMPLE, fences=fences))["type"] == "form-changed"
    assert desk.do(checked(desk, case, late))["type"] == "hold-lost", "who lost it checks nothing"
    assert other.do(checked(other, case, late, fences=fences))["state"] == "applied"
    assert other.do(proposed(other, case, fences=fences))["state"] == "applied"
    assert desk.do(saving(desk, case, changed(phone="1"), EXAMPLE))["type"] == "form-closed"
    assert form_row(desk, case) == late


def test_the_same_field_is_kept_twice_and_waits(desk: Desk, crossed: tuple[str, Desk, dict[str, int]]) -> None:
    case, other, fences = crossed
    assert other.do(saving(other, case, changed(name="江州岚公司"), EXAMPLE, fences=fences))["state"] == "applied"
    mine = desk.do(saving(desk, case, changed(name="江州蓝公司", phone="1"), EXAMPLE))
    assert (mine["state"], mine["type"]) == ("conflict", "field-conflict")
    assert mine["rows"][f"form:{case}"]["document"]["company"]["name"] == "江州岚公司"
    assert form_row(desk, case) == changed(name="江州岚公司")
    assert [t["command"] for t in tasks(desk, "conflict")] == [mine["id"]]
    assert desk.do(saving(desk, case, changed(phone="1"), EXAMPLE))["state"] == "applied", (
        "what clashes with nothing goes in"
    )


def test_both_wrote_the_same(desk: Desk, crossed: tuple[str, Desk, dict[str, int]]) -> None:
    case, other, fences = crossed
    assert other.do(saving(other, case, changed(name="江州岚公司"), EXAMPLE, fences=fences))["state"] == "applied"
    assert desk.do(saving(desk, case, changed(name="江州岚公司"), EXAMPLE))["state"] == "applied"


def test_a_correction_of_the_applicant_is_an_edit_too(desk: Desk, crossed: tuple[str, Desk, dict[str, int]]) -> None:
    case, other, fences = crossed
    before = applicant_fields(from_json("case", case_row(desk, case)))

    def correction(at: Desk, **fields: Any) -> CorrectCase:
        fences_ = fields.pop("fences", {})
        patch = diff(before, {"applicant": {**before["applicant"], **fields}})
        merge, touched = dict(patch.merge), dict(patch.touched)
        return CorrectCase(**at.stamp(fences=fences_), case=case, patch=merge, touched=touched)

    assert other.do(correction(other, phone="13900000000", fences=fences))["state"] == "applied"
    assert desk.do(correction(desk, agent="孟繁"))["state"] == "applied"
    assert from_json("case", case_row(desk, case)).applicant == Applicant(
        name="卢桂珍", phone="13900000000", agent="孟繁"
    )
    assert desk.do(correction(desk, phone="13700000000"))["state"] == "conflict"


def test_void_beats_an_edit_and_its_author_is_told(desk: Desk, crossed: tuple[str, Desk, dict[str, int]]) -> None:
    case, other, fences = crossed
    void = VoidCase(**other.stamp(fences=fences), case=case, reason="重复")
    assert other.do(void)["state"] == "applied"
    mine = desk.do(saving(desk, case, changed(name="江州岚公司"), EXAMPLE))
    assert (mine["state"], mine["type"]) == ("refused", "case-void")
    (task,) = tasks(desk, "conflict")
    assert (task["command"], task["window"]) == (mine["id"], 2)


def test_a_machine_that_never_had_the_case_edits_nothing(desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    case, stranger = accepted(desk), desk_at(3)
    assert desk.do(saving(desk, case, EXAMPLE))["state"] == "applied"
    assert desk.do(given_back(desk, case))["state"] == "applied"
    for fences in ({}, {f"case:{case}": 5}):
        verdict = stranger.do(saving(stranger, case, changed(name="x"), EXAMPLE, fences=fences))
        assert (verdict["state"], verdict["type"]) == ("refused", "not-held")


def test_appends_are_always_taken(desk: Desk, crossed: tuple[str, Desk, dict[str, int]]) -> None:
    case, _, _ = crossed
    number = case_row(desk, case)["case_no"]
    assert desk.do(printed(desk, case, number))["state"] == "applied"
    assert tasks(desk, "take_back") == [], "the paper says what is so"
    assert len(tasks(desk, "lapse")) == 1


def test_what_nobody_can_read_is_a_task(office: CentreOffice, desk: Desk) -> None:
    strange = {"kind": "grant_wish", "schema": 1, "id": new_id(), "window": 2}
    row = desk.record_body(strange)
    assert desk.states(row) == ["quarantined"]
    assert desk.states(row) == ["quarantined"]
    (task,) = tasks(desk, "quarantine")
    assert (task["command"], task["window"], task["subject"]) == (strange["id"], 2, f"device:{desk.device}")
    assert desk.do(RecordSignIn(**desk.stamp(), sign_in=new_id(), online=True))["state"] == "applied"
    with office.database.reading() as connection:
        assert connection.execute(select(envelopes.c.state).where(envelopes.c.id == strange["id"])).scalar_one()

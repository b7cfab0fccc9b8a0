"""Two windows that could not know of each other: what was made with the line cut yields to the A角, and everybody hears of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from clerk_app.cases.afterwards import CorrectCase
from clerk_app.cases.decisions import AuthoriseDecision, ProposeDecision
from clerk_app.duty.leaving import RecordAbsence, ReturnToPost, substitution_id
from clerk_app.duty.stepping_in import ConfirmSubstitution, StepIn
from clerk_app.duty.usecases import RecordSignIn, RecordSignOut
from clerk_app.outside.ids import new_id
from clerk_app.oversight.settling import RatifyConflict
from clerk_app.receipts.usecases import RecordPaper
from clerk_app.server.centre import CentreOffice
from tests.server.conftest import Clock
from tests.server.desk import NOW, Desk
from tests.server.test_conflicts import case_row, settlements
from tests.server.test_holds import DUTY, accepted, latest, printed, proposed, tasks

A, B, POST = "P203", "P204", "A1"
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
END = NOW.replace(hour=17)


class Cut:
    """P204 at a machine that is cut off: he steps in on A1 at window 2, and his commands wait."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        assert desk.sign_in("lian-xi-204", B).status == 200
        self.waiting: list[dict[str, Any]] = []
        self.absence = new_id()

    def stamp(self, at: datetime, *, acting: bool = True) -> dict[str, Any]:
        basis = f"substitution:{self.substitution}" if acting else "b_role:A1"
        return self.desk.stamp(actor=B, post=POST, at=at, acting_for=A if acting else None, basis=basis)

    @property
    def substitution(self) -> str:
        return substitution_id(self.absence, POST)

    def note(self, command: Any) -> str:
        self.waiting.append(self.desk.record(command))
        return str(command.id)

    def steps_in(self, at: datetime, *, provisional: bool = True) -> str:
        self.note(RecordSignIn(**self.stamp(at, acting=False), sign_in=new_id(), online=False))
        fields = {"absence": self.absence, "on": POST, "a": A, "until": END, "reason": "没来"}
        stamp = self.stamp(at + MINUTE, acting=False)
        return self.note(StepIn(**stamp, **fields, provisional=provisional))

    def takes(self, at: datetime) -> str:
        return self.note(self.desk.took(**self.stamp(at)))

    def back_in_line(self) -> dict[str, dict[str, Any]]:
        verdicts = self.desk.verdicts(*self.waiting)
        self.waiting.clear()
        return {verdict["id"]: verdict for verdict in verdicts}


@pytest.fixture
def cut(desk: Desk) -> Cut:
    desk.blocks.setdefault("ticket:A:2026-11-20", desk.block("ticket:A:2026-11-20"))
    return Cut(desk)


@pytest.fixture
def elsewhere(desk_at: Callable[[int], Desk]) -> Desk:
    """The A角 at the machine of window 3, in the line."""
    other = desk_at(3)
    assert other.sign_in("lian-xi-203", A).status == 200
    other.block("ticket:A:2026-11-20")
    return other


@pytest.fixture
def duty(desk_at: Callable[[int], Desk]) -> Desk:
    return desk_at(DUTY)


def comes(desk: Desk, at: datetime) -> dict[str, Any]:
    """He signs in: at window 3 he is P204's B角."""
    stamp = desk.stamp(actor=A, post="A2", at=at, basis="b_role:A2")
    return desk.do(RecordSignIn(**stamp, sign_in=new_id(), online=True))


def substitution(desk: Desk, cut: Cut) -> dict[str, Any]:
    row: dict[str, Any] = latest(desk)[f"substitution:{cut.substitution}"]["row"]
    return row


def overlap(desk: Desk) -> dict[str, Any]:
    (task,) = tasks(desk, "overlap")
    assert "许可心" in task["words"]
    assert "段明远" in task["words"]
    return task


def test_the_a_comes_after_it_was_heard_of(cut: Cut, elsewhere: Desk, clock: Clock) -> None:
    step, first = cut.steps_in(NOW), cut.takes(NOW + 10 * MINUTE)
    assert {v["state"] for v in cut.back_in_line().values()} == {"applied"}
    late, fact = cut.takes(NOW + 2 * HOUR), cut.note(paper(cut, NOW + 2 * HOUR))
    clock.time = NOW + HOUR
    assert comes(elsewhere, NOW + HOUR)["state"] == "applied"
    row = substitution(elsewhere, cut)
    assert (row["ended_by"], datetime.fromisoformat(row["ended_at"])) == (A, NOW + HOUR)
    assert "10:05–10:05" in overlap(elsewhere)["words"]
    found = cut.back_in_line()
    assert (found[late]["state"], found[late]["type"]) == ("conflict", "substitution-ended")
    assert found[fact]["state"] == "applied", "facts stand"
    assert substitution(cut.desk, cut) == row, "and the window that stood in hears of it"
    assert step != first


def paper(cut: Cut, at: datetime) -> RecordPaper:
    return replace(printed(cut.desk, new_id(), "JZ-1"), **cut.stamp(at), doc_type="告知单")


def test_the_a_had_come_before_it_was_heard_of(cut: Cut, elsewhere: Desk, clock: Clock) -> None:
    step, early, late = cut.steps_in(NOW), cut.takes(NOW + 10 * MINUTE), cut.takes(NOW + 2 * HOUR)
    assert comes(elsewhere, NOW + HOUR)["state"] == "applied"
    clock.time = NOW + 3 * HOUR
    found = cut.back_in_line()
    assert [found[key]["state"] for key in (step, early, late)] == ["applied", "applied", "conflict"]
    assert found[late]["type"] == "substitution-ended"
    assert "10:05–12:05" in overlap(elsewhere)["words"]
    assert len(tasks(elsewhere, "conflict")) == 1


def test_the_a_had_come_and_gone(cut: Cut, elsewhere: Desk) -> None:
    stamp, key = elsewhere.stamp(actor=A, post="A2", at=NOW + HOUR), new_id()
    come = RecordSignIn(**stamp, sign_in=key, online=True)
    gone = RecordSignOut(**{**stamp, "id": new_id(), "at": NOW + 90 * MINUTE}, sign_in=key)
    assert elsewhere.states(elsewhere.record(come), elsewhere.record(gone)) == ["applied"] * 2
    cut.steps_in(NOW)
    late = cut.takes(NOW + 2 * HOUR)
    assert cut.back_in_line()[late]["state"] == "conflict"


def test_the_a_was_there_all_the_time(cut: Cut, elsewhere: Desk, duty: Desk) -> None:
    """Nobody could know; what was done in his name is a person's to decide, and can be let count."""
    assert comes(elsewhere, NOW - HOUR)["state"] == "applied"
    step, taken = cut.steps_in(NOW), cut.takes(NOW + 10 * MINUTE)
    found = cut.back_in_line()
    assert (found[step]["state"], found[step]["type"]) == ("conflict", "a-is-here")
    assert (found[taken]["state"], found[taken]["type"]) == ("conflict", "substitution-ended")
    assert substitution(elsewhere, cut)["ended_at"] == substitution(elsewhere, cut)["start"]
    assert overlap(elsewhere)["closed_by"] == ""
    word = RatifyConflict(**duty.stamp(), ratified=taken, note="号是照常取的")
    assert duty.do(word)["state"] == "applied"
    assert settlements(duty)[taken]["how"] == "ratified"


def test_moves_of_the_a_are_never_refused_for_it(cut: Cut, elsewhere: Desk) -> None:
    """Neither for a substitution that he knows nothing of nor because somebody said that he was away."""
    cut.steps_in(NOW, provisional=False)
    assert {v["state"] for v in cut.back_in_line().values()} == {"applied"}
    said = RecordAbsence(
        **elsewhere.stamp(at=NOW), absence=new_id(), person=A, start=NOW, end=END, reason="没来", away="unplanned"
    )
    assert elsewhere.do(said)["state"] == "applied"
    own = elsewhere.stamp(actor=A, post=POST, window=2, at=NOW + HOUR, basis="a_role:A1")
    ask = CorrectCase(**own, case=new_id(), patch={}, touched={})
    verdict = elsewhere.do(ask)
    assert (verdict["state"], verdict["type"]) == ("refused", "unknown-case"), "past authority"
    assert substitution(elsewhere, cut)["ended_at"] is None, "what came to nothing is no act"
    taken = elsewhere.took(**{**own, "id": new_id()})
    assert elsewhere.do(taken)["state"] == "applied"
    assert substitution(elsewhere, cut)["ended_at"] is not None
    overlap(elsewhere)


def test_an_earlier_act_heard_of_later_counts(cut: Cut, elsewhere: Desk) -> None:
    cut.steps_in(NOW)
    cut.back_in_line()
    assert comes(elsewhere, NOW + 2 * HOUR)["state"] == "applied"
    taken = elsewhere.took(**elsewhere.stamp(actor=A, post=POST, window=2, at=NOW + HOUR))
    assert elsewhere.do(taken)["state"] == "applied"
    assert datetime.fromisoformat(substitution(elsewhere, cut)["ended_at"]) == NOW + HOUR
    assert len(tasks(elsewhere, "overlap")) == 1, "the same matter is one task"


def test_a_return_with_the_line_cut_likewise(cut: Cut, elsewhere: Desk, clock: Clock) -> None:
    """The substitution was made with the line up, and confirmed: it ends only by his return, whenever that is heard of."""
    cut.steps_in(NOW, provisional=False)
    cut.back_in_line()
    early, late = cut.takes(NOW + 30 * MINUTE), cut.takes(NOW + 2 * HOUR)
    back = elsewhere.stamp(actor=A, post=POST, window=2, at=NOW + HOUR)
    ended = {"absences": (cut.absence,), "substitutions": (cut.substitution,)}
    clock.time = NOW + 90 * MINUTE
    assert elsewhere.do(ReturnToPost(**back, **ended))["state"] == "applied"
    assert "10:05–10:35" in overlap(elsewhere)["words"]
    found = cut.back_in_line()
    assert [found[key]["state"] for key in (early, late)] == ["applied", "conflict"]


def test_at_the_same_machine_nothing_overlaps(cut: Cut) -> None:
    """He comes back to his own window: whoever stood in there had got up."""
    cut.steps_in(NOW)
    assert cut.desk.sign_in("lian-xi-203", A).status == 200
    stamp = cut.desk.stamp(actor=A, at=NOW + HOUR)
    cut.note(RecordSignIn(**stamp, sign_in=new_id(), online=True))
    ended = {"absences": (cut.absence,), "substitutions": (cut.substitution,)}
    cut.note(ReturnToPost(**{**stamp, "id": new_id()}, **ended))
    assert {v["state"] for v in cut.back_in_line().values()} == {"applied"}
    assert substitution(cut.desk, cut)["ended_by"] == A
    assert tasks(cut.desk, "overlap") == []


def test_a_confirmed_one_gets_the_powers_and_takes_the_post(cut: Cut, elsewhere: Desk, duty: Desk) -> None:
    """What was said with the line up by the duty manager counts, but whom others said to be away may still come."""
    cut.steps_in(NOW)
    cut.back_in_line()
    confirm = ConfirmSubstitution(**duty.stamp(at=NOW + MINUTE), substitution=cut.substitution, agreed=True)
    assert duty.do(confirm)["state"] == "applied"
    row = substitution(cut.desk, cut)
    assert (row["provisional"], row["confirmed_by"]) == (True, "P101")
    propose = ProposeDecision(**cut.stamp(NOW + HOUR), case=new_id(), outcome="grant", opinion="可以。")
    verdict = cut.desk.do(propose)
    assert verdict["type"] == "unknown-case", "past authority"
    assert comes(elsewhere, NOW + 2 * HOUR)["state"] == "applied"
    assert substitution(elsewhere, cut)["ended_by"] == A


def test_it_ends_with_its_interval_whenever_it_is_heard_of(cut: Cut, clock: Clock) -> None:
    cut.steps_in(NOW)
    after = cut.takes(END + MINUTE)
    clock.time = END + HOUR
    verdict = cut.back_in_line()[after]
    assert (verdict["state"], verdict["type"]) == ("refused", "not-on-post")


def test_two_step_in_at_two_cut_machines(cut: Cut, elsewhere: Desk) -> None:
    """The same B角 twice: the first that the centre hears of stands."""
    other = Cut(elsewhere)
    cut.steps_in(NOW)
    step = other.steps_in(NOW + 2 * MINUTE)
    assert {v["state"] for v in cut.back_in_line().values()} == {"applied"}
    verdict = other.back_in_line()[step]
    assert (verdict["state"], verdict["type"]) == ("refused", "covered-already")


def test_who_stands_in_is_asked_once_a_batch(cut: Cut, office: CentreOffice) -> None:
    """However many act, and however many stand in."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.extend(name for name in ("FROM substitutions", "FROM absences") if name in statement)

    cut.steps_in(NOW)
    cut.back_in_line()
    batch = [cut.desk.record(cut.desk.took(**cut.stamp(NOW + (n + 2) * MINUTE))) for n in range(10)]
    event.listen(office.database.engine, "before_cursor_execute", note)
    assert cut.desk.states(*batch) == ["applied"] * 10
    event.remove(office.database.engine, "before_cursor_execute", note)
    assert sorted(asked) == ["FROM absences", "FROM substitutions"]


def test_what_a_deputy_decided_after_the_chief_was_back_is_anothers_to_ratify(
    desk: Desk, duty: Desk, desk_at: Callable[[int], Desk]
) -> None:
    """He stood in by right as far as his window knew; neither he himself nor anybody without the power lets it count."""
    case = accepted(desk)
    assert desk.do(proposed(desk, case))["state"] == "applied"
    for person in ("P201", "P202"):
        assert desk.sign_in(f"lian-xi-{person[-3:]}", account=person).status == 200
    chief, deputy = desk.stamp(actor="P201", post="R-SJJ"), desk.stamp(actor="P202", post="R-SJJ", at=NOW + MINUTE)
    gone, key = new_id(), new_id()
    away = RecordAbsence(**chief, absence=gone, person="P201", start=NOW, end=END, reason="会")
    step = {"absence": key, "on": "R-SJJ", "a": "P201", "until": END, "reason": "会", "provisional": False}
    assert desk.states(desk.record(away), desk.record(StepIn(**deputy, **step))) == ["applied"] * 2
    made = substitution_id(key, "R-SJJ")
    other = desk_at(3)
    assert other.sign_in("lian-xi-201", account="P201").status == 200
    back = ReturnToPost(
        **other.stamp(actor="P201", post="R-SJJ", at=NOW + HOUR), absences=(gone,), substitutions=(made,)
    )
    assert other.do(back)["state"] == "applied"
    block = desk.block("doc_no:SJJ:2026", 1)
    late = {"acting_for": "P201", "at": NOW + 2 * HOUR, "basis": f"substitution:{made}"}
    page = {"block": block["id"], "serial": block["first"], "digest": "0" * 64, "pages": 1, "session": "s"}
    decision = AuthoriseDecision(
        **desk.stamp(actor="P202", post="R-SJJ", **late), **page, case=case, outcome="grant", opinion="同意。",
        document_no=f"江市监准〔2026〕{block['first']}号",
    )  # fmt: skip
    verdict = desk.do(decision)
    assert (verdict["state"], verdict["type"]) == ("conflict", "substitution-ended")
    own = RatifyConflict(**desk.stamp(actor="P202", post="R-SJJ", window=21), ratified=verdict["id"], note="我办的")
    assert desk.do(replace(own, at=NOW + 30 * MINUTE, acting_for="P201"))["type"] == "second-person"
    word = RatifyConflict(**duty.stamp(), ratified=verdict["id"], note="梁代表返岗没通知到")
    assert duty.do(word)["state"] == "applied"
    assert case_row(desk, case)["decision"]["by"] == "P202"

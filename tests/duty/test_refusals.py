"""What must not be done: refused with the rule named, and nothing half-done; two hands are two human beings."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from clerk_app.cases import model
from clerk_app.cases.decision import Decision, Proposal
from clerk_app.command import Command, Refusal
from clerk_app.duty.leaving import (
    ApproveAbsence,
    AskAbsence,
    RecordAbsence,
    RefuseAbsence,
    ReturnToPost,
    substitution_id,
)
from clerk_app.duty.letters import letter_to_decide
from clerk_app.duty.noon import SetNoonRoster
from clerk_app.duty.recorded_letters import ConfirmLetter, RecordLetter
from clerk_app.duty.records import Absence, Cover
from clerk_app.duty.rules import LeaveStep, NoonTurn
from clerk_app.duty.standing import acting
from clerk_app.duty.stepping_in import ArrangeCover, ConfirmSubstitution, StepIn
from clerk_app.duty.usecases import RecordSignIn
from clerk_app.hall import Hall
from clerk_app.office.judge import judge
from clerk_app.office.known_time import NEEDS_KNOWN_TIME
from clerk_app.office.register import build_register
from clerk_app.oversight.breaking import AgreeHoldBreak, AskHoldBreak
from tests.cases.test_case import RECEIVED
from tests.duty.everyone import HALL, MANAGER, NOW, PLACES, sample, stand_in
from tests.memory_books import MemoryBooks

REGISTER = build_register()
SEATS = {
    "P203": ("A1", 2), "P204": ("A2", 3), "P105": ("B1", 4), "P106": ("B2", 5), "P103": ("K1", 1), "P303": ("C1", 6),
    "P305": ("D1", 7), "P201": ("R-SJJ", 21), "P202": ("R-SJJ", 21), "P101": ("R-ZWJ", 21), "P102": ("R-ZWJ", 21),
    MANAGER: ("R-ZWJ", 21), "P301": ("R-GAJ", 21), "P403": ("E1", 8), "P104": ("K1", 1), "P304": ("C1", 6),
}  # fmt: skip
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Hand:
    """One hall's books and whoever acts on them."""

    def __init__(self, hall: Hall = HALL) -> None:
        self.books = MemoryBooks(hall)
        self.number = 0

    def make(
        self, kind: type[Command], actor: str, at: datetime = NOW, acting_for: str | None = None, **more: Any
    ) -> Any:
        self.number += 1
        post, window = SEATS[actor]
        stamp = {"id": f"c{self.number}", "at": at, "actor": actor, "post": post, "window": window, "basis": ""}
        return kind(**stamp, hall_version="v1", acting_for=acting_for, **more)

    def do(self, kind: type[Command], actor: str, at: datetime = NOW, **more: Any) -> str:
        """The rule's name, or nothing when it was done. What is refused has changed nothing."""
        before = deepcopy(vars(self.books))
        refusal: Refusal | None = judge(self.make(kind, actor, at, **more), self.books, REGISTER)
        if refusal is None:
            return ""
        assert vars(self.books) == before, "nothing half-done"
        assert refusal.sentence.endswith("。")
        return refusal.type

    def ask(self, actor: str, start: datetime, end: datetime, key: str = "a", covers: tuple[Cover, ...] = ()) -> str:
        more = {"absence": key, "start": start, "end": end, "reason": "看病", "covers": covers}
        return self.do(AskAbsence, actor, **more)

    def approve(self, actor: str, rank: str = "chief_rep", key: str = "a", **more: Any) -> str:
        row = self.books.absence(key)
        return self.do(
            ApproveAbsence, actor, **{"absence": key, "rank": rank, "covers": row.covers if row else (), **more}
        )


@pytest.fixture
def hand() -> Hand:
    return Hand()


def test_leave_is_asked_approved_and_covered(hand: Hand) -> None:
    start, end = NOW + DAY, NOW + DAY + 6 * HOUR
    assert hand.ask("P203", start, end) == ""
    assert acting(hand.books, HALL.roster.posts["A1"], start).person == "P203", "asked is not approved"
    assert hand.approve("P201") == ""
    made = hand.books.substitution(substitution_id("a", "A1"))
    assert made is not None
    assert (made.a, made.b, made.start, made.end, made.confirmed_by) == ("P203", "P204", start, end, "P201")
    assert acting(hand.books, HALL.roster.posts["A1"], start).person == "P204"
    assert hand.approve("P201") == "absence-settled"


def test_back_dated_backwards_doubled_or_without_a_reason(hand: Hand) -> None:
    assert hand.ask("P203", NOW - HOUR, NOW + HOUR) == "back-dated"
    assert hand.ask("P203", NOW + HOUR, NOW) == "span-backwards"
    assert hand.ask("P203", NOW, NOW) == "span-backwards"
    assert hand.do(AskAbsence, "P203", absence="a", start=NOW, end=NOW + HOUR, reason=" ") == "reason-missing"
    assert hand.ask("P203", NOW + HOUR, NOW + 3 * HOUR) == ""
    assert hand.ask("P203", NOW + 2 * HOUR, NOW + 4 * HOUR, "b") == "absence-overlaps"
    assert hand.ask("P203", NOW + 5 * HOUR, NOW + 6 * HOUR, "a") == "absence-exists"
    assert hand.ask("P203", NOW + 3 * HOUR, NOW + 4 * HOUR, "b") == "", "one after the other"
    assert hand.do(ApproveAbsence, "P201", NOW + 4 * HOUR, absence="b", rank="chief_rep", covers=()) == "back-dated"


def test_an_absence_that_empties_a_post(hand: Hand) -> None:
    """P304 backs C1 and D1: one of the two at a time."""
    start, end = NOW + DAY, NOW + DAY + 6 * HOUR
    assert hand.ask("P303", start, end) == ""
    assert hand.ask("P305", start + HOUR, end, "b") == "", "both only asked"
    assert hand.approve("P301") == ""
    assert hand.approve("P301", key="b") == "post-empty"
    assert hand.ask("P304", start, end, "c") == "post-empty", "and who stands in does not leave"
    assert hand.ask("P305", end, end + HOUR, "d") == "", "but afterwards"


def test_a_and_b_are_never_away_together(hand: Hand) -> None:
    start, end = NOW + DAY, NOW + DAY + 6 * HOUR
    absence = Absence(id="x", person="P203", start=start, end=end, reason="急事", said_by="P201")
    hand.books.put_absence(absence)
    assert hand.ask("P204", start + HOUR, end + HOUR) == "post-empty", "nobody would be left on A1"
    assert hand.ask("P204", end, end + HOUR) == ""
    hand = Hand()
    hand.books.put_absence(replace(absence, person="P104"))
    assert hand.ask("P103", start, end) == "post-empty", "the B角 who should stand in is away himself"
    assert hand.ask("P103", start, end, covers=(Cover(post="K1", person="P105"),)) == "", "a third who is free"


def test_a_chief_is_covered_by_his_deputy_alone(hand: Hand) -> None:
    start, end = NOW + DAY, NOW + DAY + HOUR
    assert hand.ask("P201", start, end, covers=(Cover(post="R-SJJ", person="P301"),)) == "not-qualified"
    assert hand.ask("P201", start, end) == ""
    assert hand.approve("P202") == "not-on-post", "the deputy does not stand for him yet"
    assert hand.approve("P201", "hall_office") == "second-person"
    paper = {"name": "宫晓岚", "document_no": "江政服批〔2026〕12号"}
    assert hand.approve(MANAGER, "hall_office", **{**paper, "name": "游广川"}) == "paper-name"
    assert hand.approve(MANAGER, "hall_office", **{**paper, "document_no": " "}) == "paper-number"
    assert hand.approve("P301", "hall_office", **paper) == "rank-wrong", "papers are recorded by the duty manager"
    assert hand.approve(MANAGER, "chief_rep") == "rank-wrong"
    assert hand.approve(MANAGER, "hall_office", **paper) == ""


@pytest.mark.parametrize(
    ("cover", "kind"), [("P203", "cover-self"), ("P999", "unknown-cover"), ("P105", "not-qualified"), ("P204", "")]
)
def test_who_may_be_put_there(hand: Hand, cover: str, kind: str) -> None:
    assert hand.ask("P203", NOW + DAY, NOW + DAY + HOUR, covers=(Cover(post="A1", person=cover),)) == kind


def test_covers_are_of_ones_own_posts_all_of_them_and_each_by_another() -> None:
    posts = {**HALL.roster.posts, "A3": replace(HALL.roster.posts["A1"], id="A3", name="注销岗")}
    hand = Hand(replace(HALL, roster=replace(HALL.roster, posts=posts)))
    start, end = NOW + DAY, NOW + DAY + HOUR
    two = (Cover(post="A1", person="P204"), Cover(post="A3", person="P204"))
    assert hand.ask("P203", start, end, covers=two[:1]) == "post-empty", "A3 has nobody"
    assert hand.ask("P203", start, end, covers=two) == "post-empty", "one person, two posts"
    assert hand.ask("P105", start, end, covers=(Cover(post="B1", person="P106"), two[0])) == "unknown-cover"


def test_no_one_stands_in_where_another_does_already(hand: Hand) -> None:
    stand_in(hand.books, "K1", "P104")
    hand.books.absences.clear()
    later = hand.ask("P103", NOW + HOUR, NOW + 4 * HOUR, covers=(Cover(post="K1", person="P105"),))
    assert later == "substitution-overlaps"
    assert hand.ask("P103", NOW + 2 * HOUR, NOW + 4 * HOUR, covers=(Cover(post="K1", person="P105"),)) == ""


def stepping(hand: Hand, actor: str, post: str, at: datetime = NOW, **more: Any) -> str:
    fields = {"absence": f"s{hand.number}", "on": post, "until": NOW.replace(hour=23), "reason": "没来"}
    return hand.do(StepIn, actor, at, **{**fields, "provisional": False, **more})


def test_stepping_in(hand: Hand) -> None:
    assert stepping(hand, "P203", "A1") == "cover-self"
    assert stepping(hand, "P105", "A1") == "not-the-b"
    assert stepping(hand, "P204", "nothing") == "unknown-post"
    assert stepping(hand, "P204", "A1", a="P105") == "unknown-post", "the A角 is another by now"
    assert stepping(hand, "P204", "A1", until=NOW) == "span-backwards"
    assert stepping(hand, "P204", "A1", until=NOW + DAY) == "step-in-too-long"
    hand.do(RecordSignIn, "P203", NOW - HOUR, sign_in="s", online=True)
    assert stepping(hand, "P204", "A1") == "a-is-here"
    hand.books.sign_ins["s"] = replace(hand.books.sign_ins["s"], ended=True)
    assert stepping(hand, "P204", "A1") == ""
    assert stepping(hand, "P204", "A1") == "covered-already"
    absence, made = next(iter(hand.books.absences)), next(iter(hand.books.substitutions))
    assert stepping(hand, "P104", "K1", absence=absence) == "step-in-exists"
    assert acting(hand.books, HALL.roster.posts["A1"], NOW).person == "P204"
    assert hand.do(ConfirmSubstitution, "P204", acting_for=None, substitution=made, agreed=True) == "role-missing"


def test_stepping_in_when_the_a_signs_in_only_later(hand: Hand) -> None:
    """The centre may hear of his sign-in first: at that moment he was not there."""
    hand.do(RecordSignIn, "P203", NOW + HOUR, sign_in="s", online=True)
    assert stepping(hand, "P204", "A1") == ""


def test_the_deputy_does_not_stand_for_the_chief_with_the_line_cut(hand: Hand) -> None:
    assert hand.do(RecordAbsence, "P201", absence="a", person="P201", start=NOW, end=NOW + HOUR, reason="会") == ""
    assert stepping(hand, "P202", "R-SJJ", provisional=True) == "provisional"
    assert stepping(hand, "P202", "R-SJJ") == ""


def test_one_person_does_not_step_in_twice(hand: Hand) -> None:
    for person in ("P303", "P305"):
        hand.do(RecordAbsence, person, absence=person, person=person, start=NOW, end=NOW + HOUR, reason="急事")
    assert stepping(hand, "P304", "C1") == ""
    assert stepping(hand, "P304", "D1", acting_for="P303") == "post-empty"


def test_confirming_is_anothers_of_the_department_or_the_halls(hand: Hand) -> None:
    assert stepping(hand, "P204", "A1", provisional=True) == ""
    (sub,) = hand.books.substitutions.values()
    confirm = {"substitution": sub.id, "agreed": True}
    assert hand.do(ConfirmSubstitution, "P301", **confirm) == "other-department"
    assert hand.do(ConfirmSubstitution, "P201", NOW + HOUR, **confirm) == ""
    row = hand.books.substitutions[sub.id]
    assert [row.as_of(at).provisional for at in (NOW, NOW + HOUR)] == [True, False]
    assert hand.do(ConfirmSubstitution, MANAGER, **confirm) == "substitution-settled"
    hand = Hand()
    hand.do(RecordAbsence, "P101", absence="a", person="P101", start=NOW, end=NOW + HOUR, reason="会")
    assert stepping(hand, "P102", "R-ZWJ") == ""
    (sub,) = hand.books.substitutions.values()
    confirm = {"substitution": sub.id, "agreed": True}
    assert hand.do(ConfirmSubstitution, "P102", acting_for="P101", **confirm) == "second-person", "as a duty manager"
    assert hand.do(ConfirmSubstitution, MANAGER, **{**confirm, "agreed": False}) == ""
    assert acting(hand.books, HALL.roster.posts["R-ZWJ"], NOW).person == ""


def arrange(hand: Hand, actor: str, person: str, at: datetime = NOW, **more: Any) -> str:
    return hand.do(ArrangeCover, actor, at, **{"absence": "a", "on": "K1", "person": person, **more})


def test_a_gap_is_covered_by_arrangement_and_again_by_another(hand: Hand) -> None:
    post = HALL.roster.posts["K1"]
    end = NOW + 6 * HOUR
    hand.do(RecordAbsence, "P103", absence="a", person="P103", start=NOW, end=end, reason="急事")
    assert arrange(hand, "P301", "P104") == "other-department"
    assert arrange(hand, MANAGER, "P103") == "cover-self"
    assert arrange(hand, MANAGER, "P403") == "not-qualified"
    assert arrange(hand, MANAGER, "P204") == "post-empty", "he keeps another post at noon"
    assert arrange(hand, MANAGER, "P104", on="A1") == "unknown-cover"
    assert arrange(hand, MANAGER, "P104", absence="b") == "unknown-absence"
    assert arrange(hand, MANAGER, "P104") == ""
    first = substitution_id("a", "K1")
    assert arrange(hand, MANAGER, "P105", NOW + HOUR, replaces=first) == ""
    second = next(one.id for one in hand.books.substitutions.values() if one.b == "P105")
    assert arrange(hand, MANAGER, "P107", NOW + 2 * HOUR) == "cover-changed", "whoever knew only of the first"
    assert arrange(hand, MANAGER, "P107", NOW + 2 * HOUR, replaces=second) == ""
    hours = [acting(hand.books, post, NOW + n * HOUR).person for n in range(4)]
    assert hours == ["P104", "P105", "P107", "P107"], "and what was, stays as it was"
    in_force = [one.b for one in hand.books.substitutions.values() if one.in_force(NOW + 3 * HOUR)]
    assert in_force == ["P107"]
    assert arrange(hand, MANAGER, "P104", end, replaces=second) == "unknown-absence"


def test_refusing_is_for_who_might_approve(hand: Hand) -> None:
    assert hand.ask("P203", NOW + DAY, NOW + DAY + 2 * HOUR) == ""
    no = {"absence": "a", "note": "那天人手不够"}
    for stranger in ("P105", "P204", "P301"):
        assert hand.do(RefuseAbsence, stranger, **no) == "rank-wrong"
    assert hand.do(RefuseAbsence, "P201", **{**no, "note": " "}) == "note-missing"
    assert hand.do(RefuseAbsence, "P201", **no) == ""
    assert hand.approve("P201") == "absence-settled"
    assert hand.ask("P203", NOW + DAY, NOW + DAY + 2 * HOUR, "b") == ""
    assert hand.do(RefuseAbsence, "P203", absence="b", note="") == "", "one's own is withdrawn"


def test_all_ranks_and_another_human_for_each() -> None:
    """A hall where up to half an hour the head of the window and the duty manager approve together."""
    steps = (LeaveStep(ranks=("window_head", "duty_manager"), minutes=30),)
    rules = replace(HALL.roster.rules, leave=steps)
    heads = replace(rules.ranks, window_head={"A": "P203", "B": MANAGER})
    hand = Hand(replace(HALL, roster=replace(HALL.roster, rules=replace(rules, ranks=heads))))
    start, end = NOW + HOUR, NOW + HOUR + timedelta(minutes=20)
    assert hand.ask("P204", start, end) == ""
    assert hand.approve("P105", "window_head") == "rank-wrong"
    assert hand.approve("P203", "window_head") == "", "P203 is a clerk, and the head of that window"
    row = hand.books.absence("a")
    assert row is not None
    assert row.state == "asked"
    assert hand.approve("P203", "window_head") == "rank-wrong", "once"
    assert hand.approve(MANAGER, "duty_manager") == ""
    assert hand.ask("P105", start, end, "b") == ""
    assert hand.approve(MANAGER, "window_head", "b") == ""
    assert hand.approve(MANAGER, "duty_manager", "b") == "second-person", "one person with two roles is one person"
    assert hand.approve("P101", "duty_manager", "b") == ""
    assert hand.ask("P105", NOW + DAY, NOW + 3 * DAY, "c") == ""
    assert hand.approve("P101", "chief_rep", "c") == "rank-unknown", "the hall has not said: it is asked, not guessed"


def test_the_deputy_approves_only_while_he_stands_for_the_chief(hand: Hand) -> None:
    assert hand.ask("P203", NOW + DAY, NOW + DAY + 2 * HOUR) == ""
    assert hand.approve("P202") == "not-on-post"
    stand_in(hand.books, "R-SJJ", "P202")
    assert hand.approve("P202", acting_for="P201") == ""


def test_one_approved_late_begins_when_it_is_approved(hand: Hand) -> None:
    assert hand.ask("P103", NOW + HOUR, NOW + 4 * HOUR) == ""
    row = hand.books.absence("a")
    assert row is not None
    late = NOW + 2 * HOUR
    covers = {"absence": "a", "rank": "chief_rep", "covers": row.covers}
    assert hand.do(ApproveAbsence, "P101", late, **covers) == ""
    post = HALL.roster.posts["K1"]
    hours = [acting(hand.books, post, NOW + n * HOUR).person for n in range(5)]
    assert hours == ["P103", "P103", "P104", "P104", "P103"]


def test_a_fact_said_afterwards_changes_nothing_that_was(hand: Hand) -> None:
    post = HALL.roster.posts["K1"]
    span = {"start": NOW - 2 * HOUR, "end": NOW + HOUR}
    assert hand.do(RecordAbsence, "P103", absence="a", person="P103", reason="晕倒", **span) == ""
    assert [acting(hand.books, post, NOW + n * HOUR).person for n in (-1, 0, 1)] == ["P103", "", "P103"]
    kept = hand.books.absence("a")
    assert hand.do(RecordAbsence, "P105", absence="a", person="P105", reason="x", **span) == ""
    assert hand.books.absence("a") == kept, "the first word stands"
    over = {"start": NOW - 2 * HOUR, "end": NOW - HOUR}
    assert hand.do(RecordAbsence, "P105", absence="b", person="P105", reason="过了", **over) == ""
    assert acting(hand.books, HALL.roster.posts["B1"], NOW - HOUR).person == "P105"


def test_only_ones_own_return(hand: Hand) -> None:
    stand_in(hand.books, "K1", "P104")
    back = {"absences": ("away-K1",), "substitutions": ("sub-K1",)}
    assert hand.do(ReturnToPost, "P104", **back) == ""
    assert acting(hand.books, HALL.roster.posts["K1"], NOW).person == "P104"
    assert hand.do(ReturnToPost, "P103", **back) == ""
    assert acting(hand.books, HALL.roster.posts["K1"], NOW).person == "P103"
    assert acting(hand.books, HALL.roster.posts["K1"], NOW - timedelta(seconds=1)).person == "P104"


def test_the_noon_roster(hand: Hand) -> None:
    monday = NOW.date() - 4 * DAY
    turns = (NoonTurn(zone="市场准入区", post="A2", by="b"),)
    say = {"week": monday, "turns": turns}
    assert hand.do(SetNoonRoster, MANAGER, **{**say, "week": monday + DAY}) == "not-a-monday"
    assert hand.do(SetNoonRoster, MANAGER, **{**say, "week": monday - 7 * DAY}) == "back-dated"
    assert (
        hand.do(SetNoonRoster, MANAGER, week=monday, turns=(NoonTurn(zone="综合区", post="A2", by="b"),)) == "noon-post"
    )
    twice = (*turns, NoonTurn(zone="市场准入区", post="A1", by="a"))
    assert hand.do(SetNoonRoster, MANAGER, week=monday, turns=twice) == "noon-twice"
    assert hand.do(SetNoonRoster, MANAGER, NOW.replace(hour=12), **say) == ""
    a1, a2 = HALL.roster.posts["A1"], HALL.roster.posts["A2"]
    noon = NOW.replace(hour=12, minute=30)
    for days_ago in range(5):
        at = noon - days_ago * DAY
        kept = (acting(hand.books, a1, at).person, acting(hand.books, a2, at).person)
        assert kept == ("P204", "P204"), "the noons that had begun are kept as they were"
    assert hand.do(SetNoonRoster, MANAGER, week=monday + 7 * DAY, turns=turns) == ""
    at = noon + 3 * DAY
    assert (acting(hand.books, a1, at).person, acting(hand.books, a2, at).person) == ("P203", "P203")


def test_at_noon_the_a_stays_until_the_b_has_taken_over_and_covers_him_who_is_elsewhere(hand: Hand) -> None:
    noon, b1 = NOW.replace(hour=12, minute=30), HALL.roster.posts["B1"]
    assert acting(hand.books, b1, noon).person == "P106"
    stand_in(hand.books, "K1", "P106", at=noon)
    assert acting(hand.books, b1, noon).person == "P105", "P106 stands in at K1: nobody is in two places"
    assert acting(hand.books, b1, NOW.replace(hour=14, minute=30)).person == "P105"


def test_a_letter_is_recorded_and_confirmed_by_two(hand: Hand) -> None:
    letter = {
        "letter": "江市监授〔2026〕9号", "department": "SJJ", "person": "P101", "deputy": "", "start": NOW.date(),
        "end": NOW.date(), "items": ("i",), "powers": ("decide",), "scan": "s",
    }  # fmt: skip
    assert hand.do(RecordLetter, MANAGER, **{**letter, "end": NOW.date() - DAY}) in ("letter-dates", "letter-over")
    assert hand.do(RecordLetter, MANAGER, **letter) == ""
    assert hand.do(ConfirmLetter, MANAGER, letter=letter["letter"]) == "second-person"
    assert hand.do(ConfirmLetter, "P101", letter=letter["letter"]) == "second-person", "whom it empowers"
    assert hand.do(ConfirmLetter, "P203", letter=letter["letter"]) == "role-missing"
    assert hand.do(ConfirmLetter, "P102", letter=letter["letter"]) == ""


def test_a_hold_is_broken_by_two(hand: Hand) -> None:
    """P101 is a duty manager and the chief: asking and agreeing are two persons' all the same."""
    hand.books.holds["ticket:t"] = "device-b"
    assert hand.do(AskHoldBreak, "P101", break_="b", subject="ticket:t", reason="停电") == ""
    assert hand.do(AgreeHoldBreak, "P101", break_="b", subject="ticket:t") == "second-person"
    assert hand.do(AgreeHoldBreak, "P102", break_="b", subject="ticket:t") == "", "the deputy when the chief asked"


def test_who_proposed_does_not_decide() -> None:
    proposal = Proposal(outcome="grant", opinion="可以。", by="P201", at=NOW)
    case = replace(RECEIVED, state="to_authorise", proposal=proposal)
    decision = Decision(
        outcome="grant", opinion="同意。", by="P201", at=NOW, letter="x", document_no="x", serial=1, digest="d", pages=1
    )
    refused = model.decide(case, decision, 2)
    assert isinstance(refused, Refusal)
    assert "另" in refused.sentence or "同一" in refused.sentence
    assert not isinstance(model.decide(case, replace(decision, by="P202"), 2), Refusal)
    assert not isinstance(model.decide(case, decision, 1), Refusal), "an item that one named person decides"


@pytest.mark.parametrize("kind", sorted(NEEDS_KNOWN_TIME - {kind for kind in REGISTER if REGISTER[kind].command.fact}))
def test_a_clock_nobody_vouches_for_moves_no_post(kind: str) -> None:
    """Set back, or started without the centre: the same at both ends."""
    books = MemoryBooks(HALL)
    command = replace(sample(REGISTER[kind].command, PLACES["chief_rep"], lambda: "c1"), clock="unknown")
    refusal = judge(command, books, REGISTER)
    assert refusal is not None
    assert refusal.type == "clock-unknown"


def test_an_expired_or_foreign_letter() -> None:
    """Named by its rule, for the chief himself."""
    item, department = next(
        (i.code, i.department) for i in HALL.items.values() if i.department == "SJJ" and not i.site_check
    )
    books = MemoryBooks(HALL)
    own = letter_to_decide(item, department, "P201", NOW, books)
    assert not isinstance(own, Refusal)
    assert item in own.items
    for person, at, kind in (
        ("P201", NOW.replace(year=2027, month=2), "letter-ended"),
        ("P201", NOW.replace(year=2025), "letter-not-begun"),
        ("P301", NOW, "not-in-letter"),
        ("P202", NOW, "chief-present"),
    ):
        refused = letter_to_decide(item, department, person, at, books)
        assert isinstance(refused, Refusal)
        assert refused.type == kind
    foreign = letter_to_decide(item, "GAJ", "P301", NOW, books)
    assert isinstance(foreign, Refusal)
    assert foreign.type == "beyond-letter"

"""Cards: counted from seal time alone and the same at both ends; answered by who is meant, ended by the supervisor, withdrawn never been."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.cases.decision import HandedOver
from clerk_app.cases.life import Deemed, Ending, Extension, Life, OneTimeNotice, PartnerOpinion, SpecialProcedure
from clerk_app.cases.model import Case, DueDates
from clerk_app.command import Command, Refusal
from clerk_app.hall import read_hall
from clerk_app.office.judge import judge
from clerk_app.office.register import build_register
from clerk_app.oversight.card import Card, CardAnswer, made_card, manager_task, meant_by, proposed_cause
from clerk_app.oversight.card_acts import AnswerCard, EndCard, IssueCard
from clerk_app.oversight.cards import CardFinding, cards_of, unfounded
from clerk_app.oversight.model import Cut, task_id
from clerk_app.oversight.supervision import SupervisionRules, presets
from tests.desk import training_document
from tests.memory_books import MemoryBooks
from tests.oversight.some_cards import CASE, HOUR, ITEM, RULES, at, card, sealed

HALL = read_hall(training_document(), "v1")
REGISTER = build_register()
SEATS = {"P203": ("A1", 2), "P204": ("A2", 3), "P201": ("R-SJJ", 21), "P101": ("R-ZWJ", 21), "P109": ("", 2)}


def found(case: Case, now: Any, rules: SupervisionRules = RULES) -> tuple[CardFinding, ...]:
    return cards_of(case, ITEM, rules, HALL.calendar, time(17, 30), now)


def rules_of(case: Case, now: Any, rules: SupervisionRules = RULES) -> list[str]:
    return [one.rule for one in found(case, now, rules)]


days = st.integers(0, 60).map(lambda n: at(11, 20) + timedelta(days=n))


@settings(max_examples=40, deadline=None)
@given(when=days, now=days, later=days, preset=st.sampled_from(sorted(presets)))
def test_sealed_in_time_never_earns_a_red_card_whatever_is_typed_afterwards(when, now, later, preset):
    case = sealed(CASE, when)
    rules = replace(presets[preset], step_overdue_counts=True)
    typed = [
        case, replace(case, state="delivered", handed_over=HandedOver(receiver="卢", proof="", by="P203", at=later, window=2)),
        replace(case, state="archived"), replace(case, state="sealed", life=Life(green="急", assigned_to="P204")),
        replace(case, handler="P204", accepted_at=CASE.accepted_at, late_entry=None),
    ]  # fmt: skip
    for one in typed:
        reds = [f for f in found(one, max(now, when), rules) if f.kind in ("red", "severe")]
        assert not reds or when.date() > date(2026, 12, 4)
        if when.date() <= date(2026, 12, 4):
            yellows = {f.rule for f in found(one, max(now, when), rules)} - {"remind", "step_delivery"}
            assert yellows <= {"due_soon", "percent_yellow"}


@settings(max_examples=30, deadline=None)
@given(when=st.none() | days, now=days, preset=st.sampled_from(sorted(presets)))
def test_both_ends_find_the_same_cards(when, now, preset):
    """Another process, another copy of the case as the feed carries it, another time of asking: the same ids."""
    case = CASE if when is None else sealed(CASE, when)
    there = msgspec.convert(msgspec.to_builtins(case), Case)
    other = read_hall(training_document(), "v1")
    here = found(case, now, presets[preset])
    assert here == cards_of(there, ITEM, presets[preset], other.calendar, other.off_work, now)
    assert [f.id for f in here if f.kind != "remind"] == [
        f.id for f in found(case, now + 6 * HOUR, presets[preset]) if f.kind != "remind"
    ]


@settings(max_examples=30, deadline=None)
@given(first=days, second=days, preset=st.sampled_from(sorted(presets)))
def test_a_card_once_earned_stays_earned(first, second, preset):
    early, late = sorted((first, second))
    cards = [{f.id for f in found(CASE, now, presets[preset]) if f.kind != "remind"} for now in (early, late)]
    assert cards[0] <= cards[1]


def test_the_clock_stops_at_the_seal_and_not_at_the_button():
    on_the_day, next_morning = at(12, 4, 17, 29), at(12, 5, 0, 1)
    assert rules_of(sealed(CASE, on_the_day), at(12, 21)) == ["due_soon", "step_delivery"]
    assert rules_of(sealed(CASE, next_morning), at(12, 8)) == ["due_soon", "overdue"]
    assert "overdue" in rules_of(CASE, at(12, 5)), "decided, but nothing is sealed"


@pytest.mark.parametrize(
    "left",
    [
        replace(CASE, life=Life(second_limit=True)), replace(CASE, state="suspended"), replace(CASE, state="draft"),
        replace(CASE, life=Life(deemed=Deemed(on=date(2026, 11, 20), at=at(11, 30), provisional=True))),
    ],
    ids=["received in a cut", "paused", "draft", "perhaps answered"],
)  # fmt: skip
def test_some_cases_are_left_alone(left):
    assert found(left, at(12, 25)) == ()
    assert cards_of(CASE, replace(ITEM, external=True), RULES, HALL.calendar, time(17, 30), at(12, 25)) == ()
    assert cards_of(CASE, None, RULES, HALL.calendar, time(17, 30), at(12, 25)) == ()


def test_a_limit_shorter_than_the_warning_is_no_card_from_the_first_day():
    due = DueDates(promised=date(2026, 11, 23), statutory=date(2026, 12, 18))
    short = replace(CASE, due=due)
    assert rules_of(short, at(11, 20)) == []
    assert rules_of(short, at(11, 23)) == ["remind"]
    assert rules_of(short, at(11, 24)) == ["overdue"]


def test_late_steps_count_in_a_case_that_is_in_time():
    received = replace(CASE, state="received", accepted_at=None, due=None, case_no="")
    assert rules_of(received, at(11, 27)) == ["remind"]
    assert rules_of(received, at(11, 28)) == ["step_intake"]
    answered = replace(received, state="correction", life=Life(notices=(notice(at(11, 27)),)))
    assert rules_of(answered, at(12, 20)) == []
    deemed = replace(
        CASE, accepted_at=received.received_at, life=Life(deemed=Deemed(on=date(2026, 11, 20), at=at(11, 30)))
    )
    assert "step_intake" in rules_of(deemed, at(11, 30))
    partner = PartnerOpinion(department="XF", asked_at=at(11, 20), due=date(2026, 11, 25))
    joint = replace(CASE, life=Life(partners=(partner,)))
    assert rules_of(joint, at(11, 26)) == ["step_partner"]
    assert found(joint, at(11, 26))[0].department == "XF"
    told = replace(joint, life=Life(partners=(replace(partner, at=at(11, 25)),)))
    assert rules_of(told, at(11, 26)) == []
    assert rules_of(received, at(11, 28), replace(RULES, step_overdue_counts=False)) == []


def notice(when: Any) -> OneTimeNotice:
    return OneTimeNotice(gaps=(), bring_by=date(2026, 12, 10), by="P203", at=when, window=2)


def test_what_was_done_in_time_and_heard_late_takes_the_card_away():
    _, red, severe = found(CASE, at(12, 21))
    assert (red.rule, severe.rule) == ("overdue", "statutory")

    def wrong(case: Case, one: CardFinding = red) -> bool:
        return unfounded(one.rule, one.since, case, (f.id for f in found(case, at(12, 22))), one.id)

    assert not wrong(CASE)
    assert wrong(sealed(CASE, at(12, 4, 16)))
    assert not wrong(sealed(CASE, at(12, 5, 9)))
    paused = SpecialProcedure(
        procedure="hearing", reason="", planned_end=date(2026, 12, 20), asked_by="P203", asked_at=at(12, 3),
        confirmed_by="P201", confirmed_at=at(12, 4),
    )  # fmt: skip
    assert wrong(replace(CASE, state="suspended", life=Life(procedures=(paused,))))
    late = replace(paused, confirmed_at=at(12, 7))
    assert not wrong(replace(CASE, state="suspended", life=Life(procedures=(late,)))), "it was overdue before it rested"
    more = Extension(days=10, reason="", asked_by="P203", asked_at=at(12, 1), recorded_at=at(12, 3))
    longer = DueDates(promised=date(2026, 12, 18), statutory=date(2027, 1, 5))
    extended = replace(CASE, due=longer, life=Life(extension=more))
    assert wrong(extended, severe)
    assert not wrong(replace(extended, life=Life(extension=replace(more, recorded_at=at(12, 21)))), severe), "too late"
    gone = Ending(how="withdrawn", reason="", by="P203", at=at(12, 2))
    assert wrong(replace(CASE, state="withdrawn", life=Life(ending=gone)))


# What people do with a card.


@pytest.fixture
def books() -> MemoryBooks:
    books = MemoryBooks(HALL)
    books.put_case(CASE)
    books.put_card(card())
    return books


def by(kind: type[Command], actor: str, **fields: Any) -> Command:
    post, window = SEATS[actor]
    return kind(id="x", at=at(12, 7), actor=actor, post=post, window=window, basis="", hall_version="v1", **fields)


def said(command: Command, books: MemoryBooks) -> str:
    refusal = judge(command, books, REGISTER)
    assert refusal is None or (isinstance(refusal, Refusal) and refusal.sentence.endswith("。"))
    return refusal.type if refusal else ""


def issued(actor: str = "P109", **more: Any) -> Command:
    plain = {"card": "n", "colour": "red", "reason": "没按一次性告知办", "answer_by": date(2026, 12, 8), "case": "c"}
    return by(IssueCard, actor, **{**plain, **more})


def test_the_supervisor_issues_to_who_has_the_case_and_the_manager_hears_of_a_red_one(books):
    assert said(issued("P203"), books) == "role-missing"
    assert said(issued("P101"), books) == "see-only"
    assert said(issued(reason=" "), books) == "reason-missing"
    assert said(issued(case="none"), books) == "unknown-case"
    assert said(issued(case="", person="P999"), books) == "unknown-person"
    assert said(issued(case="", person="P109"), books) == "own-card"
    assert said(issued(), books) == ""
    made = books.cards["n"]
    assert (made.person, made.post, made.department, made.rule, made.case_no) == (
        "P203",
        "A1",
        "SJJ",
        "by_hand",
        "JZ-1",
    )
    (task,) = books.open_tasks(9)
    assert (task.kind, task.subject) == ("card", "case:c")
    assert said(issued(), books) == "card-issued"
    assert said(issued(card="m", case="", person="P204", colour="yellow"), books) == ""
    assert (books.cards["m"].person, books.cards["m"].window) == ("P204", 3)
    assert len(books.open_tasks(9)) == 1, "a yellow one is no task"


def test_one_explanation_answers_all_cards_of_one_cause_or_none(books):
    books.put_card(card("k2"))
    books.put_card(card("other", person="P204", post="A2"))
    both = by(AnswerCard, "P203", cards=("k", "k2"), words="断线时已用印", cause="cut:q", attachments=("f" * 64,))
    assert said(replace(both, words=" "), books) == "words-missing"
    assert said(replace(both, cards=()), books) == "cards-missing"
    assert said(replace(both, cards=("k", "gone")), books) == "unknown-card"
    assert said(replace(both, cards=("k", "other")), books) == "not-your-card"
    assert books.cards["k"].answers == (), "all or none"
    assert said(both, books) == ""
    for key in ("k", "k2"):
        (answer,) = books.cards[key].answers
        assert (answer.by, answer.cause, answer.words, answer.attachments) == (
            "P203",
            "cut:q",
            "断线时已用印",
            ("f" * 64,),
        )
        assert books.cards[key].open, "an answer does not erase the card"
    assert said(by(AnswerCard, "P201", cards=("k",), words="属实"), books) == "", "the chief of its department"
    assert said(by(AnswerCard, "P109", cards=("k",), words="我替他说"), books) == "not-your-card"


@pytest.mark.parametrize("how", ["kept", "explained", "withdrawn"])
def test_a_card_ends_once_by_the_supervisor_with_a_reason(books, how):
    task = manager_task(books.cards["k"])
    assert task is not None
    books.put_task(task)
    end = by(EndCard, "P109", card="k", how=how, why="核过流水，属实")
    assert said(replace(end, card="none"), books) == "unknown-card"
    assert said(replace(end, why=" "), books) == "reason-missing"
    assert said(replace(end, how=""), books) == "end-unknown"
    assert said(by(EndCard, "P203", card="k", how=how, why="好"), books) == "role-missing"
    if how == "explained":
        assert said(end, books) == "answer-missing"
        books.put_card(replace(books.cards["k"], answers=(CardAnswer(by="P203", at=at(12, 7), words="断线"),)))
    assert said(end, books) == ""
    ended = books.cards["k"]
    assert (ended.ended, ended.ended_by, ended.why, ended.counts) == (how, "P109", "核过流水，属实", how != "withdrawn")
    assert books.task(task_id("card", "k")).closed_by == "P109"
    assert said(end, books) == "card-ended"
    assert said(by(AnswerCard, "P203", cards=("k",), words="晚了"), books) == "card-ended"


def cut(start: Any, end: Any, window: int = 2, key: str = "q") -> Cut:
    return Cut(id=key, device="d", window=window, start=start, end=end, acts=3)


def test_a_cut_in_the_time_it_is_about_proposes_itself():
    red, short = card(), cut(at(12, 4, 10, 12), at(12, 4, 10, 58))
    cause = proposed_cause(red, (short,), CASE)
    assert cause is not None
    assert cause.key == "cut:q"
    assert "断线 12月4日 10:12–10:58" in cause.words
    longer = cut(at(12, 4, 16), at(12, 7, 8, 30), key="r")
    assert proposed_cause(red, (short, longer), CASE).key == "cut:r"
    assert "12月4日 16:00–12月7日 08:30" in proposed_cause(red, (longer,), CASE).words
    for other in (cut(at(12, 4), at(12, 4, 11), window=3), cut(at(12, 1), at(12, 3)), cut(at(12, 9), at(12, 10))):
        assert proposed_cause(red, (other,), CASE) is None
    assert proposed_cause(red, (cut(at(12, 8), at(12, 8, 12)),), CASE) is None, "after the card was made"


def test_a_card_is_for_who_has_the_case_on_his_post():
    assert meant_by(CASE, HALL.roster).post == "A1"
    stood_in = meant_by(replace(CASE, handler="P204", acting_for="P203"), HALL.roster)
    assert (stood_in.person, stood_in.post) == ("P204", "A1"), "B answers for what he did, on the post he did it on"
    given = meant_by(replace(CASE, life=Life(assigned_to="P105")), HALL.roster)
    assert (given.person, given.post) == ("P105", "B1")
    red = next(f for f in found(CASE, at(12, 7)) if f.kind == "red")
    made: Card = made_card(red, CASE, HALL.roster, at(12, 7), date(2026, 12, 8))
    assert (made.id, made.automatic, made.overdue, made.open) == (red.id, True, True, True)
    with pytest.raises(ValueError, match="warning"):
        made_card(replace(red, kind="remind"), CASE, HALL.roster, at(12, 7), date(2026, 12, 8))

"""Whose a case is: by rule to who is there and may have it, given on by who answers for it, taken over by a colleague."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clerk_app.cases.handling import AssignCase
from clerk_app.cases.routing.drawing import Drawn, draw
from clerk_app.cases.routing.model import Assignment, as_given
from clerk_app.cases.routing.rules import RoutingRule, RoutingRules, read_routing
from clerk_app.command import Refusal
from clerk_app.duty.records import Absence, Substitution
from clerk_app.oversight.assigning import WAITING, ReassignCase, RouteCase, TakeCase
from clerk_app.oversight.card import Whose, meant_by
from clerk_app.oversight.model import task_id
from tests.cases.counter import CLERK, HALL, OTHER_CLERK, Counter

DRAIN, TURNS, PLAIN, MANAGER = "排水许可", "公共场所卫生", "旅馆业许可", "P102"
B_OF_TWO = "P107"


class Hall(Counter):
    """A counter whose cases are given out by the training hall's rules."""

    def draw(self, case: str) -> Drawn:
        item = self.books.hall.items[self.case(case).item]
        rule = self.books.routing_rules.rule_for(item)
        assert rule is not None
        return draw(self.books, item, rule, self.now)

    def routed(self, short: str = DRAIN, by: str = CLERK) -> Assignment:
        case = self.accepted(short)
        self.good(RouteCase, by, case=case, **vars(self.draw(case)))
        return self.row(case)

    def row(self, case: str) -> Assignment:
        row = self.books.assignment(case)
        assert row is not None
        return row

    def away(self, person: str) -> None:
        start = self.now - timedelta(minutes=5)
        end = start + timedelta(hours=4)
        self.books.put_absence(
            Absence(id=f"away-{person}", person=person, reason="开会", said_by=person, start=start, end=end)
        )

    def stands_in(self, post: str, b: str) -> None:
        a, start = self.books.roster.posts[post].a, self.now - timedelta(minutes=4)
        self.away(a)
        self.books.put_substitution(
            Substitution(
                id=f"sub-{post}", post=post, a=a, b=b, cause=f"away-{a}", said_by=b, provisional=False, start=start,
                end=start + timedelta(hours=3),
            )
        )  # fmt: skip


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_a_hall_without_a_rule_names_nobody(hall: Hall) -> None:
    case = hall.accepted(PLAIN)
    words = {"on": "B1", "to": CLERK, "for_whom": "", "turn": 1, "words": "自动分给 罗文静：。"}
    assert hall.refused(RouteCase, CLERK, case=case, **words) == "not-routed"
    assert hall.books.assignment(case) is None
    hall.books.hall = replace(HALL, routing=RoutingRules())
    assert hall.refused(RouteCase, CLERK, case=hall.accepted(DRAIN), **words) == "not-routed"


def test_an_items_own_rule_goes_before_its_departments() -> None:
    drain = next(item for item in HALL.items.values() if item.short == DRAIN)
    whole = {"department": "ZJJ", "rule": "in_turn", "posts": ["B2"]}
    assert read_routing([whole]).rule_for(drain) == RoutingRule(how="in_turn", posts=("B2",), department="ZJJ")
    own = {"items": [drain.code], "rule": "none"}
    assert read_routing([whole, own]).rule_for(drain) is None
    assert read_routing([]).routed(HALL.items.values()) == ()


def test_the_one_with_the_fewest_gets_the_next_and_it_says_why(hall: Hall) -> None:
    first, second, third = hall.routed(), hall.routed(), hall.routed()
    assert [row.person for row in (first, second, third)] == [CLERK, OTHER_CLERK, CLERK]
    assert second.words == "自动分给 申屠宁：综合受理岗一、综合受理岗二在岗 2 人，这一位手上最少（0 件）。"
    assert (second.how, second.by, second.turn, second.turn_post) == ("auto", CLERK, 2, "B2")


def test_the_b_gets_the_absent_ones_share_and_it_says_for_whom(hall: Hall) -> None:
    hall.stands_in("B2", B_OF_TWO)
    rows = [hall.routed(TURNS), hall.routed(TURNS)]
    assert [(row.person, row.acting_for, row.post) for row in rows] == [
        (CLERK, "", "B1"),
        (B_OF_TWO, OTHER_CLERK, "B2"),
    ]
    assert "穆晓芸 代 申屠宁" in rows[1].words


def test_nobody_there_it_waits_among_the_duty_managers_tasks_until_somebody_has_it(hall: Hall) -> None:
    hall.away(CLERK)
    hall.away(OTHER_CLERK)
    case = hall.accepted(DRAIN)
    drawn = hall.draw(case)
    assert (drawn.on, drawn.to) == ("B1", "")
    assert "综合受理岗一现在没有人当班" in drawn.words
    hall.good(RouteCase, MANAGER, case=case, **vars(drawn))
    task = hall.books.task(task_id(WAITING, case))
    assert task is not None
    assert (task.kind, task.subject, task.words) == ("unassigned", f"case:{case}", drawn.words)
    hall.books.absences.clear()
    hall.good(ReassignCase, MANAGER, case=case, on="B2", to=OTHER_CLERK, for_whom="", was="", reason="到岗了")
    task = hall.books.task(task_id(WAITING, case))
    assert task is not None
    assert not task.open
    assert [one.person for one in hall.row(case).history] == ["", OTHER_CLERK]


def test_who_was_away_by_what_is_known_here_gets_nothing_and_nothing_is_lost(hall: Hall) -> None:
    case = hall.accepted(DRAIN)
    drawn = hall.draw(case)
    hall.away(drawn.to)
    hall.good(RouteCase, OTHER_CLERK, case=case, **vars(drawn))
    row = hall.row(case)
    assert (row.person, row.turn) == ("", 0)
    assert row.words == "没有分给 罗文静：罗文静 现在不在综合受理岗一当班。等值班长分。"
    assert hall.books.task(task_id(WAITING, case)) is not None


def test_the_first_assignment_stands_and_the_second_is_told(hall: Hall) -> None:
    row = hall.routed()
    same = {"case": row.id, "on": "B1", "to": CLERK, "for_whom": "", "turn": 1, "words": "自动分给 罗文静。"}
    hall.good(RouteCase, OTHER_CLERK, **same)
    assert hall.row(row.id) == row
    other = {**same, "on": "B2", "to": OTHER_CLERK}
    refusal = hall.act(RouteCase, OTHER_CLERK, **other)
    assert isinstance(refusal, Refusal)
    assert refusal.type == "assigned-already"
    assert "已经分给 罗文静" in refusal.sentence
    assert hall.row(row.id) == row


def test_given_on_with_a_reason_to_somebody_there_and_back_again(hall: Hall) -> None:
    row = hall.routed()
    words = {"case": row.id, "on": "B2", "to": OTHER_CLERK, "for_whom": "", "was": CLERK, "reason": "手上有急件"}
    assert hall.refused(ReassignCase, MANAGER, **{**words, "reason": "  "}) == "reason-missing"
    assert hall.refused(ReassignCase, MANAGER, **{**words, "was": OTHER_CLERK}) == "assigned-elsewhere"
    assert hall.refused(ReassignCase, MANAGER, **{**words, "to": CLERK, "on": "B1"}) == "same-person"
    assert hall.refused(ReassignCase, MANAGER, **{**words, "to": "P303", "on": "C1"}) == "other-post"
    assert hall.refused(ReassignCase, "P303", **words) == "not-yours-to-assign"
    assert hall.refused(ReassignCase, OTHER_CLERK, **words) == "not-yours-to-assign", "another post's"
    hall.good(ReassignCase, CLERK, **words)
    hall.good(ReassignCase, MANAGER, **{**words, "on": "B1", "to": CLERK, "was": OTHER_CLERK, "reason": "改回"})
    now = hall.row(row.id)
    assert [(one.person, one.how, one.reason) for one in now.history] == [
        (CLERK, "auto", ""), (OTHER_CLERK, "hand", "手上有急件"), (CLERK, "hand", "改回"),
    ]  # fmt: skip
    assert (now.turn, now.turn_post) == (row.turn, row.turn_post), "a turn is not had twice"
    hall.away(OTHER_CLERK)
    refusal = hall.act(ReassignCase, MANAGER, **words)
    assert isinstance(refusal, Refusal)
    assert refusal.type == "cannot-have"
    assert refusal.sentence.startswith("申屠宁 现在不在综合受理岗二当班")


def test_the_windows_head_answers_for_its_posts(hall: Hall) -> None:
    heads = {**HALL.roster.rules.ranks.window_head, "B": "P103"}
    ranks = replace(HALL.roster.rules.ranks, window_head=heads)
    roster = replace(HALL.roster, rules=replace(HALL.roster.rules, ranks=ranks))
    hall.books.hall = replace(HALL, roster=roster)
    row = hall.routed()
    words = {"case": row.id, "on": "B2", "to": OTHER_CLERK, "for_whom": "", "was": CLERK, "reason": "手上有急件"}
    assert hall.refused(ReassignCase, "P203", **words) == "not-yours-to-assign"
    hall.good(ReassignCase, "P103", **words)


def test_a_colleague_of_the_posts_takes_it_over(hall: Hall) -> None:
    row = hall.routed()
    assert hall.refused(TakeCase, "P103", case=row.id, was=CLERK, reason="我来") == "other-post"
    assert hall.refused(TakeCase, CLERK, case=row.id, was=CLERK, reason="我来") == "same-person"
    hall.good(TakeCase, OTHER_CLERK, case=row.id, was=CLERK, reason="前面是我收的")
    now = hall.row(row.id)
    assert (now.person, now.post, now.how, now.words) == (OTHER_CLERK, "B2", "taken", "申屠宁 接手。")


def test_who_signs_second_now_is_never_given_it(hall: Hall) -> None:
    """Whoever stands for the department's chief has the second signature."""
    row = hall.routed()
    department = hall.books.roster.departments["ZJJ"]
    both = replace(hall.books.roster.people[department.chief_rep], roles=("clerk", "chief_rep"))
    posts = {**hall.books.roster.posts, "B2": replace(hall.books.roster.posts["B2"], a=both.id)}
    roster = replace(hall.books.roster, people={**hall.books.roster.people, both.id: both}, posts=posts)
    hall.books.hall = replace(hall.books.hall, roster=roster)
    words = {"case": row.id, "on": "B2", "to": both.id, "for_whom": "", "was": CLERK, "reason": "忙"}
    refusal = hall.act(ReassignCase, MANAGER, **words)
    assert isinstance(refusal, Refusal)
    assert refusal.type == "cannot-have"
    assert "签名二" in refusal.sentence
    assert hall.routed().person == CLERK


def test_who_has_it_answers_for_its_cards(hall: Hall) -> None:
    """Not who took it in at the counter."""
    hall.routed()
    row = hall.routed()
    assert row.person == OTHER_CLERK
    case = hall.case(row.id)
    assert meant_by(case, HALL.roster).person == CLERK
    assert meant_by(as_given(case, row), HALL.roster).person == OTHER_CLERK
    until = case.due_on or hall.now.date()
    his = hall.books.cases_to_watch(until, 9, Whose(person=OTHER_CLERK, window=5))
    assert [one.id for one in his] == [row.id]


def test_a_decided_case_is_not_given_on_and_one_given_by_rule_not_by_the_old_act(hall: Hall) -> None:
    row = hall.routed()
    assert hall.refused(AssignCase, MANAGER, case=row.id, to=OTHER_CLERK) == "assigned-already"
    hall.books.put_case(replace(hall.case(row.id), state="granted"))
    words = {"case": row.id, "on": "B2", "to": OTHER_CLERK, "for_whom": "", "was": CLERK, "reason": "忙"}
    assert hall.refused(ReassignCase, MANAGER, **words) == "not-to-assign"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    gone=st.sets(st.sampled_from(["P103", CLERK, OTHER_CLERK, "P203", "P503", "P303"])),
    skilled=st.sets(st.sampled_from([CLERK, OTHER_CLERK, "P203", "P503"])),
    how=st.sampled_from(["fewest_open", "in_turn"]),
    cases=st.integers(1, 4),
)
def test_never_to_who_is_away_or_has_not_what_it_asks_for(
    gone: set[str], skilled: set[str], how: str, cases: int
) -> None:
    hall = Hall()
    roster = hall.books.roster
    people = {key: replace(one, skills=("排水员",) if key in skilled else ()) for key, one in roster.people.items()}
    item = replace(hall.item(DRAIN), skills=("排水员",))
    rule = RoutingRule(how=how, posts=("B1", "B2", "A1", "K1", "C1"), items=(item.code,))
    hall.books.hall = replace(
        HALL, roster=replace(roster, people=people), items={**HALL.items, item.code: item},
        routing=RoutingRules(rules=(rule,)),
    )  # fmt: skip
    for person in gone:
        hall.away(person)
    for _ in range(cases):
        case = hall.accepted(DRAIN)
        drawn = hall.draw(case)
        assert drawn == hall.draw(case)
        assert bool(drawn.to) == bool({CLERK, OTHER_CLERK, "P203"} & skilled - gone)
        assert drawn.to not in gone
        assert not drawn.to or drawn.to in skilled
        hall.good(RouteCase, MANAGER, case=case, **vars(drawn))

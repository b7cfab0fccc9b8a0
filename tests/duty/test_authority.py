"""Who may do what: known, with a role for the action, on a post of this window, as its A角; everything else is no."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.command import Command
from clerk_app.duty.authority import actions, countersigned, may
from clerk_app.duty.model import role_words
from clerk_app.hall import read_hall
from clerk_app.office.judge import judge
from clerk_app.office.register import build_register
from clerk_app.queueing.usecases import CallTicket
from tests.desk import StandingClock, training_document
from tests.memory_books import MemoryBooks

HALL = read_hall(training_document(), "v1")
BOOKS = MemoryBooks(HALL)
REGISTER = build_register()


def command(actor="P203", post="A1", window=2, acting_for=None) -> Command:
    return CallTicket(
        id="c", at=StandingClock().moment, actor=actor, post=post, window=window, basis="", hall_version="v1",
        acting_for=acting_for, ticket="t",
    )  # fmt: skip


def test_the_holder_of_the_post_may():
    assert may(command(), "queue", BOOKS) is None
    assert may(command(), "case", BOOKS) is None


@pytest.mark.parametrize(
    ("fields", "action", "kind"),
    [
        ({}, "seal", "role-missing"), ({}, "", "role-missing"), ({}, "QUEUE", "role-missing"),
        ({"actor": "P999"}, "queue", "unknown-person"), ({"actor": ""}, "queue", "unknown-person"),
        ({"actor": "P109", "post": "A1"}, "queue", "role-missing"),  # 监察员
        ({"actor": "P111", "post": "H1", "window": 11}, "case", "role-missing"),  # 收费员
        ({"window": 99}, "queue", "unknown-window"), ({"window": 0}, "queue", "unknown-window"),
        ({"window": 3}, "queue", "post-elsewhere"), ({"post": "A2"}, "queue", "post-elsewhere"),
        ({"post": "nothing"}, "queue", "post-elsewhere"), ({"post": ""}, "queue", "post-elsewhere"),
        ({"actor": "P204"}, "queue", "not-on-post"),  # B角 without a substitution
        ({"actor": "P204", "acting_for": "P203"}, "queue", "not-on-post"),
        ({"acting_for": "P204"}, "queue", "not-on-post"),
        ({"actor": "P105"}, "queue", "not-on-post"),  # a clerk of another post
    ],
)  # fmt: skip
def test_fails_closed(fields, action, kind):
    refusal = may(command(**fields), action, BOOKS)
    assert refusal.type == kind
    assert "没有办" in refusal.sentence
    assert refusal.sentence.endswith("。")


everyone = st.sampled_from([*HALL.roster.people, "P999"])
posts = st.sampled_from([*HALL.roster.posts, "nothing"])
windows = st.sampled_from([*HALL.roster.windows, 99])


@given(everyone, posts, windows, st.none() | everyone, st.sampled_from([*actions, "seal"]))
def test_only_an_a_of_a_post_at_this_window_with_a_role_in_the_table(actor, post, window, acting_for, action):
    allowed = may(command(actor, post, window, acting_for), action, BOOKS) is None
    roster = HALL.roster
    if action in countersigned:
        own = roster.posts.get(post)
        assert not allowed or (own is not None and actor in (own.a, own.b) and (own.chief or actor == own.a))
        return
    should = (
        action in actions
        and actor in roster.people
        and bool(set(roster.people[actor].roles) & set(actions[action]))
        and window in roster.windows
        and post in roster.windows[window].posts
        and roster.posts[post].a == actor
        and acting_for is None
    )
    assert allowed == should


def test_every_registered_action_is_in_the_table():
    assert {use_case.action for use_case in REGISTER.values()} <= set(actions)
    assert all(role in role_words for roles in actions.values() for role in roles)


def test_a_post_or_role_taken_away_ends_the_power_at_once():
    roster = HALL.roster
    person = replace(roster.people["P203"], roles=("supervisor",))
    without = replace(HALL, roster=replace(roster, people={**roster.people, "P203": person}))
    assert may(command(), "queue", MemoryBooks(without)).type == "role-missing"
    post = replace(roster.posts["A1"], a="P204", b="P203")
    swapped = replace(HALL, roster=replace(roster, posts={**roster.posts, "A1": post}))
    assert may(command(), "queue", MemoryBooks(swapped)).type == "not-on-post"


def test_authority_is_asked_before_the_rules_and_the_hold():
    books = MemoryBooks(HALL)
    books.holds["ticket:t"] = "device-b"
    assert judge(command(actor="P204"), books, REGISTER).type == "not-on-post"
    assert judge(command(), books, REGISTER).type == "held-elsewhere"
    books.holds.clear()
    assert judge(command(), books, REGISTER).type == "unknown-ticket"


@pytest.mark.parametrize(
    ("actor", "post", "window", "action", "kind"),
    [
        ("P101", "R-ZWJ", 21, "break", ""), ("P101", "R-ZWJ", 2, "break", "post-elsewhere"),
        ("P102", "R-ZWJ", 21, "break", "not-on-post"), ("P201", "R-SJJ", 21, "break", "role-missing"),
        ("P201", "R-SJJ", 2, "agree", ""), ("P202", "R-SJJ", 2, "agree", ""), ("P203", "A1", 2, "agree", "role-missing"),
        ("P201", "A1", 2, "agree", "not-on-post"), ("P201", "R-ZWJ", 2, "agree", "not-on-post"),
        ("P101", "R-ZWJ", 21, "tasks", ""), ("P201", "R-SJJ", 21, "tasks", ""), ("P203", "A1", 2, "tasks", "role-missing"),
    ],
)  # fmt: skip
def test_two_persons_and_their_places(actor, post, window, action, kind):
    refusal = may(command(actor, post, window), action, BOOKS)
    assert (refusal.type if refusal else "") == kind

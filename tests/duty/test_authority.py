"""Who may act: known, in a role that the table lets through, standing on a post of this window; everything else is no."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.command import Conflict, Refusal
from clerk_app.duty.authority import Act, Yes, may
from clerk_app.duty.consents import AskConsent, GiveConsent
from clerk_app.duty.matrix import ANYWHERE, COUNTERSIGNED, matrix
from clerk_app.duty.records import Absence, RecordedLetter
from clerk_app.hall import Hall
from clerk_app.office.judge import judge
from clerk_app.office.register import build_register
from clerk_app.queueing.usecases import CallTicket
from tests.duty.everyone import HALL, MANAGER, NOW, stand_in
from tests.memory_books import MemoryBooks

BOOKS = MemoryBooks(HALL)
REGISTER = build_register()


def asked(
    books: MemoryBooks, actor: str, post: str, window: int, action: str, at: datetime = NOW, **more: Any
) -> Yes | Refusal:
    return may(Act(actor=actor, action=action, at=at, post=post, window=window, **more), books)


def word(found: Yes | Refusal) -> str:
    return found.type if isinstance(found, Refusal) else ""


def call(actor: str = "P203", post: str = "A1", window: int = 2, acting_for: str | None = None) -> CallTicket:
    return CallTicket(
        id="c", at=NOW, actor=actor, post=post, window=window, basis="", hall_version="v1", acting_for=acting_for,
        ticket="t",
    )  # fmt: skip


def test_the_holder_of_the_post_may() -> None:
    found = asked(BOOKS, "P203", "A1", 2, "queue")
    assert found == Yes(column="clerk_a", cell="yes", basis="a_role:A1")


@pytest.mark.parametrize(
    ("actor", "post", "window", "action", "kind"),
    [
        ("P203", "A1", 2, "", "role-missing"), ("P203", "A1", 2, "QUEUE", "role-missing"),
        ("P999", "A1", 2, "queue", "unknown-person"), ("", "A1", 2, "queue", "unknown-person"),
        ("P109", "A1", 2, "queue", "see-only"),  # 监察员
        ("P111", "H1", 11, "receive", "role-missing"),  # 收费员
        ("P203", "A1", 99, "queue", "unknown-window"), ("P203", "A1", 0, "queue", "unknown-window"),
        ("P203", "A1", 3, "queue", "post-elsewhere"), ("P203", "A2", 2, "queue", "post-elsewhere"),
        ("P203", "nothing", 2, "queue", "post-elsewhere"), ("P203", "", 2, "queue", "post-elsewhere"),
        ("P204", "A1", 2, "queue", "not-on-post"),  # B角 without a substitution
        ("P105", "A1", 2, "queue", "not-on-post"),  # a clerk of another post
        ("P202", "R-SJJ", 2, "decide", "not-on-post"),  # a deputy whose chief is there
        ("P201", "R-ZWJ", 2, "agree", "not-on-post"), ("P201", "A1", 2, "agree", "role-missing"),
        ("P101", "R-ZWJ", 2, "break", "post-elsewhere"), ("P201", "R-SJJ", 21, "break", "role-missing"),
    ],
)  # fmt: skip
def test_fails_closed_and_says_why(actor: str, post: str, window: int, action: str, kind: str) -> None:
    found = asked(BOOKS, actor, post, window, action)
    assert isinstance(found, Refusal)
    assert found.type == kind
    assert "没有办" in found.sentence
    assert found.sentence.endswith("。")


def test_who_acts_instead_is_named() -> None:
    books = MemoryBooks(HALL)
    stand_in(books, "A1", "P204")
    away = asked(books, "P203", "A1", 2, "queue")
    other = asked(books, "P105", "A1", 2, "queue")
    assert isinstance(away, Refusal)
    assert isinstance(other, Refusal)
    assert "段明远 顶岗到 12:30" in away.sentence
    assert "先按返岗" in away.sentence
    assert "由段明远 来办" in other.sentence


def test_a_gap_is_nobodys() -> None:
    books = MemoryBooks(HALL)
    at = NOW - timedelta(minutes=1)
    books.put_absence(Absence(id="a", person="P203", start=at, end=NOW.replace(hour=18), reason="开会", said_by="P203"))
    for actor in ("P203", "P204", "P105"):
        found = asked(books, actor, "A1", 2, "queue")
        assert isinstance(found, Refusal)
        assert found.type == "not-on-post"


everyone = st.sampled_from([*HALL.roster.people, "P999"])
posts = st.sampled_from([*HALL.roster.posts, "nothing"])
windows = st.sampled_from([*HALL.roster.windows, 99])


@given(everyone, posts, windows, st.sampled_from(sorted(matrix)))
def test_nobody_gets_through_without_a_role_that_the_row_lets_through(
    actor: str, post: str, window: int, action: str
) -> None:
    """On a quiet day: the A角 of a post at that window, or a role that needs none."""
    found = asked(BOOKS, actor, post, window, action)
    if not isinstance(found, Yes):
        return
    roster = HALL.roster
    assert actor in roster.people
    assert window in roster.windows
    assert action in COUNTERSIGNED or post in roster.windows[window].posts
    assert found.acting_for is None
    by_role = {"duty_manager", "supervisor", "admin"} & set(roster.people[actor].roles)
    on_post = post in roster.posts and roster.posts[post].a == actor
    named = action == "agree" and post in roster.posts and roster.posts[post].b == actor
    assert on_post or by_role or named or action in ANYWHERE


def changed(**roster: Any) -> Hall:
    return replace(HALL, roster=replace(HALL.roster, **roster))


def test_a_post_or_role_taken_away_ends_the_power_at_once() -> None:
    roster = HALL.roster
    supervisor = replace(roster.people["P203"], roles=("supervisor",))
    without = MemoryBooks(changed(people={**roster.people, "P203": supervisor}))
    assert word(asked(without, "P203", "A1", 2, "queue")) == "see-only"
    post = replace(roster.posts["A1"], a="P204", b="P203")
    swapped = MemoryBooks(changed(posts={**roster.posts, "A1": post}))
    assert word(asked(swapped, "P203", "A1", 2, "queue")) == "not-on-post"


def test_authority_is_asked_before_the_rules_and_the_hold() -> None:
    books = MemoryBooks(HALL)
    books.holds["ticket:t"] = "device-b"
    assert judge(call(actor="P204"), books, REGISTER).type == "not-on-post"
    assert judge(call(), books, REGISTER).type == "held-elsewhere"
    books.holds.clear()
    assert judge(call(), books, REGISTER).type == "unknown-ticket"


def test_in_whose_name_is_part_of_it() -> None:
    """Neither hidden nor made up."""
    books = MemoryBooks(HALL)
    stand_in(books, "A1", "P204")
    assert judge(call("P204", acting_for="P203"), books, REGISTER).type == "unknown-ticket"
    for said in (None, "P105", "P204"):
        assert judge(call("P204", acting_for=said), books, REGISTER).type == "acting-for-wrong"
    assert judge(call("P105", "B1", 4, acting_for="P203"), books, REGISTER).type == "acting-for-wrong"
    assert judge(call("P204", "A2", 3, acting_for="P203"), books, REGISTER).type == "acting-for-wrong", "his own post"
    assert judge(call("P204", "A2", 3), books, REGISTER).type == "unknown-ticket", "which he keeps beside it"


def test_a_duty_manager_who_stands_in_for_the_chief_is_still_one() -> None:
    """P102 is P101's deputy: the desk's stamp says for whom he stands, whatever he does it as."""
    books = MemoryBooks(HALL)
    stand_in(books, "R-ZWJ", "P102")
    kind = REGISTER["ask_hold_break"].command
    ask = {"id": "c", "at": NOW, "actor": "P102", "post": "R-ZWJ", "window": 21, "basis": "", "hall_version": "v1"}
    for said in ("P101", None):
        command = kind(**ask, acting_for=said, break_="b", subject="case:c", reason="停电")
        assert judge(command, books, REGISTER).type == "not-held"
    assert judge(kind(**ask, acting_for="P201", break_="b", subject="case:c", reason="停电"), books, REGISTER).type == (
        "acting-for-wrong"
    )


def test_a_duty_manager_on_leave_acts_no_more_until_he_is_back() -> None:
    books = MemoryBooks(HALL)
    away = Absence(
        id="a", person=MANAGER, start=NOW, end=NOW + timedelta(hours=4), reason="看病", said_by=MANAGER, kind="planned",
        state="approved",
    )  # fmt: skip
    books.put_absence(away)
    assert word(asked(books, MANAGER, "R-ZWJ", 21, "tasks")) == "on-leave"
    assert word(asked(books, MANAGER, "R-ZWJ", 21, "tasks", NOW - timedelta(seconds=1))) == ""
    assert word(asked(books, MANAGER, "R-ZWJ", 21, "present")) == "", "he may come back"
    books.put_absence(replace(away, ended_at=NOW + timedelta(hours=1)))
    assert word(asked(books, MANAGER, "R-ZWJ", 21, "tasks", NOW + timedelta(hours=1))) == ""
    books.put_absence(replace(away, said_by="P101", kind="unplanned", state="recorded"))
    assert word(asked(books, MANAGER, "R-ZWJ", 21, "tasks")) == "", "that others said so does not stop him"


def test_powers_begin_and_end_with_the_interval() -> None:
    books = MemoryBooks(HALL)
    stand_in(books, "K1", "P104")
    begin, end = NOW - timedelta(hours=1), NOW + timedelta(hours=2)
    blink = timedelta(microseconds=1)
    for at, b, a in (
        (begin - blink, False, True),
        (begin, True, False),
        (end - blink, True, False),
        (end, False, True),
    ):
        assert isinstance(asked(books, "P104", "K1", 1, "accept", at), Yes) == b
        assert isinstance(asked(books, "P103", "K1", 1, "accept", at), Yes) == a


def test_an_early_end_that_the_window_did_not_know_is_two_sayings() -> None:
    books = MemoryBooks(HALL)
    stand_in(books, "K1", "P104")
    sub = books.substitutions["sub-K1"]
    books.put_substitution(replace(sub, ended_at=NOW, ended_by="P103"))
    books.put_absence(replace(books.absences["away-K1"], ended_at=NOW))
    late = asked(books, "P104", "K1", 1, "accept", basis="substitution:sub-K1")
    assert isinstance(late, Conflict)
    assert late.type == "substitution-ended"
    assert "陶小禾 10:30 已返岗" in late.sentence
    assert word(asked(books, "P104", "K1", 1, "accept", sub.end, basis="substitution:sub-K1")) == "not-on-post"
    assert word(asked(books, "P105", "K1", 1, "accept", basis="substitution:sub-K1")) == "not-on-post"
    assert word(asked(books, "P104", "K1", 1, "accept")) == "not-on-post", "who rests on nothing has no second saying"
    books.put_substitution(replace(books.substitutions["sub-K1"], ended_by="P101"))
    found = asked(books, "P104", "K1", 1, "accept", basis="substitution:sub-K1")
    assert isinstance(found, Conflict)
    assert "沈启明 10:30 另作了安排" in found.sentence


def letter(**more: Any) -> RecordedLetter:
    plain: dict[str, Any] = {
        "id": "江市监授〔2026〕9号", "department": "SJJ", "person": MANAGER, "deputy": "", "start": NOW.date(),
        "end": NOW.date(), "items": ("i",), "powers": ("decide",), "scan": "s", "recorded_by": "P101",
        "recorded_at": NOW, "confirmed_by": "P102", "confirmed_at": NOW,
    }  # fmt: skip
    return RecordedLetter(**{**plain, **more})


def test_a_leader_on_duty_decides_by_a_letter_for_the_day() -> None:
    day = timedelta(days=1)
    for row, at, may_he in (
        (letter(), NOW, True), (letter(), NOW + day, False), (letter(), NOW - timedelta(seconds=1), False),
        (letter(confirmed_by="", confirmed_at=None), NOW, False), (letter(powers=("accept",)), NOW, False),
        (letter(ended_by="P101", ended_at=NOW), NOW, False), (letter(person="P105"), NOW, False),
        (letter(start=NOW.date() + day, end=NOW.date() + day), NOW, False),
    ):  # fmt: skip
        books = MemoryBooks(HALL)
        books.put_recorded_letter(row)
        found = asked(books, MANAGER, "R-ZWJ", 21, "decide", at)
        assert isinstance(found, Yes) == may_he
        assert not isinstance(found, Yes) or found.basis == f"letter:{row.id}"
        assert not isinstance(asked(books, MANAGER, "R-ZWJ", 21, "propose", at), Yes)


LEARNER = {"actor": "P404", "post": "E1", "window": 8, "basis": "", "hall_version": "v1"}


def test_a_learner_waits_for_his_mentor_by_name() -> None:
    books = MemoryBooks(HALL)
    stand_in(books, "E1", "P404")
    act = {"subjects": ("case:c1",)}
    assert word(asked(books, "P404", "E1", 8, "queue", **act)) == ""
    assert word(asked(books, "P404", "E1", 8, "accept", **act)) == "mentor-needed"
    ask = AskConsent(id="1", at=NOW, **LEARNER, acting_for="P403", consent="q", action="accept", subject="case:c1")
    assert judge(ask, books, REGISTER) is None
    assert word(asked(books, "P404", "E1", 8, "accept", **act)) == "mentor-needed", "asking is not having"
    give = {"id": "2", "window": 8, "basis": "", "hall_version": "v1", "consent": "q", "agreed": True}
    at = NOW + timedelta(minutes=5)
    own = judge(GiveConsent(**{**give, **LEARNER}, at=at, acting_for="P403"), books, REGISTER)
    assert own is not None
    assert own.type == "not-the-mentor"
    assert judge(GiveConsent(**give, at=at, actor="P403", post="E1"), books, REGISTER) is None
    assert word(asked(books, "P404", "E1", 8, "accept", at, **act)) == ""
    assert word(asked(books, "P404", "E1", 8, "accept", at - timedelta(seconds=1), **act)) == "mentor-needed"
    assert word(asked(books, "P404", "E1", 8, "accept", at, subjects=("case:c2",))) == "mentor-needed"
    assert word(asked(books, "P404", "E1", 8, "not_accept", at, **act)) == "mentor-needed"
    learner = replace(HALL.roster.people["P404"], learner_until=NOW.date() - timedelta(days=1))
    learned = MemoryBooks(changed(people={**HALL.roster.people, "P404": learner}))
    stand_in(learned, "E1", "P404")
    assert word(asked(learned, "P404", "E1", 8, "accept", **act)) == ""

"""Giving out at a desk: in the same breath as the acceptance, or at the next look; given on, taken over, all of one's at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_app.cases.routing.rules import RoutingRule, RoutingRules
from clerk_app.command import Refusal
from clerk_app.office.counter import assigning
from clerk_app.office.counter.case_acts import ActDone, acts_of, do_act
from clerk_app.office.counter.case_file import case_file
from clerk_app.office.counter.looking_up import counts_here, listed_here
from clerk_app.office.office import Office
from clerk_app.office.oversight.routing_desk import Moved, own_load, reassign_all, routing_desk
from clerk_app.oversight.card import Whose
from tests import visits
from tests.desk import cut_office, sit
from tests.office.given_out import FIRST, MANAGER, SECOND, accepted, given, goes_away, row, with_rule
from tests.office.test_audit import as_role


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


def kinds(office: Office) -> list[str]:
    return [one.kind for one in office.parts.vault.journal.rows((), 100)]


def test_without_a_rule_an_acceptance_is_what_it_was(office: Office) -> None:
    case = visits.accept(office, visits.receive(office, visits.serve(office)))
    assert office.read(lambda books: books.assignment(case.id)) is None
    assert "route_case" not in kinds(office)
    file = case_file(office, case.id)
    assert file is not None
    assert (file.assignment, {"reassign", "take_over"} & {act.key for act in file.acts}) == (None, set())
    office.hall = replace(office.hall, routing=RoutingRules())
    assert own_load(office) is None


def test_it_is_given_out_with_its_acceptance_and_stands_in_its_history(office: Office) -> None:
    case = visits.accept(office, visits.receive(office, visits.serve(with_rule(office))))
    got = row(office, case.id)
    assert (got.person, got.post, got.how) == (FIRST, "A1", "auto")
    file = case_file(office, case.id)
    assert file is not None
    entry = file.history[-1]
    assert (entry.what, entry.note) == ("自动分办：许可心（企业开办岗）", got.words)
    assert assigning.assign_made(office, case.id) is None, "once"
    assert {act.key for act in file.acts} & {"assign", "reassign", "take_over"} == {"reassign"}


def test_what_was_cut_off_between_is_made_up_at_the_next_look_and_only_in_ones_own_hands(office: Office) -> None:
    case = accepted(with_rule(office), 1)
    with office.parts.vault.unit(office.hall) as work:
        work.books.give_back(f"case:{case.id}")
    assert assigning.assign_made(office, case.id) is None
    with office.parts.vault.unit(office.hall) as work:
        work.books.take_hold(f"case:{case.id}")
    visits.done(assigning.assign_made(office, case.id))
    assert row(office, case.id).person == FIRST


def test_the_lists_and_figures_of_who_has_it(office: Office) -> None:
    with_rule(office)
    rows = [given(office, n, due=due) for n, due in ((1, 5), (2, 5), (3, 0), (4, -1))]
    assert [one.person for one in rows] == [FIRST, SECOND, FIRST, SECOND]
    assert [line.id for line in listed_here(office, "assigned").lines] == ["case-3", "case-1"]
    assert counts_here(office)["assigned"] == 2
    load = own_load(office)
    assert load is not None
    assert (load.open, load.due_today, load.overdue, load.done) == (2, 1, 0, 0)
    sit(office, SECOND)
    assert not routing_desk(office).may_see, "a clerk sees his own figures only"
    sit(office, FIRST)
    head = routing_desk(office)
    assert (head.may_see, head.may_act, {load.person for load in head.loads}) == (True, True, {FIRST, SECOND})
    office.hall = replace(
        office.hall, routing=RoutingRules(rules=(RoutingRule(how="in_turn", posts=("B1",), department="SJJ"),))
    )
    assert not routing_desk(office).may_see, "the head of other windows"
    with_rule(office)
    until = office.parts.clock.now().date()
    his = office.read(lambda books: books.cases_to_watch(until, 9, Whose(person=SECOND, window=9)))
    assert {one.id for one in his} == {"case-4"}
    case = office.read(lambda books: books.case("case-1"))
    assert case is not None
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_case(replace(case, state="sealed", sealed_at=office.parts.clock.now()))
    accepted(office, 5)
    sit(office, MANAGER)
    desk = routing_desk(office)
    assert [one.case.id for one in desk.cases] == ["case-5", "case-3", "case-4", "case-2"], "nobody's on top"
    assert desk.nobodys == 1
    figures = {one.person: (one.posts, one.open, one.due_today, one.overdue, one.done) for one in desk.loads}
    assert figures == {FIRST: (("A1",), 1, 1, 0, 1), SECOND: (("A2",), 2, 0, 1, 0)}
    as_role(office, "P110")
    assert not routing_desk(office).may_see, "an administrator sees no case"


def test_all_of_one_who_is_away_go_to_the_others_each_by_its_own_command(office: Office) -> None:
    with_rule(office)
    for serial in (1, 2, 3):
        given(office, serial)
    goes_away(office, FIRST)
    sit(office, MANAGER)
    desk = routing_desk(office)
    assert desk.left_behind == 2
    away = desk.load_of(FIRST)
    assert away is not None
    assert f"{away.away_until:%H:%M}" == "13:25"
    refusal = reassign_all(office, FIRST, " ")
    assert isinstance(refusal, Refusal)
    assert refusal.type == "reason-missing"
    assert reassign_all(office, FIRST, "开会去了") == Moved(2)
    assert {row(office, f"case-{n}").person for n in (1, 2, 3)} == {SECOND}
    assert kinds(office).count("reassign_case") == 2
    goes_away(office, SECOND)
    moved = reassign_all(office, SECOND, "也去开会")
    assert isinstance(moved, Moved)
    assert (moved.moved, moved.left) == (0, 3)
    assert moved.sentence.startswith("现在没有人能接这件")


def test_given_on_and_taken_over_from_the_page_of_the_case(office: Office) -> None:
    got = given(with_rule(office), 1)
    case = office.read(lambda books: books.case(got.id))
    assert case is not None
    asked = next(act for act in acts_of(office, case.id) if act.key == "reassign")
    assert asked.asks[0].choices[0] == (SECOND, "段明远　企业登记岗")
    assert FIRST not in dict(asked.asks[0].choices)
    done = do_act(office, case.id, "reassign", {"to": SECOND, "reason": ""})
    assert isinstance(done, Refusal)
    assert done.type == "reason-missing"
    assert isinstance(do_act(office, case.id, "reassign", {"to": SECOND, "reason": "手上有急件"}), ActDone)
    taking = {act.key: act for act in acts_of(office, case.id)}
    assert "reassign" in taking, "on another post now, and he is the head of both windows"
    with office.parts.vault.unit(office.hall) as work:
        work.books.give_back(f"case:{case.id}")
    assert isinstance(do_act(office, case.id, "take_over", {"reason": "还是我来"}), ActDone)
    assert [one.person for one in row(office, case.id).history] == [FIRST, SECOND, FIRST]
    assert office.read(lambda books: books.holder(f"case:{case.id}")) is None, "whose it is is not in whose hands it is"

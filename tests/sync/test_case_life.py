"""The whole life of a case at both ends: whatever happened to it, the window's rows and the centre's are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect

from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.duty.training import training_pin
from clerk_app.office.counter import deciding, handling, intake, visit
from clerk_app.office.counter.handing import acts
from clerk_app.office.counter.issuing import issue
from clerk_app.office.counter.looking_up import find_here, unwritten, write_some
from clerk_app.ports import HoldGrant
from tests.server.conftest import Cluster
from tests.server.postgres import PACKAGE, postgres_url
from tests.server.real_windows import RealWindow
from tests.sync.life_acts import (
    CHIEF,
    CLERK,
    EVERY_KIND,
    OLD_STATES,
    answered_by_who_answers_for_the_hall,
    asked_and_complained,
    assigned,
    at_one_sitting,
    at_the_chiefs_seat,
    authorised_only,
    before_acceptance,
    carried,
    completed_and_accepted,
    decided_by_the_department,
    extended_and_proposed,
    given_out,
    joined_and_ended,
    lapsed,
    looked_into,
    numbers_and_looks,
    on_to_delivery,
    received_with_a_gap,
    resumed,
    told,
)
from tests.sync.life_before import OLD, columns_of, database_of_before, store_of_before
from tests.sync.life_form import FORM_KINDS, REGISTRAR, SOCIAL, one_form
from tests.sync.life_hall import PERSON, LifeHall, good, life_hall
from tests.sync.life_handing import DISPATCHER, TAKER, handed_every_way
from tests.sync.life_seals import sealed_every_way
from tests.sync.life_sharing import SHARING_KINDS, shared_every_way
from tests.visits import done

__all__ = ["postgres_url"]
pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def cluster(postgres_url: str) -> Cluster:
    return Cluster(postgres_url)


@pytest.fixture
def hall(need_program: Callable[[str, str], str], cluster: Cluster, tmp_path: Path) -> Iterator[LifeHall]:
    need_program("initdb", PACKAGE)
    with life_hall(cluster.loaded(), tmp_path) as hall:
        yield hall


def what_became(case: Case) -> list[object]:
    """The case's end without names, numbers and hours: whatever the line did, it is the same."""
    life = case.life
    return [
        case.state,
        len(life.notices),
        life.completed_on is not None,
        [opinion.words for opinion in life.opinions],
        life.site_check is not None,
        [(p.procedure, p.confirmed_by, p.ended_on is not None) for p in life.procedures],
        (life.extension.days, life.extension.granted) if life.extension else None,
        case.decision.by if case.decision else "",
        [material.brought_at is not None for material in case.materials],
    ]


END = [
    "sealed", 1, True, ["章程和制度齐备。"], True, [("expert_review", CHIEF, True)], (5, True), CHIEF, [True] * 4,
]  # fmt: skip
OF_A_PROMISED_CASE = {
    "register_case", "notify_once", "complete_correction", "write_opinion", "record_site_check", "ask_special_procedure",
    "confirm_special_procedure", "end_special_procedure", "ask_extension", "record_extension", "issue_document",
}  # fmt: skip


def assert_whole(hall: LifeHall, case: str, papers: set[str]) -> None:
    """Both ends hold the same, down to the date of the list and every paper with its line in the seal register."""
    theirs = hall.agree()
    assert what_became(hall.case(4, case)) == END
    row = theirs["case"][case]
    assert row["due_on"] is not None
    documents = [one for one in theirs["document"].values() if one["case"] == case]
    assert {one["paper"] for one in documents} == papers
    uses = [one for one in theirs["seal_use"].values() if one["case"] == case]
    assert {one["document"] for one in uses} == {one["id"] for one in documents} | {""}
    assert not any(one["flags"] for one in (*documents, *uses))
    assert set(hall.office(4).parts.vault.journal.tally()) == {"applied"}
    assert hall.applied() >= OF_A_PROMISED_CASE


def test_a_promised_case_is_the_same_at_both_ends_all_its_life(hall: LifeHall) -> None:
    hall.open(w4=CLERK, w21=CHIEF)
    case = received_with_a_gap(hall)
    told(hall, case)
    hall.next_day(3)
    completed_and_accepted(hall, case)
    accepted = hall.case(4, case)
    assert accepted.accepted_on == accepted.life.completed_on == accepted.received_at.date() + timedelta(days=3)
    looked_into(hall, case)
    at_the_chiefs_seat(hall, case, lambda chief: handling.confirm_special_procedure(chief, case))
    good(issue(hall.office(4), case, "特别程序告知书"))
    assert hall.agree()["case"][case]["state"] == "suspended"
    hall.next_day(2)
    resumed(hall, case)
    extended_and_proposed(hall, case)
    sealed = hall.seal(4, case, CHIEF)
    assert sealed.due is not None
    assert accepted.due is not None
    assert sealed.due.promised > accepted.due.promised, "the pause is given back"
    hall.sync()
    refused = acts.hand_out(hall.office(4), case, TAKER)
    assert isinstance(refused, Refusal)
    assert refused.type == "deliver-elsewhere", "a promised case is handed out at window 12"
    assert_whole(hall, case, {"补正告知书", "受理通知书", "特别程序告知书", "延期通知书"})
    for secret in (PERSON.id_number, PERSON.phone, PERSON.agent):
        assert hall.where_it_stands(secret) == {"cases.applicant", "changes.row"}
    assert hall.where_it_stands(PERSON.name) == {"cases.applicant", "changes.row"}


def test_the_same_life_with_the_line_cut_in_its_middle(hall: LifeHall) -> None:
    """From the notice to the proposal nobody hears of it; another window that believed it had the case stands visible."""
    hall.open(w4=CLERK, w5="P106", w21=CHIEF)
    case = received_with_a_gap(hall)
    assert not isinstance(deciding.unlock(hall.office(4), hall.by(4, CHIEF).person, training_pin(CHIEF), None), Refusal)
    hall.sync()
    hall.windows[4].line.cut()
    hall.windows[4].rounds(1)
    told(hall, case)
    other = hall.office(5)
    until = other.parts.clock.now() + timedelta(hours=1)
    other.parts.vault.keep.grant_hold(f"case:{case}", HoldGrant(granted=True, fence=1, until=until))
    refused, behind = done(intake.fix_on_spot(other, case, "名称", "欧阳")), done(handling.set_green(other, case, "急"))
    completed_and_accepted(hall, case)
    looked_into(hall, case)
    good(handling.confirm_special_procedure(hall.office(4), case, hall.by(4, CHIEF)))
    paper = issue(hall.office(4), case, "特别程序告知书")
    assert isinstance(paper, Refusal)
    assert paper.type == "no-document-number", "rare papers' numbers are not kept in hand"
    resumed(hall, case)
    assert hall.theirs()["case"][case]["state"] == "received"
    hall.windows[4].line.join()
    hall.sync()
    extended_and_proposed(hall, case)
    hall.seal(4, case, CHIEF)
    hall.sync()
    seen = {row.id: row for row in other.parts.vault.journal.rows(("refused", "set_aside", "conflict"), 10)}
    assert [seen[refused.command].state, seen[behind.command].state] == ["refused", "set_aside"]
    assert seen[refused.command].sentence.endswith("。")
    assert hall.case(5, case).state == "sealed", "the centre's row took the place of its own"
    tally = other.parts.vault.journal.tally()
    assert tally == {"applied": tally["applied"], "refused": 1, "set_aside": 1}
    assert_whole(hall, case, {"补正告知书", "受理通知书", "延期通知书"})


def test_every_kind_of_the_life_of_a_case_crosses_the_wire(hall: LifeHall, tmp_path: Path) -> None:
    """With those of a promised case above: each made by its office act, decoded there, and the same rows come of it."""
    hall.open(w1="P103", w4=CLERK, w12=DISPATCHER, w21=CHIEF)
    before_acceptance(hall)
    joined_and_ended(hall)
    decided_by_the_department(hall, tmp_path)
    lapsed(hall)
    case = at_one_sitting(hall)
    assigned(hall)
    given_out(hall)
    asked_and_complained(hall)
    answered_by_who_answers_for_the_hall(hall, case)
    numbers_and_looks(hall, case)
    sealed_every_way(hall)
    handed_every_way(hall)
    shared = shared_every_way(hall, tmp_path)
    theirs = hall.agree()
    assert hall.applied() >= SHARING_KINDS
    (word,) = (row for row in theirs["share"].values() if row["case"] == shared)
    assert (word["state"], len(word["uses"]), len(word["looks"])) == ("withdrawn", 1, 1)
    assert hall.applied() | OF_A_PROMISED_CASE >= EVERY_KIND
    for window in hall.windows.values():
        assert set(window.office.parts.vault.journal.tally()) == {"applied"}
    assert [row["ended"] for row in theirs["card"].values()] == ["explained"]
    assert {row["how"] for row in theirs["asked"].values()} >= {"led", "answered"}
    (matter,) = theirs["external"].values()
    assert set(matter) == {
        "id", "ticket", "item", "outcome", "other_number", "promised_on", "by", "at", "window", "acting_for",
    }, "of what another system took only this is kept"  # fmt: skip


def test_a_form_and_all_that_is_said_of_it_crosses_the_wire(hall: LifeHall) -> None:
    hall.open(w2=REGISTRAR, w8=SOCIAL)
    case = one_form(hall)
    theirs = hall.agree()
    assert hall.applied() >= FORM_KINDS
    for window in hall.windows.values():
        assert set(window.office.parts.vault.journal.tally()) == {"applied"}
    states = {row["department"]: row["state"] for row in theirs["route"][case]["rows"]}
    assert states["人社"] == "done"
    assert set(states.values()) == {"done", "sent"}
    assert [row["read_at"] is not None for row in theirs["point"].values()].count(True) == 2
    (company,) = theirs["company"].values()
    assert (company["case"], company["version"]) == (case, 1)


def test_cases_of_every_old_state_go_on_after_both_ends_were_upgraded(hall: LifeHall) -> None:
    hall.open(w4=CLERK)
    cases = {state: authorised_only(hall) if state == "granted" else carried(hall, state) for state in OLD_STATES}
    waiting = hall.ticket(4)
    hall.sync()
    before = {state: hall.case(4, case) for state, case in cases.items()}
    file = hall.windows[4].settings.store_file

    def turned_back(window: RealWindow) -> None:
        store_of_before(window)
        database_of_before(hall.database)
        with hall.database.reading() as connection:
            assert {"life", "due_on"}.isdisjoint(columns_of(connection, "cases"))
            assert not inspect(connection).has_table("case_documents")
        hall.database.migrate()
        assert not file.with_suffix(f".v{OLD}.bak").exists()

    hall.reopen(4, turned_back)
    assert file.with_suffix(f".v{OLD}.bak").exists(), "copied first"
    office = hall.office(4)
    after = {state: hall.case(4, case) for state, case in cases.items()}
    theirs = hall.agree()["case"]
    for state, case in cases.items():
        assert replace(after[state], due_on=None) == replace(before[state], due_on=None), state
        assert theirs[case]["due_on"] == (str(after[state].due_on) if after[state].due_on else None), state
    for state in ("accepted", "to_authorise", "with_department", "granted"):
        assert after[state].due_on == before[state].due_on is not None, "it stands in the lists by its day at once"
    while unwritten(office):
        write_some(office)
    numbers = {line.number for line in find_here(office, PERSON.name).lines}
    assert {case.case_no for case in after.values() if case.case_no} <= numbers
    good(visit.finish(office, waiting.id))
    on_to_delivery(hall, cases)
    assert {hall.case(4, case).state for case in cases.values()} == {"delivered", "archived", "withdrawn", "void"}
    theirs = hall.agree()["case"]
    assert set(office.parts.vault.journal.tally()) == {"applied"}
    assert theirs[cases["delivered"]]["life"]["archived"] is not None

"""补录核对: until another human has said yes on a scan, the case goes no further; what goes on meanwhile is written here."""

from __future__ import annotations

from dataclasses import MISSING, fields

import pytest

from clerk_app.cases.afterwards import VoidCase
from clerk_app.cases.back_entry.checking import WHILE_UNCHECKED
from clerk_app.cases.decisions import ProposeDecision
from clerk_app.cases.handling import WriteOpinion
from clerk_app.command import Refusal
from clerk_app.office.judge import judge
from clerk_app.office.register import build_register
from clerk_app.outside.ids import new_id
from tests.cases.back_entry.kit_desk import KitDesk
from tests.cases.counter import CLERK, MANAGER, OTHER_CLERK
from tests.duty.everyone import Place, sample


@pytest.fixture
def desk() -> KitDesk:
    desk = KitDesk()
    desk.kit(2)
    desk.later(hours=2)
    return desk


@pytest.fixture
def sheet(desk) -> str:
    desk.enter("BL2026-00041")
    return "BL2026-00041"


def test_who_typed_it_does_not_check_it(desk, sheet):
    desk.scan(sheet)
    assert desk.confirm(sheet, by=OTHER_CLERK).type == "own-entry"
    assert desk.send_back(sheet, "自己看的", by=OTHER_CLERK).type == "own-entry"
    assert desk.mend(sheet, by=CLERK) is None
    assert desk.confirm(sheet, by=CLERK).type == "own-entry", "who mended it typed it too"
    assert desk.confirm(sheet, by=MANAGER) is None
    assert desk.confirm(sheet, by=MANAGER).type == "sheet-checked"


def test_without_a_scan_there_is_nothing_to_compare(desk, sheet):
    assert desk.confirm(sheet).type == "scan-missing"
    desk.scan(sheet)
    assert desk.confirm(sheet, scan="0" * 64).type == "scan-unknown"
    assert desk.confirm(sheet) is None
    row = desk.sheet(sheet)
    assert (row.state, row.checked_by, row.scan != "") == ("checked", CLERK, True)


def test_a_yes_is_to_what_was_seen(desk, sheet):
    desk.scan(sheet)
    seen = desk.sheet(sheet).revision
    assert desk.mend(sheet) is None
    assert desk.confirm(sheet, revision=seen).type == "entry-changed"


def test_sent_back_it_waits_for_its_typist(desk, sheet):
    desk.scan(sheet)
    assert desk.send_back(sheet, " ").type == "words-missing"
    assert desk.send_back(sheet, "申请人少一个字") is None
    assert desk.confirm(sheet).type == "sheet-sent-back"
    assert desk.mend(sheet) is None
    assert (desk.sheet(sheet).state, desk.sheet(sheet).note) == ("entered", "申请人少一个字")
    assert desk.confirm(sheet) is None


def test_a_void_case_is_not_checked(desk, sheet):
    desk.scan(sheet)
    desk.good(VoidCase, OTHER_CLERK, case=desk.sheet(sheet).case, reason="录错了")
    assert desk.confirm(sheet).type == "case-void"
    assert desk.not_entered(sheet) == "sheet-used", "the number is spent with it"


def test_the_case_moves_when_somebody_said_yes(desk, sheet):
    case = desk.sheet(sheet).case
    assert desk.refused(ProposeDecision, CLERK, case=case, outcome="grant", opinion="齐全。") == "entry-unchecked"
    desk.scan(sheet)
    assert desk.confirm(sheet) is None
    desk.good(WriteOpinion, CLERK, case=case, words="材料齐全。")
    refusal = desk.act(ProposeDecision, CLERK, case=case, outcome="grant", opinion="齐全。")
    assert refusal is None or refusal.type == "site-check-missing", "its own rules are asked again"


def moves_on_a_case() -> list[str]:
    """Every move that names a case, in whatever room it stands."""
    return sorted(
        kind
        for kind, use in build_register().items()
        if not use.command.fact and any(f.name == "case" and f.default is MISSING for f in fields(use.command))
    )


@pytest.mark.parametrize("kind", moves_on_a_case())
def test_no_other_move_gets_past_the_gate(desk, sheet, kind):
    """Asked with an allowed actor or not: nothing of the case may change but by what the list allows."""
    register = build_register()
    case = desk.sheet(sheet).case
    before = desk.case(case)
    command = sample(register[kind].command, Place(OTHER_CLERK, "B1", 4), new_id, version="v", at=desk.now)
    command = command.__class__(**{**vars(command), "case": case, "window": 4})
    said = judge(command, desk.books, register)
    if kind not in WHILE_UNCHECKED:
        assert isinstance(said, Refusal)
        assert desk.case(case) == before


def test_most_moves_are_refused_for_this_very_reason(desk, sheet):
    register = build_register()
    said = set()
    for kind in set(moves_on_a_case()) - WHILE_UNCHECKED:
        command = sample(register[kind].command, Place(OTHER_CLERK, "B2", 5), new_id, version="v", at=desk.now)
        command = command.__class__(**{**vars(command), "case": desk.sheet(sheet).case})
        refusal = judge(command, desk.books, register)
        said |= {kind} if refusal and refusal.type == "entry-unchecked" else set()
    assert {"write_opinion", "accept_case", "correct_case", "withdraw_case", "tick_material", "check_form"} <= said

"""纸质备用件: printed with numbers that serve nobody else, handed to one window, counted when they come back."""

from __future__ import annotations

import pytest

from clerk_app.cases.back_entry.kits import HandPaperKit, KitNumber, PrintPaperKit, ReturnPaperKit, SpoilKitSheet
from clerk_app.cases.back_entry.model import MOST_SHEETS
from clerk_app.cases.model import case_kind
from clerk_app.cases.usecases import AcceptCase
from clerk_app.receipts.kit_paper import kit_leaf
from tests.cases.back_entry.kit_desk import FIRST, KitDesk
from tests.cases.counter import CLERK, MANAGER, OTHER_CLERK


@pytest.fixture
def desk() -> KitDesk:
    return KitDesk()


def test_a_printed_number_is_spent(desk):
    sheets = desk.kit(3)
    assert sheets == ("BL2026-00041", "BL2026-00042", "BL2026-00043")
    year = desk.now.year
    assert {serial for kind, serial in desk.books.used if kind == case_kind(year)} == {41, 42, 43}
    assert (
        desk.refused(
            PrintPaperKit,
            MANAGER,
            kit="other",
            numbers=(KitNumber(block="kit-41", serial=42, query_code="x"),),
            reason="再印",
        )
        == "number-used"
    )
    assert set(desk.books.kits) == {"kit"}


def test_a_window_cannot_accept_under_a_number_that_is_on_paper(desk):
    desk.kit(3)
    key = desk.accepted("食品经营新办")
    case = desk.case(key)
    desk.books.cases[key] = case.__class__(**{**vars(case), "state": "received", "case_no": "", "accepted_at": None})
    number = f"JZ{desk.now:%Y%m%d}-{FIRST:05d}"
    assert (
        desk.refused(AcceptCase, CLERK, case=key, block="kit-41", serial=FIRST, case_no=number, due=case.due)
        == "number-used"
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [({"reason": " "}, "reason-missing"), ({"reason": "长" * 121}, "reason-missing"), ({"numbers": ()}, "kit-size")],
)
def test_a_kit_without_reason_or_sheets_spends_nothing(desk, change, said):
    words = {"kit": "kit", "numbers": desk.numbers(), "reason": "备用", **change}
    assert desk.refused(PrintPaperKit, MANAGER, **words) == said
    assert not desk.books.used
    assert not desk.books.sheets


def test_a_kit_is_never_larger_than_one_can_count(desk):
    numbers = desk.numbers(MOST_SHEETS + 1)
    assert desk.refused(PrintPaperKit, MANAGER, kit="kit", numbers=numbers, reason="备用") == "kit-size"
    twice = (numbers[0], numbers[0])
    assert desk.refused(PrintPaperKit, MANAGER, kit="kit", numbers=twice, reason="备用") == "kit-size"


def test_a_kit_goes_to_one_window(desk):
    desk.kit(2)
    assert desk.refused(HandPaperKit, MANAGER, kit="kit", to_window=5, taker=OTHER_CLERK) == "kit-handed"
    assert desk.refused(HandPaperKit, MANAGER, kit="none", to_window=5, taker=OTHER_CLERK) == "kit-unknown"
    desk.good(PrintPaperKit, MANAGER, kit="two", numbers=desk.numbers(1, 90), reason="备用")
    assert desk.refused(HandPaperKit, MANAGER, kit="two", to_window=99, taker=OTHER_CLERK) == "window-unknown"
    assert desk.refused(HandPaperKit, MANAGER, kit="two", to_window=5, taker="P999") == "taker-missing"


def test_what_comes_back_blank_serves_nobody_any_more(desk):
    one, two, three, four = desk.kit(4)
    desk.later(hours=2)
    desk.enter(one)
    desk.good(SpoilKitSheet, CLERK, sheet=two, reason="写坏")
    assert desk.refused(ReturnPaperKit, MANAGER, kit="kit", blank=(one,)) == "sheet-not-blank"
    assert desk.refused(ReturnPaperKit, MANAGER, kit="kit", blank=("BL2026-09999",)) == "sheet-of-another-kit"
    desk.good(ReturnPaperKit, MANAGER, kit="kit", blank=(three,))
    assert [desk.sheet(n).state for n in (one, two, three, four)] == ["entered", "spoiled", "returned", "blank"]
    assert desk.not_entered(three) == "sheet-returned"
    assert desk.not_entered(two) == "sheet-spoiled"
    desk.enter(four)  # written on, not in the pile that came back
    assert desk.refused(ReturnPaperKit, MANAGER, kit="kit", blank=()) == "kit-returned"


def test_only_a_blank_sheet_is_spoiled(desk):
    (one,) = desk.kit(1)
    assert desk.refused(SpoilKitSheet, CLERK, sheet=one, reason=" ") == "reason-missing"
    assert desk.refused(SpoilKitSheet, CLERK, sheet="BL2026-00001", reason="写坏") == "sheet-unknown"
    desk.later(hours=2)
    desk.enter(one)
    assert desk.refused(SpoilKitSheet, CLERK, sheet=one, reason="写坏") == "sheet-used"


def test_the_number_on_paper_is_the_case_number_but_for_the_day(desk):
    (one,) = desk.kit(1)
    leaf = kit_leaf(desk.books.hall_id, desk.now, FIRST, "7K3M-0041")
    desk.later(hours=2)
    case = desk.enter(one)
    assert leaf.number == one
    assert leaf.case_no.replace("□□□□", f"{case.accepted_at:%m%d}") == case.case_no
    assert (case.query_code, desk.sheet(one).query_code) == ("7K3M-0041", leaf.query_code)

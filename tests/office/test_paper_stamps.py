"""盖实体章 the keeper presses it and it is entered: at once, several together before the day's close, and with the line cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.duty.training import training_pin
from clerk_app.office.counter import deciding, seal_custody
from clerk_app.office.counter.by_pin import Countersigner
from clerk_app.office.counter.paper_stamps import (
    Pressed,
    authorise_on_paper,
    press,
    press_together,
    printed_page,
    to_press,
    usual_keeper,
)
from clerk_app.office.counter.prepared import prepare
from clerk_app.office.duty import cover
from clerk_app.office.line import holding
from clerk_app.office.office import Done, Office
from clerk_app.ports import HoldGrant
from tests.desk import CutCentre, cut_office
from tests.office.test_deciding import CHIEF, DEPUTY, Pages, PinCentre
from tests.seal_fakes import FakePagePrinter, stamper_of, with_seals
from tests.sealing.waiting import of, proposed
from tests.visits import done


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """It has authorised online before, so that it may judge the PIN with the line cut."""
    office = with_seals(cut_office(tmp_path), pages=Pages(), centre=PinCentre())
    yield office
    office.parts.vault.close()


def cut(office: Office) -> None:
    office.parts = replace(office.parts, centre=CutCentre())


def authorised(office: Office, case: str, person: str = CHIEF) -> object:
    page = prepare(office, case, person, "grant", "同意。")
    assert not isinstance(page, Refusal), page
    return authorise_on_paper(office, page, office.hall.roster.people[person], training_pin(person))


def use_of(office: Office, case: str):
    return office.read(lambda books: books.seal_use_of(case))


def refused(outcome: object) -> str:
    assert isinstance(outcome, Refusal), outcome
    assert outcome.sentence.endswith("。")
    return outcome.type


def printer(office: Office) -> FakePagePrinter:
    assert isinstance(office.parts.page_printer, FakePagePrinter)
    return office.parts.page_printer


def listed(office: Office) -> list[str]:
    return [case.id for case in office.read(lambda books: to_press(office, books))]


def usual(office: Office, case: str) -> str:
    found = of(office, case)
    return office.read(lambda books: usual_keeper(office, books, found))


def test_authorised_the_page_comes_out_and_two_keys_finish_it(office: Office) -> None:
    (case,) = proposed(office, 1)
    done(authorised(office, case))
    frozen = office.parts.vault.keep.document(of(office, case).decision.digest)  # type: ignore[union-attr]
    assert frozen is not None
    assert printer(office).sent == [(frozen.content, "准予登记通知书", 1)], "the very page that was authorised"
    assert (listed(office), stamper_of(office).orders) == ([case], [])
    assert usual(office, case) == CHIEF
    done(press(office, Pressed(case=case)))
    use, sealed = use_of(office, case), of(office, case)
    assert (sealed.state, sealed.seal_use, sealed.sealed_at) == ("sealed", use.id, use.at)
    assert (use.electronic, use.keeper, use.copies, use.entered_at, use.flags, use.grant) == (
        False,
        CHIEF,
        1,
        None,
        (),
        "",
    )
    assert use.digest_before == use.digest_after == frozen.digest
    assert refused(press(office, Pressed(case=case))) == "not-to-seal"
    assert listed(office) == []


def test_with_the_line_cut_it_is_the_way_and_the_electronic_seal_is_not(office: Office) -> None:
    first, second = proposed(office, 2)
    done(authorised(office, first))
    cut(office)
    page = prepare(office, second, CHIEF, "grant", "同意。")
    assert not isinstance(page, Refusal)
    chief = office.hall.roster.people[CHIEF]
    assert refused(deciding.authorise(office, page, chief, training_pin(CHIEF))) == "seal-when-cut"
    assert refused(authorise_on_paper(office, page, chief, "000000")) == "pin-wrong"
    done(authorise_on_paper(office, page, chief, training_pin(CHIEF)))
    done(press(office, Pressed(case=second)))
    assert (of(office, second).state, use_of(office, second).flags) == ("sealed", ())


def test_several_together_at_the_days_end_with_the_said_time(office: Office) -> None:
    cases = proposed(office, 3)
    for case in cases:
        done(authorised(office, case))
    clock = office.parts.clock
    said = clock.now() + timedelta(minutes=10)
    clock.set(clock.now() + timedelta(hours=5))
    several = [Pressed(case=case, copies=2, said_at=said) for case in (*cases[:2], "none")]
    outcomes = press_together(office, several)
    assert [isinstance(outcome, Done) for _, outcome in outcomes] == [True, True, False]
    for case in cases[:2]:
        use = use_of(office, case)
        assert (use.at, use.copies, use.flags) == (said, 2, ())
        assert use.entered_at > said + timedelta(hours=4), "both times are kept: 补登"
        assert of(office, case).sealed_at == said, "the case is finished when it was stamped"
    assert listed(office) == [cases[2]]


@pytest.mark.parametrize(
    ("moved", "type_"),
    [
        (timedelta(minutes=-1), "said-time-wrong"),
        (timedelta(hours=9), "said-time-wrong"),
    ],
)
def test_no_time_before_the_authorisation_and_none_to_come(office: Office, moved: timedelta, type_: str) -> None:
    (case,) = proposed(office, 1)
    done(authorised(office, case))
    said = office.parts.clock.now() + moved
    assert refused(press(office, Pressed(case=case, said_at=said))) == type_
    assert (use_of(office, case), of(office, case).state) == (None, "granted")


def test_another_day_is_not_entered_by_the_window_alone(office: Office) -> None:
    (case,) = proposed(office, 1)
    done(authorised(office, case))
    said = office.parts.clock.now() + timedelta(minutes=1)
    office.parts.clock.set(office.parts.clock.now() + timedelta(days=1))
    assert refused(press(office, Pressed(case=case, said_at=said))) == "said-day-wrong"
    assert refused(press(office, Pressed(case=case, copies=0))) == "copies-wrong"
    assert refused(press(office, Pressed(case=case, copies=100))) == "copies-wrong"
    assert use_of(office, case) is None


def test_a_stamp_that_should_not_have_been_pressed_is_a_line_with_its_flag_and_no_mark(office: Office) -> None:
    first, second = proposed(office, 2)
    for case in (first, second):
        done(authorised(office, case))
    assert refused(press(office, Pressed(case=first, keeper="P204"))) == "seal-use-flagged"
    assert (use_of(office, first).flags, of(office, first).state) == (("不是保管人盖的",), "granted")
    done(seal_custody.stop(office, "S-SJJ", "印油漏了"))
    assert refused(press(office, Pressed(case=second))) == "seal-use-flagged"
    assert use_of(office, second).flags == ("印章停用了还盖",)


def test_a_line_is_never_lost_even_when_the_case_has_gone_elsewhere(office: Office) -> None:
    (case,) = proposed(office, 1)
    done(authorised(office, case))
    done(holding.give_back(office, case))
    assert listed(office) == [], "not this window's to press"
    assert refused(press(office, Pressed(case=case))) == "not-held"
    assert (use_of(office, case).flags, of(office, case).state) == ((), "granted")
    office.parts.vault.keep.grant_hold(f"case:{case}", HoldGrant(granted=True, fence=1))
    assert deciding.finish_sealing(office) == 1


def test_the_deputy_presses_it_while_the_keeper_is_away_and_after_it_was_handed_to_him(office: Office) -> None:
    first, second = proposed(office, 2)
    done(authorised(office, first))
    assert refused(press(office, Pressed(case=first, keeper=DEPUTY))) == "seal-use-flagged"
    done(cover.record_absence(office, CHIEF, "到局里开会"))
    done(authorised(office, second, DEPUTY))
    done(press(office, Pressed(case=second, keeper=DEPUTY)))
    assert (use_of(office, second).approver, use_of(office, second).keeper) == (DEPUTY, DEPUTY)


def test_handed_over_it_is_usually_pressed_by_who_has_it(office: Office) -> None:
    (case,) = proposed(office, 1)
    done(authorised(office, case))
    receiver = Countersigner(person=office.hall.roster.people[DEPUTY], pin=training_pin(DEPUTY))
    assert refused(seal_custody.hand_over(office, "S-SJJ", "下班", receiver)) == "not-the-keeper", (
        "a clerk has it not to give"
    )
    done(cover.record_absence(office, CHIEF, "到局里开会"))
    done(seal_custody.hand_over(office, "S-SJJ", "保管人离岗，从柜里取出", receiver))
    assert usual(office, case) == DEPUTY


def test_the_page_is_printed_again_from_the_bytes_that_were_kept(office: Office) -> None:
    (case,) = proposed(office, 1)
    assert refused(printed_page(office, case)) == "page-elsewhere"
    done(authorised(office, case))
    done(printed_page(office, case))
    assert len({pdf for pdf, _, _ in printer(office).sent}) == 1
    assert len(printer(office).sent) == 2

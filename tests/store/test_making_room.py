"""The centre's row and ours bear one number, or one open call: the centre's comes in, ours stays, marked."""

from __future__ import annotations

import dataclasses

import pytest

from clerk_app.office.counter import visit
from clerk_app.ports import Change, ChangePage, Verdict
from clerk_app.store.rows import to_json
from tests.visits import accept, done, now, receive, serve, take


def page(*values) -> ChangePage:
    rows = tuple(
        Change(seq=n, subject=subject, row=to_json(value), holder="device-b")
        for n, (subject, value) in enumerate(values, start=1)
    )
    return ChangePage(changes=rows, cursor="c", more=False)


def refuse_everything(vault) -> None:
    rows = vault.journal.rows((), 100)
    vault.journal.settle(
        [Verdict(id=row.id, state="refused", type="number-taken", sentence="号用过") for row in rows], 1.0
    )


def test_a_number_the_centre_gave_to_another_is_his_and_ours_is_marked(office, vault):
    mine = take(office)
    refuse_everything(vault)
    theirs = dataclasses.replace(mine, id="t-theirs")
    vault.journal.apply(page(("ticket:t-theirs", theirs)))
    assert now(office, theirs).number == mine.number
    assert now(office, mine).number == f"{mine.number}~{mine.id[-4:]}"
    assert now(office, mine).state == "waiting", "nothing else of it is touched"


def test_it_waits_while_ours_is_undecided_and_comes_in_after_the_verdict(office, vault):
    mine = take(office)
    theirs = dataclasses.replace(mine, id="t-theirs")
    vault.journal.apply(page(("ticket:t-theirs", theirs)))
    assert office.read(lambda books: books.ticket("t-theirs")) is None
    assert now(office, mine).number == mine.number
    refuse_everything(vault)
    assert now(office, theirs).number == mine.number
    assert "~" in now(office, mine).number


def test_a_window_has_one_open_call_and_it_is_the_centres(office, vault):
    mine = take(office)
    done(visit.call(office, mine.id))
    refuse_everything(vault)
    theirs = dataclasses.replace(mine, id="t-theirs", number="B777", state="called", window=2, calls=1)
    vault.journal.apply(page(("ticket:t-theirs", theirs)))
    assert now(office, theirs).state == "called"
    assert (now(office, mine).state, now(office, mine).number) == ("passed", mine.number)


@pytest.mark.parametrize("decided", [True, False])
def test_a_case_number_is_one_cases(office, vault, decided):
    case = accept(office, receive(office, serve(office)))
    if decided:
        refuse_everything(vault)
    theirs = dataclasses.replace(case, id="c-theirs")
    vault.journal.apply(page(("case:c-theirs", theirs)))
    ours = office.read(lambda books: books.case(case.id))
    known = office.read(lambda books: books.case("c-theirs"))
    if decided:
        assert (known.case_no, ours.case_no) == (case.case_no, f"{case.case_no}~{case.id[-4:]}")
        assert ours.applicant == case.applicant
    else:
        assert (known, ours.case_no) == (None, case.case_no)

"""Numbers: every serial of the device's blocks once, in order, across blocks; nobody else's, and none twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.office.counter import visit
from clerk_app.ports import Draw, NumberBlock
from clerk_app.store.vault import LocalVault
from tests.desk import StandingClock, cut_office
from tests.visits import accept, done, receive, serve, take

KIND = "case_no:2030"


def spend(office, draw: Draw, command: str):
    with office.parts.vault.unit(office.hall) as work:
        return work.books.spend_number(KIND, draw.block, draw.serial, command)


def test_serials_go_on_from_block_to_block_and_end(office, vault):
    vault.keep.add_block(NumberBlock(id="late", kind=KIND, first=31, last=32))
    vault.keep.add_block(NumberBlock(id="early", kind=KIND, first=7, last=9))
    drawn = []
    while (draw := vault.keep.next_serial(KIND)) is not None:
        assert vault.keep.next_serial(KIND) == draw, "looking draws nothing"
        assert spend(office, draw, f"c-{draw.serial}") is None
        drawn.append((draw.block, draw.serial, draw.left))
    assert drawn == [("early", 7, 4), ("early", 8, 3), ("early", 9, 2), ("late", 31, 1), ("late", 32, 0)]


@pytest.mark.parametrize(
    ("block", "serial", "kind"),
    [
        ("mine", 11, "number-not-given"), ("mine", 0, "number-not-given"), ("nobody's", 5, "number-not-given"),
        ("theirs", 105, "number-not-given"), ("mine", 5, "number-used"),
    ],
)  # fmt: skip
def test_a_number_that_is_not_free_and_ours_is_refused(office, vault, sql, block, serial, kind):
    vault.keep.add_block(NumberBlock(id="mine", kind=KIND, first=1, last=10))
    vault.keep.add_block(NumberBlock(id="theirs", kind=KIND, first=101, last=110))
    sql("UPDATE number_blocks SET device = 'another' WHERE id = 'theirs'")
    assert spend(office, Draw("mine", 5, 0), "c-1") is None
    refusal = spend(office, Draw(block, serial, 0), "c-2")
    assert refusal.type == kind
    assert vault.keep.next_serial(KIND).left == 4, "of our own block only"


def test_used_up_is_said_and_the_case_stays_received(office, vault, sql):
    case = receive(office, serve(office))
    sql("DELETE FROM number_blocks WHERE kind LIKE 'case_no%'")
    refused = visit.accept(office, case)
    assert refused.type == "no-case-number"
    assert office.read(lambda books: books.case(case.id)) == case
    vault.keep.add_block(NumberBlock(id="next", kind="case_no:2026", first=21, last=40))
    assert accept(office, case).case_no == "JZ20261120-00021"


def test_the_reserve_used_up_is_said(office, vault, sql):
    sql("DELETE FROM number_blocks WHERE kind LIKE 'ticket-reserve%'")
    assert visit.take_ticket(office, "A").type == "no-number"
    assert visit.take_ticket(office, "B").type == "no-number"
    assert vault.journal.tally() == {}


def test_a_refused_act_spends_no_number(office, vault):
    before = vault.keep.next_serial("ticket-reserve:A:2026-11-20")
    office.session = type(office.session)(**{**vars(office.session), "person": office.hall.roster.people["P204"]})
    assert visit.take_ticket(office, "A").type == "not-on-post"
    assert vault.keep.next_serial("ticket-reserve:A:2026-11-20") == before


blocks = st.lists(st.integers(1, 4), min_size=1, max_size=5)


@given(lengths=blocks, acts=st.lists(st.booleans(), max_size=20))
def test_no_number_is_ever_given_twice(tmp_path_factory, lengths, acts):
    """Drawn and spent, or drawn and lost on the way: what was spent stays spent, in any order of blocks."""
    office = cut_office(tmp_path_factory.mktemp("desk"))
    try:
        first = 1
        for number, length in enumerate(lengths):
            block = NumberBlock(id=f"b{number}", kind=KIND, first=first, last=first + length - 1)
            office.parts.vault.keep.add_block(block)
            first += length + 3
        spent = []
        for number, kept in enumerate(acts):
            draw = office.parts.vault.keep.next_serial(KIND)
            if draw is None:
                assert len(spent) == sum(lengths)
            elif kept:
                assert spend(office, draw, f"c-{number}") is None
                spent.append(draw.serial)
        assert spent == sorted(set(spent))
    finally:
        office.parts.vault.close()


def test_numbers_outlive_the_program(office, tmp_path, key):
    ticket = take(office)
    done(visit.call(office, ticket.id))
    office.parts.vault.close()
    again = LocalVault(tmp_path / "counter.db", key, StandingClock())
    assert again.keep.next_serial("ticket-reserve:A:2026-11-20").serial == ticket.serial + 1
    again.close()

"""批量授权 one PIN for a list that was read page by page: each is sealed by itself, and what is not done waits as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.duty.training import training_pin
from clerk_app.office.counter import deciding, handling
from clerk_app.office.counter.batching import (
    PUT_ASIDE,
    Batch,
    BatchDone,
    authorise_batch,
    explain_put_aside,
    prepare_batch,
)
from clerk_app.office.counter.by_pin import Countersigner
from clerk_app.office.counter.numbering import open_gaps
from clerk_app.office.office import Done, Office
from clerk_app.sealing.grants import MOST_PAPERS
from tests.desk import cut_office
from tests.office.test_deciding import CHIEF, Pages, PinCentre
from tests.seal_fakes import PowerCut, keeper, stamper_of, with_seals
from tests.sealing.waiting import KIND, LAST, of, proposed
from tests.visits import accept, done, receive, serve


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = with_seals(cut_office(tmp_path), pages=Pages(), centre=PinCentre())
    yield office
    office.parts.vault.close()


def prepared(office: Office, cases: list[str]) -> Batch:
    batch = prepare_batch(office, cases, CHIEF)
    assert (len(batch.pages), batch.left_out) == (len(cases), ())
    return batch


def authorised(
    office: Office, batch: Batch, progress: Callable[[int], bool] = lambda _: True, pin: str = training_pin(CHIEF)
) -> BatchDone:
    said = authorise_batch(office, batch.pages, office.hall.roster.people[CHIEF], pin, None, progress)
    assert isinstance(said, BatchDone), said
    return said


def states(office: Office, cases: list[str]) -> list[str]:
    return [of(office, case).state for case in cases]


def test_one_pin_one_grant_and_each_paper_has_its_own_line(office: Office) -> None:
    cases, told = proposed(office, 3), list[int]()
    batch = prepared(office, cases)
    assert [page.serial for page in batch.pages] == [1, 2, 3], "each page bears its own number before anybody signs"
    said = authorised(office, batch, lambda n: told.append(n) is None)
    assert (said.sealed, said.refused, said.left, told) == (tuple(cases), (), 0, [0, 1, 2, 3])
    uses = [office.read(lambda books, case=case: books.seal_use_of(case)) for case in cases]
    (grant_id,) = {use.grant for use in uses if use}
    grant = office.read(lambda books: books.seal_grant(grant_id))
    assert [paper.case for paper in grant.papers] == cases
    assert set(grant.used.values()) == {use.id for use in uses if use}
    assert all(
        use.flags == () and use.digest_before == page.digest for use, page in zip(uses, batch.pages, strict=True) if use
    )
    entries = {order.grant.terms.papers for order in stamper_of(office).orders}
    assert len(entries) == 1, "a file says of the others only their digests"
    assert "江州1号" not in repr(stamper_of(office).orders[0].grant)
    assert [key.closed for key in office.parts.seal_keys.opened] == [True]  # type: ignore[union-attr]
    assert states(office, cases) == ["sealed"] * 3


def test_a_page_put_aside_waits_and_its_number_is_explained(office: Office) -> None:
    cases = proposed(office, 3)
    batch = prepared(office, cases)
    aside, rest = batch.pages[1], (batch.pages[0], batch.pages[2])
    assert authorised(office, Batch(pages=rest)).sealed == (cases[0], cases[2])
    assert of(office, cases[1]).state == "to_authorise"
    (gap,) = open_gaps(office)
    assert gap.serials == (2,)
    explain_put_aside(office, [aside])
    assert open_gaps(office) == ()
    (note,) = office.read(lambda books: books.gap_notes(KIND))
    assert (note.serials, note.reason) == ((2,), PUT_ASIDE)
    assert prepared(office, [cases[1]]).pages[0].serial == 4, "it is read and numbered anew"


def test_cancelled_in_the_middle_the_rest_wait_as_they_were(office: Office) -> None:
    cases = proposed(office, 3)
    said = authorised(office, prepared(office, cases), lambda n: n < 1)
    assert (said.sealed, said.refused, said.left) == ((cases[0],), (), 2)
    assert states(office, cases) == ["sealed", "to_authorise", "to_authorise"]
    assert open_gaps(office) == ()
    assert office.read(lambda books: books.open_seal_intents()) == ()
    assert authorised(office, prepared(office, cases[1:])).sealed == tuple(cases[1:])


@pytest.mark.parametrize(("count", "wrong"), [(2, 0), (5, 2)])
def test_one_that_was_changed_meanwhile_stays_behind_alone(office: Office, count: int, wrong: int) -> None:
    """The first one brings the grant; where it is refused, the next one does."""
    cases = proposed(office, count)
    batch = prepared(office, cases)
    chief = Countersigner(person=office.hall.roster.people[CHIEF], pin=training_pin(CHIEF))
    done(handling.send_back(office, cases[wrong], "再核", chief))
    said = authorised(office, batch)
    assert [(case, refusal.type) for case, refusal in said.refused] == [(cases[wrong], "case-changed")]
    assert said.sealed == tuple(case for case in cases if case != cases[wrong])
    (note,) = office.read(lambda books: books.gap_notes(KIND))
    assert (note.serials, open_gaps(office)) == ((wrong + 1,), ())


def test_five_minutes_are_over_in_the_middle(office: Office) -> None:
    cases = proposed(office, 3)

    def coffee(number: int) -> bool:
        if number == 1:
            office.parts.clock.set(office.parts.clock.now() + timedelta(minutes=6))
        return True

    said = authorised(office, prepared(office, cases), coffee)
    assert said.sealed == (cases[0],)
    assert [refusal.type for _, refusal in said.refused] == ["grant-over"] * 2
    assert states(office, cases) == ["sealed", "to_authorise", "to_authorise"], "neither decided nor numbered"
    assert authorised(office, prepared(office, cases[1:])).sealed == tuple(cases[1:])


def test_a_stamp_that_failed_leaves_its_case_authorised_and_its_number_used(office: Office) -> None:
    cases = proposed(office, 3)
    batch, stamper = prepared(office, cases), stamper_of(office)

    def pulled_out() -> None:
        if len(stamper.orders) == 1 and not failed:
            failed.append(True)
            raise ValueError("钥匙没有应答。")

    failed: list[bool] = []
    stamper.first = pulled_out
    said = authorised(office, batch)
    assert [(case, refusal.type) for case, refusal in said.refused] == [(cases[1], "not-stamped")]
    assert states(office, cases) == ["sealed", "granted", "sealed"]
    decision = of(office, cases[1]).decision
    assert decision is not None
    assert decision.serial == 2
    assert office.read(lambda books: books.gap_notes(KIND)) == (), "its number was used"
    again = deciding.seal_again(office, cases[1], office.hall.roster.people[CHIEF], training_pin(CHIEF))
    assert isinstance(again, Done)
    assert of(office, cases[1]).state == "sealed"


def test_a_stop_in_the_middle_leaves_one_intent_and_nothing_half_done(office: Office) -> None:
    cases = proposed(office, 3)
    batch, stamper = prepared(office, cases), stamper_of(office)

    def stops() -> None:
        if len(stamper.orders) == 1:
            raise PowerCut

    stamper.first = stops
    with pytest.raises(PowerCut):
        authorised(office, batch)
    assert states(office, cases) == ["sealed", "granted", "to_authorise"]
    assert [intent.case for intent in office.read(lambda books: books.open_seal_intents())] == [cases[1]]
    assert all(key.closed for key in office.parts.seal_keys.opened)  # type: ignore[union-attr]


def test_fifty_and_not_one_more(office: Office) -> None:
    (case,) = proposed(office, 1)
    batch = prepare_batch(office, [case, *(f"no-{n}" for n in range(MOST_PAPERS))], CHIEF)
    assert len(batch.pages) == 1
    assert len(batch.left_out) == MOST_PAPERS
    assert batch.left_out[-1][1].type == "batch-full"
    assert {refusal.type for _, refusal in batch.left_out[:-1]}.isdisjoint({"batch-full"})
    person = office.hall.roster.people[CHIEF]
    for pages, type_ in ((batch.pages * (MOST_PAPERS + 1), "batch-full"), ((), "batch-empty")):
        said = authorise_batch(office, pages, person, training_pin(CHIEF), None, lambda _: True)
        assert isinstance(said, Refusal)
        assert said.type == type_


def test_making_the_pages_can_be_cancelled_too(office: Office) -> None:
    cases = proposed(office, 2)
    batch = prepare_batch(office, cases, CHIEF, lambda n: n < 1)
    assert ([page.case.id for page in batch.pages], batch.left_out) == ([cases[0]], ())


def test_what_does_not_belong_into_it_is_left_out_and_says_why(office: Office) -> None:
    cases = proposed(office, 1)
    bare = accept(office, receive(office, serve(office)))
    batch = prepare_batch(office, [*cases, bare.id, "none"], CHIEF)
    assert (batch.left_out[0][0], batch.left_out[0][1].type) == (bare.id, "not-to-authorise")
    assert len(batch.pages) == 1
    for serial in range(1, LAST + 1):
        with office.parts.vault.unit(office.hall) as work:
            assert work.books.spend_number(KIND, "d", serial, f"c-{serial}") is None
    assert prepare_batch(office, cases, CHIEF).left_out[0][1].type == "no-document-number"


def test_nothing_is_signed_before_every_pin_is_right(office: Office) -> None:
    batch = prepared(office, proposed(office, 1))
    deputy = office.hall.roster.people["P202"]
    wanted = authorise_batch(office, batch.pages, deputy, training_pin("P202"), None, lambda _: True)
    wrong = authorise_batch(office, batch.pages, deputy, "000000", keeper(CHIEF), lambda _: True)
    other = replace(keeper(CHIEF), pin="000000")
    sealed = authorise_batch(
        office, batch.pages, office.hall.roster.people[CHIEF], training_pin(CHIEF), other, lambda _: True
    )
    said = [answer.type for answer in (wanted, wrong, sealed) if isinstance(answer, Refusal)]
    assert said == ["keeper-wanted", "pin-wrong", "seal-pin-wrong"]
    assert of(office, batch.pages[0].case.id).state == "to_authorise"
    with_seals(office, {}, pages=Pages(), centre=PinCentre())
    away = authorise_batch(
        office, batch.pages, office.hall.roster.people[CHIEF], training_pin(CHIEF), None, lambda _: True
    )
    assert isinstance(away, Refusal)
    assert away.type == "no-seal-key"

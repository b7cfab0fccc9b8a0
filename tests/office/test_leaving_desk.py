"""暂离 in the office: how long may be said, by whose leave, what is handed on, and the slip printed once more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.duty.rules import DutyRules
from clerk_app.office.counter import visit
from clerk_app.office.counter.papers import answer_paper
from clerk_app.office.duty import handing_on, leaving_desk
from clerk_app.office.duty.leaving_desk import Leaving, Left, WayOut
from clerk_app.office.office import Done, Office
from clerk_app.outside.keys import SigningKey
from clerk_app.receipts.handed_slip import HANDED
from clerk_app.sync.handed_code import MOST, read_code
from tests.desk import cut_office, sit
from tests.visits import serve, take

KEY = SigningKey(bytes(32))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    office.parts = replace(office.parts, device_sign=KEY.sign)
    yield office
    office.parts.vault.close()


def paused(office: Office) -> Leaving:
    found = leaving_desk.pause(office)
    assert isinstance(found, Leaving), found
    return found


def way(found: Leaving, choice: str) -> WayOut:
    return next(one for one in found.ways if one.choice == choice)


def left(office: Office, choice: str, *, connected: bool = False) -> Left:
    gone = leaving_desk.go(office, paused(office), choice, connected=connected)
    assert isinstance(gone, Left), gone
    return gone


def at(office: Office, clock: str) -> None:
    hour, minute = map(int, clock.split(":"))
    office.parts.clock.moment = office.parts.clock.moment.replace(hour=hour, minute=minute)


@pytest.mark.parametrize(
    ("clock", "until", "ranks"),
    [
        ("10:30", "13:30", ("chief_rep",)),
        ("13:10", "13:30", ()),  # the noon turn keeps the post already
        ("14:00", "15:00", ("chief_rep",)),
        ("13:30", "14:30", ("chief_rep",)),
    ],
)
def test_a_while_lasts_to_the_end_of_noon_or_an_hour(office: Office, clock: str, until: str, ranks: tuple) -> None:
    at(office, clock)
    found = way(paused(office), "while")
    assert f"{found.until:%H:%M}" == until
    assert found.ranks == ranks
    assert found.noon is (clock == "13:10")


def test_a_chief_leaves_by_another_ranks_word_and_has_no_numbers(office: Office) -> None:
    sit(office, "P201")
    found = paused(office)
    assert way(found, "day").ranks == ("hall_office",)
    assert way(found, "day").substitute == "尹秋实"
    assert (found.window, found.numbers) == (21, ())
    gone = leaving_desk.go(office, found, "day", connected=True)
    assert isinstance(gone, Left)
    assert (gone.asked, gone.handed.numbers) == (True, ())


def test_a_hall_that_said_nothing_of_leave_guesses_nobody(office: Office) -> None:
    roster = replace(office.hall.roster, rules=DutyRules())
    office.hall = replace(office.hall, roster=roster)
    found = paused(office)
    assert way(found, "day").rank_unknown
    assert f"{way(found, 'while').until - found.at}" == "1:00:00", "no break known: an hour"
    assert way(found, "short").until == found.at + timedelta(minutes=15)


def test_leave_that_cannot_be_asked_for_is_said_and_the_window_stays_paused(office: Office) -> None:
    assert left(office, "day").refused is None
    again = left(office, "day")
    assert again.refused is not None
    assert again.refused.type == "absence-overlaps"
    assert visit.call_next(office).type in ("window-paused", "nobody-waiting")
    take(office)
    assert visit.call_next(office).type == "window-paused"


def test_sitting_down_again_ends_the_pause_and_withdraws_what_was_asked(office: Office) -> None:
    left(office, "day")
    leaving_desk.sat_down(office)
    day = office.parts.clock.now().date()
    (row,) = office.read(lambda books: books.absences_since(day))
    assert (row.state, row.note) == ("withdrawn", "已返岗")
    assert office.read(lambda books: books.open_pauses(2)) == ()
    assert leaving_desk.resume(office) is None, "nothing left to end"
    take(office)
    assert isinstance(visit.call_next(office), Done)


def test_without_a_signature_of_its_own_a_machine_prints_no_slip(office: Office) -> None:
    office.parts = replace(office.parts, device_sign=None)
    take(office)
    gone = left(office, "day")
    assert (gone.handed.code, gone.handed.job) == ("", "")
    assert len(gone.handed.numbers) == 1


def test_no_more_than_one_code_can_bear(office: Office) -> None:
    for _ in range(MOST + 2):
        take(office)
    gone = left(office, "day")
    assert len(gone.handed.numbers) == MOST
    assert len(read_code(gone.handed.code).code.tickets) == MOST
    assert len(office.read(lambda books: handing_on.in_hand(office, books))) == 2


def test_the_slip_that_did_not_come_out_is_printed_again_with_what_nobody_has_taken(office: Office) -> None:
    first, second = take(office), take(office)
    gone = left(office, "day")
    spool = office.parts.vault.spool
    spool.answer(gone.handed.job, "unknown", "")
    leaving_desk.sat_down(office)
    with office.parts.vault.unit(office.hall) as work:
        work.books.take_hold(f"ticket:{first.id}")
    copy = answer_paper(office, gone.handed.job, "lost")
    assert isinstance(copy, Done), copy
    (job,) = [spool.job(key) for key in copy.papers]
    assert (job.doc_type, job.copy_no, job.subject) == (HANDED, 2, spool.job(gone.handed.job).subject)
    words = job.payload.decode()
    assert second.number in words
    assert first.number not in words


def test_what_is_served_stops_a_long_leave_before_anything_was_done(office: Office) -> None:
    ticket = serve(office)
    waiting = take(office)
    found = paused(office)
    refused = leaving_desk.go(office, found, "while", connected=True)
    assert isinstance(refused, Refusal)
    assert ticket.number in refused.sentence
    rows = [row.kind for row in office.parts.vault.journal.rows((), 10)]
    assert rows[0] == "pause_window"
    assert "hand_tickets" not in rows
    assert office.read(lambda books: books.holder(f"ticket:{waiting.id}")) is not None

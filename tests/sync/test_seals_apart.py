"""A seal between machines that do not hear each other in time: once on a paper, one book of it everywhere, and the paper comes out."""

from __future__ import annotations

import pytest

from clerk_app.duty.training import training_pin
from clerk_app.office.counter import deciding
from clerk_app.office.counter.paper_stamps import printed_page
from clerk_app.office.counter.sealed_elsewhere import take_in
from clerk_app.office.counter.seat_queue import WaitingPaper, seal_waiting
from clerk_app.office.line.holding import give_back, take_in_hand
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.office.oversight.seal_book import BookAsked, read_book
from clerk_app.sealing.register_lines import RegisterLine
from tests.seal_fakes import FakePagePrinter, keeper, stamper_of, with_seals
from tests.sync.life_hall import LifeHall, good
from tests.sync.test_seat_queue import (
    ASKING,
    CHIEF,
    SEAT,
    Pages,
    authorised,
    hall,
    loaded,
    refused,
    said,
    uploaded,
    waits,
)

__all__ = ["hall", "loaded"]
pytestmark = pytest.mark.process
OTHER = 3


def sealed_at_seat(hall: LifeHall, paper: WaitingPaper) -> Outcome:
    return seal_waiting(hall.office(SEAT), paper.grant.id, paper.paper.sha256, keeper(CHIEF))


def again(hall: LifeHall, number: int, case: str) -> Outcome:
    chief = hall.by(number, CHIEF).person
    return deciding.seal_again(hall.office(number), case, chief, training_pin(CHIEF))


def book(hall: LifeHall, number: int) -> tuple[RegisterLine, ...]:
    today = hall.office(number).parts.clock.now().date()
    return read_book(hall.office(number), BookAsked(start=today, end=today)).lines


def printed(office: Office) -> int:
    printer = office.parts.page_printer
    assert isinstance(printer, FakePagePrinter)
    return len(printer.sent)


def test_authorised_twice_it_is_sealed_once_and_its_paper_comes_out_when_the_file_has_come(hall: LifeHall) -> None:
    asking = hall.office(ASKING)
    case = authorised(hall)
    assert isinstance(again(hall, ASKING, case.id), Done), "in a hurry"
    said(hall, ASKING)
    first, second = waits(hall)
    good(sealed_at_seat(hall, first))
    assert (waits(hall), refused(sealed_at_seat(hall, second))) == ([], "sealed-already")
    hall.sync()
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        """The register's line came first; by now the seat has sent the file too."""
        assert printed(asking) == 0
        pauses.append(seconds)
        if len(pauses) == 2:
            uploaded(hall.office(SEAT))

    ((taken, outcome),) = take_in(asking, pause)
    assert (taken.id, isinstance(outcome, Done), len(pauses), printed(asking)) == (case.id, True, 2, 1)
    hall.open(w3="P204")
    assert hall.agree()["case"][case.id]["state"] == "sealed", "and a fresh machine has every row of it"
    assert len(stamper_of(hall.office(SEAT)).orders) == 1
    told = set()
    for number in hall.windows:
        (line,) = (one for one in book(hall, number) if one.kind == "electronic")
        assert (line.number, line.result) == ("2026-0002", "用印"), number
        told.add(line.arrived)
    (arrived,) = told
    assert arrived.startswith("中心已收 20"), "every machine says when the centre took it in"


def test_the_hold_is_lost_in_between_and_the_next_window_ends_it_without_the_first(hall: LifeHall) -> None:
    """The seat seals with its line cut in the middle; who has the case now, meanwhile, finds the page at the centre."""
    asking, seat = hall.office(ASKING), hall.office(SEAT)
    case = authorised(hall)
    said(hall, ASKING)
    (paper,) = waits(hall)
    hall.open(w3="P204")
    with_seals(hall.office(OTHER), {}, pages=Pages())
    stamper_of(seat).first = hall.windows[SEAT].line.cut
    good(sealed_at_seat(hall, paper))
    good(give_back(asking, case.id))
    hall.windows[ASKING].rounds(2)
    hall.windows[OTHER].rounds(2)
    assert take_in_hand(hall.office(OTHER), case.id) is None
    hall.windows[ASKING].line.cut()
    good(printed_page(hall.office(OTHER), case.id))
    assert isinstance(again(hall, OTHER, case.id), Done), "the first machine may be dead: the page is at the centre"
    hall.windows[OTHER].rounds(1)
    hall.windows[SEAT].line.join()
    hall.sync()
    (left,) = seat.parts.vault.journal.rows(("refused",), 10)
    assert "不在授权的那个窗口手上" in left.sentence
    assert waits(hall) == []
    for number in (OTHER, SEAT):
        (line,) = (one for one in book(hall, number) if one.kind == "electronic")
        assert (line.result, line.arrived[:8], line.doubtful) == ("用印", "中心已收 202", False), number
    assert deciding.finish_sealing(hall.office(OTHER)) == 1
    hall.sync()
    assert hall.case(SEAT, case.id).state == "sealed"

"""取号从头到尾: a real printer of bytes, a real lane; its paper is out of paper, comes back, is read by another program."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_app.office.counter import ticketing, visit
from clerk_app.office.counter.ticketing import AlreadyWaiting
from clerk_app.office.running import LaneKeeper
from clerk_app.queueing.ticket_code import read
from printers.desk import desk_lane, slip_maker, slip_picture
from printers.virtual import Faults, VirtualPrinter
from tests.office.ticket_desk import TicketDesk, ticket_desk
from tests.visits import done

DRY, GOOD = Faults(paper_end=True, paper_seen=0x0C), Faults()


class Hall:
    """One desk and its printer."""

    def __init__(self, desk: TicketDesk, printer: VirtualPrinter) -> None:
        self.desk, self.printer = desk, printer
        office = desk.office
        self.lane = LaneKeeper(office, desk_lane(office.parts.vault.spool, office.parts.settings.printer))

    def turn(self) -> None:
        """The lane's turn, after what was blocked has rested."""
        self.desk.rest()
        self.lane.step()


@pytest.fixture(params=[32, 48], ids=["58 mm", "80 mm"])
def hall(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Hall]:
    with VirtualPrinter() as printer:
        desk = ticket_desk(tmp_path, printer=printer.url)
        desk.office.parts = replace(desk.office.parts, maker=slip_maker(request.param))
        yield Hall(desk, printer)
        desk.office.parts.vault.close()


def test_paper_out_and_back_again_every_number_has_one_paper(hall: Hall) -> None:
    desk, office = hall.desk, hall.desk.office
    hall.printer.faults = DRY
    waits, by_hand, gone = (desk.take() for _ in range(3))
    hall.turn()
    assert hall.printer.jobs == []
    assert {desk.ticket(one.id).state for one in (waits, by_hand, gone)} == {"issuing"}
    assert not hall.lane.state.ready
    done(ticketing.by_hand(office, by_hand.id))
    done(ticketing.void(office, gone.id, "人走了"))
    hall.printer.faults = GOOD
    hall.turn()
    assert len(hall.printer.jobs) == 1, "what was written by hand, and what is void, is not printed any more"
    assert [desk.ticket(one.id).state for one in (waits, by_hand, gone)] == ["waiting", "waiting", "void"]
    hall.turn()
    assert len(hall.printer.jobs) == 1
    assert [ticket.number for ticket in office.read(lambda books: visit.waiting_tickets(office, books))] == [
        "A001",
        "A002",
    ]


def test_what_came_out_is_read_by_a_scan_gun_and_stays_the_same_when_printed_again(
    hall: Hall, need_program, tmp_path: Path
) -> None:
    program, desk = need_program("zbarimg", "zbar-tools"), hall.desk
    ticket = desk.take()
    hall.turn()
    done(ticketing.reprint(desk.office, ticket.id))
    hall.turn()
    found = []
    for number, job in enumerate(hall.printer.jobs):
        file = tmp_path / f"{number}.png"
        file.write_bytes(slip_picture(job))
        scan = subprocess.run([program, "-q", "--raw", file], capture_output=True, text=True, check=True)
        found.append(scan.stdout.strip())
    assert len(found) == 2
    assert found[0] == found[1]
    assert read(found[0]).code.id == ticket.id
    again = ticketing.from_paper(desk.office, found[0])
    assert isinstance(again, AlreadyWaiting)
    assert hall.printer.jobs[1].decode("gb18030", "ignore").count("补打") == 1
    assert "补打" not in hall.printer.jobs[0].decode("gb18030", "ignore")


def test_in_doubt_a_person_answers_and_there_is_one_valid_paper(hall: Hall) -> None:
    desk = hall.desk
    hall.printer.faults = Faults(rst_after=200)
    ticket = desk.take()
    hall.turn()
    assert desk.jobs(ticket.id) == [(1, "unknown")]
    assert desk.ticket(ticket.id).state == "issuing"
    hall.printer.faults = GOOD
    desk.answer(ticket.id, "half")
    hall.turn()
    assert desk.jobs(ticket.id) == [(1, "half"), (2, "done")]
    assert desk.ticket(ticket.id).state == "waiting"

"""备用号: leased for today and for the next working day, for the letters of this window."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from clerk_app.office.line.blocks import RESERVE_BLOCK, blocks_wanted, top_up
from tests.desk import ZONE, StandingClock
from tests.office.ticket_desk import ticket_desk


def test_for_today_and_the_next_working_day(tmp_path: Path) -> None:
    desk = ticket_desk(tmp_path)
    wanted = {kind: many for kind, many in blocks_wanted(desk.office).items() if kind.startswith("ticket-reserve:")}
    assert wanted == {"ticket-reserve:A:2026-11-20": RESERVE_BLOCK, "ticket-reserve:A:2026-11-23": RESERVE_BLOCK}
    top_up(desk.office)
    desk.on(date(2026, 11, 23), 8)
    desk.centre.up = False
    ticket = desk.take()
    assert (ticket.number, ticket.reserve, ticket.day) == ("A001", True, date(2026, 11, 23)), "leased on Friday"
    desk.office.parts.vault.close()


def test_over_a_long_rest(tmp_path: Path) -> None:
    clock = StandingClock(datetime(2026, 9, 30, 16, 0, tzinfo=ZONE))
    desk = ticket_desk(tmp_path, clock=clock)
    days = {kind.rpartition(":")[2] for kind in blocks_wanted(desk.office) if kind.startswith("ticket-reserve:")}
    assert days == {"2026-09-30", "2026-10-08"}, "the National Day's rest lies between"
    desk.office.parts.vault.close()

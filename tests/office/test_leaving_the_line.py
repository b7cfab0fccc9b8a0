"""离开 with people on hold, and with the line cut: what B finds, what another window may scan, what is called here no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_app.command import ticket_subject
from clerk_app.duty.records import Substitution
from clerk_app.office.counter import calling
from clerk_app.office.duty import handing_on, leaving_desk
from clerk_app.office.duty.handing_over import handover_things
from clerk_app.office.duty.leaving_desk import Left
from clerk_app.office.line.cuts import CutBook
from clerk_app.outside.keys import SigningKey
from clerk_app.sync.handed_code import read_code
from tests.desk import sit
from tests.office.calling_desk import CallingDesk, done, refused


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CallingDesk]:
    desk = CallingDesk(tmp_path)
    desk.office.parts = replace(desk.office.parts, device_sign=SigningKey(bytes(32)).sign)
    yield desk
    desk.office.parts.vault.close()


def go(desk: CallingDesk, *, connected: bool) -> Left:
    leaving = leaving_desk.pause(desk.office)
    assert not hasattr(leaving, "sentence"), leaving
    left = leaving_desk.go(desk.office, leaving, "day", connected=connected)
    assert isinstance(left, Left), left
    return left


def test_with_the_line_cut_the_share_goes_with_the_slip(desk: CallingDesk) -> None:
    dealt, parked = desk.ticket(fallback=2, minutes=9), desk.ticket(fallback=2, minutes=20)
    desk.ticket(fallback=3)
    desk.cut()
    CutBook(desk.office).begin()
    called = desk.called()
    assert called.id == parked.id
    done(calling.hold(desk.office, called.id, "去缴费"))
    leaving = leaving_desk.pause(desk.office)
    assert sorted(leaving.numbers) == sorted((dealt.number, parked.number))
    left = leaving_desk.go(desk.office, leaving, "day", connected=False)
    assert isinstance(left, Left)
    code = read_code(left.handed.code).code
    assert sorted(one.number for one in code.tickets) == sorted((dealt.number, parked.number))
    leaving_desk.sat_down(desk.office)
    refused(desk.next(), "nobody-waiting")
    assert desk.now(parked).state == "held"
    again = handing_on.handed_again(desk.office, left.handed.command, leaving.pause)
    assert again is not None, "what nobody has taken, the held one among it, is on the slip again"


def test_with_the_line_up_the_centre_deals_by_itself(desk: CallingDesk) -> None:
    desk.ticket(fallback=2)
    desk.beat()
    assert go(desk, connected=True).handed.numbers == ()
    desk.beat()
    assert not desk.queue.beats[-1].open


def test_the_handover_says_who_is_on_hold_why_and_by_whom(desk: CallingDesk) -> None:
    """B finds him in A's line, and tells him by A's name."""
    desk.ticket()
    desk.beat()
    ticket = desk.called()
    done(calling.hold(desk.office, ticket.id, "去复印"))
    now = desk.office.parts.clock.now()
    sub = Substitution(
        id="s", post="A1", a="P203", b="P204", start=now, end=now + timedelta(hours=2), cause="x", said_by="P201"
    )
    things = desk.office.read(lambda books: handover_things(books, sub, now))
    words = {thing.id: thing.words for thing in things if thing.kind == "ticket"}
    assert words == {ticket.id: f"{ticket.number} 挂起：去复印（许可心）"}


def test_b_at_the_same_window_goes_on_with_whom_a_had_put_aside(desk: CallingDesk) -> None:
    desk.ticket()
    desk.beat()
    ticket = desk.called()
    done(calling.arrive(desk.office, ticket.id))
    done(calling.hold(desk.office, ticket.id, "去复印"))
    go(desk, connected=True)
    assert desk.office.read(lambda books: books.holder(ticket_subject(ticket.id))) is None
    sit(desk.office, "P203")
    leaving_desk.sat_down(desk.office)
    held = desk.office.read(lambda books: calling.held_here(desk.office, books))
    assert [one.id for one in held] == [ticket.id]
    assert held[0].parked is not None
    assert held[0].parked.by == "P203"
    done(calling.resume(desk.office, ticket.id))
    assert desk.now(ticket).state == "serving"

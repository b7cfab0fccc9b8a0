"""撤销: what was given away is asked for first, and it is said when another window has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_app.office.counter import calling, given
from clerk_app.office.events import RowsChanged
from clerk_app.queueing.forwarding import ForwardTicket
from tests.office.calling_desk import CallingDesk, ClaimCentre, done, refused


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CallingDesk]:
    desk = CallingDesk(tmp_path)
    yield desk
    desk.office.parts.vault.close()


@pytest.fixture
def ticket(desk: CallingDesk) -> str:
    desk.ticket()
    desk.beat()
    return desk.called().id


def row(desk: CallingDesk, ticket: str) -> tuple[str, int | None, int, str]:
    row = desk.office.read(lambda books: books.ticket(ticket))
    assert row is not None
    return row.state, row.window, row.calls, row.letter


@pytest.mark.parametrize("act", ["pass", "hold", "back", "forward", "rejoin"])
def test_each_is_as_before_though_the_centre_has_heard_nothing(
    desk: CallingDesk, ticket: str, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(given, "TOLD_WITHIN", 0.0)
    if act == "rejoin":
        done(calling.pass_over(desk.office, ticket, "本人不办了", early=True))
    before = desk.office.read(lambda books: books.ticket(ticket))
    assert before is not None
    act_on(desk, ticket, act)
    last = desk.office.read(lambda books: calling.last_undoable(desk.office, books))
    assert last is not None
    assert last.id == ticket
    done(calling.undo(desk.office, ticket))
    assert desk.office.read(lambda books: books.ticket(ticket)) == replace(before, before=None)
    refused(calling.undo(desk.office, ticket), "undo-over")
    assert desk.office.read(lambda books: calling.last_undoable(desk.office, books)) is None


def act_on(desk: CallingDesk, ticket: str, act: str) -> None:
    office = desk.office
    if act == "pass":
        done(calling.pass_over(office, ticket, "本人不办了", early=True))
    elif act == "hold":
        done(calling.hold(office, ticket, "去复印"))
    elif act == "back":
        done(calling.put_back(office, ticket, "叫错了"))
    elif act == "rejoin":
        done(calling.rejoin(office, ticket))
    else:
        fields = office.stamp().fields(office.parts.new_id)
        done(office.do(ForwardTicket(**fields, ticket=ticket, letter="B", reason="走错队")))


def test_given_away_it_is_had_again_first(desk: CallingDesk, ticket: str) -> None:
    done(calling.put_back(desk.office, ticket, "叫错了"))
    desk.decided()
    claims = ClaimCentre()
    desk.office.parts = replace(desk.office.parts, centre=claims)
    done(calling.undo(desk.office, ticket))
    assert claims.asked == [f"ticket:{ticket}"]
    assert row(desk, ticket)[:3] == ("called", 2, 1)


def test_another_window_has_it_by_now(desk: CallingDesk, ticket: str) -> None:
    done(calling.put_back(desk.office, ticket, "叫错了"))
    desk.decided()
    desk.office.parts = replace(desk.office.parts, centre=ClaimCentre(granted=False))
    assert "被别的窗口叫走" in refused(calling.undo(desk.office, ticket), "undo-taken")
    assert row(desk, ticket)[0] == "waiting"


def test_given_away_and_the_line_cut_nobody_knows(desk: CallingDesk, ticket: str) -> None:
    done(calling.put_back(desk.office, ticket, "叫错了"))
    desk.decided()
    assert "已经回到队里" in refused(calling.undo(desk.office, ticket), "undo-unsure")


def test_it_is_waited_for_until_the_centre_has_heard(desk: CallingDesk, ticket: str) -> None:
    """The loop's round is played by whoever listens to the bell."""
    done(calling.put_back(desk.office, ticket, "叫错了"))
    claims = ClaimCentre()
    desk.office.parts = replace(desk.office.parts, centre=claims)
    subscribe = desk.office.bell.subscribe

    def heard(listener):
        leave = subscribe(listener)
        desk.decided()
        desk.office.bell.ring(RowsChanged((f"ticket:{ticket}",)))
        return leave

    desk.office.bell.subscribe = heard  # type: ignore[method-assign]
    done(calling.undo(desk.office, ticket))
    assert claims.asked == [f"ticket:{ticket}"]


def test_too_late_and_unknown(desk: CallingDesk, ticket: str) -> None:
    done(calling.hold(desk.office, ticket, "去复印"))
    desk.later(16)
    refused(calling.undo(desk.office, ticket), "undo-late")
    refused(calling.undo(desk.office, "nothing"), "unknown-ticket")
    assert desk.office.read(lambda books: calling.last_undoable(desk.office, books)) is None

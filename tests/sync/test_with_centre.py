"""The office and the real centre together: cut in the middle, refused, set aside; at the end both hold the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from clerk_app.office.counter import visit
from clerk_app.office.line.holding import claim
from clerk_app.office.line.keeper import LineKeeper
from clerk_app.office.office import Done, Office
from clerk_app.office.signing_in import sign_in
from clerk_app.outside.relay import Relay
from clerk_app.store.columns import HALL_ZONE
from tests.contracts.running_centre import Machine, running_centre
from tests.desk import StandingClock, cut_office
from tests.visits import accept, done, now, receive, take

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def url(tmp_path_factory) -> Iterator[str]:
    with running_centre(tmp_path_factory.mktemp("centre")) as address:
        yield address


class Desk:
    """One desk with its own store, its own line, and a keeper that is turned by hand."""

    def __init__(self, url: str, folder: Path, window: int, person: str) -> None:
        folder.mkdir()
        self.relay = Relay()
        self.relay.lead_to(url)
        self.machine = Machine(self.relay.url).enrol(window)
        version = self.machine.centre.hello().hall_version
        clock = StandingClock(datetime.now(HALL_ZONE).replace(microsecond=0))
        self.office: Office = cut_office(folder, clock=clock)
        keep = self.office.parts.vault.keep
        keep.put_meta("device", self.machine.device)
        keep.put_hall_document(version, self.machine.centre.hall_document(version))
        self.office.reload_hall()
        with self.office.parts.vault._gate.begin() as connection:
            connection.exec_driver_sql("DELETE FROM number_blocks")
        settings = dataclasses.replace(self.office.parts.settings, window=window)
        self.office.parts = dataclasses.replace(self.office.parts, centre=self.machine.centre, settings=settings)
        self.office.session = None
        session = sign_in(self.office, person, f"lian-xi-{person[1:]}")
        assert session.online
        self.keeper = LineKeeper(self.office)
        self.keeper.round()

    @property
    def tally(self) -> dict[str, int]:
        return self.office.parts.vault.journal.tally()

    def until_decided(self) -> None:
        """Rounds until nothing waits; held ones are due again by the clock of the test, not by sleeping."""
        for _ in range(10):
            self.keeper.round()
            if not self.tally.get("pending") and not self.tally.get("held") and not self.unsent():
                return
            with self.office.parts.vault._gate.begin() as connection:
                connection.exec_driver_sql("UPDATE verdicts SET next_at = 0 WHERE state = 'held'")
        raise AssertionError(self.tally)

    def unsent(self) -> int:
        return len(self.office.parts.vault.journal.due(0.0, 1000, 1 << 20))

    def heads_agree(self) -> bool:
        ours, theirs = self.office.parts.vault.journal.head(), self.machine.centre.hello()
        return (ours.seq, ours.hash) == (theirs.last_seq, theirs.head)

    def close(self) -> None:
        self.machine.centre.close()
        self.relay.close()
        self.office.parts.vault.close()


@pytest.fixture
def desk_at(url, tmp_path):
    desks: list[Desk] = []

    def open_desk(window: int, person: str) -> Desk:
        desks.append(Desk(url, tmp_path / str(len(desks)), window, person))
        return desks[-1]

    yield open_desk
    for desk in desks:
        desk.close()


def test_a_visit_with_the_line_cut_in_the_middle_arrives_whole(desk_at):
    desk = desk_at(2, "P203")
    office = desk.office
    ticket = take(office)
    assert not ticket.reserve
    desk.keeper.round()
    desk.relay.cut()
    done(visit.call(office, ticket.id))
    done(visit.arrive(office, ticket.id))
    case = accept(office, receive(office, ticket))
    done(visit.finish(office, ticket.id))
    desk.keeper.round()
    assert not desk.keeper.state.connected
    assert desk.keeper.state.waiting == 5
    assert take(office).reserve, "with the line cut, a number of the reserve"
    desk.relay.join()
    desk.until_decided()
    assert desk.keeper.state.connected
    assert set(desk.tally) == {"applied"}
    assert desk.heads_agree()
    changes = {c.subject: c for c in desk.machine.centre.changes("", 500).changes}
    there = changes[f"case:{case.id}"]
    assert (there.row["case_no"], there.row["state"], there.holder) == (case.case_no, "accepted", desk.machine.device)
    assert changes[f"ticket:{ticket.id}"].row["state"] == "finished"


def test_what_the_centre_does_not_take_is_shown_and_the_rest_goes_on(desk_at):
    """Two machines stand at one window: the second call is refused, what rests on it set aside, the queue flows on."""
    first, second = desk_at(3, "P204"), desk_at(3, "P204")
    kept = take(first.office)
    done(visit.call(first.office, kept.id))
    first.until_decided()
    second.relay.cut()
    mine = take(second.office)
    done(visit.call(second.office, mine.id))
    done(visit.arrive(second.office, mine.id))
    later = take(second.office)
    second.relay.join()
    second.until_decided()
    assert second.tally == {"applied": 3, "refused": 1, "set_aside": 1}, "sign-in and both tickets are there"
    assert second.heads_agree(), "no gap in the chain at the centre"
    assert second.keeper.state.troubled == 2
    (refused,) = second.office.parts.vault.journal.rows(("refused",), 5)
    assert refused.kind == "call_ticket"
    assert refused.sentence.endswith("。")
    assert now(second.office, mine).state == "waiting", "the centre's row took the place of ours"
    assert now(second.office, later).state == "waiting"
    assert now(second.office, kept).state == "called", "and the other machine's call is known here"
    done(visit.pass_over(first.office, kept.id, "叫号未到"))
    first.until_decided()
    second.keeper.round()
    assert isinstance(visit.call(second.office, mine.id), Done), "the clerk calls again, and it is taken"
    second.until_decided()
    assert second.tally == {"applied": 4, "refused": 1, "set_aside": 1}
    done(visit.pass_over(second.office, mine.id, "叫号未到"))
    second.until_decided()


def test_an_answer_lost_on_the_way_is_no_second_act(desk_at):
    desk = desk_at(2, "P203")
    ticket = take(desk.office)
    push = desk.machine.centre.push

    def lost(batch):
        push(batch)
        desk.relay.cut()
        return push(batch)

    desk.machine.centre.push = lost
    desk.keeper.round()
    assert desk.tally["pending"] == 1
    del desk.machine.centre.push
    desk.relay.join()
    desk.until_decided()
    assert set(desk.tally) == {"applied"}
    rows = [c for c in desk.machine.centre.changes("", 500).changes if c.subject == f"ticket:{ticket.id}"]
    assert len(rows) == 1
    assert desk.heads_agree()


def test_another_windows_ticket_arrives_and_is_not_called_here(desk_at):
    two, three = desk_at(2, "P203"), desk_at(3, "P204")
    own = take(two.office)
    two.until_decided()
    assert claim(two.office, f"ticket:{own.id}")
    three.keeper.round()
    assert now(three.office, own).number == own.number
    assert visit.call(three.office, own.id).type == "held-elsewhere"
    visit.call_next(three.office)
    assert now(three.office, own).state == "waiting"

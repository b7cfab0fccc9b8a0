"""What every `ports.queue.QueueCentre` does. A test class inherits this and gives the fixture `hall`."""

from __future__ import annotations

from typing import Protocol

from clerk_app.outside.ids import new_id
from clerk_app.ports.queue import BeatSaid, NextGiven, QueueCentre


class QueueHall(Protocol):
    """A hall with nobody in the line: `waits` brings one person, `at` is a window's own line to the centre."""

    def waits(self) -> str: ...

    def at(self, window: int) -> QueueCentre: ...


def got(given: NextGiven) -> str:
    assert given.hold.granted, given.sentence
    assert (given.row["id"], given.row["state"]) == (given.ticket, "waiting")
    assert given.hold.fence > 0
    assert given.hold.until is not None
    return given.ticket


def nobody(given: NextGiven) -> bool:
    assert given.sentence.endswith("。") or given.ticket
    return given.type == "nobody-waiting"


class QueueCentreContract:
    """Next, by code, and the beat."""

    def test_in_order_and_each_once(self, hall: QueueHall) -> None:
        first, second = hall.waits(), hall.waits()
        assert got(hall.at(2).next_ticket(2)) == first
        assert got(hall.at(3).next_ticket(3)) == second
        assert nobody(hall.at(2).next_ticket(2, after=first))

    def test_asked_again_the_same_ticket_under_the_same_hold(self, hall: QueueHall) -> None:
        hall.waits()
        hall.waits()
        given = hall.at(2).next_ticket(2)
        again = hall.at(2).next_ticket(2)
        assert (again.ticket, again.hold.fence) == (given.ticket, given.hold.fence)
        assert got(again) == given.ticket

    def test_the_one_called_already_is_not_given_again(self, hall: QueueHall) -> None:
        first, second = hall.waits(), hall.waits()
        assert got(hall.at(2).next_ticket(2)) == first
        assert got(hall.at(2).next_ticket(2, after=first)) == second

    def test_a_slip_shown_elsewhere_takes_its_ticket_there(self, hall: QueueHall) -> None:
        first, second = hall.waits(), hall.waits()
        assert got(hall.at(2).next_ticket(2)) == first
        assert got(hall.at(3).take_by_code(3, second)) == second
        taken = hall.at(3).take_by_code(3, first)
        assert got(taken) == first
        assert taken.hold.fence > 1

    def test_a_ticket_nobody_knows_is_said(self, hall: QueueHall) -> None:
        given = hall.at(2).take_by_code(2, new_id())
        assert (given.ticket, given.type) == ("", "unknown-ticket")
        assert given.sentence.endswith("。")

    def test_each_beat_brings_a_later_lease(self, hall: QueueHall) -> None:
        queue = hall.at(2)
        leases = [0.0]
        for _ in range(3):
            given = queue.beat(BeatSaid(window=2, open=True, lease=leases[-1]))
            assert given.silent == () or 2 not in given.silent or leases[-1] == 0.0
            leases.append(given.lease)
        assert leases == sorted(set(leases))
        assert queue.beat(BeatSaid(window=2, open=False, lease=leases[-1])).lease > leases[-1]

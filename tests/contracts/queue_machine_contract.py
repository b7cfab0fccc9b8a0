"""What every `ports.queue_machine.QueueMachine` does. A test class inherits this and gives the fixture `hall`."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import count
from typing import Protocol

import pytest

from clerk_app.ports.queue_machine import MachineAway, MachineRefused, QueueMachine
from clerk_app.store.columns import HALL_ZONE

ALL = ("01", "02")
YESTERDAY = timedelta(days=1)
_presses = count(1)


def fresh() -> str:
    return f"press-{next(_presses)}"


class Hall(Protocol):
    """A machine with people before it, and its faults."""

    machine: QueueMachine

    def issue(self, service: str, priority: str = "", taken_at: datetime | None = None) -> str: ...

    def lose_answer(self) -> None: ...

    def cut(self) -> None: ...

    def heal(self) -> None: ...


def refused(act: Callable[[], object]) -> MachineRefused:
    with pytest.raises(MachineRefused) as told:
        act()
    assert told.value.sentence.endswith("。")
    return told.value


def away(act: Callable[[], object], *, sent: bool) -> str:
    with pytest.raises(MachineAway) as told:
        act()
    assert told.value.sent is sent, told.value.sentence
    assert told.value.sentence.endswith("。")
    return told.value.sentence


class QueueMachineContract:
    """叫号机的约定 the same of every kind of machine."""

    def test_first_come_first_called_and_only_of_the_services_asked(self, hall: Hall) -> None:
        first, other, second = hall.issue("01"), hall.issue("02"), hall.issue("01")
        answer = hall.machine.call_next(fresh(), 2, ["01"])
        assert answer.ticket is not None
        assert answer.open_call is not None
        assert (answer.ticket.number, answer.ticket.service) == (first, "01")
        assert abs(answer.ticket.taken_at - datetime.now(HALL_ZONE)) < timedelta(minutes=5)
        assert (answer.open_call.ticket, answer.open_call.calls) == (answer.ticket, 1)
        assert hall.machine.call_next(fresh(), 3, ["01"]).ticket.number == second  # type: ignore[union-attr]
        assert hall.machine.call_next(fresh(), 4, ["01"]).ticket is None
        assert hall.machine.call_next(fresh(), 4, ALL).ticket.number == other  # type: ignore[union-attr]

    def test_priority_goes_first_and_says_its_ground(self, hall: Hall) -> None:
        hall.issue("01")
        elder = hall.issue("01", priority="老年人优先")
        ticket = hall.machine.call_next(fresh(), 2, ALL).ticket
        assert ticket is not None
        assert (ticket.number, ticket.priority) == (elder, "老年人优先")

    def test_the_same_person_is_never_called_twice(self, hall: Hall) -> None:
        """Eight windows press as fast as they can."""
        issued = [hall.issue(ALL[number % 2]) for number in range(40)]

        def window(number: int) -> list[str]:
            called = []
            while (ticket := hall.machine.call_next(fresh(), number, ALL).ticket) is not None:
                called.append(ticket.number)
                hall.machine.finish(fresh(), number, ticket.number, "handled")
            return called

        with ThreadPoolExecutor(8) as pool:
            called = [number for part in pool.map(window, range(1, 9)) for number in part]
        assert sorted(called) == sorted(issued)

    def test_a_double_press_gives_one(self, hall: Hall) -> None:
        number, press = hall.issue("01"), fresh()
        hall.issue("01")
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _: hall.machine.call_next(press, 2, ALL), range(4)))
        assert {answer.ticket.number for answer in answers if answer.ticket} == {number}
        assert all(answer == answers[0] for answer in answers)
        assert hall.machine.waiting(2, ALL).counts == {"01": 1, "02": 0}
        again = fresh()
        hall.machine.recall(again, 2, number)
        answer = hall.machine.recall(again, 2, number)
        assert answer.open_call is not None
        assert answer.open_call.calls == 2, "announced twice in all"

    def test_a_late_repeat_gives_the_first_answer_and_does_nothing(self, hall: Hall) -> None:
        number, press, end = hall.issue("01"), fresh(), fresh()
        hall.machine.call_next(press, 2, ALL)
        hall.machine.finish(end, 2, number, "handled")
        other = hall.issue("01")
        late = hall.machine.call_next(press, 2, ALL)
        assert late.ticket is not None
        assert (late.ticket.number, late.open_call) == (number, None), "it is over, and the answer says so"
        hall.machine.call_next(fresh(), 2, ALL)
        assert hall.machine.finish(end, 2, number, "handled").open_call.ticket.number == other  # type: ignore[union-attr]

    def test_nobody_and_a_refusal_are_answers_too(self, hall: Hall) -> None:
        nobody, busy = fresh(), fresh()
        assert hall.machine.call_next(nobody, 2, ALL).ticket is None
        number = hall.issue("01")
        assert hall.machine.call_next(nobody, 2, ALL).ticket is None, "the first answer"
        hall.machine.call_next(fresh(), 2, ALL)
        hall.issue("01")
        assert refused(lambda: hall.machine.call_next(busy, 2, ALL)).type == "window-busy"
        hall.machine.finish(fresh(), 2, number, "handled")
        late = refused(lambda: hall.machine.call_next(busy, 2, ALL))
        assert (late.type, late.open_call) == ("window-busy", None)
        assert hall.machine.waiting(2, ALL).open_call is None

    def test_a_press_is_of_one_thing_only(self, hall: Hall) -> None:
        number, press = hall.issue("01"), fresh()
        hall.machine.call_next(press, 2, ALL)
        assert refused(lambda: hall.machine.finish(press, 2, number, "handled")).type == "press-reused"
        told = refused(lambda: hall.machine.call_next(press, 3, ALL))
        assert (told.type, told.open_call) == ("press-reused", None)
        assert hall.machine.waiting(2, ALL).open_call is not None

    def test_a_busy_window_gets_no_other_and_is_told_which(self, hall: Hall) -> None:
        number, press = hall.issue("01"), fresh()
        hall.issue("01")
        hall.machine.call_next(press, 2, ALL)
        told = refused(lambda: hall.machine.call_next(fresh(), 2, ALL))
        assert told.type == "window-busy"
        assert told.open_call is not None
        assert (told.open_call.ticket.number, told.open_call.press) == (number, press)
        assert hall.machine.waiting(2, ALL).counts["01"] == 1

    def test_only_the_window_that_called_goes_on(self, hall: Hall) -> None:
        number = hall.issue("01")
        hall.machine.call_next(fresh(), 2, ALL)
        for act in (
            lambda: hall.machine.recall(fresh(), 3, number),
            lambda: hall.machine.pass_over(fresh(), 3, number, "叫号未到"),
            lambda: hall.machine.finish(fresh(), 3, number, "handled"),
        ):
            assert refused(act).type == "not-open-here"
        hall.machine.pass_over(fresh(), 2, number, "叫号未到")
        assert refused(lambda: hall.machine.finish(fresh(), 2, number, "handled")).type == "not-open-here"
        assert refused(lambda: hall.machine.recall(fresh(), 2, "K999")).type == "unknown-number"
        assert hall.machine.call_next(fresh(), 2, ALL).ticket is None, "what was passed is not called again"

    def test_numbers_of_another_day_are_nobody_s(self, hall: Hall) -> None:
        old = hall.issue("01", taken_at=datetime.now(HALL_ZONE) - YESTERDAY)
        assert hall.machine.waiting(2, ALL).next == ()
        assert hall.machine.call_next(fresh(), 2, ALL).ticket is None
        assert refused(lambda: hall.machine.recall(fresh(), 2, old)).type == "unknown-number"

    def test_a_lost_answer_is_found_again_by_its_press(self, hall: Hall) -> None:
        number, press = hall.issue("01"), fresh()
        hall.issue("01")
        hall.lose_answer()
        away(lambda: hall.machine.call_next(press, 2, ALL), sent=True)
        answer = hall.machine.call_next(press, 2, ALL)
        assert answer.ticket is not None
        assert answer.ticket.number == number
        assert hall.machine.waiting(2, ALL).counts["01"] == 1, "called once"
        end = fresh()
        hall.lose_answer()
        away(lambda: hall.machine.finish(end, 2, number, "handled"), sent=True)
        assert hall.machine.finish(end, 2, number, "handled").open_call is None

    def test_a_lost_answer_is_found_again_by_a_client_that_forgot(self, hall: Hall) -> None:
        number, press = hall.issue("01"), fresh()
        hall.lose_answer()
        away(lambda: hall.machine.call_next(press, 2, ALL), sent=True)
        line, told = hall.machine.waiting(2, ALL), refused(lambda: hall.machine.call_next(fresh(), 2, ALL))
        assert line.open_call is not None
        assert line.open_call == told.open_call
        assert (line.open_call.ticket.number, line.open_call.press) == (number, press)

    def test_away_nothing_happened(self, hall: Hall) -> None:
        number, press = hall.issue("01"), fresh()
        hall.cut()
        said = away(lambda: hall.machine.call_next(press, 2, ALL), sent=False)
        assert "什么都没送过去" in said
        assert "没有更新" in away(lambda: hall.machine.waiting(2, ALL), sent=False)
        hall.heal()
        line = hall.machine.waiting(2, ALL)
        assert ([ticket.number for ticket in line.next], line.open_call) == ([number], None)
        assert hall.machine.call_next(press, 2, ALL).ticket is not None

    def test_services_it_does_not_know(self, hall: Hall) -> None:
        for services in ((), ("09",), ("01", "09")):
            assert (
                refused(lambda services=services: hall.machine.call_next(fresh(), 2, services)).type
                == "unknown-service"
            )  # type: ignore[misc]
            assert refused(lambda services=services: hall.machine.waiting(2, services)).type == "unknown-service"  # type: ignore[misc]

    def test_the_line_is_in_the_order_it_calls(self, hall: Hall) -> None:
        hall.issue("01"), hall.issue("02"), hall.issue("02", priority="军人优先")
        line = hall.machine.waiting(2, ALL)
        assert line.counts == {"01": 1, "02": 2}
        called = []
        for window in (2, 3, 4):
            ticket = hall.machine.call_next(fresh(), window, ALL).ticket
            assert ticket is not None
            called.append(ticket)
        assert list(line.next) == called

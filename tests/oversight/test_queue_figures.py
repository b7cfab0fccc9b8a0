"""大厅的数: lines, windows, the pace and what comes of it by closing; and the statistics of days. Whole minutes, nobody counted twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from clerk_app.duty.records import Pause
from clerk_app.oversight.queue_figures import HallDay, HallFigures, SeenWindow, figures, hands_of
from clerk_app.oversight.queue_pace import (
    FEWEST,
    Pace,
    ends_at,
    middle,
    nearest,
    next_opening,
    outlook,
    pace_of,
    time_left,
    wait_range,
)
from clerk_app.oversight.queue_statistics import Statistics, statistics
from clerk_app.oversight.reports import Span
from clerk_app.queueing.model import Lifted, LineStop, Ticket, state_words
from clerk_app.queueing.rules import PriorityGround, QueueRules
from clerk_app.workdays import Calendar
from tests.desk import ZONE

DAY = date(2026, 11, 20)
HOURS = ((time(9), time(12)), (time(13, 30), time(17, 30)))
RULES = QueueRules(
    letters={"A": "企业", "B": "综合"}, priorities=(PriorityGround(key="elderly", name="老年人", basis="法"),)
)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 20, hour, minute, tzinfo=ZONE)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def ticket(serial: int, letter: str = "A", **changed: Any) -> Ticket:
    row = Ticket(
        id=f"{letter}{serial}", day=DAY, letter=letter, number=f"{letter}{serial:03d}", serial=serial, reserve=False,
        taken_at=at(9, 5), taken_window=1,
    )  # fmt: skip
    return replace(row, **changed)


def served(serial: int, took: float, letter: str = "A", **changed: Any) -> Ticket:
    begun = at(9, 30)
    done: dict[str, Any] = {"state": "finished", "window": 2, "called_at": begun, "served_at": begun}
    return ticket(serial, letter, **{**done, "ended_at": begun + minutes(took), **changed})


def seen(tickets: Any, *windows: SeenWindow, now: datetime = at(10, 0), **more: Any) -> HallFigures:
    day = HallDay(now=now, hours=HOURS, tickets=tuple(tickets), windows=windows, letters=RULES.letters, **more)
    return figures(day)


def window(number: int, *letters: str, **more: Any) -> SeenWindow:
    return SeenWindow(number=number, name=f"{number}号", letters=letters, **{"person": "许可心", **more})


class TestPace:
    def test_a_wait_of_seventy_five_minutes_counts_seventy_five(self) -> None:
        found = statistics(
            [served(1, 5, called_at=at(10, 20), served_at=at(10, 20), ended_at=at(11, 35))], days(), RULES
        )
        assert (found.totals.wait, found.totals.service) == (75.0, 75.0)

    def test_the_middle_and_what_eight_of_ten_do_not_exceed(self) -> None:
        assert pace_of([minutes(n) for n in (3, 1, 2, 9, 5)]) == Pace(minutes(3), minutes(5), 5)
        assert middle([minutes(1), minutes(2)]) == minutes(1.5)
        assert nearest([minutes(7)], 80) == minutes(7)

    def test_with_few_served_an_earlier_day_helps_and_nothing_is_guessed(self) -> None:
        few = [minutes(2)] * (FEWEST - 1)
        assert pace_of(few) is None
        assert pace_of(few, [minutes(4)]) == Pace(minutes(2), minutes(2), FEWEST)
        assert pace_of([minutes(2)] * FEWEST, [minutes(90)] * 50) == Pace(minutes(2), minutes(2), FEWEST)

    def test_lunch_is_no_time_to_serve(self) -> None:
        assert time_left(at(11, 30), HOURS) == minutes(30 + 240)
        assert ends_at(at(11, 30), minutes(45), HOURS) == at(13, 45)
        assert ends_at(at(17), minutes(52), HOURS) == at(17, 52), "it goes on after closing"
        assert ends_at(at(18), minutes(10), HOURS) == at(18, 10)

    def test_how_many_would_not_be_served(self) -> None:
        pace = Pace(minutes(10), minutes(15), 20)
        found = outlook(23, 2, pace, at(16), HOURS)
        assert found is not None
        assert (found.ends, found.unserved) == (at(17, 55), 5)
        assert outlook(23, 0, pace, at(16), HOURS) is None
        assert outlook(23, 2, None, at(16), HOURS) is None

    def test_one_plain_range_rounded_outwards(self) -> None:
        pace = Pace(minutes(10), minutes(15), 20)
        assert wait_range(pace, 3, 2) == (15, 25)
        assert wait_range(pace, 0, 2) is None

    def test_the_hall_opens_again_on_the_next_working_day(self) -> None:
        assert next_opening(at(16), HOURS, Calendar()) == datetime(2026, 11, 23, 9, tzinfo=ZONE)

    @given(
        st.integers(0, 200), st.floats(0.1, 9), st.integers(1, 90), st.integers(0, 60),
        st.integers(0, 24 * 60 - 1),
    )  # fmt: skip
    def test_nobody_is_left_over_who_would_be_served_in_time(self, waiting, hands, one, more, moment) -> None:
        now = at(0) + minutes(moment)
        pace = Pace(minutes(one), minutes(one + more), 9)
        found = outlook(waiting, hands, pace, now, HOURS)
        assert found is not None
        assert 0 <= found.unserved <= waiting
        assert found.ends >= now
        closes = max(now, at(17, 30))
        if found.ends < closes - minutes(1):
            assert found.unserved == 0
        if found.unserved == 0 and waiting:
            assert found.ends <= closes + timedelta(seconds=1)
        between = wait_range(pace, waiting, hands)
        assert (between is None) == (waiting == 0)
        if between is not None:
            assert between[0] <= waiting * one / hands <= between[1] + 1e-6
            assert waiting * (one + more) / hands <= between[1] + 1e-6


class TestLines:
    def test_who_waits_was_called_served_passed_and_held(self) -> None:
        found = seen(
            [
                ticket(1), ticket(2, taken_at=at(9, 40)), ticket(3, state="called", window=2, called_at=at(9, 58)),
                ticket(4, state="serving", window=3, served_at=at(9, 50)), served(5, 4), ticket(6, state="passed"),
                ticket(7, state="held"), ticket(8, state="not_served"), ticket(9, state="void"), ticket(1, "B"),
            ],
            window(2, "A"),
        )  # fmt: skip
        line = found.line("A")
        assert line is not None
        assert (line.waiting, line.called, line.serving, line.served) == (2, 1, 1, 1)
        assert (line.passed, line.held, line.not_served) == (1, 1, 1)
        assert line.longest == minutes(55)
        assert (found.waiting, found.longest) == (3, minutes(55))

    def test_an_appointment_not_due_waits_for_nobody_yet(self) -> None:
        line = seen([ticket(1, appointment=at(11), placed_at=at(11))], window(2, "A")).line("A")
        assert line is not None
        assert (line.waiting, line.later, line.longest) == (1, 1, None)

    def test_who_was_put_on_top_has_waited_as_long_as_before(self) -> None:
        line = seen([ticket(1, rank=0, placed_at=at(9, 59))], window(2, "A")).line("A")
        assert line is not None
        assert line.longest == minutes(55)

    def test_the_outlook_of_a_line_and_its_stop(self) -> None:
        waiting = [ticket(n) for n in range(20, 43)]
        stop = LineStop(id="s", day=DAY, letter="A", at=at(15), by="P101", reason="人多", reopens=at(17))
        ended = replace(stop, id="old", ended_at=at(14), ended_by="P101")
        done = [served(n, 10) for n in range(1, 8)]
        found = seen([*waiting, *done], window(2, "A"), window(3, "A"), now=at(16), stops=(ended, stop))
        line = found.line("A")
        assert line is not None
        assert line.outlook is not None
        assert (line.windows, line.outlook.ends, line.outlook.unserved) == ((2, 3), at(17, 55), 5)
        assert (line.stop, line.wait) == (stop, (110, 120))

    def test_a_window_of_two_lines_is_no_two_windows(self) -> None:
        hands = hands_of({2: ("A", "B"), 3: ("A",)}, {"A": 3, "B": 1})
        assert (hands["A"], hands["B"]) == (1.75, 0.25)
        assert hands_of({2: ("A", "B")}, {"A": 4, "B": 0}) == {"A": 1.0, "B": 1.0}

    @given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(sorted(state_words))), max_size=60))
    def test_every_ticket_is_in_one_count_of_one_line(self, rows) -> None:
        tickets = [ticket(n, letter, state=state) for n, (letter, state) in enumerate(rows)]
        found = seen(tickets, window(2, "A", "B"))
        counted = sum(
            line.waiting + line.called + line.serving + line.served + line.passed + line.held + line.not_served
            for line in found.lines
        )
        assert counted == sum(state not in ("issuing", "void") for _, state in rows)
        assert len({line.letter for line in found.lines}) == len(found.lines)


class TestWindows:
    def test_each_state_with_its_since_and_till(self) -> None:
        pause = Pause(
            id="p", window=5, post="B2", person="P106", device="d", start=at(9, 50), until=at(10, 10), reason="打水"
        )
        found = seen(
            [
                ticket(1, state="called", window=2, called_at=at(9, 58)),
                ticket(2, state="serving", window=3, served_at=at(9, 50)),
                ticket(3, fallback=7), ticket(4, fallback=7), served(5, 3, window=4),
            ],
            window(2, "A"), window(3, "A"), window(4, "A"), window(5, "A", pause=pause), window(6, "A", person=""),
            window(7, "A", silent=at(9, 59)),
        )  # fmt: skip
        told = {one.number: (one.state, one.since) for one in found.windows}
        assert told == {
            2: ("calling", at(9, 58)), 3: ("serving", at(9, 50)), 4: ("open", None), 5: ("paused", at(9, 50)),
            6: ("closed", None), 7: ("silent", at(9, 59)),
        }  # fmt: skip
        paused, cut, four = found.window(5), found.window(7), found.window(4)
        assert paused is not None
        assert (paused.reason, paused.till) == ("打水", at(10, 10))
        assert cut is not None
        assert cut.share == 2
        assert four is not None
        assert four.served == 1
        line = found.line("A")
        assert line is not None
        assert line.windows == (2, 3, 4), "who is paused, closed or cut serves nobody"


def days(count: int = 1) -> Span:
    return Span(DAY, DAY + timedelta(days=count - 1))


class TestStatistics:
    def lot(self) -> Statistics:
        lift = Lifted(by="P101", at=at(9, 10), reason="带着孩子", window=21)
        return statistics(
            [
                served(1, 10, lifts=(lift,), priority="elderly"),
                served(2, 20, lifts=(replace(lift, wronged=True, reason="被跳过"),), window=3),
                ticket(3, state="passed", calls=1, window=2, called_at=at(9, 20), ended_at=at(9, 21), reason="本人不办了"),
                ticket(4, state="passed", calls=3, window=2, called_at=at(9, 20), ended_at=at(9, 21), reason="叫号未到"),
                ticket(5, state="passed", calls=3, window=2, called_at=at(9, 20), ended_at=at(9, 20), reason="不等了"),
                ticket(6, state="not_served"), ticket(7, state="void"), ticket(8, "B", taken_at=at(14)),
                ticket(9, day=DAY + timedelta(days=1)),
            ],
            days(),
            RULES,
        )  # fmt: skip

    def test_by_line_window_hour_and_ground(self) -> None:
        found = self.lot()
        assert (found.totals.tickets, found.totals.served, found.totals.passed, found.void) == (7, 2, 3, 1)
        assert found.totals.passed_rate == 3 / 5
        assert [(row.name, row.tickets) for row in found.lines] == [("A", 6), ("B", 1)]
        assert [(row.name, row.called) for row in found.windows] == [("002", 4), ("003", 1)]
        assert [(row.name, row.tickets) for row in found.hours] == [("09", 6), ("14", 1)]
        assert [(row.name, row.tickets) for row in found.grounds] == [("普通", 6), ("老年人", 1)]

    def test_what_put_somebody_first_or_ended_him_early_is_counted_with_its_reason(self) -> None:
        found = self.lot()
        assert dict(found.lifted) == {"带着孩子": 1}
        assert dict(found.wronged) == {"被跳过": 1}
        assert dict(found.early) == {"本人不办了": 1, "不等了": 1}, (
            "after all calls and the interval it is no early pass"
        )

    @given(
        st.lists(st.tuples(st.sampled_from(sorted(state_words)), st.integers(0, 23), st.integers(0, 300)), max_size=40)
    )
    def test_the_groups_make_the_whole(self, rows) -> None:
        tickets = [
            ticket(n, "AB"[n % 2], state=state, taken_at=at(hour), called_at=at(hour) + minutes(waits))
            for n, (state, hour, waits) in enumerate(rows)
        ]
        found = statistics(tickets, days(), RULES)
        for groups in (found.lines, found.hours, found.grounds):
            assert sum(row.tickets for row in groups) == found.totals.tickets
            assert sum(row.passed for row in groups) == found.totals.passed
        waits = [waits for state, _, waits in rows if state not in ("void", "issuing")]
        if waits:
            assert found.totals.wait is not None
            assert found.totals.wait_p80 is not None
            assert min(waits) <= found.totals.wait <= found.totals.wait_p80 + max(waits) * (len(waits) < 3)
            assert found.totals.wait_p80 in [float(one) for one in waits]

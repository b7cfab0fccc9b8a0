"""The steps of 叫号.feature; those of the other features in a hall begin with them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pytest_bdd import given, parsers, then, when

from clerk_app.office.counter import asking, calling
from clerk_app.office.counter.ticket_story import story_of
from clerk_app.office.line.beating import Beater
from clerk_app.office.oversight import hall_desk
from clerk_app.office.oversight.hall_statistics import read_statistics, reasons_of
from clerk_app.office.oversight.reporting import day_span
from clerk_app.queueing.explaining import why_next
from clerk_app.queueing.model import Ticket, state_words
from clerk_app.queueing.rules import outcome_words
from tests.office.ticket_desk import OLD
from tests.queueing.features_steps.line_hall import LineHall
from tests.visit.cover_hall import good

_reason = r"(，不写原因|，写\"(?P<reason>[^\"]*)\")"
_outcomes = {str(word): key for key, word in outcome_words.items()}


@given(parsers.re(r"(?P<day>\d+月\d+日)(?P<clock>\d+:\d+)，(?P<seats>.+)开着，连着中心$"))
def opened(hall: LineHall, day: str, clock: str, seats: str) -> None:
    month, _, number = day.rstrip("日").partition("月")
    hall.begin(f"2026-{month}-{number}T{clock}")
    for seat in seats.split("、"):
        window, _, person = seat.partition("号窗口")
        hall.seat(int(window), person)


@given("21号席沈启明也连着")
def manager_there(hall: LineHall) -> None:
    hall.seat(21, "沈启明")


@when(parsers.re(r"(?P<number>\d+)号窗口取了(?P<count>\d+)个(?P<letter>[A-Z]?)类?号$"))
@given(parsers.re(r"(?P<number>\d+)号窗口取了(?P<count>\d+)个(?P<letter>[A-Z]?)类?号$"))
def took(hall: LineHall, number: str, count: str, letter: str) -> None:
    for _ in range(int(count)):
        hall.comes(int(number), letter=letter or "A")
    hall.settles()


@given(parsers.parse("{number:d}号窗口给老年人取了号"))
def took_first(hall: LineHall, number: int) -> None:
    """His ID card says how old he is."""
    hall.comes(number, id_number=OLD)
    hall.settles()


@when(parsers.parse("{number:d}号窗口给军人取了号"))
def took_military(hall: LineHall, number: int) -> None:
    hall.comes(number, priority="military")
    hall.settles()


@when(parsers.parse("{number:d}号窗口给{hour:d}:{minute:d}预约的人取了号"))
@given(parsers.parse("{number:d}号窗口给{hour:d}:{minute:d}预约的人取了号"))
def took_appointed(hall: LineHall, number: int, hour: int, minute: int) -> None:
    at = hall.office(number).parts.clock.now().replace(hour=hour, minute=minute, second=0, microsecond=0)
    hall.comes(number, appointment=at)
    hall.settles()


@when("许可心到另一台电脑登2号窗口")
def moves_over(hall: LineHall) -> None:
    assert hall.real is not None
    hall.settles()
    hall.twin = hall.real.window(2)
    hall.twin.rounds(2)
    hall.sit_down(hall.twin, "许可心")
    hall.twin.rounds(3)
    hall.sync()


@when("许可心回到原来那台电脑")
def moves_back(hall: LineHall) -> None:
    hall.sign_in(2, "许可心")
    hall.sync()


# Time.


@when(parsers.parse("过了{seconds:d}秒"))
def seconds_later(hall: LineHall, seconds: int) -> None:
    hall.later(seconds)


@when(parsers.re(r"到了(?P<clock>\d+:\d+(:\d+)?)$"))
def at_the_hour(hall: LineHall, clock: str) -> None:
    hall.until(clock)


# What a window does.


@given(parsers.parse("{number:d}号窗口叫下一位"))
@when(parsers.parse("{number:d}号窗口叫下一位"))
def call_next(hall: LineHall, number: int) -> None:
    hall.next(number)


@when(parsers.parse("{number:d}号窗口再叫一遍"))
def recall(hall: LineHall, number: int) -> None:
    hall.answer = calling.call(hall.office(number), in_hand(hall, number).id)


@when(parsers.parse("{number:d}号窗口选叫{text}"))
def choose(hall: LineHall, number: int, text: str) -> None:
    hall.refresh()
    hall.answer = calling.call_chosen(hall.office(number), hall.beaters[number], hall.at(number, text).id)


@when(parsers.parse("{number:d}号窗口接待手上的"))
def arrive(hall: LineHall, number: int) -> None:
    hall.answer = calling.arrive(hall.office(number), in_hand(hall, number).id)


@when(parsers.parse('{number:d}号窗口办结手上的，写"{words}"'))
def finish(hall: LineHall, number: int, words: str) -> None:
    """Who was called and is here is received first, where the clerk has not said so."""
    current = in_hand(hall, number)
    if current.state == "called":
        good(calling.arrive(hall.office(number), current.id))
    hall.answer = good(calling.finish(hall.office(number), current.id, _outcomes[words]))


@when(parsers.parse("{number:d}号窗口把手上的过号"))
def pass_over(hall: LineHall, number: int) -> None:
    hall.answer = calling.pass_over(hall.office(number), in_hand(hall, number).id, "叫号未到")


@when(parsers.re(r"(?P<number>\d+)号窗口提前过号" + _reason))
def pass_early(hall: LineHall, number: str, reason: str | None) -> None:
    office = hall.office(int(number))
    hall.answer = calling.pass_over(office, in_hand(hall, int(number)).id, reason or " ", early=True)


@when(parsers.parse("{number:d}号窗口给{text}过号受理"))
def rejoin(hall: LineHall, number: int, text: str) -> None:
    hall.answer = calling.rejoin(hall.office(number), hall.at(number, text).id)


@when(parsers.re(r"(?P<number>\d+)号窗口挂起手上的" + _reason))
def hold(hall: LineHall, number: str, reason: str | None) -> None:
    hall.answer = calling.hold(hall.office(int(number)), in_hand(hall, int(number)).id, reason or "")


@when(parsers.parse("{number:d}号窗口接着办{text}"))
def resume(hall: LineHall, number: int, text: str) -> None:
    hall.settles()
    hall.answer = calling.resume(hall.office(number), hall.at(number, text).id)


@when(parsers.re(r"(?P<number>\d+)号窗口退回手上的" + _reason))
def put_back(hall: LineHall, number: str, reason: str | None) -> None:
    hall.answer = calling.put_back(hall.office(int(number)), in_hand(hall, int(number)).id, reason or "")


@when(parsers.re(r"(?P<number>\d+)号窗口把手上的转到(?P<letter>[A-Z])" + _reason))
def forward(hall: LineHall, number: str, letter: str, reason: str | None) -> None:
    office = hall.office(int(number))
    hall.answer = asking.forward(office, in_hand(hall, int(number)).id, letter, reason or "")


@when(parsers.re(r"(?P<number>\d+)号窗口让(?P<text>\w+)下一个就办" + _reason))
def right(hall: LineHall, number: str, text: str, reason: str | None) -> None:
    hall.settles()
    hall.answer = calling.right(hall.office(int(number)), hall.at(int(number), text).id, reason or "")


@when(parsers.re(r"(?P<number>\d+)号(席|窗口的许可心自己)把(?P<text>\w+)提前" + _reason))
def lift(hall: LineHall, number: str, text: str, reason: str | None) -> None:
    hall.settles()
    hall.answer = hall_desk.lift(hall.office(int(number)), hall.at(int(number), text).id, reason or "")


@when(parsers.parse("{number:d}号窗口撤销{text}上一步"))
def undo(hall: LineHall, number: int, text: str) -> None:
    hall.sync()
    hall.answer = calling.undo(hall.office(number), hall.at(number, text).id)


@when(parsers.parse("{number:d}号窗口还没听说，撤销{text}上一步"))
def undo_unheard(hall: LineHall, number: int, text: str) -> None:
    hall.answer = calling.undo(hall.office(number), hall.at(number, text).id)


@when("另一台电脑叫下一位")
def twin_calls(hall: LineHall) -> None:
    hall.twin.rounds(3)
    beater = Beater(hall.twin.office, clock=hall.seconds)
    beater.step()
    beater.step()
    hall.answer = calling.call_next(hall.twin.office, beater)


# What is so.


def in_hand(hall: LineHall, number: int) -> Ticket:
    current = hall.current(number)
    assert current is not None, hall.answer
    return current


@then(parsers.parse("{number:d}号窗口手上是{text}，叫过{calls:d}次"))
def has(hall: LineHall, number: int, text: str, calls: int) -> None:
    """Everybody on the line says the same, and nobody else has it."""
    hall.settles()
    current = in_hand(hall, number)
    text = hall.alias.get(text, text)
    assert (current.number, current.state, current.calls) == (text, "called", calls), hall.answer
    for other in hall.linked() if hall.connected(number) else ():
        seen = hall.at(other, text)
        assert (seen.state, seen.window, seen.calls) == ("called", number, calls), other


@then(parsers.parse("{number:d}号窗口手上没有号"))
def hand_is_empty(hall: LineHall, number: int) -> None:
    assert hall.current(number) is None


@then(parsers.parse('没有办，说的是"{words}"'))
def refused(hall: LineHall, words: str) -> None:
    said = hall.refusal()
    assert words in said, said


@then(parsers.parse('{text}是{state}，结果是"{words}"'))
def ended(hall: LineHall, text: str, state: str, words: str) -> None:
    for ticket in everywhere(hall, text):
        assert (state_words[ticket.state], ticket.outcome) == (state, _outcomes[words])


@then(parsers.parse('{text}是{state}，原因是"{words}"'))
def ended_why(hall: LineHall, text: str, state: str, words: str) -> None:
    for ticket in everywhere(hall, text):
        assert (state_words[ticket.state], ticket.reason) == (state, words)


@then(parsers.re(r"(?P<text>\w+)在(?P<number>\d+)号窗口(?P<state>办理中|已办结)$"))
def stands(hall: LineHall, text: str, number: str, state: str) -> None:
    for ticket in everywhere(hall, text, int(number)):
        assert (state_words[ticket.state], ticket.window) == (state, int(number))


def everywhere(hall: LineHall, text: str, number: int = 0) -> list[Ticket]:
    """As everybody on the line has it, and the window that is asked about."""
    hall.settles()
    found = [hall.at(one, text) for one in dict.fromkeys([*hall.linked(), *([number] if number else [])])]
    assert found
    return found


@then(parsers.parse('{number:d}号窗口的队是"{texts}"'))
def line_is(hall: LineHall, number: int, texts: str) -> None:
    hall.settles()
    line = [ticket.number for ticket in hall.line_of(number)]
    assert line == [hall.alias.get(text, text) for text in texts.split("、")], line


@then(parsers.parse('{number:d}号窗口挂着"{texts}"'))
def parked(hall: LineHall, number: int, texts: str) -> None:
    assert held(hall, number) == texts.split("、")


@then(parsers.parse("{number:d}号窗口没有挂着的"))
def none_parked(hall: LineHall, number: int) -> None:
    assert held(hall, number) == []


def held(hall: LineHall, number: int) -> list[str]:
    office = hall.office(number)
    return [ticket.number for ticket in office.read(lambda books: calling.held_here(office, books))]


@then(parsers.re(r"(?P<number>\d+)号窗口说(?P<text>\w+?)(在前|排第二|还没叫)是因为\"(?P<words>[^\"]*)\""))
def explained(hall: LineHall, number: str, text: str, words: str) -> None:
    office, line = hall.office(int(number)), hall.line_of(int(number))
    ticket = next(one for one in line if one.number == text)
    said = why_next(ticket, line, office.hall.queue, office.hall.roster.name_of, office.parts.clock.now())
    assert said == words, said


@then(parsers.parse("{number:d}号窗口可以撤销{text}"))
def undoable(hall: LineHall, number: int, text: str) -> None:
    office = hall.office(number)
    found = office.read(lambda books: calling.last_undoable(office, books))
    assert found is not None
    assert found.number == text


@then(parsers.parse("{number:d}号窗口没有可撤销的"))
def nothing_undoable(hall: LineHall, number: int) -> None:
    office = hall.office(number)
    assert office.read(lambda books: calling.last_undoable(office, books)) is None


def told(hall: LineHall, text: str) -> list[tuple[datetime, str]]:
    """At the window that has it or had it last."""
    hall.settles()
    office = hall.office(hall.at(max(hall.linked()), text).window or 0)
    return [(line.at, line.words) for line in story_of(office, hall.at(office.window, text))]


@then(parsers.parse('{text}的经过写着"{words}"'))
def story_says(hall: LineHall, text: str, words: str) -> None:
    assert words in [said for _, said in told(hall, text)]


@then(parsers.parse('{text}的经过依次是"{words}"，都有时间'))
def story_is(hall: LineHall, text: str, words: str) -> None:
    lines = told(hall, text)
    at = 0
    for word in words.split("、"):
        found = [place for place, (_, said) in enumerate(lines) if place >= at and said.startswith(word)]
        assert found, (word, lines)
        at = found[0] + 1
    moments = [moment for moment, _ in lines]
    assert moments == sorted(moments)
    assert {f"{moment:%m-%d %H}" for moment in moments} == {"11-20 10"}


@then(parsers.parse('统计里"{kind}"只有"{reason}"{times:d}次'))
def counted(hall: LineHall, kind: str, reason: str, times: int) -> None:
    hall.settles()
    office = hall.office(max(hall.linked()))
    found: Any = read_statistics(office, day_span(office.parts.clock.now().date())).found
    assert dict(reasons_of(found)[kind]) == {reason: times}


@then("原来那台电脑退出了登录")
def signed_out(hall: LineHall) -> None:
    assert hall.office(2).session is None
    assert hall.twin.office.session is not None

"""The steps of 一天结束.feature besides those of the other features in a hall."""

from __future__ import annotations

from datetime import datetime

from pytest_bdd import parsers, then, when

from clerk_app.command import Refusal
from clerk_app.office.counter import ticketing
from clerk_app.office.counter.ticketing import Wish
from clerk_app.office.oversight import hall_desk
from clerk_app.office.signing_in import sign_out
from clerk_app.queueing.model import state_words
from clerk_app.receipts.slip import Slip
from tests.office.ticket_desk import code_on, words_of
from tests.queueing.features_steps.line_hall import MANAGER, LineHall
from tests.visit.cover_hall import good


@when(parsers.parse("{number:d}号窗口把当天的号当日收尾"))
@when(parsers.parse("{number:d}号席把当天的号当日收尾"))
def close_day(hall: LineHall, number: int) -> None:
    hall.settles()
    hall.answer = hall_desk.close_day(hall.office(number))


@when(parsers.parse("到了{month:d}月{day:d}日{clock}，都重新登录"))
def next_day(hall: LineHall, month: int, day: int, clock: str) -> None:
    hall.move_to(datetime.fromisoformat(f"2026-{month:02d}-{day:02d}T{clock.zfill(5)}").isoformat())
    for number, person in hall.seats.items():
        hall.sign_in(number, person)
    hall.refresh()


@when(parsers.parse("{number:d}号窗口下班关机"))
def goes_home(hall: LineHall, number: int) -> None:
    """Signed out, which the last beat says; then switched off."""
    hall.refresh()
    sign_out(hall.office(number))
    hall.beaters[number].step()
    hall.beaters[number].close()
    hall.sync()
    hall.cut(number)


@when(parsers.parse("到了{month:d}月{day:d}日{clock}，只有{number:d}号窗口开着"))
def only_one_there(hall: LineHall, month: int, day: int, clock: str, number: int) -> None:
    hall.alone_at(number, datetime.fromisoformat(f"2026-{month:02d}-{day:02d}T{clock.zfill(5)}").isoformat())
    hall.refresh()


@then(parsers.re(r"(?P<who>每个|\d+号)窗口看到\"(?P<said>[^\"]*)\""))
def seen(hall: LineHall, who: str, said: str) -> None:
    hall.refresh()
    numbers = list(hall.desks) if who == "每个" else [int(who.rstrip("号"))]
    for number in numbers:
        office = hall.office(number)
        day = min(ticket.day for ticket in hall.taken)
        tickets = office.read(lambda books, day=day: books.tickets_of(day, ("A",)))
        states = "、".join(f"{one.number}{state_words[one.state]}" for one in sorted(tickets, key=lambda t: t.serial))
        assert states == said, (number, states)


def next_day_slips(hall: LineHall) -> dict[str, Slip]:
    """次日条 the duty manager's desk has printed, by the number of the old ticket."""
    made = hall.office(MANAGER).parts.maker.made  # type: ignore[attr-defined]
    by_id = {ticket.id: ticket.number for ticket in hall.taken}
    return {by_id[slip.doc_no]: slip for slip in made if slip.doc_type == "次日条"}


@then(parsers.parse('21号席打了"{texts}"的次日条，写着"{words}"'))
def slips_out(hall: LineHall, texts: str, words: str) -> None:
    slips = next_day_slips(hall)
    assert sorted(slips) == texts.split("、"), sorted(slips)
    for text, slip in slips.items():
        said = words_of(slip)
        assert text in said, said
        assert words in said, said


@when(parsers.parse("{number:d}号窗口凭{text}的次日条取号"))
def by_next_day_slip(hall: LineHall, number: int, text: str) -> None:
    hall.settles()
    office = hall.office(number)
    found = ticketing.from_paper(office, code_on(next_day_slips(hall)[text]))
    hall.answer = found if isinstance(found, Refusal) else ticketing.take(office, found)


@when(parsers.re(r"21号席止(?P<letter>[A-Z])类的号，写\"(?P<reason>[^\"]*)\"，到11月(?P<day>\d+)日(?P<hour>\d+):00"))
def stops(hall: LineHall, letter: str, reason: str, day: str, hour: str) -> None:
    office = hall.office(MANAGER)
    reopens = office.parts.clock.now().replace(day=int(day), hour=int(hour), minute=0, second=0, microsecond=0)
    good(hall_desk.stop_line(office, letter, reopens, reason))
    hall.settles()


@when(parsers.parse("21号席恢复发{letter}类的号"))
def opens(hall: LineHall, letter: str) -> None:
    office = hall.office(MANAGER)
    day = office.parts.clock.now().date()
    (stop,) = [row for row in office.read(lambda books: books.line_stops(day)) if row.letter == letter]
    good(hall_desk.open_line(office, stop.id))
    hall.settles()


@when(parsers.parse("{number:d}号窗口想取{letter}类号"))
def wants(hall: LineHall, number: int, letter: str) -> None:
    hall.settles()
    hall.answer = ticketing.take(hall.office(number), Wish(letter=letter))

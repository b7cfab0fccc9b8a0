"""The steps of 断线叫号.feature besides those of 叫号.feature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from pytest_bdd import given, parsers, then, when

from clerk_app.office.oversight import hall_desk
from clerk_app.outside.ids import new_id
from clerk_app.oversight.model import task_words
from clerk_app.queueing.model import PaperServed, state_words
from clerk_app.queueing.ticket_code import TicketCode, bare, read, write
from tests.office.ticket_desk import OTHER, words_of
from tests.queueing.features_steps.calling_steps import everywhere
from tests.queueing.features_steps.line_hall import MANAGER, LineHall

_kinds = {word: kind for kind, word in task_words.items()}
RESERVE = "备用号"


@given(parsers.parse("{one:d}号、{other:d}号窗口轮着取了{count:d}个号"))
def took_in_turn(hall: LineHall, one: int, other: int, count: int) -> None:
    for at in range(count):
        hall.comes((one, other)[at % 2])
        hall.sync()
    hall.settles()


@given(parsers.parse("{mine}分在{one:d}号窗口名下，{theirs}分在{other:d}号窗口名下"))
def dealt(hall: LineHall, mine: str, one: int, theirs: str, other: int) -> None:
    for number, texts in ((one, mine), (other, theirs)):
        assert hall.share(number) == texts.split("、"), hall.share(number)


@when(parsers.parse("{number:d}号窗口的线路断了"))
def cut(hall: LineHall, number: int) -> None:
    hall.settles()
    hall.cut(number)


@when(parsers.re(r"(?P<number>\d+)号窗口的线路恢复$"))
def joined(hall: LineHall, number: str) -> None:
    hall.join(int(number))


@when(parsers.parse("{seconds:d}秒没有消息"))
def silence(hall: LineHall, seconds: int) -> None:
    hall.silence(seconds)


@when(parsers.parse("{number:d}号窗口把能叫的都叫来办完"))
def serves_all(hall: LineHall, number: int) -> None:
    hall.serves_all(number)


@when(parsers.parse("叫来的{text}交号票，在{number:d}号窗口办结"))
def received(hall: LineHall, text: str, number: int) -> None:
    hall.receives(number)
    assert hall.finishes(number) == text


@when(parsers.parse("{number:d}号窗口取了1个备用号"))
def took_reserve(hall: LineHall, number: int) -> None:
    ticket = hall.comes(number)
    assert ticket.reserve
    hall.alias[RESERVE] = ticket.number


# Slips.


@when(parsers.re(r"(?P<number>\d+)号窗口扫了(?P<text>[A-Z]+\d+|备用号)(复印)?的号票"))
def shows(hall: LineHall, number: str, text: str) -> None:
    """A copy has the same code."""
    hall.shows(int(number), hall.code(text))


@when(parsers.re(r"(?P<number>\d+)号窗口输了(?P<text>[A-Z]+\d+)的号码和(?P<wrong>错的)?校验"))
def types_digits(hall: LineHall, number: str, text: str, wrong: str | None) -> None:
    digits = hall.digits(int(number), text)
    assert f"校验 {digits}" in words_of(hall.slips[text])
    typed = f"{(int(digits) + 1) % 10000:04d}" if wrong else digits
    hall.shows(int(number), f"{text} {typed}")


@when(parsers.parse('{number:d}号窗口输了"{words}"'))
def types(hall: LineHall, number: int, words: str) -> None:
    hall.shows(number, words)


@when(parsers.parse("{number:d}号窗口扫了改过一个字的{text}的号票"))
def shows_changed(hall: LineHall, number: int, text: str) -> None:
    code = bare(hall.code(text))
    hall.shows(number, f"{code[:20]}{'A' if code[20] != 'A' else 'B'}{code[21:]}")


@when(parsers.parse("{number:d}号窗口扫了半张{text}的号票"))
def shows_half(hall: LineHall, number: int, text: str) -> None:
    code = bare(hall.code(text))
    hall.shows(number, code[: len(code) // 2])


@when(parsers.parse("{number:d}号窗口扫了别处机器打的{text}的号票"))
def shows_foreign(hall: LineHall, number: int, text: str) -> None:
    code = replace(read(hall.code(text)).code, device=new_id())
    hall.shows(number, write(code, OTHER.sign))


@when(parsers.parse("{number:d}号窗口扫了昨天的{text}的号票"))
def shows_yesterdays(hall: LineHall, number: int, text: str) -> None:
    """Genuine: a machine of this hall printed it."""
    code, sign = printed(hall, text)
    back = timedelta(days=1)
    hall.shows(number, write(replace(code, day=code.day - back, taken_at=code.taken_at - back), sign))


def printed(hall: LineHall, text: str) -> tuple[TicketCode, Callable[[bytes], str]]:
    """A slip's code, and the signature of the machine that printed it."""
    code = read(hall.code(text)).code
    desk = next(desk for desk in hall.desks.values() if desk.device == code.device)
    sign = desk.office.parts.device_sign
    assert sign is not None
    return code, sign


@then(parsers.parse('备用号的号票上写着"{first}"和"{second}"'))
def reserve_slip(hall: LineHall, first: str, second: str) -> None:
    said = words_of(hall.slips[hall.alias[RESERVE]])
    assert first in said, said
    assert second in said, said
    assert "您前面还有" not in said, said


# The duty manager.


@when(parsers.re(r"21号席放开(?P<number>\d+)号窗口名下的号(，不写原因|，写\"(?P<reason>[^\"]*)\")"))
def frees(hall: LineHall, number: str, reason: str | None) -> None:
    hall.settles()
    hall.answer = hall_desk.free(hall.office(MANAGER), int(number), reason or " ")


@then(parsers.parse('21号席打出了一张等候名单，上面有"{texts}"'))
def list_out(hall: LineHall, texts: str) -> None:
    (slip,) = [one for one in hall.office(MANAGER).parts.maker.made if one.doc_type == "等候名单"]  # type: ignore[attr-defined]
    said = words_of(slip)
    for text in texts.split("、"):
        assert text in said, said
    assert "A002" not in said, said


@then(parsers.parse('待办里有"{kind}"，写着"{first}"和"{second}"'))
def on_the_board(hall: LineHall, kind: str, first: str, second: str) -> None:
    (task,) = hall.board(_kinds[kind])
    assert first in task.words, task.words
    assert second in task.words, task.words


@then(parsers.parse('待办里没有"{kind}"'))
def not_on_the_board(hall: LineHall, kind: str) -> None:
    assert hall.board(_kinds[kind]) == []


# What a window on its own has, and what is so after the merge.


@then(parsers.re(r"(?P<number>\d+)号窗口自己(?P<word>记着|叫着)(?P<text>[A-Z]+\d+|备用号)(办理中)?$"))
def alone(hall: LineHall, number: str, word: str, text: str) -> None:
    assert not hall.connected(int(number))
    current = hall.current(int(number))
    assert current is not None, hall.answer
    wanted = "已叫号" if word == "叫着" else "办理中"
    assert (current.number, state_words[current.state]) == (hall.alias.get(text, text), wanted)


@then(parsers.parse('{number:d}号窗口办了"{texts}"'))
def served(hall: LineHall, number: int, texts: str) -> None:
    assert hall.done == texts.split("、"), hall.done
    for text in hall.done:
        assert hall.at(number, text).window == number


@then(parsers.parse("{number:d}号窗口一张号票也没有接"))
def none_served(hall: LineHall, number: int) -> None:
    assert papers(hall, number) == []
    kinds = {row.kind for row in hall.office(number).parts.vault.journal.rows((), 1000)}
    assert "serve_by_paper" not in kinds


def papers(hall: LineHall, number: int) -> list[PaperServed]:
    office = hall.office(number)
    day = office.parts.clock.now().date()
    return list(office.read(lambda books: books.papers_served(day)))


@then(parsers.parse("归并以后{count:d}个号都是已办结，一个号一条"))
def merged(hall: LineHall, count: int) -> None:
    hall.settles()
    for number in hall.linked():
        office = hall.office(number)
        day = office.parts.clock.now().date()
        tickets = office.read(lambda books, day=day: books.tickets_of(day, ("A",)))
        assert len(tickets) == len({ticket.number for ticket in tickets}) == count, tickets
        assert {ticket.state for ticket in tickets} == {"finished"}, tickets


@then(parsers.parse("{text}凭票接待的两条记录都留着，各是各的结果"))
def both_kept(hall: LineHall, text: str) -> None:
    for ticket in everywhere(hall, text):
        assert ticket.state == "finished"
    for number in hall.linked():
        found = {row.window: row for row in papers(hall, number) if row.number == text}
        assert {window: row.outcome for window, row in found.items()} == {2: "handled", 3: "licence"}
        assert found[2].known == "", "the first that was heard"
        assert "2号窗口" in found[3].known

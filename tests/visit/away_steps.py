"""The steps behind 暂离.feature."""

from __future__ import annotations

import json
from typing import Any

from pytest_bdd import given, parsers, then, when

from clerk_app.command import Refusal, ticket_subject
from clerk_app.duty.pausing import pause_at
from clerk_app.duty.rules import rank_words
from clerk_app.office.counter import visit
from clerk_app.office.duty import handing_on, handing_over, leaving_desk
from clerk_app.office.line.greeting import NEIGHBOURS
from clerk_app.office.oversight import duty_desk
from clerk_app.office.signing_in import sign_out
from tests.visit.cover_hall import Hall, done, good

WAYS = {"一会儿": "short", "到午间结束": "while", "今天不回来": "day"}
PEOPLE = {2: "许可心", 3: "段明远", 4: "罗文静", 5: "申屠宁", 6: "孟繁星", 7: "阮思齐"}


@given(parsers.parse("11月20日{clock}，{a:d}号窗口{first}、{b:d}号窗口{second}都连着中心"))
def seated(hall: Hall, clock: str, a: int, first: str, b: int, second: str) -> None:
    hall.begin(f"2026-11-20T{clock}")
    hall.seat(a, first)
    hall.seat(b, second)


@given(parsers.parse("11月20日{clock}了"))
@when(parsers.parse("11月20日{clock}了"))
def later(hall: Hall, clock: str) -> None:
    hall.move_to(f"2026-11-20T{clock}")


@given(parsers.parse("2号窗口许可心也连着"))
def second_window(hall: Hall) -> None:
    hall.seat(2, "许可心")


@given(parsers.parse("21号席{name}连着"))
def chief_seated(hall: Hall, name: str) -> None:
    hall.seat(21, name)


@given(parsers.parse("4号窗口取了{count:d}个号"))
def took(hall: Hall, count: int) -> None:
    for _ in range(count):
        hall.take(4)
    hall.sync()


@given(parsers.parse("4号窗口取了{count:d}个备用号"))
def took_reserve(hall: Hall, count: int) -> None:
    hall.reserve = [hall.take(4) for _ in range(count)]
    assert all(ticket.reserve for ticket in hall.reserve)


@given(parsers.parse("{first:d}号、{second:d}号窗口的线路都断了"))
def two_cut(hall: Hall, first: int, second: int) -> None:
    hall.cut(first, second)


@given("4号、5号、2号窗口的线路都断了")
def three_cut(hall: Hall) -> None:
    hall.cut(4, 5, 2)


@given(parsers.re(r"(?P<number>\d)号窗口叫到(?P<text>B\d{3})$"))
@when(parsers.re(r"(?P<number>\d)号窗口叫到(?P<text>B\d{3})$"))
@then(parsers.re(r"(?P<number>\d)号窗口叫到(?P<text>B\d{3})$"))
def calls(hall: Hall, number: str, text: str) -> None:
    hall.sync()
    done(visit.call_next(hall.office(int(number))))
    assert open_call(hall, int(number)).number == text


def open_call(hall: Hall, number: int) -> Any:
    office = hall.office(number)
    day = office.parts.clock.now().date()
    return office.read(lambda books: books.open_call_at(number, day))


@given("4号窗口叫到B001，人已到窗")
def serves(hall: Hall) -> None:
    calls(hall, "4", "B001")
    done(visit.arrive(hall.office(4), open_call(hall, 4).id))


@when("罗文静按暂离")
def leaves(hall: Hall) -> None:
    hall.leaving = good(leaving_desk.pause(hall.office(4)))


@then(parsers.parse('4号窗口叫不了号，说的是"{words}"'))
def no_call(hall: Hall, words: str) -> None:
    refused = visit.call_next(hall.office(4))
    assert isinstance(refused, Refusal)
    assert words in refused.sentence
    assert open_call(hall, 4) is None


@when(parsers.parse('她选"{word}"'))
def chooses(hall: Hall, word: str) -> None:
    hall.left = leaving_desk.go(hall.office(4), hall.leaving, WAYS[word], connected=hall.connected(4))
    if not isinstance(hall.left, Refusal):
        sign_out(hall.office(4))
    hall.sync()


@then(parsers.parse("登记了一条短时离岗，到{clock}，没有人要批"))
def short_only(hall: Hall, clock: str) -> None:
    (row,) = hall.absences(4, "罗文静")
    assert (row.kind, row.state, f"{row.end:%H:%M}") == ("short", "recorded", clock)
    assert row.approvals == ()


@then("岗位上还是罗文静，没有空岗")
def still_she(hall: Hall) -> None:
    hall.sync()
    for number in hall.desks:
        assert hall.acting(number, "B1") == ("罗文静", "")


@then("4号窗口已退出登录")
def signed_out(hall: Hall) -> None:
    assert hall.office(4).session is None


@when("她输密码返回")
@then("她输密码返回")
def returns(hall: Hall) -> None:
    hall.sign_in(4, "罗文静")
    hall.sync()


@then("4号窗口不再暂停")
def goes_on(hall: Hall) -> None:
    for number in (4, 5):
        office = hall.office(number)
        assert office.read(lambda books: books.open_pauses(4)) == ()
    at = hall.office(4).parts.clock.now()
    assert hall.office(4).read(lambda books: pause_at(books, 4, at)) is None


@then("中心什么都有，两边链头一致")
def everything_there(hall: Hall) -> None:
    hall.all_taken()


@then(parsers.parse('到午间结束要"{rank}"批，由"{name}"顶'))
def must_be_asked(hall: Hall, rank: str, name: str) -> None:
    way = next(one for one in hall.leaving.ways if one.choice == "while")
    assert [rank_words[one] for one in way.ranks] == [rank]
    assert (way.substitute, way.noon, f"{way.until:%H:%M}") == (name, False, "13:30")


@then("报上去一条离岗，到13:30，等首席代表批")
def asked(hall: Hall) -> None:
    (row,) = hall.absences(5, "罗文静")
    assert (row.state, f"{row.end:%H:%M}", [cover.person for cover in row.covers]) == ("asked", "13:30", ["P106"])
    assert (hall.left.asked, hall.left.refused) == (True, None)


@then('交出了"B001"，B002本来就谁都能叫，没有打交号单')
def handed(hall: Hall) -> None:
    assert hall.left.handed.numbers == ("B001",)
    assert not any("交号单" in slip for slip in hall.prints(4))
    assert {ticket.state for ticket in hall.tickets(5)} == {"waiting"}


@then("还没批的离岗撤回了")
def withdrawn(hall: Hall) -> None:
    assert [row.state for row in hall.absences(5, "罗文静")] == ["withdrawn"]


@then(parsers.parse('没有走，说的是"{words}"'))
def not_gone(hall: Hall, words: str) -> None:
    assert isinstance(hall.left, Refusal)
    assert words in hall.left.sentence
    assert hall.absences(4, "罗文静") == []


@then("B001还在4号窗口手上")
def kept(hall: Hall) -> None:
    subject = ticket_subject(hall.ticket(4, "B001").id)
    assert hall.office(4).read(lambda books: books.holder(subject)) == hall.desks[4].device
    assert hall.ticket(4, "B001").state == "serving"


@then('到午间结束不用批，"申屠宁"顶到13:30，还没点头')
def noon_stands(hall: Hall) -> None:
    way = next(one for one in hall.leaving.ways if one.choice == "while")
    assert (way.noon, way.substitute, way.nodded, f"{way.until:%H:%M}") == (True, "申屠宁", False, "13:30"), way


@then("没有新的离岗要批")
def nothing_asked(hall: Hall) -> None:
    assert hall.absences(4, "罗文静") == []
    assert (hall.left.asked, hall.left.refused) == (False, None)


def waiting_of(hall: Hall, number: int) -> Any:
    office = hall.office(number)
    person, at = office.stamp().actor, office.parts.clock.now()
    return office.read(lambda books: handing_over.waiting_for(books, person, at))


@then("交接单上只有号票、纸质材料和印章，罗文静已点头，等申屠宁")
def noon_list(hall: Hall) -> None:
    (one,) = waiting_of(hall, 5)
    kinds = {thing.kind for thing in one.things}
    assert {"ticket", "seal"} <= kinds <= {"ticket", "paper", "seal"}
    assert "B001 已叫号" in {thing.words for thing in one.things}
    assert (one.direction, one.giver, one.taker, one.giving, one.mine_open) == ("out", "P105", "P106", False, True)
    assert one.given_at is not None


@when("申屠宁在自己窗口点头")
def nods(hall: Hall) -> None:
    (one,) = waiting_of(hall, 5)
    done(handing_over.nod(hall.office(5), one))
    hall.sync()


@then("两人都点过头，岗位由申屠宁 代 罗文静")
def both_nodded(hall: Hall) -> None:
    assert waiting_of(hall, 5) == ()
    for number in hall.desks:
        assert hall.acting(number, "B1") == ("申屠宁", "罗文静")


@then("打了一张交号单，写着这两个号，扫得出来")
def slip_out(hall: Hall) -> None:
    (slip,) = [text for text in hall.prints(4) if "交号单" in text]
    for ticket in hall.reserve:
        assert ticket.number in slip
    assert hall.left.handed.code in slip
    assert handing_on.believed(hall.office(5), hall.left.handed.code) == handing_on.believed(
        hall.office(4), hall.left.handed.code
    )


@then(parsers.parse('交号单上改一个字，5号窗口不认，说的是"{words}"'))
def forged(hall: Hall, words: str) -> None:
    code = hall.left.handed.code
    other = "A" if code[20] != "A" else "B"
    refused = handing_on.take_handed(hall.office(5), code[:20] + other + code[21:])
    assert isinstance(refused, Refusal)
    assert words in refused.sentence


@then(parsers.parse('2号窗口不认，说的是"{words}"'))
def other_letter(hall: Hall, words: str) -> None:
    """It calls another letter: the centre never named the machine to it."""
    assert hall.desks[4].device not in json.loads(hall.office(2).parts.vault.keep.meta(NEIGHBOURS) or "{}")
    refused = handing_on.take_handed(hall.office(2), hall.left.handed.code)
    assert isinstance(refused, Refusal)
    assert words in refused.sentence


@when(parsers.parse("{number:d}号窗口扫了交号单"))
@when(parsers.parse("{number:d}号窗口也扫了交号单"))
def scans(hall: Hall, number: int) -> None:
    taken = good(handing_on.take_handed(hall.office(number), hall.left.handed.code.lower() + "\n"))
    assert taken.refused == ()
    assert taken.numbers == tuple(ticket.number for ticket in hall.reserve)


@when(parsers.parse("{number:d}号窗口叫到第1个备用号"))
@then(parsers.parse("{number:d}号窗口叫到第1个备用号"))
def calls_reserve(hall: Hall, number: int) -> None:
    done(visit.call_next(hall.office(number)))
    assert open_call(hall, number).id == hall.reserve[0].id


@then(parsers.parse('同一张纸再扫，说的是"{words}"'))
def scanned_again(hall: Hall, words: str) -> None:
    again = good(handing_on.take_handed(hall.office(5), hall.left.handed.code))
    assert again.numbers == ()
    assert all(words in refusal.sentence for refusal in again.refused)
    assert len(again.refused) == len(hall.reserve)


@when("线路都恢复")
def all_join(hall: Hall) -> None:
    hall.join(*[number for number in hall.desks if not hall.connected(number)])


@when("4号窗口的线路先恢复，5号窗口后恢复")
def join_in_order(hall: Hall) -> None:
    hall.join(4)
    hall.join(5)


@then(parsers.parse("中心记着第1个备用号在{number:d}号窗口"))
def at_the_centre(hall: Hall, number: int) -> None:
    hall.sync()
    for other in hall.desks:
        if PEOPLE.get(other) in ("罗文静", "申屠宁"):
            ticket = next((t for t in hall.tickets(other) if t.id == hall.reserve[0].id), None)
            assert ticket is not None
            troubled = hall.desks[other].keeper.state.troubled
            assert ticket.window == number or troubled, (other, ticket)


@then(parsers.parse('待办里有两个说法，写着"{first}"和"{second}"'))
def conflict(hall: Hall, first: str, second: str) -> None:
    hall.sync()
    tasks = [task for task in duty_desk.open_tasks(hall.office(21)) if task.kind == "conflict"]
    assert len(tasks) == 1, [
        [(r.kind, r.state, r.sentence) for r in d.office.parts.vault.journal.rows((), 30)] for d in hall.desks.values()
    ]
    assert first in tasks[0].words
    assert second in tasks[0].words

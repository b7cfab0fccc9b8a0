"""The steps behind AB岗顶岗.feature; what both features say stands in `away_steps`."""

from __future__ import annotations

import json

from pytest_bdd import given, parsers, then, when

from clerk_app.command import Refusal
from clerk_app.duty.authority import Act, may
from clerk_app.duty.training import training_password
from clerk_app.office.counter import visit
from clerk_app.office.duty import cover, handing_over
from clerk_app.office.duty.handing_over import Waiting
from clerk_app.office.oversight import duty_desk
from tests.visit.cover_hall import Hall, done, good

WHERE = {"罗文静": 4, "申屠宁": 5, "孟繁星": 6, "阮思齐": 7}
OTHER_MACHINE = 44


@given(parsers.parse("11月20日{clock}，21号席{name}连着中心"))
def only_chief(hall: Hall, clock: str, name: str) -> None:
    hall.begin(f"2026-11-20T{clock}")
    hall.seat(21, name)


@given(parsers.re(r"(?P<number>\d+)号(窗口|席)的线路断了"))
def one_cut(hall: Hall, number: str) -> None:
    hall.cut(int(number))


@when(parsers.parse('{name}申请从现在起离岗{hours:d}小时，事由"{reason}"'))
def asks(hall: Hall, name: str, hours: int, reason: str) -> None:
    office = hall.office(WHERE[name])
    now = office.parts.clock.now()
    end = now.replace(hour=now.hour + hours)
    hall.answer = cover.ask_leave(office, now, end, reason)
    hall.sync()


def newest(hall: Hall, name: str, number: int = 21) -> str:
    return hall.absences(number, name)[-1].id


@then(parsers.parse('值班长这一级批不了，说的是"{words}"'))
def wrong_rank(hall: Hall, words: str) -> None:
    refused(cover.approve_leave(hall.office(21), newest(hall, "罗文静"), "duty_manager"), words)


@then(parsers.parse('她自己批不了，说的是"{words}"'))
def not_herself(hall: Hall, words: str) -> None:
    answer = cover.approve_leave(hall.office(4), newest(hall, "罗文静", 4), "chief_rep")
    refused(answer, words)
    assert [row.state for row in hall.absences(4, "罗文静")] == ["asked"]


def refused(answer: object, words: str) -> None:
    assert isinstance(answer, Refusal), answer
    assert words in answer.sentence, answer.sentence


@when(parsers.parse("{name}以首席代表批准她的离岗"))
def approves(hall: Hall, name: str) -> None:
    who = "罗文静" if name == "沈启明" else "孟繁星"
    good(cover.approve_leave(hall.office(21), newest(hall, who), "chief_rep"))
    hall.sync()


@then("岗位由申屠宁 代 罗文静")
def covered(hall: Hall) -> None:
    hall.sync()
    for number in hall.desks:
        assert hall.acting(number, "B1") == ("申屠宁", "罗文静")


@then(parsers.parse('罗文静在4号窗口取不了号，说的是"{words}"'))
def displaced(hall: Hall, words: str) -> None:
    refused(visit.take_ticket(hall.office(4), "B"), words)


@when("申屠宁坐到4号窗口，收件并受理一件")
def stands_in(hall: Hall) -> None:
    hall.sign_out(4)
    hall.sign_in(4, "申屠宁")
    hall.receives(4)
    good(visit.accept(hall.office(4), hall.case_at(4)))
    hall.sync()


@then(parsers.parse('办件上经办写"{words}"，受理回执上也这样写'))
def both_names(hall: Hall, words: str) -> None:
    for number in (4, 5):
        case = hall.case_at(number)
        assert hall.office(number).hall.roster.name_for(case.handler, case.acting_for) == words
    (slip,) = [text for text in hall.prints(4) if "受理回执" in text]
    assert f"4号窗口\\u3000{words}" in slip


@then("中心收下的收件、受理都写着代罗文静，凭这次顶岗")
def every_record(hall: Hall) -> None:
    sub = hall.substitution(5, "B1")
    office = hall.office(4)
    rows = [row for row in office.parts.vault.journal.rows((), 50) if row.kind in ("receive_case", "accept_case")]
    assert len(rows) == 2
    for row in rows:
        body = json.loads(office.parts.vault.journal.envelope(row.id))["body"]
        assert (row.state, row.actor) == ("applied", "P106")
        assert (body["acting_for"], body["basis"]) == ("P105", f"substitution:{sub.id}")


@when("罗文静回到4号窗口登录")
def comes_back(hall: Hall) -> None:
    hall.sign_out(4)
    hall.sign_in(4, "罗文静")
    hall.sync()


@then(parsers.parse('申屠宁以她的名义再办不了，说的是"{words}"'))
def powers_over(hall: Hall, words: str) -> None:
    office = hall.office(5)
    at = office.parts.clock.now()
    act = Act(actor="P106", action="accept", at=at, post="B1", window=4)
    refused(office.read(lambda books: may(act, books)), words)
    assert hall.acting(5, "B1") == ("罗文静", "")


def back(hall: Hall, number: int, name: str) -> Waiting:
    office = hall.office(number)
    person, at = office.hall.roster.find_person(name), office.parts.clock.now()
    found = office.read(lambda books: handing_over.waiting_for(books, person.id, at))
    (one,) = [waiting for waiting in found if waiting.direction == "back"]
    return one


@then(parsers.parse('返岗说明写着"{first}"，"{second}"，"{third}"'))
def report(hall: Hall, first: str, second: str, third: str) -> None:
    one = back(hall, 4, "罗文静")
    assert not one.giving
    assert not one.own_words, "two hours ask no words of one's own"
    for words in (first, second, third):
        assert words in one.words, one.words
    assert [thing.kind for thing in one.things].count("case") == 1
    assert back(hall, 5, "申屠宁").words == one.words


@when("罗文静点头，申屠宁在同一张桌子用密码点头")
def both_nod(hall: Hall) -> None:
    office = hall.office(4)
    done(handing_over.nod(office, back(hall, 4, "罗文静")))
    refused(handing_over.nod_beside(office, back(hall, 4, "罗文静"), "不是这个"), "密码不对")
    done(handing_over.nod_beside(office, back(hall, 4, "罗文静"), training_password("P106")))
    hall.sync()


@then("返岗交接两人都点过头")
def handed_back(hall: Hall) -> None:
    sub = hall.substitution(5, "B1")
    for number in (4, 5):
        rows = hall.office(number).read(lambda books: books.handovers_of(sub.id))
        (row,) = [row for row in rows if row.direction == "back"]
        assert (row.given_by, row.taken_by, row.done) == ("P106", "P105", True)
        assert "申屠宁 代 罗文静" in row.words


@then(parsers.parse('沈启明批不了申屠宁的，说的是"{words}"'))
def not_both(hall: Hall, words: str) -> None:
    asked = hall.absences(21, "申屠宁")
    answer = hall.answer if not asked else cover.approve_leave(hall.office(21), asked[-1].id, "chief_rep")
    refused(answer, words)
    assert hall.acting(5, "B1") == ("申屠宁", "罗文静")
    assert all(not row.counts for row in hall.absences(21, "申屠宁"))


@then(parsers.parse('没有报上去，说的是"{first}"和"{second}"'))
def not_asked(hall: Hall, first: str, second: str) -> None:
    refused(hall.answer, first)
    refused(hall.answer, second)
    assert hall.absences(21, "阮思齐") == []


@then("没有人登记离岗")
def nobody_away(hall: Hall) -> None:
    office = hall.office(5)
    day = office.parts.clock.now().date()
    assert office.read(lambda books: (books.absences_since(day), books.substitutions_since(day))) == ((), ())


@given("罗文静退出登录，申屠宁在4号窗口登录过")
def known_there(hall: Hall) -> None:
    hall.sign_out(4)
    hall.sign_in(4, "申屠宁")
    hall.sign_out(4)


@when(parsers.parse('申屠宁在4号窗口断线顶上，事由"{reason}"'))
def steps_in(hall: Hall, reason: str) -> None:
    hall.sign_in(4, "申屠宁")
    done(cover.step_in(hall.office(4), "B1", reason, provisional=True))
    assert hall.acting(4, "B1") == ("申屠宁", "罗文静")


@then(parsers.parse('她能收件，写着"{words}"'))
def receives(hall: Hall, words: str) -> None:
    case = hall.receives(4)
    assert hall.office(4).hall.roster.name_for(case.handler, case.acting_for) == words


@then(parsers.parse('她不能决定、不能用印，说的是"{words}"'))
def no_powers(hall: Hall, words: str) -> None:
    office = hall.office(4)
    for action in ("decide", "seal"):
        act = Act(actor="P106", action=action, at=office.parts.clock.now(), post="B1", window=4)
        refused(office.read(lambda books, act=act: may(act, books)), words)


@when("罗文静坐到4号窗口的另一台机器，取了1个号")
def elsewhere(hall: Hall) -> None:
    desk = hall.desks[OTHER_MACHINE] = hall.real.window(4)
    desk.rounds(2)
    hall.sign_in(OTHER_MACHINE, "罗文静")
    hall.take(OTHER_MACHINE)
    desk.rounds(2)


@then("两个人办的中心都收下了，两个名字都在")
def both_stand(hall: Hall) -> None:
    hall.sync()
    case = hall.case_at(5)
    assert hall.office(5).hall.roster.name_for(case.handler, case.acting_for) == "申屠宁 代 罗文静"
    taken = [row for row in hall.office(OTHER_MACHINE).parts.vault.journal.rows((), 50) if row.kind == "take_ticket"]
    assert [(row.actor, row.state) for row in taken] == [("P105", "applied")]


@then(parsers.parse('待办里有同时在岗，写着"{first}"和"{second}"'))
def overlap(hall: Hall, first: str, second: str) -> None:
    tasks = [task for task in duty_desk.open_tasks(hall.office(21)) if task.kind == "overlap"]
    assert any(first in task.words and second in task.words for task in tasks), tasks


@then(parsers.parse('她断线顶不上首席代表的岗，说的是"{words}"'))
def no_chief(hall: Hall, words: str) -> None:
    refused(cover.step_in(hall.office(21), "R-SJJ", "梁建业没来", provisional=True), words)

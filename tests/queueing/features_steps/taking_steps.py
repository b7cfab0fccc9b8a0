"""The steps of 取号.feature."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

from pytest_bdd import given, parsers, then, when

from clerk_app.cases.coming_back import case_in_hand
from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.office.counter import intake, ticketing, visit
from clerk_app.office.counter.papers import report_papers
from clerk_app.office.counter.ticketing import Wish
from clerk_app.office.office import Done
from clerk_app.office.oversight import hall_desk
from clerk_app.outside.ids import new_id
from clerk_app.oversight.model import task_words
from clerk_app.queueing.ticket_code import bare
from clerk_app.receipts.paper import Delivery
from tests.desk import sit
from tests.office.ticket_desk import OLD, PRINTER, YOUNG, code_on
from tests.queueing.features_steps.line_hall import MANAGER, LineHall
from tests.queueing.features_steps.ticket_scene import TicketScene, UnsureClock, on_paper
from tests.visits import APPLICANT, COMPANY, done, receive

_printers = {"有纸": "done", "没纸": "blocked", "打到一半没了回音": "unknown"}
MONDAY = date(2026, 11, 23)


@given(parsers.parse("2号窗口的号票打印机{how}"))
def printer(scene: TicketScene, how: str) -> None:
    scene.printer = _printers[how]


@given("2号窗口刚开机，线路断着，电脑的时间对不上")
def clock_unsure(scene: TicketScene) -> None:
    office = scene.desk.office
    scene.desk.centre.up = False
    office.parts = replace(office.parts, clock=UnsureClock(office.parts.clock.now()))


# What he comes with.


def _visit(scene: TicketScene, **wish: object) -> str:
    """Called and here, by a ticket taken for it."""
    scene.wants(**wish)
    return _comes(scene, scene.last.number)


def _comes(scene: TicketScene, text: str) -> str:
    key = scene.numbered(text).id
    done(visit.call(scene.desk.office, key))
    done(visit.arrive(scene.desk.office, key))
    return key


@given("群众早上凭A001办过一件公司设立，回执上有查询码")
def earlier_case(scene: TicketScene) -> None:
    key = _visit(scene)
    case = receive(scene.desk.office, scene.desk.ticket(key))
    done(visit.finish(scene.desk.office, key))
    scene.case, scene.paper = case.id, case.query_code


@given("群众凭A001登记了一件公司设立，材料没带齐，先回去了")
def earlier_draft(scene: TicketScene) -> None:
    office = scene.desk.office
    key = _visit(scene, item=COMPANY)
    done(intake.register(office, key, COMPANY, APPLICANT))
    draft = office.read(lambda books: books.case_of_ticket(key))
    assert draft is not None
    done(visit.finish(office, key))
    scene.case, scene.paper = draft.id, code_on(scene.desk.slips()[0])


@given("11月20日，公司设立的A001一天没有叫到，拿了次日条")
def carried(scene: TicketScene) -> None:
    scene.wants(item=COMPANY)
    office = scene.desk.office
    office.parts.clock.set(office.parts.clock.now().replace(hour=17, minute=40))
    sit(office, "P101")
    done(hall_desk.close_day(office))
    sit(office, "P203")
    scene.prints()
    assert scene.last.state == "not_served"
    (slip,) = scene.desk.slips("次日条")
    scene.paper = code_on(slip)


# He takes one.


@when("群众取A类号")
def takes(scene: TicketScene) -> None:
    scene.wants()


@when('群众选"公司设立"取号')
def takes_item(scene: TicketScene) -> None:
    scene.wants(letter="", item=COMPANY)


@when("群众凭回执取号")
@when("群众拿次日条取号")
@when("群众当天就拿次日条取号")
def takes_by_paper(scene: TicketScene) -> None:
    scene.brings(scene.paper)


@when("第二个工作日，群众凭上回的号票取号")
def takes_by_old_ticket(scene: TicketScene) -> None:
    scene.desk.on(MONDAY)
    scene.brings(scene.paper)


@when("群众拿改过一个字的次日条取号")
def takes_by_forged(scene: TicketScene) -> None:
    code = bare(scene.paper)
    scene.brings(f"{code[:20]}{'A' if code[20] != 'A' else 'B'}{code[21:]}")


@when(parsers.parse("同一个人刷身份证取{letter}类号"))
def takes_with_card(scene: TicketScene, letter: str) -> None:
    scene.wants(letter=letter, id_number=YOUNG)


@when("老年人刷身份证取A类号")
def old_takes(scene: TicketScene) -> None:
    scene.wants(id_number=OLD)


@when(parsers.parse('窗口看了证件，按"{ground}"取A类号'))
def takes_on_ground(scene: TicketScene, ground: str) -> None:
    scene.wants(priority=_ground(scene, ground))


@when('没满60岁的人刷身份证，按"老年人"取A类号')
def young_claims(scene: TicketScene) -> None:
    scene.wants(id_number=YOUNG, priority=_ground(scene, "老年人"))


def _ground(scene: TicketScene, name: str) -> str:
    return next(one.key for one in scene.desk.office.hall.queue.priorities if one.name == name)


@when("群众取A类号，窗口连点了两下")
def taps_twice(scene: TicketScene) -> None:
    wish = Wish(letter="A", id=new_id())
    with ThreadPoolExecutor(2) as pool:
        scene.answer = list(pool.map(lambda _: ticketing.take(scene.desk.office, wish), range(2)))
    scene.ids.append(wish.id)
    scene.prints()


@when(parsers.re(r"到了11月(?P<day>\d+)日，先有人取了A类号"))
def another_day(scene: TicketScene, day: str) -> None:
    scene.desk.on(date(2026, 11, int(day)))
    scene.wants()
    assert scene.last.number == "A001"


# The paper.


@when("窗口又按补打")
def reprints(scene: TicketScene) -> None:
    scene.before = scene.desk.slips()[-1]
    scene.acts(ticketing.reprint(scene.desk.office, scene.last.id))
    if isinstance(scene.answer, Done):
        scene.prints()


@when("窗口手写A001给人")
@when("窗口再手写A001给人")
def by_hand(scene: TicketScene) -> None:
    scene.acts(ticketing.by_hand(scene.desk.office, scene.last.id))


@when("换上纸")
def paper_in(scene: TicketScene) -> None:
    scene.printer = "done"
    scene.desk.rest()
    scene.prints()


@when("窗口看了出纸口，说没出来")
def says_lost(scene: TicketScene) -> None:
    scene.desk.answer(scene.last.id, "lost")


@then(parsers.re(r"号票打出来了，号码是(?P<text>\w+)(，写着\"(?P<words>[^\"]*)\")?$"))
def slip_out(scene: TicketScene, text: str, words: str | None) -> None:
    ticket = scene.last
    assert (ticket.number, ticket.state) == (text, "waiting"), scene.answer
    said = on_paper(scene.out(ticket.id)[-1])
    assert text in said, said
    assert (words or "") in said, said
    assert "补打" not in said, said


@then("号票没出来，A001没有排上，也叫不到")
def not_in_line(scene: TicketScene) -> None:
    assert (scene.last.number, scene.last.state) == ("A001", "issuing")
    assert scene.out(scene.last.id) == []
    assert scene.line() == []
    refused = visit.call(scene.desk.office, scene.last.id)
    assert isinstance(refused, Refusal)
    assert "还没打出来" in refused.sentence


@then("A001排上了")
def in_line(scene: TicketScene) -> None:
    assert scene.line() == ["A001"]


@then(parsers.parse('A001排上了，再打的那张写着"{words}"'))
def in_line_by_copy(scene: TicketScene, words: str) -> None:
    assert scene.line() == ["A001"]
    assert words in on_paper(scene.out(scene.last.id)[-1])


@then(parsers.parse("A001一共打出{count:d}张票"))
def so_many(scene: TicketScene, count: int) -> None:
    assert len(scene.out(scene.last.id)) == count, scene.desk.jobs(scene.last.id)


@then("A001只有一个位子")
def one_place(scene: TicketScene) -> None:
    assert scene.line() == ["A001"]
    day = scene.desk.office.parts.clock.now().date()
    assert len(scene.desk.office.read(lambda books: books.tickets_of(day, ("A",)))) == 1


@then(parsers.parse('补打的号票号码、码都一样，写着"{words}"'))
def same_again(scene: TicketScene, words: str) -> None:
    first, again = scene.out(scene.last.id)
    assert scene.before == first
    assert code_on(first) == code_on(again)
    assert words not in on_paper(first)
    assert words in on_paper(again)
    assert scene.last.number in on_paper(again)


@then(parsers.parse('没有取，说的是"{words}"，没有浪费号'))
def not_taken(scene: TicketScene, words: str) -> None:
    assert isinstance(scene.answer, Refusal), scene.answer
    assert words in scene.answer.sentence, scene.answer
    assert scene.answer.sentence.endswith("。")
    assert dict(scene.desk.centre.next) == scene.drawn
    office = scene.desk.office
    assert all(scene.desk.ticket(key) for key in scene.ids)
    today = office.read(
        lambda books: books.tickets_of(office.parts.clock.now().date(), tuple(office.hall.queue.letters))
    )
    assert {ticket.id for ticket in today} <= set(scene.ids)


@then('只有一下取到了，另一下说的是"没有再取"')
def one_tap(scene: TicketScene) -> None:
    (again,) = [one for one in scene.answer if isinstance(one, Refusal)]
    assert sum(isinstance(one, Done) for one in scene.answer) == 1
    assert "没有再取" in again.sentence
    assert "A001" in again.sentence, again


@then(parsers.parse('记下的理由是"{name}"，票上不写理由，哪里都没有身份证号'))
def ground_kept(scene: TicketScene, name: str) -> None:
    ticket = scene.last
    assert ticket.priority == _ground(scene, name)
    assert name not in on_paper(scene.out(ticket.id)[-1])
    journal = scene.desk.office.parts.vault.journal
    kept = [journal.envelope(row.id) for row in journal.rows((), 50)]
    assert len(kept) >= len(scene.ids)
    for number in (OLD, YOUNG):
        assert number not in repr((kept, scene.desk.slips(), ticket))


@then(parsers.parse('{text}排在{other}前面，还是为"公司设立"来的'))
def stands_first(scene: TicketScene, text: str, other: str) -> None:
    assert scene.line() == [text, other]
    assert scene.last.item == COMPANY


# He is called.


@when(parsers.re(r"2号窗口叫(?P<text>\w+)，人到窗了$"))
def comes(scene: TicketScene, text: str) -> None:
    _comes(scene, text)


@when(parsers.parse("2号窗口叫{text}，人到窗了，办结"))
def served(scene: TicketScene, text: str) -> None:
    done(visit.finish(scene.desk.office, _comes(scene, text)))


def opened(scene: TicketScene) -> Case | None:
    """What the window opens for the ticket in its hands."""
    office = scene.desk.office
    day = office.parts.clock.now().date()
    current = office.read(lambda books: books.open_call_at(2, day))
    assert current is not None
    return office.read(lambda books: case_in_hand(current, books))


@then('手上的号是为"公司设立"来的，还没有办件')
def for_item(scene: TicketScene) -> None:
    assert opened(scene) is None
    assert scene.desk.office.hall.items[scene.last.item].short == "公司设立"


@then("开出来的就是早上那一件")
def opens_case(scene: TicketScene) -> None:
    case = opened(scene)
    assert case is not None
    assert case.id == scene.case
    done(visit.accept(scene.desk.office, case))


@then("开出来的就是上回那一件草稿，收得下来")
def opens_draft(scene: TicketScene) -> None:
    case = opened(scene)
    assert case is not None
    assert (case.id, case.state) == (scene.case, "draft")
    office = scene.desk.office
    brought = intake.Brought(papers=tuple(m.name for m in office.hall.items[COMPANY].materials))
    done(intake.receive(office, scene.last.id, COMPANY, APPLICANT, brought, draft=case.id))
    received = office.read(lambda books: books.case(scene.case))
    assert received is not None
    assert received.state != "draft"


# Two windows.


@given("2号、3号窗口都有号票打印机")
def two_printers(hall: LineHall) -> None:
    for number in (2, 3):
        office = hall.office(number)
        office.parts = replace(office.parts, settings=replace(office.parts.settings, printer=PRINTER))


@when("2号、3号窗口同时给一个人取A类号，票都打出来了")
def two_at_once(hall: LineHall) -> None:
    """Neither has heard of the other's."""
    for number in (2, 3):
        office = hall.office(number)
        done(ticketing.take(office, Wish(letter="A", id_number=YOUNG)))
        spool = office.parts.vault.spool
        job = spool.take_next(PRINTER)
        assert job is not None
        spool.settle(job.id, Delivery("done"))
        report_papers(office)
    hall.refresh()


@then("2号窗口和值班长看到队里只有A001")
def only_one(hall: LineHall) -> None:
    for number in (2, MANAGER):
        office = hall.office(number)
        day = office.parts.clock.now().date()
        found = office.read(lambda books, day=day: books.tickets_of(day, ("A",)))
        assert [(one.number, one.state) for one in found] == [("A001", "waiting")]


@then("值班长的待办里写着3号窗口打出的号票要收回")
def recalled(hall: LineHall) -> None:
    (task,) = hall.board("take_back")
    assert task_words[task.kind] == "纸要收回"
    assert "号票" in task.words, task.words
    assert "3号窗口打出" in task.words, task.words


@when("那个人到2号窗口再取")
def tries_again(hall: LineHall) -> None:
    hall.settles()
    hall.answer = ticketing.take(hall.office(2), Wish(letter="A", id_number=YOUNG))

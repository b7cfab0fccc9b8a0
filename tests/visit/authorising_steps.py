"""The steps behind 首席代表授权.feature: three real offices before one centre process, each person by his own password or PIN."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from pytest_bdd import given, parsers, then, when

from clerk_app.cases.model import Applicant, Case
from clerk_app.cases.states import state_words
from clerk_app.command import Refusal
from clerk_app.duty.training import training_password, training_pin
from clerk_app.office.counter import deciding, handling, sending_out, visit
from clerk_app.office.counter.chief_desk import ChiefDesk, chief_desk
from clerk_app.office.counter.prepared import Prepared, prepare
from clerk_app.office.duty import cover, letters
from clerk_app.office.line import holding
from clerk_app.office.line.uploading import Uploader
from clerk_app.office.office import Done, Office
from clerk_app.office.oversight import duty_desk, settling
from clerk_app.office.registration import saving
from clerk_app.office.signing_in import sign_out
from clerk_app.oversight.model import task_words
from clerk_app.registration.practice import practised
from clerk_app.server import accounts
from clerk_app.server.database import Database
from tests.office.test_deciding import Pages, example
from tests.seal_fakes import keeper, with_seals
from tests.server.real_windows import in_step
from tests.visit.merging_steps import Hall, good

PEOPLE = {
    "梁建业": "P201", "尹秋实": "P202", "施惠民": "P401", "沈启明": "P101", "方雅琴": "P102", "贺知远": "P104",
}  # fmt: skip
LEADER = PEOPLE["贺知远"]
"""A leader on duty has a PIN at the centre before he is given a letter."""
DESKS = {2: "P203", 4: "P105", 21: "P101"}


def sync(hall: Hall) -> None:
    in_step(hall.desks.values())


def office_at(hall: Hall, number: int) -> Office:
    office = hall.office(number)
    return with_seals(office, pages=Pages())


def desk_of(hall: Hall) -> ChiefDesk:
    office = office_at(hall, 21)
    return office.read(lambda books: chief_desk(office, books, office.parts.clock.now()))


def sits(hall: Hall, name: str, number: int = 21) -> None:
    """Who sat there gets up first."""
    sign_out(hall.office(number))
    hall.desks[number].sits(PEOPLE[name], training_password(PEOPLE[name]))


def case_of(hall: Hall, number: int) -> Case:
    case = hall.office(number).read(lambda books: books.case(hall.case))
    assert case is not None
    return case


def authorise(hall: Hall, name: str, number: int, keeps: str = "") -> None:
    office, person = office_at(hall, number), PEOPLE[name]
    hall.answer = prepare(office, hall.case, person, "grant", "同意。")
    if isinstance(hall.answer, Prepared):
        someone = office.hall.roster.people[person]
        opens = keeper(PEOPLE[keeps]) if keeps else None
        hall.answer = deciding.authorise(office, hall.answer, someone, training_pin(person), opens)


@given("2号窗口许可心、4号窗口罗文静、21号席沈启明都连着中心")
def seated(hall: Hall) -> None:
    for number, person in DESKS.items():
        desk = hall.desks[number] = hall.real.window(number)
        desk.rounds(2)
        desk.sits(person, training_password(person))
    with closing(Database(f"sqlite:///{hall.folder / 'centre.db'}")) as database, database.writing() as connection:
        accounts.set_password(connection, "JZ01", accounts.pin_account(LEADER), training_pin(LEADER))
    hall.desks[3] = hall.desks[4]  # the shared steps turn a third desk too
    sync(hall)


@given("2号窗口受理了这一件，提了意见")
def accepted_and_proposed(hall: Hall) -> None:
    office = hall.office(2)
    good(visit.accept(office, case_of(hall, 2)))
    good(deciding.propose(office, hall.case, "grant", "材料齐全，符合法定形式。"))
    sync(hall)


def visited(hall: Hall, number: int, short: str, letter: str, *, stays: bool) -> str:
    """A whole visit up to signature 1; answers the case."""
    office = hall.office(number)
    item = next(i for i in office.hall.items.values() if i.short == short)
    good(visit.take_ticket(office, letter))
    sync(hall)
    good(visit.call_next(office))
    ticket = office.read(lambda books: books.open_call_at(number, office.parts.clock.now().date()))
    good(visit.arrive(office, ticket.id))
    brought = tuple(m.name for m in item.materials)
    good(visit.receive(office, ticket.id, item.code, Applicant(name="江州听雨轩文化传播有限公司"), brought))
    case = office.read(lambda books: books.case_of_ticket(ticket.id))
    good(visit.accept(office, case))
    if item.form:
        good(saving.save_form(office, case.id, practised(example(), case.received_at.date())))
    if item.site_check:
        today = office.parts.clock.now().date()
        good(handling.record_site_check(office, case.id, ("段明远", "许可心"), today, "现场和图纸一致。"))
    good(deciding.propose(office, case.id, "grant", "材料齐全，符合条件。"))
    if not stays:
        good(visit.finish(office, ticket.id))
    return str(case.id)


@when("2号窗口又收了一件，人先走了，也提了意见")
def another(hall: Hall) -> None:
    """The first citizen's ticket is finished with his place kept: he sits down again with the second number."""
    office = hall.office(2)
    good(visit.finish(office, case_of(hall, 2).ticket))
    gone, hall.case = hall.case, visited(hall, 2, "公司设立", "A", stays=True)
    assert gone != hall.case
    sync(hall)


@when(parsers.parse("首席代表{name}坐到21号席"))
def chief_sits(hall: Hall, name: str) -> None:
    sync(hall)
    sits(hall, name)
    sync(hall)


@then(parsers.parse("他的单子有{count:d}件，头一件的人坐在{number:d}号窗口"))
def listed(hall: Hall, count: int, number: int) -> None:
    desk = desk_of(hall)
    assert desk.own
    assert [one.window for one in desk.waiting] == [number, *[None] * (count - 1)]
    assert desk.waiting[0].case.id == hall.case


@then("他的单子是空的")
def nothing_listed(hall: Hall) -> None:
    assert desk_of(hall).cases == ()


@when("他在席上拿到这件，用自己的PIN授权")
def authorises_at_his_seat(hall: Hall) -> None:
    assert holding.take_in_hand(hall.office(21), hall.case) is None
    authorise(hall, "梁建业", 21)
    good(hall.answer)


@when(parsers.parse("副代表{name}在{number:d}号窗口用自己的PIN授权"))
@when(parsers.parse("带班的{name}在{number:d}号窗口用自己的PIN授权"))
def authorises(hall: Hall, name: str, number: int) -> None:
    authorise(hall, name, number)


@when(parsers.parse("带班的{name}在{number:d}号窗口用自己的PIN授权，保管人{keeps}开印章"))
def authorises_with_the_keeper(hall: Hall, name: str, number: int, keeps: str) -> None:
    authorise(hall, name, number, keeps)


@then(parsers.parse('带班的{name}再到2号窗口授权，说的是"{words}"'))
def authorises_no_more(hall: Hall, name: str, words: str) -> None:
    authorise(hall, name, 2)
    assert isinstance(hall.answer, Refusal)
    assert words in hall.answer.sentence


@then(parsers.parse('没有授权，说的是"{words}"'))
@then(parsers.parse('没有送审，说的是"{words}"'))
def not_done(hall: Hall, words: str) -> None:
    assert isinstance(hall.answer, Refusal)
    assert words in hall.answer.sentence
    assert case_of(hall, 2).state == "to_authorise"


@then(parsers.parse('这件已用印，批准的是"{who}"，凭的是"{letter}"'))
def sealed_by(hall: Hall, who: str, letter: str) -> None:
    good(hall.answer)
    number = 21 if case_of(hall, 21).state == "sealed" else 2
    office, case = hall.office(number), case_of(hall, number)
    assert case.state == "sealed"
    use = office.read(lambda books: books.seal_use_of(hall.case))
    assert office.hall.roster.name_for(use.approver, use.acting_for) == who
    assert (use.letter, use.flags) == (letter, ())
    assert (case.decision.letter, case.decision.acting_for) == (letter, use.acting_for)


@then(parsers.parse('21号席看到的用印登记也写着"{who}"'))
def seen_elsewhere(hall: Hall, who: str) -> None:
    sync(hall)
    office = hall.office(21)
    use = office.read(lambda books: books.seal_use_of(hall.case))
    assert office.hall.roster.name_for(use.approver, use.acting_for) == who


@then(parsers.parse("他今天授权的有{count:d}件"))
def authorised_today(hall: Hall, count: int) -> None:
    found = desk_of(hall).authorised
    assert [one.case.id for one in found if one.case] == [hall.case] * count
    assert found[0].use.window == 21


@then("中心什么都有")
def all_there(hall: Hall) -> None:
    sync(hall)
    for number in DESKS:
        office = hall.office(number)
        tally = office.parts.vault.journal.tally()
        assert set(tally) == {"applied"}, (number, tally)
        assert office.parts.centre.hello().head == office.parts.vault.journal.head().hash


@when("许可心登记梁建业离岗")
def chief_away(hall: Hall) -> None:
    good(cover.record_absence(hall.office(2), "P201", "到局里开会"))
    sync(hall)


@when("副代表尹秋实在2号窗口顶上了")
def deputy_steps_in(hall: Hall) -> None:
    office = hall.office(2)
    deputy = office.hall.roster.people["P202"]
    key = deciding.unlock(office, deputy, training_pin("P202"), None)
    assert not isinstance(key, Refusal)
    assert cover.step_in_for_chief(office, deputy, key.sign) is None


@when("首席代表梁建业坐到21号席，返岗了，2号窗口还没听说")
def chief_is_back(hall: Hall) -> None:
    hall.desks[21].rounds(2)
    sits(hall, "梁建业")
    hall.desks[21].rounds(2)


@when("2号窗口和中心对上")
def agreed(hall: Hall) -> None:
    sync(hall)


@when(parsers.parse('沈启明登记授权书"{number}"，授给贺知远，只管今天'))
def records_letter(hall: Hall, number: str) -> None:
    scan = hall.folder / "letter.pdf"
    scan.write_bytes(b"%PDF-1.4 a letter for the day")
    draft = letters.day_letter(hall.office(21), "SJJ")
    draft = replace(draft, number=number, person=PEOPLE["贺知远"])
    good(letters.record_letter(hall.office(21), draft, scan))
    sync(hall)


@then(parsers.parse('沈启明想自己复核，说的是"{words}"'))
def confirms_himself(hall: Hall, words: str) -> None:
    row = hall.office(21).read(lambda books: books.recorded_letters_since(hall.office(21).parts.clock.now().date()))[0]
    refused = letters.confirm_letter(hall.office(21), row.number)
    assert isinstance(refused, Refusal)
    assert words in refused.sentence


@when(parsers.parse('方雅琴坐到21号席，复核了授权书"{number}"'))
def confirms(hall: Hall, number: str) -> None:
    sits(hall, "方雅琴")
    good(letters.confirm_letter(hall.office(21), number))
    sync(hall)


@when(parsers.parse('方雅琴停用了授权书"{number}"，2号窗口还没听说'))
def ends(hall: Hall, number: str) -> None:
    good(letters.end_letter(hall.office(21), number, "带班的人换了"))
    hall.desks[21].rounds(2)


@then("中心有授权书的扫描件")
def scan_there(hall: Hall) -> None:
    office = hall.office(21)
    uploader = Uploader(office)
    row = office.read(lambda books: books.recorded_letters_since(office.parts.clock.now().date()))[0]
    for _ in range(20):
        if uploader.step() > 1:
            break
    assert office.parts.vault.blobs.standings([row.scan])[row.scan].state == "there"
    assert letters.scan_of(hall.office(2), row.number) == b"%PDF-1.4 a letter for the day"


@then(parsers.parse('2号窗口的"授权"两边各有说法，说的是"{words}"'))
def conflicting(hall: Hall, words: str) -> None:
    row = hall.row("授权")
    assert row.state == "conflict", row
    assert words in row.sentence


@when(parsers.parse('值班长沈启明写明"{note}"，追认授权'))
def ratifies(hall: Hall, note: str) -> None:
    sits(hall, "沈启明")
    sync(hall)
    tasks = [t for t in duty_desk.open_tasks(hall.office(21)) if task_words[t.kind] == "两个说法"]
    (task,) = [t for t in tasks if t.command == hall.row("授权").id]
    good(settling.ratify(hall.office(21), task.command, note))
    sync(hall)
    deciding.finish_sealing(hall.office(2))
    sync(hall)


@then(parsers.parse('中心的这一件已用印，凭的是"{letter}"'))
def ratified(hall: Hall, letter: str) -> None:
    case = case_of(hall, 21)
    assert (case.state, case.decision.letter) == ("sealed", letter)
    assert hall.office(21).read(lambda books: books.seal_use_of(hall.case)).flags == ()


@when(parsers.parse('4号窗口收下并受理了"{short}"，提了意见，交到席上'))
def outside_case(hall: Hall, short: str) -> None:
    hall.case = visited(hall, 4, short, "B", stays=False)
    good(holding.give_back(hall.office(4), hall.case))
    sync(hall)


@then(parsers.parse('不在他授权内的有{count:d}件，说的是"{words}"'))
def outside(hall: Hall, count: int, words: str) -> None:
    found = desk_of(hall).outside
    assert [one.case.id for one in found] == [hall.case] * count
    assert all(words in one.refusal.sentence for one in found)


@then(parsers.parse("不在他授权内的有{count:d}件"))
def outside_now(hall: Hall, count: int) -> None:
    assert len(desk_of(hall).outside) == count


@when(parsers.parse('他把这件送审，送给"{taker}"'))
def sends_out(hall: Hall, taker: str) -> None:
    office = hall.office(21)
    (found,) = desk_of(hall).outside
    hall.answer = sending_out.send_out(office, hall.case, sending_out.why_of(found.refusal), taker)
    assert isinstance(hall.answer, Done), hall.answer


@when("许可心想把这件送审")
def clerk_sends_out(hall: Hall) -> None:
    hall.answer = sending_out.send_out(hall.office(2), hall.case, "不想办", "局里")


@then(parsers.parse('这件是"{words}"，写着为什么、送给谁、谁送的'))
def sent_out(hall: Hall, words: str) -> None:
    case = case_of(hall, 21)
    assert state_words[case.state] == words
    sent = case.sent_out
    assert (sent.why, sent.taker, sent.by) == ("这个事项不在首席代表的授权书里", "食品经营科 伍先生", "P201")


@then("送审单打出来了")
def slip_out(hall: Hall) -> None:
    office = hall.office(21)
    (job,) = [j for j in office.parts.vault.spool.jobs(50) if j.doc_type == "送审单"]
    assert job.id in hall.answer.papers
    assert "食品经营科 伍先生" in job.payload.decode()


@then(parsers.parse('4号窗口看到的也是"{words}"，中心什么都有'))
def seen_at_window(hall: Hall, words: str) -> None:
    sync(hall)
    assert state_words[case_of(hall, 4).state] == words
    all_there(hall)

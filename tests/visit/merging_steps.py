"""The steps behind 断线与归并.feature: three real offices without a screen, each by a line of its own, before one centre process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from pytest_bdd import given, parsers, then, when

from clerk_app.cases.model import Applicant, Case
from clerk_app.command import Refusal
from clerk_app.duty.training import training_pin
from clerk_app.office.counter import deciding, visit
from clerk_app.office.counter.papers import report_papers
from clerk_app.office.counter.prepared import prepare
from clerk_app.office.line import holding
from clerk_app.office.office import Done
from clerk_app.office.oversight import conflicts, duty_desk, settling
from clerk_app.office.registration import saving
from clerk_app.office.registration.reference import company_form
from clerk_app.oversight.model import task_words
from clerk_app.registration.practice import practised
from clerk_app.registration.usecases import FORM
from tests.contracts.running_centre import CODE, chore, load_centre, serving_centre
from tests.nursery import centre_process
from tests.office.test_deciding import Pages, example
from tests.seal_fakes import with_seals
from tests.server.real_windows import RealHall, RealWindow, in_step

KINDS = {
    "开始用印": "begin_seal_use",
    "受理": "accept_case", "提意见": "propose_decision", "存表": "save_form", "分送": "route_form", "自检": "check_form", "授权": "authorise_decision", "记用印": "mark_sealed",
}  # fmt: skip
PEOPLE = {2: "P203", 3: "P204", 21: "P101"}


def good(outcome: Any) -> Any:
    assert not isinstance(outcome, Refusal), outcome
    return outcome


@dataclass
class Hall:
    """The three desks, the centre's folder, the case, and what was answered last."""

    folder: Path
    real: RealHall
    desks: dict[int, RealWindow] = field(default_factory=dict)
    case: str = ""
    code: str = ""
    answer: Any = None
    printed: dict[int, str] = field(default_factory=dict)

    def office(self, number: int):
        return self.desks[number].office

    def sync(self) -> None:
        in_step(self.desks.values())

    def case_at(self, number: int) -> Case:
        case = self.office(number).read(lambda books: books.case(self.case))
        assert case is not None
        return case

    def row(self, word: str, number: int = 2):
        rows = self.office(number).parts.vault.journal.rows((), 200)
        return next(row for row in rows if row.kind == KINDS[word])

    def tasks(self, word: str) -> list[Any]:
        self.sync()
        return [task for task in duty_desk.open_tasks(self.office(21)) if task_words[task.kind] == word]

    def form_at(self, number: int) -> dict[str, Any]:
        return self.office(number).read(lambda books: books.form(self.case)).document


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loaded")
    load_centre(folder)
    return folder / "centre.db"


@pytest.fixture
def hall(tmp_path: Path, loaded: Path) -> Iterator[Hall]:
    shutil.copy2(loaded, tmp_path)
    with serving_centre(tmp_path) as url:
        real = RealHall(tmp_path, url, CODE)
        try:
            yield Hall(tmp_path, real)
        finally:
            real.close()


@given("2号窗口许可心、3号窗口段明远、21号席沈启明都连着中心")
def seated(hall: Hall) -> None:
    for number, person in PEOPLE.items():
        desk = hall.desks[number] = hall.real.window(number)
        desk.rounds(2)
        desk.sits(person, f"lian-xi-{person[-3:]}")
    hall.sync()


@given(parsers.parse('2号窗口收下了"{short}"，登记表填好了'))
def received(hall: Hall, short: str) -> None:
    office = hall.office(2)
    item = next(i for i in office.hall.items.values() if i.short == short)
    assert item.form == FORM
    good(visit.take_ticket(office, "A"))
    hall.sync()
    good(visit.call_next(office))
    day = office.parts.clock.now().date()
    ticket = office.read(lambda books: books.open_call_at(2, day))
    good(visit.arrive(office, ticket.id))
    brought = tuple(m.name for m in item.materials)
    good(visit.receive(office, ticket.id, item.code, Applicant(name="江州春禾餐饮管理有限公司"), brought))
    hall.case = office.read(lambda books: books.case_of_ticket(ticket.id)).id
    good(saving.save_form(office, hall.case, practised(example(), office.parts.clock.now().date())))
    hall.sync()
    assert holding.HoldRenewer(office).renew() == 1, "the centre tells the code of the case"


@when(parsers.parse("{number:d}号窗口的线路断了"))
def cut(hall: Hall, number: int) -> None:
    hall.desks[number].line.cut()
    hall.desks[number].rounds(1)
    assert not hall.desks[number].keeper.state.connected


@when(parsers.parse("{number:d}号窗口的线路恢复"))
def join(hall: Hall, number: int) -> None:
    hall.desks[number].line.join()
    hall.sync()
    assert hall.desks[number].keeper.state.connected


@when(parsers.parse("{number:d}号窗口受理了这一件，回执打出来了"))
def accepts(hall: Hall, number: int) -> None:
    office = hall.office(number)
    good(visit.accept(office, hall.case_at(number)))
    hall.printed[number] = hall.case_at(number).case_no
    spool = office.parts.vault.spool
    while job := spool.take_next(office.parts.settings.printer):
        spool.answer(job.id, "done", "")
    report_papers(office)


@when(parsers.parse("{number:d}号窗口提了意见"))
def proposes(hall: Hall, number: int) -> None:
    good(deciding.propose(hall.office(number), hall.case, "grant", "材料齐全，符合法定形式。"))


@then(parsers.parse('{number:d}号窗口拿不到这一件，说的是"{words}"'))
def not_taken(hall: Hall, number: int, words: str) -> None:
    hall.sync()
    refusal = holding.take_in_hand(hall.office(number), hall.case)
    assert refusal is not None
    assert words in refusal.sentence


@when(parsers.parse('值班长请解除占用，原因是"{reason}"'))
def asks(hall: Hall, reason: str) -> None:
    hall.sync()
    good(duty_desk.ask_break(hall.office(21), f"case:{hall.case}", reason))


@when("首席代表梁建业用自己的PIN同意解除")
def agrees(hall: Hall) -> None:
    (task,) = hall.tasks("要解除占用")
    office = hall.office(21)
    chief = office.hall.roster.people["P201"]
    wrong = duty_desk.agree_break(office, task.command, chief, "000000")
    assert isinstance(wrong, Refusal)
    good(duty_desk.agree_break(office, task.command, chief, training_pin("P201")))
    hall.sync()


@then(parsers.parse("{number:d}号窗口拿到这一件"))
@when(parsers.parse("{number:d}号窗口拿到这一件"))
def taken(hall: Hall, number: int) -> None:
    hall.sync()
    assert holding.take_in_hand(hall.office(number), hall.case) is None


@when("占用解除了，3号窗口拿到这一件")
def broken(hall: Hall) -> None:
    asks(hall, "2号窗口断线")
    agrees(hall)
    taken(hall, 3)


@when("占用解除了，3号窗口拿到这一件，受理后交到席上")
def broken_and_worked_on(hall: Hall) -> None:
    broken(hall)
    accepts(hall, 3)
    gives_back(hall, 3)


@when(parsers.parse("{number:d}号窗口把这一件交到席上"))
def gives_back(hall: Hall, number: int) -> None:
    good(holding.give_back(hall.office(number), hall.case))
    hall.sync()


@then(parsers.parse('2号窗口的"{word}"中心没收，说的是"{words}"'))
def refused(hall: Hall, word: str, words: str) -> None:
    row = hall.row(word)
    assert row.state == "refused"
    assert words in row.sentence


@then(parsers.parse('2号窗口的"{word}"跟着放下了'))
def aside(hall: Hall, word: str) -> None:
    assert hall.row(word).state == "set_aside"


@then("2号窗口看到的是3号窗口受理的编号")
def sees_theirs(hall: Hall) -> None:
    hall.sync()
    assert hall.case_at(2).case_no == hall.printed[3]
    assert hall.printed[3] != hall.printed.get(2)


@then(parsers.parse('待办里有"{word}"，写着2号窗口打出的编号'))
def task_with_number(hall: Hall, word: str) -> None:
    (task,) = hall.tasks(word)
    assert hall.printed[2] in task.words
    assert task.command == hall.row("受理").id


@then(parsers.parse('待办里有"{word}"'))
def task_there(hall: Hall, word: str) -> None:
    assert len(hall.tasks(word)) == 1


@then(parsers.parse('待办里没有"{word}"'))
def task_gone(hall: Hall, word: str) -> None:
    assert hall.tasks(word) == []


@when("2号窗口收回了那张回执")
def takes_back(hall: Hall) -> None:
    good(settling.take_back(hall.office(2), hall.row("受理").id, "回执已收回，换给新的。"))


@then(parsers.parse("2号窗口还有{count:d}步等人定"))
def troubled(hall: Hall, count: int) -> None:
    hall.sync()
    assert hall.desks[2].keeper.state.troubled == count
    assert hall.office(2).parts.vault.journal.troubled() == count


@when(parsers.parse('2号窗口把"{word}"作罢'))
def drops(hall: Hall, word: str) -> None:
    rows = hall.office(2).parts.vault.journal.rows(("refused", "set_aside", "conflict"), 50)
    row = next(row for row in rows if row.kind == KINDS[word] and not row.settled)
    good(settling.drop(hall.office(2), row.id, "不用了"))


@when(parsers.parse('2号窗口想把"{word}"重办'))
def wants_again(hall: Hall, word: str) -> None:
    hall.answer = settling.reissue(hall.office(2), hall.row(word).id)


@then(parsers.parse('没有重办，说的是"{words}"'))
@then(parsers.parse('没有接手，说的是"{words}"'))
def not_again(hall: Hall, words: str) -> None:
    assert isinstance(hall.answer, Refusal)
    assert words in hall.answer.sentence


@when(parsers.parse('2号窗口把"{word}"重办'))
def again(hall: Hall, word: str) -> None:
    old = hall.row(word)
    done = good(settling.reissue(hall.office(2), old.id))
    assert isinstance(done, Done)
    settled = hall.office(2).read(lambda books: books.settlement(old.id))
    assert (settled.how, settled.replaced_by) == ("reissued", done.command)
    assert isinstance(settling.reissue(hall.office(2), old.id), Refusal), "once"


@then("中心的这一件在等授权")
def waits_for_signature(hall: Hall) -> None:
    hall.sync()
    assert hall.case_at(3).state == "to_authorise"


def change(hall: Hall, number: int, **company: str) -> None:
    document = hall.form_at(number)
    good(saving.save_form(hall.office(number), hall.case, {**document, "company": {**document["company"], **company}}))


@when(parsers.parse('{number:d}号窗口把公司名称改成"{name}"，电话改成"{phone}"'))
def renames_and_phone(hall: Hall, number: int, name: str, phone: str) -> None:
    change(hall, number, name=name, phone=phone)


@when(parsers.parse('{number:d}号窗口把公司名称改成"{name}"'))
def renames(hall: Hall, number: int, name: str) -> None:
    hall.sync()
    change(hall, number, name=name)


@when(parsers.parse('{number:d}号窗口把电话改成"{phone}"'))
def new_phone(hall: Hall, number: int, phone: str) -> None:
    hall.sync()
    change(hall, number, phone=phone)


@then(parsers.parse('2号窗口的"{word}"两边各有说法："{mine}"和"{theirs}"'))
def both(hall: Hall, word: str, mine: str, theirs: str) -> None:
    row = hall.row(word)
    assert row.state == "conflict"
    found = conflicts.conflict_of(hall.office(2), row.id)
    assert found is not None
    (choice,) = found.choices
    assert (choice.path, choice.mine, choice.theirs) == ("/company/name", mine, theirs)
    assert choice.label == company_form().by_id["company.name"].label
    assert found.others == 1


@when("2号窗口选了中心的说法")
def picks(hall: Hall) -> None:
    row, office = hall.row("存表"), hall.office(2)
    assert isinstance(conflicts.resolve(office, row.id, {}), Refusal)
    good(conflicts.resolve(office, row.id, {"/company/name": "theirs"}))
    assert conflicts.conflict_of(office, row.id) is None


@then(parsers.parse('登记表上公司名称是"{name}"，电话是"{phone}"'))
def form_says(hall: Hall, name: str, phone: str) -> None:
    hall.sync()
    for number in (2, 3, 21):
        company = hall.form_at(number)["company"]
        assert (company["name"], company["phone"]) == (name, phone)


@when("2号窗口读出这一件的交接码")
def reads_out(hall: Hall) -> None:
    code = good(holding.release_code_of(hall.office(2), hall.case))
    assert code.unsent == 0
    hall.code = code.code


@then(parsers.parse('2号窗口想受理，说的是"{words}"'))
def cannot_accept(hall: Hall, words: str) -> None:
    refusal = visit.accept(hall.office(2), hall.case_at(2))
    assert isinstance(refusal, Refusal)
    assert words in refusal.sentence


@when("3号窗口输错交接码")
def wrong_code(hall: Hall) -> None:
    hall.answer = holding.take_over(hall.office(3), hall.case, f"{(int(hall.code) + 1) % 10**8:08d}")


@when("3号窗口输入读出来的交接码")
def right_code(hall: Hall) -> None:
    spaced = f"{hall.code[:4]} {hall.code[4:]}"
    assert holding.take_over(hall.office(3), hall.case, spaced) is None


@when("局里收回了市监的授权书，2号窗口还没听说")
def letter_revoked(hall: Hall) -> None:
    office = hall.office(2)
    document = dict(office.parts.vault.keep.hall_document(office.hall.version))
    start = office.hall.roster.letter_for(hall.case_at(2).item, "SJJ").start
    document["authorisations"] = [
        {**a, "to": start.isoformat()} if a["department"] == "SJJ" else a for a in document["authorisations"]
    ]
    file = hall.folder / "later.yaml"
    file.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    child = centre_process(chore(hall.folder, "load-hall", str(file), "--yes"))
    child.communicate(60)
    assert child.returncode == 0


@when("首席代表梁建业在2号窗口用自己的PIN授权用印")
def authorises(hall: Hall) -> None:
    office = hall.office(2)
    with_seals(office, pages=Pages())
    prepared = good(prepare(office, hall.case, "P201", "grant", "同意。"))
    good(deciding.authorise(office, prepared, office.hall.roster.people["P201"], training_pin("P201")))
    assert hall.case_at(2).state == "sealed"


@when("2号窗口和中心对上")
def agreed(hall: Hall) -> None:
    hall.sync()
    deciding.finish_sealing(hall.office(2))
    hall.sync()


@then(parsers.parse('2号窗口的"{word}"两边各有说法，说的是"{words}"'))
def conflicting(hall: Hall, word: str, words: str) -> None:
    row = hall.row(word)
    assert row.state == "conflict"
    assert words in row.sentence


@then("用印登记里有这一次用印")
def seal_used(hall: Hall) -> None:
    use = hall.office(3).read(lambda books: books.seal_use_of(hall.case))
    assert use.flags == ("没有授权的用印",)


@when(parsers.parse('值班长写明"{note}"，追认授权'))
def ratifies(hall: Hall, note: str) -> None:
    (task,) = [one for one in hall.tasks("两个说法") if one.command == hall.row("授权").id]
    good(settling.ratify(hall.office(21), task.command, note))
    hall.sync()


@then("中心的这一件已用印")
def sealed(hall: Hall) -> None:
    case = hall.case_at(3)
    assert (case.state, case.decision.by) == ("sealed", "P201")
    assert hall.office(3).read(lambda books: books.seal_use_of(hall.case)).flags == ()

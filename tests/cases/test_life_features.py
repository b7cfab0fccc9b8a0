"""The features of handling: over books in memory, every act through the judge both offices use."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from clerk_app.cases.catalogue import Remedies
from clerk_app.cases.clocks import clocks_of
from clerk_app.cases.extending import AskExtension, RecordExtension, rank_words
from clerk_app.cases.handling import RecordSiteCheck
from clerk_app.cases.joint import RecordPartnerOpinion, overdue_partners
from clerk_app.cases.life import procedure_words
from clerk_app.cases.model import Case, DueDates
from clerk_app.cases.special import AskSpecialProcedure, ConfirmSpecialProcedure, EndSpecialProcedure
from clerk_app.cases.states import state_words
from clerk_app.cases.voiding import AgreeVoidStamp, AskVoidStamp, DropVoidStamp, OpenReplacement
from clerk_app.command import Refusal
from clerk_app.outside.ids import new_id
from clerk_app.sealing.register_lines import register_lines
from clerk_app.sealing.register_rows import BookRows, CaseGlimpse, Names
from clerk_app.sealing.register_words import VOID
from tests.cases.counter import CLERK, MANAGER, Counter, day
from tests.cases.test_voiding import serving

scenarios("特别程序.feature", "延期.feature", "并联.feature", "部门决定.feature", "盖错章.feature")

OUTCOMES = {"准予": "grant", "不予": "refuse"}
DATED = r"\d{4}-\d\d-\d\d"


@dataclass
class Scene:
    """One case at one counter, and the last answer."""

    counter: Counter = field(default_factory=Counter)
    key: str = ""
    answer: Refusal | None = None
    first_number: str = ""
    new: str = ""

    @property
    def case(self) -> Case:
        return self.counter.case(self.key)

    @property
    def chief(self) -> str:
        return self.counter.chief(self.key)

    @property
    def item(self):
        return self.counter.books.hall.items[self.case.item]

    def clocks(self):
        hall = self.counter.books.hall
        found = clocks_of(self.case, self.item, hall.calendar, hall.off_work, self.counter.now.date())
        return {clock.kind: clock for clock in found}

    def department(self, name: str) -> str:
        return next(d.id for d in self.counter.books.roster.departments.values() if d.name == name)


@pytest.fixture
def scene() -> Scene:
    return Scene()


@given(parsers.parse('{on} 受理了一件"{short}"，承诺 {promised}，法定 {statutory}'))
def accepted(scene: Scene, on: str, short: str, promised: str, statutory: str) -> None:
    scene.key = scene.counter.accepted(short, on)
    is_due(scene, promised, statutory)


def is_due(scene: Scene, promised: str, statutory: str) -> None:
    clocks = scene.clocks()
    shown = (clocks["promised"].due.isoformat(), clocks["statutory"].due.isoformat())
    assert shown == (promised, statutory)
    assert (scene.case.due.promised.isoformat(), scene.case.due.statutory.isoformat()) == (promised, statutory)


@then(parsers.re(f'这件是"(?P<word>[^"]+)"，承诺 (?P<promised>{DATED})，法定 (?P<statutory>{DATED})'))
def stands_and_is_due(scene: Scene, word: str, promised: str, statutory: str) -> None:
    stands(scene, word)
    is_due(scene, promised, statutory)


@then(parsers.re('这件是"(?P<word>[^"]+)"'))
def stands(scene: Scene, word: str) -> None:
    assert state_words[scene.case.state] == word


@then(parsers.re('这件是"(?P<word>[^"]+)"，期限照走'))
def stands_and_runs(scene: Scene, word: str) -> None:
    stands(scene, word)
    assert scene.clocks()["promised"].running
    assert scene.clocks()["statutory"].running


@then(parsers.re('这件是"(?P<word>[^"]+)"，两只钟都停着'))
def stands_and_rests(scene: Scene, word: str) -> None:
    stands(scene, word)
    assert [scene.clocks()[kind].paused for kind in ("promised", "statutory")] == [True, True]


@then(parsers.re('没有办成，说的是"(?P<words>[^"]+)"'))
def not_done(scene: Scene, words: str) -> None:
    assert isinstance(scene.answer, Refusal)
    assert words in scene.answer.sentence


@when(parsers.re(f"到了 (?P<on>{DATED})"))
def it_is(scene: Scene, on: str) -> None:
    scene.counter.now = day(on)
    scene.counter.hold_again(scene.key)


@when(parsers.re(f'窗口(?P<tries>提出|想提)"(?P<word>[^"]+)"，预计 (?P<end>{DATED}) 结束，因为"(?P<why>[^"]+)"'))
def asks_pause(scene: Scene, tries: str, word: str, end: str, why: str) -> None:
    procedure = next(key for key, name in procedure_words.items() if name == word)
    words = {"procedure": procedure, "planned_end": date.fromisoformat(end), "reason": why}
    scene.answer = scene.counter.act(AskSpecialProcedure, CLERK, case=scene.key, **words)
    assert tries == "想提" or scene.answer is None


@when("首席代表确认了特别程序")
def confirms_pause(scene: Scene) -> None:
    scene.counter.good(ConfirmSpecialProcedure, scene.chief, case=scene.key)


@when("窗口想自己确认特别程序")
def clerk_confirms_pause(scene: Scene) -> None:
    scene.answer = scene.counter.act(ConfirmSpecialProcedure, CLERK, case=scene.key)


@when(parsers.re(f'到了 (?P<on>{DATED})，专家评审有了结果"(?P<result>[^"]+)"'))
def pause_ends(scene: Scene, on: str, result: str) -> None:
    it_is(scene, on)
    days = {"promised": date(2026, 12, 9), "statutory": date(2026, 12, 25)}
    for name in days:  # one day less on either clock is not taken
        early = DueDates(**{**days, name: days[name] - timedelta(days=1)})
        words = {"result": result, "ended_on": date.fromisoformat(on), "due": early}
        assert scene.counter.refused(EndSpecialProcedure, CLERK, case=scene.key, **words) == "due-too-early"
    words = {"result": result, "ended_on": date.fromisoformat(on), "due": DueDates(**days)}
    scene.counter.good(EndSpecialProcedure, CLERK, case=scene.key, **words)


@when(parsers.re('窗口请延期 (?P<days>\\d+) 天，因为"(?P<why>[^"]+)"'))
def asks_extension(scene: Scene, days: str, why: str) -> None:
    scene.counter.good(AskExtension, CLERK, case=scene.key, days=int(days), reason=why)


@when(parsers.parse("窗口想再延 {days:d} 天"))
def asks_more(scene: Scene, days: int) -> None:
    scene.answer = scene.counter.act(AskExtension, CLERK, case=scene.key, days=days, reason="还不够")


def extend(scene: Scene, word: str, document_no: str) -> Refusal | None:
    rank = next(key for key, name in rank_words.items() if name == word)
    days = scene.case.life.extension.days
    longer = scene.counter.books.calendar.due(scene.case.accepted_on, scene.item.statutory.n + days).due
    due = replace(scene.case.due, statutory=longer)
    words = {"approver": "游广川", "rank": rank, "document_no": document_no, "due": due}
    return scene.counter.act(RecordExtension, scene.chief, case=scene.key, **words)


@when(parsers.re('首席代表记下"(?P<word>[^"]+)"游广川批准的延期，文号"(?P<number>[^"]+)"'))
def extends(scene: Scene, word: str, number: str) -> None:
    assert extend(scene, word, number) is None
    assert scene.case.life.extension.document_no == number


@when(parsers.re('首席代表想记"(?P<word>[^"]+)"批准的延期'))
def extends_by_another_rank(scene: Scene, word: str) -> None:
    scene.answer = extend(scene, word, "江政延〔2026〕1号")


@given(parsers.re(f'抄告了"(?P<names>[^"]+)"，都要在 (?P<due>{DATED}) 前回复'))
def told(scene: Scene, names: str, due: str) -> None:
    asked = [(p.department, p.due.isoformat()) for p in scene.case.life.partners]
    assert asked == [(scene.department(name), due) for name in names.split("、")]


@given(parsers.re('本地规定写着"(?P<rule>[^"]+)"'))
def local_rule(scene: Scene, rule: str) -> None:
    scene.counter.change_item(scene.item.short, partner_silence=rule)


@when(parsers.re('"(?P<name>[^"]+)"回了"(?P<outcome>同意|不同意)"，"(?P<words>[^"]+)"'))
def partner_says(scene: Scene, name: str, outcome: str, words: str) -> None:
    said = {
        "outcome": "agree" if outcome == "同意" else "disagree",
        "words": words,
        "by_name": "苗青",
        "document_no": "函1",
    }
    scene.counter.good(RecordPartnerOpinion, CLERK, case=scene.key, department=scene.department(name), **said)


@when(parsers.re('窗口(?P<tries>想提|提了)"(?P<outcome>准予|不予)"'))
def proposes(scene: Scene, tries: str, outcome: str) -> None:
    scene.answer = scene.counter.propose(scene.key, OUTCOMES[outcome])
    assert (scene.answer is None) == (tries == "提了")


@then(parsers.re('协办逾期的是"(?P<name>[^"]+)"'))
def overdue(scene: Scene, name: str) -> None:
    late = overdue_partners(scene.case, scene.item, scene.counter.now.date())
    assert [p.department for p in late] == [scene.department(name)]


@then(parsers.re('这件是"(?P<word>[^"]+)"，"(?P<name>[^"]+)"记的还是没有意见'))
def silent_still(scene: Scene, word: str, name: str) -> None:
    stands(scene, word)
    (partner,) = [p for p in scene.case.life.partners if p.department == scene.department(name)]
    assert partner.silent
    assert partner.outcome == ""


@given(parsers.re('(?P<first>\\S+)、(?P<second>\\S+)去现场看过，窗口提了"(?P<outcome>准予|不予)"'))
def checked_and_proposed(scene: Scene, first: str, second: str, outcome: str) -> None:
    seen = {"people": (first, second), "on": scene.counter.now.date(), "finding": "合格"}
    scene.counter.good(RecordSiteCheck, CLERK, case=scene.key, **seen)
    assert scene.counter.propose(scene.key, OUTCOMES[outcome]) is None


@given("这件送审了")
def sent_out(scene: Scene) -> None:
    assert scene.counter.send_out(scene.key) is None


@when(
    parsers.re(
        f'窗口记下部门"(?P<outcome>准予|不予)"，局长(?P<who>\\S+) (?P<on>{DATED}) 定的，文号"(?P<number>[^"]+)"，扫描件在'
    )
)
def department_decides(scene: Scene, outcome: str, who: str, on: str, number: str) -> None:
    paper = {"decided_by": who, "document_no": number, "decided_on": date.fromisoformat(on)}
    scan = scene.counter.scanned(scene.key)
    assert scene.counter.department_says(scene.key, OUTCOMES[outcome], scan=scan, **paper) is None


@when(parsers.re('窗口想记部门"(?P<outcome>准予|不予)"，扫描件还没加'))
def department_without_scan(scene: Scene, outcome: str) -> None:
    scene.answer = scene.counter.department_says(scene.key, OUTCOMES[outcome], scan="0" * 64)


@when('首席代表自己记下部门"准予"，扫描件在')
def chief_records(scene: Scene) -> None:
    scan = scene.counter.scanned(scene.key)
    assert scene.counter.department_says(scene.key, "grant", scene.chief, scan=scan) is None


@when(parsers.re('窗口记下部门退回，因为"(?P<why>[^"]+)"'))
def department_returns(scene: Scene, why: str) -> None:
    assert scene.counter.department_says(scene.key, "return", words=why) is None


@when("大厅资料里没有写复议机关和法院")
def no_remedies(scene: Scene) -> None:
    scene.counter.change_item(scene.item.short, remedies=Remedies())


@when("首席代表想授权用章")
def tries_seal_use(scene: Scene) -> None:
    scene.answer = scene.counter.authorise_seal(scene.key)
    assert scene.case.decision is None


@when("首席代表授权用章，盖了")
def seals_departments(scene: Scene) -> None:
    assert scene.counter.authorise_seal(scene.key) is None
    assert scene.counter.seal(scene.key) is None


@then(parsers.re('这件是"(?P<word>[^"]+)"，文号是"(?P<number>[^"]+)"，没有凭授权书'))
def sealed_by_the_departments_word(scene: Scene, word: str, number: str) -> None:
    stands(scene, word)
    use = scene.counter.books.seal_uses[scene.case.seal_use]
    assert (use.document_no, use.letter, use.approver, use.flags) == (number, "", scene.chief, ())


@given('窗口提了"准予"，首席代表授权，盖了章')
def sealed(scene: Scene) -> None:
    assert scene.counter.propose(scene.key) is None
    seal(scene)
    scene.first_number = scene.case.decision.document_no


def seal(scene: Scene) -> None:
    assert scene.counter.authorise(scene.key) is None
    assert scene.counter.seal(scene.key) is None


@when(parsers.re('首席代表请作废这次用印，因为"(?P<why>[^"]+)"，那张纸"(?P<paper>[^"]+)"'))
def asks_void(scene: Scene, why: str, paper: str) -> None:
    scene.counter.good(AskVoidStamp, scene.chief, case=scene.key, reason=why, paper=paper)


@when("首席代表想请作废这次用印")
def tries_void(scene: Scene) -> None:
    scene.answer = scene.counter.act(AskVoidStamp, scene.chief, case=scene.key, reason="错了", paper="在申请人手里")


@when("值班长同意作废")
def agrees_void(scene: Scene) -> None:
    scene.counter.good(AgreeVoidStamp, MANAGER, case=scene.key)


@when("首席代表想自己同意作废")
def agrees_alone(scene: Scene) -> None:
    scene.answer = scene.counter.act(AgreeVoidStamp, scene.chief, case=scene.key)


@when(parsers.re('值班长看过，不作废，因为"(?P<why>[^"]+)"'))
def drops_void(scene: Scene, why: str) -> None:
    scene.counter.good(DropVoidStamp, MANAGER, case=scene.key, reason=why)


@then(parsers.re(f'这件是"(?P<word>[^"]+)"，期限从 (?P<start>{DATED}) 接着走'))
def runs_on(scene: Scene, word: str, start: str) -> None:
    stands(scene, word)
    clock = scene.clocks()["statutory"]
    assert (clock.running, clock.start.isoformat(), clock.stopped_at) == (True, start, None)


@then("第一次盖章的时间还看得见，写着谁提、谁同意")
def first_time_kept(scene: Scene) -> None:
    (voided,) = scene.case.life.voided
    use = scene.counter.books.seal_uses[voided.seal_use]
    assert (voided.sealed_at, voided.document_no) == (use.at, scene.first_number)
    assert (voided.asked_by, voided.agreed_by) == (scene.chief, MANAGER)


@then(parsers.re('用印登记里那一行写着作废：谁提、谁同意，那张纸"(?P<paper>[^"]+)"'))
def voided_line(scene: Scene, paper: str) -> None:
    case, books = scene.case, scene.counter.books
    glimpse = CaseGlimpse(
        case_no=case.case_no,
        item=case.item,
        item_name=case.item_name,
        applicant=case.applicant,
        voided=case.life.voided,
    )
    rows = BookRows(uses=tuple(books.seal_uses.values()), grants=books.grants, cases={case.id: glimpse})
    (line,) = register_lines(rows, Names(roster=books.roster))
    asked, agreed = (books.roster.name_of(person) for person in (scene.chief, MANAGER))
    assert line.result == VOID
    assert all(word in line.voided for word in (f"{asked}提", f"{agreed}同意", paper))
    assert (line.receiver, line.handed) == ("", "")


@when("首席代表重新授权，盖了章")
def seals_again(scene: Scene) -> None:
    scene.counter.later(minutes=10)
    seal(scene)


@then(parsers.re('这件是"(?P<word>[^"]+)"，文号换了新的'))
def another_number(scene: Scene, word: str) -> None:
    stands(scene, word)
    assert scene.case.decision.document_no != scene.first_number


@then(parsers.parse("用印登记有{count:d}次，作废的那次不算办结"))
def both_in_the_register(scene: Scene, count: int) -> None:
    assert len(scene.counter.books.seal_uses) == count
    assert scene.case.sealed_at > scene.case.life.voided[0].sealed_at
    assert scene.clocks()["statutory"].stopped_at == scene.case.sealed_at


@when("窗口想把结果交给申请人")
def tries_hand_over(scene: Scene) -> None:
    scene.answer = scene.counter.hand_over(scene.key)


@when("窗口把结果交给申请人")
def hands_over(scene: Scene) -> None:
    assert scene.counter.hand_over(scene.key) is None


@when(parsers.re('窗口为更正开了一件新的，因为"(?P<why>[^"]+)"，原件"(?P<original>[^"]+)"'))
def opens_new(scene: Scene, why: str, original: str) -> None:
    scene.new = new_id()
    words = {"replaces": scene.key, "reason": why, "original": original, "query_code": "7K3M-Q9X2"}
    scene.counter.good(OpenReplacement, CLERK, case=scene.new, ticket=serving(scene.counter), **words)


@then(parsers.re('新的一件是"(?P<new>[^"]+)"，连着原来的，原来的还是"(?P<old>[^"]+)"'))
def linked(scene: Scene, new: str, old: str) -> None:
    opened = scene.counter.case(scene.new)
    assert (state_words[opened.state], opened.life.replaces) == (new, scene.key)
    stands(scene, old)

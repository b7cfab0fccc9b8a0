"""经办的步 what a window does to an accepted case until its decision, and after it, as a page offers it."""

from __future__ import annotations

from typing import Literal

from clerk_app.cases.catalogue import Item
from clerk_app.cases.decision import outcome_words
from clerk_app.cases.endings import PROOF, file_list, owed_papers
from clerk_app.cases.joint import STILL
from clerk_app.cases.life import SPECIAL, procedure_words
from clerk_app.cases.model import Case
from clerk_app.cases.proposing import asked_partners
from clerk_app.command import Refusal
from clerk_app.duty.standing import acting
from clerk_app.office.counter import handling, joint
from clerk_app.office.counter.case_act import ActKind, Answers, Ask, chosen, day, lines, number, rows, said
from clerk_app.office.counter.deciding import propose
from clerk_app.office.office import Office, Outcome


def _reason(label: str, hint: str = "") -> Ask:
    return Ask(key="reason", label=label, kind="words", hint=hint)


def _propose(office: Office, case: Case, answers: Answers) -> Outcome:
    outcome = chosen(answers, "outcome", outcome_words)
    return outcome if isinstance(outcome, Refusal) else propose(office, case.id, outcome, said(answers, "words"))


def _check(office: Office, case: Case, answers: Answers) -> Outcome:
    on = day(answers, "on")
    if isinstance(on, Refusal):
        return on
    return handling.record_site_check(office, case.id, lines(answers, "people"), on, said(answers, "finding"))


def _ask_special(office: Office, case: Case, answers: Answers) -> Outcome:
    planned = day(answers, "planned_end")
    if isinstance(planned, Refusal):
        return planned
    chosen = said(answers, "procedure")
    procedure = next((name for name in procedure_words if name == chosen), None)
    if procedure is None:
        return Refusal("procedure-missing", "还没选哪一种特别程序，没有提。选一种再提。")
    return handling.ask_special_procedure(office, case.id, procedure, planned, said(answers, "reason"))


def _end_special(office: Office, case: Case, answers: Answers) -> Outcome:
    ended = day(answers, "ended_on")
    if isinstance(ended, Refusal):
        return ended
    return handling.end_special_procedure(office, case.id, said(answers, "result"), ended)


def _ask_extension(office: Office, case: Case, answers: Answers) -> Outcome:
    days = number(answers, "days")
    return days if isinstance(days, Refusal) else handling.ask_extension(office, case.id, days, said(answers, "reason"))


_partner_words: dict[Literal["agree", "disagree"], str] = {"agree": "同意", "disagree": "不同意"}


def _partner(office: Office, case: Case, answers: Answers) -> Outcome:
    outcome = chosen(answers, "outcome", _partner_words)
    if isinstance(outcome, Refusal):
        return outcome
    return joint.record_partner_opinion(
        office,
        case.id,
        said(answers, "department"),
        outcome,
        said(answers, "words"),
        said(answers, "by_name"),
        said(answers, "document_no"),
    )


def _today(office: Office) -> str:
    return office.parts.clock.now().date().isoformat()


def _people_on_duty(office: Office, case: Case, item: Item) -> tuple[Ask, ...]:
    roster, now = office.hall.roster, office.parts.clock.now()
    here = {p for n in item.windows if n in roster.windows for p in roster.windows[n].posts}
    posts = [post for post in roster.posts.values() if post.id in here or post.department == item.department]
    people = office.read(lambda books: [acting(books, post, now).person for post in posts])
    names = {person: roster.name_of(person) for person in people if person}
    return (Ask(key="to", label="分给", kind="choice", choices=tuple(names.items())),)


def _procedures(office: Office, case: Case, item: Item) -> tuple[Ask, ...]:
    kinds = SPECIAL if not item.consult_workdays else tuple(procedure_words)
    choices = tuple((kind, procedure_words[kind]) for kind in kinds)
    proposed = "expert_review" if item.expert_review else ""
    return (
        Ask(key="procedure", label="哪一种", kind="choice", choices=choices, proposed=proposed),
        Ask(key="planned_end", label="预计结束", kind="day", hint="写进告知书，到期没结束要说明"),
        _reason("为什么"),
    )


def _partner_asks(office: Office, case: Case, item: Item) -> tuple[Ask, ...]:
    names = office.hall.roster.departments
    partners = asked_partners(case, item)
    known = {p.department: names.get(p.department) for p in partners}
    choices = tuple((key, found.name if found else key) for key, found in known.items())
    first = next((p.department for p in partners if p.silent), "")
    return (
        Ask(key="department", label="哪个部门", kind="choice", choices=choices, proposed=first),
        Ask(key="outcome", label="意见", kind="choice", choices=tuple(_partner_words.items())),
        Ask(key="words", label="意见原文", kind="words"),
        Ask(key="by_name", label="谁出的"),
        Ask(key="document_no", label="文号", optional=True),
    )


_opine_asks = (
    Ask(key="outcome", label="提", kind="choice", choices=tuple(outcome_words.items()), proposed="grant"),
    Ask(key="words", label="审查意见", kind="words", hint="光签名不算：写一句为什么"),
)


def _check_asks(office: Office, case: Case, item: Item) -> tuple[Ask, ...]:
    return (
        Ask(key="people", label="谁去的（两人以上）", kind="names", hint="用顿号或换行分开"),
        Ask(key="on", label="哪天去的", kind="day", proposed=_today(office)),
        Ask(key="finding", label="看到什么", kind="words"),
    )


def _end_asks(office: Office, case: Case, item: Item) -> tuple[Ask, ...]:
    return (
        Ask(key="result", label="结果", kind="words"),
        Ask(key="ended_on", label="哪天结束的", kind="day", proposed=_today(office)),
    )


def _days_asks(office: Office, case: Case, item: Item) -> tuple[Ask, ...]:
    most = item.statutory.extend
    return (Ask(key="days", label=f"延几天（最多 {most}）", kind="number", proposed=str(most)), _reason("为什么"))


def _file_asks(office: Office, case: Case, item: Item) -> tuple[Ask, ...]:
    papers = "\n".join(file_list(case))
    contents = Ask(key="contents", label="卷内有", kind="names", proposed=papers, hint=f"一行一样，含{PROOF}")
    owed = "、".join(owed_papers(case))
    if not owed:
        return (contents,)
    return contents, Ask(key="owed_reason", label="容缺未补，为什么归", kind="words", hint=f"{owed}还没补来，写进目录")


REVIEW_ACTS: tuple[ActKind, ...] = (
    ActKind(
        key="propose",
        word="提意见",
        sentence="签名一：提上去等授权。",
        action="propose",
        event="propose",
        offered=lambda case, item: not (item.site_check and case.life.site_check is None),
        asks=lambda office, case, item: _opine_asks,
        do=_propose,
    ),
    ActKind(
        key="site_check",
        word="记现场核查",
        sentence="两人以上，记在件里；没有它不能提意见。",
        action="propose",
        event="opine",
        offered=lambda case, item: item.site_check,
        asks=_check_asks,
        do=_check,
    ),
    ActKind(
        key="opinion",
        word="写审查意见",
        sentence="姓名和时间一起记下。",
        action="propose",
        event="opine",
        asks=lambda office, case, item: (Ask(key="words", label="审查意见", kind="words"),),
        do=lambda office, case, answers: handling.write_opinion(office, case.id, said(answers, "words")),
    ),
    ActKind(
        key="partner",
        word="记协办意见",
        sentence="协办部门的意见记在件里；后来改了的，再记一次。",
        action="receive",
        offered=lambda case, item: case.state in STILL and bool(asked_partners(case, item)),
        asks=_partner_asks,
        do=_partner,
    ),
    ActKind(
        key="assign",
        word="分给别人",
        sentence="件归他办，记在过程里。",
        action="arrange",
        event="assign",
        offered_in=lambda case, item, stamp, books: books.assignment(case.id) is None,
        asks=_people_on_duty,
        do=lambda office, case, answers: handling.assign(office, case.id, said(answers, "to")),
        paper="交接单",
    ),
    ActKind(
        key="ask_special",
        word="提特别程序",
        sentence="首席代表确认之后两个期限停走，出告知书。",
        action="special_procedure",
        event="suspend",
        asks=_procedures,
        do=_ask_special,
    ),
    ActKind(
        key="end_special",
        word="特别程序结束",
        sentence="期限接着走，新的日子写在件上。",
        action="special_procedure",
        event="resume",
        asks=_end_asks,
        do=_end_special,
    ),
    ActKind(
        key="ask_extension",
        word="请延期",
        sentence="报上去批；批下来之前期限不变。",
        action="extend",
        event="extend",
        offered=lambda case, item: (
            item.statutory.extend > 0 and not (case.life.extension and case.life.extension.granted)
        ),
        asks=_days_asks,
        do=_ask_extension,
    ),
    ActKind(
        key="withdraw",
        word="申请人撤回",
        sentence="件到此为止，改不回来；出撤回确认书。",
        action="receive",
        event="withdraw",
        asks=lambda office, case, item: (_reason("书面撤回", "写清哪天交来的什么材料"),),
        do=lambda office, case, answers: handling.withdraw(office, case.id, said(answers, "reason")),
        paper="撤回确认书",
    ),
    ActKind(
        key="archive",
        word="归档",
        sentence="卷内材料齐了才归。",
        action="receive",
        event="archive",
        asks=_file_asks,
        do=lambda office, case, answers: handling.archive(
            office, case.id, rows(answers, "contents"), said(answers, "owed_reason")
        ),
        paper="卷内目录",
    ),
    ActKind(
        key="green",
        word="走绿色通道",
        sentence="理由记在件里，单子上标出来。",
        action="receive",
        offered=lambda case, item: not case.life.green,
        asks=lambda office, case, item: (_reason("理由"),),
        do=lambda office, case, answers: handling.set_green(office, case.id, said(answers, "reason")),
    ),
    ActKind(
        key="assisted",
        word="帮办代办",
        sentence="谁代办、凭什么、要做哪几项，记在件里。",
        action="receive",
        asks=lambda office, case, item: (
            Ask(key="agent", label="代办人"),
            Ask(key="paper", label="凭什么（委托书）"),
            Ask(key="todo", label="要做哪几项", kind="names", optional=True),
        ),
        do=lambda office, case, answers: handling.set_assisted(
            office, case.id, said(answers, "agent"), said(answers, "paper"), lines(answers, "todo")
        ),
    ),
    ActKind(
        key="assisted_done",
        word="代办做完一项",
        sentence="从代办单上划掉。",
        action="receive",
        offered=lambda case, item: bool(_to_do(case)),
        asks=lambda office, case, item: (
            Ask(key="task", label="做完了", kind="choice", choices=tuple((t, t) for t in _to_do(case))),
        ),
        do=lambda office, case, answers: handling.do_assisted_task(office, case.id, said(answers, "task")),
    ),
)


def _to_do(case: Case) -> tuple[str, ...]:
    assisted = case.life.assisted
    return tuple(task for task in assisted.todo if task not in assisted.done) if assisted else ()

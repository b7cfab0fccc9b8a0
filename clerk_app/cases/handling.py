"""承办 what is done to an accepted case before its decision: assigned, opinions written, checked on the spot, sent back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.catalogue import Item
from clerk_app.cases.chief import stands_for_chief
from clerk_app.cases.life import Assisted, Opinion, SentBack, SiteCheck
from clerk_app.cases.model import Case, in_review
from clerk_app.cases.routing.books import AssignmentBooks
from clerk_app.cases.states import OPEN, state_words
from clerk_app.cases.usecases import CaseCommand, item_gone, put_case, unknown_case
from clerk_app.command import Refusal, UseCase
from clerk_app.duty.letters import letter_to_decide
from clerk_app.duty.standing import acting


@dataclass(frozen=True, kw_only=True)
class AssignCase(CaseCommand):
    """分办 the case goes to somebody who is on duty for it now."""

    kind: ClassVar[str] = "assign_case"
    to: str


@dataclass(frozen=True, kw_only=True)
class WriteOpinion(CaseCommand):
    """写审查意见 a reviewer's words; name and time are the command's own."""

    kind: ClassVar[str] = "write_opinion"
    words: str


@dataclass(frozen=True, kw_only=True)
class RecordSiteCheck(CaseCommand):
    """记现场核查 who went, on which day, and what they found (行政许可法 34)."""

    kind: ClassVar[str] = "record_site_check"
    people: tuple[str, ...]
    on: date
    finding: str


@dataclass(frozen=True, kw_only=True)
class SendBack(CaseCommand):
    """退回经办 the second signature is not given: what is to be done stands in the reason."""

    kind: ClassVar[str] = "send_back"
    reason: str


@dataclass(frozen=True, kw_only=True)
class SetGreen(CaseCommand):
    """走绿色通道 for a reason that is kept with the case."""

    kind: ClassVar[str] = "set_green"
    reason: str


@dataclass(frozen=True, kw_only=True)
class SetAssisted(CaseCommand):
    """帮办代办 somebody acts for the applicant, on a paper, with a list of what he is to do."""

    kind: ClassVar[str] = "set_assisted"
    agent: str
    paper: str
    todo: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DoAssistedTask(CaseCommand):
    """代办做完一项 one line of the agent's list."""

    kind: ClassVar[str] = "do_assisted_task"
    task: str


def case_and_item(command: CaseCommand, books: CaseBooks) -> tuple[Case, Item] | Refusal:
    """What the act is about; an item that left the catalogue while the case was open is said in a sentence."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    item = books.item(case.item)
    if item is None:
        return item_gone(case)
    return case, item


def missing(word: str, done: str) -> Refusal:
    """A field that has to be written."""
    return Refusal("words-missing", f"还没写{word}，{done}。写上再办。")


def assign_case(command: AssignCase, books: AssignmentBooks) -> Refusal | None:
    """Only to who acts on a post of the item's windows or of its department at this moment."""
    found = case_and_item(command, books)
    if isinstance(found, Refusal):
        return found
    case, item = found
    if books.assignment(case.id) is not None:
        return Refusal("assigned-already", "这件自动分办过，没有分。要换人，写上原因改分。")
    moved = case.moved("assign")
    if isinstance(moved, Refusal):
        return moved
    if not _on_duty(command, item, books):
        name = books.roster.name_of(command.to)
        return Refusal("not-on-duty", f"{name} 现在不在办{item.name}的岗上，没有分给他。分给在岗的人。")
    books.put_case(replace(moved, life=replace(moved.life, assigned_to=command.to)))
    return None


def _on_duty(command: AssignCase, item: Item, books: CaseBooks) -> bool:
    roster = books.roster
    here = {post for number in item.windows if number in roster.windows for post in roster.windows[number].posts}
    posts = (post for post in roster.posts.values() if post.id in here or post.department == item.department)
    return any(acting(books, post, command.at).person == command.to for post in posts)


def write_opinion(command: WriteOpinion, books: CaseBooks) -> Refusal | None:
    """不得只签署姓名: a name without words is none."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    opined = _opining(case)
    if isinstance(opined, Refusal):
        return opined
    if not command.words.strip():
        return missing("审查意见", "光签名不算，没有记")
    opinion = Opinion(words=command.words.strip(), by=command.actor, at=command.at, acting_for=command.acting_for or "")
    books.put_case(replace(opined, life=replace(opined.life, opinions=(*opined.life.opinions, opinion))))
    return None


def _opining(case: Case) -> Case | Refusal:
    reviewed = in_review(case)
    return reviewed if isinstance(reviewed, Refusal) else reviewed.moved("opine")


def record_site_check(command: RecordSiteCheck, books: CaseBooks) -> Refusal | None:
    """Two different names at least, a day that has been, and what they saw."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    opined = _opining(case)
    if isinstance(opined, Refusal):
        return opined
    people = tuple(dict.fromkeys(name.strip() for name in command.people if name.strip()))
    if len(people) < 2:
        return Refusal("two-persons", "现场核查要两人以上，没有记。写上两个人的名字再记。")
    if not command.finding.strip():
        return missing("核查结果", "没有记")
    if not case.received_at.date() <= command.on <= command.at.date():
        return Refusal("check-day", f"核查日期 {command.on:%Y-%m-%d} 不在收件以后、今天以前，没有记。核对日期。")
    check = SiteCheck(people=people, on=command.on, finding=command.finding.strip(), by=command.actor, at=command.at)
    books.put_case(replace(opined, life=replace(opined.life, site_check=check)))
    return None


def send_back(command: SendBack, books: CaseBooks) -> Refusal | None:
    """By who might give the second signature, or stands for the chief where nobody here may."""
    found = case_and_item(command, books)
    if isinstance(found, Refusal):
        return found
    case, item = found
    moved = case.moved("send_back")
    if isinstance(moved, Refusal):
        return moved
    if not _second_hand(command, case, item, books):
        return Refusal("not-the-chief", "退回经办由首席代表来办，没有退回，件还在等待里。请他来看。")
    if not command.reason.strip():
        return missing("退回的原因", "没有退回")
    back = SentBack(reason=command.reason.strip(), by=command.actor, at=command.at)
    books.put_case(replace(moved, life=replace(moved.life, sent_back=(*moved.life.sent_back, back))))
    return None


def _second_hand(command: SendBack, case: Case, item: Item, books: CaseBooks) -> bool:
    if stands_for_chief(command, case.department, books) or (item.signatures == 1 and item.decider == command.actor):
        return True
    letter = letter_to_decide(case.item, case.department, command.actor, command.at, books)
    return not isinstance(letter, Refusal)


def set_green(command: SetGreen, books: CaseBooks) -> Refusal | None:
    """While the case is open."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    if not command.reason.strip():
        return missing("走绿色通道的理由", "没有改")
    return put_case(books, _still_open(replace(case, life=replace(case.life, green=command.reason.strip()))))


def set_assisted(command: SetAssisted, books: CaseBooks) -> Refusal | None:
    """No agent without his paper; what he did already stays done."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    if not command.agent.strip() or not command.paper.strip():
        return missing("代办人和委托书", "没有记")
    done = case.life.assisted.done if case.life.assisted else ()
    todo = tuple(dict.fromkeys(task.strip() for task in command.todo if task.strip()))
    assisted = Assisted(agent=command.agent.strip(), paper=command.paper.strip(), todo=todo, done=done)
    return put_case(books, _still_open(replace(case, life=replace(case.life, assisted=assisted))))


def do_assisted_task(command: DoAssistedTask, books: CaseBooks) -> Refusal | None:
    """Each once."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    assisted = case.life.assisted
    if assisted is None or command.task not in assisted.todo or command.task in assisted.done:
        return Refusal("unknown-task", "代办单上没有这一项，或者已经做完，没有改。刷新一下再看。")
    done = replace(assisted, done=(*assisted.done, command.task))
    return put_case(books, _still_open(replace(case, life=replace(case.life, assisted=done))))


def _still_open(case: Case) -> Case | Refusal:
    if case.state in OPEN:
        return case
    return Refusal("case-closed", f"这件现在是{state_words[case.state]}，没有改。刷新一下再看。")


handling_use_cases = (
    UseCase(AssignCase, assign_case, "arrange"),
    UseCase(WriteOpinion, write_opinion, "propose"),
    UseCase(RecordSiteCheck, record_site_check, "propose"),
    UseCase(SendBack, send_back, "decide"),
    UseCase(SetGreen, set_green, "receive"),
    UseCase(SetAssisted, set_assisted, "receive"),
    UseCase(DoAssistedTask, do_assisted_task, "receive"),
)

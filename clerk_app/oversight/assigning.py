"""分办的动作 an accepted case is given to a post and a person by rule, given on by who answers for it, or taken by a colleague.

The row is the case's name-sake beside it: nobody's hold is needed, and nothing of the case changes. Who is drawn by the rule
stands in the command; both ends only look whether he may have it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Protocol

from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Case
from clerk_app.cases.routing.books import AssignmentBooks
from clerk_app.cases.routing.choosing import Candidate
from clerk_app.cases.routing.model import TO_BE_GIVEN, Assignment, Given, GivenHow, assignment_subject, first_given
from clerk_app.cases.routing.on_duty import cannot_have, posts_for, window_heads
from clerk_app.cases.states import state_words
from clerk_app.cases.usecases import item_gone, unknown_case
from clerk_app.command import Command, Refusal, UseCase, case_subject
from clerk_app.duty.approving import is_chief_of
from clerk_app.duty.standing import standing_of
from clerk_app.oversight.books import TaskBooks
from clerk_app.oversight.model import Task, TaskKind, task_id
from clerk_app.oversight.tasks import closed

LONGEST_REASON, LONGEST_WORDS = 120, 400
WAITING: TaskKind = "unassigned"


class AssigningBooks(AssignmentBooks, TaskBooks, Protocol):
    """分办和待办 what nobody could be found for waits among the duty manager's tasks."""


@dataclass(frozen=True, kw_only=True)
class AssignmentCommand(Command):
    """分办命令 on whose one case is."""

    case: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The assignment: the case itself is not touched."""
        return (assignment_subject(self.case),)

    @property
    def about(self) -> tuple[str, ...]:
        """The case."""
        return (*self.subjects, case_subject(self.case))


@dataclass(frozen=True, kw_only=True)
class RouteCase(AssignmentCommand):
    """自动分办 as the rule drew it: the post, the person (none: nobody is there), whom he stands in for, the turn, and why."""

    kind: ClassVar[str] = "route_case"
    on: str
    to: str
    for_whom: str
    turn: int
    words: str


@dataclass(frozen=True, kw_only=True)
class ReassignCase(AssignmentCommand):
    """改分 to another who is there now; `was` is who had it when this was asked for."""

    kind: ClassVar[str] = "reassign_case"
    on: str
    to: str
    for_whom: str
    was: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class TakeCase(AssignmentCommand):
    """接手 a colleague of the same posts takes it over himself."""

    kind: ClassVar[str] = "take_case"
    was: str
    reason: str


def route_case(command: RouteCase, books: AssigningBooks) -> Refusal | None:
    """The first one stands; who cannot have it by what is known here gets nothing, and it waits for a person to give it."""
    found = _to_give(command, books)
    if isinstance(found, Refusal):
        return found
    case, item = found
    rule, known = books.routing_rules.rule_for(item), books.assignment(case.id)
    if rule is None or command.on not in rule.posts:
        return Refusal("not-routed", f"{item.name}现在不自动分办，没有分，件谁收的谁接着办。刷新一下再看。")
    if known is not None and known.person:
        return None if known.person == command.to else _already(case, known, books)
    to = Candidate(post=command.on, person=command.to, acting_for=command.for_whom)
    words = command.words
    if to.person and (why := cannot_have(books, item, to, command.at)):
        words = f"没有分给 {books.roster.name_of(to.person)}：{why}。等值班长分。"
        to = Candidate(post=command.on, person="")
    row = _given(command, case, known, to, "auto", words=words)
    if to.person:
        row = replace(row, turn=command.turn, turn_post=to.post)
    _put(row, case, command, books)
    return None


def reassign_case(command: ReassignCase, books: AssigningBooks) -> Refusal | None:
    """By who answers for it, to somebody who is there and may have it, with a reason."""
    found = _to_give(command, books)
    if isinstance(found, Refusal):
        return found
    case, item = found
    known = books.assignment(case.id)
    if refusal := _meanwhile(case, known, command.was, books):
        return refusal
    post = known.post if known is not None else ""
    if not answers_for(command, case, post, books):
        return Refusal("not-yours-to-assign", "这件不归您分，没有改分。请值班长、窗口负责人或这个岗的人来分。")
    to = Candidate(post=command.on, person=command.to, acting_for=command.for_whom)
    return _give(command, (case, item, known), to, "hand", command.reason, books)


def take_case(command: TakeCase, books: AssigningBooks) -> Refusal | None:
    """From his own post, if it is one of those such cases go to."""
    found = _to_give(command, books)
    if isinstance(found, Refusal):
        return found
    case, item = found
    known = books.assignment(case.id)
    if refusal := _meanwhile(case, known, command.was, books):
        return refusal
    rule = books.routing_rules.rule_for(item)
    posts = {*(rule.posts if rule is not None else ()), *((known.post,) if known is not None else ())}
    if command.post not in posts:
        return Refusal("other-post", "这件不分到您这个岗，没有接手。请值班长改分。")
    to = Candidate(post=command.post, person=command.actor, acting_for=command.acting_for or "")
    return _give(command, (case, item, known), to, "taken", command.reason, books)


def answers_for(command: Command, case: Case, post: str, books: AssignmentBooks) -> bool:
    """值班长, the chief of its department or of the post's, the window's head, or who acts on the post it is on."""
    person, place = books.roster.people.get(command.actor), books.roster.posts.get(post)
    if person is None:
        return False
    departments = {case.department, *((place.department,) if place is not None else ())}
    if "duty_manager" in person.roles or any(is_chief_of(books, person.id, one, command) for one in departments):
        return True
    if place is None:
        return False
    return (
        person.id in window_heads(books.roster, place.id)
        or standing_of(books, person.id, place, command.at).side is not None
    )


def _to_give(command: AssignmentCommand, books: AssigningBooks) -> tuple[Case, Item] | Refusal:
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    item = books.item(case.item)
    if item is None:
        return item_gone(case)
    if case.state not in TO_BE_GIVEN:
        return Refusal("not-to-assign", f"这件现在是{state_words[case.state]}，没有分。受理以后、决定以前才分。")
    return case, item


def _already(case: Case, known: Assignment, books: AssigningBooks) -> Refusal:
    name, when = books.roster.name_for(known.person, known.acting_for or None), f"{known.at:%m-%d %H:%M}"
    return Refusal("assigned-already", f"{case.case_no} {when} 已经分给 {name}，这一次没有算。要换人，写上原因改分。")


def _meanwhile(case: Case, known: Assignment | None, was: str, books: AssigningBooks) -> Refusal | None:
    if (known.person if known is not None else "") == was:
        return None
    if known is None or not known.person:
        return Refusal("assigned-elsewhere", f"{case.case_no} 现在谁也没分到，没有改。刷新一下，看着现在的再分。")
    name, by = books.roster.name_of(known.person), books.roster.name_of(known.by)
    return Refusal(
        "assigned-elsewhere",
        f"{case.case_no} 由{by} 在 {known.at:%m-%d %H:%M} 分给了 {name}，没有再改。看着现在的再分。",
    )


Standing = tuple[Case, Item, Assignment | None]


def _give(
    command: AssignmentCommand, standing: Standing, to: Candidate, how: GivenHow, reason: str, books: AssigningBooks
) -> Refusal | None:
    case, item, known = standing
    why, name = reason.strip(), books.roster.name_for(to.person, to.acting_for or None)
    if not 0 < len(why) <= LONGEST_REASON:
        return Refusal("reason-missing", f"还没写原因，没有分。写一句（不超过 {LONGEST_REASON} 个字）再分。")
    if known is not None and known.person == to.person:
        return Refusal("same-person", f"这件本来就是 {name} 的，没有改。要换人，选另一个人。")
    posts = posts_for(books, item, books.routing_rules.rule_for(item), (known.post,) if known is not None else ())
    if to.post not in posts:
        return Refusal("other-post", f"{item.name}不在这个岗办，没有分。选能办这件的岗。")
    if lacking := cannot_have(books, item, to, command.at):
        return Refusal("cannot-have", f"{lacking}，没有分给他，件原样留着。选现在在岗、能办这件的人。")
    words = f"{books.roster.name_of(command.actor)} 改分给 {name}。" if how == "hand" else f"{name} 接手。"
    _put(_given(command, case, known, to, how, words=words, reason=why), case, command, books)
    return None


def _given(
    command: AssignmentCommand,
    case: Case,
    known: Assignment | None,
    to: Candidate,
    how: GivenHow,
    *,
    words: str,
    reason: str = "",
) -> Assignment:
    given = Given(
        post=to.post,
        person=to.person,
        acting_for=to.acting_for,
        how=how,
        at=command.at,
        by=command.actor,
        reason=reason,
        words=words.strip()[:LONGEST_WORDS],
    )
    return known.given(given) if known is not None else first_given(case, given)


def _put(row: Assignment, case: Case, command: AssignmentCommand, books: AssigningBooks) -> None:
    """The row; the duty manager's task while it is nobody's, and its end when somebody has it."""
    books.put_assignment(row)
    key = task_id(WAITING, case.id)
    task = books.task(key)
    if row.person:
        if task is not None and task.open:
            books.put_task(closed(task, command, row.words))
    elif task is None or not task.open:
        books.put_task(
            Task(
                id=key,
                kind=WAITING,
                subject=case_subject(case.id),
                command=command.id,
                window=case.window,
                words=row.words,
                made_at=command.at,
                made_by=command.actor,
            )
        )


assigning_use_cases = (
    UseCase(RouteCase, route_case, "route"),
    UseCase(ReassignCase, reassign_case, "reassign"),
    UseCase(TakeCase, take_case, "take_over"),
)

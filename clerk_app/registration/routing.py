"""分送 which departments get their extract of the form, and how far each is: 多证合一, one row a department.

What was sent may be sent again, however far the department is: the form or the code has changed since, and it begins anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from clerk_app.cases.model import Case
from clerk_app.cases.usecases import CaseCommand, unknown_case
from clerk_app.command import Refusal, UseCase, case_subject
from clerk_app.registration.books import FormBooks
from clerk_app.registration.departments import WORDS, speaks_for
from clerk_app.registration.document import storable
from clerk_app.registration.joint import FormRoute, RouteRow, RouteState, route_words
from clerk_app.registration.usecases import FORM

_after: dict[RouteState, frozenset[RouteState]] = {
    "waiting": frozenset({"sent"}),
    "sent": frozenset({"sent", "received", "returned", "done"}),
    "received": frozenset({"sent", "returned", "done"}),
    "returned": frozenset({"sent"}),
    "done": frozenset({"sent", "returned"}),
}
_over = frozenset({"withdrawn", "terminated", "void"})
LONGEST = 200
route_subject = "route:{}".format


@dataclass(frozen=True, kw_only=True)
class RouteForm(CaseCommand):
    """分送 the departments this form is for, from its acceptance on; a second time only adds."""

    kind: ClassVar[str] = "route_form"
    departments: tuple[str, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        """The route, and the case it rests on."""
        return (route_subject(self.case), case_subject(self.case))


@dataclass(frozen=True, kw_only=True)
class MoveRoute(CaseCommand):
    """记部门进度 one department's next state; it needs no hold of the case: each department says its own."""

    kind: ClassVar[str] = "move_route"
    department: str
    state: RouteState
    note: str = ""
    reference: str = ""
    sent_digest: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The route."""
        return (route_subject(self.case),)


def next_states(state: RouteState) -> tuple[RouteState, ...]:
    """What may be said of a row next, in the order of the way."""
    return tuple(one for one in route_words if one in _after[state])


def route_form(command: RouteForm, books: FormBooks) -> Refusal | None:
    """Of an accepted case with this form."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    item = books.item(case.item)
    if item is None or item.form != FORM or books.form(case.id) is None:
        return Refusal("no-form", "这件没有登记表，没有分送。核对是不是这件。")
    if case.accepted_at is None:
        return Refusal("not-accepted", "这件还没有受理，没有分送。受理以后再分送。")
    if case.state in _over:
        return Refusal("case-closed", "这件已经了结，没有分送。核对是不是这件。")
    if not WORDS.issuperset(command.departments):
        return Refusal("unknown-department", "表上没有这个部门，没有分送。核对部门。")
    before = books.route(case.id)
    known = before.rows if before else ()
    here = {one.department for one in known}
    fresh = (one for one in dict.fromkeys(command.departments) if one not in here)
    rows = (*known, *(RouteRow(department=one, at=command.at, by=command.actor) for one in fresh))
    books.put_route(FormRoute(id=case.id, rows=rows))
    return None


def move_route(command: MoveRoute, books: FormBooks) -> Refusal | None:
    """One step of the table, by who speaks for the department; sending says what was sent, returning says why."""
    case, route = books.case(command.case), books.route(command.case)
    row = route.row(command.department) if route else None
    if case is None or route is None or row is None:
        return Refusal("unknown-route", "这件没有分送给这个部门，没有记。先分送再记。")
    if refusal := _unmoved(command, row, case) or _unworded(command):
        return refusal
    if not speaks_for(command, row.department, case, books):
        name = row.department
        return Refusal("department-other", f"这一行是{name}的，您这里没有记。由{name}的人或经办这件的窗口来记。")
    moved = replace(
        row,
        state=command.state,
        at=command.at,
        by=command.actor,
        note=command.note.strip(),
        reference=command.reference.strip() or row.reference,
        sent_digest=command.sent_digest or row.sent_digest,
    )
    books.put_route(replace(route, rows=tuple(moved if one is row else one for one in route.rows)))
    return None


def _unmoved(command: MoveRoute, row: RouteRow, case: Case) -> Refusal | None:
    if command.state not in _after[row.state]:
        said = f"{row.department}现在是{route_words[row.state]}，不能记{route_words[command.state]}，没有改。"
        return Refusal("route-state", f"{said}刷新一下再看。")
    if command.state == "sent" and (case.state in _over or case.accepted_at is None):
        return Refusal("case-closed", "这件没有在办，没有送。核对是不是这件。")
    return None


def _unworded(command: MoveRoute) -> Refusal | None:
    if command.state == "sent" and not command.sent_digest:
        return Refusal("extract-missing", "没说送的是哪一份，没有记。重新打开这件再送。")
    if command.state == "returned" and not command.note.strip():
        return Refusal("words-missing", "退回要写明为什么，没有记。写一句再记。")
    if max(len(command.note), len(command.reference), len(command.sent_digest)) > LONGEST:
        return Refusal("words-too-long", f"写得太长，没有记，写的都在。写在 {LONGEST} 字以内。")
    if not storable({"words": [command.note, command.reference, command.sent_digest]}):
        return Refusal("words-unstorable", "写的里面有存不了的字，没有记。换个写法再记。")
    return None


routing_use_cases = (
    UseCase(RouteForm, route_form, "receive"),
    UseCase(MoveRoute, move_route, "receive"),
)

"""分送 which departments get their extract of the form, and how far each is: 多证合一, one row a department."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from clerk_app.cases.usecases import CaseCommand, unknown_case
from clerk_app.command import Refusal, UseCase, case_subject
from clerk_app.registration.books import FormBooks
from clerk_app.registration.joint import FormRoute, RouteRow, RouteState, route_words
from clerk_app.registration.usecases import FORM

_after: dict[RouteState, frozenset[RouteState]] = {
    "waiting": frozenset({"sent"}),
    "sent": frozenset({"sent", "received", "returned", "done"}),
    "received": frozenset({"returned", "done"}),
    "returned": frozenset({"sent"}),
    "done": frozenset({"returned"}),
}
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
    before = books.route(case.id)
    known = before.rows if before else ()
    here = {one.department for one in known}
    fresh = (d.strip() for d in dict.fromkeys(command.departments) if d.strip() and d.strip() not in here)
    rows = (*known, *(RouteRow(department=one, at=command.at, by=command.actor) for one in fresh))
    books.put_route(FormRoute(id=case.id, rows=rows))
    return None


def move_route(command: MoveRoute, books: FormBooks) -> Refusal | None:
    """One step of the table; sending again after a return says why it came back."""
    route = books.route(command.case)
    row = route.row(command.department) if route else None
    if route is None or row is None:
        return Refusal("unknown-route", "这件没有分送给这个部门，没有记。先分送再记。")
    if command.state not in _after[row.state]:
        said = f"{row.department}现在是{route_words[row.state]}，不能记{route_words[command.state]}，没有改。"
        return Refusal("route-state", f"{said}刷新一下再看。")
    if command.state == "returned" and not command.note.strip():
        return Refusal("words-missing", "退回要写明为什么，没有记。写一句再记。")
    moved = replace(
        row,
        state=command.state,
        at=command.at,
        by=command.actor,
        note=command.note.strip()[:LONGEST],
        reference=command.reference.strip()[:LONGEST] or row.reference,
        sent_digest=command.sent_digest or row.sent_digest,
    )
    books.put_route(replace(route, rows=tuple(moved if one is row else one for one in route.rows)))
    return None


routing_use_cases = (
    UseCase(RouteForm, route_form, "receive"),
    UseCase(MoveRoute, move_route, "receive"),
)

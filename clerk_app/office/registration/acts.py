"""表上的事 the acts on a form beside typing: confirming, points to be mended, the way to the departments, filing the record."""

from __future__ import annotations

from typing import Any

from clerk_app.command import Refusal
from clerk_app.office.office import Office, Outcome
from clerk_app.office.registration.reference import company_form
from clerk_app.registration.checks import ConfirmFinding
from clerk_app.registration.document import get, put
from clerk_app.registration.joint import RouteState
from clerk_app.registration.keyed_places import keyed_place
from clerk_app.registration.model import submitted
from clerk_app.registration.points import DropPoint, ExplainPoint, MakePoint, ReadPoint
from clerk_app.registration.records import FileRecord
from clerk_app.registration.routing import MoveRoute, RouteForm

_no_form = Refusal("form-missing", "登记表还没填，没有办。先填登记表。")


def _fields(office: Office) -> dict[str, Any]:
    return office.stamp().fields(office.parts.new_id)


def confirm_finding(office: Office, case: str, mark: str, words: str) -> Outcome:
    """确认提示 a warning may stay, and why."""
    return office.do(ConfirmFinding(**_fields(office), case=case, mark=mark, words=words))


def make_point(
    office: Office, case: str, department: str, pointer: str, *, label: str, opinion: str, ground: str = ""
) -> Outcome:
    """提补正点 at a place with row numbers, with what stands there now."""
    draft = office.read(lambda books: books.form(case))
    if draft is None:
        return _no_form
    return office.do(
        MakePoint(
            **_fields(office),
            case=case,
            department=department,
            pointer=keyed_place(draft.document, pointer),
            label=label,
            opinion=opinion,
            ground=ground,
            before=get(draft.document, pointer),
        )
    )


def drop_point(office: Office, case: str, point: str) -> Outcome:
    """撤补正点."""
    return office.do(DropPoint(**_fields(office), case=case, point=point))


def read_point(office: Office, case: str, point: str) -> Outcome:
    """已读."""
    return office.do(ReadPoint(**_fields(office), case=case, point=point))


def explain_point(office: Office, case: str, point: str, words: str) -> Outcome:
    """说明不改."""
    return office.do(ExplainPoint(**_fields(office), case=case, point=point, words=words))


def route_form(office: Office, case: str, departments: tuple[str, ...]) -> Outcome:
    """分送."""
    return office.do(RouteForm(**_fields(office), case=case, departments=departments))


def move_route(
    office: Office, case: str, department: str, state: RouteState, *, note: str = "", reference: str = "",
    sent_digest: str = "",
) -> Outcome:  # fmt: skip
    """记部门进度."""
    return office.do(
        MoveRoute(
            **_fields(office),
            case=case,
            department=department,
            state=state,
            note=note,
            reference=reference,
            sent_digest=sent_digest,
        )
    )


def file_record(office: Office, case: str, uscc: str) -> Outcome:
    """归入档案 what was handed in, under its unified code; nothing hidden goes with it."""
    draft = office.read(lambda books: books.form(case))
    if draft is None:
        return _no_form
    code = uscc.strip().upper()
    document = put(submitted(company_form(), draft.document), "/company/uscc", code)
    return office.do(FileRecord(**_fields(office), case=case, uscc=code, document=document))

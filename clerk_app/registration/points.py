"""补正点 what the departments ask to be mended on the form, point by point; one notice tells them all (条例 19, 细则 18).

A point is told by the first one-time notice after it was made: round n is the case's n-th notice. It is settled when the
field says something else than when it was made, or when somebody explained why it stays; before that nothing is completed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from clerk_app.cases.correcting import CompleteCorrection
from clerk_app.cases.model import Case
from clerk_app.cases.usecases import CaseCommand, unknown_case
from clerk_app.command import Refusal, UseCase, case_subject
from clerk_app.registration.books import FormBooks
from clerk_app.registration.joint import FormPoint
from clerk_app.registration.usecases import FORM, OPEN

point_subject = "point:{}".format
LONGEST = 300


@dataclass(frozen=True, kw_only=True)
class MakePoint(CaseCommand):
    """提补正点 by whoever looks at the case for a department; its own id is the point's, and it needs no hold of the case."""

    kind: ClassVar[str] = "make_point"
    department: str
    pointer: str
    label: str
    opinion: str
    basis: str
    before: Any

    @property
    def subjects(self) -> tuple[str, ...]:
        """The point."""
        return (point_subject(self.id),)


@dataclass(frozen=True, kw_only=True)
class DropPoint(CaseCommand):
    """撤补正点 before it was told."""

    kind: ClassVar[str] = "drop_point"
    point: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The point."""
        return (point_subject(self.point),)


@dataclass(frozen=True, kw_only=True)
class ReadPoint(CaseCommand):
    """已读 the applicant or who fills in for him has seen it."""

    kind: ClassVar[str] = "read_point"
    point: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The point, and the case in hand."""
        return (point_subject(self.point), case_subject(self.case))


@dataclass(frozen=True, kw_only=True)
class ExplainPoint(CaseCommand):
    """说明 why the field stays as it is."""

    kind: ClassVar[str] = "explain_point"
    point: str
    words: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The point, and the case in hand."""
        return (point_subject(self.point), case_subject(self.case))


def make_point(command: MakePoint, books: FormBooks) -> Refusal | None:
    """While the form can still be changed."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    item = books.item(case.item)
    if item is None or item.form != FORM or books.form(case.id) is None:
        return Refusal("no-form", "这件没有登记表，补正点没有记。核对是不是这件。")
    if case.state not in OPEN:
        return Refusal("form-closed", "这件已往下办，补正点没有记。要改先退回经办。")
    if not command.opinion.strip() or not command.department.strip():
        return Refusal("words-missing", "还没写哪里要改、怎么改，补正点没有记。写清楚再记。")
    books.put_point(
        FormPoint(
            id=command.id,
            case=case.id,
            department=command.department.strip(),
            pointer=command.pointer,
            label=command.label[:LONGEST],
            opinion=command.opinion.strip()[:LONGEST],
            basis=command.basis.strip()[:LONGEST],
            before=command.before,
            by=command.actor,
            at=command.at,
        )
    )
    return None


def _standing(command: CaseCommand, key: str, books: FormBooks) -> tuple[Case, FormPoint] | Refusal:
    case, point = books.case(command.case), books.point(key)
    if case is None:
        return unknown_case()
    if point is None or point.case != case.id or not point.stands:
        return Refusal("unknown-point", "没有这个补正点，什么都没改。刷新看看。")
    return case, point


def drop_point(command: DropPoint, books: FormBooks) -> Refusal | None:
    """What was told cannot be taken back: it is settled."""
    found = _standing(command, command.point, books)
    if isinstance(found, Refusal):
        return found
    case, point = found
    if point.round(case):
        return Refusal("point-told", "这一点已经告知申请人，不能撤，没有改。改好或说明就算了结。")
    books.put_point(replace(point, dropped_by=command.actor, dropped_at=command.at))
    return None


def read_point(command: ReadPoint, books: FormBooks) -> Refusal | None:
    """Once; the first time counts."""
    found = _standing(command, command.point, books)
    if isinstance(found, Refusal):
        return found
    _, point = found
    books.put_point(replace(point, read_at=point.read_at or command.at))
    return None


def explain_point(command: ExplainPoint, books: FormBooks) -> Refusal | None:
    """With words; explained is read."""
    found = _standing(command, command.point, books)
    if isinstance(found, Refusal):
        return found
    _, point = found
    words = command.words.strip()[:LONGEST]
    if not words:
        return Refusal("words-missing", "还没写为什么不改，没有记。写一句再记。")
    books.put_point(replace(point, explained=words, read_at=point.read_at or command.at))
    return None


def told(points: Iterable[FormPoint], case: Case) -> tuple[FormPoint, ...]:
    """What the applicant was told of, and not taken back."""
    return tuple(one for one in points if one.stands and one.round(case))


def points_settled(command: CompleteCorrection, books: FormBooks) -> Refusal | None:
    """关口 a correction is complete when every point told is read, and mended or explained."""
    case, draft = books.case(command.case), books.form(command.case)
    if case is None or draft is None:
        return None
    left = [one for one in told(books.points_of(case.id), case) if not one.settled(draft.document)]
    if not left:
        return None
    first = left[0]
    why = "还没读" if first.read_at is None else "没有改，也没说明"
    return Refusal(
        "points-open",
        f"登记表还有 {len(left)} 处补正点没了结，没有记补齐。先看“{first.label}”：{why}。",
    )


point_use_cases = (
    UseCase(MakePoint, make_point, "receive"),
    UseCase(DropPoint, drop_point, "receive"),
    UseCase(ReadPoint, read_point, "receive"),
    UseCase(ExplainPoint, explain_point, "receive"),
)

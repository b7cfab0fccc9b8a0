"""补正点 what the departments ask to be mended on the form, point by point; one notice tells them all (条例 19, 细则 18).

A point is told by the notice that names it, whatever the clocks of two windows say: round n is the case's n-th notice. It is
settled when the field says something else than when it was made, or when somebody explained why it stays; before that
nothing is completed. What no notice names holds up nothing: nobody was asked for it.
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
from clerk_app.registration.departments import WORDS, speaks_for
from clerk_app.registration.document import storable
from clerk_app.registration.joint import FormPoint, point_subject
from clerk_app.registration.keyed_places import there
from clerk_app.registration.usecases import FORM, OPEN

LONGEST = 300
LONGEST_PLACE = 200


@dataclass(frozen=True, kw_only=True)
class MakePoint(CaseCommand):
    """提补正点 by whoever looks at the case for a department; its own id is the point's, and it needs no hold of the case.

    `pointer` names rows by their keys (`keyed_places`); `ground` the law it rests on, `before` what stood there.
    """

    kind: ClassVar[str] = "make_point"
    department: str
    pointer: str
    label: str
    opinion: str
    ground: str
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
    """While the form can still be changed, at a place there is, in the name of a department one speaks for."""
    found = _open_case(command, books)
    if isinstance(found, Refusal):
        return found
    if refusal := _unsayable(command) or _unspoken(command, command.department, found, books):
        return refusal
    draft = books.form(found.id)
    if draft is None or not there(draft.document, command.pointer)[0]:
        return Refusal("place-gone", "登记表里这一行已经没有了，补正点没有记。刷新看看，指到还在的栏再记。")
    books.put_point(
        FormPoint(
            id=command.id,
            case=found.id,
            department=command.department,
            pointer=command.pointer,
            label=command.label,
            opinion=command.opinion.strip(),
            basis=command.ground.strip(),
            before=command.before,
            by=command.actor,
            at=command.at,
        )
    )
    return None


def _open_case(command: CaseCommand, books: FormBooks) -> Case | Refusal:
    """A case whose form is there and may still be changed."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    item = books.item(case.item)
    if item is None or item.form != FORM or books.form(case.id) is None:
        return Refusal("no-form", "这件没有登记表，没有记。核对是不是这件。")
    if case.state not in OPEN:
        return Refusal("form-closed", "这件已往下办，登记表不再改，没有记。要改先退回经办。")
    return case


def _unsayable(command: MakePoint) -> Refusal | None:
    if not command.opinion.strip():
        return Refusal("words-missing", "还没写哪里要改、怎么改，补正点没有记。写清楚再记。")
    if max(len(command.opinion.strip()), len(command.ground), len(command.label)) > LONGEST:
        return Refusal("words-too-long", f"写得太长，补正点没有记，写的都在。意见和依据各写在 {LONGEST} 字以内。")
    said = {"words": [command.pointer, command.label, command.opinion, command.ground], "before": command.before}
    if not command.pointer.startswith("/") or len(command.pointer) > LONGEST_PLACE or not storable(said):
        return Refusal("point-unstorable", "这个补正点存不了，没有记。重新打开这件，指到一栏再写。")
    return None


def _unspoken(command: CaseCommand, department: str, case: Case, books: FormBooks) -> Refusal | None:
    if department not in WORDS:
        return Refusal("unknown-department", "表上没有这个部门，没有记。核对部门。")
    if speaks_for(command, department, case, books):
        return None
    return Refusal("department-other", f"这是{department}的事，您这里没有记。由{department}的人或经办这件的窗口来记。")


def _standing(command: CaseCommand, key: str, books: FormBooks) -> tuple[Case, FormPoint] | Refusal:
    case, point = _open_case(command, books), books.point(key)
    if isinstance(case, Refusal):
        return case
    if point is None or point.case != case.id or not point.stands:
        return Refusal("unknown-point", "没有这个补正点，什么都没改。刷新看看。")
    return case, point


def drop_point(command: DropPoint, books: FormBooks) -> Refusal | None:
    """By who may speak for its department; what was told cannot be taken back: it is settled."""
    found = _standing(command, command.point, books)
    if isinstance(found, Refusal):
        return found
    case, point = found
    if refusal := _unspoken(command, point.department, case, books):
        return refusal
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
    words = command.words.strip()
    if not words:
        return Refusal("words-missing", "还没写为什么不改，没有记。写一句再记。")
    if len(words) > LONGEST or not storable({"words": words}):
        return Refusal("words-too-long", f"写得太长，没有记，写的都在。写在 {LONGEST} 字以内。")
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

"""并联的表 what the departments say of one form, as values: points to be mended, and how far each department is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from clerk_app.cases.model import Case
from clerk_app.patching import same
from clerk_app.registration.document import Document
from clerk_app.registration.keyed_places import there

RouteState = Literal["waiting", "sent", "received", "returned", "done"]
route_words: dict[RouteState, str] = {
    "waiting": "未送",
    "sent": "已送",
    "received": "已收",
    "returned": "退回",
    "done": "办结",
}
point_subject = "point:{}".format


@dataclass(frozen=True, kw_only=True)
class FormPoint:
    """补正点 one opinion at one place of the form, named by its rows' keys; `before` is what stood there when it was made."""

    id: str
    case: str
    department: str
    pointer: str
    label: str
    opinion: str
    basis: str
    before: Any
    by: str
    at: datetime
    read_at: datetime | None = None
    explained: str = ""
    dropped_by: str = ""
    dropped_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Not taken back."""
        return self.dropped_at is None

    def corrected(self, document: Document) -> bool:
        """Whether the field says something else now; a row that is gone says so too."""
        here, value = there(document, self.pointer)
        return not here or not same(value, self.before)

    def answered(self, document: Document) -> bool:
        """Mended or explained, whether anybody read it or not."""
        return self.corrected(document) or bool(self.explained)

    def settled(self, document: Document) -> bool:
        """Read, and mended or explained."""
        return self.read_at is not None and self.answered(document)

    def round(self, case: Case) -> int:
        """Which notice of the case names it, counted from 1; 0 for none: what was not on the paper was not told."""
        me = point_subject(self.id)
        notices = enumerate(case.life.notices, 1)
        return next((n for n, notice in notices if any(me in gap.about for gap in notice.gaps)), 0)


@dataclass(frozen=True, kw_only=True)
class RouteRow:
    """一个部门 how far it is: `sent_digest` is of the extract it got, `reference` its own number."""

    department: str
    state: RouteState = "waiting"
    at: datetime
    by: str
    note: str = ""
    reference: str = ""
    sent_digest: str = ""


@dataclass(frozen=True, kw_only=True)
class FormRoute:
    """分送单 of one case, by the case's id; a department that has done keeps its row."""

    id: str
    rows: tuple[RouteRow, ...]

    def row(self, department: str) -> RouteRow | None:
        """One department's."""
        return next((one for one in self.rows if one.department == department), None)

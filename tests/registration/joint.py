"""A company's case over books in memory, with its form: every act through the judge of both offices."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from clerk_app.cases.correcting import CompleteCorrection, NotifyOnce
from clerk_app.cases.life import Gap, Life
from clerk_app.cases.model import Case
from clerk_app.cases.states import CaseState
from clerk_app.command import Refusal
from clerk_app.office.registration.reference import company_form
from clerk_app.patching import diff
from clerk_app.registration.document import get, put
from clerk_app.registration.joint import FormPoint, point_subject
from clerk_app.registration.keyed_places import keyed_place
from clerk_app.registration.model import FormDraft
from clerk_app.registration.points import ExplainPoint, MakePoint, ReadPoint
from clerk_app.registration.row_keys import with_row_keys
from clerk_app.registration.usecases import SaveForm
from tests.cases.counter import Counter
from tests.registration.test_form import EXAMPLE

COMPANY = "公司设立"
CLERK, OTHER, SOCIAL = "P203", "P105", "P403"
"""Who sits at window 2 and answers for the case; one of another window; one of 人力资源和社会保障局."""


class CompanyCounter(Counter):
    """One company's case at window 2, its form filled in."""

    def company(self, state: CaseState = "received", document: dict[str, Any] | None = None) -> str:
        key = self.accepted(COMPANY, window=2)
        case = replace(self.case(key), handler=CLERK, state=state)
        if state in ("received", "correction"):
            case = replace(case, accepted_at=None, due=None, case_no="", serial=0, life=Life())
        self.books.put_case(case)
        form = company_form()
        kept = with_row_keys(form, copy.deepcopy(document if document is not None else EXAMPLE))
        self.books.put_form(FormDraft(id=key, form_version=form.version, document=kept, saved_at=self.now, by=CLERK))
        return key

    def document(self, key: str) -> dict[str, Any]:
        return self.books.forms[key].document

    def point(self, key: str, place: str, by: str = CLERK, department: str = "税务", **change: Any) -> Refusal | None:
        document = self.document(key)
        words = {
            "department": department, "pointer": keyed_place(document, place), "label": "一栏", "opinion": "写错了。",
            "ground": "", "before": get(document, place), **change,
        }  # fmt: skip
        return self.act(MakePoint, by, case=key, **words)

    def made(self, key: str, place: str, by: str = CLERK, department: str = "税务", **change: Any) -> FormPoint:
        assert self.point(key, place, by, department, **change) is None
        return self.points(key)[-1]

    def points(self, key: str) -> tuple[FormPoint, ...]:
        return self.books.points_of(key)

    def notify(self, key: str, *points: FormPoint, by: str = CLERK, reason: str = "") -> None:
        """One notice that names these points, and the papers that lack."""
        case = self.case(key)
        gaps = [Gap(what=name) for name in case.missing]
        gaps += [Gap(what=f"登记表“{p.label}”", about=(point_subject(p.id),)) for p in points]
        self.good(
            NotifyOnce, by, case=key, gaps=tuple(gaps or [Gap(what="章程签名")]), bring_by=None, override_reason=reason
        )

    def complete(self, key: str) -> Refusal | None:
        brought = tuple(m.name for m in self.case(key).materials if m.brought_at is None)
        return self.act(CompleteCorrection, CLERK, case=key, brought=brought)

    def change(self, key: str, place: str, value: Any) -> None:
        """Typed and saved."""
        before = self.document(key)
        self.save(key, put(before, place, value))

    def save(self, key: str, document: dict[str, Any]) -> None:
        patch = diff(self.document(key), document)
        self.good(
            SaveForm, CLERK, case=key, form_version=company_form().version, patch=dict(patch.merge),
            touched=dict(patch.touched), base=self.books.forms[key].saved_at,
        )  # fmt: skip

    def read(self, key: str, point: FormPoint) -> None:
        self.good(ReadPoint, CLERK, case=key, point=point.id)

    def explain(self, key: str, point: FormPoint, words: str) -> Refusal | None:
        return self.act(ExplainPoint, CLERK, case=key, point=point.id, words=words)

    def with_state(self, key: str, state: CaseState, **change: Any) -> Case:
        self.books.put_case(replace(self.case(key), state=state, **change))
        return self.case(key)

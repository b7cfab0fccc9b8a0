"""填到哪了 one case's form as the clerk has it before him: what is typed, where he is, what was found, what he has seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from clerk_app.cases.model import Case
from clerk_app.registration.document import Document
from clerk_app.registration.findings import Confirmed, Finding
from clerk_app.registration.form import Form, Step
from clerk_app.registration.joint import FormPoint
from clerk_app.registration.opening import Opened
from clerk_app.registration.types import fixed_rows, type_of
from ui.language import tr
from ui.registration.aids import NO_AIDS, Aids
from ui.registration.places import place_id
from ui.registration.view import REVIEW

REVIEW_STEP = Step(REVIEW, tr("核对一遍"), ())
ROWS_STAY = tr("这些行由登记档案带出，这类登记不增不减")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """填到哪了 `left` are places the hand has been at, `rows` the chosen rows, `found` what the last check found.

    `points` are the departments'; `opened`: what may be changed while a correction waits, None for everything.
    `shown`: everything that was found is told, wherever the hand has been. `checked`: this very document is on record as
    checked. `back_to`: the role a person is being added for. `unlooked`: the citizen filled it in, no clerk has looked yet.
    """

    form: Form
    case: Case
    document: dict[str, Any]
    untouched: Document
    step: str
    left: frozenset[str] = frozenset()
    rows: Mapping[str, int] = field(default_factory=dict)
    saved: str = ""
    locked: str = ""
    found: tuple[Finding, ...] = ()
    confirmed: tuple[Confirmed, ...] = ()
    checking: bool = False
    shown: bool = False
    checked: bool = False
    revealed: bool = False
    back_to: str = ""
    now: str = ""
    unlooked: frozenset[str] = frozenset()
    today: date = date.min
    aids: Aids = NO_AIDS
    points: tuple[FormPoint, ...] = ()
    opened: Opened | None = None

    def closed(self, place: str) -> str:
        """Why nothing is changed there: a correction waits, or rows of the record stay; empty when it may be."""
        if self.opened is not None and (reason := self.opened.reason(place)):
            return reason
        name = place_id(place).removesuffix("[]")
        kept = name in self.form.repeat_by_id and fixed_rows(self.form, type_of(self.document), name)
        return ROWS_STAY if kept else ""

    @property
    def steps(self) -> tuple[Step, ...]:
        """The form's steps, and looking it all over."""
        return (*self.form.steps, REVIEW_STEP)

    @property
    def place(self) -> int:
        """Which step this is."""
        return next((n for n, step in enumerate(self.steps) if step.id == self.step), 0)

    def at(self, step: str) -> Sheet:
        """On another step."""
        return replace(self, step=step)

    def choose(self, repeat: str, number: int) -> Sheet:
        """With another row chosen."""
        return replace(self, rows={**self.rows, repeat: number})

"""要改的话 what is missing, wrong, to be confirmed or told, as one list, the same words as at the fields. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from clerk_app.registration.checks import finding_mark
from clerk_app.registration.document import Document, get, pointer
from clerk_app.registration.findings import Finding
from clerk_app.registration.form import Form, Step
from clerk_app.registration.model import Missing, missing, row_name
from ui.language import tr
from ui.registration.places import known_place, rows_before
from ui.registration.sheet import Sheet
from ui.registration.view import PointKind, PointRow, StepMark, StepState, state_words

kinds: dict[str, PointKind] = {"error": "error", "warning": "warning", "info": "info"}
_order: dict[PointKind, int] = {"error": 0, "missing": 1, "warning": 2, "info": 4}
CONFIRMED_LAST = 3


@dataclass(frozen=True)
class Points:
    """要改的 all of them in order, by place, and by step."""

    rows: tuple[PointRow, ...]
    steps: dict[str, tuple[PointRow, ...]]
    untouched: dict[str, bool]

    def at(self, place: str) -> PointRow | None:
        """What is to be said at a place: the weightiest that is not answered for."""
        return self._by_place.get(place)

    @cached_property
    def _by_place(self) -> dict[str, PointRow]:
        found: dict[str, PointRow] = {}
        for row in self.rows:
            found.setdefault(row.pointer, row)
        return found

    def count(self, kind: PointKind) -> int:
        """How many of a kind still ask for something."""
        return sum(1 for row in self.rows if row.kind == kind and not row.confirmed)


def points_of(sheet: Sheet) -> Points:
    """Everything, weightiest first, each kind in the order of the form."""
    form = sheet.form
    lacking = missing(form, sheet.document)
    empty = {one.pointer for one in lacking}
    steps = {step.id: untouched(sheet, step) for step in form.steps}
    rows = [_missing_row(form, one) for one in lacking]
    for one in sheet.found:
        row = _found_row(sheet, one)
        # What is empty says so in the words of the form; a step nobody began is not found fault with before the end.
        if row is not None and one.pointer not in empty and (sheet.shown or not steps[step_of(form, one.pointer).id]):
            rows.append(row)
    order = {section.id: n for n, section in enumerate(form.sections)}
    rows.sort(key=lambda row: (_weight(row), order.get(known_place(form, row.pointer).section, len(order))))
    by_step: dict[str, list[PointRow]] = {}
    for row in rows:
        by_step.setdefault(step_of(form, row.pointer).id, []).append(row)
    return Points(tuple(rows), {step: tuple(found) for step, found in by_step.items()}, steps)


def beyond_missing(form: Form, document: Document, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """What was found where something is: of what was empty then, the page speaks by itself, and at once when it is filled."""
    empty = {one.pointer for one in missing(form, document)}
    return tuple(one for one in found if one.pointer not in empty)


def step_of(form: Form, place: str) -> Step:
    """The step a place stands on, or the nearest place around it that is of the form; the first for what no step asks."""
    section = known_place(form, place).section
    return next((step for step in form.steps if section in step.sections), form.steps[0])


def untouched(sheet: Sheet, step: Step) -> bool:
    """Whether nothing was typed on this step yet."""
    places = (place for section in step.sections for place in sheet.form.places(section))
    return all(get(sheet.document, p) == get(sheet.untouched, p) for p in (pointer(place.id) for place in places))


def mark_of(points: Points, step: Step) -> StepMark:
    """A step with its state in words."""
    kinds_here = [row.kind for row in points.steps.get(step.id, ()) if not row.confirmed]
    wrong, lacking, asked = (kinds_here.count(kind) for kind in ("error", "missing", "warning"))
    state: StepState = "done"
    if wrong:
        state = "errors"
    elif lacking:
        state = "untouched" if points.untouched[step.id] else "incomplete"
    said = [tr("{wrong} 处要改", wrong=wrong)] * bool(wrong) + [tr("还有 {lacking} 处", lacking=lacking)] * bool(
        lacking and state != "untouched"
    )
    said += [tr("{asked} 处请核对", asked=asked)] * bool(asked and not wrong)
    note = state_words[state] if state == "untouched" else tr("，").join(said)
    return StepMark(id=step.id, name=step.name, state=state, note=note)


def _weight(row: PointRow) -> int:
    return CONFIRMED_LAST if row.confirmed else _order[row.kind]


def _missing_row(form: Form, one: Missing) -> PointRow:
    step = form.step_of(one.section).name
    where = f"{step}·{one.where}" if one.where else step
    return PointRow(
        id=f"missing {one.pointer}", kind="missing", pointer=one.pointer, sentence=one.sentence, where=where
    )


def _found_row(sheet: Sheet, one: Finding) -> PointRow | None:
    form = sheet.form
    place = known_place(form, one.pointer)
    rows = rows_before(one.pointer)[: place.id.count("[]")]
    who = row_name(form, place.repeat, sheet.document, rows) if place.repeat else ""
    step = step_of(form, one.pointer).name
    mark = finding_mark(sheet.document, one) if one.severity == "warning" else ""
    said = next((word.words for word in sheet.confirmed if word.mark == mark), "")
    return PointRow(
        id=f"{one.rule} {one.pointer} {one.message}",
        kind=kinds[one.severity],
        pointer=one.pointer,
        sentence=one.message,
        where=f"{step}·{who}" if who else step,
        basis="" if one.basis in ("", "–") else one.basis,
        mark=mark,
        confirmed=said if mark else "",
    )

"""一表的话 from the form and what is typed to what the page shows. Pure: no widget, no book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from clerk_app.cases.model import Case
from clerk_app.registration.document import At, Document, get, pointer, rows_of
from clerk_app.registration.entry import text_of
from clerk_app.registration.form import Field, Form, Repeat, Step
from clerk_app.registration.model import (
    Missing,
    missing,
    person_name,
    required,
    row_name,
    row_title,
    visible,
)
from ui.registration.view import (
    Block,
    CellKind,
    CellView,
    FormView,
    GridView,
    MissingRow,
    RepeatView,
    StepMark,
    StepState,
    state_words,
)
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.strip import StripView

_kinds: dict[str, CellKind] = {
    "text": "text", "words": "text", "choice": "choice", "person": "choice", "flag": "tick", "set": "set",
}  # fmt: skip
_placeholders = {"date": "2026-11-20", "month": "2026-12", "date_or_ever": "2035-08-01 或 长期"}
_widths = {"money": 112, "whole": 84, "date": 112, "flag": 72, "choice": 132, "code": 176, "phone": 128}
_right = ("money", "whole")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """填到哪了 one case's form as the clerk has it before him: `left` are places he has been at, `rows` chosen rows."""

    form: Form
    case: Case
    document: dict[str, Any]
    untouched: Document
    step: str
    left: frozenset[str] = frozenset()
    rows: Mapping[str, int] = field(default_factory=dict)
    saved: str = ""
    locked: str = ""

    def at(self, step: str) -> Sheet:
        """On another step."""
        return replace(self, step=step)

    def choose(self, repeat: str, number: int) -> Sheet:
        """With another row chosen."""
        return replace(self, rows={**self.rows, repeat: number})

    @property
    def place(self) -> int:
        """Which step of the form this is."""
        return next(n for n, step in enumerate(self.form.steps) if step.id == self.step)


def tell_form(sheet: Sheet, *, strip: StripView | None = None) -> FormView:
    """The whole page."""
    form, document = sheet.form, sheet.document
    lacking = missing(form, document)
    step = form.steps[sheet.place]
    company = [str(v) for v in (get(document, "/company/name"), get(document, "/company/company_type")) if v]
    last = sheet.place == len(form.steps) - 1
    following = "" if last else form.steps[sheet.place + 1].name
    return FormView(
        case=sheet.case.id,
        title=step.name,
        note="·".join(company) or sheet.case.item_name,
        steps=tuple(_mark(sheet, one, lacking) for one in form.steps),
        step=step.id,
        blocks=_Teller(sheet, lacking).blocks(step),
        missing=tuple(_row(form, one) for one in lacking),
        saved=sheet.saved,
        next_words=f"下一步：{following}" if following else "填好了，回到办件",
        next_reason=f"还有 {len(lacking)} 处没填（Ctrl+H 去第一处）" if last and lacking and not sheet.locked else "",
        first=sheet.place == 0,
        locked=bool(sheet.locked),
        strip=StripView(sheet.locked, kind="info", icon="lock") if sheet.locked else strip,
    )


def _row(form: Form, one: Missing) -> MissingRow:
    step = form.step_of(one.section).name
    return MissingRow(pointer=one.pointer, sentence=one.sentence, where=f"{step}·{one.where}" if one.where else step)


def _mark(sheet: Sheet, step: Step, lacking: tuple[Missing, ...]) -> StepMark:
    count = sum(1 for one in lacking if one.section in step.sections)
    state: StepState = "done"
    if count:
        state = "untouched" if _same(sheet, step) else "incomplete"
    note = f"还有 {count} 处" if state == "incomplete" else "" if state == "done" else state_words[state]
    return StepMark(id=step.id, name=step.name, state=state, note=note)


def _same(sheet: Sheet, step: Step) -> bool:
    """Whether nothing was typed on this step yet."""
    places = (place for section in step.sections for place in sheet.form.places(section))
    return all(get(sheet.document, p) == get(sheet.untouched, p) for p in (pointer(place.id) for place in places))


class _Teller:
    """One step's blocks."""

    def __init__(self, sheet: Sheet, lacking: tuple[Missing, ...]) -> None:
        self._sheet, self._form, self._document = sheet, sheet.form, sheet.document
        self._lacking = {one.pointer: one.sentence for one in lacking}
        people = [one for one in rows_of(get(sheet.document, "/persons")) if isinstance(one, Mapping)]
        self._people = tuple(
            (str(one.get("key")), str(one.get("name") or f"人员 {number}")) for number, one in enumerate(people, 1)
        )

    def blocks(self, step: Step) -> tuple[Block, ...]:
        names = {section.id: section.name for section in self._form.sections}
        found: list[Block] = []
        for section in step.sections:
            inside = self._inside(section, "", ())
            if inside and len(step.sections) > 1 and isinstance(inside[0], GridView):
                inside[0] = replace(inside[0], title=names[section])
            found += inside
        return tuple(found)

    def _inside(self, section: str, repeat: str, at: At) -> list[Block]:
        """Fields side by side as long as no list comes between."""
        found: list[Block] = []
        cells: list[CellView] = []
        for place in self._form.places(section, repeat):
            if not visible(place, self._document, at):
                continue
            if isinstance(place, Field):
                if place.type != "key":
                    cells.append(self._cell(place, at))
                continue
            if cells:
                found.append(GridView(slot=cells[0].slot, cells=tuple(cells)))
                cells = []
            found.append(self._repeat(place, at))
        if cells:
            found.append(GridView(slot=cells[0].slot, cells=tuple(cells)))
        return found

    def _cell(self, one: Field, at: At) -> CellView:
        place = pointer(one.id, at)
        value = get(self._document, place)
        return CellView(
            slot=one.id,
            pointer=place,
            label=one.label,
            kind=_kinds.get(one.type, "digits"),
            text=text_of(one, value),
            ticked=value is True,
            chosen=tuple(str(v) for v in rows_of(value)) if one.type == "set" else (),
            choices=self._choices(one, value),
            words=one.tick,
            hint=one.help or self._spare(one, at),
            placeholder=_placeholders.get(one.type, ""),
            finding=self._lacking.get(place, "") if place in self._sheet.left else "",
            lacking=place in self._lacking,
            optional=one.optional and one.type != "flag",
            wide=one.wide,
        )

    def _spare(self, one: Field, at: At) -> str:
        """Asked for at other times, not now."""
        now_and_then = not isinstance(one.required, bool) and one.type != "flag"
        return "选填" if now_and_then and not required(one, self._document, at) else ""

    def _choices(self, one: Field, value: Any) -> tuple[tuple[str, str], ...]:
        """What may be chosen; an imported value that is not on the list stands there too."""
        if one.type == "person":
            known = self._people
        elif one.type in ("choice", "set"):
            known = tuple((word, word) for word in one.choices)
        else:
            return ()
        words = dict(known)
        here = rows_of(value) if one.type == "set" else [value] if value else []
        strange = tuple((str(v), "已删去的人" if one.type == "person" else str(v)) for v in here if str(v) not in words)
        return (*known, *strange)

    def _repeat(self, one: Repeat, at: At) -> RepeatView:
        place = pointer(one.id, at)
        count = len(rows_of(get(self._document, place)))
        chosen = min(self._sheet.rows.get(place, 0), count - 1)
        here = (*at, chosen)
        fields = [self._form.by_id[f"{one.id}[].{name}"] for name in one.columns]
        return RepeatView(
            slot=one.id,
            pointer=place,
            title=one.name,
            columns=(Column("", 40, tone="ink2"), *(_column(one, f, number) for number, f in enumerate(fields))),
            rows=tuple(self._table_row(one, fields, (*at, number)) for number in range(count)),
            chosen=chosen,
            row_title=f"第 {chosen + 1} {one.unit}{one.name}" if count else "",
            row_note=row_title(self._form, one, self._document, here) if count else "",
            add_words=f"加一{one.unit}{one.name}" if count < one.most else "",
            none_words=f"还没有{one.name}。",
            finding=self._lacking.get(place, "") if place in self._sheet.left else "",
            lacking=place in self._lacking,
            inside=tuple(self._inside(one.section, one.id, here)) if count else (),
        )

    def _table_row(self, one: Repeat, fields: list[Field], at: At) -> Row:
        cells = tuple(self._table_cell(f, get(self._document, pointer(f.id, at)), at) for f in fields)
        said = row_name(self._form, one.id, self._document, at)
        return Row(str(at[-1]), (str(at[-1] + 1), *cells), spoken=said)

    def _table_cell(self, one: Field, value: Any, at: At) -> Cell:
        if one.type == "person":
            shown = person_name(self._document, value)
            if not shown and one.repeat == "shareholders":
                shown = row_title(self._form, self._form.repeat_by_id["shareholders"], self._document, at)
            return Cell(shown)
        if one.type == "flag":
            return Cell("是" if value is True else "")
        if one.masked:
            return Cell(_covered(text_of(one, value)))
        return Cell(text_of(one, value))


def _covered(text: str) -> str:
    """Masked in the list; the field below shows it whole."""
    return text if len(text) < 8 else text[:3] + "*" * (len(text) - 7) + text[-4:]


def _column(repeat: Repeat, one: Field, number: int) -> Column:
    if number == 0:
        return Column(repeat.name if one.name in repeat.title else one.label, bold=True)
    return Column(one.label, _widths.get(one.type, 132), "right" if one.type in _right else "left")

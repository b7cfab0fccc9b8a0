"""表身的话 one step's fields and lists, as they are shown: values, choices, hints, and what is to be said at each. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from clerk_app.office.registration.rounds import by_place, marks_in
from clerk_app.registration.deriving import followed_from
from clerk_app.registration.document import At, get, pointer, rows_of
from clerk_app.registration.entry import text_of
from clerk_app.registration.form import Field, Repeat, Step
from clerk_app.registration.model import enabled, person_name, required, row_name, row_title, visible
from ui.language import tr
from ui.registration.masking import covered
from ui.registration.people import acts_of
from ui.registration.sheet import Sheet
from ui.registration.telling_points import Points
from ui.registration.view import Block, CellKind, CellView, GridView, PointRow, RepeatView, point_words
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.tag import TagView

_kinds: dict[str, CellKind] = {
    "text": "text", "words": "text", "choice": "choice", "person": "choice", "flag": "tick", "set": "set",
}  # fmt: skip
_placeholders = {"date": "2026-11-20", "month": "2026-12", "date_or_ever": tr("2035-08-01 或 长期")}
_widths = {"money": 112, "whole": 84, "date": 112, "flag": 72, "choice": 132, "code": 176, "phone": 128}
_right = ("money", "whole")
WAN = "（万元）"
UNLOOKED = tr("申请人自填，未核")


class Teller:
    """表身的话 one step's blocks."""

    def __init__(self, sheet: Sheet, points: Points) -> None:
        self._sheet, self._form, self._document = sheet, sheet.form, sheet.document
        self._points = points
        self._marks = by_place(marks_in(sheet.case, sheet.document, sheet.points)) if sheet.points else {}
        people = [one for one in rows_of(get(sheet.document, "/persons")) if isinstance(one, Mapping)]
        self._people = tuple(
            (str(one.get("key")), str(one.get("name") or tr("人员 {number}", number=number)))
            for number, one in enumerate(people, 1)
        )

    def blocks(self, step: Step) -> tuple[Block, ...]:
        """What stands on the step, in order; a head where it has several parts."""
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
        point = self._points.at(place)
        taken, wanted = self._taken(one, at, value), self._wanted(place)
        return CellView(
            slot=one.id,
            pointer=place,
            label=one.label,
            kind="search" if one.search else _kinds.get(one.type, "digits"),
            text=text_of(one, value),
            ticked=value is True,
            chosen=tuple(str(v) for v in rows_of(value)) if one.type == "set" else (),
            choices=self._choices(one, value),
            words=one.tick,
            hint=self._unlooked(place) or taken or self._hint(one, at, value),
            placeholder="" if taken else _placeholders.get(one.type, ""),
            finding=wanted or self._said(point, place),
            point="error" if wanted else point.kind if point else "missing",
            lacking=point is not None and point.kind == "missing",
            optional=not taken and self._optional(one, at),
            wide=one.wide,
            taken=bool(taken),
            masked=one.masked,
            search=one.search,
            acts=acts_of(self._form, self._document, one, place) if one.type == "person" else (),
        )

    def _said(self, point: PointRow | None, place: str) -> str:
        """Told on leaving the place, and all at once before the end; never while one types there."""
        seen = self._sheet.shown or place in self._sheet.left
        return point.sentence if point is not None and seen and point.kind != "info" and not point.confirmed else ""

    def _wanted(self, place: str) -> str:
        """What a notice told of this field, until it is read, and mended or explained."""
        open_ = (mark for mark in self._marks.get(place, ()) if mark.round and not mark.settled)
        return tr("；").join(
            tr(
                "{department}：{rstrip}（{value}）",
                department=mark.department,
                rstrip=mark.opinion.rstrip(tr("。")),
                value=tr("未读") if mark.unread else tr("没改"),
            )
            for mark in open_
        )

    def _taken(self, one: Field, at: At, value: Any) -> str:
        """Why it is not typed here."""
        if closed := self._sheet.closed(pointer(one.id, at)):
            return closed
        if one.uncorrectable and value not in (None, ""):
            return tr("自动编号，不改")
        if one.enabled is False:
            return tr("由档案带出，这类登记不改")
        followed = not enabled(one, self._document, at) and followed_from(
            self._form, self._document, one.id, at, self._sheet.aids.lookups
        )
        return tr("由证件号码带出") if followed else ""

    def _unlooked(self, place: str) -> str:
        return UNLOOKED if place in self._sheet.unlooked else ""

    def _hint(self, one: Field, at: At, value: Any) -> str:
        """What helps here now: the amount in words, the days left, what the code is called, else the form's own hint."""
        aids, text = self._sheet.aids, text_of(one, value)
        said = ""
        if one.type == "money" and WAN in one.label:
            said = aids.in_words(text) if text else ""
        elif one.search:
            said = aids.named(one.search, text) if text else ""
        elif one.id == "company.name_reserved_until":
            said = aids.reserved(until, self._sheet.today) if (until := _day(text)) else ""
        elif one.id in ("company.trade_name", "company.alt_names"):
            said = aids.looked_up(one.id, self._document)
        return said or one.help

    def _optional(self, one: Field, at: At) -> bool:
        """Never asked for, or asked for at other times and not now."""
        now_and_then = not isinstance(one.required, bool) and not required(one, self._document, at)
        return one.type != "flag" and (one.optional or now_and_then)

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
        strange = tuple(
            (str(v), tr("已删去的人") if one.type == "person" else str(v)) for v in here if str(v) not in words
        )
        return (*known, *strange)

    def _repeat(self, one: Repeat, at: At) -> RepeatView:
        place = pointer(one.id, at)
        count = len(rows_of(get(self._document, place)))
        point = self._points.at(place)
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
            row_title=tr("第 {chosen} {row}", chosen=chosen + 1, row=one.counted) if count else "",
            row_note=row_title(self._form, one, self._document, here) if count else "",
            add_words=tr("加一{row}", row=one.counted) if count < one.most and not self._sheet.closed(place) else "",
            none_words=tr("还没有{name}。", name=one.name),
            finding=self._said(point, place),
            lacking=point is not None and point.kind == "missing",
            inside=tuple(self._inside(one.section, one.id, here)) if count else (),
        )

    def _table_row(self, one: Repeat, fields: list[Field], at: At) -> Row:
        cells = tuple(self._table_cell(f, get(self._document, pointer(f.id, at)), at) for f in fields)
        said = row_name(self._form, one.id, self._document, at)
        if cells and (tag := self._row_tag(pointer(one.id, at[:-1]), at[-1])) is not None:
            cells = (replace(cells[0], tags=(tag,)), *cells[1:])
        return Row(str(at[-1]), (str(at[-1] + 1), *cells), spoken=said)

    def _row_tag(self, place: str, number: int) -> TagView | None:
        """须改 on the rows something is wrong in."""
        inside = f"{place}/{number}"
        wrong = (row for row in self._points.rows if row.kind == "error" and f"{row.pointer}/".startswith(f"{inside}/"))
        return TagView(point_words["error"], "must") if next(wrong, None) else None

    def _table_cell(self, one: Field, value: Any, at: At) -> Cell:
        if one.type == "person":
            shown = person_name(self._document, value)
            if not shown and one.repeat == "shareholders":
                shown = row_title(self._form, self._form.repeat_by_id["shareholders"], self._document, at)
            return Cell(shown)
        if one.type == "flag":
            return Cell(tr("是") if value is True else "")
        if one.masked:
            return Cell(covered(text_of(one, value)))
        return Cell(text_of(one, value))


def _column(repeat: Repeat, one: Field, number: int) -> Column:
    if number == 0:
        return Column(repeat.name if one.name in repeat.title else one.label, bold=True)
    return Column(one.label, _widths.get(one.type, 132), "right" if one.type in _right else "left")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

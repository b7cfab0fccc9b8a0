"""部门信息表 a department's extract as a paper: the same fields, section by section, people on a private page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clerk_app.registration.document import Document, get, rows_of
from clerk_app.registration.extracts import PEOPLE, WHO, people_of, person_fields, routed
from clerk_app.registration.form import Field, Form, Repeat
from clerk_app.registration.model import submitted
from clerk_app.registration.papers.pattern import (
    CellPattern,
    FormPaperKind,
    GridPattern,
    PartPattern,
    SheetPattern,
    TablePattern,
    WordsPattern,
)

_ABREAST = 2
_WIDEST = 200
"""Columns that want more than this are too narrow to read side by side."""
_wide_types = ("words", "set")
_column_widths = {"flag": 12, "whole": 12, "money": 16, "date": 24, "choice": 20}


def department_kind(form: Form, department: str) -> FormPaperKind:
    """The paper of one department, made of the form itself."""
    fields = [one for one in routed(form, department) if one.repeat != PEOPLE and not one.masked]
    own = [one for one in person_fields(form, department) if one.name != "key"]
    parts = tuple(part for section in form.sections for part in _section(form, section.id, section.name, fields))
    shown = any(one.name not in WHO for one in own)
    private = (SheetPattern(parts=tuple(_people(own)), title="隐私页　人员", private=True),) if shown else ()
    title = f"企业登记一表·{department}"
    return FormPaperKind(
        key=f"department-{department}",
        name=f"部门信息表（{department}）",
        title=title,
        sheets=(SheetPattern(parts=(WordsPattern(say=_note(department), look="note"), *parts)), *private),
    )


def of_department(form: Form, document: Document, department: str) -> dict[str, Any]:
    """The document with this department's people only."""
    keys = set(people_of(form, submitted(form, document), department))
    people = [one for one in rows_of(get(document, f"/{PEOPLE}")) if isinstance(one, dict)]
    return {**document, PEOPLE: [one for one in people if str(one.get("key")) in keys]}


def _note(department: str) -> str:
    return f"本表只含送{department}的栏目，取自企业登记一表；“——”是没有填或者不用填的。"


def _section(form: Form, section: str, name: str, fields: list[Field]) -> Iterator[PartPattern]:
    """Fields side by side as far as they stand outside lists, then each list as a table."""
    mine = [one for one in fields if one.section == section]
    single = [one for one in mine if not one.repeat]
    lists = [one for one in form.repeats if one.section == section and any(f.repeat == one.id for f in mine)]
    if mine:
        yield WordsPattern(say=name, look="head")
    if single:
        yield GridPattern(lines=tuple(_lines(single)))
    for one in lists:
        yield WordsPattern(say=one.name, look="note", when=one.visible if not one.repeat else True)
        yield _rows(form, one, [field for field in mine if field.repeat == one.id])


def _lines(fields: list[Field]) -> Iterator[tuple[CellPattern, ...]]:
    line: list[CellPattern] = []
    for one in fields:
        cell = CellPattern(label=one.label, say="{" + one.id + "}")
        if one.wide > 1 or one.type in _wide_types:
            if line:
                yield tuple(line)
            line = []
            yield (cell,)
            continue
        line.append(cell)
        if len(line) == _ABREAST:
            yield tuple(line)
            line = []
    if line:
        yield tuple(line)


def _rows(form: Form, one: Repeat, fields: list[Field]) -> TablePattern | GridPattern:
    """A table, or where it would have too many columns a block of cells a row."""
    table = _table(form, one, fields)
    return table if sum(table.widths) <= _WIDEST else GridPattern(lines=tuple(_lines(fields)), each=one.id)


def _table(form: Form, one: Repeat, fields: list[Field]) -> TablePattern:
    """A list inside a list says first whose it is."""
    owner = form.repeat_by_id[one.repeat].title if one.repeat else ()
    titled = " | ".join(f"{one.repeat}[].{name}" for name in owner)
    first = ((form.repeat_by_id[one.repeat].name, "{" + titled + "}", 24),) if titled else ()
    columns = (("序号", "{#}", 12), *first, *((f.label, "{" + f.id + "}", _width(f)) for f in fields))
    return TablePattern(
        head=tuple(head for head, _, _ in columns),
        say=tuple(say for _, say, _ in columns),
        widths=tuple(width for _, _, width in columns),
        of=one.id,
        when=one.visible if not one.repeat else True,
    )


def _width(field: Field) -> int:
    return 40 if field.wide > 1 else _column_widths.get(field.type, 24)


def _people(own: list[Field]) -> Iterator[PartPattern]:
    yield WordsPattern(say="隐私页　人员", look="head")
    yield WordsPattern(say="本页含个人信息，单独存放，只供收件部门核对。", look="note")
    lines = tuple(_lines(own))
    yield GridPattern(lines=lines, each=PEOPLE)

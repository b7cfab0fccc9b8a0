"""表单样式 the papers of the one form as data: pages, cells, tables and sentences that name places of the form.

In a sentence `{place}` stands for what the document says there, `{place:style}` for it in a style (`shown.Reader.text`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any, get_args

from clerk_app.registration.form import Condition, Form, Plain, read_condition
from clerk_app.registration.papers.sheet import Look

Gate = Condition | bool


@dataclass(frozen=True, kw_only=True)
class CellPattern:
    """栏样 one labelled cell: its label, its sentence, and when it stands there."""

    label: str
    say: str
    wide: int = 1
    when: Gate = True


@dataclass(frozen=True, kw_only=True)
class WordsPattern:
    """话样 a paragraph; with `each` once for every row of that repeat."""

    say: str
    look: Look = "text"
    each: str = ""
    when: Gate = True


@dataclass(frozen=True, kw_only=True)
class GridPattern:
    """栏表样 lines of cells; with `each` once for every row of that repeat."""

    lines: tuple[tuple[CellPattern, ...], ...]
    each: str = ""
    when: Gate = True


@dataclass(frozen=True, kw_only=True)
class TicksPattern:
    """勾选样 all that could be chosen of one field, with what was chosen marked."""

    label: str
    place: str
    when: Gate = True


@dataclass(frozen=True, kw_only=True)
class TablePattern:
    """行表样 a line for every row of `of`, or the lines somebody gives under the name `given`."""

    head: tuple[str, ...]
    say: tuple[str, ...]
    widths: tuple[int, ...]
    of: str = ""
    given: str = ""
    when: Gate = True


@dataclass(frozen=True, kw_only=True)
class SignsPattern:
    """签名样 signature lines; with `each` one for every row of that repeat."""

    lines: tuple[str, ...]
    each: str = ""
    when: Gate = True


PartPattern = WordsPattern | GridPattern | TicksPattern | TablePattern | SignsPattern


@dataclass(frozen=True, kw_only=True)
class SheetPattern:
    """页样 what begins on a page of its own; only a private one shows masked places whole."""

    parts: tuple[PartPattern, ...]
    title: str = ""
    private: bool = False
    when: Gate = True


@dataclass(frozen=True, kw_only=True)
class FormPaperKind:
    """表单种类 one paper of the form: for which applications it is, and what it is made of. `needs` names the given tables."""

    key: str
    name: str
    title: str
    sheets: tuple[SheetPattern, ...]
    when: Gate = True
    why_not: str = ""
    needs: tuple[str, ...] = ()
    copies: int = 1


def read_paper(row: Plain, form: Form) -> FormPaperKind:
    """From a file's content; raises KeyError or TypeError on one of another shape."""
    return FormPaperKind(
        key=row["key"],
        name=row["name"],
        title=row.get("title", row["name"]),
        sheets=tuple(_sheet(one, form) for one in row["sheets"]),
        when=_gate(row),
        why_not=row.get("why_not", ""),
        needs=tuple(row.get("needs", ())),
        copies=row.get("copies", 1),
    )


def places_of(say: str) -> tuple[tuple[str, str], ...]:
    """The places a sentence names, each with its style."""
    return tuple((place, style or "") for _, place, style, _ in Formatter().parse(say) if place)


def _gate(row: Plain) -> Gate:
    return read_condition(row["when"]) if "when" in row else True


def _sheet(row: Plain, form: Form) -> SheetPattern:
    return SheetPattern(
        parts=tuple(_part(one, form) for one in row["parts"]),
        title=row.get("title", ""),
        private=row.get("private", False),
        when=_gate(row),
    )


def _part(row: Plain, form: Form) -> PartPattern:
    each, when = row.get("each", ""), _gate(row)
    if "grid" in row:
        lines = tuple(tuple(_cell(one, form) for one in line) for line in row["grid"])
        return GridPattern(lines=lines, each=each, when=when)
    if "ticks" in row:
        place = row["ticks"]
        return TicksPattern(label=row.get("label", form.by_id[place].label), place=place, when=when)
    if "columns" in row:
        return _table(row, when, form)
    if "signs" in row:
        return SignsPattern(lines=tuple(row["signs"]), each=each, when=when)
    look = next(look for look in get_args(Look) if look in row)
    return WordsPattern(say=row[look], look=look, each=each, when=when)


def _table(row: Plain, when: Gate, form: Form) -> TablePattern:
    columns: list[Mapping[str, Any]] = row["columns"]
    return TablePattern(
        head=tuple(one["head"] for one in columns),
        say=tuple(one.get("say", "") for one in columns),
        widths=tuple(one["width"] for one in columns),
        of=row.get("of", ""),
        given=row.get("given", ""),
        when=when,
    )


def _cell(row: str | Plain, form: Form) -> CellPattern:
    """A place alone is labelled as the form labels it, and stands there only while the form asks for it."""
    if isinstance(row, str):
        field = form.by_id[row]
        return CellPattern(label=field.label, say="{" + row + "}", wide=field.wide, when=field.visible)
    return CellPattern(label=row["label"], say=row["say"], wide=row.get("wide", 1), when=_gate(row))

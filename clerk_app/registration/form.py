"""一表 the form as data: steps, sections, repeats and fields read from one file; nothing here knows a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from clerk_app.registration.standing import Types, read_types

Plain = Mapping[str, Any]
FieldType = Literal[
    "text", "code", "phone", "date", "month", "date_or_ever", "money", "whole", "choice", "flag", "person", "set",
    "words", "key",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Condition:
    """条件 when a field is asked for: by another field's value or how it begins, by being filled, by a role, or several together."""

    field: str = ""
    values: tuple[Any, ...] = ()
    wanted: bool = True
    filled: bool = False
    starts: tuple[str, ...] = ()
    referenced_by: tuple[str, ...] = ()
    all: tuple[Condition, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Field:
    """栏目 one leaf of the document: `id` is its place with `[]` for every repeat, `entry` its line of the field list.

    `enabled`: while not, it is taken from another field and not typed. `reset`: emptied when this one becomes another.
    `search`: the reference data it is looked up in. `uncorrectable`: once it is there, nobody changes it.
    `closed`: no other choice can be meant, also in an application from elsewhere.
    `page_only`: the page asks for it; a check does not, because applications from elsewhere never had it.
    """

    id: str
    section: str
    label: str
    type: FieldType
    required: Condition | bool
    entry: str
    visible: Condition | bool = True
    must: bool = False
    choices: tuple[str, ...] = ()
    closed: bool = False
    default: str | int | bool | None = None
    tick: str = ""
    help: str = ""
    rule: str = ""
    basis: str = ""
    departments: tuple[str, ...] = ()
    automatic: bool = False
    masked: bool = False
    wide: int = 1
    enabled: Condition | bool = True
    reset: tuple[str, ...] = ()
    search: str = ""
    uncorrectable: bool = False
    page_only: bool = False

    @property
    def repeat(self) -> str:
        """The repeat it stands in, or empty."""
        return self.id.rpartition("[]")[0]

    @property
    def name(self) -> str:
        """Its key in its own object."""
        return self.id.rpartition(".")[2]

    @cached_property
    def path(self) -> tuple[str, ...]:
        """The keys to it from its row, or from the document."""
        return path_in_row(self.id)

    @cached_property
    def positive(self) -> bool:
        """Whether only an amount above nothing can be meant."""
        return self.rule.startswith(">0")

    @property
    def optional(self) -> bool:
        """Whether nothing ever asks for it."""
        return self.required is False and not self.must


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """多行 a list of objects of one kind: 股东, 股东的出资; `title` are the fields a row is known by."""

    id: str
    section: str
    name: str
    unit: str
    columns: tuple[str, ...]
    title: tuple[str, ...]
    required: Condition | bool = False
    visible: Condition | bool = True
    most: int = 200
    rows: tuple[Plain, ...] = ()

    @property
    def counted(self) -> str:
        """One of its rows as it is counted: 位股东, 项经营项目."""
        return f"{self.unit}{self.name}"

    @property
    def repeat(self) -> str:
        """The repeat it stands in, or empty."""
        return self.id.rpartition("[]")[0]

    @cached_property
    def path(self) -> tuple[str, ...]:
        """The keys to it from its row, or from the document."""
        return path_in_row(self.id)


def path_in_row(place: str) -> tuple[str, ...]:
    """The keys of a place after its last `[]`."""
    return tuple(place.rpartition("[]")[2].lstrip(".").split("."))


@dataclass(frozen=True)
class Section:
    """部分 one part of the printed form: A 申请 … Q 承诺与材料."""

    id: str
    name: str


@dataclass(frozen=True)
class Step:
    """步骤 what stands on one screen: one or more sections."""

    id: str
    name: str
    sections: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Form:
    """一表 one version of the form."""

    id: str
    version: str
    name: str
    effective_from: str
    steps: tuple[Step, ...]
    sections: tuple[Section, ...]
    repeats: tuple[Repeat, ...]
    fields: tuple[Field, ...] = field(repr=False)
    types: Types = field(default=Types(), repr=False)

    @cached_property
    def by_id(self) -> dict[str, Field]:
        """Fields by their place."""
        return {one.id: one for one in self.fields}

    @cached_property
    def repeat_by_id(self) -> dict[str, Repeat]:
        """Repeats by their place."""
        return {one.id: one for one in self.repeats}

    @cached_property
    def _inside(self) -> dict[str, tuple[Field, ...]]:
        return {one.id: tuple(f for f in self.fields if f.repeat == one.id) for one in self.repeats}

    def fields_in(self, repeat: str) -> tuple[Field, ...]:
        """The fields of one row of a repeat."""
        return self._inside.get(repeat, ())

    @cached_property
    def _order(self) -> dict[tuple[str, str], tuple[Field | Repeat, ...]]:
        order: dict[tuple[str, str], list[Field | Repeat]] = {}
        for one in self.fields:
            place: Field | Repeat = one
            while True:
                beside = order.setdefault((place.section, place.repeat), [])
                if place not in beside:
                    beside.append(place)
                if not place.repeat:
                    break
                place = self.repeat_by_id[place.repeat]
        return {key: tuple(beside) for key, beside in order.items()}

    def places(self, section: str, repeat: str = "") -> tuple[Field | Repeat, ...]:
        """What stands in a section, or in one row of a repeat there, in order: fields, and lists as one place each."""
        return self._order.get((section, repeat), ())

    @cached_property
    def rank(self) -> dict[str, int]:
        """Where a place stands in the printed order: an object or a list where its first field does."""
        rank: dict[str, int] = {}
        for number, one in enumerate(self.fields):
            keys = one.id.split(".")
            for length in range(1, len(keys) + 1):
                place = ".".join(keys[:length])
                rank.setdefault(place.removesuffix("[]"), number)
        return rank

    def step_of(self, section: str) -> Step:
        """The step a section stands on."""
        return next(step for step in self.steps if section in step.sections)


def read_form(document: Plain) -> Form:
    """From the file's content; raises KeyError or TypeError on one of another shape."""
    return Form(
        id=document["id"],
        version=document["version"],
        name=document["name"],
        effective_from=document["effective_from"],
        steps=tuple(Step(s["id"], s["name"], tuple(s["sections"])) for s in document["steps"]),
        sections=tuple(Section(s["id"], s["name"]) for s in document["sections"]),
        repeats=tuple(Repeat(**_read(row)) for row in document["repeats"]),
        fields=tuple(Field(**_read(row)) for row in document["fields"]),
        types=read_types(document.get("types", {})),
    )


def _read(row: Plain) -> dict[str, Any]:
    read = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    for name in ("required", "visible", "enabled"):
        if isinstance(row.get(name), dict):
            read[name] = read_condition(row[name])
    return read


def read_condition(row: Plain) -> Condition:
    """A condition as the files have it: `{field, is|not|filled|starts}`, `{all: […]}`."""
    return Condition(
        field=row.get("field", ""),
        values=tuple(row.get("is", row.get("not", ()))),
        wanted="not" not in row,
        filled=bool(row.get("filled", False)),
        starts=tuple(row.get("starts", ())),
        referenced_by=tuple(row.get("referenced_by", ())),
        all=tuple(read_condition(inner) for inner in row.get("all", ())),
    )

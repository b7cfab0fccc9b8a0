"""文书样式 every paper of a case as data: what it is called, how it is numbered, what it says, who signs, which seal class.

Which class a paper is in is the hall's data (`Hall.procedure_papers`), never said here; whether it bears a seal at all is
the template's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from string import Formatter
from typing import Any

import yaml

import resources
from clerk_app.duty.model import Roster
from clerk_app.sealing.model import PaperClass

class_words: dict[PaperClass, str] = {"none": "不盖章", "procedure": "程序文书", "decision": "决定文书"}
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ORDINALS = "一二三四五六"
_APPROVAL = "行政审批专用章"


@dataclass(frozen=True)
class Said:
    """一段话 one paragraph of a template; with `when` it stands only where that field has a value."""

    say: str
    when: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it names."""
        return tuple(name for _, name, _, _ in Formatter().parse(self.say) if name)


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """文书种类 one kind of paper as its template has it."""

    name: str
    key: str
    title: str
    text: tuple[Said, ...]
    notes: tuple[Said, ...] = ()
    word: str = ""
    """文号里的字; empty: it bears no number."""
    in_hand: int = 0
    """How many serials a machine keeps for it; 0: asked for when wanted."""
    sealed: bool = True
    again: bool = False
    decided: bool = False
    """A decision's own paper: made when it is authorised."""
    form: bool = False
    """Made of the one form, with the form's own pages (`registration.papers`), not of this template."""
    copies: int = 1
    parts: tuple[str, ...] = ()
    """多联 what each sheet of it is for, in order (存根, 交申请人); empty: so many copies alike."""
    to: str = ""
    law: str = ""
    tables: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()

    @property
    def numbered(self) -> bool:
        """Whether it takes a 文号 of its own here; a decision's comes with its authorisation."""
        return bool(self.word) and not self.decided

    @property
    def required(self) -> tuple[str, ...]:
        """The fields without which it cannot be printed."""
        plain = (name for said in (*self.text, *self.notes) if not said.when for name in said.fields)
        return tuple(dict.fromkeys((*self.needs, *plain)))


@dataclass(frozen=True)
class PaperBook:
    """文书样式册 all kinds, the words for fields that are missing, and the signature lines."""

    kinds: Mapping[str, PaperKind]
    fields: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=1)
def paper_book() -> PaperBook:
    """As the program brings it; the same at both ends."""
    document = yaml.load(resources.path("documents", "papers.yaml").read_text(encoding="utf-8"), _LOADER)
    kinds = {name: _kind(name, row) for name, row in document["papers"].items()}
    return PaperBook(kinds, document["fields"], document["signs"])


def paper_kind(name: str) -> PaperKind | None:
    """One kind by its name."""
    return paper_book().kinds.get(name)


def part_words(parts: tuple[str, ...]) -> tuple[str, ...]:
    """联名 第一联　存根, as each sheet bears it."""
    return tuple(f"第{_ORDINALS[place]}联　{part}" for place, part in enumerate(parts))


def class_of(name: str, procedure_papers: frozenset[str]) -> PaperClass:
    """程序文书 or 决定文书 by the hall's data; a kind nobody knows is held to the stricter one."""
    kind = paper_kind(name)
    if kind is not None and not kind.sealed:
        return "none"
    return "procedure" if name in procedure_papers else "decision"


def department_word(roster: Roster, department: str) -> str:
    """江市监 as the department's letters of authorisation bear it; without one, its own name."""
    for letter in roster.letters:
        if letter.department == department:
            return letter.document_no.partition("授")[0] or letter.document_no.partition("〔")[0]
    known = roster.departments.get(department)
    return known.name if known else department


def agency_name(roster: Roster, department: str) -> str:
    """江州市市场监督管理局 as its approval seal has it; without one, the department's name."""
    for seal in roster.seals.values():
        if seal.department == department and seal.kind == "approval":
            return seal.name.removesuffix(_APPROVAL)
    known = roster.departments.get(department)
    return known.name if known else department


def serial_kind(department: str, kind: PaperKind, year: int) -> str:
    """号段名 the kind of number block a department's papers of this kind come from."""
    return f"paper_no:{department}:{kind.key}:{year}"


def paper_number(word: str, kind: PaperKind, year: int, serial: int) -> str:
    """文号 江市监受〔2026〕12号."""
    return f"{word}{kind.word}〔{year}〕{serial}号"


def _kind(name: str, row: Mapping[str, Any]) -> PaperKind:
    return PaperKind(
        name=name,
        key=row["key"],
        title=row.get("title", name),
        text=tuple(map(_said, row["text"])),
        notes=tuple(map(_said, row.get("notes", ()))),
        word=row.get("word", ""),
        in_hand=row.get("in_hand", 0),
        sealed=row.get("seal", True),
        again=row.get("again", False),
        decided=row.get("decided", False),
        form=row.get("form", False),
        copies=len(row["parts"]) if "parts" in row else row.get("copies", 1),
        parts=tuple(row.get("parts", ())),
        to=row.get("to", ""),
        law=row.get("law", ""),
        tables=tuple(row.get("tables", ())),
        needs=tuple(row.get("needs", ())),
        signs=tuple(row.get("signs", ())),
    )


def _said(row: str | Mapping[str, str]) -> Said:
    return Said(row) if isinstance(row, str) else Said(row["say"], row["when"])

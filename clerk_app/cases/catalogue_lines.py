"""目录变动的一行 one thing of the catalogue that changes, the row as it stands in the hall document, and what is known beside it.

Rows are plain JSON values: the same at both ends, on the page and in an imported file.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Document = dict[str, Any]
What = Literal["item", "item_off", "window", "standard", "remedies", "documents", "seal", "issuer", "fee", "outside"]
WHATS: tuple[What, ...] = get_args(What)
what_words: dict[What, str] = {
    "item": "事项",
    "item_off": "事项下线",
    "window": "窗口时间和预约",
    "standard": "服务标准",
    "remedies": "救济途径",
    "documents": "文书分类",
    "seal": "印章",
    "issuer": "合法签发机构",
    "fee": "收费",
    "outside": "对外的平台",
}
CLASSES = "classes"
"""The one key of document classes."""
FEE_FIELDS = ("fee", "fee_source", "fee_options", "fee_unit", "fee_code", "fee_reductions", "fee_waiver")
WINDOW_FIELDS = ("hours", "booked")


@dataclass(frozen=True, kw_only=True)
class CatalogueLine:
    """目录变动的一行 what changes, of which key (code, window number, department, seal, digest, partner), and its row afterwards."""

    what: What
    key: str
    row: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """What it touches: an item, its end and its fee are one place, because each rests on the others."""
        return f"item:{self.key}" if self.what in ("item", "item_off", "fee") else f"{self.what}:{self.key}"

    @property
    def name(self) -> str:
        """How people call it."""
        named = self.row.get("name") if self.what in ("item", "seal", "outside") else ""
        return str(named or self.key)


@dataclass(frozen=True, kw_only=True)
class CatalogueKnown:
    """目录以外的名单 what a line may name: departments with their codes and remedies, windows with their letters, seals, skills, people."""

    departments: Mapping[str, str] = field(default_factory=dict)
    remedies: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    windows: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    letters: frozenset[str] = frozenset()
    seals: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    items: Mapping[str, str] = field(default_factory=dict)
    """Code → short name."""


def known_of(document: Mapping[str, Any]) -> CatalogueKnown:
    """Read from a hall document."""
    people, posts = document["people"], document["posts"]
    skills = {skill for row in people for skill in row.get("skills", ())}
    return CatalogueKnown(
        departments={row["id"]: row["uscc"] for row in document["departments"]},
        remedies={row["id"]: row.get("remedies", {}) for row in document["departments"]},
        windows={row["number"]: tuple(row["letters"]) for row in document["windows"]},
        letters=frozenset(document["queue"]["letters"]),
        seals=frozenset(row["id"] for row in document["seals"]),
        skills=frozenset(skills.union(*(row.get("qualifications", ()) for row in posts))),
        people=frozenset(row["id"] for row in people),
        items={row["code"]: row["short"] for row in document["items"]},
    )


def row_of(document: Mapping[str, Any], what: What, key: str) -> Document | None:
    """The row as it stands in this document; None where there is none."""
    found = _read[what](document, key)
    return None if found is None else copy.deepcopy(dict(found))


def changed_catalogue(document: Mapping[str, Any], lines: Iterable[CatalogueLine]) -> Document:
    """A copy with every line applied; lines that touch different places give the same in any order."""
    fresh = copy.deepcopy(dict(document))
    for line in sorted(lines, key=lambda one: (WHATS.index(one.what), one.key)):
        _write[line.what](fresh, line.key, copy.deepcopy(line.row))
    return fresh


def touched(before: Mapping[str, Any], after: Mapping[str, Any], lines: Iterable[CatalogueLine]) -> tuple[str, ...]:
    """Names of the lines whose rows are not the same in the two documents: somebody else was there meanwhile."""
    return tuple(
        line.name for line in lines if row_of(before, line.what, line.key) != row_of(after, line.what, line.key)
    )


def _named(rows: Iterable[Document], field_: str, key: str) -> Document | None:
    return next((row for row in rows if str(row[field_]) == key), None)


def _item(document: Mapping[str, Any], key: str) -> Document | None:
    return _named(document["items"], "code", key)


def _part(row: Document | None, fields: Iterable[str]) -> Document | None:
    return None if row is None else {name: row[name] for name in fields if name in row}


def _window(document: Mapping[str, Any], key: str) -> Document | None:
    return _named(document["windows"], "number", key)


def _department(document: Mapping[str, Any], key: str) -> Document | None:
    row = _named(document["departments"], "id", key)
    return None if row is None else row.get("remedies", {})


def _issuer(document: Mapping[str, Any], key: str) -> Document:
    return {"lawful": key in document["seal_rules"]["lawful_issuers"]}


_read: dict[What, Callable[[Mapping[str, Any], str], Document | None]] = {
    "item": _item,
    "item_off": _item,
    "window": lambda document, key: _part(_window(document, key), WINDOW_FIELDS),
    "standard": lambda document, key: _part(_window(document, key), ("standard",)),
    "remedies": _department,
    "documents": lambda document, key: document["seal_rules"]["document_classes"],
    "seal": lambda document, key: _named(document["seals"], "id", key),
    "issuer": _issuer,
    "fee": lambda document, key: _part(_item(document, key), FEE_FIELDS),
    "outside": lambda document, key: _named(document.get("outside", {}).get("partners", ()), "id", key),
}


def _put(rows: list[Document], field_: str, key: str, row: Document) -> None:
    """In the place of the one before, or behind all."""
    for place, one in enumerate(rows):
        if str(one[field_]) == key:
            rows[place] = row
            return
    rows.append(row)


def _put_part(row: Document | None, fields: Iterable[str], part: Document) -> None:
    if row is not None:
        for name in fields:
            row.pop(name, None)
        row.update({name: value for name, value in part.items() if name in fields})


def _take_off(document: Document, key: str, _: Document) -> None:
    """A letter no longer names it; one that names nothing any more gives no power and goes."""
    document["items"] = [row for row in document["items"] if row["code"] != key]
    for letter in document["authorisations"]:
        letter["items"] = [code for code in letter["items"] if code != key]
    document["authorisations"] = [letter for letter in document["authorisations"] if letter["items"]]


def _put_remedies(document: Document, key: str, row: Document) -> None:
    department = _named(document["departments"], "id", key)
    if department is not None:
        department["remedies"] = row


def _put_classes(document: Document, key: str, row: Document) -> None:
    document["seal_rules"]["document_classes"] = row


def _put_issuer(document: Document, key: str, row: Document) -> None:
    others = set(document["seal_rules"]["lawful_issuers"]) - {key}
    document["seal_rules"]["lawful_issuers"] = sorted(others | ({key} if row.get("lawful") else set()))


def _put_partner(document: Document, key: str, row: Document) -> None:
    """An empty row: it is told no more."""
    partners = document.setdefault("outside", {}).setdefault("partners", [])
    if row:
        _put(partners, "id", key, row)
    else:
        document["outside"]["partners"] = [one for one in partners if one["id"] != key]


_write: dict[What, Callable[[Document, str, Document], None]] = {
    "item": lambda document, key, row: _put(document["items"], "code", key, row),
    "item_off": _take_off,
    "window": lambda document, key, row: _put_part(_window(document, key), WINDOW_FIELDS, row),
    "standard": lambda document, key, row: _put_part(_window(document, key), ("standard",), row),
    "remedies": _put_remedies,
    "documents": _put_classes,
    "seal": lambda document, key, row: _put(document["seals"], "id", key, row),
    "issuer": _put_issuer,
    "fee": lambda document, key, row: _put_part(_item(document, key), FEE_FIELDS, row),
    "outside": _put_partner,
}

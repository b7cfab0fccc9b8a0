"""名称用字 which words a company's name may not hold, which need the State Council, which form goes with which type.

A list of data, with the ground and the day of every word: words come and go without a new program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, kw_only=True)
class NameWord:
    """名称禁限用词 one word: its category, its ground, who put it on the list and when, who took it off.

    `unless` are longer words that hold it innocently (消毒品 holds 毒品).
    """

    word: str
    category: str
    source: str
    added_on: date
    added_by: str
    removed_on: date | None = None
    removed_by: str = ""
    unless: tuple[str, ...] = ()

    def on_list(self, day: date) -> bool:
        """Whether it is on the list that day."""
        return self.added_on <= day and (self.removed_on is None or day < self.removed_on)

    def stands_in(self, name: str) -> bool:
        """Whether the name holds it, outside the words that may hold it."""
        for innocent in self.unless:
            name = name.replace(innocent, "\0")
        return self.word in name


@dataclass(frozen=True, kw_only=True)
class NameWords:
    """名称用字库 `banned` anywhere in a name, `national` at its beginning; `org_forms` by 有限责任公司 and 股份有限公司."""

    version: str
    banned: tuple[NameWord, ...]
    national: tuple[NameWord, ...]
    org_forms: Mapping[str, tuple[str, ...]]

    def banned_in(self, name: str, on: date) -> tuple[NameWord, ...]:
        """Every banned word the name holds, in the order of the list; a word inside a longer one found is not told again."""
        found = [one for one in self.banned if one.on_list(on) and one.stands_in(name)]
        return tuple(one for one in found if not any(one.word in other.word and one != other for other in found))

    def national_of(self, name: str, on: date) -> NameWord | None:
        """The word the name begins with that only the State Council may allow."""
        return next((one for one in self.national if one.on_list(on) and name.startswith(one.word)), None)

    def forms_of(self, company_type: str) -> tuple[str, ...]:
        """The endings that go with a company type; empty for a type nobody knows."""
        if company_type.startswith("股份"):
            return self.org_forms["股份有限公司"]
        return self.org_forms["有限责任公司"] if "有限责任公司" in company_type else ()


def read_name_words(document: Mapping[str, Any]) -> NameWords:
    """From the file's content; raises KeyError or ValueError on one of another shape."""
    return NameWords(
        version=document["version"],
        banned=tuple(_word(row) for row in document["banned"]),
        national=tuple(_word(row) for row in document["national"]),
        org_forms={kind: tuple(forms) for kind, forms in document["org_forms"].items()},
    )


def _word(row: Mapping[str, Any]) -> NameWord:
    gone = row.get("removed_on")
    return NameWord(
        word=row["word"],
        category=row["category"],
        source=row["source"],
        added_on=date.fromisoformat(row["added_on"]),
        added_by=row["added_by"],
        removed_on=date.fromisoformat(gone) if gone else None,
        removed_by=row.get("removed_by", ""),
        unless=tuple(row.get("unless", ())),
    )

"""国民经济行业 the classes (小类) of GB/T 4754-2017, found by their code, by words and by initials."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from clerk_app.cases import pinyin

_FIRST_OF_SECTION = (1, 6, 13, 44, 47, 51, 53, 61, 63, 66, 70, 71, 73, 76, 80, 83, 84, 86, 91, 97)
"""门类 A to T by the first two digits they begin with."""


@dataclass(frozen=True)
class Industry:
    """行业小类 four digits and the name of the standard."""

    code: str
    name: str

    @property
    def section(self) -> str:
        """门类 its letter, for those who want I6513."""
        return section_of(self.code)


def section_of(code: str) -> str:
    """The letter before the digits; empty for what cannot be a code of the standard."""
    head = code[:2]
    if not (head.isascii() and head.isdecimal()) or not 1 <= int(head) <= 97:
        return ""
    return "ABCDEFGHIJKLMNOPQRST"[bisect_right(_FIRST_OF_SECTION, int(head)) - 1]


class Industries:
    """行业表 a code that is not in it is told as a hint, never as an error."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def __len__(self) -> int:
        return len(self._names)

    def by_code(self, code: str) -> Industry | None:
        """By four digits, with or without the letter before them; a letter of another section is another code."""
        digits = code[1:] if code[:1].isalpha() else code
        name = self._names.get(digits)
        if name is None or (digits != code and code[0].upper() != section_of(digits)):
            return None
        return Industry(digits, name)

    def search(self, text: str, limit: int = 20) -> tuple[Industry, ...]:
        """Every word must be met: by the code's beginning, by a part of the name, by initials (yyrjkf)."""
        wanted = text.lower().split()
        if not wanted:
            return ()
        found = [(rank, code) for code, name, heads in self._index if (rank := _rank(wanted, code, name, heads))]
        return tuple(Industry(code, self._names[code]) for _, code in sorted(found))[:limit]

    @cached_property
    def _index(self) -> tuple[tuple[str, str, str], ...]:
        return tuple((code, name, pinyin.initials(name)) for code, name in self._names.items())


def _rank(wanted: list[str], code: str, name: str, heads: str) -> int:
    """1 begins with it, 2 holds it, 0 not at all."""
    ranks = []
    for word in wanted:
        place = heads if word.isascii() and not word.isdecimal() else code if word.isdecimal() else name
        begins, holds = place.startswith(word), word in place and not word.isdecimal()
        ranks.append(1 if begins else 2 if holds else 0)
    return max(ranks) if all(ranks) else 0


def read_industries(text: str) -> Industries:
    """From the table's text: `code name` by a tab."""
    return Industries(dict(line.split("\t", 1) for line in text.splitlines()))

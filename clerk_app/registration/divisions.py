"""行政区划 every county-level division there is and was, by its code (GB/T 2260); what is no more is known as such.

A code that is known is never wrong by being old: people and papers outlive counties.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from clerk_app.cases import pinyin

Standing = Literal["current", "former", "invented"]
Level = Literal["province", "city", "county"]
MUNICIPALITIES = ("11", "12", "31", "50")
"""直辖市 each is its own city."""
_UNDER_PROVINCE = "90"


@dataclass(frozen=True, kw_only=True)
class Division:
    """行政区划 with the names it stands under: no `city` right under a province, no `county` in a city without counties.

    `invented` is the training hall's; `until` is the last year of a former one, where it is known.
    """

    code: str
    name: str
    province: str
    city: str
    county: str
    standing: Standing = "current"
    until: str = ""

    @property
    def level(self) -> Level:
        """省级、地级、县级; 东莞 and 中山 are cities, and the last level there."""
        if self.code.endswith("0000"):
            return "province"
        return "city" if self.code.endswith("00") else "county"

    @property
    def full_name(self) -> str:
        """省市县 in one, each once."""
        return "".join(dict.fromkeys((self.province, self.city, self.county)))

    @property
    def prefecture(self) -> str:
        """Of what names are compared within: the first four digits."""
        return self.code[:4]


class Divisions:
    """区划表 by code at once; the picker's index is made when somebody first types."""

    def __init__(
        self,
        current: Mapping[str, str],
        former: Mapping[str, tuple[str, str]],
        invented: Iterable[Division] = (),
    ) -> None:
        self._current = current
        self._former = former
        self._invented = {one.code: one for one in invented}

    def by_code(self, code: str) -> Division | None:
        """The division of a code, today's before a former one; None for a code that never was."""
        if code in self._invented:
            return self._invented[code]
        if code in self._current:
            return self._division(code, self._current[code])
        if code in self._former:
            name, until = self._former[code]
            return self._division(code, name, "former", until)
        return None

    def __iter__(self) -> Iterator[Division]:
        """Today's, and the training hall's."""
        yield from (self._division(code, name) for code, name in self._current.items())
        yield from self._invented.values()

    def search(self, text: str, limit: int = 20) -> tuple[Division, ...]:
        """For a picker: by the beginning of the code, by words of the names, by initials (xhq); the best first."""
        wanted = text.split()
        if not wanted:
            return ()
        # How names are read takes a tenth of a second to look up: only for who types letters.
        index = self._with_heads if any(word.isascii() and not word.isdecimal() for word in wanted) else self._index
        found = ((rank, one) for one, names, heads in index if (rank := _rank(wanted, one, names, heads)))
        return tuple(one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].code)))[:limit]

    @cached_property
    def _index(self) -> tuple[tuple[Division, str, str], ...]:
        return tuple((one, one.full_name, "") for one in self)

    @cached_property
    def _with_heads(self) -> tuple[tuple[Division, str, str], ...]:
        return tuple((one, names, pinyin.initials(one.name)) for one, names, _ in self._index)

    def _name(self, code: str) -> str:
        return self._current.get(code) or self._former.get(code, ("", ""))[0]

    def _division(self, code: str, name: str, standing: Standing = "current", until: str = "") -> Division:
        province = self._name(f"{code[:2]}0000")
        city = self._name(f"{code[:4]}00")
        if code[:2] in MUNICIPALITIES:
            city = province
        elif code[2:4] in ("00", _UNDER_PROVINCE):
            city = ""
        return Division(
            code=code,
            name=name,
            province=province,
            city=city,
            county="" if code.endswith("00") else name,
            standing=standing,
            until=until,
        )


def _rank(wanted: list[str], one: Division, names: str, heads: str) -> int:
    """How well it fits, 0 for not at all: every word must be met."""
    ranks = [_word_rank(word, one, names, heads) for word in wanted]
    return max(ranks) if all(ranks) else 0


def _word_rank(word: str, one: Division, names: str, heads: str) -> int:
    if word.isascii():
        plain = word.lower()
        if one.code.startswith(word) or heads == plain:
            return 1
        return 3 if heads.startswith(plain) else 0
    if one.name.startswith(word):
        return 1 if one.name[len(word) :] in {"", "省", "市", "县", "区"} else 2
    return 4 if word in names else 0


def read_divisions(current: str, former: str, invented: str = "") -> Divisions:
    """From the tables' texts: `code name`, `code name until`, `code province city county`, by tabs."""
    today = dict(line.split("\t", 1) for line in current.splitlines())
    gone = {code: (name, until) for code, name, until in (line.split("\t") for line in former.splitlines())}
    return Divisions(today, gone, map(_made_up, invented.splitlines()))


def _made_up(line: str) -> Division:
    code, province, city, county = line.split("\t")
    name = county or city or province
    return Division(code=code, name=name, province=province, city=city, county=county, standing="invented")

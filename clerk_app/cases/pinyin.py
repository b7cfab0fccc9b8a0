"""读音 how Chinese characters are read, so that people are found by initials: all readings of a surname, the usual one behind it."""

from __future__ import annotations

import os
from array import array
from functools import cache, lru_cache
from itertools import product

import resources

SURNAME = 2
"""Characters a surname may have: every reading of theirs counts (单 is dan, chan and shan)."""
_MOST = 4


@lru_cache(maxsize=16384)
def readings(character: str) -> tuple[str, ...]:
    """Its syllables without tones, the usual one first; a letter or digit reads as itself, a sign nobody reads as nothing."""
    if character.isascii():
        return (character,)
    said, place = _table()
    at = ord(character) - _FIRST
    if 0 <= at < len(place):
        return said[place[at]]
    return _rare(character) if character == "〇" or _compatible(character) or ord(character) >= _BEYOND else ()


_FIRST, _LAST, _BEYOND = 0x3400, 0x9FFF, 0x20000


def _compatible(character: str) -> bool:
    """兼容汉字."""
    return "\uf900" <= character <= "\ufaff"


@cache
def _table() -> tuple[list[tuple[str, ...]], array[int]]:
    """Each set of readings once, and which of them each character of the two common blocks has: a fifth of a megabyte.

    The library's own table is eleven; it made ours (`resources/reference/readings.tsv`, by `tests.cases.readings_table`).
    """
    said: list[tuple[str, ...]] = [()]
    place = array("H", bytes(2 * (_LAST - _FIRST + 1)))
    for line in resources.path("reference", "readings.tsv").read_text("utf-8").splitlines():
        syllables, _, characters = line.partition("\t")
        for character in characters:
            place[ord(character) - _FIRST] = len(said)
        said.append(tuple(syllables.split()))
    return said, place


def _rare(character: str) -> tuple[str, ...]:
    """Beyond the two blocks: a name in a thousand, asked of the library when it comes."""
    # Phrases are of no use for names, and take a hundred milliseconds and 45 MB to load.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    # Nobody here changes the table: a second one in memory is of no use either.
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    import pypinyin

    found = pypinyin.pinyin(character, style=pypinyin.Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(found[0][:_MOST]) if found else ()


def warm() -> None:
    """Load the table of readings before somebody waits for it."""
    readings("一")


def initial_strings(name: str, length: int) -> frozenset[str]:
    """Every run of so many initials in the name, by every reading of its surname."""
    heads = _heads(name)
    runs = (heads[n : n + length] for n in range(len(heads) - length + 1))
    return frozenset("".join(run) for window in runs for run in product(*window))


def spellings(name: str) -> frozenset[str]:
    """The surname spelled out, alone and with the initials behind it (lu, lug, lugz); short names also as a whole."""
    said = [readings(character) for character in name]
    said = [one for one in said if one]
    if not said:
        return frozenset()
    rest = "".join(one[0][0] for one in said[1:4])
    found = {first + rest[:n] for first in said[0] for n in range(len(rest) + 1)}
    if len(said) <= 4:
        found |= {first + "".join(one[0] for one in said[1:]) for first in said[0]}
    return frozenset(found)


def initials(name: str) -> str:
    """By the usual readings: 食品经营 is spjy."""
    return "".join(one[0][0] for character in name if (one := readings(character)))


def _heads(name: str) -> list[tuple[str, ...]]:
    said = [one for character in name if (one := readings(character))]
    return [
        tuple(dict.fromkeys(syllable[0] for syllable in (one if place < SURNAME else one[:1])))
        for place, one in enumerate(said)
    ]

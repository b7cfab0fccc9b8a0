"""读音 how Chinese characters are read, so that people are found by initials: all readings of a surname, the usual one behind it."""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import product

SURNAME = 2
"""Characters a surname may have: every reading of theirs counts (单 is dan, chan and shan)."""
_MOST = 4


@lru_cache(maxsize=16384)
def readings(character: str) -> tuple[str, ...]:
    """Its syllables without tones, the usual one first; a letter or digit reads as itself, a sign nobody reads as nothing."""
    if character.isascii():
        return (character,)
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

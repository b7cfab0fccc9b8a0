"""`python -m tests.cases.readings_table`: writes the table of readings anew from pypinyin (MIT), which knows them all."""

from __future__ import annotations

import os
from collections.abc import Iterator

import resources

FILE = resources.path("reference", "readings.tsv")
FIRST, LAST = 0x3400, 0x9FFF
"""扩展 A 与基本区; what is beyond them is asked of the library when it comes."""


def readings_of(character: str) -> tuple[str, ...]:
    """What pypinyin says, without tones, the usual one first."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    import pypinyin

    found = pypinyin.pinyin(character, style=pypinyin.Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(found[0][:4]) if found else ()


def table() -> dict[str, str]:
    """The characters of each set of readings, by the readings."""
    rows: dict[str, list[str]] = {}
    for character in map(chr, range(FIRST, LAST + 1)):
        if said := " ".join(readings_of(character)):
            rows.setdefault(said, []).append(character)
    return {said: "".join(characters) for said, characters in sorted(rows.items())}


def lines() -> Iterator[str]:
    yield from (f"{said}\t{characters}\n" for said, characters in table().items())


if __name__ == "__main__":
    FILE.write_text("".join(lines()), "utf-8")

"""`python -m tests.translations`: what is new in the source is put into the catalogues, empty; what is gone is taken out.

A translator fills the empty ones (any gettext editor reads the files); `--check` and `test_translations` say which are left.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from resources import path
from tests.translations.sources import Found, form, own, rooms
from ui.language import entries

FILES: tuple[tuple[Path, str], ...] = (
    (path("languages", "en.po"), "own"),
    (path("languages", "en-rooms.po"), "rooms"),
    (path("languages", "en-form.po"), "form"),
)
_BEGUN = datetime(2026, 11, 22, tzinfo=UTC)


@cache
def wanted(kind: str) -> dict[str, list[str]]:
    """每份该有的 sources of a catalogue with the files they stand in; rooms do not say twice what the window says itself.

    The form is whole in its own: a word there may mean another thing than elsewhere.
    """
    if kind == "form":
        return by_source(form())
    ours = by_source(own())
    return ours if kind == "own" else {one: at for one, at in by_source(rooms()).items() if one not in ours}


def by_source(found: Iterable[Found]) -> dict[str, list[str]]:
    places: dict[str, list[str]] = {}
    for one in found:
        files = places.setdefault(one.source, [])
        if one.file not in files:
            files.append(one.file)
    return places


def bring_up_to_date(file: Path, kind: str, told: dict[str, str]) -> int:
    """Writes the catalogue; answers how many of it are still empty."""
    catalogue = Catalog(locale="en", project="counter-clerk", creation_date=_BEGUN, revision_date=_BEGUN)
    empty = 0
    for source, files in sorted(wanted(kind).items(), key=lambda pair: (pair[1][0], pair[0])):
        words = told.get(source, "")
        empty += not words
        catalogue.add(source, words, locations=[(place, None) for place in files])  # type: ignore[misc]
    file.parent.mkdir(exist_ok=True)
    with file.open("wb") as opened:
        write_po(opened, catalogue, width=0, sort_by_file=False, include_lineno=False)
    return empty


def lacking(kind: str, told: dict[str, str]) -> list[str]:
    """What a catalogue lacks or has too much, a line each."""
    sources = wanted(kind)
    untold = [
        f"{at[0]}: {source}" for source, at in sorted(sources.items(), key=lambda pair: pair[1]) if not told.get(source)
    ]
    return [*untold, *(f"no longer in the source: {source}" for source in sorted(told) if source not in sources)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Answers 1 when `--check` found something."""
    parser = argparse.ArgumentParser(prog="python -m tests.translations", description=__doc__)
    parser.add_argument("--check", action="store_true", help="say what lacks or is too much, and change nothing")
    check = parser.parse_args(arguments).check
    found = 0
    for file, kind in FILES:
        known = entries(file) if file.exists() else {}
        if not check:
            print(f"{file.name}: {bring_up_to_date(file, kind, known)} empty")
            continue
        lacks = lacking(kind, known)
        found += len(lacks)
        print(f"{file.name}: {len(lacks)} to do", *lacks, sep="\n  ")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

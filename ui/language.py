"""语言 Chinese as it is written in the source, or a catalogue of another language beside it, by `--lang` of this run.

Papers, records, the voice and the window screen stay Chinese in every language: the law, citizens and the next clerk read them.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from resources import path

if TYPE_CHECKING:
    from ui.catalogue import Catalogue

CHINESE, ENGLISH = "zh", "en"
LANGUAGES = (CHINESE, "zh_CN", ENGLISH)


def asked_language(argv: Sequence[str]) -> str:
    """语言 that `--lang` asks for, else `CLERK_LANG`; one that is not there is refused with the other arguments, later."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--lang", default=os.environ.get("CLERK_LANG", CHINESE))
    language = str(parser.parse_known_args(list(argv))[0].lang)
    return language if language in LANGUAGES else CHINESE


def catalogue(language: str) -> Catalogue | None:
    """词条 of `language`; None for Chinese. A sentence whose `{name}` differ from the source's is left out."""
    own, rooms, form = (path("languages", f"{language}{part}.po") for part in ("", "-rooms", "-form"))
    if not own.exists():
        return None
    from ui.catalogue import Catalogue

    return Catalogue(entries(own), entries(rooms), entries(form))


def entries(file: Path) -> dict[str, str]:
    """一份词条 by source; Babel reads it."""
    from babel.messages.pofile import read_po

    from ui.catalogue import holes

    with file.open("rb") as opened:
        told = {str(one.id): str(one.string) for one in read_po(opened) if one.id and one.string}
    return {source: words for source, words in told.items() if sorted(holes(source)) == sorted(holes(words))}


def in_the_other(argv: Sequence[str]) -> list[str]:
    """换语言 the same command line in the other language."""
    kept = [
        word
        for at, word in enumerate(argv)
        if not (word.startswith("--lang=") or "--lang" in argv[max(0, at - 1) : at + 1])
    ]
    return [*kept, "--lang", CHINESE if asked_language(argv) == ENGLISH else ENGLISH]


# Many words of a page are made when it is imported, so the language is known before the first of them.
SPOKEN = asked_language(sys.argv[1:])
_catalogue = catalogue(SPOKEN)
_as_written: list[bool] = []


def tr(source: str, **values: object) -> str:
    """译 the sentence `source` in the language of this run, its `{name}` filled from `values`; unknown there, as it is written."""
    if _catalogue is None or _as_written:
        return source.format(**values) if values else source
    return _catalogue.filled(source, values) if values else _catalogue.word(source)


def kept(source: str, **values: object) -> str:
    """入账的话 a sentence that goes into a record or onto paper: Chinese in every language, and known to `said` when it is read."""
    return source.format(**values) if values else source


def said(text: str) -> str:
    """转述 a sentence made by the rooms, which know one language; a name or what a citizen wrote stays as it is."""
    return text if _catalogue is None or _as_written else _catalogue.said(text)


@contextmanager
def as_written() -> Iterator[None]:
    """照写 what is painted here is read by citizens, or is a paper's: Chinese in every language."""
    _as_written.append(True)
    try:
        yield
    finally:
        _as_written.pop()


def keep(names: Iterable[str]) -> None:
    """不译 the names the hall has given: another language says none of them half."""
    if _catalogue is not None:
        _catalogue.keep(names)

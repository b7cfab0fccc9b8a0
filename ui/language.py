"""语言 Chinese as it is written in the source, or a catalogue of another language beside it, chosen once when the program starts.

Papers, records and what citizens see on their own screen stay Chinese in every language: law and the next clerk read them.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from resources import path
from ui.catalogue import Catalogue

CHINESE, ENGLISH = "zh", "en"
LANGUAGES = (CHINESE, ENGLISH)

_catalogue: Catalogue | None = None


def tr(source: str, **values: object) -> str:
    """译 the sentence `source` in the language of this run, its `{name}` filled from `values`; unknown there, as it is written."""
    told = source if _catalogue is None else _catalogue.word(source)
    return told.format(**values) if values else told


def said(text: str) -> str:
    """转述 a sentence made by the rooms, which know one language; a name or what a citizen wrote stays as it is."""
    return text if _catalogue is None else _catalogue.said(text)


def asked_language(argv: Sequence[str]) -> str:
    """语言 that `--lang` asks for, before anything that has words is imported."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--lang", default=CHINESE)
    return str(parser.parse_known_args(argv)[0].lang)


def speak(language: str) -> None:
    """改语言 for this run, before pages are imported: many of their words are made then. Chinese, and what nobody translated, read no file."""
    global _catalogue
    own, rooms = (path("languages", f"{language}{part}.po") for part in ("", "-rooms"))
    _catalogue = Catalogue(_entries(own), _entries(rooms)) if language != CHINESE and own.exists() else None


def _entries(file: Path) -> dict[str, str]:
    from babel.messages.pofile import read_po

    with file.open("rb") as opened:
        return {str(one.id): str(one.string) for one in read_po(opened) if one.id and one.string}

"""呼叫 a call in words: the sentence as shown, as a voice is to read it, and as the pieces it is put together from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_FIELD = re.compile(r"(\{ticket\}|\{window\})")
_SILENT = re.compile(r"[\s，。、！：；,.!:;]+")
LARGEST = 999


@dataclass(frozen=True, kw_only=True)
class Reading:
    """读法 how numbers, letters and flags are read, which words there are pieces for, and where the pauses stand (data)."""

    digits: Mapping[str, str]
    """Of ticket numbers, read one by one: 1 is 幺."""
    numbers: Mapping[int, str]
    """0–9, 10 and 100 of numbers read whole."""
    flags: Mapping[str, str]
    files: Mapping[str, str]
    """Every word there is a piece for, with its file."""
    standard: str
    """The sentence every word of which there is a piece for."""
    chime: str
    times: int
    pauses: Mapping[str, int]
    """Milliseconds between pieces, between groups of them, after the chime, and before it is said again."""


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """呼叫 one call to be spoken: `text` for people to read, `spoken` for a voice that reads, `groups` of pieces otherwise.

    `unread` are words of the hall's sentence there is no piece for; then the pieces say the standard sentence.
    """

    ticket: str
    window: int
    text: str
    spoken: str
    groups: tuple[tuple[str, ...], ...]
    unread: tuple[str, ...] = ()


def read_reading(document: Mapping[str, Any]) -> Reading:
    """From the bundled file; raises KeyError or ValueError on one that says too little."""
    reading = Reading(
        digits=dict(document["digits"]),
        numbers={int(number): word for number, word in document["numbers"].items()},
        flags=dict(document["flags"]),
        files={word: row["file"] for word, row in document["pieces"].items()},
        standard=document["standard"],
        chime=document["chime"],
        times=int(document["times"]),
        pauses={name: int(length) for name, length in document["pauses_ms"].items()},
    )
    missing = {*reading.digits.values(), *reading.numbers.values(), *reading.flags.values()} - set(reading.files)
    if missing:
        raise ValueError(f"reading without pieces: {sorted(missing)}")
    return reading


def ticket_words(number: str, reading: Reading) -> tuple[str, ...]:
    """号码读法 VA012: 优先 A 零 幺 二. A flag is one only before another letter: V012 is the letter V."""
    flag, rest = "", number
    if len(number) > 1 and number[0] in reading.flags and number[1].isalpha():
        flag, rest = reading.flags[number[0]], number[1:]
    return (*((flag,) if flag else ()), *(reading.digits.get(sign, sign.upper()) for sign in rest if sign.isalnum()))


def number_words(number: int, reading: Reading) -> tuple[str, ...]:
    """窗口读法 12: 十 二; 20: 二 十; 105: 一 百 零 五. Beyond 999, digit by digit."""
    words = reading.numbers
    if not 0 <= number <= LARGEST:
        return tuple(reading.digits[sign] for sign in str(abs(number)))
    hundreds, below = divmod(number, 100)
    tens, ones = divmod(below, 10)
    said: list[str] = [words[hundreds], words[100]] if hundreds else []
    if tens:
        said += [words[10]] if tens == 1 and not hundreds else [words[tens], words[10]]
    elif hundreds and ones:
        said.append(words[0])
    if ones or not number:
        said.append(words[ones])
    return tuple(said)


def announce(sentence: str, ticket: str, window: int, reading: Reading) -> Announcement:
    """The hall's `sentence` ("请{ticket}号到{window}号窗口") said of this ticket at this window."""
    fields = {"{ticket}": ticket_words(ticket, reading), "{window}": number_words(window, reading)}
    groups, unread = _groups(sentence, fields, reading)
    if unread:
        groups, _ = _groups(reading.standard, fields, reading)
    spoken = _FIELD.sub(lambda found: f" {_joined(fields[found[0]])} ", sentence)
    return Announcement(
        ticket=ticket,
        window=window,
        text=sentence.replace("{ticket}", ticket).replace("{window}", str(window)),
        spoken=spoken.strip(),
        groups=groups,
        unread=unread,
    )


def _joined(words: tuple[str, ...]) -> str:
    """Letters stand apart, so that a voice does not read them as a word."""
    text = "".join(f" {word} " if word.isascii() else word for word in words)
    return " ".join(text.split())


def _groups(
    sentence: str, fields: Mapping[str, tuple[str, ...]], reading: Reading
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    groups: list[tuple[str, ...]] = []
    unread: list[str] = []
    for part in _FIELD.split(sentence):
        if part in fields:
            groups.append(fields[part])
            continue
        for words in _SILENT.split(part):
            found, rest = _cut(words, reading)
            groups += [(word,) for word in found]
            unread += [rest] if rest else []
    return tuple(groups), tuple(unread)


def _cut(words: str, reading: Reading) -> tuple[list[str], str]:
    """The longest pieces from the left, and what none begins."""
    found: list[str] = []
    while words:
        piece = max((one for one in reading.files if words.startswith(one)), key=len, default="")
        if not piece:
            return found, words
        found.append(piece)
        words = words[len(piece) :]
    return found, ""

"""一步怎么问 one act on a case as a page offers it: its words, what it asks for, what it will do, and why it cannot be done now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Case
from clerk_app.cases.states import CaseState, Event
from clerk_app.command import Refusal, Stamp
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import Books

Word = TypeVar("Word", bound=str)
AskKind = Literal["line", "words", "day", "number", "choice", "names"]
Answers = Mapping[str, str]
"""What was typed, by the ask's key; several names are lines of one text."""


@dataclass(frozen=True, kw_only=True)
class Ask:
    """一问 one field: its label, how it is answered, what stands in it at first."""

    key: str
    label: str
    kind: AskKind = "line"
    choices: tuple[tuple[str, str], ...] = ()
    """Key and word of each."""
    proposed: str = ""
    hint: str = ""
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseAct:
    """一步 as it stands for this case and this person; `refusal` is why it cannot be done now (empty: it can)."""

    key: str
    word: str
    sentence: str
    asks: tuple[Ask, ...] = ()
    refusal: str = ""
    paper: str = ""
    """The A4 paper that goes with it; empty for none."""


Hand = Literal["clerk", "chief", "second"]
"""Whose act it is: the window's, the chief's, or the second person's beside him."""


@dataclass(frozen=True, kw_only=True)
class ActKind:
    """一种步 how an act is offered and done; `event` is its row in the table of states, `action` its row of powers."""

    key: str
    word: str
    sentence: str
    action: str
    do: Callable[[Office, Case, Answers], Outcome]
    event: Event | None = None
    hand: Hand = "clerk"
    also: frozenset[CaseState] = frozenset()
    """States after the seal in which an act without an event may be done too."""
    offered: Callable[[Case, Item], bool] = lambda case, item: True
    offered_in: Callable[[Case, Item, Stamp, Books], bool] = lambda case, item, stamp, books: True
    """What only the books can say of whether it is offered to who sits here."""
    unheld: bool = False
    """Whoever has the case in hand: it changes nothing of it."""
    asks: Callable[[Office, Case, Item], tuple[Ask, ...]] = lambda office, case, item: ()
    paper: str = ""


def said(answers: Answers, key: str) -> str:
    """What stands in a field, without its ends."""
    return answers.get(key, "").strip()


def lines(answers: Answers, key: str) -> tuple[str, ...]:
    """A field of several names: a line or a comma between them."""
    text = answers.get(key, "").replace("，", "\n").replace(",", "\n").replace("、", "\n")
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def chosen(answers: Answers, key: str, words: Mapping[Word, str]) -> Word | Refusal:
    """One of these, said in so many words: what was not chosen is never taken for one of them."""
    found = next((word for word in words if word == said(answers, key)), None)
    if found is not None:
        return found
    return Refusal("not-chosen", f"还没选是{'还是'.join(words.values())}，没有办，填的都在。选一个再办。")


def rows(answers: Answers, key: str) -> tuple[str, ...]:
    """A field of several, a line each: a paper's name may have commas in it."""
    return tuple(line.strip() for line in answers.get(key, "").splitlines() if line.strip())


def day(answers: Answers, key: str) -> date | Refusal:
    """2026-12-04, 2026.12.4 or 20261204."""
    text = said(answers, key).replace(".", "-").replace("/", "-")
    parts = text.split("-") if "-" in text else [text[:4], text[4:6], text[6:]]
    try:
        return date(*(int(part) for part in parts))
    except (TypeError, ValueError):
        return Refusal("day-unreadable", "日期看不明白，没有办，填的都在。写成 2026-12-04 这样。")


def number(answers: Answers, key: str) -> int | Refusal:
    """A whole number."""
    text = said(answers, key)
    if text.isdecimal():
        return int(text)
    return Refusal("number-unreadable", "数字看不明白，没有办，填的都在。写成 5 这样的整数。")

"""找得到的 what Ctrl+K finds, as frozen lines: pages, tickets, cases, items, and what can be done now; the unlawful ones with their reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from clerk_app.cases.finding import folded
from clerk_app.cases.pinyin import initials
from ui.language import tr

Kind = Literal["page", "ticket", "case", "item", "action"]
kind_words: dict[Kind, str] = {
    "ticket": tr("号票"),
    "case": tr("办件"),
    "page": tr("页面"),
    "item": tr("事项"),
    "action": tr("动作"),
}
kind_icons: dict[Kind, str] = {
    "ticket": "horn", "case": "folder", "page": "book", "item": "file", "action": "check",
}  # fmt: skip
MOST_EACH, RECENT = 6, 5


@dataclass(frozen=True, kw_only=True)
class Entry:
    """一条 `id` tells what to do with it; `words` are found too, and not shown; with a `reason` it cannot be done now."""

    kind: Kind
    id: str
    title: str
    note: str = ""
    words: str = ""
    key: str = ""
    reason: str = ""
    found: bool = False
    """A search that knows more than this line (the cases' index) has found it already."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """找到的 an entry, and which characters of its title were met."""

    entry: Entry
    start: int = 0
    length: int = 0


@dataclass(frozen=True, kw_only=True)
class _Scored:
    score: int
    hit: Hit


def hits(typed: str, entries: Iterable[Entry]) -> tuple[Hit, ...]:
    """By kind in the order of `kind_words`; within one, what begins with it before what contains it, and characters before initials."""
    asked = folded(typed)
    if not asked:
        return ()
    scored = [one for entry in entries if (one := _scored(asked, entry)) is not None]
    found: list[Hit] = []
    for kind in kind_words:
        mine = sorted((one for one in scored if one.hit.entry.kind == kind), key=_by_score)
        found += [one.hit for one in mine[:MOST_EACH]]
    return tuple(found)


def _by_score(one: _Scored) -> tuple[bool, int, int]:
    return bool(one.hit.entry.reason), one.score, len(one.hit.entry.title)


def _scored(asked: str, entry: Entry) -> _Scored | None:
    title = _per_character(entry.title)
    plain = "".join(title)
    if (at := plain.find(asked)) >= 0:
        return _Scored(score=0 if at == 0 else 1, hit=_marked(entry, title, at, len(asked)))
    heads = _initials_of(entry.title)
    if asked.isascii() and (at := "".join(heads).find(asked)) >= 0:
        return _Scored(score=2 if at == 0 else 3, hit=_marked(entry, heads, at, len(asked)))
    if asked in folded(entry.note) or asked in folded(entry.words) or entry.found:
        return _Scored(score=4, hit=Hit(entry=entry))
    return None


def _per_character(title: str) -> list[str]:
    """Folded, so that each character of the title keeps its place; signs are nothing."""
    return [folded(character) for character in title]


def _initials_of(title: str) -> list[str]:
    return [initials(character) if not character.isascii() else folded(character) for character in title]


def _marked(entry: Entry, parts: Sequence[str], at: int, length: int) -> Hit:
    """Which characters of the title the folded run lies on."""
    start, end, passed = len(parts), 0, 0
    for place, part in enumerate(parts):
        if part and passed < at + length and passed + len(part) > at:
            start, end = min(start, place), place + 1
        passed += len(part)
    return Hit(entry=entry, start=start, length=max(0, end - start))


def recent_after(recent: Sequence[Entry], chosen: Entry) -> tuple[Entry, ...]:
    """最近用的 the newest first, each once; whether it can be done is looked at anew."""
    kept = [one for one in recent if (one.kind, one.id) != (chosen.kind, chosen.id)]
    return (replace(chosen, reason="", found=False), *kept)[:RECENT]

"""取号的页面 what the ticket pages show, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.kiosk.tiles import TileView
from ui.widgets.strip import StripKind


@dataclass(frozen=True, kw_only=True)
class ChoiceView:
    """选一个 a question, its answers, and a line under it."""

    title: str
    tiles: tuple[TileView, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonView:
    """刷身份证 for what, what is known of him already, what he needs; `go` and `skip` are the two ways on (`skip` may be none)."""

    title: str
    about: str
    go: str
    skip: str = ""
    known: str = ""
    said: str = ""
    kind: StripKind = "warn"
    aids: tuple[TileView, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class NumberView:
    """号 the number in the hand, where and behind how many; `waiting` is said large."""

    head: str
    number: str
    business: str = ""
    waiting: str = ""
    where: str = ""
    note: str = ""
    kind: StripKind = "ok"


@dataclass(frozen=True, kw_only=True)
class AskView:
    """问一句 one question or one sorry sentence with at most two answers."""

    head: str
    words: str
    yes: str
    no: str = ""
    number: str = ""
    equal: bool = False
    """Neither answer is the better one: none is filled."""

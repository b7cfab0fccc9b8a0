"""替人取号所见 what the panel shows and what it asks for, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.widgets.text import Tone

Then = Literal["reprint", "by_hand", "void"]


@dataclass(frozen=True, kw_only=True)
class TakeChoice:
    """可取的号 a line, or an item and the line it stands in; `keys` are more words it is found by."""

    letter: str
    name: str
    item: str = ""
    note: str = ""
    keys: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperView:
    """旧单说的 what a paper he brought says: the line and item chosen by it, and the words under the field."""

    letter: str
    item: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class TakeForm:
    """取号表 what was chosen when 取号 was pressed; `appointment` as typed."""

    letter: str
    item: str = ""
    priority: str = ""
    appointment: str = ""
    aids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TakenView:
    """取好的号 the number while its slip is not out, and what may be done with it."""

    ticket: str
    number: str
    check: str = ""
    words: str = ""
    tone: Tone = "ink2"
    acts: tuple[Then, ...] = ()

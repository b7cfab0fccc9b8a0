"""名单所见 the tickets of the day by what became of them, the story of one, and what may be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.language import tr
from ui.widgets.tag import TagView

ListKey = Literal["waiting", "held", "passed", "over"]
LIST_WORDS: dict[ListKey, str] = {"waiting": tr("等候"), "held": tr("挂起"), "passed": tr("过号"), "over": tr("办过的")}


@dataclass(frozen=True, kw_only=True)
class ListRow:
    """名单一行 number, business, what is said of it, and since when."""

    id: str
    number: str
    business: str
    said: str = ""
    time: str = ""
    tags: tuple[TagView, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TicketAct:
    """能做的 one thing that can be done with the chosen ticket; a reason makes it grey."""

    key: str
    text: str
    shortcut: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ListsView:
    """名单 one of the four lists, the chosen ticket's order in words, its story and its acts."""

    shown: ListKey = "waiting"
    figures: tuple[tuple[ListKey, int], ...] = ()
    rows: tuple[ListRow, ...] = ()
    chosen: str = ""
    title: str = ""
    why: str = ""
    story: tuple[tuple[str, str], ...] = ()
    acts: tuple[TicketAct, ...] = ()
    empty: str = ""

"""事项卡所见 an item's card as frozen words: eight disclosures, its papers, and what the clerk asks and says."""

from __future__ import annotations

from dataclasses import dataclass

from ui.widgets.next_step import NextStepView

SHUT_CARD, SAVE_CARD = "shutCard", "saveCard"
NO_STEP = NextStepView("")


@dataclass(frozen=True, kw_only=True)
class CardPart:
    """公开一项 one disclosure: its head and its lines."""

    head: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ItemCardView:
    """事项卡 everything on the card; `file` is what its A4 is called when it is kept."""

    code: str
    title: str
    kind: str
    parts: tuple[CardPart, ...]
    papers: CardPart
    ask_first: tuple[str, ...] = ()
    say_no: str = ""
    notes: tuple[str, ...] = ()
    """审查要点."""
    next: NextStepView = NO_STEP
    file: str = ""

"""交接所见 one handover as the strip shows it: who gives, who takes, who has nodded, what goes over."""

from __future__ import annotations

from dataclasses import dataclass

from ui.widgets.lamp import LampKind
from ui.widgets.tag import TagView


@dataclass(frozen=True)
class ThingView:
    """交接的一件 kind, words, and when it is due with its lamp."""

    kind: str
    words: str
    due: str = ""
    lamp: LampKind | None = None


@dataclass(frozen=True, kw_only=True)
class HandoverView:
    """交接条 `nod` is empty when the signed-in person has nodded already; `beside` names who may nod at this desk."""

    id: str
    title: str
    tags: tuple[TagView, ...]
    sentence: str
    report: str = ""
    things: tuple[ThingView, ...] = ()
    nod: str = ""
    asks_words: bool = False
    beside: str = ""
    finding: str = ""
    busy: bool = False
    more: int = 0

"""外网来件口 what a platform has for this hall, by pages with a cursor of its own; asked again from a cursor, the same comes again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class FeedTrouble(Exception):
    """取不到 nobody answered, or what came is not from whom we know; nothing of it is believed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class FeedPage:
    """一页来件 in the platform's order; `cursor` is where to ask next."""

    messages: tuple[Mapping[str, Any], ...]
    cursor: str
    more: bool


class InboxFeed(Protocol):
    """外网来件口."""

    def page(self, cursor: str) -> FeedPage:
        """What came behind the cursor (empty: from the first). Raises `FeedTrouble`."""
        ...

    def file(self, digest: str) -> bytes | None:
        """原件 by its digest; None: not there (yet). Raises `FeedTrouble` where nobody answers."""
        ...

    def close(self) -> None:
        """No more is asked."""
        ...

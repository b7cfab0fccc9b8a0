"""事由 what each kind of command is called on the page; a test finds a kind that has no words."""

from __future__ import annotations

from collections.abc import Mapping

from clerk_app.office.oversight.kinds import kind_words
from ui.language import tr

__all__ = ["kind_words", "told"]


def told(kinds: Mapping[str, int], most: int = 4) -> str:
    """收件 3 件，叫号 5 个: the most frequent first, the rest as a figure."""
    ordered = sorted(kinds.items(), key=lambda pair: -pair[1])
    parts = [f"{kind_words.get(kind, kind)} {amount}" for kind, amount in ordered[:most]]
    rest = sum(amount for _, amount in ordered[most:])
    return tr("，").join(parts) + (tr("，其余 {rest}", rest=rest) if rest else "")

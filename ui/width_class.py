"""宽度档 how much room a window leaves, by its width and the text factor: what is not seen in a narrow one gives way."""

from __future__ import annotations

from typing import Literal

WidthClass = Literal["wide", "normal", "narrow"]


def width_class(width: int, scale: float) -> WidthClass:
    """The class of a window's width at a text factor (desk.md §4)."""
    room = width / scale
    if room >= 1600:
        return "wide"
    return "normal" if room >= 1200 else "narrow"

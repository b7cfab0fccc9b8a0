"""网页片段 elements that escape whatever text they are given: there is no way to put in a string unescaped."""

from __future__ import annotations

import html


class Markup:
    """片段 made HTML; everything else is text and is escaped."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


_void = frozenset({"meta", "br", "hr", "input"})


def element(tag: str, *inside: str | Markup | None, **attributes: str) -> Markup:
    """One element. `class_` and `http_equiv` are written as HTML has them; None inside is left out."""
    names = {name: name.rstrip("_").replace("_", "-") for name in attributes}
    marks = "".join(f' {names[name]}="{html.escape(value)}"' for name, value in attributes.items())
    if tag in _void:
        return Markup(f"<{tag}{marks}>")
    return Markup(f"<{tag}{marks}>{''.join(_written(part) for part in inside)}</{tag}>")


def plain(words: str) -> Markup:
    """Words without an element around them."""
    return Markup(_written(words))


def _written(part: str | Markup | None) -> str:
    if part is None:
        return ""
    return part.text if isinstance(part, Markup) else html.escape(part)

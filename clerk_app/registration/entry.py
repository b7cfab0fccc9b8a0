"""填法 from what is typed to what is kept and back. The two are exact: nothing typed is trimmed, rounded or thrown away."""

from __future__ import annotations

import re
from typing import Any

from clerk_app.registration.form import Field

BETWEEN = "；"
_unkeepable = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """Without what no field can hold: control signs and half characters."""
    return _unkeepable.sub("", text)


def value_of(field: Field, text: str) -> Any:
    """What is kept of a typed text; a whole number only where it reads back the same."""
    typed = clean(text)
    if not typed:
        return [] if field.type == "words" else None
    if field.type == "words":
        return typed.split(BETWEEN)
    if field.type == "whole" and len(typed) < 10 and typed.isascii() and typed.isdecimal() and str(int(typed)) == typed:
        return int(typed)
    return typed


def text_of(field: Field, value: Any) -> str:
    """What a field shows of a kept value; an imported one of another kind is shown as it is."""
    if value is None:
        return ""
    if field.type == "words" and isinstance(value, list | tuple):
        return BETWEEN.join(str(one) for one in value)
    return str(value)

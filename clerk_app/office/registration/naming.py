"""称呼 what a place of the form and a value are called in sentences to people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clerk_app.patching import KEYS, ROWS, keys_of
from clerk_app.registration.form import Form
from clerk_app.registration.model import person_name

LONGEST = 40


def place_name(form: Form, document: Mapping[str, Any], path: str) -> str:
    """The label of a field or list by its pointer in the keyed form; in a row of persons, with the person's name."""
    parts, key = "", ""
    keys = iter(keys_of(path))
    for one in keys:
        if one == ROWS:
            key = next(keys, "")
            parts += "[]"
        elif one != KEYS:
            parts += f".{one}" if parts else one
    who = person_name(document, key) if parts.startswith("persons[]") else ""
    label = _label(form, parts)
    return f"{who}·{label}" if who else label


def _label(form: Form, place: str) -> str:
    if found := form.by_id.get(place):
        return found.label
    bare = place.removesuffix("[]")
    if bare in form.repeat_by_id:
        return form.repeat_by_id[bare].name
    return bare.rpartition(".")[2] or "登记表"


def value_words(value: Any) -> str:
    """A value in words, short enough for a sentence."""
    if value is None or value == "":
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        name = value.get("name")
        return str(name) if name else f"{len(value)} 栏"
    if isinstance(value, list | tuple):
        plain = all(isinstance(one, str | int | float) for one in value)
        return "；".join(map(str, value))[:LONGEST] if plain and value else f"{len(value)} 行"
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

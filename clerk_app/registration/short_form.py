"""短表 at most fifteen fields of the form on one step, for a matter another system carries; the values stand where the whole form has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from clerk_app.registration.form import Field, Form, Repeat, Section, Step

MOST = 15
ONE = "S"


def short_form_of(form: Form, said: Mapping[str, Any]) -> Form:
    """In the order of the file, all asked for and none required; raises KeyError for a field there is not, ValueError for too many."""
    names = list(said["fields"])
    if len(names) > MOST:
        raise ValueError(f"短表最多 {MOST} 栏，这里有 {len(names)} 栏")
    fields = tuple(_plain(form.by_id[name]) for name in names)
    within = {one.repeat for one in fields if one.repeat}
    repeats = tuple(_short(one, fields) for one in form.repeats if one.id in within)
    keys = tuple(replace(one, section=ONE) for one in form.fields if one.type == "key" and one.repeat in within)
    return Form(
        id=said["id"],
        version=form.version,
        name=said["name"],
        effective_from=form.effective_from,
        steps=(Step(said["id"], said["name"], (ONE,)),),
        sections=(Section(ONE, said["name"]),),
        repeats=repeats,
        fields=(*fields, *keys),
    )


def _plain(one: Field) -> Field:
    """Typed by hand, whatever else is not there."""
    return replace(one, section=ONE, visible=True, required=False, enabled=True, must=False, reset=())


def _short(one: Repeat, fields: tuple[Field, ...]) -> Repeat:
    here = {field.name for field in fields if field.repeat == one.id}
    columns = tuple(name for name in one.columns if name in here)
    title = tuple(name for name in one.title if name in here)
    return replace(one, section=ONE, columns=columns, title=title, required=False, visible=True)

"""位置 from a JSON pointer back to the form: which field, which list, which section stands there."""

from __future__ import annotations

from clerk_app.registration.document import At
from clerk_app.registration.form import Field, Form, Repeat


def place_id(place: str) -> str:
    """`/shareholders/0/contributions/1/amount` → `shareholders[].contributions[].amount`."""
    parts: list[str] = []
    for key in place.split("/")[1:]:
        if key.isdecimal() and parts:
            parts[-1] += "[]"
        else:
            parts.append(key)
    return ".".join(parts)


def field_of(form: Form, place: str) -> Field | None:
    """The field at a pointer."""
    return form.by_id.get(place_id(place))


def repeat_of(form: Form, place: str) -> Repeat | None:
    """The list at a pointer."""
    return form.repeat_by_id.get(place_id(place))


def section_of(form: Form, place: str) -> str:
    """The section a field or a list stands in; empty when there is none."""
    found = field_of(form, place) or repeat_of(form, place)
    return found.section if found else ""


def rows_before(place: str) -> At:
    """The row numbers in a pointer."""
    return tuple(int(key) for key in place.split("/") if key.isdecimal())


def known_place(form: Form, place: str) -> Field | Repeat:
    """The field or list at a pointer, else the nearest around it, else the first of the form."""
    name = place_id(place)
    while name:
        if (found := form.by_id.get(name) or form.repeat_by_id.get(name)) is not None:
            return found
        name = name.removesuffix("[]") if name.endswith("[]") else name.rpartition(".")[0]
    return form.fields[0]
